"""Stores what is shared of the hour of a chat with another computer."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tchat_desktop.adapters.codec import storable
from tchat_desktop.adapters.shared_hour_codec import decode_shared, encode_shared
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.shared_hour import SharedHour
from tchat_desktop.services.ports import SharedFileError

log = logging.getLogger(__name__)


class SqliteShared:
    """The SharedStore in the database; the chat must have been saved before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def shared(self, chat: Chat) -> SharedHour | None:
        """Return what is shared of a chat; None before anything was. Raises StoreError.

        What cannot be read is as if nothing had been: then what is here counts as of before.
        """
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT document FROM shared WHERE chat_id = ?", (chat.id,)
            ).fetchone()
        if found is None or not found["document"]:
            return None
        try:
            return decode_shared(bytes(found["document"]), chat.id, None)
        except SharedFileError as error:
            log.warning("what was shared cannot be read: %r", error)
            return None

    def keep(self, chat: Chat, shared: SharedHour) -> None:
        """Replace what is shared of a chat. Raises StoreError."""
        document = encode_shared(chat, shared)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO shared (chat_id, document, file) VALUES (?, ?, '')"
                " ON CONFLICT (chat_id) DO UPDATE SET document = excluded.document",
                (chat.id, document),
            )

    def followed(self, chat_id: str) -> str:
        """Return the path of the file that is followed; "" for none. Raises StoreError."""
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT file FROM shared WHERE chat_id = ?", (chat_id,)
            ).fetchone()
        return str(found["file"]) if found is not None else ""

    def follow(self, chat: Chat, path: str) -> None:
        """Keep the path of the file that is followed; "" for none. Raises StoreError."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO shared (chat_id, document, file) VALUES (?, x'', ?)"
                " ON CONFLICT (chat_id) DO UPDATE SET file = excluded.file",
                (chat.id, storable(path)),
            )


if TYPE_CHECKING:
    from tchat_desktop.services.ports import SharedStore

    def _is_a_shared_store(shared: SqliteShared) -> SharedStore:
        return shared
