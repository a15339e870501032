"""A post that may name a child waits for the organiser's word, by keys and by its page alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Chat, Invitation, Person, Picture, Route
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.named_children import with_naming_meant
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourStores
from tchat_desktop.services.outbox import Outbox
from tests.fakes.clock import START, FakeClock
from tests.fakes.hours import hour_by_keys
from tests.fakes.memory_store import MemoryOutbox, MemoryPosts
from tests.fakes.outgoing import FakeX, Reported, planned

NAMED = "Bravo à Aïcha, 14 ans, élève au lycée de Thiès"
DIOP = Person("diop", name="M. Diop", no_account=True, invitation=Invitation.ACCEPTED)
CHAT = Chat("chat", account="voix", starts_at=START, people=(DIOP,))
SAID = FeedPost(Post("77", "awa_ex", "Awa", "@voix bonsoir", START))


class Room:
    """An hour with keys, its clock and its X; `again` is the app started anew on the same disk."""

    def __init__(self) -> None:
        self.clock = FakeClock(START - timedelta(minutes=1))
        self.stores = HourStores(MemoryOutbox(), MemoryPosts())
        self.reported = Reported()
        self.x = FakeX(self.clock.now)
        self.pages = FakeX(self.clock.now)
        self.chat = CHAT
        self.hour: Hour | None = None

    def again(self, *rows: OutboxPost) -> Hour:
        self.stop()
        publishers = {Route.KEYS: self.x, Route.ASSISTED: self.pages}
        self.hour = hour_by_keys(
            self.chat, rows, self.stores, publishers, self.reported, self.clock
        )
        self.hour.start()
        return self.hour

    def stop(self) -> None:
        if self.hour is not None:
            assert self.hour.stop()

    def rows(self) -> tuple[OutboxPost, ...]:
        events = self.reported.of(OutboxChanged)
        return events[-1].rows if events else ()

    def until(self, state: PostState, kind: PostKind = PostKind.QUESTION) -> OutboxPost:
        """Wait until the last row of that kind has come so far."""

        def there() -> bool:
            found = [row for row in self.rows() if row.kind is kind]
            return bool(found) and found[-1].state is state

        self.clock.until(there)
        return next(row for row in reversed(self.rows()) if row.kind is kind)

    @property
    def left(self) -> list[str]:
        """The texts that left, or whose pages opened."""
        return [row.text for row, _at in (*self.x.taken, *self.pages.taken)]


@pytest.fixture
def room() -> Iterator[Room]:
    made = Room()
    yield made
    made.stop()


@pytest.mark.parametrize("route", [Route.KEYS, Route.ASSISTED])
def test_a_planned_post_neither_leaves_nor_stays_without_a_word(room: Room, route: Route) -> None:
    hour = room.again(replace(planned("a"), text=NAMED, route=route))
    room.clock.advance(60)
    row = room.until(PostState.FAILED)
    assert (row.reason, row.attempts) == (Reason.NAMES_CHILD, 0)
    assert room.left == []
    # Pressed again, or sent the other way, it is asked about again.
    hour.do(Outbox.send_now, "a")
    hour.do(Outbox.by_web_page, "a")
    room.clock.advance(30)
    room.until(PostState.FAILED)
    assert room.left == []
    hour.name_on_purpose(NAMED)
    hour.do(Outbox.send_now, "a")
    room.clock.advance(30)
    room.clock.until(lambda: bool(room.left))
    assert room.left == [NAMED]


def test_a_changed_text_is_asked_about_again(room: Room) -> None:
    hour = room.again(replace(planned("a"), text=NAMED))
    hour.name_on_purpose(NAMED)
    hour.do(Outbox.edit_text, "a", f"{NAMED}. Merci !")
    room.clock.until(lambda: any("Merci" in row.text for row in room.rows()))
    room.clock.advance(90)
    assert room.until(PostState.FAILED).reason is Reason.NAMES_CHILD
    hour.do(Outbox.edit_text, "a", "Bravo à une élève de Thiès")
    hour.do(Outbox.send_now, "a")
    room.clock.advance(30)
    room.until(PostState.SENT)
    assert room.left == ["Bravo à une élève de Thiès"]


def test_what_was_meant_before_the_hour_leaves_at_its_time(room: Room) -> None:
    room.chat = with_naming_meant(CHAT, NAMED)
    room.again(replace(planned("a"), text=NAMED))
    room.clock.advance(60)
    room.until(PostState.SENT)
    assert room.left == [NAMED]


def test_what_is_meant_on_another_page_holds_for_the_hour_that_runs(room: Room) -> None:
    row = replace(planned("a"), text=NAMED)
    hour = room.again(row)
    hour.follow(with_naming_meant(CHAT, NAMED), lambda: [row], at_once=True)
    hour.do(Outbox.postpone, "a", 1)
    room.clock.until(lambda: any(one.due_at > row.due_at for one in room.rows()))
    room.clock.advance(150)
    room.until(PostState.SENT)


def test_a_description_that_names_a_child_is_asked_about(room: Room) -> None:
    picture = Picture("0", "image/png", NAMED)
    room.again(replace(planned("a"), text="Bonsoir", picture=picture))
    room.clock.advance(60)
    assert room.until(PostState.FAILED).reason is Reason.NAMES_CHILD


def test_a_reply_and_a_guests_answer_are_asked_about_like_a_post(room: Room) -> None:
    hour = room.again(planned("later", 3000))
    hour.reply(SAID, NAMED)
    assert room.until(PostState.FAILED, PostKind.REPLY).reason is Reason.NAMES_CHILD
    hour.answer_for(DIOP, "", f"M. Diop écrit : {NAMED}")
    room.clock.advance(60)
    assert room.until(PostState.FAILED, PostKind.GUEST_ANSWER).reason is Reason.NAMES_CHILD
    assert room.left == []
    hour.name_on_purpose(NAMED)
    hour.reply(SAID, NAMED)
    room.clock.advance(60)
    room.until(PostState.SENT, PostKind.REPLY)
    assert room.left == [NAMED]


def test_a_repost_is_the_words_of_somebody_else(room: Room) -> None:
    hour = room.again(planned("later", 3000))
    hour.repost(replace(SAID, post=replace(SAID.post, text=NAMED)))
    room.until(PostState.SENT, PostKind.REPOST)


def test_after_a_restart_it_still_waits_for_the_word(room: Room) -> None:
    row = replace(planned("a"), text=NAMED)
    room.again(row)
    room.clock.advance(60)
    room.until(PostState.FAILED)
    room.reported = Reported()
    hour = room.again(row)
    assert room.until(PostState.FAILED).reason is Reason.NAMES_CHILD
    hour.do(Outbox.send_now, "a")
    room.clock.advance(30)
    room.until(PostState.FAILED)
    assert room.left == []
