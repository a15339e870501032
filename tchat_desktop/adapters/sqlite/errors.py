"""Turns the errors of SQLite and of the system into those of services.ports."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tchat_desktop.services.ports import FileInUse, StoreError, StoreFull, StoreReadOnly

_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
# SQLite answers SQLITE_ERROR, too, when the header names an unknown file format.
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}


def _code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code; 0 for an error of Python's sqlite3 module itself."""
    # The low byte is the primary code; the rest tells where in SQLite it happened.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether a correct statement failed because the file is damaged, or no database."""
    return _code(error) in _BROKEN


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn sqlite3.Error and OSError into StoreFull, StoreReadOnly or StoreError."""
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
        if error.errno in _FORBIDDEN and not isinstance(error, FileInUse):
            raise StoreReadOnly(str(error)) from error
        raise StoreError(str(error)) from error
