"""What happens to an error nobody caught: it is written down, and the person is told."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from tchat_desktop.platform.logs import Redaction
from tchat_desktop.platform.private import FOLDER_MODE, private_file

log = logging.getLogger(__name__)


class CrashReports:
    """Writes a report of every uncaught error of any thread, without secrets, and says so."""

    def __init__(
        self, folder: Path, redaction: Redaction, tell: Callable[[BaseException], None]
    ) -> None:
        self._folder = folder
        self._redaction = redaction
        self._tell = tell

    def install(self) -> None:
        """Take over from Python for the whole process."""
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error

    def write(self, error: BaseException) -> Path | None:
        """Write the report of an error; None when even that fails."""
        text = self._redaction.clean("".join(traceback.format_exception(error)))
        log.error("uncaught: %s", text)
        name = f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
        try:
            self._folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            path = self._folder / name
            with open(path, "w", encoding="utf-8", opener=private_file) as stream:
                stream.write(text)
        except OSError:
            return None
        return path

    def _on_error(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.write(error)
        self._tell(error)

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        # A thread that ends itself by SystemExit is no error, for Python neither.
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.write(args.exc_value)
            self._tell(args.exc_value)
