"""Which journal the database keeps, by the drive it lies on."""

from __future__ import annotations

import ntpath
import os
import sys
from collections.abc import Callable
from pathlib import Path

from tchat_desktop.platform.paths import sync_service

WAL = "wal"
PLAIN = "delete"
"""A journal beside the file, which is gone again after each change: all is in one file then."""
REMOTE = 4
"""DRIVE_REMOTE of Windows."""


def journal_for(folder: Path) -> tuple[str, str]:
    """The journal for a database in a folder, and why it is the plain one; "" for the usual one.

    The write-ahead log is memory that connections share, which a network drive does not do, and a
    second file, which a service that copies folders takes at another moment than the first
    (https://sqlite.org/wal.html). It may wait for the drive: never call it on the GUI thread.
    """
    if service := sync_service(folder):
        return PLAIN, service
    if sys.platform == "win32":
        import ctypes

        if is_on_network(os.path.abspath(folder), ctypes.windll.kernel32.GetDriveTypeW):
            return PLAIN, "a network drive"
    return WAL, ""


def is_on_network(path: str, drive_type: Callable[[str], int]) -> bool:
    """Whether an absolute path of Windows is on another computer.

    `drive_type` says of the root of a drive, such as "Z:\\", which kind it is to Windows.
    """
    plain = path.removeprefix("\\\\?\\")
    if plain.startswith(("\\\\", "UNC\\")):
        return True
    return drive_type(ntpath.splitdrive(plain)[0] + "\\") == REMOTE
