"""The clock of a chat: the computer's own, or a faster one for a rehearsal. All in UTC."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

REHEARSAL_SLICE = 0.2
"""Real seconds after which a wait in a rehearsal notices a change of speed."""
SLICE = 1.0
"""Real seconds between two looks at the clock: the most a laptop that wakes up is late."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SystemClock:
    """The clock of the computer; safe to use from any thread.

    It may jump, because the laptop slept or the network corrected it. So a wait is cut into slices,
    and after each the clock is read again. A wait never lasts longer than `seconds` of real time:
    when the clock was set back, the caller sees that its instant is still to come, and waits again.
    """

    def __init__(
        self,
        wall: Callable[[], datetime] = _utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall = wall
        self._monotonic = monotonic

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return self._wall()

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Wait until `event` is set or the clock has moved on by `seconds`; True when it is set."""
        until = self._wall() + timedelta(seconds=seconds)
        at_last = self._monotonic() + seconds
        while (left := self._left(until, at_last)) > 0:
            if event.wait(min(left, SLICE)):
                return True
        return event.is_set()

    def _left(self, until: datetime, at_last: float) -> float:
        return min((until - self._wall()).total_seconds(), at_last - self._monotonic())


class ScaledClock:
    """A clock that begins at `start` (UTC) and runs `speed` times faster than the real one.

    It uses the monotonic clock, so that a correction of the computer's clock does not disturb it.
    Raises ValueError when `speed` is not above zero.
    """

    def __init__(
        self, start: datetime, speed: float, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        if not speed > 0:
            raise ValueError(f"speed {speed}")
        self._start = start.astimezone(UTC)
        self._speed = speed
        self._monotonic = monotonic
        self._began = monotonic()

    def now(self) -> datetime:
        """Return the present instant of the chat in UTC."""
        passed = (self._monotonic() - self._began) * self._speed
        return self._start + timedelta(seconds=passed)

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Wait until `event` is set or `seconds` of this clock have passed; True when it is set."""
        return event.wait(max(0.0, seconds) / self._speed)


class RehearsalClock:
    """A clock that begins at `start` (UTC) and can be made faster, slower, or stopped.

    It uses the monotonic clock. A wait notices a change of speed within REHEARSAL_SLICE.
    """

    def __init__(
        self, start: datetime, speed: float, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self._pace = (start.astimezone(UTC), monotonic(), speed)

    @property
    def speed(self) -> float:
        """How many times faster than the real clock it runs; 0 when it is stopped."""
        return self._pace[2]

    def run_at(self, speed: float) -> None:
        """Continue at another speed from now on; 0 stops the clock."""
        if speed != self.speed:
            # One assignment, so that other threads never read values that do not belong together.
            self._pace = (self.now(), self._monotonic(), speed)

    def go_on_to(self, instant: datetime) -> None:
        """Jump forward to an instant (UTC); an instant in the past changes nothing."""
        if instant > self.now():
            self._pace = (instant.astimezone(UTC), self._monotonic(), self.speed)

    def now(self) -> datetime:
        """Return the present instant of the chat in UTC."""
        start, began, speed = self._pace
        return start + timedelta(seconds=(self._monotonic() - began) * speed)

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Wait until `event` is set or `seconds` of this clock have passed; True when it is set."""
        until = self.now() + timedelta(seconds=seconds)
        while (left := (until - self.now()).total_seconds()) > 0:
            speed = self.speed
            if event.wait(min(left / speed, REHEARSAL_SLICE) if speed else REHEARSAL_SLICE):
                return True
        return event.is_set()


if TYPE_CHECKING:
    from tchat_desktop.services.ports import Clock

    def _system_clock_is_a_clock(clock: SystemClock) -> Clock:
        return clock

    def _scaled_clock_is_a_clock(clock: ScaledClock) -> Clock:
        return clock

    def _rehearsal_clock_is_a_clock(clock: RehearsalClock) -> Clock:
        return clock
