"""Stores how much was read with keys, for each chat and day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.domain.spending import Reads


class SqliteLedger:
    """The LedgerStore in the database; the chat must have been saved before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, chat_id: str, day: date, reads: Reads) -> None:
        """Add to what was read for a chat on a day (UTC). Raises StoreError."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO reads (chat_id, day, posts, users, own_posts) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (chat_id, day) DO UPDATE SET posts = posts + excluded.posts,"
                " users = users + excluded.users, own_posts = own_posts + excluded.own_posts",
                (chat_id, day.isoformat(), reads.posts, reads.users, reads.own_posts),
            )

    def reads(self, chat_id: str) -> Reads:
        """Return all that was read for a chat. Raises StoreError."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT coalesce(sum(posts), 0), coalesce(sum(users), 0),"
                " coalesce(sum(own_posts), 0) FROM reads WHERE chat_id = ?",
                (chat_id,),
            ).fetchone()
        return Reads(*row)


if TYPE_CHECKING:
    from tchat_desktop.services.ports import LedgerStore

    def _is_a_ledger_store(ledger: SqliteLedger) -> LedgerStore:
        return ledger
