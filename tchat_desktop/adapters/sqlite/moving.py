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

    A chat that `target` has in a later version stays there as it is. All of it arrives or nothing
    does, and `source` is not changed; nothing may write there meanwhile. Raises StoreError.
    """
    if source.path.resolve() == target.path.resolve():
        return
    with source.reading() as old, target.writing() as new:
        for chat_id, changed_at in old.execute("SELECT id, changed_at FROM chat").fetchall():
            later = new.execute(
                "SELECT 1 FROM chat WHERE id = ? AND changed_at > ?", (chat_id, changed_at)
            ).fetchone()
            if later is None:
                new.execute("DELETE FROM chat WHERE id = ?", (chat_id,))
                _copy(old, new, "chat", "id", chat_id)
                for table in _OF_A_CHAT:
                    _copy(old, new, table, "chat_id", chat_id)


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
