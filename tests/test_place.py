"""The data directory as the app uses it: pictures come and go with their chat."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain.chat import Chat
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.services.ports import StoreFull
from tchat_desktop.start.data_directory import Place, Shelf, move
from tests.adapters.samples import FULL, NOON, PNG, PNG_ID
from tests.fakes.outgoing import Reported

PLAIN = replace(FULL, run_edits=())


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path, SystemClock(), Reported())
    yield place
    place.close()


@pytest.fixture
def shelf(place: Place, tmp_path: Path) -> Shelf:
    return Shelf(lambda: place, lambda: None, tmp_path, "Africa/Dakar", SystemClock())


def keep(place: Place, chat: Chat) -> None:
    place.chats.save(chat, NOON)
    place.pictures.add(chat.id, PNG)


def has_picture(place: Place) -> bool:
    try:
        return place.pictures.content(FULL.id, PNG_ID) == PNG
    except KeyError:
        return False


def test_what_no_post_shows_is_forgotten_when_the_chat_is_opened(
    place: Place, shelf: Shelf
) -> None:
    keep(place, FULL)
    assert shelf.load(FULL.id) == FULL
    assert has_picture(place)
    place.chats.save(PLAIN, NOON)
    assert shelf.load(FULL.id) == PLAIN
    assert not has_picture(place)


def test_what_an_edit_not_yet_on_disk_shows_is_kept(
    place: Place, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(place, PLAIN)
    monkeypatch.setattr(place.autosave, "unsaved", lambda: (FULL,))
    shelf.load(FULL.id)
    assert has_picture(place)


def test_a_copy_takes_nothing_away_from_a_chat_that_is_open(
    place: Place, shelf: Shelf, tmp_path: Path
) -> None:
    keep(place, PLAIN)
    shelf.export_file(FULL.id, tmp_path / "chat.tchat")
    assert has_picture(place)


def test_what_the_disk_refuses_is_still_opened_and_copied_as_it_was_edited(
    place: Place, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(place, FULL)
    edited = replace(FULL, topic="Corrigé")

    def refuse(_chat: Chat, _at: object) -> None:
        raise StoreFull("full")

    monkeypatch.setattr(place.chats, "save", refuse)
    place.autosave.save(edited)
    assert not place.autosave.flush(5)
    assert shelf.load(FULL.id) == edited
    shelf.export_file(FULL.id, tmp_path / "chat.tchat")
    assert TchatFiles().read(tmp_path / "chat.tchat").chat == edited


def test_a_chat_moves_with_its_pictures(place: Place, tmp_path: Path) -> None:
    keep(place, FULL)
    elsewhere = Place(tmp_path / "elsewhere", SystemClock(), Reported())
    try:
        elsewhere.take_in(FULL, place)
        assert elsewhere.chats.load(FULL.id) == FULL
        assert has_picture(elsewhere)
    finally:
        elsewhere.close()


def test_a_new_place_too_small_for_all_of_it_is_not_moved_into(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chat on screen alone would fit: the others, and what is out, would be left behind."""
    keep(place, FULL)
    place.pictures.add(FULL.id, PNG + bytes(300_000))
    small = Database._connect

    def connect(database: Database) -> sqlite3.Connection:
        connection = small(database)
        if database.path.parent != tmp_path:
            connection.execute("PRAGMA max_page_count = 60")
        return connection

    monkeypatch.setattr(Database, "_connect", connect)
    with pytest.raises(StoreFull):
        move(place, tmp_path / "stick", SystemClock(), Reported(), [FULL])
    assert place.chats.load(FULL.id) == FULL
