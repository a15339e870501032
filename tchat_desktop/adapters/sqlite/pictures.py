"""Stores the contents of the pictures shown with posts."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import TYPE_CHECKING

from tchat_desktop.adapters.sqlite.database import Database


class SqlitePictures:
    """The PictureStore in the database; the chat of a picture must have been saved before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, chat_id: str, content: bytes) -> str:
        """Store the content of a picture; return its id, the SHA-256 of the content in hex."""
        picture_id = hashlib.sha256(content).hexdigest()
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO picture (chat_id, id, content) VALUES (?, ?, ?)"
                " ON CONFLICT (chat_id, id) DO NOTHING",
                (chat_id, picture_id, content),
            )
        return picture_id

    def content(self, chat_id: str, picture_id: str) -> bytes:
        """Return the content of a picture. Raises KeyError if it is not stored."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT content FROM picture WHERE chat_id = ? AND id = ?", (chat_id, picture_id)
            ).fetchone()
        if row is None:
            raise KeyError(picture_id)
        return bytes(row[0])

    def prune(self, chat_id: str, wanted: Collection[str]) -> None:
        """Delete the pictures of a chat, except for those in `wanted` and those of its outbox."""
        with self._database.writing() as connection:
            kept = connection.execute(
                "SELECT id FROM picture WHERE chat_id = ? AND id NOT IN"
                " (SELECT picture_id FROM outbox WHERE chat_id = picture.chat_id)",
                (chat_id,),
            ).fetchall()
            connection.executemany(
                "DELETE FROM picture WHERE chat_id = ? AND id = ?",
                [(chat_id, row[0]) for row in kept if row[0] not in wanted],
            )


if TYPE_CHECKING:
    from tchat_desktop.services.ports import PictureStore

    def _is_a_picture_store(pictures: SqlitePictures) -> PictureStore:
        return pictures
