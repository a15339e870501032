"""Whether somebody is typing, whatever the field and the window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.typed_lately import COPIED, QUIET, TypedLately, text_in_hand
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox, QuietSpinBox

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_what_was_copied_is_about_to_be_pasted(qtbot: QtBot, qapp: QApplication) -> None:
    now = [100.0]
    typed = TypedLately(qapp, lambda: now[0])
    qapp.clipboard().setText("https://x.com/a/status/1")
    qtbot.waitUntil(lambda: typed.seconds_left() > 0)
    assert typed.seconds_left() == COPIED
    now[0] += COPIED
    assert typed.seconds_left() == 0


def test_a_letter_counts_for_a_few_seconds_in_every_kind_of_field(
    qtbot: QtBot, qapp: QApplication
) -> None:
    now = [100.0]
    typed = TypedLately(qapp, lambda: now[0])
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    line, post, choice = QLineEdit(), GrowingEdit(), QuietComboBox()
    choice.setEditable(True)
    fields = [line, post, QuietSpinBox(1, 60), choice]
    for field in fields:
        layout.addWidget(field)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    for field in fields:
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        assert typed.seconds_left() == 0
        qtbot.keyClicks(field, "7")
        assert typed.seconds_left() == QUIET
        assert text_in_hand()
        now[0] += QUIET
    # What is shown in a field nobody is in is not typing.
    line.setText("b")
    assert typed.seconds_left() == 0
    post.textChanged.emit()
    assert typed.seconds_left() == 0
    post.deleteLater()
