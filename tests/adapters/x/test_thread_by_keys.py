"""The thread of the recap over HTTP, on an X that misbehaves: each post once, each in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.adapters.x.publisher import XPublisher
from tchat_desktop.domain.chat import Chat, Occasion, Route, ThreadPost
from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.domain.thread_rows import thread_followed
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.poster import Poster
from tests.adapters.x.conftest import NewClient
from tests.domain.chats import a_chat
from tests.fakes import x_faults
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryOutbox
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import Reported
from tests.fakes.x_faults import Fault
from tests.fakes.x_server import XServer

POST = "POST /2/tweets"
POINTS = (
    "after_due",
    "before_sending_row",
    "after_sending_row",
    "after_publish",
    "after_sent_row",
)
POSTS = tuple(ThreadPost(f"post-{n}", f"« Ici » & là ({n}) exemple.org/é") for n in range(1, 5))
TEXTS = [f"{n}/4 « Ici » & là ({n}) exemple.org/é" for n in range(1, 5)]


class Killed(BaseException):
    """The app ends at a named point."""


class Thread:
    """Runs the poster of a thread step by step; `restart` is the app started again."""

    def __init__(self, new_client: NewClient, clock: FakeClock) -> None:
        self.clock = clock
        self.chat: Chat = a_chat(route=Route.KEYS, thread=POSTS)
        self.store = MemoryOutbox()
        self._new_client = new_client
        self._die_at = ("", 0)
        self._passed = 0
        self.restart()

    def restart(self) -> None:
        """All that is left is on disk; the organiser asks to go on."""
        self.outbox = Outbox(
            self.store,
            self.clock,
            Reported(),
            chat_id=self.chat.id,
            occasion=Occasion.THREAD,
            route=Route.KEYS,
            rules=NETWORK,
        )
        publisher = XPublisher(self._new_client(timeout=(2.0, 0.3)))
        self.poster = Poster(
            self.outbox,
            {Route.KEYS: publisher},
            self.clock,
            Reported(),
            ends_at=START + timedelta(days=9),
            at_point=self._at_point,
        )
        rows = self.outbox.rows()
        self.store.replan(thread_followed(self.chat, rows, Route.KEYS, self.clock.now(), NETWORK))

    def die_at(self, point: str, times: int) -> None:
        """End the app at the nth passage of a point."""
        self._die_at, self._passed = (point, times), 0

    def _at_point(self, point: str) -> None:
        named, times = self._die_at
        self._passed += point == named
        if point == named and self._passed == times:
            raise Killed(point)

    def run(self, minutes: float) -> None:
        """Let that much time pass; who was killed starts again."""
        until = self.clock.now() + timedelta(minutes=minutes)
        for _step in range(2000):
            if self.clock.now() >= until:
                return
            try:
                wait = self.poster.step()
            except Killed:
                self._die_at = ("", 0)
                self.restart()
                wait = 0.0
            self.clock.advance(max(wait, 0.01))
        raise AssertionError("the poster turns in circles")

    @property
    def states(self) -> list[PostState]:
        return [row.state for row in self.outbox.rows()]


def whole(server: XServer, thread: Thread) -> None:
    """Every post is there once, in order, and answers the one before."""
    assert thread.states == [PostState.SENT] * 4
    made = sorted(server.posts, key=lambda one: int(one.id))
    assert [one.sent for one in made] == TEXTS
    assert [one.reply_to for one in made] == ["", *(one.id for one in made[:-1])]


def test_a_thread_is_a_chain_of_answers(
    server: XServer, new_client: NewClient, clock: FakeClock
) -> None:
    server.world.refuses_duplicates = False
    thread = Thread(new_client, clock)
    thread.run(2)
    whole(server, thread)


@pytest.mark.parametrize("at", [0, 1, 3])
@pytest.mark.parametrize(
    "fault",
    [*x_faults.RECOVERABLE, x_faults.CAPTIVE_PORTAL_AFTER],
    ids=lambda fault: fault.name,
)
def test_one_fault_neither_breaks_nor_doubles_the_chain(
    server: XServer, new_client: NewClient, clock: FakeClock, fault: Fault, at: int
) -> None:
    server.world.refuses_duplicates = False
    thread = Thread(new_client, clock)
    while thread.states.count(PostState.SENT) < at:
        clock.advance(max(thread.poster.step(), 0.01))
    server.fail(POST, fault)
    thread.run(12)
    whole(server, thread)


def test_an_answer_of_the_hour_in_between_leaves_no_doubt_about_the_thread(
    server: XServer, new_client: NewClient, clock: FakeClock
) -> None:
    server.world.refuses_duplicates = False
    thread = Thread(new_client, clock)
    thread.die_at("after_sending_row", 2)
    while thread.states.count(PostState.SENT) < 1:
        clock.advance(max(thread.poster.step(), 0.01))
    between = server.world.say(server.user.handle, "Merci Awa, à bientôt !")
    reply = replace(
        thread.outbox.rows()[0],
        id="reply",
        occasion=Occasion.LIVE,
        slot="reply:9",
        kind=PostKind.REPLY,
        text=between.sent,
        remote_id=between.id,
    )
    thread.store.add([reply])
    thread.run(12)
    assert thread.states == [PostState.SENT] * 4


@pytest.mark.parametrize("times", [1, 2, 4])
@pytest.mark.parametrize("point", POINTS)
def test_whoever_is_killed_goes_on_where_the_chain_stopped(
    server: XServer, new_client: NewClient, clock: FakeClock, point: str, times: int
) -> None:
    server.world.refuses_duplicates = False
    thread = Thread(new_client, clock)
    thread.die_at(point, times)
    thread.run(12)
    whole(server, thread)
