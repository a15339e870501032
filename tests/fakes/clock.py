"""A clock that stands still until a test moves it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

START = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
PATIENCE = 20.0
"""Real seconds after which a thread that has not come to rest fails the test."""


class FakeClock:
    """Threads that wait on it come to rest; `advance` moves time and returns when they rest again.

    Used without threads it is just an instant to move: `advance` then returns at once.
    """

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._changed = threading.Condition()
        self._waiters: dict[int, tuple[datetime, threading.Event]] = {}

    def now(self) -> datetime:
        with self._changed:
            return self._now

    def wait(self, event: threading.Event, seconds: float) -> bool:
        me = threading.get_ident()
        with self._changed:
            until = self._now + timedelta(seconds=seconds)
            self._waiters[me] = (until, event)
            self._changed.notify_all()
        try:
            # The event belongs to the code under test: only asking it tells that it was set.
            while not event.wait(0.001):
                if self.now() >= until:
                    return False
            return True
        finally:
            with self._changed:
                del self._waiters[me]
                self._changed.notify_all()

    def rest(self, threads: int) -> None:
        """Wait until that many threads wait for a later instant and nothing has woken them."""
        self.until(lambda: self._resting() == threads)

    def advance(self, seconds: float, threads: int = 0) -> None:
        """Let time pass as it does: each waiting thread wakes at its own instant, in order."""
        target = self.now() + timedelta(seconds=seconds)
        if threads:
            self.rest(threads)
        while True:
            with self._changed:
                coming = [until for until, _ in self._waiters.values() if until <= target]
                self._now = min(coming, default=target) if threads else target
                reached = self._now == target
            if threads:
                self.rest(threads)
            if reached:
                return

    def jump(self, seconds: float, threads: int = 0) -> None:
        """Move the clock at once, as when a laptop wakes or the network corrects the time."""
        with self._changed:
            self._now += timedelta(seconds=seconds)
        if threads:
            self.rest(threads)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something the threads do; fails the test when it does not come."""
        # Asked without the lock: the condition may take locks whose holders read this clock.
        until = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > until:
                raise AssertionError("the threads did not come to rest")
            with self._changed:
                self._changed.wait(0.005)

    def _resting(self) -> int:
        with self._changed:
            waiters = tuple(self._waiters.values())
            return sum(until > self._now and not event.is_set() for until, event in waiters)


if TYPE_CHECKING:
    from tchat_desktop.services.ports import Clock

    def _is_a_clock(clock: FakeClock) -> Clock:
        return clock
