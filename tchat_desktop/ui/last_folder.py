"""Where a file dialog opens: where the last file of its kind went or came from.

"Documents" at first ("Pictures" for pictures), and again when that folder is gone; never the folder
of the app itself, in which files are lost with the next version.
"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QApplication

from tchat_desktop.platform.paths import resource_dir

_PATIENCE = 0.3
"""Seconds a folder may take to say that it is there: somebody waits for the dialog."""


class FileKind(StrEnum):
    """What the files of a dialog are; each kind has a folder of its own."""

    CHAT = "chat"
    EXPORT = "export"
    PICTURE = "picture"
    LIST = "list"
    PAGE = "page"


class LastFolders(QObject):
    """The folder of each kind, for as long as the app runs; who wants them longer keeps `texts`."""

    changed = Signal()

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        self._folders: dict[FileKind, Path] = {}

    @property
    def texts(self) -> dict[str, str]:
        """The folders by kind, as they can be written down."""
        return {kind.value: str(folder) for kind, folder in self._folders.items()}

    def take_up(self, texts: dict[str, str]) -> None:
        """Go on with the folders of another time."""
        self._folders = {FileKind(kind): Path(text) for kind, text in texts.items() if text}

    def of(self, kind: FileKind) -> Path:
        """The folder to begin in."""
        kept = self._folders.get(kind)
        return kept if kept is not None and _may_begin_in(kept) else usual_folder(kind)

    def remember(self, kind: FileKind, file: Path) -> None:
        """Begin the next time in the folder of that file."""
        if self._folders.get(kind) != file.parent:
            self._folders[kind] = file.parent
            self.changed.emit()


def folders() -> LastFolders:
    """Those of the app; nobody else has any."""
    app = QApplication.instance()
    assert app is not None
    return app.findChild(LastFolders) or LastFolders(app)


def last_folder(kind: FileKind) -> Path:
    """The folder to begin in."""
    return folders().of(kind)


def remember_folder(kind: FileKind, file: Path) -> None:
    """Begin the next time in the folder of that file."""
    folders().remember(kind, file)


def usual_folder(kind: FileKind) -> Path:
    """Where people keep such files; their home when the system names no such folder."""
    places = QStandardPaths.StandardLocation
    place = places.PicturesLocation if kind is FileKind.PICTURE else places.DocumentsLocation
    usual = Path(QStandardPaths.writableLocation(place))
    return usual if usual.is_absolute() and _is_there(usual) else Path.home()


def _may_begin_in(folder: Path) -> bool:
    own = resource_dir("resources").parent
    program = Path(sys.executable).parent if getattr(sys, "frozen", False) else own
    inside = any(folder == one or one in folder.parents for one in (own, program))
    return not inside and _is_there(folder)


def _is_there(folder: Path) -> bool:
    """Whether a folder is there and says so at once.

    One on a network that is gone keeps the system busy for half a minute, and the dialog with it.
    """
    found = threading.Event()

    def look() -> None:
        # An OSError is a drive that was taken out, on Windows.
        with suppress(OSError):
            if folder.is_dir():
                found.set()

    looking = threading.Thread(target=look, name="folder", daemon=True)
    looking.start()
    looking.join(_PATIENCE)
    return found.is_set()
