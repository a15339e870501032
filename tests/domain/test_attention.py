"""What the organiser is called for when they look elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tchat_desktop.domain.attention import (
    GIVEN_FOR,
    CallFor,
    called_for,
    is_unanswered,
    replied_to,
)
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tests.fakes.outgoing import planned

EIGHT = datetime(2026, 12, 5, 20, tzinfo=UTC)
NINE = EIGHT + timedelta(hours=1)
GIVEN = FeedPost(Post("1", "fatou_ex", "Fatou", "Où trouver de l’aide ?", EIGHT), assigned_to="g")


def row(state: PostState, route: Route = Route.ASSISTED, **changes: object) -> OutboxPost:
    return replace(planned("q1", 0), state=state, route=route, **changes)  # type: ignore[arg-type]


def whats(*rows: OutboxPost, now: datetime = EIGHT, paused: bool = False) -> list[CallFor]:
    return [one.what for one in called_for(rows, {}, (), now, NINE, paused)]


@pytest.mark.parametrize(
    ("state", "route", "what"),
    [
        (PostState.HANDED_OVER, Route.ASSISTED, [CallFor.DUE]),
        (PostState.DUE, Route.ASSISTED, [CallFor.DUE]),
        (PostState.DUE, Route.KEYS, []),
        (PostState.PLANNED, Route.ASSISTED, []),
        (PostState.SENT, Route.ASSISTED, []),
        (PostState.FAILED, Route.KEYS, [CallFor.FAILURE]),
        (PostState.UNKNOWN, Route.KEYS, [CallFor.FAILURE]),
        (PostState.EXPIRED, Route.ASSISTED, [CallFor.FAILURE]),
    ],
)
def test_what_waits_for_the_organiser(state: PostState, route: Route, what: list[CallFor]) -> None:
    assert whats(row(state, route)) == what


def test_nothing_is_due_on_hold() -> None:
    assert whats(row(PostState.DUE), paused=True) == []
    assert whats(row(PostState.HANDED_OVER), paused=True) == [CallFor.DUE]


def test_a_question_given_waits_for_five_minutes() -> None:
    since = {"1": EIGHT}
    soon, later = EIGHT + GIVEN_FOR - timedelta(seconds=1), EIGHT + GIVEN_FOR
    assert called_for((), since, [GIVEN], soon, NINE) == ()
    [call] = called_for((), since, [GIVEN], later, NINE)
    assert (call.what, call.key) == (CallFor.GIVEN, ("given", "1"))
    reply = row(PostState.SENT, kind=PostKind.REPLY, target_id="1")
    assert called_for([reply], since, [GIVEN], later, NINE) == ()


@pytest.mark.parametrize("mark", [{"answered": True}, {"hidden": True}, {"assigned_to": ""}])
def test_what_is_done_is_not_waited_for(mark: dict[str, object]) -> None:
    assert is_unanswered(GIVEN, ())
    assert not is_unanswered(replace(GIVEN, **mark), ())  # type: ignore[arg-type]


def test_an_answer_of_the_guest_is_one() -> None:
    answer = FeedPost(Post("2", "Diop_Ex", "M. Diop", "Ici", EIGHT, in_reply_to="1"))
    assert replied_to(GIVEN, [answer], "diop_ex")
    assert not replied_to(GIVEN, [answer], "awa_ex")
    assert not replied_to(GIVEN, [answer], "")


def test_ten_minutes_are_left_once_it_has_begun() -> None:
    late = NINE - timedelta(minutes=10)
    assert whats(row(PostState.SENT), now=late) == [CallFor.ENDING]
    assert whats(row(PostState.PLANNED), now=late) == []
    assert whats(row(PostState.SENT), now=late - timedelta(seconds=1)) == []
    assert whats(row(PostState.SENT), now=NINE) == []


def test_an_end_that_was_moved_is_near_once_more() -> None:
    sent, late = (row(PostState.SENT),), NINE - timedelta(minutes=5)
    [first] = called_for(sent, {}, (), late, NINE)
    [same] = called_for(sent, {}, (), late + timedelta(minutes=1), NINE)
    assert called_for(sent, {}, (), late, NINE + timedelta(minutes=15)) == ()
    [again] = called_for(sent, {}, (), NINE, NINE + timedelta(minutes=8))
    assert first.key == same.key != again.key
