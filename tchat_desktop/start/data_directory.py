"""The data directory, opened: the one way to it, for the window and for every command line.

Imported and used on the worker thread: the first paint waits for nothing of this.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tchat_desktop.adapters.posting_lock import PostingLock
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
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.texts import Texts
from tchat_desktop.platform.paths import DATABASE, resource
from tchat_desktop.platform.private import make_private
from tchat_desktop.services.autosave import Autosave
from tchat_desktop.services.hour_parts import HourStores
from tchat_desktop.services.ledger import Ledger
from tchat_desktop.services.library import ChatLibrary, ChatStores, contents
from tchat_desktop.services.ports import Clock, Report, StoreError
from tchat_desktop.start.network import network_rules
from tchat_desktop.wording.i18n import countries_of

log = logging.getLogger(__name__)


@cache
def texts_of(language: str) -> Texts:
    """The texts of posts in a language."""
    return load_texts(language, network_rules())


class DataDirectory:
    """A folder with all the chats, open from its making to `close`; both wait for the disk.

    Raises StoreError when it cannot be opened.
    """

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
        self.autosave = Autosave(self.chats, clock, report)
        self.ledger = Ledger(SqliteLedger(self.database), report, clock.now)
        self.library = ChatLibrary(
            ChatStores(self.chats, self.posts, self.outbox, self.pictures),
            self.autosave,
            TchatFiles(),
            clock,
            resource("languages"),
            texts_of,
            countries_of,
        )

    @property
    def hour_stores(self) -> HourStores:
        """Where an hour keeps what it does."""
        return HourStores(self.outbox, self.posts)

    def posting_right(self) -> PostingLock:
        """The right to publish from here, which one process at a time has."""
        return PostingLock(self.folder)

    def take_in(self, chat: Chat, former: DataDirectory | None) -> None:
        """Save a chat that was kept elsewhere, with its pictures. Raises StoreError."""
        self.chats.save(chat, self._clock.now())
        if former is None:
            return
        try:
            found = contents(chat, former.pictures)
        except StoreError as error:
            # The folder is left because its disk fails: the chat itself must not be held up.
            log.warning("pictures left behind: %r", error)
            return
        for content in found:
            self.pictures.add(chat.id, content)

    def abandon(self) -> None:
        """Close the database without what could not be written: it is elsewhere by now."""
        for chat in self.autosave.unsaved():
            self.autosave.forget(chat.id)
        self.close()

    def close(self) -> bool:
        """Write what is left and close the database; False when not all of it is on disk."""
        finished = self.autosave.stop()
        self.ledger.flush()
        self.database.close()
        return finished


def move(
    former: DataDirectory | None,
    folder: Path,
    clock: Clock,
    report: Report,
    chats: Sequence[Chat],
) -> DataDirectory:
    """Another folder with all that is in the former one, and `chats` as they are on screen.

    No hour may be running in the former one. Raises StoreError; nothing is then changed there.
    """
    data = DataDirectory(folder, clock, report)
    try:
        if former is not None:
            # What cannot be read there stays there; what is on screen goes along all the same.
            bring_over(former.database, data.database)
        for chat in (*(former.autosave.unsaved() if former else ()), *chats):
            data.take_in(chat, former)
        if former is not None:
            data.ledger.take_over(former.ledger)
    except BaseException:
        data.close()
        raise
    return data
