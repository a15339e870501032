"""The tables that decide what is published, watched more closely than the others.

A disk, a cable or memory flips a bit now and then. SQLite's `quick_check` hardly looks at indexes,
and nothing in SQLite looks at the content of a row: hidden or changed rows would be published anew.
So these tables are checked with their indexes, and each row of them carries a seal of its content.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from collections.abc import Mapping

from tchat_desktop.adapters.sqlite.errors import is_damage
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.services.ports import HourState, StoreSuspect

log = logging.getLogger(__name__)

TABLES = ("outbox", "hour")
SEAL = "seal"
UNSEALED = "unsealed"
"""What a row has that was written before there were seals."""
_BROKEN_INDEX = "wrong # of entries in index "
"""How SQLite begins to say that an index does not know as many rows as its table has."""
_BYTES = 10
"""So that no flipped bit makes the seal of a row an empty text: that is told by its length."""


def seal(values: Mapping[str, object]) -> str:
    """The seal of a row, by the names of its columns; that of the seal itself does not count."""
    content = sorted((name, value) for name, value in values.items() if name != SEAL)
    whole = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return hashlib.blake2b(whole.encode(), digest_size=_BYTES).hexdigest()


def check_seal(row: sqlite3.Row) -> None:
    """Raises StoreSuspect when a row, read with all its columns, is not as it was written."""
    values = {name: row[name] for name in row.keys()}  # noqa: SIM118 - not a mapping
    if values[SEAL] not in (UNSEALED, _seal_of(values)):
        raise StoreSuspect("a row is not as it was written")


def _seal_of(values: Mapping[str, object]) -> str:
    try:
        return seal(values)
    except TypeError:
        # A flipped bit can turn a text into bytes.
        return ""


def keep_hour(
    connection: sqlite3.Connection, chat_id: str, occasion: Occasion, state: HourState
) -> None:
    """Write what was decided for an hour."""
    values = {
        "chat_id": chat_id,
        "occasion": occasion.value,
        "paused": int(state.paused),
        "without_keys": int(state.without_keys),
    }
    connection.execute(
        "INSERT OR REPLACE INTO hour (chat_id, occasion, paused, without_keys, seal)"
        " VALUES (:chat_id, :occasion, :paused, :without_keys, :seal)",
        {**values, SEAL: seal(values)},
    )


def hold_hours(connection: sqlite3.Connection) -> None:
    """Put every hour with posts on hold: they may be out although these rows do not know it."""
    if not {"outbox", "hour"} <= set(_there(connection)):
        return
    hours = connection.execute(
        "SELECT DISTINCT chat_id FROM outbox WHERE occasion = ?", (Occasion.LIVE.value,)
    )
    for (chat_id,) in hours.fetchall():
        keep_hour(connection, chat_id, Occasion.LIVE, HourState(paused=True))


def is_sound(connection: sqlite3.Connection, table: str = "") -> bool:
    """Whether every page of the database, or of one table, can be read.

    A broken index is no matter here, although newer versions of SQLite count its entries too: it
    can be made anew from the rows.
    """
    only = f"({table})" if table else ""
    said = [row[0] for row in connection.execute(f"PRAGMA quick_check{only}")]
    return all(one == "ok" or one.startswith(_BROKEN_INDEX) for one in said)


def is_intact(connection: sqlite3.Connection) -> bool:
    """Whether every row of these tables is found, and is as it was written."""
    return not _in_pieces(connection) and _rows_are_intact(connection)


def mend(connection: sqlite3.Connection) -> bool:
    """Make these tables whole again from their rows where only an index is broken; False if not.

    In a transaction. The database must be sound.
    """
    try:
        for table in _in_pieces(connection):
            if _has_lost_rows(connection, table):
                return False
            log.warning("an index of %s is damaged, and made anew", table)
            connection.execute(f"REINDEX {table}")
        return is_intact(connection)
    except sqlite3.IntegrityError:
        # Two rows in the same place: one of them is not what it was.
        return False
    except sqlite3.Error as error:
        if is_damage(error):
            return False
        raise


def _in_pieces(connection: sqlite3.Connection) -> list[str]:
    """The tables that do not agree with their indexes."""
    return [
        table
        for table in _there(connection)
        if [row[0] for row in connection.execute(f"PRAGMA integrity_check({table})")] != ["ok"]
    ]


def _has_lost_rows(connection: sqlite3.Connection, table: str) -> bool:
    """Whether an index knows of more rows than the table."""
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
                # Copies made before there were seals have none.
                if SEAL in row.keys():  # noqa: SIM118 - not a mapping
                    check_seal(row)
    except StoreSuspect:
        return False
    except sqlite3.OperationalError as error:
        # A text that is no text any more.
        if getattr(error, "sqlite_errorcode", None) is None:
            return False
        raise
    return True


def _there(connection: sqlite3.Connection) -> list[str]:
    found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    return [table for table in TABLES if table in found]
