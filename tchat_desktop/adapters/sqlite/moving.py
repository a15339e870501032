"""Copies all chats of one database, with everything that belongs to them, into another."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.sealed import hour_state, keep_hour
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.services.ports import StoreError

log = logging.getLogger(__name__)

_OF_A_CHAT = ("outbox", "post", "picture", "hour", "reads", "unsent", "shared")
"""The tables whose rows belong to a chat, by their column `chat_id`."""
_COLLECTED = ("post", "picture", "reads", "unsent", "shared")
"""The tables that grow without a new version of the chat."""
_CHAT = "SELECT CAST(document AS BLOB), changed_at FROM chat WHERE id = ?"
"""Read as bytes: a document that is not UTF-8 is copied, too, and a backup can repair it."""
_Rows = Mapping[str, Sequence[sqlite3.Row] | None]
"""The rows of each table; None where they could not be read."""
_NUMBER = "row"
"""The column that numbers the rows of one database; it means nothing in another."""


def bring_over(source: Database, target: Database) -> None:
    """Copy every chat of `source` into `target`, with its outbox, posts and pictures.

    A later version of a chat in `target` stays, but learns of posts in `source` that may be
    published. Whichever version is kept, what only one of them has collected (posts, pictures,
    reads) is kept too.

    Rows that cannot be read in `source` are left out. If they say which posts have left, the hour
    is put on hold in `target`; if they are the chat's own document, the chat arrives as a damaged
    one. All the rest is copied, or nothing. `source` is not changed, and nothing may write to it
    meanwhile. Raises StoreError when `target` cannot be written.
    """
    if source.path.resolve() == target.path.resolve():
        return
    with target.writing() as new:
        # SQLite reads the ids from their index, so a damaged document does not stop the others.
        for row in _found(source, "SELECT id FROM chat") or ():
            _bring_chat(source, new, row["id"])


def _bring_chat(source: Database, new: sqlite3.Connection, chat_id: str) -> None:
    # An unreadable chat may still be open in a window and saved later, so its rows are copied.
    """Copy one chat with its rows, or keep the later version that the target has."""
    found = _found(source, _CHAT, chat_id)
    document, changed_at = found[0] if found else (b"", "")
    rows = {
        table: _found(source, f"SELECT * FROM {table} WHERE chat_id = ? ORDER BY rowid", chat_id)
        for table in _OF_A_CHAT
    }
    later = new.execute(
        "SELECT 1 FROM chat WHERE id = ? AND changed_at > ?", (chat_id, changed_at)
    ).fetchone()
    if later is not None:
        _keep_tried(new, [row for row in rows["outbox"] or () if row["attempts"]])
        for table in _COLLECTED:
            if not _has(new, table, chat_id):
                _add(new, table, rows[table] or ())
    else:
        _replace(new, (chat_id, document, changed_at), rows)
    if rows["outbox"] is None or rows["hour"] is None:
        # It is not known what was published or on hold: the organiser must look first.
        _hold(new, chat_id)


def _replace(new: sqlite3.Connection, chat: tuple[str, bytes, str], rows: _Rows) -> None:
    """Write a chat over the one in `target`, and of its tables those that were read."""
    chat_id = chat[0]
    tried = new.execute(
        "SELECT * FROM outbox WHERE chat_id = ? AND attempts > 0", (chat_id,)
    ).fetchall()
    new.execute(
        "INSERT INTO chat (id, document, changed_at) VALUES (?, CAST(? AS TEXT), ?)"
        " ON CONFLICT (id) DO UPDATE SET document = excluded.document,"
        " changed_at = excluded.changed_at",
        chat,
    )
    for table in _OF_A_CHAT:
        found = rows[table]
        if found or (found is not None and table not in _COLLECTED):
            new.execute(f"DELETE FROM {table} WHERE chat_id = ?", (chat_id,))
            _add(new, table, found)
    _keep_tried(new, tried)


def _hold(new: sqlite3.Connection, chat_id: str) -> None:
    """Put the real hour of a chat on hold."""
    found = new.execute(
        "SELECT * FROM hour WHERE chat_id = ? AND occasion = ?",
        (chat_id, Occasion.LIVE.value),
    ).fetchone()
    keep_hour(new, chat_id, Occasion.LIVE, replace(hour_state(found), paused=True))


def _found(source: Database, query: str, *values: str) -> list[sqlite3.Row] | None:
    """Return what a query finds in `source`; None where its disk fails."""
    try:
        with source.reading() as old:
            return old.execute(query, values).fetchall()
    except StoreError as error:
        log.warning("left behind (%s): %r", query, error)
        return None


def _has(new: sqlite3.Connection, table: str, chat_id: str) -> bool:
    found = new.execute(f"SELECT 1 FROM {table} WHERE chat_id = ? LIMIT 1", (chat_id,))
    return found.fetchone() is not None


def _keep_tried(new: sqlite3.Connection, rows: list[sqlite3.Row]) -> None:
    """Keep rows that were tried, whichever version of the chat is kept: they may be published."""
    for row in rows:
        place = (row["chat_id"], row["occasion"], row["slot"])
        new.execute(
            "DELETE FROM outbox WHERE chat_id = ? AND occasion = ? AND slot = ? AND attempts = 0",
            place,
        )
        new.execute(
            f"INSERT INTO outbox ({', '.join(row.keys())})"
            f" SELECT {', '.join('?' for _ in row)} WHERE NOT EXISTS"
            " (SELECT 1 FROM outbox WHERE chat_id = ? AND occasion = ? AND slot = ?)",
            (*row, *place),
        )


def _add(new: sqlite3.Connection, table: str, rows: Iterable[sqlite3.Row]) -> None:
    """Insert rows into a table; the target numbers them anew."""
    for row in rows:
        columns = [name for name in row.keys() if name != _NUMBER]  # noqa: SIM118 - not a mapping
        places = ", ".join("?" for _ in columns)
        new.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})",
            [row[name] for name in columns],
        )
