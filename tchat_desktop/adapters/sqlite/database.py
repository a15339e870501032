"""The database file: checked and migrated when opened, one connection a thread, one writer."""

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
from tchat_desktop.adapters.sqlite.journal import journal_for
from tchat_desktop.adapters.sqlite.schema import FOLDER, migrate, numbered, version
from tchat_desktop.adapters.sqlite.sealed import is_sound, mend
from tchat_desktop.services.ports import StoreDamaged, StoreError, StoreNewer

log = logging.getLogger(__name__)

BUSY_SECONDS = 5.0
"""Seconds to wait for another process that writes, before giving up."""

_SMALLEST_PAGE = 512
"""The smallest page size of SQLite, in bytes."""

APPLICATION_ID = 0x74636874
"""The number in the header of the file that says it is a database of this app."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Database:
    """The open database; its stores share it and may use it from any thread.

    Opening checks the file, and migrates one of an older version after making a copy. Raises
    StoreNewer for one of a later version, which is not changed, and StoreDamaged for a damaged one,
    which is set aside: opening again starts with an empty one (or with a copy, after
    `restore_latest_backup`). Also raises StoreFull, StoreReadOnly and StoreError.
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
        """Give this thread's connection, for reading. Raises StoreError."""
        with store_errors():
            yield self._connection()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection in a transaction, which is committed to disk at the end.

        After an exception nothing of it is written. Raises StoreError.
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

    def erase_remains(self) -> None:
        """Write the file anew, so that nothing of what was deleted stays in it or beside it.

        It takes a while, and as much room as the file: call it on a worker thread. Raises
        StoreError.
        """
        with self._writer, store_errors():
            connection = self._connection()
            connection.execute("VACUUM")
            # The log of writes still has the pages as they were.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def back_up_today(self) -> Path | None:
        """Make the copy of the day; return its path, None if there is one. Raises StoreError.

        It takes a while, so call it on a worker thread; opening does not do it.
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
        # Only this user may read it; SQLite gives its companion files the same mode.
        self.path.touch(mode=0o600)
        connection = self._connection()
        wanted, why = journal_for(self.path.parent)
        # The mode is kept in the file; on some drives it stays a plain journal whatever is asked.
        mode = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()[0]
        if why or mode != wanted:
            log.warning("journal mode is %s%s", mode, f", because of {why}" if why else "")
        present = version(connection)
        if 0 < present < len(self._migrations):
            back_up(connection, self.path, self._now(), f"before-{present + 1}")
        migrate(connection, self._migrations)
        self._mend(connection)

    def _mend(self, connection: sqlite3.Connection) -> None:
        """Repair indexes, and check the tables that say what is published. Raises StoreDamaged."""
        connection.execute("BEGIN IMMEDIATE")
        whole = mend(connection)
        connection.execute("COMMIT" if whole else "ROLLBACK")
        if not whole:
            self._disconnect()
            raise StoreDamaged(set_aside(self.path, self._now()))

    def _is_cut(self) -> bool:
        """Return whether the file is shorter than a page: SQLite would take it for a new one."""
        size = self.path.stat().st_size
        if size:
            return size < _SMALLEST_PAGE
        # An empty file without log or copies is left by a first start that was interrupted.
        log_of_writes = Path(f"{self.path}-wal")
        written = log_of_writes.exists() and log_of_writes.stat().st_size > 0
        return written or bool(backups(self.path))

    def _is_sound(self) -> bool:
        """Return whether the file is an undamaged database of this app. Raises StoreNewer."""
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
        """Return this thread's connection, opened if needed. Raises StoreError after `close`."""
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
        # Autocommit, so that only `writing` opens transactions. Each connection has one thread, but
        # `close` and the clearing up run on others.
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
            # Deleted data is often what somebody asked us to delete: it is overwritten on disk.
            connection.execute("PRAGMA secure_delete = ON")
        except BaseException:
            connection.close()
            raise
        return connection
