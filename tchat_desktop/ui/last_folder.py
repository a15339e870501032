"""Where a file dialog opens: where the last file went or came from, in "Documents" at first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication

_KEPT = "lastFolder"


def last_folder() -> Path:
    """The folder to begin in; never the one the app was started from, which may be its own."""
    kept = QApplication.instance().property(_KEPT)
    if kept and Path(kept).is_dir():
        return Path(kept)
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(documents))


def remember_folder(file: Path) -> None:
    """Begin the next time in the folder of that file."""
    QApplication.instance().setProperty(_KEPT, str(file.parent))
