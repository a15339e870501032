"""The data directory as the app uses it: pictures come and go with their chat."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain.chat import Chat
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.services.ports import StoreFull
from tchat_desktop.start.data_directory import DataDirectory, move
from tchat_desktop.start.data_in_use import DataInUse
from tests.adapters.samples import FULL, NOON, PNG, PNG_ID
from tests.fakes.outgoing import Reported

PLAIN = replace(FULL, run_edits=())


@pytest.fixture
def data(tmp_path: Path) -> Iterator[DataDirectory]:
    data = DataDirectory(tmp_path, SystemClock(), Reported())
    yield data
    data.close()


def keep(data: DataDirectory, chat: Chat) -> None:
    data.chats.save(chat, NOON)
    data.pictures.add(chat.id, PNG)


def has_picture(data: DataDirectory) -> bool:
    try:
        return data.pictures.content(FULL.id, PNG_ID) == PNG
    except KeyError:
        return False


def test_what_no_post_shows_is_forgotten_when_the_chat_is_opened(data: DataDirectory) -> None:
    keep(data, FULL)
    assert data.library.load(FULL.id) == FULL
    assert has_picture(data)
    data.chats.save(PLAIN, NOON)
    assert data.library.load(FULL.id) == PLAIN
    assert not has_picture(data)


def test_what_an_edit_not_yet_on_disk_shows_is_kept(
    data: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(data, PLAIN)
    monkeypatch.setattr(data.autosave, "unsaved", lambda: (FULL,))
    data.library.load(FULL.id)
    assert has_picture(data)


def test_a_copy_takes_nothing_away_from_a_chat_that_is_open(
    data: DataDirectory, tmp_path: Path
) -> None:
    keep(data, PLAIN)
    data.library.export_file(FULL.id, tmp_path / "chat.tchat")
    assert has_picture(data)


def test_what_the_disk_refuses_is_still_opened_and_copied_as_it_was_edited(
    data: DataDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(data, FULL)
    edited = replace(FULL, topic="Corrigé")

    def refuse(_chat: Chat, _at: object) -> None:
        raise StoreFull("full")

    monkeypatch.setattr(data.chats, "save", refuse)
    data.autosave.save(edited)
    assert not data.autosave.flush(5)
    assert data.library.load(FULL.id) == edited
    data.library.export_file(FULL.id, tmp_path / "chat.tchat")
    assert TchatFiles().read(tmp_path / "chat.tchat").chat == edited


def test_a_chat_moves_with_its_pictures(data: DataDirectory, tmp_path: Path) -> None:
    keep(data, FULL)
    elsewhere = DataDirectory(tmp_path / "elsewhere", SystemClock(), Reported())
    try:
        elsewhere.take_in(FULL, data)
        assert elsewhere.chats.load(FULL.id) == FULL
        assert has_picture(elsewhere)
    finally:
        elsewhere.close()


def test_a_new_place_too_small_for_all_of_it_is_not_moved_into(
    data: DataDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chat on screen alone would fit: the others, and what is out, would be left behind."""
    keep(data, FULL)
    data.pictures.add(FULL.id, PNG + bytes(300_000))
    small = Database._connect

    def connect(database: Database) -> sqlite3.Connection:
        connection = small(database)
        if database.path.parent != tmp_path:
            connection.execute("PRAGMA max_page_count = 60")
        return connection

    monkeypatch.setattr(Database, "_connect", connect)
    with pytest.raises(StoreFull):
        move(data, tmp_path / "stick", SystemClock(), Reported(), [FULL])
    assert data.chats.load(FULL.id) == FULL


def test_threads_that_ask_at_the_same_time_are_given_the_same_one(tmp_path: Path) -> None:
    """The window asks while the worker opens it: opened twice, one of the two loses its edits."""
    both = threading.Barrier(2)
    for round_ in range(5):
        in_use = DataInUse(tmp_path / str(round_), SystemClock(), Reported())
        given: list[DataDirectory] = []

        def ask(in_use: DataInUse = in_use, given: list[DataDirectory] = given) -> None:
            both.wait(20)
            given.append(in_use.open())

        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        try:
            assert len(given) == 2
            assert given[0] is given[1]
        finally:
            for data in {id(data): data for data in given}.values():
                data.close()
