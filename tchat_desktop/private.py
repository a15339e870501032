"""What only its person may read: the data directory, and the memory of the running app.

Chats name people, and the app holds keys; a laptop may be shared, and a core file is sent around.
Windows and drives without permissions keep to what the folder is given by the system.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path

from tchat_desktop.paths import DATABASE

log = logging.getLogger(__name__)

FOLDER_MODE = 0o700
FILE_MODE = 0o600
_OURS = (f"{Path(DATABASE).stem}*", "logs", "crashes", "runs", "*.lock")
"""What the app makes in the data directory; whatever else lies there is left alone."""


def make_private(folder: Path) -> None:
    """Make the data directory, and let nobody else read what the app has in it.

    Raises nothing: a folder that cannot be made or changed is told of by whoever writes there.
    """
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        _tighten(folder, FOLDER_MODE)
        for path in _ours(folder):
            _tighten(path, FOLDER_MODE if path.is_dir() else FILE_MODE)
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


def _ours(folder: Path) -> Iterator[Path]:
    for pattern in _OURS:
        for path in folder.glob(pattern):
            if path.is_symlink():
                continue
            yield path
            if path.is_dir():
                yield from (one for one in path.rglob("*") if not one.is_symlink())


def _tighten(path: Path, mode: int) -> None:
    """Take away what others may do, where the system knows of that."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            present = path.stat().st_mode & 0o777
            if present & 0o077:
                path.chmod(present & mode)
