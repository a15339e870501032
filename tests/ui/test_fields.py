"""Text that arrives in any form, in real fields: typed, pasted, too long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.caps import Cap
from tchat_desktop.ui.widgets.hour_edit import HourEdit
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_edit import GrowingEdit, PostEdit
from tchat_desktop.ui.widgets.proposed_line import ProposedLineEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietSpinBox
from tchat_desktop.wording.i18n import _, format_number
from tests.ui.keyboard import type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[LineEdit]:
    line = LineEdit(Cap.NAME)
    qtbot.addWidget(line)
    line.show()
    yield line
    QToolTip.hideText()


@pytest.fixture
def text(qtbot: QtBot) -> Iterator[PostEdit]:
    text = PostEdit()
    qtbot.addWidget(text)
    text.show()
    yield text
    QToolTip.hideText()


def paste(field: QLineEdit | QPlainTextEdit, text: str, html: str = "") -> None:
    mime = QMimeData()
    if text:
        mime.setText(text)
    if html:
        mime.setHtml(html)
    QGuiApplication.clipboard().setMimeData(mime)
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def full(cap: Cap) -> str:
    words = _("This field takes {count} characters at most: the rest was left out.")
    return words.format(count=format_number(cap))


def test_a_number_typed_after_a_click_takes_the_place_of_the_one_proposed(qtbot: QtBot) -> None:
    both = QWidget()
    qtbot.addWidget(both)
    minutes = QuietSpinBox(1, 60, " min")
    layout = QVBoxLayout(both)
    layout.addWidget(QLineEdit())
    layout.addWidget(minutes)
    minutes.setValue(5)
    with qtbot.waitActive(both):
        both.show()
    qtbot.mouseClick(minutes.lineEdit(), Qt.MouseButton.LeftButton)
    type_text(minutes.lineEdit(), "12")
    assert minutes.value() == 12


def test_a_name_typed_after_a_click_takes_the_place_of_the_one_proposed(qtbot: QtBot) -> None:
    both = QWidget()
    qtbot.addWidget(both)
    name = ProposedLineEdit(Cap.LINE)
    layout = QVBoxLayout(both)
    layout.addWidget(QLineEdit())
    layout.addWidget(name)
    name.setText("@voixfilles_ex")
    with qtbot.waitActive(both):
        both.show()
    qtbot.mouseClick(name, Qt.MouseButton.LeftButton)
    type_text(name, "@autre_ex")
    assert name.text() == "@autre_ex"
    paste(name, "\r\n@sgdf")
    assert "\n" not in name.text(), "it is a field like another"


@pytest.mark.parametrize("kind", ["hour", "minutes"])
def test_the_words_of_a_box_stand_in_the_middle_of_it(qtbot: QtBot, kind: str) -> None:
    box = HourEdit() if kind == "hour" else QuietSpinBox(1, 60, " min")
    qtbot.addWidget(box)
    with qtbot.waitExposed(box):
        box.show()
    line = box.lineEdit()
    assert box.rect().contains(line.geometry())
    assert abs(line.geometry().center().y() - box.rect().center().y()) <= 1


def test_a_title_in_two_lines_becomes_one_and_it_is_said(line: LineEdit) -> None:
    paste(line, "Mariage\u00ad précoce\r\nagir à Dakar\u200b")
    assert line.text() == "Mariage précoce agir à Dakar"
    assert QToolTip.text() == _("This field has one line: the line break has become a space.")


def test_what_nobody_sees_goes_without_a_word(line: LineEdit) -> None:
    line.setText("avant  après")
    line.setCursorPosition(6)
    paste(line, "\u2068e\u0301\u2069")
    assert line.text() == "avant é après"
    assert line.cursorPosition() == 7
    assert not QToolTip.isVisible()


def test_a_blank_may_be_typed_at_the_end(line: LineEdit) -> None:
    type_text(line, "Awa ")
    assert line.text() == "Awa "


def test_persian_is_typed_letter_by_letter(line: LineEdit) -> None:
    type_text(line, "می\u200cخواهم")
    assert line.text() == "می\u200cخواهم"


def test_a_full_line_says_so(line: LineEdit) -> None:
    paste(line, "a" * 300_000)
    assert len(line.text()) == Cap.NAME
    assert QToolTip.text() == full(Cap.NAME)


def test_a_longer_line_of_a_file_is_shown_whole(line: LineEdit) -> None:
    line.setText("é" * 500)
    type_text(line, "x")
    assert line.text() == "é" * 500


def test_a_long_line_that_is_there_already_shows_its_beginning(line: LineEdit) -> None:
    line.clearFocus()
    line.setText("Parents, enseignantes et enseignants, associations de quartier de Dakar")
    assert line.cursorPosition() == 0


def test_word_and_rich_text_come_in_as_plain_text(text: PostEdit) -> None:
    paste(text, "un\vdeux\u00ad\r\ntrois")
    assert text.toPlainText() == "un\ndeux\ntrois"
    text.clear()
    paste(text, "", "<p>Un <b>mot</b></p><p>deux &amp; trois</p>")
    assert text.toPlainText() == "Un mot\ndeux & trois"


def test_a_full_text_says_so(text: PostEdit) -> None:
    paste(text, "mot " * 100_000)
    assert len(text.toPlainText()) == Cap.POST
    assert QToolTip.text() == full(Cap.POST)
    QToolTip.hideText()
    type_text(text, "x")
    assert len(text.toPlainText()) == Cap.POST
    text.selectAll()
    type_text(text, "x")
    assert text.toPlainText() == "x"


def test_a_longer_text_of_a_file_is_shown_whole_and_can_be_cut(qtbot: QtBot) -> None:
    text = GrowingEdit("é" * (Cap.TEXT + 5))
    qtbot.addWidget(text)
    text.show()
    QTest.keyClick(text, Qt.Key.Key_Delete)
    assert len(text.toPlainText()) == Cap.TEXT + 4
    paste(text, "x")
    assert len(text.toPlainText()) == Cap.TEXT + 4
    QToolTip.hideText()
