"""Everything of one database brought into another: chats, with all that hangs on them."""

from __future__ import annotations

import sqlite3

from tchat_desktop.adapters.sqlite.database import Database

_OF_A_CHAT = ("outbox", "post", "picture", "hour", "reads")
"""The tables whose rows belong to a chat, by their column `chat_id`."""
_NUMBER = "row"
"""A column that numbers the rows of one database, and means nothing in another."""


def bring_over(source: Database, target: Database) -> None:
    """Copy every chat of `source` into `target`, with its outbox, posts and pictures.

    A chat that `target` has in a later version stays there as it is, but for what is known of its
    posts that may be out. All of it arrives or nothing
    does, and `source` is not changed; nothing may write there meanwhile. Raises StoreError.
    """
    if source.path.resolve() == target.path.resolve():
        return
    with source.reading() as old, target.writing() as new:
        for chat_id, changed_at in old.execute("SELECT id, changed_at FROM chat").fetchall():
            later = new.execute(
                "SELECT 1 FROM chat WHERE id = ? AND changed_at > ?", (chat_id, changed_at)
            ).fetchone()
            if later is not None:
                _keep_tried(new, _tried(old, chat_id))
                continue
            tried = _tried(new, chat_id)
            new.execute("DELETE FROM chat WHERE id = ?", (chat_id,))
            _copy(old, new, "chat", "id", chat_id)
            for table in _OF_A_CHAT:
                _copy(old, new, table, "chat_id", chat_id)
            _keep_tried(new, tried)


def _tried(database: sqlite3.Connection, chat_id: str) -> list[sqlite3.Row]:
    """The posts of a chat that may be out."""
    return database.execute(
        "SELECT * FROM outbox WHERE chat_id = ? AND attempts > 0", (chat_id,)
    ).fetchall()


def _keep_tried(new: sqlite3.Connection, rows: list[sqlite3.Row]) -> None:
    """Whichever version of a chat is kept, nobody forgets that a post may be out."""
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


def _copy(
    old: sqlite3.Connection, new: sqlite3.Connection, table: str, key: str, chat_id: str
) -> None:
    every = (row["name"] for row in old.execute(f"PRAGMA table_info({table})"))
    columns = [name for name in every if name != _NUMBER]
    rows = old.execute(
        f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = ? ORDER BY rowid", (chat_id,)
    )
    new.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)})",
        (tuple(row) for row in rows),
    )
