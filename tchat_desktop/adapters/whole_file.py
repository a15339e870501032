"""Writes files completely or not at all: a full disk or a power cut leaves the former one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_SHORTEST = 9
"""The fewest characters of a temporary name: a dot, and 32 random bits in hexadecimal."""


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write a file, which replaces an existing one only once it is complete on disk.

    Text is written as UTF-8, its line ends as they are. Returns the path. Raises OSError; no
    temporary file is left then.
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
    """A random name no longer than `name`, because Windows limits paths to 259 characters."""
    return f".{os.urandom(16).hex()}"[: max(_SHORTEST, len(name))]


def _keep_name(folder: Path) -> None:
    """Write the folder entry to disk too, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
