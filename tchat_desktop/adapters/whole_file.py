"""Files written whole or not at all: a full disk or a pulled plug leaves the one before."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_SHORTEST = 9
"""Characters of a passing name: a dot, and 32 bits by chance."""


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write the file, replacing one of that name only once the new one is complete.

    Text is written as UTF-8 as it is. Returns the path. Raises OSError, with nothing left behind.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    part = path.with_name(_passing_name(path.name))
    try:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _keep_name(path.parent)
    return path


def _passing_name(name: str) -> str:
    """A name nobody has, no longer than the one it is for: paths end at 259 signs on Windows."""
    return f".{os.urandom(16).hex()}"[: max(_SHORTEST, len(name))]


def _keep_name(folder: Path) -> None:
    """Have the new name itself on disk, where the system can do that for a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
