"""Opens a data directory, for the window and for the command line.

The window imports and uses it on the worker thread, since it is slow to import and waits for the
disk.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tchat_desktop.adapters.kept_files import KeptFilesOfApp
from tchat_desktop.adapters.posting_lock import PostingShare, SharedPostingLock
from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.erasing import SqliteEraser
from tchat_desktop.adapters.sqlite.ledger import SqliteLedger
from tchat_desktop.adapters.sqlite.moving import bring_over
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.adapters.sqlite.pictures import SqlitePictures
from tchat_desktop.adapters.sqlite.posts import SqlitePosts
from tchat_desktop.adapters.sqlite.shared import SqliteShared
from tchat_desktop.adapters.sqlite.unsent import SqliteUnsent
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.adapters.templates_file import TemplatesFile
from tchat_desktop.adapters.texts_file import load_texts
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.texts import Texts
from tchat_desktop.platform.paths import DATABASE, resource, settings_file
from tchat_desktop.platform.private import make_private
from tchat_desktop.services.autosave import Autosave
from tchat_desktop.services.hour_parts import HourStores
from tchat_desktop.services.keeping import Keeping
from tchat_desktop.services.ledger import Ledger
from tchat_desktop.services.library import ChatLibrary, ChatStores, contents
from tchat_desktop.services.ports import Clock, Report, StoreError
from tchat_desktop.start.network import network_rules
from tchat_desktop.wording.i18n import countries_of

log = logging.getLogger(__name__)


@cache
def texts_of(language: str) -> Texts:
    """The texts of posts in a language (BCP 47), read once. Raises as `load_texts` does."""
    return load_texts(language, network_rules())


class DataDirectory:
    """A folder with all the chats, which is opened on creation and until `close`.

    Creation and methods wait for the disk: never use them on the GUI thread. Creation raises
    StoreError when the folder cannot be opened.
    """

    def __init__(self, folder: Path, clock: Clock, report: Report) -> None:
        self.folder = folder
        self._clock = clock
        self._posting = SharedPostingLock(folder)
        make_private(folder)
        self.database = Database(folder / DATABASE, clock.now)
        self.chats = SqliteChats(self.database)
        self.outbox = SqliteOutbox(self.database)
        self.posts = SqlitePosts(self.database)
        self.pictures = SqlitePictures(self.database)
        self.unsent = SqliteUnsent(self.database)
        self.shared = SqliteShared(self.database)
        self.autosave = Autosave(self.chats, clock, report)
        self.ledger = Ledger(SqliteLedger(self.database), report, clock.now)
        self.templates = TemplatesFile(folder)
        eraser = SqliteEraser(self.database)
        self.keeping = Keeping(eraser, self.autosave, KeptFilesOfApp(folder, settings_file()))
        self.library = ChatLibrary(
            ChatStores(self.chats, self.posts, self.outbox, self.pictures, eraser),
            self.autosave,
            TchatFiles(),
            clock,
            resource("languages"),
            texts_of,
            countries_of,
            self.templates.kept,
        )

    @property
    def hour_stores(self) -> HourStores:
        """The stores that an hour uses."""
        return HourStores(self.outbox, self.posts)

    def posting_right(self) -> PostingShare:
        """The right to publish from this directory, not taken yet; one process at a time has it."""
        return self._posting.share()

    def take_in(self, chat: Chat, former: DataDirectory | None) -> None:
        """Save a chat of another data directory here, with its pictures. Raises StoreError.

        Pictures that cannot be read in `former` are left out.
        """
        self.chats.save(chat, self._clock.now())
        if former is None:
            return
        try:
            found = contents(chat, former.pictures)
        except StoreError as error:
            # The former disk may be failing, so its pictures must not stop the chat from moving.
            log.warning("pictures left behind: %r", error)
            return
        for content in found:
            self.pictures.add(chat.id, content)

    def abandon(self) -> None:
        """Close the database without writing pending edits, which are in another folder by now."""
        for chat in self.autosave.unsaved():
            self.autosave.forget(chat.id)
        self.close()

    def close(self) -> bool:
        """Write pending edits and close the database; False when not all of them are on disk."""
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
    """Open `folder` with everything of the former data directory, and with `chats` as on screen.

    No hour may be running in the former one, which is left open. Raises StoreError; the former one
    is then as it was.
    """
    data = DataDirectory(folder, clock, report)
    try:
        if former is not None:
            # Damaged chats stay in the former folder; those on screen are moved in any case.
            bring_over(former.database, data.database)
        for chat in (*(former.autosave.unsaved() if former else ()), *chats):
            data.take_in(chat, former)
        if former is not None:
            data.ledger.take_over(former.ledger)
            data.templates.take_over(former.templates)
    except BaseException:
        data.close()
        raise
    return data
