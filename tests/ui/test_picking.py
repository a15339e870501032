"""A line of a list can be picked by voice: the accessibility interface only selects it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def box(qtbot: QtBot) -> QuietComboBox:
    box = QuietComboBox()
    qtbot.addWidget(box)
    box.addItems(["15 min", "30 min", "60 min"])
    box.show()
    box.showPopup()
    return box


def test_a_line_that_a_voice_selects_is_taken(qtbot: QtBot, box: QuietComboBox) -> None:
    line = box.model().index(2, 0)
    with qtbot.waitSignal(box.activated) as taken:
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
        box.view().selectionModel().select(line, chosen)
    assert taken.args == [2]
    assert box.currentText() == "60 min"
    assert not box.view().isVisible()
    assert QAccessible.queryAccessibleInterface(box).text(QAccessible.Text.Name) == "60 min"


def test_arrows_through_the_list_take_nothing_until_enter(qtbot: QtBot, box: QuietComboBox) -> None:
    taken: list[int] = []
    box.activated.connect(taken.append)
    qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    QApplication.processEvents()
    assert taken == []
    assert box.view().isVisible()
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert taken == [1]
