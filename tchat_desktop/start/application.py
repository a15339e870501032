"""Qt's application, which also hears of the files that the system asks it to open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from unicodedata import normalize

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Keeps the files that are to be opened until somebody opens them.

    On macOS a double click, and a file let go on the icon in the Dock, start no second process and
    stand on no command line: they come as a QFileOpenEvent, at the start before there is a window.
    `named` is the file of the command line, if any, of which macOS sends an event as well.
    """

    def __init__(self, arguments: Sequence[str], named: Path | None = None) -> None:
        super().__init__(list(arguments))
        self._named = _composed(named.absolute()) if named is not None else None
        self._waiting: list[Path] = []
        self._open: Callable[[str], object] | None = None

    def waiting_file(self) -> Path | None:
        """The first file that waits to be opened, which then waits no more; None for none."""
        return self._waiting.pop(0) if self._waiting else None

    def open_with(self, open_file: Callable[[str], object]) -> None:
        """From now on, and for all that wait, `open_file` is called with the path of the file."""
        self._open = open_file
        while (file := self.waiting_file()) is not None:
            open_file(str(file))

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        # An address, such as one of the web, is no file.
        if event.file():
            self._on_asked(Path(event.file()))
        return True

    def _on_asked(self, file: Path) -> None:
        if self._open is not None:
            self._open(str(file))
        elif _composed(file) != self._named:
            self._waiting.append(file)


def _composed(path: Path) -> str:
    """The path in composed letters: macOS may write an accent as a letter of its own."""
    return normalize("NFC", str(path))
