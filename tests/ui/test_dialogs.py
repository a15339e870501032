"""Questions in dialogs show what others wrote as it is, never as markup."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.dialogs import confirms_saving

MARKUP = '<img src="//example.org/x.png"><b>gras</b>'


def test_no_markup_and_the_safe_answer_by_escape(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[str] = []

    def execute(box: QMessageBox) -> int:
        for label in box.findChildren(QLabel):
            if label.text():
                assert label.textFormat() is Qt.TextFormat.PlainText
                seen.append(label.text())
        box.escapeButton().click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", execute)
    assert not confirms_saving(parent, MARKUP)
    assert MARKUP in seen
