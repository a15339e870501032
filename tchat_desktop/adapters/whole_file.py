"""Writes files completely or not at all: a full disk or a power cut leaves the former one."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

_SHORTEST = 9
"""The fewest characters of a temporary name: a dot, and 32 random bits in hexadecimal."""
TRIED_AGAIN_AFTER = (0.05, 0.1, 0.2, 0.4)
"""Seconds between tries to replace a file that is open elsewhere: an antivirus looks at it."""
LONGEST_PLAIN = 247
"""The longest path Windows takes for a folder as it is; of files it takes 259 characters."""
_IN_USE = (5, 32, 33)
"""Errors of Windows: access denied, sharing violation, lock violation."""


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write a file, which replaces an existing one only once it is complete on disk.

    Text is written as UTF-8, its line ends as they are. Returns the path. Raises FileInUse,
    OSError; no temporary file is left then. It may wait for a second: never call it on the GUI
    thread.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    target = Path(unlimited(os.path.abspath(path))) if sys.platform == "win32" else path
    part = target.with_name(_passing_name(target.name))
    try:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _keep_name(target.parent)
    return path


def unlimited(path: str) -> str:
    """An absolute path of Windows in the form that may have more than 259 characters."""
    if len(path) <= LONGEST_PLAIN or path.startswith("\\\\?\\"):
        return path
    if path.startswith("\\\\"):
        return f"\\\\?\\UNC{path[1:]}"
    return f"\\\\?\\{path}"


def replace(source: Path, target: Path) -> None:
    """Give a file another name, in place of the file that has it. Raises FileInUse, OSError.

    Windows refuses while a program has one of the two open: that is tried again for a second.
    """
    for pause in TRIED_AGAIN_AFTER:
        try:
            source.replace(target)
            return
        except PermissionError as error:
            if not _is_in_use(error, target):
                raise
        time.sleep(pause)
    try:
        source.replace(target)
    except PermissionError as error:
        if not _is_in_use(error, target):
            raise
        # Not above: settings are read for the first paint, and the ports know the whole domain.
        from tchat_desktop.services.ports import FileInUse

        raise FileInUse(*error.args) from error


def _is_in_use(error: PermissionError, target: Path) -> bool:
    """Whether a program has the file open, as far as Windows tells; elsewhere none is in the way.

    A folder, and a file that is read-only, are refused with the same words.
    """
    if getattr(error, "winerror", None) not in _IN_USE:
        return False
    return not target.exists() or (target.is_file() and os.access(target, os.W_OK))


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
