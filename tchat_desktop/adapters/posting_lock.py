"""A lock by which only one process at a time publishes from a data directory.

Two processes would publish the same post twice.
"""

from __future__ import annotations

import errno
import sys
import threading
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


class SharedPostingLock:
    """The lock of a data directory, which several parts of this process may hold at once.

    Its methods may be called from any thread.
    """

    def __init__(self, folder: Path) -> None:
        self._lock = PostingLock(folder)
        self._holders: set[int] = set()
        self._guard = threading.Lock()

    def share(self) -> PostingShare:
        """A right of its own, not taken yet."""
        return PostingShare(self)

    def take_for(self, holder: PostingShare) -> bool:
        """Take the lock unless this process has it; False when another one has. Raises OSError."""
        with self._guard:
            if not self._holders and not self._lock.take():
                return False
            self._holders.add(id(holder))
            return True

    def release_for(self, holder: PostingShare) -> None:
        """Release the lock once nobody here holds it any more."""
        with self._guard:
            self._holders.discard(id(holder))
            if not self._holders:
                self._lock.release()


class PostingShare:
    """One part's right to publish. Its methods wait for the disk, like those of the lock."""

    def __init__(self, shared: SharedPostingLock) -> None:
        self._shared = shared

    def take(self) -> bool:
        """Take the right; False when another process has it. Raises OSError."""
        return self._shared.take_for(self)

    def release(self) -> None:
        """Give the right back; what others here hold stays."""
        self._shared.release_for(self)


if TYPE_CHECKING:
    from tchat_desktop.services.ports import PostingRight

    def _is_a_posting_right(lock: PostingLock) -> PostingRight:
        return lock

    def _is_a_right_too(share: PostingShare) -> PostingRight:
        return share
