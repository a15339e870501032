"""A bit that flips on disk hides no post that is out, and brings none back.

`python -m tests.adapters.test_flipped_bits 5000` flips that many, from another seed each time.
"""

from __future__ import annotations

import logging
import random
import sqlite3
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.services.ports import HourState, StoreDamaged, StoreError, StoreSuspect
from tests.adapters.samples import FULL, NOON, outbox_post

FLIPS = 400
ROWS = 40
STATE = HourState(paused=True)

INTERIOR = {2: 12, 5: 12}
"""Kinds of pages with children, by the bytes of their headers (SQLite's file format)."""


def a_night(path: Path) -> bytes:
    """A closed database with forty posts that are out, on hold; its bytes."""
    with closing(Database(path, lambda: NOON)) as database:
        SqliteChats(database).save(FULL, NOON)
        outbox = SqliteOutbox(database)
        outbox.add(
            replace(
                outbox_post(f"q{number}"),
                state=PostState.SENT,
                remote_id=str(1850000000000000000 + number),
                attempts=1,
            )
            for number in range(ROWS)
        )
        outbox.keep_hour_state(FULL.id, Occasion.LIVE, STATE)
    return path.read_bytes()


def pages(path: Path, content: bytes) -> list[int]:
    """The pages of the outbox, of what was decided for hours, and of their indexes, from 0."""
    with closing(sqlite3.connect(path)) as connection:
        roots = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE tbl_name IN ('outbox', 'hour')"
        ).fetchall()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    found: list[int] = []
    to_do = [root for (root,) in roots]
    while to_do:
        number = to_do.pop() - 1
        found.append(number)
        page = content[number * size : (number + 1) * size]
        if page[0] in INTERIOR:
            cells = int.from_bytes(page[3:5], "big")
            for index in range(cells):
                at = INTERIOR[page[0]] + 2 * index
                cell = int.from_bytes(page[at : at + 2], "big")
                to_do.append(int.from_bytes(page[cell : cell + 4], "big"))
            to_do.append(int.from_bytes(page[8:12], "big"))
    return found


def seen(path: Path) -> tuple[list[OutboxPost], HourState] | None:
    """What is read once the database is opened and the hour begins; None when nothing may leave."""
    try:
        with closing(Database(path, lambda: NOON)) as database:
            outbox = SqliteOutbox(database)
            outbox.check()
            return list(outbox.rows(FULL.id, Occasion.LIVE)), outbox.hour_state(
                FULL.id, Occasion.LIVE
            )
    except StoreError:
        return None


def flip(folder: Path, flips: int, seed: int) -> Counter[str]:
    """Flip so many bits, each in a database of its own; what came of each."""
    path = folder / "tchat.db"
    content = a_night(path)
    right = seen(path)
    assert right is not None
    assert right[1] == STATE
    content = path.read_bytes()
    places = pages(path, content)
    chance = random.Random(seed)
    outcomes: Counter[str] = Counter()
    size = int.from_bytes(content[16:18], "big")
    for _ in range(flips):
        at = chance.choice(places) * size + chance.randrange(size)
        spoilt = bytearray(content)
        spoilt[at] ^= 1 << chance.randrange(8)
        for left in folder.glob("tchat*"):
            if left.is_file():
                left.unlink()
        path.write_bytes(spoilt)
        now = seen(path)
        outcome = "told" if now is None else "the same" if now == right else "unseen"
        outcomes[outcome] += 1
    return outcomes


def test_no_flipped_bit_goes_unseen(tmp_path: Path) -> None:
    outcomes = flip(tmp_path, FLIPS, 11)
    assert outcomes["unseen"] == 0, outcomes
    # The test can fail: most bits matter, and an index alone is made anew.
    assert outcomes["told"] > FLIPS / 10, outcomes
    assert outcomes["the same"] > FLIPS / 10, outcomes


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    a_night(tmp_path / "tchat.db")
    with closing(Database(tmp_path / "tchat.db", lambda: NOON)) as database:
        yield database


def anew(database: Database, look: object) -> list[object]:
    """What another thread finds, which has read nothing of the database yet."""
    found: list[object] = []

    def run() -> None:
        try:
            found.append(look())  # type: ignore[operator]
        except StoreError as error:
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found


@pytest.mark.parametrize("change", ["text = 'Autre'", "state = 'planned'", "remote_id = ''"])
def test_a_row_that_is_not_as_it_was_written_stops_the_hour(
    database: Database, change: str
) -> None:
    outbox = SqliteOutbox(database)
    # As the window keeps them: no error may keep the file open that is set aside.
    kept: list[object] = []
    with database.writing() as connection:
        connection.execute(f"UPDATE outbox SET {change} WHERE slot = 'q7'")
    for look in (outbox.check, lambda: outbox.rows(FULL.id, Occasion.LIVE)):
        (error,) = anew(database, look)
        assert isinstance(error, StoreSuspect)
        kept.append(error)
    database.close()
    still_open = [one.path for one in psutil.Process().open_files()]
    assert not [path for path in still_open if Path(path).parent == database.path.parent]
    with pytest.raises(StoreDamaged):
        Database(database.path, lambda: NOON)


def test_a_pause_that_is_not_as_it_was_written_stops_the_hour(database: Database) -> None:
    with database.writing() as connection:
        connection.execute("UPDATE hour SET paused = 0")
    outbox = SqliteOutbox(database)
    assert isinstance(anew(database, outbox.check)[0], StoreSuspect)
    with pytest.raises(StoreSuspect):
        outbox.hour_state(FULL.id, Occasion.LIVE)


def test_a_broken_index_is_made_anew_from_the_rows(database: Database) -> None:
    path = database.path
    right = seen(path)
    database.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # As an index page that has lost its entries.
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = 'CREATE INDEX outbox_by_change ON outbox (changed_at)"
            " WHERE slot <> ''q7''' WHERE name = 'outbox_by_change'"
        )
        connection.execute("PRAGMA writable_schema = RESET")
        connection.execute("REINDEX outbox_by_change")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = 'CREATE INDEX outbox_by_change ON outbox (changed_at)'"
            " WHERE name = 'outbox_by_change'"
        )
        connection.execute("PRAGMA writable_schema = RESET")
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
    assert seen(path) == right
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


if __name__ == "__main__":
    logging.disable()
    with tempfile.TemporaryDirectory() as place:
        began = random.randrange(10**6)
        print(began, dict(flip(Path(place), int(sys.argv[1]), began)))
