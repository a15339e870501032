"""From what SQLite and the system raise to what the app knows how to say."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tchat_desktop.services.ports import StoreError, StoreFull, StoreReadOnly

_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
# SQLITE_ERROR is also what a header gets that names a file format SQLite does not know.
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}


def _code(error: sqlite3.Error) -> int:
    """The primary result code; 0 when the error comes from Python's side of sqlite3."""
    # The low byte is the primary code; the rest tells where in SQLite it happened.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Whether a statement known to be right failed because the file is broken, or no database."""
    return _code(error) in _BROKEN


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn errors of SQLite and of the system into StoreError and its kinds."""
    try:
        yield
    except sqlite3.Error as error:
        code = _code(error)
        if code == sqlite3.SQLITE_FULL:
            raise StoreFull(str(error)) from error
        if code in _READ_ONLY:
            raise StoreReadOnly(str(error)) from error
        raise StoreError(str(error)) from error
    except OSError as error:
        if error.errno in _DISK_FULL:
            raise StoreFull(str(error)) from error
        if error.errno in _FORBIDDEN:
            raise StoreReadOnly(str(error)) from error
        raise StoreError(str(error)) from error
