"""Does to the copies of a database what was done to it, where something is to be gone for good."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tchat_desktop.adapters.sqlite import schema
from tchat_desktop.adapters.sqlite.backups import COMPANIONS, backups, folder
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.errors import is_damage, store_errors
from tchat_desktop.adapters.whole_file import replace
from tchat_desktop.services.ports import CopiesDone, StoreDamaged, StoreNewer

log = logging.getLogger(__name__)

_WORK = "at-work"
"""The folder beside the copies in which one is changed, before it takes the place of the former."""


def set_aside_files(database: Path) -> list[Path]:
    """The databases that were set aside, damaged or replaced, without their companions."""
    found = [
        path
        for why in ("damaged", "replaced")
        for path in database.parent.glob(f"{database.stem}.{why}-*{database.suffix}")
    ]
    return sorted(found)


def in_every_copy(database: Path, job: Callable[[Database], object]) -> CopiesDone:
    """Do `job` to each backup of a database, and to each that was set aside.

    Each is brought to the present version for that, and replaced only once it is done. A backup
    that cannot be read is deleted. Raises StoreError when the disk refuses; those done before stay
    done.
    """
    rewritten = removed = 0
    left = []
    with store_errors():
        for copy in [one.path for one in backups(database)]:
            if _rewritten(copy, database, job):
                rewritten += 1
            else:
                _remove(copy)
                removed += 1
        for copy in set_aside_files(database):
            if _rewritten(copy, database, job):
                rewritten += 1
            else:
                left.append(copy)
    return CopiesDone(rewritten, removed, tuple(left))


def _rewritten(copy: Path, database: Path, job: Callable[[Database], object]) -> bool:
    """Whether `job` was done to a copy; False for one that cannot be read."""
    work = folder(database) / _WORK
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700, parents=True)
    part = work / "copy.db"
    try:
        for companion in ("", *COMPANIONS):
            if (source := Path(f"{copy}{companion}")).exists():
                shutil.copyfile(source, f"{part}{companion}")
        _change(part, job)
        replace(part, copy)
        for companion in COMPANIONS:
            Path(f"{copy}{companion}").unlink(missing_ok=True)
    except (StoreDamaged, StoreNewer) as error:
        log.warning("%s cannot be read: %r", copy.name, error)
        return False
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        log.warning("%s cannot be read: %r", copy.name, error)
        return False
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return True


def _change(part: Path, job: Callable[[Database], object]) -> None:
    """Do `job` to a database that nobody else uses, and put all of it into one file."""
    part.chmod(0o600)
    with closing(sqlite3.connect(part, isolation_level=None)) as old:
        # Opening it would make a copy first.
        schema.migrate(old, schema.numbered())
    database = Database(part)
    try:
        job(database)
        database.erase_remains()
    finally:
        database.close()
    with closing(sqlite3.connect(part, isolation_level=None)) as whole:
        whole.execute("PRAGMA journal_mode = DELETE")


def _remove(copy: Path) -> None:
    for companion in (*COMPANIONS, ""):
        Path(f"{copy}{companion}").unlink(missing_ok=True)
