"""One process at a time publishes from a data directory: two would send a post twice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class PostingLock:
    """Held from `take` to `release`; the system lets go of it when the process dies."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "posting.lock"
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Whether it is ours now; False when another process has it. Raises OSError."""
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
        except (BlockingIOError, PermissionError):
            file.close()
            return False
        except BaseException:
            file.close()
            raise
        self._file = file
        return True

    def release(self) -> None:
        """Let another process publish. The file stays: deleting it would let two have it."""
        if self._file is not None:
            self._file.close()
            self._file = None


if TYPE_CHECKING:
    from tchat_desktop.services.ports import PostingRight

    def _is_a_posting_right(lock: PostingLock) -> PostingRight:
        return lock
