"""What only its person may read: the data directory, and the memory of the running app.

Chats name people, and the app holds keys; a laptop may be shared, and a core file is sent around.
Windows and drives without permissions keep to what the folder is given by the system.
"""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path

from tchat_desktop.platform.paths import DATABASE

log = logging.getLogger(__name__)

FOLDER_MODE = 0o700
FILE_MODE = 0o600
_STEM = Path(DATABASE).stem
_FOLDERS = ("logs", "crashes", "runs", f"{_STEM}-backups")
_FILES = (
    f"{DATABASE}*",
    f"{_STEM}.damaged-*",
    f"{_STEM}.replaced-*",
    f"{_STEM}-backups/*.sqlite3*",
    "logs/tchat.log*",
    "crashes/crash-*.txt",
    "runs/*.json",
    "posting.lock",
    "running.lock",
)
"""What the app makes in the data directory; whatever else lies there is left alone."""


def make_private(folder: Path) -> None:
    """Make the data directory, and let nobody else read what the app has in it.

    A folder that holds anything else as well, which may be shared, is left as it is.

    Raises nothing: a folder that cannot be made or changed is told of by whoever writes there.
    """
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        ours = _ours(folder)
        for path in sorted(ours, reverse=True):
            if not path.is_dir():
                _tighten(path, FILE_MODE)
            elif ours.issuperset(path.iterdir()):
                _tighten(path, FOLDER_MODE)
    except OSError as error:
        log.warning("not made private: %s", error)


def private_file(path: str, flags: int) -> int:
    """Open a file that only its person may read: an `opener` for `open`."""
    return os.open(path, flags, FILE_MODE)


def keep_no_core_files() -> None:
    """Have the system write no core file of this process, whatever kills it."""
    try:
        import resource
    except ImportError:
        # Windows has none.
        return
    with contextlib.suppress(OSError, ValueError):
        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def _ours(folder: Path) -> set[Path]:
    """The data directory and what the app has made in it."""
    found = [one for pattern in (*_FOLDERS, *_FILES) for one in folder.glob(pattern)]
    return {folder, *(one for one in found if not one.is_symlink())}


def _tighten(path: Path, mode: int) -> None:
    """Take away what others may do, where the system knows of that."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            present = path.stat().st_mode & 0o777
            if present & 0o077:
                path.chmod(present & mode)
