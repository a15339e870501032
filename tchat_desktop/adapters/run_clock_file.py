"""Stores the clock of an accelerated run, so that a run that was killed goes on from there."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tchat_desktop.adapters.reading.instants import moment


@dataclass(frozen=True, slots=True)
class RunClock:
    """The time of the run, and the real instant at which it first began, both in UTC."""

    now: datetime
    began_at: datetime


class RunClockFile:
    """The file for one chat in the data directory."""

    def __init__(self, folder: Path, chat_id: str) -> None:
        self._path = folder / "runs" / f"{chat_id}.json"

    def read(self) -> RunClock | None:
        """The clock written last; None when there is none, or it cannot be read."""
        try:
            written = json.loads(self._path.read_text("utf-8"))
            now, began_at = (moment(written[name]) for name in ("now", "began"))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return RunClock(now, began_at)

    def write(self, clock: RunClock) -> None:
        """Write the clock completely or not at all. A write that fails is ignored.

        A run that is killed then starts again from an earlier time.
        """
        written = json.dumps({"now": clock.now.isoformat(), "began": clock.began_at.isoformat()})
        part = self._path.with_suffix(".part")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_text(written, "utf-8")
            os.replace(part, self._path)
