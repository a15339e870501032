"""A clock that a test winds from outside, and that goes on while the app is closed.

Its pace is in a file, which the journey writes and the app reads. Only the standard library: the
system's Python, which runs the journey, has nothing else.
"""

from __future__ import annotations

import json
import os
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

SLICE = 0.02
"""Real seconds after which a wait knows of another pace."""


class FastClock:
    """The time of the chat, any number of times faster than the wall."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def set_to(self, instant: datetime, speed: float, until: datetime | None = None) -> None:
        """Go on from `instant` (UTC) at that speed; 0 stops it. From `until` on, as the wall."""
        # All processes of a computer have the same monotonic clock.
        slow = until.isoformat() if until is not None else ""
        pace = json.dumps([instant.isoformat(), time.monotonic(), speed, slow])
        written = self.file.with_suffix(".new")
        written.write_text(pace, "utf-8")
        os.replace(written, self.file)

    def run_at(self, speed: float) -> None:
        """Go on at another speed from now."""
        self.set_to(self.now(), speed)

    def run_to(self, instant: datetime, speed: float) -> None:
        """Go on at another speed up to an instant, and never past it, however busy we are."""
        self.set_to(self.now(), speed, until=instant)

    def now(self) -> datetime:
        """The present instant of the chat, UTC."""
        start, began, speed, until = self._pace()
        gone = time.monotonic() - began
        at = start + timedelta(seconds=gone * speed)
        if until is None or at <= until:
            return at
        return until + timedelta(seconds=gone) - (until - start) / speed

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Wait until `event` is set or `seconds` of the chat have passed; True when set."""
        until = self.now() + timedelta(seconds=seconds)
        while self.now() < until:
            if event.wait(SLICE):
                return True
        return event.is_set()

    def _pace(self) -> tuple[datetime, float, float, datetime | None]:
        start, began, speed, slow = json.loads(self.file.read_text("utf-8"))
        until = datetime.fromisoformat(slow) if slow else None
        return datetime.fromisoformat(start), began, speed, until
