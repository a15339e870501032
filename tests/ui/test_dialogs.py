"""Questions in dialogs show what others wrote as it is, never as markup."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.dialogs import confirms_end, confirms_end_of_rehearsal, confirms_saving

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
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


def test_the_end_of_a_rehearsal_is_asked_about_and_tells_what_is_left(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[str] = []

    def execute(box: QMessageBox) -> int:
        seen.append(box.informativeText())
        box.escapeButton().click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", execute)
    assert not confirms_end_of_rehearsal(parent, 3)
    assert not confirms_end_of_rehearsal(parent, 0)
    assert "3 messages" in seen[0]
    assert "recommencer" in seen[0]
    assert "0" not in seen[1]


@pytest.mark.parametrize("whole", [False, True], ids=["the card", "the window"])
@pytest.mark.usefixtures("qtbot")
def test_nothing_is_done_for_a_question_whose_place_has_gone_meanwhile(*, whole: bool) -> None:
    window = QWidget()
    card = QWidget(window)
    window.show()
    asked: list[bool] = []

    def gone() -> None:
        (window if whole else card).deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        box = QApplication.activeModalWidget()
        asked.append(isinstance(box, QMessageBox))
        if isinstance(box, QMessageBox):
            next(one for one in box.findChildren(QPushButton) if "Terminer" in one.text()).click()

    QTimer.singleShot(0, gone)
    assert not confirms_end(card)
    # The question does not go from under the hand.
    assert asked == [not whole]
    if not whole:
        window.deleteLater()
