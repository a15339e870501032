"""What a room sees on the projector, and what it never sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Occasion, RecapDraft
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.projected import (
    projected_time,
    question_on_screen,
    question_to_come,
    quotes,
)
from tests.fakes.network import NETWORK
from tests.ui.pages.fake_hours import START, FakeHour, full_chat, participant

CHAT = replace(full_chat(), audience_zones=("Europe/Paris",))
FINE = participant(1, "R1 Les mères en parlent au puits.", START, "fatou_ex", "Fatou", starred=True)


def hour_at(minute: float) -> FakeHour:
    hour = FakeHour(CHAT, Occasion.LIVE, lambda _event: None)
    hour.at_minute(minute)
    return hour


def texts(*posts: FeedPost, recap: RecapDraft = CHAT.recap) -> list[str]:
    return [one.text for one in quotes(replace(CHAT, recap=recap), posts, NETWORK)]


def test_the_question_asked_last_and_the_next_one() -> None:
    rows = hour_at(17).rows
    question, coming = question_on_screen(CHAT, rows, NETWORK), question_to_come(CHAT, rows)
    assert question is not None
    assert coming is not None
    assert (question.number, question.text) == (2, CHAT.questions[1].text)
    assert (coming.number, coming.text) == (3, CHAT.questions[2].text)


def test_before_the_first_question_and_after_the_last() -> None:
    assert question_on_screen(CHAT, hour_at(-5).rows, NETWORK) is None
    assert question_to_come(CHAT, hour_at(120).rows) is None
    kept = [replace(row, state=PostState.DRAFT) for row in hour_at(-5).rows]
    assert question_to_come(CHAT, kept) is None


def test_the_clocks_and_the_time_left() -> None:
    before = projected_time(CHAT, START - timedelta(minutes=5))
    assert before.begins_in == timedelta(minutes=5)
    assert before.left == timedelta(minutes=CHAT.minutes)
    under_way = projected_time(CHAT, START + timedelta(minutes=17))
    assert [(zone, local.hour, local.minute) for zone, local in under_way.clocks] == [
        ("Africa/Dakar", 20, 17),
        ("Europe/Paris", 21, 17),
    ]
    assert (under_way.begins_in, under_way.left) == (None, timedelta(minutes=CHAT.minutes - 17))
    assert projected_time(CHAT, START + timedelta(hours=5)).left == timedelta()
    moved = CHAT.ends_at + timedelta(minutes=10) if CHAT.ends_at else START
    later = projected_time(CHAT, START + timedelta(minutes=17), moved)
    assert later.left == under_way.left + timedelta(minutes=10)
    assert projected_time(replace(CHAT, starts_at=None), START).left == timedelta()


def test_the_newest_highlights_by_their_authors() -> None:
    posts = [
        participant(n, f"R1 Réponse {n}", START + timedelta(minutes=n), f"p{n}", "", starred=True)
        for n in range(5)
    ]
    shown = quotes(CHAT, posts, NETWORK)
    assert [one.text for one in shown] == ["R1 Réponse 4", "R1 Réponse 3", "R1 Réponse 2"]
    assert quotes(CHAT, [FINE], NETWORK)[0].author == "Fatou"
    assert (
        quotes(CHAT, [replace(FINE, post=replace(FINE.post, author_name="@fatou_ex"))], NETWORK)[
            0
        ].author
        == "@fatou_ex"
    )


@pytest.mark.parametrize(
    "post",
    [
        replace(FINE, starred=False),
        replace(FINE, hidden=True),
        replace(FINE, confided=True),
        replace(FINE, names_child=True),
        replace(FINE, post=replace(FINE.post, text="J’ai 15 ans et on veut me marier.")),
        replace(FINE, post=replace(FINE.post, text="La petite Awa, 12 ans, va être mariée.")),
    ],
    ids=["not chosen", "hidden", "confided", "names a child", "a minor", "a child by name"],
)
def test_what_a_room_never_sees(post: FeedPost) -> None:
    assert texts(FINE)
    assert texts(post) == []


def test_who_confided_something_is_not_shown_at_all() -> None:
    other = replace(FINE, starred=False, post=replace(FINE.post, id="77", text="Mon mari me bat."))
    assert texts(FINE, other) == []


def test_who_is_hidden_is_not_shown_and_words_are_masked() -> None:
    assert texts(FINE, recap=RecapDraft(hidden_authors=("fatou_ex",))) == []
    [masked] = texts(FINE, recap=RecapDraft(masked_words=("puits",)))
    assert "puits" not in masked
