"""What happens to an error nobody caught: it is written down, and the person is told."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from tchat_desktop.platform.logs import Redaction
from tchat_desktop.platform.private import FOLDER_MODE, private_file

log = logging.getLogger(__name__)


GOES_ON = 5.0
"""Seconds within which the same error is one failure that goes on: it is told once."""

_Place = tuple[object, ...]


class CrashReports:
    """Writes a report of every uncaught error of any thread, without secrets, and says so.

    What fails again and again, every second or at every key, is written once.
    """

    def __init__(
        self,
        folder: Path,
        redaction: Redaction,
        tell: Callable[[BaseException], None],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._redaction = redaction
        self._tell = tell
        self._seconds = seconds
        self._last: dict[_Place, float] = {}
        """When each error was heard of last, by what it is and where."""

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

    def note(self, error: BaseException) -> str:
        """Write the report of an error that was caught; what is told of it is the caller's.

        Returns where it happened, without secrets, short enough to be pasted into a mail.
        """
        self._is_new(error)
        return self.details(error)

    def details(self, error: BaseException) -> str:
        """Where an error happened, without secrets, short enough to be pasted into a mail."""
        lines = traceback.format_exception_only(error)
        where = traceback.format_tb(error.__traceback__)[-6:]
        return self._redaction.clean("".join(where + lines))

    def _hear(self, error: BaseException) -> None:
        if self._is_new(error):
            self._tell(error)

    def _is_new(self, error: BaseException) -> bool:
        """Write the report unless there is one; whether it is another failure than a moment ago."""
        place = _place(error)
        now, last = self._seconds(), self._last.get(place)
        self._last[place] = now
        if last is None:
            self.write(error)
        return last is None or now - last >= GOES_ON

    def _on_error(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._hear(error)

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        # A thread that ends itself by SystemExit is no error, for Python neither.
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self._hear(args.exc_value)


def _place(error: BaseException) -> _Place:
    """What an error is and where it was raised: the same for one that comes again.

    By whatever way it was reached: a page is made in idle time, or because it was asked for.
    """
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return type(error), str(error), *((frame.filename, frame.lineno) for frame in frames)
