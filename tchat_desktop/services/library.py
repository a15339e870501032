"""The library of all chats: lists, creates, opens, copies, deletes, imports and exports them.

The window and the command line use the same library. Its functions wait for the disk, so call them
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
from tchat_desktop.domain.chat import Chat, ChatPhase, Occasion, OwnText, new_id, phase, picture_ids
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
    Eraser,
    OutboxStore,
    PictureStore,
    PostStore,
    SavedChat,
    StoreError,
)

log = logging.getLogger(__name__)

EXAMPLE_NOTICE = 12
"""The fewest days until the example chat, so that every step of the guide can be tried."""


@dataclass(frozen=True, slots=True)
class ChatSummary:
    """What the home screen shows of a chat. `changed_at` is UTC; `progress` is from 0 to 1.

    `next_step` is the step to do next; None when there is none.
    """

    chat: Chat
    changed_at: datetime
    phase: ChatPhase
    progress: float
    next_step: StepId | None


@dataclass(frozen=True, slots=True)
class Listing:
    """The chats of a data directory."""

    chats: tuple[ChatSummary, ...] = ()
    """The chats that can be read, the last changed first."""
    damaged: tuple[str, ...] = ()
    """The ids of the chats that cannot be read, which are left as they are."""


@dataclass(frozen=True, slots=True)
class ChatStores:
    """The stores of chats and of what belongs to them."""

    chats: ChatStore
    posts: PostStore
    outbox: OutboxStore
    pictures: PictureStore
    eraser: Eraser


class NotPosted(Exception):
    """The posts of a file may not be published without a person to ask; the class says why."""


class OpenedElsewhere(NotPosted):
    """The chat of the file was open on another computer, which may publish it."""


class AnotherVersion(NotPosted):
    """The chat of the file exists here already and differs from it."""


class ChatLibrary:
    """All the chats of a data directory.

    `languages` is the folder of the languages, with an example chat in each. `texts` gives the
    texts of posts in a language, `countries` the countries of the audience of a chat. Edits that
    are not on disk yet are read from `autosave`. `kept_texts` returns the changed texts with which
    a new chat begins.
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
        kept_texts: Callable[[], tuple[OwnText, ...]] = tuple,
    ) -> None:
        self._chats = stores.chats
        self._posts = stores.posts
        self._outbox = stores.outbox
        self._pictures = stores.pictures
        self._eraser = stores.eraser
        self._autosave = autosave
        self._files = files
        self._clock = clock
        self._languages = languages
        self._texts = texts
        self._countries = countries
        self._kept_texts = kept_texts

    def listed(self) -> Listing:
        """List all chats, and back them up once a day. Raises StoreError.

        A backup that fails is logged and raises nothing.
        """
        now = self._clock.now()
        chats = tuple(self._summary(saved, now) for saved in self._chats.chats())
        listing = Listing(chats, tuple(self._chats.damaged))
        try:
            self._chats.back_up()
        except StoreError as error:
            # The chats can be read, so a failed backup does not keep them from the screen.
            log.warning("no copy of the day: %r", error)
        return listing

    def _summary(self, saved: SavedChat, now: datetime) -> ChatSummary:
        """What the home screen shows of a chat at `now` (UTC)."""
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
        """Restore damaged chats from their last backups; returns how many were restored.

        Raises StoreError.
        """
        return sum(self._chats.restore(chat_id) for chat_id in chat_ids)

    def newest(self, chat_id: str) -> Chat:
        """The newest version of a chat, even if it is not on disk yet.

        Raises KeyError if there is no such chat, StoreError.
        """
        return self._autosave.newest(chat_id) or self._chats.load(chat_id)

    def load(self, chat_id: str) -> Chat:
        """Load a chat to open it, and delete its pictures that no post shows any more.

        Raises KeyError if there is no such chat, StoreError.
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
        """Create and save a chat, with the language of its posts (BCP 47) and an IANA time zone.

        Raises StoreError.
        """
        # The zone of the computer may not be where the organiser lives, so it is to be confirmed.
        proposed = ("time_zone",)
        chat = Chat(
            id=new_id(),
            language=language,
            own_texts=self._kept_texts(),
            time_zone=time_zone,
            begun_at=self._clock.now(),
            carried_over=proposed,
        )
        return self._save(chat)

    def open_example(self, language: str) -> Chat:
        """Save a copy of the example chat in a language, or else in French, with a day to come.

        Raises StoreError, and what `ChatFiles.read` raises.
        """
        code = known_code(language) or FALLBACK
        file = self._files.read(self._languages / code / "example.tchat")
        starts_at = _example_start(file.chat, self._clock.now())
        chat = self._save(replace(file.chat, id=new_id(), starts_at=starts_at))
        self._keep_pictures(chat, file)
        return chat

    def new_edition(self, chat_id: str) -> Chat:
        """Create and save the next edition of a chat, with a proposed date if it has a rhythm.

        Raises KeyError if there is no such chat, StoreError.
        """
        chat = self.newest(chat_id)
        now = self._clock.now()
        edition = self._save(new_edition(chat, next_edition(chat, now), now))
        for content in contents(chat, self._pictures):
            self._pictures.add(edition.id, content)
        return edition

    def delete(self, chat_id: str) -> None:
        """Delete a chat with all that belongs to it, in every backup too. Raises StoreError."""
        self._autosave.forget(chat_id)
        self._eraser.forget_chat(chat_id)

    def put_away(self, chat_id: str, away: bool) -> None:
        """Put a chat away from the home screen, or back among the others.

        Raises KeyError if there is no such chat, StoreError.
        """
        self._save(replace(self.newest(chat_id), put_away=away))

    def import_file(self, path: Path) -> ChatFile:
        """Import a .tchat file and save all it holds; it never replaces another chat.

        The file of a chat whose hour was open on another computer tells which posts were published
        by then, and the imported chat publishes nothing until the organiser says so. If the chat
        exists here, in whatever version, its posts learn from the file and it is held back as well.

        Raises ChatFileError, OSError, StoreError.
        """
        file = self._files.read(path)
        here = self._here(file.chat.id)
        if here is not None:
            known, here = here, self._told(here, file)
            if replace(known, live_elsewhere=file.chat.live_elsewhere) == file.chat:
                # The file holds the chat as it is here, so there is nothing to import.
                return replace(file, chat=here)
        if not self._is_free(file.chat.id):
            file = replace(file, chat=replace(file.chat, id=new_id()))
        if file.hour_at is not None:
            file = replace(file, chat=replace(file.chat, live_elsewhere=file.hour_at))
        self._keep(file)
        return file

    def bring_in_to_post(self, file: ChatFile) -> Chat:
        """Import a .tchat file whose posts are to be published without a person at the screen.

        Importing the same file again gives the same chat. Raises OpenedElsewhere or AnotherVersion
        with nothing changed, and StoreError.
        """
        chat = file.chat
        try:
            known = self.newest(chat.id)
        except KeyError:
            known = None
        # Posts the file tells of and that are not known here may be published already.
        learnt = copies.learnt(self._outbox.rows(chat.id, Occasion.LIVE), file.hour)
        is_copy = any(one is not None and one.live_elsewhere for one in (chat, known))
        if is_copy or learnt != Replanning():
            raise OpenedElsewhere
        if known is None:
            self._keep(file)
        elif known != chat:
            raise AnotherVersion
        else:
            # An earlier run that was stopped as it began may not have saved them.
            self._keep_pictures(chat, file)
        return chat

    def export_file(self, chat_id: str, path: Path) -> None:
        """Write a .tchat file with the newest version of a chat, its pictures and collected posts.

        If its hour was opened, the file also tells which posts are published and which are to come.

        Raises KeyError if there is no such chat, ChatFileTooLarge, OSError, StoreError.
        """
        chat = self.newest(chat_id)
        posts = tuple(self._posts.all(chat.id, Occasion.LIVE))
        rows = self._outbox.rows(chat.id, Occasion.LIVE)
        hour = tuple(row for row in rows if row.planned is not None)
        file = ChatFile(chat, posts, contents(chat, self._pictures, hour), hour=hour)
        self._files.write(path, replace(file, hour_at=self._clock.now() if hour else None))

    def _keep(self, file: ChatFile) -> None:
        """Save everything a file holds, for a chat that does not exist here yet."""
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
        """The existing chat, after its posts have learnt from the file what was published.

        It is held back (`live_elsewhere`) if that was news, or its hour has not begun here.
        """
        if file.hour_at is None:
            return here
        rows = self._outbox.rows(here.id, Occasion.LIVE)
        learnt = copies.learnt(
            rows, (replace(row, id=new_id(), chat_id=here.id) for row in file.hour)
        )
        # In this order, importing the same file again completes what was interrupted in between.
        self._keep_pictures(here, file)
        self._posts.add(here.id, Occasion.LIVE, file.posts)
        self._outbox.learn(learnt)
        if has_begun(rows) and not (learnt.changed or learnt.added):
            return here
        return self._save(replace(here, live_elsewhere=file.hour_at))

    def _here(self, chat_id: str) -> Chat | None:
        """The chat of that id; None when there is none or it cannot be read."""
        try:
            return self._chats.load(chat_id)
        except (KeyError, StoreError):
            return None

    def _is_free(self, chat_id: str) -> bool:
        """Whether there is no chat of that id, not even one that cannot be read."""
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
    """The contents of the stored pictures of a chat and of `rows`. Raises StoreError.

    A picture that is not stored is left out.
    """
    found = []
    wanted = picture_ids(chat) | {row.picture.id for row in rows if row.picture is not None}
    for picture_id in sorted(wanted):
        with contextlib.suppress(KeyError):
            found.append(pictures.content(chat.id, picture_id))
    return tuple(found)


def _example_start(chat: Chat, now: datetime) -> datetime | None:
    """The first start (UTC) with the weekday and hour of the example after `EXAMPLE_NOTICE` days.

    `now` is in UTC. None for an example without a date.
    """
    start = chat.starts_local
    if start is None:
        return None
    earliest = now.astimezone(chat.zone).date() + timedelta(days=EXAMPLE_NOTICE)
    day = earliest + timedelta(days=(start.weekday() - earliest.weekday()) % 7)
    return to_utc(day, start.time(), chat.time_zone)
