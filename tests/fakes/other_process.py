"""Another process that has the right to publish from a folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOLD = """
import sys
from pathlib import Path
from tchat_desktop.adapters.posting_lock import PostingLock
lock = PostingLock(Path(sys.argv[1]))
print(lock.take(), flush=True)
sys.stdin.read()
"""


@contextmanager
def holding(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The process, which has it until it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "True\n"
            yield other
        finally:
            other.kill()
