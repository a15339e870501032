"""What appears above does not push away what one is about to click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.text import Text
from tests.ui.keyboard import type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SENTENCE = "Une phrase qui tient sur plusieurs lignes, et qui repousse tout ce qui la suit. " * 4


class Desk(Page):
    """A field that complains when it is left, and others below it."""

    step = StepId.PURPOSE

    def __init__(self) -> None:
        super().__init__("Essai", "Pourquoi.")
        self.line = QLineEdit()
        self.field = Field("Champ", self.line)
        self.line.editingFinished.connect(self._complain)
        self.others = [QLineEdit() for _number in range(12)]
        self.add(self.field, *self.others, *(Text(f"Ligne {number}") for number in range(40)))

    def _complain(self) -> None:
        self.field.say(SENTENCE, "stop")


def put_up(qtbot: QtBot, page: Page, width: int) -> None:
    qtbot.addWidget(page)
    page.resize(width, 400)
    with qtbot.waitActive(page):
        page.show()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    put_up(qtbot, desk, 700)
    QApplication.processEvents()
    return desk


def place(desk: Desk, number: int) -> int:
    return desk.others[number].mapTo(desk, QPoint(0, 0)).y()


def test_a_click_hits_what_it_was_meant_for(desk: Desk) -> None:
    desk.line.setFocus()
    type_text(desk.line, "x")
    before = place(desk, 2)
    at = desk.others[2].mapTo(desk, desk.others[2].rect().center())
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(desk.windowHandle(), Qt.MouseButton.LeftButton, none, at)
    QApplication.processEvents()
    assert desk.field.verdict == SENTENCE
    assert place(desk, 2) == before
    QTest.mouseRelease(desk.windowHandle(), Qt.MouseButton.LeftButton, none, at)
    assert desk.others[2].hasFocus()
    assert desk.childAt(at) is desk.others[2]


def test_what_goes_away_above_moves_nothing_either(desk: Desk) -> None:
    desk.field.say(SENTENCE, "stop")
    QApplication.processEvents()
    desk.others[9].setFocus()
    desk.ensureWidgetVisible(desk.others[11])
    before = place(desk, 9)
    desk.field.say("")
    QApplication.processEvents()
    assert place(desk, 9) == before


def test_scrolling_and_going_elsewhere_are_free(desk: Desk) -> None:
    desk.others[0].setFocus()
    desk.verticalScrollBar().setValue(10_000)
    QApplication.processEvents()
    end = desk.verticalScrollBar().value()
    desk.field.say(SENTENCE, "stop")
    QApplication.processEvents()
    assert desk.verticalScrollBar().value() == end, "what has the keyboard is out of sight"
    desk.bring_into_view(desk.line)
    assert desk.verticalScrollBar().value() < end


def lay_out() -> None:
    """Until columns inside a page have asked it for their room, and got it."""
    for _turn in range(6):
        QApplication.processEvents()


def point_at(page: Page, widget: QWidget) -> None:
    """Move the mouse there, from wherever an earlier test has left it."""
    for at in (QPoint(1, 1), widget.mapTo(page, widget.rect().center())):
        QTest.mouseMove(page.windowHandle(), at)


class TwoColumns(Page):
    """Two columns beside each other, each of which may grow."""

    step = StepId.PURPOSE

    def __init__(self) -> None:
        super().__init__("Essai", "Pourquoi.")
        self.grows = [Text("", "body"), Text("", "body")]
        self.lines = [[QLineEdit() for _number in range(30)] for _column in range(2)]
        beside = QWidget()
        columns = QHBoxLayout(beside)
        for grows, lines in zip(self.grows, self.lines, strict=True):
            column = QVBoxLayout()
            for widget in (grows, *lines):
                column.addWidget(widget)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.add(beside)


@pytest.mark.parametrize("grown", [0, 1])
@pytest.mark.parametrize("pointed", [0, 1])
def test_what_is_under_the_mouse_stands_still_in_its_column(
    qtbot: QtBot, pointed: int, grown: int
) -> None:
    page = TwoColumns()
    put_up(qtbot, page, 900)
    page.lines[1][6].setFocus()
    page.verticalScrollBar().setValue(120)
    lay_out()
    under = page.lines[pointed][8]
    point_at(page, under)
    before = under.mapTo(page, QPoint(0, 0)).y()
    page.grows[grown].setText(SENTENCE)
    lay_out()
    assert abs(under.mapTo(page, QPoint(0, 0)).y() - before) <= 2
    page.grows[grown].setText("")
    lay_out()
    assert abs(under.mapTo(page, QPoint(0, 0)).y() - before) <= 2


def test_after_a_key_the_field_written_in_stands_still(qtbot: QtBot) -> None:
    page = TwoColumns()
    put_up(qtbot, page, 900)
    written = page.lines[1][8]
    written.setFocus()
    page.verticalScrollBar().setValue(120)
    lay_out()
    other = page.lines[0][8]
    point_at(page, other)
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_A)
    assert written.text() == "a"
    before = written.mapTo(page, QPoint(0, 0)).y()
    page.grows[1].setText(SENTENCE)
    lay_out()
    assert abs(written.mapTo(page, QPoint(0, 0)).y() - before) <= 2
