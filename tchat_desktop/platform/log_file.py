"""The file of the log, which several processes may write at once.

Slow to import, because of `logging.handlers`: import it only where the log begins.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tchat_desktop.platform.private import private_file

LARGEST = 500_000
"""Bytes from which a new file is begun."""
FORMER_LOGS = 3
"""How many former files are kept."""


class LogFile(RotatingFileHandler):
    """A rotating file of lines.

    A window and a `--run` on the same data write to the same file. Windows lets nobody rename a
    file that another process has open: it then grows on, and is tried again when it has grown by
    as much. Elsewhere it may have been renamed by the other process, and is opened anew.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LARGEST, backupCount=FORMER_LOGS, encoding="utf-8")

    def shouldRollover(self, _record: logging.LogRecord) -> bool:  # type: ignore[override,unused-ignore]
        """Whether a new file is to begin before this line."""
        if self.stream is None:
            # A line of a thread that was late: the log is closed.
            return False
        if not self._is_mine():
            self.stream.close()
            self.stream = self._open()
            self.maxBytes = LARGEST
        return os.fstat(self.stream.fileno()).st_size >= self.maxBytes

    def doRollover(self) -> None:
        """Begin a new file, if the present one can be put away."""
        # Put away before the former files move up: one of them is lost each time they do.
        assert self.stream is not None
        self.stream.close()
        aside = f"{self.baseFilename}.0"
        try:
            os.replace(self.baseFilename, aside)
        except OSError:
            self.stream = self._open()
            self.maxBytes = os.fstat(self.stream.fileno()).st_size + LARGEST
            return
        for number in range(FORMER_LOGS - 1, -1, -1):
            with suppress(OSError):
                os.replace(f"{self.baseFilename}.{number}", f"{self.baseFilename}.{number + 1}")
        self.stream = self._open()
        self.maxBytes = LARGEST

    def _is_mine(self) -> bool:
        """Whether the open file is still the one of that name."""
        assert self.stream is not None
        try:
            return os.path.samestat(os.fstat(self.stream.fileno()), os.stat(self.baseFilename))
        except OSError:
            return False

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding=self.encoding, opener=private_file)
