"""A poster with an outbox, a clock and an X of its own: what the tests of the hour stand on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.services.leaving import Hands
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.poster import Poster
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryOutbox
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import FakeX, Reported, states

END = START + timedelta(hours=1)


def nowhere(_point: str) -> None:
    """No point is watched."""


class Bench:
    """A poster with its surroundings; `restart` is the app started again on the same disk."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.store = MemoryOutbox()
        self.reported = Reported()
        self.x = FakeX(self.clock.now)
        self.pages = FakeX(self.clock.now)
        self.typing = self.pointing = 0.0
        self.restart()

    def new_outbox(self) -> Outbox:
        return Outbox(
            self.store,
            self.clock,
            self.reported,
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=Route.KEYS,
            hands=Hands(lambda: self.typing, lambda: self.pointing),
            rules=NETWORK,
        )

    def restart(self, at_point: Callable[[str], None] = nowhere) -> None:
        self.outbox = self.new_outbox()
        self.poster = Poster(
            self.outbox,
            {Route.KEYS: self.x, Route.ASSISTED: self.pages},
            self.clock,
            self.reported,
            ends_at=END,
            at_point=at_point,
        )

    def at(self, seconds: float) -> datetime:
        return START + timedelta(seconds=seconds)

    def run(self, seconds: float = 0.0) -> None:
        """Do what the thread does for so long, without the thread."""
        until = self.clock.now() + timedelta(seconds=seconds)
        for _ in range(10_000):
            wait = self.poster.step()
            left = (until - self.clock.now()).total_seconds()
            if wait > left or (wait == 0 and left == 0 and not self._busy()):
                self.clock.advance(left)
                return
            self.clock.advance(wait)
        raise AssertionError("the poster turns in circles")

    def _busy(self) -> bool:
        return not self.outbox.paused and any(
            row.state is PostState.DUE for row in self.outbox.rows()
        )

    def row(self, name: str) -> OutboxPost:
        return self.store.get(name)

    def said(self, name: str) -> list[PostState]:
        """The states a row was reported in, each once."""
        seen: list[PostState] = []
        for event in self.reported.of(OutboxChanged):
            state = states(event.rows).get(name)
            if state and seen[-1:] != [state]:
                seen.append(state)
        return seen
