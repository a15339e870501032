"""All the chats there are: listed, made, opened, copied, brought in and handed out.

The window and the command line have the same library. Its functions wait for the disk: call them
on a worker thread.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from tchat_desktop.domain import copies, guide, run_sheet
from tchat_desktop.domain.chat import Chat, ChatPhase, Occasion, new_id, phase, picture_ids
from tchat_desktop.domain.languages import FALLBACK, known_code
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.replanning import Replanning, has_begun
from tchat_desktop.domain.schedule import next_edition, to_utc
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.services.autosave import Autosave
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

log = logging.getLogger(__name__)

EXAMPLE_NOTICE = 12
"""Days the example leaves at least, so that the whole guide can be tried."""


@dataclass(frozen=True, slots=True)
class ChatSummary:
    """What a card shows of a chat. `changed_at` is UTC; `progress` is from 0 to 1."""

    chat: Chat
    changed_at: datetime
    phase: ChatPhase
    progress: float
    next_step: StepId | None


@dataclass(frozen=True, slots=True)
class Listing:
    """All the chats there are."""

    chats: tuple[ChatSummary, ...] = ()
    """Those that can be read, the last changed first."""
    damaged: tuple[str, ...] = ()
    """The ids of the others, which stay as they are."""


@dataclass(frozen=True, slots=True)
class ChatStores:
    """Where chats are kept, with all that belongs to them."""

    chats: ChatStore
    posts: PostStore
    outbox: OutboxStore
    pictures: PictureStore


class NotPosted(Exception):
    """The posts of a file do not leave with nobody there to be asked; the class says why."""


class OpenedElsewhere(NotPosted):
    """The chat of a file was open on another computer, which may publish it."""


class AnotherVersion(NotPosted):
    """The chat of a file is kept here, and is another by now."""


class ChatLibrary:
    """All the chats of a data directory.

    `languages` is the folder of the languages, with an example chat in each. `texts` gives the
    texts of posts in a language, `countries` those of the public of a chat. What was edited a
    moment ago is in `autosave`, whether the disk has taken it or not.
    """

    def __init__(
        self,
        stores: ChatStores,
        autosave: Autosave,
        files: ChatFiles,
        clock: Clock,
        languages: Path,
        texts: Callable[[str], Texts],
        countries: Callable[[Chat], Sequence[str]],
    ) -> None:
        self._chats = stores.chats
        self._posts = stores.posts
        self._outbox = stores.outbox
        self._pictures = stores.pictures
        self._autosave = autosave
        self._files = files
        self._clock = clock
        self._languages = languages
        self._texts = texts
        self._countries = countries

    def listed(self) -> Listing:
        """All the chats; after the first listing of a day they are copied. Raises StoreError."""
        now = self._clock.now()
        chats = tuple(self._summary(saved, now) for saved in self._chats.chats())
        listing = Listing(chats, tuple(self._chats.damaged))
        try:
            self._chats.back_up()
        except StoreError as error:
            # The chats themselves are there: they are not kept back for want of a copy.
            log.warning("no copy of the day: %r", error)
        return listing

    def _summary(self, saved: SavedChat, now: datetime) -> ChatSummary:
        chat = saved.chat
        sheet = run_sheet.build_run_sheet(chat, self._texts(chat.language))
        countries = self._countries(chat)
        return ChatSummary(
            chat=chat,
            changed_at=saved.changed_at,
            phase=phase(chat, now),
            progress=guide.progress(chat, sheet, now, countries),
            next_step=guide.next_step(chat, sheet, now, countries),
        )

    def restore_chats(self, chat_ids: Sequence[str]) -> int:
        """Put damaged chats back as their last copies have them; how many were found there.

        Raises StoreError.
        """
        return sum(self._chats.restore(chat_id) for chat_id in chat_ids)

    def newest(self, chat_id: str) -> Chat:
        """A chat as it was edited last, whether the disk has taken that or not.

        Raises KeyError, StoreError.
        """
        return self._autosave.newest(chat_id) or self._chats.load(chat_id)

    def load(self, chat_id: str) -> Chat:
        """A chat about to be opened: what no post of it shows any more is forgotten.

        Raises KeyError, StoreError.
        """
        chat = self.newest(chat_id)
        newer = (one for one in self._autosave.unsaved() if one.id == chat.id)
        wanted = frozenset().union(*(picture_ids(one) for one in (chat, *newer)))
        try:
            self._pictures.prune(chat.id, wanted)
        except StoreError as error:
            log.warning("unused pictures stay: %r", error)
        return chat

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
        chat = self.newest(chat_id)
        edition = self._save(new_edition(chat, next_edition(chat, self._clock.now())))
        for content in contents(chat, self._pictures):
            self._pictures.add(edition.id, content)
        return edition

    def delete(self, chat_id: str) -> None:
        """Forget a chat with all that was kept for it. Raises StoreError."""
        self._autosave.forget(chat_id)
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
        if not self._is_free(file.chat.id):
            file = replace(file, chat=replace(file.chat, id=new_id()))
        if file.hour_at is not None:
            file = replace(file, chat=replace(file.chat, live_elsewhere=file.hour_at))
        self._keep(file)
        return file

    def bring_in_to_post(self, file: ChatFile) -> Chat:
        """Bring in a .tchat file whose posts are to leave with nobody there to be asked.

        The same file again is the same chat. Raises OpenedElsewhere and AnotherVersion, where
        nothing is changed, and StoreError.
        """
        chat = file.chat
        try:
            known = self.newest(chat.id)
        except KeyError:
            known = None
        # What the file tells of posts that are not known here may be out.
        learnt = copies.learnt(self._outbox.rows(chat.id, Occasion.LIVE), file.hour)
        is_copy = any(one is not None and one.live_elsewhere for one in (chat, known))
        if is_copy or learnt != Replanning():
            raise OpenedElsewhere
        if known is None:
            self._keep(file)
        elif known != chat:
            raise AnotherVersion
        else:
            # A run that was stopped as it began may not have kept them.
            self._keep_pictures(chat, file)
        return chat

    def export_file(self, chat_id: str, path: Path) -> None:
        """Write a .tchat file of a chat as it was edited last, with what was collected.

        Of a chat that was opened, it tells what is out and what is still to leave.

        Raises KeyError, ChatFileTooLarge, OSError, StoreError.
        """
        chat = self.newest(chat_id)
        posts = tuple(self._posts.all(chat.id, Occasion.LIVE))
        rows = self._outbox.rows(chat.id, Occasion.LIVE)
        hour = tuple(row for row in rows if row.planned is not None)
        file = ChatFile(chat, posts, contents(chat, self._pictures, hour), hour=hour)
        self._files.write(path, replace(file, hour_at=self._clock.now() if hour else None))

    def _keep(self, file: ChatFile) -> None:
        """Save all that a file holds, of a chat that is not here yet."""
        chat_id = file.chat.id
        self._save(file.chat)
        self._keep_pictures(file.chat, file)
        self._posts.add(chat_id, Occasion.LIVE, file.posts)
        self._outbox.add(replace(row, id=new_id(), chat_id=chat_id) for row in file.hour)

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
        try:
            return self._chats.load(chat_id)
        except (KeyError, StoreError):
            return None

    def _is_free(self, chat_id: str) -> bool:
        """Whether no chat is kept under that id, not even one that cannot be read."""
        try:
            self._chats.load(chat_id)
            return False
        except KeyError:
            return True
        except StoreError:
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
