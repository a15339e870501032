"""Reads and writes .tchat-hour files, by which two computers share what is done in an hour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tchat_desktop.adapters import hour_codec
from tchat_desktop.adapters.reading.posts import as_read
from tchat_desktop.adapters.shared_hour_codec import decode_shared, encode_shared
from tchat_desktop.adapters.tchat_file import read_document
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.shared_hour import SharedHour
from tchat_desktop.services.ports import ChatFileError, SharedFileDamaged


class SharedHourFiles:
    """The SharedFiles on disk, whose documents are UTF-8 JSON (`adapters/shared_hour_codec.py`)."""

    def read(self, path: Path, chat: Chat, now: datetime) -> SharedHour:
        """What a file tells of that chat. Raises SharedFileError, OSError."""
        try:
            document = read_document(path)
        except ChatFileError as error:
            raise SharedFileDamaged(str(error)) from error
        return decode_shared(document, chat.id, now)

    def write(self, path: Path, chat: Chat, shared: SharedHour) -> None:
        """Write a file completely or not at all. Raises OSError."""
        write_whole(path, encode_shared(chat, shared))

    def as_told(
        self, posts: Iterable[FeedPost], rows: Iterable[OutboxPost]
    ) -> tuple[tuple[FeedPost, ...], tuple[OutboxPost, ...]]:
        """Posts and rows that are here, in the form in which `read` would give them back."""
        return as_read(posts), hour_codec.as_told(rows)


if TYPE_CHECKING:
    from tchat_desktop.services.ports import SharedFiles

    def _is_a_shared_files(files: SharedHourFiles) -> SharedFiles:
        return files
