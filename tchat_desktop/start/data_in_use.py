"""Holds the data directory that the window uses: opens it at first use, moves and restores it.

Slow modules are imported within its methods, so that the first paint does not wait for them.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tchat_desktop.domain.chat import Chat
    from tchat_desktop.services.ports import Clock, Report
    from tchat_desktop.start.data_directory import DataDirectory


class DataInUse:
    """The data directory in use. Its methods wait for the disk: call them on the worker thread.

    Once the directory is open, `open` returns at once and may be called on any thread; while it is
    being opened or restored, every thread waits and gets the same one.
    """

    def __init__(self, folder: Path, clock: Clock, report: Report) -> None:
        self.folder = folder
        self._clock = clock
        self._report = report
        self._open: DataDirectory | None = None
        self._changing = threading.RLock()

    def open(self) -> DataDirectory:
        """The data directory, which is opened at the first call. Raises StoreError."""
        # An open one is returned without the lock, so that the window never waits during a move.
        if (data := self._open) is not None:
            return data
        with self._changing:
            if self._open is None:
                from tchat_desktop.start.data_directory import DataDirectory

                self._open = DataDirectory(self.folder, self._clock, self._report)
            return self._open

    def close(self) -> None:
        """Write pending edits and close the directory, if it is open."""
        with self._changing:
            data, self._open = self._open, None
            if data is not None:
                data.close()

    def move_to(self, folder: Path, chats: Sequence[Chat]) -> DataDirectory | None:
        """Move everything to another folder, with `chats` as they are on screen.

        Returns the former directory, still open, or None if none was. Raises StoreError (see
        `data_directory.move`).
        """
        from tchat_desktop.start.data_directory import move

        with self._changing:
            former = self._open
            self._open = move(former, folder, self._clock, self._report, chats)
            self.folder = folder
            return former

    def restore(self) -> bool:
        """Restore the newest backup of all chats; False when there is none. Raises StoreError."""
        from tchat_desktop.adapters.sqlite.backups import restore_latest_backup
        from tchat_desktop.platform.paths import DATABASE

        with self._changing:
            self.close()
            return restore_latest_backup(self.folder / DATABASE, self._clock.now()) is not None
