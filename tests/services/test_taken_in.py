"""The page of a tag pasted in the hour: taken in whole, never twice, and taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Chat, Occasion, Question, Route
from tchat_desktop.domain.conversation import Mark, Marking, Post
from tchat_desktop.domain.outgoing import OutboxPost, PostState, told_at
from tchat_desktop.domain.pages_seen import Stretch
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
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui.pages.shared.done_words import undone_words
from tchat_desktop.ui.pages.shared.paste_words import found_words
from tests.fakes.clock import START, FakeClock
from tests.fakes.hours import hour_by_pages
from tests.fakes.memory_store import MemoryOutbox, MemoryPosts
from tests.fakes.network import NETWORK
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
    post_id = made_up_id(START + timedelta(seconds=number), abs(number))
    author = changes.get("author", "awa_ex")
    made = Post(
        post_id, "awa_ex", "Awa", text, START + timedelta(seconds=number),
        f"https://x.com/{author}/status/{post_id}", by_hand=True,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def posts() -> MemoryPosts:
    return MemoryPosts()


@pytest.fixture
def reported() -> Reported:
    return Reported()


@pytest.fixture
def outbox() -> MemoryOutbox:
    return MemoryOutbox()


@pytest.fixture
def hour(posts: MemoryPosts, outbox: MemoryOutbox, reported: Reported) -> Iterator[Hour]:
    row = replace(planned("q1", 3600), route=Route.ASSISTED)
    made = hour_by_pages(CHAT, [row], HourStores(outbox, posts), Pages(), reported, FakeClock())
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


# --- the organiser's own posts on the page ----------------------------------------------------


def own(number: int = 40, author: str = "voixfilles_ex") -> Post:
    return post(number, "Texte q1", author=author)


def has_page(outbox: MemoryOutbox, state: PostState = PostState.HANDED_OVER) -> None:
    """The page of the question was opened at the start, or its post left by keys then."""
    way, page = Route.ASSISTED, "https://x.com/intent/post?text=1"
    if state is PostState.UNKNOWN:
        way, page = Route.KEYS, ""
    made = replace(planned("q1"), state=state, route=way, changed_at=START, page=page)
    outbox.clear("chat", LIVE)
    outbox.add([made])


def the_row(outbox: MemoryOutbox) -> OutboxPost:
    (row,) = outbox.rows("chat", LIVE)
    return row


def test_an_own_post_on_the_page_confirms_what_waits_for_it(
    hour: Hour, outbox: MemoryOutbox, reported: Reported
) -> None:
    has_page(outbox)
    event = taken_in(hour, reported, post(50), own())
    assert [made.id for _before, made in event.confirmed] == ["q1"]
    row = the_row(outbox)
    assert (row.state, row.remote_id, row.url) == (PostState.SENT, own().id, own().url)
    assert told_at(row, NETWORK) == START + timedelta(seconds=40)
    assert reported.of(OutboxChanged)[-1].rows == (row,)
    assert found_words(event.confirmed) == ["Q1: published, found on the pasted page."]


def test_one_undo_takes_the_page_and_what_it_confirmed_back(
    hour: Hour, posts: MemoryPosts, outbox: MemoryOutbox, reported: Reported
) -> None:
    has_page(outbox)
    taken_in(hour, reported, post(50), own())
    event = undone(hour, reported)
    assert event.undone
    assert list(posts.all("chat", LIVE)) == []
    row = the_row(outbox)
    assert (row.state, row.remote_id, row.url) == (PostState.HANDED_OVER, "", "")
    words, _tone = undone_words(event, CHAT)
    assert "1 message" in words
    assert "Q1" in words
    assert "stays on X" in words
    # It asks again, and the page says it again.
    assert taken_in(hour, reported, own()).confirmed
    assert undone(hour, reported).undone, "a page with nothing but own posts"
    assert the_row(outbox).state is PostState.HANDED_OVER


def test_a_row_confirmed_before_only_loses_its_link_again(
    hour: Hour, outbox: MemoryOutbox, reported: Reported
) -> None:
    has_page(outbox)
    hour.do(Outbox.confirm_sent, "q1")
    event = taken_in(hour, reported, own())
    assert the_row(outbox).url == own().url
    assert found_words(event.confirmed) == ["Q1: link found on the pasted page."]
    assert undone(hour, reported).undone
    row = the_row(outbox)
    assert (row.state, row.remote_id, row.url) == (PostState.SENT, "", "")


def test_a_doubtful_post_taken_back_asks_the_organiser_and_leaves_not_again(
    hour: Hour, outbox: MemoryOutbox, reported: Reported
) -> None:
    has_page(outbox, PostState.UNKNOWN)
    taken_in(hour, reported, own())
    assert the_row(outbox).state is PostState.SENT
    assert undone(hour, reported).undone
    assert the_row(outbox).state is PostState.EXPIRED
    taken_in(hour, reported, own())
    assert the_row(outbox).state is PostState.SENT


def test_the_link_found_places_an_answer_on_the_same_page(
    hour: Hour, posts: MemoryPosts, outbox: MemoryOutbox, reported: Reported
) -> None:
    has_page(outbox)
    late = 3000
    answer = post(late, "Tout à fait d’accord.", in_reply_to=own().id)
    taken_in(hour, reported, answer, own())
    (kept,) = posts.all("chat", LIVE)
    assert kept.question_id == "q1"


def test_the_post_of_another_confirms_nothing(
    hour: Hour, outbox: MemoryOutbox, reported: Reported
) -> None:
    has_page(outbox)
    event = taken_in(hour, reported, own(author="awa_ex"), own(-120))
    assert event.confirmed == ()
    assert the_row(outbox).state is PostState.HANDED_OVER


def test_what_no_page_showed_is_told_until_one_does(hour: Hour, reported: Reported) -> None:
    first = [post(number) for number in range(60, 300, 60)]
    assert taken_in(hour, reported, *first).missing == ()
    later = [post(number) for number in range(600, 900, 60)]
    hole = (Stretch(post(240).created_at, post(600).created_at),)
    assert taken_in(hour, reported, *later).missing == hole
    # One link, or the newest posts again, tell nothing of the time between.
    assert taken_in(hour, reported, post(400)).missing == hole
    assert taken_in(hour, reported, *later).missing == hole
    between = [post(number) for number in range(180, 700, 60)]
    assert taken_in(hour, reported, *between).missing == ()
    assert undone(hour, reported).undone
    assert taken_in(hour, reported, *later).missing == hole
