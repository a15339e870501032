"""File dialogs begin where the person was last, and never in the app's own folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.ui import dialogs, last_folder


@pytest.fixture(autouse=True)
def nothing_remembered(qapp: QApplication) -> Iterator[None]:
    before = qapp.property(last_folder._KEPT)
    qapp.setProperty(last_folder._KEPT, None)
    yield
    qapp.setProperty(last_folder._KEPT, before)


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
    for _time in range(2):
        dialogs.ask_where_to_save(window)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    assert [Path(one) for one in begun] == [Path(documents), tmp_path]


def test_a_folder_that_is_gone_is_not_begun_in(qapp: QApplication, tmp_path: Path) -> None:
    last_folder.remember_folder(tmp_path / "clef" / "copie.tchat")
    assert last_folder.last_folder() != tmp_path / "clef"
