"""A lock by which only one process at a time publishes from a data directory.

Two processes would publish the same post twice.
"""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK, 0)
"""What is said where another process has the lock: by Windows EACCES, and 0 by Wine."""


class PostingLock:
    """The lock of a data directory; the system releases it when the process dies.

    Its methods wait for the disk: never call them on the GUI thread.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "posting.lock"
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Take the lock; False when another process has it. Raises OSError."""
        if self._file is not None:
            return True
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._path.open("ab")
        try:
            if sys.platform == "win32":
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            if error.errno in _HELD:
                return False
            raise
        self._file = file
        return True

    def release(self) -> None:
        """Release the lock. Its file stays, as deleting it could give the lock to two processes."""
        if self._file is not None:
            self._file.close()
            self._file = None


if TYPE_CHECKING:
    from tchat_desktop.services.ports import PostingRight

    def _is_a_posting_right(lock: PostingLock) -> PostingRight:
        return lock
