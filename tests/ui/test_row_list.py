"""Rows that come and go are a list: one Tab stop, and the keyboard is never lost with a row."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.row_list import RowList
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tests.ui.survey import tabbed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Row(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.button = Button(f"Publier {name}")
        QVBoxLayout(self).addWidget(self.button)


class Bench:
    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.before, self.after, self.list = Button("Avant"), Button("Après"), RowList("À vérifier")
        layout = QVBoxLayout(self.window)
        for one in (self.before, self.list, self.after):
            layout.addWidget(one)
        self.rows = [Row(f"Q{number}") for number in range(4)]
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Bench:
    roles.install(qapp)
    return Bench(qtbot)


def test_rows_are_a_list_of_one_tab_stop(bench: Bench) -> None:
    assert bench.list.isHidden(), "nothing is no list"
    bench.list.show_rows(bench.rows)
    put_in_reading_order(bench.window)
    assert tabbed(bench.window) == [bench.before, bench.rows[0], bench.after]
    box = QAccessible.queryAccessibleInterface(bench.list)
    assert (box.role(), box.text(QAccessible.Text.Name)) == (QAccessible.Role.List, "À vérifier")
    second = box.child(1)
    assert second is not None
    assert second.role() == QAccessible.Role.ListItem
    assert second.text(QAccessible.Text.Description) == "2 sur 4"


@pytest.mark.parametrize(
    ("at", "left", "expected"), [(1, (0, 2, 3), 2), (3, (0, 1), 1), (0, (1, 2), 1), (2, (2, 3), 2)]
)
def test_the_keyboard_goes_to_the_row_beside_one_that_goes(
    bench: Bench, at: int, left: tuple[int, ...], expected: int
) -> None:
    bench.list.show_rows(bench.rows)
    bench.rows[at].button.setFocus()
    bench.list.show_rows([bench.rows[one] for one in left])
    row = bench.rows[expected]
    focus = QApplication.focusWidget()
    assert focus is (row.button if at == expected else row)


def test_a_row_that_replaces_another_takes_the_keyboard_over(bench: Bench) -> None:
    bench.list.show_rows(bench.rows)
    bench.rows[1].button.setFocus()
    new = Row("Q1, encore")
    rows = [bench.rows[0], new, *bench.rows[2:]]
    bench.list.show_rows(rows)
    assert QApplication.focusWidget() is new, "on it, and on none of its buttons"
    other = Row("Q1, une dernière fois")
    rows[1] = other
    new.button.setFocus()
    bench.list.show_rows(rows, other.button.setFocus)
    assert QApplication.focusWidget() is other.button
    assert bench.list.rows == tuple(rows)


def test_the_last_row_gone_leaves_no_empty_list(bench: Bench) -> None:
    bench.list.show_rows(bench.rows)
    bench.list.show_rows([])
    assert bench.list.isHidden()
    assert tabbed(bench.window) == [bench.before, bench.after]
