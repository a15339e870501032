"""Which data directory the window uses: opened when it is first asked for, moved, put back.

Nothing slow is imported with this: the first paint does not wait for the database.
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
    """Used on the worker thread, where it may wait for the disk; open, it is given to any at once.

    Threads that ask for it while it is being opened, moved or put back get the same one.
    """

    def __init__(self, folder: Path, clock: Clock, report: Report) -> None:
        self.folder = folder
        self._clock = clock
        self._report = report
        self._open: DataDirectory | None = None
        self._changing = threading.RLock()

    def open(self) -> DataDirectory:
        """The data directory, opened when it is not. Raises StoreError."""
        # Without the lock where it is open: the window does not wait while it is being moved.
        if (data := self._open) is not None:
            return data
        with self._changing:
            if self._open is None:
                from tchat_desktop.start.data_directory import DataDirectory

                self._open = DataDirectory(self.folder, self._clock, self._report)
            return self._open

    def close(self) -> None:
        """Write what is left and close it; nothing when it is not open."""
        with self._changing:
            data, self._open = self._open, None
            if data is not None:
                data.close()

    def move_to(self, folder: Path, chats: Sequence[Chat]) -> DataDirectory | None:
        """Go on in another folder, with `chats` as they are on screen; the former one, if open.

        See `data_directory.move`. Raises StoreError.
        """
        from tchat_desktop.start.data_directory import move

        with self._changing:
            former = self._open
            self._open = move(former, folder, self._clock, self._report, chats)
            self.folder = folder
            return former

    def restore(self) -> bool:
        """Take the newest copy of all chats back; False when there is none. Raises StoreError."""
        from tchat_desktop.adapters.sqlite.backups import restore_latest_backup
        from tchat_desktop.platform.paths import DATABASE

        with self._changing:
            self.close()
            return restore_latest_backup(self.folder / DATABASE, self._clock.now()) is not None
