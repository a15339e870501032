"""Announcements that leave by themselves: which rows they are, and how these follow the chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.announcing import (
    announcement_rows,
    announcements_followed,
    wants_announcer,
)
from tchat_desktop.domain.chat import Announcement, Channel, Chat, Occasion, Route
from tchat_desktop.domain.outgoing import ALLOWED, OUT, OutboxPost, PostState, Reason
from tchat_desktop.domain.promotion import DAY, due_at
from tchat_desktop.domain.texts import When
from tests.domain.chats import NOW, START, a_chat
from tests.fakes.texts import load_texts

FR = load_texts("fr")
WHEN = When("jeudi 17 décembre", "20 h", "20 h à Dakar")
EVE = Announcement("eve", Channel.X, DAY, by_keys=True)
LATER = START - timedelta(hours=20)
"""After the eve's time has passed."""


def chat(*announcements: Announcement, **changes: object) -> Chat:
    return a_chat(announcements=announcements or (EVE,), **{"route": Route.KEYS, **changes})


def rows(of: Chat) -> tuple[OutboxPost, ...]:
    return announcement_rows(of, FR, WHEN)


def test_only_what_was_given_to_the_keys_is_a_row() -> None:
    by_hand = Announcement("hand", Channel.X, 7 * DAY)
    mail = Announcement("mail", Channel.EMAIL, DAY, by_keys=True)
    done = replace(EVE, id="done", done=True)
    told = chat(EVE, by_hand, mail, done)
    (row,) = rows(told)
    assert (row.slot, row.occasion, row.route) == ("eve", Occasion.PROMOTION, Route.KEYS)
    assert row.due_at == due_at(told, EVE)
    assert row.expires_at > row.due_at
    assert row.text.startswith("C’est demain")
    assert wants_announcer(told)


@pytest.mark.parametrize(
    "changes",
    [
        {"route": Route.ASSISTED},
        {"live_elsewhere": START},
        {"closed_at": START},
        {"starts_at": None},
        {"announced": ("eve",)},
    ],
)
def test_nothing_leaves_by_itself_where_it_may_not(changes: dict[str, object]) -> None:
    assert rows(chat(**changes)) == ()


def test_a_row_follows_the_text_and_the_day_until_it_leaves() -> None:
    (row,) = rows(chat())
    (new,) = rows(chat(replace(EVE, text="Venez !", minutes_before=3 * DAY)))
    ((before, made),) = announcements_followed([row], [new], NOW).changed
    assert before is row
    assert (made.id, made.text, made.due_at) == (row.id, "Venez !", new.due_at)


def test_a_text_that_leaves_in_a_moment_is_not_half_changed() -> None:
    (row,) = rows(chat())
    (new,) = rows(chat(replace(EVE, text="Ven")))
    moment = row.due_at - timedelta(seconds=10)
    assert announcements_followed([row], [new], moment, timedelta(seconds=30)).changed == ()
    # But what is taken back is held at once.
    ((_row, made),) = announcements_followed([row], [], moment, timedelta(seconds=30)).changed
    assert made.state is PostState.SKIPPED


@pytest.mark.parametrize("state", PostState)
def test_what_is_out_or_may_be_stays_and_every_change_is_allowed(state: PostState) -> None:
    (row,) = rows(chat())
    row = replace(row, state=state, reason=Reason.TOO_LATE)
    for wanted in (rows(chat()), rows(chat(replace(EVE, minutes_before=2 * DAY))), ()):
        for now in (NOW, LATER):
            for before, made in announcements_followed([row], wanted, now).changed:
                assert state not in OUT
                assert made.state is before.state or made.state in ALLOWED[state]


def test_what_was_missed_leaves_only_at_another_time_that_is_to_come() -> None:
    (row,) = rows(chat())
    missed = replace(row, state=PostState.EXPIRED, reason=Reason.TOO_LATE)
    assert announcements_followed([missed], rows(chat()), LATER).changed == ()
    sooner = rows(chat(replace(EVE, minutes_before=60)))
    ((_row, made),) = announcements_followed([missed], sooner, LATER).changed
    assert (made.state, made.reason) == (PostState.PLANNED, Reason.NONE)
    assert made.due_at > LATER


def test_what_is_given_to_the_keys_too_late_is_not_planned() -> None:
    assert announcements_followed([], rows(chat()), LATER).added == ()
    assert len(announcements_followed([], rows(chat()), NOW).added) == 1
