"""The time of a rehearsal: fast, slow, or stopped, and followed by who waits."""

import threading
import time
from datetime import timedelta

import pytest

from tchat_desktop.services.clock import RehearsalClock
from tests.fakes.clock import START


class Wall:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_it_runs_at_its_pace_and_stands_still_when_stopped() -> None:
    wall = Wall()
    clock = RehearsalClock(START, 6, wall)
    wall.at += 10
    assert clock.now() == START + timedelta(seconds=60)
    clock.run_at(0)
    wall.at += 1000
    assert clock.now() == START + timedelta(seconds=60)
    clock.run_at(1)
    wall.at += 5
    assert clock.now() == START + timedelta(seconds=65)
    assert clock.speed == 1


def test_a_wait_follows_another_pace() -> None:
    clock = RehearsalClock(START, 0)
    event = threading.Event()
    ended: list[bool] = []
    waiting = threading.Thread(target=lambda: ended.append(clock.wait(event, 600)))
    waiting.start()
    clock.run_at(100_000)
    waiting.join(10)
    assert ended == [False]


def test_a_wait_in_a_time_that_stands_still_ends_when_it_is_told() -> None:
    clock = RehearsalClock(START, 0)
    event = threading.Event()
    ended: list[bool] = []
    waiting = threading.Thread(target=lambda: ended.append(clock.wait(event, 0.001)))
    waiting.start()
    event.set()
    waiting.join(10)
    assert ended == [True]
    assert clock.wait(event, 0) is True


@pytest.mark.parametrize("speed", [1.0, 50.0])
def test_a_wait_is_not_longer_than_asked(speed: float) -> None:
    clock = RehearsalClock(START, speed)
    began = time.monotonic()
    assert clock.wait(threading.Event(), 0.1) is False
    assert clock.now() >= START + timedelta(seconds=0.1)
    assert time.monotonic() - began < 5
