"""Whether somebody is typing, whatever the field and the window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.typed_lately import QUIET, TypedLately
from tchat_desktop.ui.widgets.post_edit import GrowingEdit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_letter_counts_for_a_few_seconds_in_every_kind_of_field(
    qtbot: QtBot, qapp: QApplication
) -> None:
    now = [100.0]
    typed = TypedLately(qapp, lambda: now[0])
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    fields = [QLineEdit(), GrowingEdit()]
    for field in fields:
        layout.addWidget(field)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    for field in fields:
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        assert typed.seconds_left() == 0
        qtbot.keyClicks(field, "a")
        assert typed.seconds_left() == QUIET
        now[0] += QUIET
    # What is shown in a field nobody is in is not typing.
    fields[0].setText("b")
    assert typed.seconds_left() == 0
    fields[1].textChanged.emit()
    assert typed.seconds_left() == 0
    fields[1].deleteLater()
