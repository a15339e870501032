"""Copies of the database to fall back on, and damaged databases that were set aside.

Only the oldest daily copies are ever deleted.
"""

from __future__ import annotations

import logging
import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from tchat_desktop.adapters.sqlite import schema
from tchat_desktop.adapters.sqlite.errors import store_errors
from tchat_desktop.adapters.sqlite.sealed import hold_hours, is_intact, is_sound
from tchat_desktop.adapters.whole_file import replace

log = logging.getLogger(__name__)

KEPT_DAYS = 5
"""The number of daily copies that are kept."""

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<stamp>\d{8}T\d{6}Z)-(?P<why>daily|before-\d+)\.sqlite3")
COMPANIONS = ("-wal", "-shm", "-journal")
"""Suffixes of SQLite's files beside a database; they may hold what was written last."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the whole database as it was at `taken_at` (UTC).

    `daily` is False for a copy made before a migration.
    """

    path: Path
    taken_at: datetime
    daily: bool


def folder(database: Path) -> Path:
    """Return the folder of the copies of that database."""
    return database.with_name(f"{database.stem}-backups")


def backups(database: Path) -> list[Backup]:
    """Return the copies, newest first. Raises StoreError."""
    found = []
    with store_errors():
        for path in folder(database).glob("*.sqlite3"):
            if match := _NAME.fullmatch(path.name):
                taken_at = datetime.strptime(match["stamp"], _STAMP).replace(tzinfo=UTC)
                found.append(Backup(path, taken_at, match["why"] == "daily"))
    return sorted(found, key=lambda one: (one.taken_at, one.path.name), reverse=True)


def back_up(connection: sqlite3.Connection, database: Path, now: datetime, why: str) -> Path:
    """Copy the database while it is in use, and return the copy's path.

    `why` is "daily" or "before-N", where N is the number of a migration; `now` is in UTC. Raises
    sqlite3.Error and OSError.
    """
    place = folder(database)
    place.mkdir(mode=0o700, exist_ok=True)
    path = place / f"{now.strftime(_STAMP)}-{why}.sqlite3"
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            connection.backup(copy)
            # The copy inherits the write-ahead log; a backup must be one file, whole by itself.
            copy.execute("PRAGMA journal_mode = DELETE")
        replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    log.info("database copied to %s", path.name)
    return path


def prune(database: Path) -> None:
    """Delete the daily copies beyond KEPT_DAYS; copies made before a migration stay."""
    for old in [one for one in backups(database) if one.daily][KEPT_DAYS:]:
        old.path.unlink(missing_ok=True)


def open_read_only(path: Path) -> sqlite3.Connection:
    """Return a connection that changes nothing in a database, not even when it is closed."""
    name = path.absolute().as_posix()
    root = "" if name.startswith("/") else "/"
    # A journal remains after a crash without write-ahead log; only a writer can roll it back.
    mode = "rw" if Path(f"{path}-journal").exists() else "ro"
    return sqlite3.connect(f"file://{root}{quote(name)}?mode={mode}", uri=True)


def set_aside(database: Path, now: datetime, why: str = "damaged") -> Path:
    """Rename the database and its companion files, so that nothing is lost; return the new path.

    `why` and `now` (UTC) become part of the new name. Raises OSError.
    """
    stem = f"{database.stem}.{why}-{now.strftime(_STAMP)}"
    aside = database.with_name(f"{stem}{database.suffix}")
    count = 1
    while aside.exists():
        count += 1
        aside = database.with_name(f"{stem}-{count}{database.suffix}")
    # The database goes last, so that the next start repeats this if it was interrupted.
    for companion in (*COMPANIONS, ""):
        source = Path(f"{database}{companion}")
        if source.exists():
            replace(source, Path(f"{aside}{companion}"))
    log.warning("database set aside as %s", aside.name)
    return aside


def restore_latest_backup(database: Path, now: datetime) -> Backup | None:
    """Put the newest usable copy in the place of the database; None when there is none.

    The database must be closed; if its file exists, it is set aside first, under `now` (UTC). The
    copy itself stays. Every hour in it is put on hold, because posts may have been published since.
    Raises StoreError.
    """
    for backup in backups(database):
        with store_errors():
            if not _usable(backup.path):
                log.warning("backup %s cannot be used", backup.path.name)
                continue
            part = _copied(backup.path, database.with_suffix(".part"))
            _hold(part)
            # Only now: after a full disk the place must not be empty, as if there were no chats.
            if database.exists():
                set_aside(database, now, "replaced")
            replace(part, database)
        return backup
    return None


def _hold(part: Path) -> None:
    """Migrate a copied database to this version, and put all its hours on hold."""
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        schema.migrate(copy, schema.numbered())
        hold_hours(copy)


def _copied(source: Path, part: Path) -> Path:
    """Copy a file and force it to disk; return the new path."""
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with part.open("wb") as stream:
            stream.write(source.read_bytes())
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _usable(path: Path) -> bool:
    """Return whether a copy can be restored: of a known version, and not damaged."""
    try:
        with closing(open_read_only(path)) as copy:
            known = len(schema.numbered())
            return 0 < schema.version(copy) <= known and is_sound(copy) and is_intact(copy)
    except sqlite3.Error:
        return False
