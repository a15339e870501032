"""Questions in dialogs show what others wrote as it is, never as markup."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.dialogs import confirms_end, confirms_end_of_rehearsal, confirms_saving

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MARKUP = '<img src="//example.org/x.png"><b>gras</b>'


@pytest.fixture
def answered_by_escape(monkeypatch: pytest.MonkeyPatch) -> list[QMessageBox]:
    """The boxes that were shown; each is answered with the key Escape at once."""
    shown: list[QMessageBox] = []

    def execute(box: QMessageBox) -> int:
        shown.append(box)
        box.escapeButton().click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", execute)
    return shown


def test_no_markup_and_the_safe_answer_by_escape(
    qtbot: QtBot, answered_by_escape: list[QMessageBox]
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert not confirms_saving(parent, MARKUP)
    labels = [one for one in answered_by_escape[0].findChildren(QLabel) if one.text()]
    assert {one.textFormat() for one in labels} == {Qt.TextFormat.PlainText}
    assert MARKUP in [one.text() for one in labels]


def test_the_end_of_a_rehearsal_is_asked_about_and_tells_what_is_left(
    qtbot: QtBot, answered_by_escape: list[QMessageBox]
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert not confirms_end_of_rehearsal(parent, 3)
    assert not confirms_end_of_rehearsal(parent, 0)
    with_some, with_none = (box.informativeText() for box in answered_by_escape)
    assert "3 messages" in with_some
    assert "recommencer" in with_some
    assert "0" not in with_none


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
