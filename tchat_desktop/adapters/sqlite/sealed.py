"""Protects the tables that decide what is published against damage that SQLite does not notice.

A disk, a cable or memory sometimes flips a bit. SQLite's `quick_check` hardly looks at indexes, and
nothing in SQLite checks the content of a row: a post whose row is hidden or changed could be
published twice. So these tables are checked with their indexes, and each row holds a checksum of
its content, called its seal.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from collections.abc import Mapping

from tchat_desktop.adapters.sqlite.errors import is_damage
from tchat_desktop.adapters.sqlite.rows import optional_instant, optional_moment
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.services.ports import HourState, StoreSuspect

log = logging.getLogger(__name__)

TABLES = ("outbox", "hour")
SEAL = "seal"
UNSEALED = "unsealed"
"""The seal of a row that was written before there were seals."""
_BROKEN_INDEX = "wrong # of entries in index "
"""How SQLite's message begins when an index does not have as many rows as its table."""
_BYTES = 10
"""Bytes of a seal.

SQLite stores a text with its length: from this one, no single flipped bit leads to zero.
"""


def seal(values: Mapping[str, object]) -> str:
    """Return the seal of a row, given its values by column name; its own seal is ignored."""
    content = sorted((name, value) for name, value in values.items() if name != SEAL)
    whole = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return hashlib.blake2b(whole.encode(), digest_size=_BYTES).hexdigest()


def check_seal(row: sqlite3.Row) -> None:
    """Raise StoreSuspect when a row, read with all its columns, is not as it was written."""
    values = {name: row[name] for name in row.keys()}  # noqa: SIM118 - not a mapping
    if values[SEAL] not in (UNSEALED, _seal_of(values)):
        raise StoreSuspect("a row is not as it was written")


def _seal_of(values: Mapping[str, object]) -> str:
    """Return the seal of a row as read; "" when a value is of a type that is never written."""
    try:
        return seal(values)
    except TypeError:
        # A flipped bit can turn a text into bytes.
        return ""


def hour_state(row: sqlite3.Row | None) -> HourState:
    """Return what a row of the table `hour` says was decided; the defaults without a row."""
    if row is None:
        return HourState()
    return HourState(
        paused=bool(row["paused"]),
        without_keys=bool(row["without_keys"]),
        ends_at=optional_moment(row["ends_at"]),
        announced=optional_moment(row["announced"]),
    )


def keep_hour(
    connection: sqlite3.Connection, chat_id: str, occasion: Occasion, state: HourState
) -> None:
    """Write what was decided for an hour."""
    values = {
        "chat_id": chat_id,
        "occasion": occasion.value,
        "paused": int(state.paused),
        "without_keys": int(state.without_keys),
        "ends_at": optional_instant(state.ends_at),
        "announced": optional_instant(state.announced),
    }
    connection.execute(
        "INSERT OR REPLACE INTO hour"
        " (chat_id, occasion, paused, without_keys, ends_at, announced, seal) VALUES"
        " (:chat_id, :occasion, :paused, :without_keys, :ends_at, :announced, :seal)",
        {**values, SEAL: seal(values)},
    )


def hold_hours(connection: sqlite3.Connection) -> None:
    """Put every real hour with rows on hold: posts may be out though the rows do not say so."""
    if not {"outbox", "hour"} <= set(_there(connection)):
        return
    hours = connection.execute(
        "SELECT DISTINCT chat_id FROM outbox WHERE occasion = ?", (Occasion.LIVE.value,)
    )
    for (chat_id,) in hours.fetchall():
        keep_hour(connection, chat_id, Occasion.LIVE, HourState(paused=True))


def is_sound(connection: sqlite3.Connection, table: str = "") -> bool:
    """Return whether every page of the database, or of one table, can be read.

    A damaged index does not count, although newer versions of SQLite count its entries too: it can
    be rebuilt from the rows.
    """
    only = f"({table})" if table else ""
    said = [row[0] for row in connection.execute(f"PRAGMA quick_check{only}")]
    return all(one == "ok" or one.startswith(_BROKEN_INDEX) for one in said)


def is_intact(connection: sqlite3.Connection) -> bool:
    """Return whether every row of these tables is there and is as it was written."""
    return not _in_pieces(connection) and _rows_are_intact(connection)


def mend(connection: sqlite3.Connection) -> bool:
    """Rebuild damaged indexes of these tables; return whether the tables are then intact.

    It is called in a transaction, on a database that `is_sound`.
    """
    try:
        for table in _in_pieces(connection):
            if _has_lost_rows(connection, table):
                return False
            log.warning("an index of %s is damaged, and made anew", table)
            connection.execute(f"REINDEX {table}")
        return is_intact(connection)
    except sqlite3.IntegrityError:
        # Two rows have the same key, so one of them was damaged.
        return False
    except sqlite3.Error as error:
        if is_damage(error):
            return False
        raise


def _in_pieces(connection: sqlite3.Connection) -> list[str]:
    """Return the tables that do not agree with their indexes."""
    return [
        table
        for table in _there(connection)
        if [row[0] for row in connection.execute(f"PRAGMA integrity_check({table})")] != ["ok"]
    ]


def _has_lost_rows(connection: sqlite3.Connection, table: str) -> bool:
    """Return whether an index knows more rows than the table has."""
    indexes = [row[1] for row in connection.execute(f"PRAGMA index_list({table})")]
    known = [_count(connection, table, f'INDEXED BY "{index}"') for index in indexes]
    return max(known, default=0) > _count(connection, table, "NOT INDEXED")


def _count(connection: sqlite3.Connection, table: str, way: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table} {way}").fetchone()[0])


def _rows_are_intact(connection: sqlite3.Connection) -> bool:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    try:
        for table in _there(connection):
            for row in cursor.execute(f"SELECT * FROM {table} NOT INDEXED"):
                # Backups made before there were seals have no such column.
                if SEAL in row.keys():  # noqa: SIM118 - not a mapping
                    check_seal(row)
    except StoreSuspect:
        return False
    except sqlite3.OperationalError as error:
        # A text that is no longer valid UTF-8.
        if getattr(error, "sqlite_errorcode", None) is None:
            return False
        raise
    return True


def _there(connection: sqlite3.Connection) -> list[str]:
    found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    return [table for table in TABLES if table in found]
