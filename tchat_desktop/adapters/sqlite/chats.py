"""Stores chats in the database, one JSON document each."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tchat_desktop.adapters import codec
from tchat_desktop.adapters.reading.instants import moment
from tchat_desktop.adapters.sqlite.backups import backups, open_read_only
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.posts import forget_words
from tchat_desktop.adapters.sqlite.rows import instant
from tchat_desktop.domain.chat import Chat
from tchat_desktop.services.ports import ChatFile, ChatFileError, ChatStore, SavedChat, StoreError

log = logging.getLogger(__name__)


class SqliteChats:
    """The ChatStore in the database; safe to use from any thread. Methods may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.damaged: tuple[str, ...] = ()
        """The ids of the chats that could not be read when they were last listed.

        They stay unchanged in the database.
        """

    def chats(self) -> Sequence[SavedChat]:
        """Return all readable chats, last changed first; the ids of the others go to `damaged`."""
        with self._database.reading() as connection:
            # Read as bytes, because text that is not UTF-8 would stop the whole listing.
            rows = connection.execute(
                "SELECT id, CAST(document AS BLOB), changed_at FROM chat"
                " ORDER BY changed_at DESC, id"
            ).fetchall()
        saved, damaged = [], []
        for chat_id, document, changed_at in rows:
            try:
                saved.append(SavedChat(_read(chat_id, document), moment(changed_at)))
            except (ChatFileError, ValueError) as error:
                log.error("chat %s cannot be read: %s", chat_id, error)
                damaged.append(chat_id)
        self.damaged = tuple(damaged)
        return saved

    def load(self, chat_id: str) -> Chat:
        """Return the chat of that id. Raises KeyError without one, StoreError if it is damaged."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT CAST(document AS BLOB) FROM chat WHERE id = ?", (chat_id,)
            ).fetchone()
        if row is None:
            raise KeyError(chat_id)
        try:
            return _read(chat_id, row[0])
        except ChatFileError as error:
            raise StoreError(f"chat {chat_id} cannot be read: {error}") from error

    def restore(self, chat_id: str) -> bool:
        """Replace a damaged chat by its newest readable copy in a backup; False when there is none.

        Its outbox and its posts stay as they are. Raises StoreError.
        """
        for backup in backups(self._database.path):
            found = _in_copy(backup.path, chat_id)
            if found is not None:
                self.save(*found)
                return True
        return False

    def back_up(self) -> Path | None:
        """Make the copy of the day; return its path, None if there is one. Raises StoreError."""
        return self._database.back_up_today()

    def save(self, chat: Chat, changed_at: datetime) -> None:
        """Write the chat, changed at `changed_at` (UTC); when this returns it is on disk."""
        document = codec.encode(ChatFile(chat)).decode()
        with self._database.writing() as connection:
            # INSERT OR REPLACE would delete the row first, and with it the chat's outbox and posts.
            connection.execute(
                "INSERT INTO chat (id, document, changed_at) VALUES (?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET document = excluded.document,"
                " changed_at = excluded.changed_at",
                (chat.id, document, instant(changed_at)),
            )

    def delete(self, chat_id: str) -> None:
        """Delete the chat, its outbox and its collected posts; does nothing if there is none."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM chat WHERE id = ?", (chat_id,))
            forget_words(connection)


def _in_copy(path: Path, chat_id: str) -> tuple[Chat, datetime] | None:
    """Return a chat from a backup, with the instant (UTC) of its change; None if unreadable."""
    try:
        with closing(open_read_only(path)) as copy:
            row = copy.execute(
                "SELECT CAST(document AS BLOB), changed_at FROM chat WHERE id = ?", (chat_id,)
            ).fetchone()
        return (_read(chat_id, row[0]), moment(row[1])) if row else None
    except (sqlite3.Error, ChatFileError, ValueError) as error:
        log.warning("chat %s not in %s: %s", chat_id, path.name, error)
        return None


def _read(chat_id: str, document: bytes) -> Chat:
    """Decode a chat's document. Raises ChatFileError when it is damaged or of another chat."""
    file = codec.decode(document, from_outside=False)
    if file.left_out:
        log.warning("chat %s: left out %s", chat_id, ", ".join(file.left_out))
    if file.chat.id != chat_id:
        raise ChatFileError(f"it says to be chat {file.chat.id}")
    return file.chat


if TYPE_CHECKING:

    def _is_a_chat_store(chats: SqliteChats) -> ChatStore:
        return chats
