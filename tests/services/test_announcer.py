"""Announcements that leave by themselves while a chat is open: once, at their time, or never."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from tchat_desktop.domain.announcing import announcement_rows
from tchat_desktop.domain.chat import Announcement, Channel, Chat, Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason
from tchat_desktop.domain.promotion import DAY, HOUR
from tchat_desktop.domain.texts import When
from tchat_desktop.services.announcer import Announcer
from tchat_desktop.services.hour_parts import HourConditions, HourParts, HourStores
from tchat_desktop.services.ports import PublishUnknown
from tests.domain.chats import a_chat
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryOutbox, MemoryPosts
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import FakeX, Reported
from tests.fakes.texts import load_texts

texts_of = cache(load_texts)
EVE = Announcement("eve", Channel.X, DAY, text="C’est demain ! #UnionsPrécoces", by_keys=True)
LAST = Announcement("last", Channel.X, HOUR, text="À tout de suite ! #UnionsPrécoces", by_keys=True)
MINUTE = 60.0


def rows_of(chat: Chat) -> tuple[OutboxPost, ...]:
    return announcement_rows(chat, texts_of("fr"), When("mardi", "20 h", "20 h à Dakar"))


class Right:
    """The right to publish, which another process may have."""

    def __init__(self, free: bool = True) -> None:
        self.free = free
        self.held = False

    def take(self) -> bool:
        self.held = self.free
        return self.free

    def release(self) -> None:
        self.held = False


class Desk:
    """An announcer on a clock that is moved, with a disk and an X of its own."""

    def __init__(self) -> None:
        # The eve's announcement is due in an hour.
        start = START + timedelta(days=1, hours=1)
        self.clock = FakeClock()
        self.store = MemoryOutbox()
        self.x = FakeX(self.clock.now)
        self.right = Right()
        self.reported = Reported()
        self.chat = a_chat(starts_at=start, route=Route.KEYS, announcements=(EVE, LAST))
        self.announcer: Announcer | None = None

    def open(self) -> Announcer:
        parts = HourParts(
            HourStores(self.store, MemoryPosts()),
            {Route.KEYS: self.x},
            self.reported,
            self.clock,
            NETWORK,
        )
        self.announcer = Announcer(self.chat, parts, HourConditions(right=self.right), rows_of)
        self.announcer.start()
        self.clock.rest(1)
        return self.announcer

    def close(self) -> None:
        if self.announcer is not None:
            assert self.announcer.stop()
            self.announcer = None

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds, threads=1)
        self.clock.rest(1)

    def state(self, slot: str) -> PostState:
        rows = self.store.rows(self.chat.id, Occasion.PROMOTION)
        return next(row.state for row in rows if row.slot == slot)

    @property
    def texts(self) -> list[str]:
        return [post.text for post, _at in self.x.taken]


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.close()
    assert not {"announcer", "poster"} & {thread.name for thread in threading.enumerate()}


def test_an_announcement_leaves_at_its_time_and_once(desk: Desk) -> None:
    desk.open()
    desk.pass_time(59 * MINUTE)
    assert desk.texts == []
    desk.pass_time(2 * MINUTE)
    assert desk.texts == [EVE.text]
    assert desk.state("eve") is PostState.SENT
    desk.close()
    desk.open()
    desk.pass_time(60 * MINUTE)
    assert desk.texts == [EVE.text], "the app started again publishes nothing twice"
    assert desk.store.rows(desk.chat.id, Occasion.LIVE) == []


def test_what_was_due_while_the_chat_was_closed_does_not_leave(desk: Desk) -> None:
    desk.open()
    desk.close()
    desk.clock.advance(2 * 60 * MINUTE)
    desk.open()
    desk.pass_time(MINUTE)
    assert desk.texts == []
    assert desk.state("eve") is PostState.EXPIRED


def test_what_is_taken_back_does_not_leave(desk: Desk) -> None:
    announcer = desk.open()
    by_hand = replace(desk.chat, announcements=(replace(EVE, by_keys=False), LAST))
    announcer.follow(by_hand)
    desk.clock.until(lambda: desk.state("eve") is PostState.SKIPPED)
    desk.pass_time(2 * 60 * MINUTE)
    assert desk.texts == []
    announcer.follow(replace(desk.chat, route=Route.ASSISTED))
    desk.clock.until(lambda: desk.state("last") is PostState.SKIPPED)


def test_an_edited_text_is_what_leaves(desk: Desk) -> None:
    announcer = desk.open()
    text = "Rendez-vous demain ! #UnionsPrécoces"
    announcer.follow(replace(desk.chat, announcements=(replace(EVE, text=text),)))
    desk.clock.until(lambda: desk.state("last") is PostState.SKIPPED)
    desk.pass_time(61 * MINUTE)
    assert desk.texts == [text]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Voir [lien] #UnionsPrécoces", Reason.UNFILLED),
        ("Aïcha, 12 ans, raconte. #UnionsPrécoces", Reason.NAMES_CHILD),
    ],
)
def test_a_blank_and_a_child_that_is_named_do_not_leave(
    desk: Desk, text: str, reason: Reason
) -> None:
    desk.chat = replace(desk.chat, announcements=(replace(EVE, text=text),))
    desk.open()
    desk.pass_time(61 * MINUTE)
    assert desk.texts == []
    (row,) = desk.store.rows(desk.chat.id, Occasion.PROMOTION)
    assert (row.state, row.reason) == (PostState.FAILED, reason)


def test_a_lost_answer_is_never_sent_again_by_itself(desk: Desk) -> None:
    desk.x.outcomes = [("stored", PublishUnknown(Reason.ANSWER_LOST))]
    desk.open()
    desk.pass_time(61 * MINUTE)
    desk.pass_time(60 * MINUTE)
    assert desk.texts == [EVE.text]


def test_where_another_process_publishes_nothing_leaves_from_here(desk: Desk) -> None:
    desk.right.free = False
    parts = HourParts(
        HourStores(desk.store, MemoryPosts()),
        {Route.KEYS: desk.x},
        desk.reported,
        desk.clock,
        NETWORK,
    )
    announcer = Announcer(desk.chat, parts, HourConditions(right=desk.right), rows_of)
    announcer.start()
    assert announcer.stop()
    assert desk.store.rows(desk.chat.id, Occasion.PROMOTION) == []
