"""The thread of the recap leaves post by post, each as an answer to the one before, and once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Chat, Occasion, Route, ThreadPost
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason
from tchat_desktop.domain.thread_rows import thread_followed, thread_out
from tchat_desktop.services.events import HourNotBegun
from tchat_desktop.services.hour_parts import HourConditions, HourParts, HourStores
from tchat_desktop.services.limits import SendGate
from tchat_desktop.services.ports import PublishRefused, PublishUnknown
from tchat_desktop.services.thread_posting import ThreadPosting
from tests.domain.chats import a_chat
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryOutbox, MemoryPosts
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import FakeX, Reported

POSTS = tuple(ThreadPost(f"post-{n}", f"Texte {n}") for n in (1, 2, 3))
TEXTS = ["1/3 Texte 1", "2/3 Texte 2", "3/3 Texte 3"]
MINUTE = 60.0


class Right:
    """The right to publish, which another process may have."""

    def __init__(self) -> None:
        self.free = True

    def take(self) -> bool:
        return self.free

    def release(self) -> None:
        """Nobody else asks for it."""


class Desk:
    """A thread on a clock that is moved, with a disk, an X and a browser of its own."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.store = MemoryOutbox()
        self.posts = MemoryPosts()
        self.x = FakeX(self.clock.now)
        self.pages = FakeX(self.clock.now)
        self.right = Right()
        self.reported = Reported()
        self.chat: Chat = a_chat(starts_at=START, route=Route.KEYS, thread=POSTS)
        self.conditions = HourConditions(right=self.right)
        self.posting: ThreadPosting | None = None

    def open(self) -> ThreadPosting:
        self.pages.outcomes = ["page"] * 20
        parts = HourParts(
            HourStores(self.store, self.posts),
            {Route.KEYS: self.x, Route.ASSISTED: self.pages},
            self.reported,
            self.clock,
            NETWORK,
        )
        self.posting = ThreadPosting(self.chat, parts, self.conditions)
        self.posting.start()
        return self.posting

    def close(self) -> None:
        if self.posting is not None:
            assert self.posting.stop()
            self.posting = None

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds, threads=1)
        self.clock.rest(1)

    def until(self, *states: PostState) -> None:
        self.clock.until(lambda: self.states == list(states))

    @property
    def rows(self) -> list[OutboxPost]:
        return list(self.store.rows(self.chat.id, Occasion.THREAD))

    @property
    def states(self) -> list[PostState]:
        by_slot = {row.slot: row.state for row in self.rows}
        return [by_slot[slot] for slot in sorted(by_slot)]

    def row(self, slot: str) -> OutboxPost:
        return next(row for row in self.rows if row.slot == slot)

    @property
    def texts(self) -> list[str]:
        return [post.text for post, _at in self.x.taken]


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.close()
    assert not {"thread", "poster"} & {thread.name for thread in threading.enumerate()}


SENT, PLANNED, DUE = PostState.SENT, PostState.PLANNED, PostState.DUE
DRAFT, SKIPPED, UNKNOWN = PostState.DRAFT, PostState.SKIPPED, PostState.UNKNOWN
HANDED_OVER, EXPIRED, FAILED = PostState.HANDED_OVER, PostState.EXPIRED, PostState.FAILED


def test_with_keys_each_post_answers_the_one_before(desk: Desk) -> None:
    desk.open().publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    desk.pass_time(MINUTE)
    assert desk.texts == TEXTS
    first, second, third = (post for post, _at in desk.x.taken)
    assert first.target_id == ""
    assert second.target_id == f"remote-{first.id}"
    assert third.target_id == f"remote-{second.id}"
    assert desk.store.rows(desk.chat.id, Occasion.LIVE) == []


def test_the_next_post_waits_until_the_one_before_is_known_to_be_out(desk: Desk) -> None:
    desk.x.outcomes = ["ok", ("stored", PublishUnknown(Reason.ANSWER_LOST))]
    desk.x.looks = ["unsure", "unsure", "truth"]
    desk.open().publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    desk.pass_time(20)
    assert desk.states == [SENT, UNKNOWN, PLANNED]
    desk.pass_time(25)
    assert desk.states[1:] != [SENT, SENT]
    desk.pass_time(MINUTE)
    assert desk.texts == TEXTS, "each is there once"
    assert desk.row("post-3").target_id == desk.row("post-2").remote_id


def test_a_post_in_doubt_is_confirmed_by_what_was_read_since(desk: Desk) -> None:
    desk.x.outcomes = ["ok", ("stored", PublishUnknown(Reason.ANSWER_LOST))]
    desk.x.looks = ["unsure"] * 9
    desk.open().publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    desk.pass_time(20 * MINUTE)
    assert desk.states == [SENT, UNKNOWN, DUE]
    desk.close()
    at = desk.row("post-2").due_at + timedelta(seconds=2)
    found = Post(NETWORK.made_up_id(at, 1), "FillesDebout", "Filles Debout", "2/3 Texte 2", at)
    desk.posts.add(desk.chat.id, Occasion.LIVE, [FeedPost(found)])
    desk.open().publish(desk.chat)
    desk.until(SENT, SENT, SENT)
    assert desk.texts == TEXTS
    assert desk.row("post-3").target_id == found.id


def test_what_left_on_other_occasions_is_none_of_the_posts_looked_for(desk: Desk) -> None:
    live = replace(
        thread_followed(desk.chat, (), Route.KEYS, desk.clock.now(), NETWORK).added[0],
        id="live",
        occasion=Occasion.LIVE,
        slot="thanks",
        state=SENT,
    )
    desk.store.add([live])
    desk.x.outcomes = [PublishUnknown(Reason.ANSWER_LOST)]
    desk.open().publish(desk.chat)
    desk.until(UNKNOWN, PLANNED, PLANNED)
    desk.pass_time(MINUTE)
    assert "live" in {row.id for row in desk.x.compared}


def test_where_nobody_can_know_the_thread_stops_until_the_organiser_says(desk: Desk) -> None:
    desk.x.outcomes = ["ok", ("stored", PublishUnknown(Reason.ANSWER_LOST))]
    desk.x.looks = ["unsure"] * 9
    posting = desk.open()
    posting.publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    desk.pass_time(20 * MINUTE)
    assert desk.states == [SENT, UNKNOWN, DUE]
    assert desk.texts == TEXTS[:2]
    posting.confirm(desk.row("post-2").id, "https://x.com/FillesDebout/status/1993000000000000000")
    desk.until(SENT, SENT, SENT)
    assert desk.texts == TEXTS
    assert desk.row("post-3").target_id == "1993000000000000000"


def test_what_the_organiser_did_not_find_leaves_again_on_purpose_only(desk: Desk) -> None:
    desk.x.outcomes = [PublishUnknown(Reason.ANSWER_LOST)]
    desk.x.looks = ["unsure"] * 9
    posting = desk.open()
    posting.publish(desk.chat)
    desk.until(UNKNOWN, PLANNED, PLANNED)
    posting.not_out(desk.row("post-1").id)
    desk.until(SKIPPED, PLANNED, PLANNED)
    desk.pass_time(10 * MINUTE)
    assert desk.texts == []
    posting.publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    desk.pass_time(MINUTE)
    assert desk.texts == TEXTS


def test_a_pause_holds_the_rest_and_going_on_takes_no_post_twice(desk: Desk) -> None:
    posting = desk.open()
    posting.publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    posting.pause()
    desk.pass_time(5 * MINUTE)
    assert desk.texts == TEXTS[:1]
    desk.chat = replace(desk.chat, thread=(*POSTS[:2], replace(POSTS[2], text="Mieux dit")))
    posting.publish(desk.chat)
    desk.until(SENT, SENT, PLANNED)
    desk.pass_time(MINUTE)
    assert desk.texts == [*TEXTS[:2], "3/3 Mieux dit"]


def test_whoever_is_hidden_while_it_leaves_holds_it_and_other_edits_do_not(desk: Desk) -> None:
    posting = desk.open()
    posting.publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    posting.follow(replace(desk.chat, lessons="Commencer à l’heure"))
    desk.pass_time(20)
    assert desk.texts == TEXTS[:2]
    posting.follow(replace(desk.chat, recap=replace(desk.chat.recap, hidden_authors=("awa",))))
    desk.clock.until(lambda: desk.store.hour_state(desk.chat.id, Occasion.THREAD).paused)
    desk.pass_time(5 * MINUTE)
    assert desk.texts == TEXTS[:2]


def test_what_is_cancelled_does_not_leave_even_after_a_doubt(desk: Desk) -> None:
    desk.x.outcomes = ["ok", PublishUnknown(Reason.ANSWER_LOST)]
    posting = desk.open()
    posting.publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    desk.pass_time(20)
    assert desk.states == [SENT, UNKNOWN, PLANNED]
    posting.cancel()
    desk.until(SENT, UNKNOWN, SKIPPED)
    desk.pass_time(10 * MINUTE)
    assert desk.texts == TEXTS[:1]
    posting.publish(desk.chat)
    desk.until(SENT, SENT, PLANNED)
    desk.pass_time(MINUTE)
    assert desk.texts == TEXTS


def test_after_a_restart_nothing_leaves_before_the_organiser_goes_on(desk: Desk) -> None:
    desk.open().publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    desk.close()
    desk.open().pause()
    desk.pass_time(MINUTE)
    assert desk.texts == TEXTS[:1]
    desk.close()
    desk.clock.advance(24 * 60 * MINUTE)
    desk.open().publish(desk.chat)
    desk.until(SENT, SENT, PLANNED)
    desk.pass_time(MINUTE)
    assert desk.texts == TEXTS


def test_a_refusal_stops_the_thread_there(desk: Desk) -> None:
    desk.x.outcomes = ["ok", PublishRefused(Reason.NO_CREDIT)]
    posting = desk.open()
    posting.publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    desk.pass_time(5 * MINUTE)
    assert desk.states == [SENT, FAILED, DUE]
    desk.pass_time(40 * MINUTE)
    assert desk.states == [SENT, FAILED, EXPIRED]
    posting.publish(desk.chat)
    desk.until(SENT, SENT, PLANNED)
    desk.pass_time(MINUTE)
    assert desk.texts == TEXTS


def test_the_ceiling_holds_for_the_thread(desk: Desk) -> None:
    gate = SendGate(NETWORK, lambda: 4.5)
    desk.conditions = replace(desk.conditions, gate=gate)
    desk.open().publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    desk.pass_time(MINUTE)
    # A post and an answer to it: the second answer would pass the ceiling.
    assert desk.states == [SENT, SENT, FAILED]
    assert desk.row("post-3").reason is Reason.SPENDING_LIMIT


def test_without_keys_each_page_answers_the_link_that_was_given(desk: Desk) -> None:
    posting = desk.open()
    posting.open(desk.chat, "post-1")
    desk.until(HANDED_OVER, DRAFT, DRAFT)
    desk.pass_time(60 * MINUTE)
    assert desk.states == [HANDED_OVER, DRAFT, DRAFT], "no page opens by itself"
    posting.confirm(desk.row("post-1").id, "https://x.com/FillesDebout/status/1993000000000000000")
    desk.until(SENT, DRAFT, DRAFT)
    posting.open(desk.chat, "post-2")
    desk.until(SENT, HANDED_OVER, DRAFT)
    first, second = desk.pages.calls
    assert (first.target_id, second.target_id) == ("", "1993000000000000000")
    assert desk.x.calls == []


def test_a_link_can_be_given_later_and_a_page_of_ones_own_posts_gives_it_too(desk: Desk) -> None:
    posting = desk.open()
    posting.open(desk.chat, "post-1")
    desk.until(HANDED_OVER, DRAFT, DRAFT)
    posting.confirm(desk.row("post-1").id, "")
    desk.until(SENT, DRAFT, DRAFT)
    at = desk.clock.now() + timedelta(seconds=5)
    found = Post(NETWORK.made_up_id(at, 1), "FillesDebout", "Filles Debout", "1/3 Texte 1", at)
    posting.take_in([found], "FillesDebout")
    desk.clock.until(lambda: desk.row("post-1").remote_id == found.id)
    desk.pass_time(10)
    posting.open(desk.chat, "post-2")
    desk.until(SENT, HANDED_OVER, DRAFT)
    assert desk.pages.calls[-1].target_id == found.id


def test_a_page_that_was_not_used_is_opened_again_on_purpose(desk: Desk) -> None:
    posting = desk.open()
    posting.open(desk.chat, "post-1")
    desk.until(HANDED_OVER, DRAFT, DRAFT)
    posting.not_out(desk.row("post-1").id)
    desk.until(SKIPPED, DRAFT, DRAFT)
    desk.pass_time(10 * MINUTE)
    assert len(desk.pages.calls) == 1
    posting.open(desk.chat, "post-1")
    desk.until(HANDED_OVER, DRAFT, DRAFT)
    assert len(desk.pages.calls) == 2


def test_a_thread_begun_with_keys_goes_on_by_pages(desk: Desk) -> None:
    desk.x.outcomes = ["ok", PublishRefused(Reason.NO_CREDIT)]
    posting = desk.open()
    posting.publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    desk.pass_time(MINUTE)
    posting.open(desk.chat, "post-2")
    desk.until(SENT, HANDED_OVER, DRAFT)
    assert desk.pages.calls[-1].target_id == desk.row("post-1").remote_id


def test_on_another_computer_nothing_is_published_twice(desk: Desk) -> None:
    desk.open().publish(desk.chat)
    desk.until(SENT, PLANNED, PLANNED)
    desk.close()
    rows = [replace(row, remote_id="1993000000000000000") for row in desk.rows if row.remote_id]
    desk.chat = replace(desk.chat, thread_out=thread_out(rows))
    desk.store = MemoryOutbox()
    desk.open().publish(desk.chat)
    desk.until(SENT, SENT, PLANNED)
    desk.pass_time(MINUTE)
    assert desk.texts == TEXTS
    assert desk.x.taken[1][0].target_id == "1993000000000000000"


def test_where_another_process_publishes_nothing_leaves_and_that_is_told(desk: Desk) -> None:
    desk.right.free = False
    desk.open().publish(desk.chat)
    told = desk.reported.wait_for(HourNotBegun)
    assert (told.occasion, told.error) == (Occasion.THREAD, None)
    assert desk.rows == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [("Voir [lien]", Reason.UNFILLED), ("Aïcha, 12 ans, raconte.", Reason.NAMES_CHILD)],
)
def test_a_blank_and_a_child_that_is_named_do_not_leave(
    desk: Desk, text: str, reason: Reason
) -> None:
    desk.chat = replace(desk.chat, thread=(replace(POSTS[0], text=text), *POSTS[1:]))
    desk.open().publish(desk.chat)
    desk.until(FAILED, PLANNED, PLANNED)
    desk.pass_time(5 * MINUTE)
    assert desk.texts == []
    assert desk.row("post-1").reason is reason
