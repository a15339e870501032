"""Stores the texts typed during the real hour of a chat and not published or sent yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tchat_desktop.adapters.codec import storable
from tchat_desktop.adapters.sqlite.database import Database


class SqliteUnsent:
    """The UnsentStore in the database; the chat must have been saved before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, chat_id: str, texts: Mapping[str, str]) -> None:
        """Store these texts of a chat, each by what it is for; all former ones are replaced.

        It is called while somebody types, so it writes only what changed. Raises StoreError.
        """
        wanted = {storable(place): storable(text) for place, text in texts.items()}
        with self._database.writing() as connection:
            kept = dict(
                connection.execute("SELECT place, text FROM unsent WHERE chat_id = ?", (chat_id,))
            )
            connection.executemany(
                "DELETE FROM unsent WHERE chat_id = ? AND place = ?",
                [(chat_id, place) for place in kept if place not in wanted],
            )
            connection.executemany(
                "INSERT INTO unsent (chat_id, place, text) VALUES (?, ?, ?)"
                " ON CONFLICT (chat_id, place) DO UPDATE SET text = excluded.text",
                [
                    (chat_id, place, text)
                    for place, text in wanted.items()
                    if kept.get(place) != text
                ],
            )

    def texts(self, chat_id: str) -> Mapping[str, str]:
        """Return the stored texts of a chat, each by what it is for. Raises StoreError."""
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT place, text FROM unsent WHERE chat_id = ? ORDER BY place", (chat_id,)
            )
            return {row["place"]: row["text"] for row in found}


if TYPE_CHECKING:
    from tchat_desktop.services.ports import UnsentStore

    def _is_an_unsent_store(unsent: SqliteUnsent) -> UnsentStore:
        return unsent
