"""The schema of the database: numbered SQL files that are run in order."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from tchat_desktop.domain.folding import fold

FOLDER = Path(__file__).with_name("migrations")
"""The folder of the migrations, which are packaged with the code."""


def numbered(folder: Path = FOLDER) -> list[tuple[int, Path]]:
    """Return the migrations by number. Raises ValueError when a number is missing or repeated."""
    found = sorted((int(path.name[:4]), path) for path in folder.glob("[0-9]*.sql"))
    if [number for number, _ in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"migrations are not numbered 1, 2, 3…: {found}")
    return found


def version(connection: sqlite3.Connection) -> int:
    """Return how many migrations the database has been through."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, migrations: list[tuple[int, Path]]) -> None:
    """Run the migrations that the database lacks, each in one transaction with its number.

    Raises sqlite3.Error; the migrations that ended before stay.
    """
    # A migration may write what a search compares with.
    connection.create_function("fold", 1, fold, deterministic=True)
    present = version(connection)
    for number, path in migrations[present:]:
        sql = path.read_text(encoding="utf-8")
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version = {number};\nCOMMIT;"
            )
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            # Another process may have run it while this one waited for its turn.
            if version(connection) < number:
                raise
