"""Handles a second start on the same data: the file goes to the open window.

If that window does not answer, the person is told.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QLockFile

_PATIENCE = 10.0
"""Seconds to wait for a busy window before the person is asked."""
PAUSE_MS = 100


def take_lock(folder: Path) -> QLockFile | None:
    """The lock that one window at a time holds on a data directory; None when another has it.

    If the folder cannot be written to, a lock that is not held is returned: the window opens, and
    says so.
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
    """The lock for a window that is to open in this process, or None and the exit code of it.

    If a window is open on this data already, it is given the file; the exit code is 0. If it does
    not answer for `patience` seconds, `ask` tells the person and returns whether to try again; if
    not, the exit code is 1. If that window has closed meanwhile, this process gets the lock.
    """
    lock = take_lock(folder)
    if lock is not None:
        return lock, 0
    # Imported here because it is slow, and most starts are the first one.
    from PySide6.QtCore import QThread

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
    """Tell the person that the open window does not answer; returns whether to try again."""
    # Seldom asked, and the first paint waits for none of these.
    from PySide6.QtWidgets import QMessageBox

    from tchat_desktop.ui.dialogs import keep_plain
    from tchat_desktop.wording.i18n import _

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
