"""The database file: opened with care, one connection a thread, one writer at a time."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from tchat_desktop.adapters.sqlite.backups import (
    back_up,
    backups,
    open_read_only,
    prune,
    set_aside,
)
from tchat_desktop.adapters.sqlite.errors import is_damage, store_errors
from tchat_desktop.adapters.sqlite.schema import FOLDER, migrate, numbered, version
from tchat_desktop.adapters.sqlite.sealed import is_sound, mend
from tchat_desktop.services.ports import StoreDamaged, StoreError, StoreNewer

log = logging.getLogger(__name__)

BUSY_SECONDS = 5.0
"""How long to wait for another process that writes, before giving up."""

_SMALLEST_PAGE = 512
"""Bytes of the smallest page SQLite knows."""

APPLICATION_ID = 0x74636874
"""Written in the header of the database: it is one of ours."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Database:
    """The open database; its stores share it and may be used from any thread.

    Opening it checks it, and brings an older one up to date after a copy was made. Raises
    StoreNewer for one of a later version, which is not touched; StoreDamaged for one that is
    broken, once: it is set aside, and opening again starts a fresh one (or, after
    `restore_latest_backup`, the restored one); StoreFull, StoreReadOnly, StoreError.
    """

    def __init__(
        self,
        path: Path,
        now: Callable[[], datetime] = _utc_now,
        migrations: Path = FOLDER,
    ) -> None:
        self.path = path
        self._now = now
        self._migrations = numbered(migrations)
        self._writer = threading.Lock()
        self._guard = threading.Lock()
        self._connections: dict[threading.Thread, sqlite3.Connection] = {}
        self._closed = False
        with store_errors():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                self._prepare()
            except BaseException:
                self.close()
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, to read with. Raises StoreError."""
        with store_errors():
            yield self._connection()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection in a transaction: all of it is on disk after, or none of it.

        Raises StoreError.
        """
        with self._writer, store_errors():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # After some errors SQLite has rolled back by itself already.
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    def back_up_today(self) -> Path | None:
        """Make the copy of the day; None when there is one already. Raises StoreError.

        Not done while opening, which would wait for it: call it on a worker thread.
        """
        now = self._now().astimezone(UTC)
        with store_errors():
            if any(one.daily and one.taken_at.date() == now.date() for one in backups(self.path)):
                return None
            made = back_up(self._connection(), self.path, now, "daily")
            prune(self.path)
            return made

    def close(self) -> None:
        """Close every connection. The threads that use the stores must have ended."""
        with self._guard:
            self._closed = True
        self._disconnect()

    def _disconnect(self) -> None:
        with self._guard:
            while self._connections:
                self._connections.popitem()[1].close()

    # --- opening -----------------------------------------------------------------------------

    def _prepare(self) -> None:
        if self.path.exists() and (self._is_cut() or not self._is_sound()):
            raise StoreDamaged(set_aside(self.path, self._now()))
        # Nobody else's to read; its companions take after it.
        self.path.touch(mode=0o600)
        connection = self._connection()
        # Kept in the file; some network drives cannot have it and stay with a plain journal.
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            log.warning("journal mode is %s", mode)
        present = version(connection)
        if 0 < present < len(self._migrations):
            back_up(connection, self.path, self._now(), f"before-{present + 1}")
        migrate(connection, self._migrations)
        self._mend(connection)

    def _mend(self, connection: sqlite3.Connection) -> None:
        """Make sure that it can be told what is out. Raises StoreDamaged."""
        connection.execute("BEGIN IMMEDIATE")
        whole = mend(connection)
        connection.execute("COMMIT" if whole else "ROLLBACK")
        if not whole:
            self._disconnect()
            raise StoreDamaged(set_aside(self.path, self._now()))

    def _is_cut(self) -> bool:
        """Whether the file is less than one page, which SQLite would take for a new database."""
        size = self.path.stat().st_size
        if size:
            return size < _SMALLEST_PAGE
        # An empty one is what the very first start leaves when it is interrupted.
        log_of_writes = Path(f"{self.path}-wal")
        written = log_of_writes.exists() and log_of_writes.stat().st_size > 0
        return written or bool(backups(self.path))

    def _is_sound(self) -> bool:
        """Whether the database is one of ours, every page of it. Raises StoreNewer."""
        with closing(open_read_only(self.path)) as connection:
            try:
                if version(connection) > len(self._migrations):
                    raise StoreNewer(str(self.path))
                tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
                ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
                return (ours or not tables) and is_sound(connection)
            except sqlite3.DatabaseError as error:
                if is_damage(error):
                    return False
                raise

    # --- connections ---------------------------------------------------------------------------

    def _connection(self) -> sqlite3.Connection:
        thread = threading.current_thread()
        with self._guard:
            if self._closed:
                raise StoreError("the database is closed")
            for gone in [one for one in self._connections if not one.is_alive()]:
                self._connections.pop(gone).close()
            if thread not in self._connections:
                self._connections[thread] = self._connect()
            return self._connections[thread]

    def _connect(self) -> sqlite3.Connection:
        # Autocommit: transactions are opened by `writing`, never behind our back.
        # Each connection has one thread; `close` and the clearing up come from another.
        connection = sqlite3.connect(
            self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        try:
            # FULL: with a write-ahead log, NORMAL may lose the last commits when the power goes,
            # and "sending" must be on disk before the request leaves.
            connection.execute("PRAGMA synchronous = FULL")
            # On macOS only this makes the disk itself write; elsewhere it changes nothing.
            connection.execute("PRAGMA fullfsync = ON")
            connection.execute("PRAGMA foreign_keys = ON")
            # What is deleted is often what somebody asked to be forgotten: nothing of it stays.
            connection.execute("PRAGMA secure_delete = ON")
        except BaseException:
            connection.close()
            raise
        return connection
