"""From what SQLite and the system raise to what the app knows how to say."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tchat_desktop.services.ports import StoreError, StoreFull, StoreReadOnly

_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_NOT_A_DATABASE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}


def _code(error: sqlite3.Error) -> int:
    """The primary result code; 0 when the error comes from Python's side of sqlite3."""
    # The low byte is the primary code; the rest tells where in SQLite it happened.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file itself is broken, or no database at all."""
    return _code(error) in _NOT_A_DATABASE


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
