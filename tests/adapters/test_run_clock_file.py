"""The clock of an accelerated run comes back; whatever else lies in its file does no harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tchat_desktop.adapters.run_clock_file import RunClock, RunClockFile

CLOCK = RunClock(
    datetime(2026, 12, 5, 20, 3, 7, 250000, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)
)


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    file = RunClockFile(tmp_path, "chat")
    assert file.read() is None
    file.write(CLOCK)
    later = RunClock(CLOCK.now + timedelta(minutes=1), CLOCK.began_at)
    file.write(later)
    assert RunClockFile(tmp_path, "chat").read() == later
    assert RunClockFile(tmp_path, "another").read() is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"now": 1, "began": 2}',
        '{"now": "x"}',
        '{"now": "0001-01-01T00:00:00+01:00", "began": "2026-12-05T20:00:00Z"}',
        '{"now": "9999-12-31T23:59:59Z", "began": "2026-12-05T20:00:00Z"}',
        '{"now": "2026-12-05T20:00:00", "began": "2026-12-05T20:00:00Z"}',
        "[" * 100_000,
    ],
)
def test_what_makes_no_sense_is_as_nothing(tmp_path: Path, content: str) -> None:
    file = RunClockFile(tmp_path, "chat")
    file.write(CLOCK)
    (tmp_path / "runs" / "chat.json").write_text(content)
    assert file.read() is None


def test_a_disk_that_refuses_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("not a folder")
    file = RunClockFile(tmp_path, "chat")
    file.write(CLOCK)
    assert file.read() is None
