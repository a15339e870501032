"""The page of a tag pasted in the hour: taken in whole, never twice, and taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Chat, Occasion, Question, Route
from tchat_desktop.domain.conversation import Mark, Marking, Post
from tchat_desktop.domain.undoing import Command
from tchat_desktop.domain.x.post_ids import made_up_id
from tchat_desktop.services.events import (
    CommandUndone,
    OutboxChanged,
    PostRemoved,
    PostsArrived,
    PostsTakenIn,
)
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourStores
from tchat_desktop.ui.pages.shared.done_words import undone_words
from tests.fakes.clock import START, FakeClock
from tests.fakes.hours import hour_by_pages
from tests.fakes.memory_store import MemoryOutbox, MemoryPosts
from tests.fakes.outgoing import Reported, planned
from tests.services.test_hour import Pages

CHAT = Chat(
    id="chat",
    hashtag="UnionsPrécoces",
    account="voixfilles_ex",
    starts_at=START,
    questions=(Question("q1", "Que faire ?"), Question("q2", "Et ensuite ?")),
)
LIVE = Occasion.LIVE


def post(number: int, text: str = "R1 oui #UnionsPrécoces", **changes: object) -> Post:
    post_id = made_up_id(START + timedelta(seconds=number), number)
    made = Post(
        post_id, "awa_ex", "Awa", text, START + timedelta(seconds=number),
        f"https://x.com/awa_ex/status/{post_id}", by_hand=True,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def posts() -> MemoryPosts:
    return MemoryPosts()


@pytest.fixture
def reported() -> Reported:
    return Reported()


@pytest.fixture
def hour(posts: MemoryPosts, reported: Reported) -> Iterator[Hour]:
    row = replace(planned("q1", 3600), route=Route.ASSISTED)
    stores = HourStores(MemoryOutbox(), posts)
    made = hour_by_pages(CHAT, [row], stores, Pages(), reported, FakeClock())
    made.start()
    try:
        reported.wait_for(OutboxChanged)
        yield made
    finally:
        assert made.stop()


def taken_in(hour: Hour, reported: Reported, *found: Post) -> PostsTakenIn:
    count = len(reported.of(PostsTakenIn)) + 1
    hour.take_in(found)
    return reported.wait_for(PostsTakenIn, count)


def undone(hour: Hour, reported: Reported) -> CommandUndone:
    count = len(reported.of(CommandUndone)) + 1
    hour.undo()
    return reported.wait_for(CommandUndone, count)


def test_a_page_goes_under_its_questions_at_once(
    hour: Hour, posts: MemoryPosts, reported: Reported
) -> None:
    made = taken_in(hour, reported, post(2, "R2 non"), post(1)).made
    assert len(made.new) == 2
    assert [one.question_id for one in posts.all("chat", LIVE)] == ["q1", "q2"]
    # One report for all of them, oldest first, so that the screen is built once.
    arrived = reported.of(PostsArrived)
    assert [one.post.id for one in arrived[-1].posts] == [post(1).id, post(2).id]
    assert len(arrived) == 1


def test_pasted_again_it_changes_nothing(
    hour: Hour, posts: MemoryPosts, reported: Reported
) -> None:
    taken_in(hour, reported, post(1), post(2))
    there = list(posts.all("chat", LIVE))
    made = taken_in(hour, reported, post(1), post(2)).made
    assert (made.known, made.changes_something) == (2, False)
    assert list(posts.all("chat", LIVE)) == there
    # The second paste did nothing: undo is about the first.
    assert undone(hour, reported).undone
    assert list(posts.all("chat", LIVE)) == []


def test_more_text_completes_a_post_and_its_marks_stay(
    hour: Hour, posts: MemoryPosts, reported: Reported
) -> None:
    taken_in(hour, reported, post(1, ""))
    hour.mark(Marking(post(1).id, Mark.STARRED, True))
    taken_in(hour, reported, post(1), post(2))
    first, _second = posts.all("chat", LIVE)
    assert (first.post, first.starred) == (post(1), True)
    assert undone(hour, reported).undone
    (only,) = posts.all("chat", LIVE)
    assert (only.post.text, only.starred) == ("", True)


def test_one_undo_takes_the_whole_paste_back(
    hour: Hour, posts: MemoryPosts, reported: Reported
) -> None:
    hour.add_by_hand(post(9))
    taken_in(hour, reported, *(post(number) for number in range(1, 6)))
    event = undone(hour, reported)
    assert event.undone
    assert event.done is not None
    assert event.done.command is Command.PASTE
    assert "5" in undone_words(event, CHAT)[0]
    assert [one.post.id for one in posts.all("chat", LIVE)] == [post(9).id]
    assert len(reported.of(PostRemoved)) == 5


def test_texts_told_later_are_no_command(
    hour: Hour, posts: MemoryPosts, reported: Reported
) -> None:
    taken_in(hour, reported, post(1, ""))
    hour.complete([post(1), post(2)])
    # Nothing is added that is not there: it may have been taken back meanwhile.
    assert undone(hour, reported).undone
    assert list(posts.all("chat", LIVE)) == []


def test_the_hours_own_posts_are_not_participants(
    hour: Hour, posts: MemoryPosts, reported: Reported
) -> None:
    made = taken_in(hour, reported, post(1, author="VoixFilles_ex")).made
    assert made.own == 1
    assert list(posts.all("chat", LIVE)) == []
