"""A start on data that a window has open already: the file goes there, or the person is told."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QLockFile, QThread
from PySide6.QtWidgets import QMessageBox

from tchat_desktop.ui.dialogs import keep_plain
from tchat_desktop.wording.i18n import _

_PATIENCE = 10.0
"""Seconds a busy window is waited for before the person is asked."""
PAUSE_MS = 100


def take_lock(folder: Path) -> QLockFile | None:
    """What only one start at a time holds; None when another has it.

    A folder that cannot be written has no lock: the window opens and says so.
    """
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = QLockFile(str(folder / "running.lock"))
    lock.setStaleLockTime(0)
    taken = lock.tryLock(0)
    return lock if taken or lock.error() != QLockFile.LockError.LockFailedError else None


def begin(
    folder: Path, file: Path | None, ask: Callable[[Path | None], bool], patience: float = _PATIENCE
) -> tuple[QLockFile | None, int]:
    """The lock, for the window that is to open here; or None and an exit code.

    Where a window is open on this data, it is given the file: 0 once it has taken it. While it does
    not answer `ask` tells the person, and whether to try again; 1 when not. Where the window has
    gone meanwhile, this start takes its place.
    """
    lock = take_lock(folder)
    if lock is not None:
        return lock, 0
    # Slow to import, and most starts are the first.
    from tchat_desktop.start.single_instance import hand_over, new_word

    word = new_word()
    until = monotonic() + patience
    while True:
        if hand_over(folder, file, word, max(0.0, until - monotonic())):
            return None, 0
        lock = take_lock(folder)
        if lock is not None:
            return lock, 0
        if monotonic() < until:
            QThread.msleep(PAUSE_MS)
        elif ask(file):
            until = monotonic() + patience
        else:
            return None, 1


def ask_again(file: Path | None) -> bool:
    """Say that the open window does not answer; whether to try again."""
    happened = _("Tchat is open already, but does not answer.")
    if file is None:
        safe = _("Nothing was changed. Look for its window, or close it, and try again.")
    else:
        safe = _(
            "“{file}” was not opened, and nothing was changed. Look for its window, or close it, "
            "and try again."
        ).format(file=file.name)
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        sys.stderr.write(f"{happened} {safe}\n")
        return False
    box = QMessageBox(QMessageBox.Icon.Warning, "Tchat", happened)
    box.setInformativeText(safe)
    keep_plain(box)
    again = box.addButton(_("Try again"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(_("Close"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(again)
    box.exec()
    return box.clickedButton() is again
