"""The data directory as the app uses it, and the chats in it that are not open.

Imported and used on the worker thread: the first paint waits for nothing of this.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tchat_desktop.adapters.sqlite.backups import restore_latest_backup
from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.ledger import SqliteLedger
from tchat_desktop.adapters.sqlite.moving import bring_over
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.adapters.sqlite.pictures import SqlitePictures
from tchat_desktop.adapters.sqlite.posts import SqlitePosts
from tchat_desktop.adapters.sqlite.unsent import SqliteUnsent
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.adapters.texts_file import load_texts
from tchat_desktop.domain import guide, run_sheet
from tchat_desktop.domain.chat import Chat, phase
from tchat_desktop.domain.texts import Texts
from tchat_desktop.domain.x.pictures import picture_ids
from tchat_desktop.platform.paths import DATABASE, resource
from tchat_desktop.platform.private import make_private
from tchat_desktop.services.autosave import Autosave
from tchat_desktop.services.ledger import Ledger
from tchat_desktop.services.library import Library, contents
from tchat_desktop.services.ports import ChatFile, Clock, Report, SavedChat, StoreError
from tchat_desktop.ui.chat_summary import ChatSummary
from tchat_desktop.wording import i18n

log = logging.getLogger(__name__)


@cache
def texts_of(language: str) -> Texts:
    """The texts of posts in a language."""
    return load_texts(language)


class Place:
    """The data directory, opened when it is first asked for: on a worker thread."""

    def __init__(self, folder: Path, clock: Clock, report: Report) -> None:
        self.folder = folder
        self._clock = clock
        make_private(folder)
        self.database = Database(folder / DATABASE, clock.now)
        self.chats = SqliteChats(self.database)
        self.outbox = SqliteOutbox(self.database)
        self.posts = SqlitePosts(self.database)
        self.pictures = SqlitePictures(self.database)
        self.unsent = SqliteUnsent(self.database)
        self.library = Library(
            self.chats,
            self.posts,
            self.outbox,
            self.pictures,
            TchatFiles(),
            clock,
            resource("languages"),
        )
        self.autosave = Autosave(self.chats, clock, report)
        self.ledger = Ledger(SqliteLedger(self.database), report, clock.now)

    def take_in(self, chat: Chat, former: Place | None) -> None:
        """Save a chat that was kept in another place, with its pictures. Raises StoreError."""
        self.chats.save(chat, self._clock.now())
        if former is None:
            return
        try:
            found = contents(chat, former.pictures)
        except StoreError as error:
            # The place is left because its disk fails: the chat itself must not be held up.
            log.warning("pictures left behind: %r", error)
            return
        for content in found:
            self.pictures.add(chat.id, content)

    def newest(self, chat_id: str) -> Chat:
        """A chat as it was edited last, whether the disk has taken that or not.

        Raises KeyError, StoreError.
        """
        return self.autosave.newest(chat_id) or self.chats.load(chat_id)

    def drop_unused_pictures(self, chat: Chat) -> None:
        """Forget what no post shows any more, of a chat about to be opened. Raises StoreError."""
        newer = (one for one in self.autosave.unsaved() if one.id == chat.id)
        wanted = frozenset().union(*(picture_ids(one) for one in (chat, *newer)))
        self.pictures.prune(chat.id, wanted)

    def abandon(self) -> None:
        """Close the database without what could not be written: it is elsewhere by now."""
        for chat in self.autosave.unsaved():
            self.autosave.forget(chat.id)
        self.close()

    def close(self) -> bool:
        """Write what is left and close the database."""
        finished = self.autosave.stop()
        self.ledger.flush()
        self.database.close()
        return finished


def move(
    former: Place | None, folder: Path, clock: Clock, report: Report, chats: Sequence[Chat]
) -> Place:
    """Another place with all that is in the former one, and `chats` as they are on screen.

    No hour may be running in the former place. Raises StoreError; nothing is then changed there.
    """
    place = Place(folder, clock, report)
    try:
        if former is not None:
            # What cannot be read there stays there; what is on screen goes along all the same.
            bring_over(former.database, place.database)
        for chat in (*(former.autosave.unsaved() if former else ()), *chats):
            place.take_in(chat, former)
        if former is not None:
            place.ledger.take_over(former.ledger)
    except BaseException:
        place.close()
        raise
    return place


class Shelf:
    """What the window asks about chats that are not open. Called on the worker thread."""

    def __init__(
        self,
        open_place: Callable[[], Place],
        close_place: Callable[[], None],
        folder: Path,
        time_zone: str,
        clock: Clock,
    ) -> None:
        self._place = open_place
        self._close_place = close_place
        self._folder = folder
        self._time_zone = time_zone
        self._clock = clock

    def summaries(self) -> Sequence[ChatSummary]:
        now = self._clock.now()
        listed = tuple(self._summary(saved, now) for saved in self._place().library.chats())
        try:
            # After the first listing of a day; there is one already at all others.
            self._place().database.back_up_today()
        except StoreError as error:
            # The chats themselves are there: they are not kept back for want of a copy.
            log.warning("no copy of the day: %r", error)
        return listed

    def damaged(self) -> Sequence[str]:
        """Ids of the chats that could not be read when they were last listed."""
        return self._place().chats.damaged

    def restore_chats(self, chat_ids: Sequence[str]) -> int:
        """Put damaged chats back as their last copies have them; how many were found there."""
        return sum(self._place().chats.restore(chat_id) for chat_id in chat_ids)

    def _summary(self, saved: SavedChat, now: datetime) -> ChatSummary:
        chat = saved.chat
        sheet = run_sheet.build(chat, texts_of(chat.language))
        countries = i18n.countries_of(chat)
        return ChatSummary(
            chat=chat,
            changed_at=saved.changed_at,
            phase=phase(chat, now),
            progress=guide.progress(chat, sheet, now, countries),
            next_step=guide.next_step(chat, sheet, now, countries),
        )

    def create(self) -> Chat:
        return self._place().library.create(i18n.language(), self._time_zone)

    def example(self) -> Chat:
        return self._place().library.open_example(i18n.language())

    def load(self, chat_id: str) -> Chat:
        """A chat about to be opened."""
        place = self._place()
        chat = place.newest(chat_id)
        try:
            place.drop_unused_pictures(chat)
        except StoreError as error:
            log.warning("unused pictures stay: %r", error)
        return chat

    def new_edition(self, chat_id: str) -> Chat:
        return self._place().library.new_edition(chat_id)

    def delete(self, chat_id: str) -> None:
        place = self._place()
        place.autosave.forget(chat_id)
        place.library.delete(chat_id)

    def import_file(self, path: Path) -> ChatFile:
        return self._place().library.import_file(path)

    def export_file(self, chat_id: str, path: Path) -> None:
        place = self._place()
        place.library.export_file(place.newest(chat_id), path, with_posts=True)

    def restore(self) -> bool:
        """Take the newest copy back; False when there is none."""
        self._close_place()
        return restore_latest_backup(self._folder / DATABASE, self._clock.now()) is not None


if TYPE_CHECKING:
    from tchat_desktop.ui import shelf_port

    def _is_a_shelf(shelf: Shelf) -> shelf_port.Shelf:
        return shelf
