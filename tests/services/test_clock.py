"""The clocks of the real hour and of a rehearsal."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from tchat_desktop.services.clock import ScaledClock, SystemClock
from tests.fakes.clock import START


class Wall:
    """A wall clock, and an event whose waits make it move.

    `passed` counts as the monotonic clock does, for which no jump is one.
    """

    def __init__(self, *jumps: float) -> None:
        self.now = START
        self.passed = 0.0
        self.jumps = list(jumps)
        self.slices: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def event(self) -> threading.Event:
        wall = self

        class Waited(threading.Event):
            def wait(self, timeout: float | None = None) -> bool:
                assert timeout is not None
                wall.slices.append(timeout)
                wall.passed += timeout
                passed = wall.jumps.pop(0) if wall.jumps else timeout
                wall.now += timedelta(seconds=passed)
                return self.is_set()

        return Waited()

    def clock(self) -> SystemClock:
        return SystemClock(self, lambda: self.passed)


def test_the_system_clock_is_the_wall_in_utc() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta(0)


def test_a_long_wait_looks_at_the_wall_every_second() -> None:
    wall = Wall()
    assert wall.clock().wait(wall.event(), 125.5) is False
    assert set(wall.slices[:-1]) == {1.0}
    assert sum(wall.slices) == pytest.approx(125.5)


def test_a_laptop_that_wakes_is_noticed_within_a_second() -> None:
    wall = Wall(3600)
    assert wall.clock().wait(wall.event(), 600) is False
    assert wall.slices == [1.0]


def test_a_clock_set_back_ends_the_wait_no_later_than_asked() -> None:
    wall = Wall(-600)
    assert wall.clock().wait(wall.event(), 20) is False
    assert sum(wall.slices) == pytest.approx(20)


def test_the_time_zone_of_the_computer_is_no_part_of_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = SystemClock().now()
    try:
        for zone in ("Asia/Tokyo", "America/Lima"):
            monkeypatch.setenv("TZ", zone)
            if hasattr(time, "tzset"):
                time.tzset()
            assert timedelta() <= SystemClock().now() - before < timedelta(minutes=1)
    finally:
        monkeypatch.undo()
        if hasattr(time, "tzset"):
            time.tzset()


def test_an_event_ends_the_wait_at_once() -> None:
    event = threading.Event()
    event.set()
    assert SystemClock().wait(event, 3600) is True
    assert ScaledClock(START, 1).wait(event, 3600) is True


def test_nothing_to_wait_for_returns_at_once() -> None:
    assert SystemClock().wait(threading.Event(), -5) is False
    assert ScaledClock(START, 12).wait(threading.Event(), -5) is False


def test_a_rehearsal_runs_faster_than_the_monotonic_clock() -> None:
    monotonic = [100.0]
    clock = ScaledClock(START, 12, lambda: monotonic[0])
    assert clock.now() == START
    monotonic[0] += 300
    assert clock.now() == START + timedelta(hours=1)


def test_a_scaled_wait_is_shorter_by_its_speed() -> None:
    wall = Wall()
    ScaledClock(START, 240).wait(wall.event(), 60)
    assert wall.slices == [0.25]


def test_a_clock_that_stands_still_is_refused() -> None:
    with pytest.raises(ValueError, match="speed"):
        ScaledClock(START, 0)
