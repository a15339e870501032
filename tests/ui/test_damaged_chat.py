"""One damaged chat among others: told on the home screen, and brought back from the last copy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.domain.chat import Chat
from tests.ui.running import Person, running

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def damage(folder: Path, chat_id: str) -> None:
    with closing(sqlite3.connect(folder / "tchat.db")) as connection, connection:
        connection.execute("UPDATE chat SET document = '{' WHERE id = ?", (chat_id,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two chats, one of them with a copy of the day before its last edit."""
    with closing(Database(tmp_path / "tchat.db", lambda: NOW)) as database:
        chats = SqliteChats(database)
        chats.save(Chat("a", topic="Copié hier"), NOW)
        database.back_up_today()
        chats.save(replace(chats.load("a"), topic="Changé depuis"), NOW)
        chats.save(Chat("b", topic="Sans copie"), NOW)
        chats.save(Chat("c", topic="Intact"), NOW)
    return tmp_path


def home_notice(me: Person) -> str:
    home = me.window.home
    return home.notice.text if home is not None and home.notice.isVisible() else ""


def test_nothing_is_said_when_all_can_be_read(
    qapp: QApplication, qtbot: QtBot, folder: Path
) -> None:
    with running(qapp, folder) as app:
        me = Person(app, qtbot)
        me.wait(lambda: "Intact" in me.words())
        assert home_notice(me) == ""


def test_a_damaged_chat_comes_back_from_the_last_copy(
    qapp: QApplication, qtbot: QtBot, folder: Path
) -> None:
    damage(folder, "a")
    with running(qapp, folder) as app:
        me = Person(app, qtbot)
        me.wait(lambda: "1 tchat" in home_notice(me))
        me.wait(lambda: {"Intact", "Sans copie"} <= set(me.words()))
        me.press("Restaurer la dernière sauvegarde")
        me.wait(lambda: "Copié hier" in me.words())
        me.wait(lambda: home_notice(me) == "")


def test_one_without_a_copy_stays_as_it_is(qapp: QApplication, qtbot: QtBot, folder: Path) -> None:
    damage(folder, "b")
    with running(qapp, folder) as app:
        me = Person(app, qtbot)
        me.press("Restaurer la dernière sauvegarde")
        me.wait(me.notice)
        assert "sauvegarde" in me.notice()
        me.wait(lambda: "1 tchat" in home_notice(me))
    with closing(sqlite3.connect(folder / "tchat.db")) as connection:
        row = connection.execute("SELECT document FROM chat WHERE id = 'b'").fetchone()
    assert row[0] == "{"
