"""The chats of the home screen: made, opened, copied, brought in and handed out.

Plain functions that wait for the disk: call them on a worker thread.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tchat_desktop.domain import copies
from tchat_desktop.domain.chat import Chat, Occasion, new_id
from tchat_desktop.domain.languages import FALLBACK, known_code
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.replanning import has_begun
from tchat_desktop.domain.schedule import next_edition, to_utc
from tchat_desktop.domain.x.pictures import picture_ids
from tchat_desktop.services.ports import (
    ChatFile,
    ChatFiles,
    ChatStore,
    Clock,
    OutboxStore,
    PictureStore,
    PostStore,
    SavedChat,
    StoreError,
)

EXAMPLE_NOTICE = 12
"""Days the example leaves at least, so that the whole guide can be tried."""

_USUAL_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")


class Library:
    """All the chats. `languages` is the folder of the languages, with an example chat in each."""

    def __init__(
        self,
        chats: ChatStore,
        posts: PostStore,
        outbox: OutboxStore,
        pictures: PictureStore,
        files: ChatFiles,
        clock: Clock,
        languages: Path,
    ) -> None:
        self._chats = chats
        self._posts = posts
        self._outbox = outbox
        self._pictures = pictures
        self._files = files
        self._clock = clock
        self._languages = languages

    def chats(self) -> Sequence[SavedChat]:
        """All chats, the last changed first. Raises StoreError."""
        return self._chats.chats()

    def create(self, language: str, time_zone: str) -> Chat:
        """A new chat, saved; `language` of its posts, IANA `time_zone`. Raises StoreError."""
        # The clock of the computer does not say where somebody lives: that is asked.
        proposed = ("time_zone",)
        chat = Chat(id=new_id(), language=language, time_zone=time_zone, carried_over=proposed)
        return self._save(chat)

    def open_example(self, language: str) -> Chat:
        """A copy of the example, saved, with its day to come; in French if there is no other.

        Raises StoreError.
        """
        code = known_code(language) or FALLBACK
        file = self._files.read(self._languages / code / "example.tchat")
        starts_at = _example_start(file.chat, self._clock.now())
        chat = self._save(replace(file.chat, id=new_id(), starts_at=starts_at))
        self._keep_pictures(chat, file)
        return chat

    def new_edition(self, chat_id: str) -> Chat:
        """The next edition of a chat, saved, with its date when it comes back regularly.

        Raises KeyError, StoreError.
        """
        chat = self._chats.load(chat_id)
        edition = self._save(new_edition(chat, next_edition(chat, self._clock.now())))
        for content in contents(chat, self._pictures):
            self._pictures.add(edition.id, content)
        return edition

    def delete(self, chat_id: str) -> None:
        """Forget a chat with all that was kept for it. Raises StoreError."""
        self._chats.delete(chat_id)

    def import_file(self, path: Path) -> ChatFile:
        """Bring in a .tchat file, saved with all it holds; it never replaces another chat.

        A copy of a chat that was open elsewhere knows what was out by then, and publishes nothing
        until it is told to. So does the same chat here, whatever it was edited to, where the copy
        tells of more than is known here.

        Raises ChatFileError, OSError, StoreError.
        """
        file = self._files.read(path)
        here = self._here(file.chat.id)
        if here is not None:
            known, here = here, self._told(here, file)
            if replace(known, live_elsewhere=file.chat.live_elsewhere) == file.chat:
                # As it is here: it may be the one that is open, or a copy that was not told yet.
                return replace(file, chat=here)
        if not self._can_keep_id(file.chat.id):
            file = replace(file, chat=replace(file.chat, id=new_id()))
        if file.hour_at is not None:
            file = replace(file, chat=replace(file.chat, live_elsewhere=file.hour_at))
        self._save(file.chat)
        self._keep_pictures(file.chat, file)
        if file.posts:
            self._posts.add(file.chat.id, Occasion.LIVE, file.posts)
        chat_id = file.chat.id
        self._outbox.add(replace(row, id=new_id(), chat_id=chat_id) for row in file.hour)
        return file

    def export_file(self, chat: Chat, path: Path, with_posts: bool) -> None:
        """Write a .tchat file, with what was collected if asked.

        Of a chat that was opened, it tells what is out and what is still to leave.

        Raises ChatFileTooLarge, OSError, StoreError.
        """
        posts = tuple(self._posts.all(chat.id, Occasion.LIVE)) if with_posts else ()
        rows = self._outbox.rows(chat.id, Occasion.LIVE)
        hour = tuple(row for row in rows if row.planned is not None)
        file = ChatFile(chat, posts, contents(chat, self._pictures, hour), hour=hour)
        self._files.write(path, replace(file, hour_at=self._clock.now() if hour else None))

    def _keep_pictures(self, chat: Chat, file: ChatFile) -> None:
        for content in file.pictures:
            self._pictures.add(chat.id, content)

    def _save(self, chat: Chat) -> Chat:
        self._chats.save(chat, self._clock.now())
        return chat

    def _told(self, here: Chat, file: ChatFile) -> Chat:
        """The chat that is here, once its posts know what a copy of it tells of them."""
        if file.hour_at is None:
            return here
        rows = self._outbox.rows(here.id, Occasion.LIVE)
        learnt = copies.learnt(
            rows, (replace(row, id=new_id(), chat_id=here.id) for row in file.hour)
        )
        # The pictures before the posts that show them, and the posts before what tells of them:
        # whatever stops in between, the same file brings the rest the next time.
        self._keep_pictures(here, file)
        self._posts.add(here.id, Occasion.LIVE, file.posts)
        self._outbox.learn(learnt)
        if has_begun(rows) and not (learnt.changed or learnt.added):
            return here
        return self._save(replace(here, live_elsewhere=file.hour_at))

    def _here(self, chat_id: str) -> Chat | None:
        """The chat of that id, when it is kept here and can be read."""
        if not _USUAL_ID.fullmatch(chat_id):
            return None
        try:
            return self._chats.load(chat_id)
        except (KeyError, StoreError):
            return None

    def _can_keep_id(self, chat_id: str) -> bool:
        if not _USUAL_ID.fullmatch(chat_id):
            return False
        try:
            self._chats.load(chat_id)
            return False
        except KeyError:
            return True
        except StoreError:
            # There is one that cannot be read: it stays as it is.
            return False


def contents(
    chat: Chat, pictures: PictureStore, rows: Iterable[OutboxPost] = ()
) -> tuple[bytes, ...]:
    """The contents of the pictures of a chat, and of `rows`, that are there. Raises StoreError."""
    found = []
    wanted = picture_ids(chat) | {row.picture.id for row in rows if row.picture is not None}
    for picture_id in sorted(wanted):
        with contextlib.suppress(KeyError):
            found.append(pictures.content(chat.id, picture_id))
    return tuple(found)


def _example_start(chat: Chat, now: datetime) -> datetime | None:
    """The first same weekday and hour as the example's that leaves `EXAMPLE_NOTICE` days (UTC)."""
    start = chat.starts_local
    if start is None:
        return None
    earliest = now.astimezone(chat.zone).date() + timedelta(days=EXAMPLE_NOTICE)
    day = earliest + timedelta(days=(start.weekday() - earliest.weekday()) % 7)
    return to_utc(day, start.time(), chat.time_zone)
