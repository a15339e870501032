"""File dialogs begin where the person was last, and never in the app's own folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.platform.paths import resource
from tchat_desktop.ui import file_dialogs, last_folder
from tchat_desktop.ui.last_folder import FileKind

EXPORT = FileKind.EXPORT


@pytest.fixture(autouse=True)
def nothing_remembered(qapp: QApplication) -> Iterator[None]:
    # The tests before may have gone on with settings of their own.
    before = last_folder.folders().texts
    last_folder.folders().take_up({})
    yield
    last_folder.folders().take_up(before)


def test_it_begins_in_documents_and_goes_on_where_the_last_file_went(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    begun: list[str] = []

    def choose(_parent: QWidget, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        begun.append(folder)
        return str(tmp_path / "copie.tchat"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    place = QStandardPaths.StandardLocation.DocumentsLocation
    documents = Path(QStandardPaths.writableLocation(place))
    # Whoever has none begins at home.
    assert last_folder.last_folder(FileKind.CHAT) in (documents, Path.home())
    documents.mkdir(parents=True, exist_ok=True)
    for _time in range(2):
        file_dialogs.ask_where_to_copy(window)
    assert [Path(one) for one in begun] == [documents, tmp_path]


def test_a_folder_that_is_gone_is_not_begun_in(tmp_path: Path) -> None:
    last_folder.remember_folder(EXPORT, tmp_path / "clef" / "copie.csv")
    assert last_folder.last_folder(EXPORT) == last_folder.usual_folder(EXPORT)


def test_a_folder_of_a_network_that_is_gone_holds_up_no_dialog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = threading.Event()

    def is_dir(path: Path) -> bool:
        if path == tmp_path:
            answer.wait()
        return True

    monkeypatch.setattr(Path, "is_dir", is_dir)
    last_folder.remember_folder(EXPORT, tmp_path / "bilan.csv")
    try:
        # A thread that never answers is left behind, and keeps nothing.
        assert last_folder.last_folder(EXPORT) != tmp_path
        (left,) = (one for one in threading.enumerate() if one.name == "folder")
        assert left.daemon
    finally:
        answer.set()
    left.join()
    assert last_folder.last_folder(EXPORT) == tmp_path


def test_documents_of_a_network_that_is_gone_are_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = threading.Event()

    def is_dir(_path: Path) -> bool:
        return answer.wait()

    monkeypatch.setattr(Path, "is_dir", is_dir)
    try:
        assert last_folder.usual_folder(FileKind.PICTURE) == Path.home()
    finally:
        answer.set()


def test_a_drive_that_was_taken_out_is_not_begun_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_dir(path: Path) -> bool:
        if path == tmp_path:
            raise OSError(21, "The device is not ready")
        return True

    monkeypatch.setattr(Path, "is_dir", is_dir)
    last_folder.remember_folder(EXPORT, tmp_path / "bilan.csv")
    assert last_folder.last_folder(EXPORT) == last_folder.usual_folder(EXPORT)


def test_the_folder_of_the_app_is_not_begun_in() -> None:
    last_folder.remember_folder(EXPORT, resource("recap") / "bilan.csv")
    assert last_folder.last_folder(EXPORT) == last_folder.usual_folder(EXPORT)


def test_each_kind_has_its_folder_and_finds_it_again(tmp_path: Path) -> None:
    (tmp_path / "sauvegardes").mkdir()
    last_folder.remember_folder(EXPORT, tmp_path / "bilan.csv")
    last_folder.remember_folder(FileKind.CHAT, tmp_path / "sauvegardes" / "copie.tchat")
    kept = last_folder.folders().texts
    last_folder.folders().take_up({})
    last_folder.folders().take_up({**kept, "picture": ""})
    assert last_folder.last_folder(EXPORT) == tmp_path
    assert last_folder.last_folder(FileKind.CHAT) == tmp_path / "sauvegardes"


def test_nothing_is_answered_to_a_page_that_went_meanwhile(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page = QWidget(window)

    def choose(*_args: object) -> tuple[str, str]:
        shiboken6.delete(page)
        return str(tmp_path / "choisi.csv"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    assert file_dialogs.ask_where_to_save(page, "", "bilan", "csv", "") is None
    page = QWidget(window)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    assert file_dialogs.ask_for_picture(page, "", "") is None
    assert last_folder.folders().texts == {}


def test_no_page_opens_a_dialog_for_files_of_its_own() -> None:
    """The one door, where it is seen to that whoever asked is still there."""
    users = {
        path.name
        for path in Path(file_dialogs.__file__).parent.rglob("*.py")
        if "import QFileDialog" in path.read_text("utf-8")
    }
    assert users == {"file_dialogs.py"}
