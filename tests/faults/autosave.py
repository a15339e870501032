"""Edits go on in a child process, which is killed at a random moment; then we look at the disk.

The promise: the database opens clean, and no edit older than a second is lost.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.platform.paths import resource
from tchat_desktop.services.autosave import Autosave
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.ports import StoreError
from tests.faults.outcome import Outcome

PROMISED = 1.0
"""Seconds."""
AT_ONCE = 4
"""Children at a time."""
KILLED_STARTING = 0.2
"""Share of the runs that are killed while the app still starts."""
SLOWEST_START = 30.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit by its number, from 1, and when it was made (monotonic seconds of the machine)."""

    number: int
    at: float


@dataclass(frozen=True, slots=True)
class _Run:
    lost: float
    damaged: str


def run(runs: int, seed: int) -> Outcome:
    """Kill so many children."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(lambda index: _run_one(f"{seed}-{index}"), range(runs)))
    violations = [
        f"run {index}: an edit made {one.lost:.3f} s before the end is lost"
        for index, one in enumerate(done)
        if one.lost > PROMISED
    ]
    damaged = [f"run {index}: {one.damaged}" for index, one in enumerate(done) if one.damaged]
    worst = max((one.lost for one in done), default=0.0)
    return Outcome(
        f"runs={runs} lost_over_1s={len(violations)} damaged={len(damaged)}"
        f" worst_loss_ms={worst * 1000:.0f}",
        violations + damaged,
    )


def lost(edits: list[Edit], saved: int, killed_at: float) -> float:
    """Seconds before the end of the oldest edit that is lost; `saved` is the last one kept."""
    return max((killed_at - edit.at for edit in edits if edit.number > saved), default=0.0)


def _run_one(seed: str) -> _Run:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="tchat-faults-") as folder:
        path = Path(folder, "tchat.sqlite3")
        edits, killed_at = _edit_until_killed(path, seed, chance)
        try:
            saved, damaged = _last_saved(path)
        except StoreError as error:
            return _Run(0.0, f"{error!r}")
        return _Run(lost(edits, saved, killed_at), damaged)


def _edit_until_killed(path: Path, seed: str, chance: random.Random) -> tuple[list[Edit], float]:
    child = subprocess.Popen(
        [sys.executable, "-m", __name__, str(path), seed], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    first = b""
    try:
        if chance.random() < KILLED_STARTING:
            time.sleep(chance.uniform(0.0, 0.4))
        else:
            stuck = threading.Timer(SLOWEST_START, child.kill)
            stuck.start()
            first = child.stdout.readline()
            stuck.cancel()
            time.sleep(chance.uniform(0.0, 2.0))
    finally:
        killed_at = time.monotonic()
        child.kill()
    written = first + child.communicate()[0]
    # The last line may have been cut by the kill; that edit is too young to matter.
    lines = [line.split() for line in written.decode().splitlines(keepends=True) if "\n" in line]
    return [Edit(int(number), float(at)) for number, at in lines], killed_at


def _last_saved(path: Path) -> tuple[int, str]:
    """The number of the last edit on disk, and what is damaged ("" when nothing is)."""
    with closing(Database(path)) as database:
        chats = SqliteChats(database)
        saved = chats.chats()
        if chats.damaged:
            return 0, f"chats that cannot be read: {chats.damaged}"
        with database.reading() as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        return 0, str(verdict)
    with closing(sqlite3.connect(path)) as connection:
        leftover = connection.execute("PRAGMA foreign_key_check").fetchall()
    return (int(saved[0].chat.lessons or 0) if saved else 0), str(leftover or "")


# --- the child -----------------------------------------------------------------------------


def _edit_for_ever(path: Path, chance: random.Random) -> None:
    """Work as an organiser does: bursts of typing, and pauses."""
    chats = SqliteChats(Database(path))
    chat = replace(TchatFiles().read(resource("languages", "fr", "example.tchat")).chat, lessons="")
    chats.save(chat, datetime.now(UTC))
    editor = ChatEditor(chat)
    autosave = Autosave(chats, SystemClock(), deque(maxlen=1).append)
    editor.observe(autosave.save)
    number = 0
    while True:
        for _ in range(chance.randint(1, 40)):
            number += 1
            at = time.monotonic()
            editor.edit(replace(editor.chat, lessons=str(number)), chance.choice(["", "lessons"]))
            print(number, at, flush=True)
            time.sleep(chance.uniform(0.0, 0.1))
        time.sleep(chance.uniform(0.0, 0.6))


if __name__ == "__main__":
    _edit_for_ever(Path(sys.argv[1]), random.Random(sys.argv[2]))
