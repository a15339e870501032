"""A list is one Tab stop: arrows between its items, Enter goes in, Escape comes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import take_away
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order, takes_keyboard
from tests.ui.pages.hour.conftest import settle
from tests.ui.survey import tabbed, walked

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Bench:
    """A button, a list of three items with two things each, and a button."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.before, self.after, self.box = Button("Avant"), Button("Après"), QWidget()
        layout = QVBoxLayout(self.window)
        for one in (self.before, self.box, self.after):
            layout.addWidget(one)
        self.items = [QWidget() for _turn in range(3)]
        inner = QVBoxLayout(self.box)
        for item in self.items:
            inner.addWidget(item)
            inside = QVBoxLayout(item)
            inside.addWidget(QLineEdit())
            inside.addWidget(Button("Effacer"))
        self.list = ItemList(self.box)
        self.list.show_items(self.items)
        put_in_reading_order(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            at = QApplication.focusWidget()
            assert at is not None
            QTest.keyClick(at, key)

    @property
    def at(self) -> QWidget | None:
        return QApplication.focusWidget()


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_a_list_is_one_tab_stop_and_all_in_it_is_reached(bench: Bench) -> None:
    assert tabbed(bench.window) == [bench.before, bench.items[0], bench.after]
    everything = [one for one in bench.window.findChildren(QWidget) if takes_keyboard(one)]
    assert set(walked(bench.window)) == set(everything)
    assert len(everything) == 2 + 3 * 3


def test_arrows_go_from_item_to_item_and_tab_comes_back_to_the_last_one(bench: Bench) -> None:
    bench.items[0].setFocus()
    bench.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert bench.at is bench.items[2], "there is no further"
    bench.press(Qt.Key.Key_Up, Qt.Key.Key_Tab)
    assert bench.at is bench.after
    bench.press(Qt.Key.Key_Backtab)
    assert bench.at is bench.items[1]
    bench.press(Qt.Key.Key_Home)
    assert bench.at is bench.items[0]
    bench.press(Qt.Key.Key_End)
    assert bench.at is bench.items[2]


def test_tab_in_an_item_goes_through_what_is_in_it_and_then_on(bench: Bench) -> None:
    item = bench.items[1]
    field, button = item.findChild(QLineEdit), item.findChild(Button)
    item.setFocus()
    bench.press(Qt.Key.Key_Return)
    assert bench.at is field
    bench.press(Qt.Key.Key_Tab)
    assert bench.at is button
    bench.press(Qt.Key.Key_Escape)
    assert bench.at is item
    bench.press(Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert bench.at is bench.after, "nobody is caught in a list"


def test_what_comes_into_an_item_later_is_no_tab_stop_either(bench: Bench) -> None:
    late = Button("Décider")
    layout = bench.items[2].layout()
    assert layout is not None
    layout.addWidget(late)
    for _turn in range(3):
        QApplication.processEvents()
    assert tabbed(bench.window) == [bench.before, bench.items[0], bench.after]
    assert late in walked(bench.window)


def test_when_the_item_with_the_keyboard_goes_its_place_takes_it(bench: Bench) -> None:
    bench.items[1].setFocus()
    gone = bench.items.pop(1)
    gone.hide()
    bench.list.show_items(bench.items)
    assert bench.list.current is bench.items[1]


def test_the_arrows_sideways_follow_the_direction_of_reading(bench: Bench) -> None:
    bench.items[0].setFocus()
    bench.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert bench.at is bench.items[1]
    bench.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    bench.press(Qt.Key.Key_Right)
    assert bench.at is bench.items[0]


def test_an_item_made_last_comes_where_the_eye_finds_it(qtbot: QtBot) -> None:
    area, page, box = QScrollArea(), QWidget(), QWidget()
    qtbot.addWidget(area)
    before, after = Button("Avant"), Button("Après")
    layout = QVBoxLayout(page)
    for one in (before, box, after):
        layout.addWidget(one)
    column = QVBoxLayout(box)
    made = ItemList(box)
    area.setWidget(page)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    late = QWidget()
    column.addWidget(late)
    made.show_items([late])
    QApplication.processEvents()
    assert [one for one in tabbed(area) if one is not area] == [before, late, after]


def test_an_item_just_added_can_be_stood_on_at_once(bench: Bench) -> None:
    late, inner = QWidget(), bench.box.layout()
    assert inner is not None
    inner.addWidget(late)
    bench.list.show_items([*bench.items, late])
    bench.list.stand_on(late)
    assert bench.at is late


def test_buttons_can_be_the_items_and_enter_presses_them(qtbot: QtBot) -> None:
    window, pressed = QWidget(), list[str]()
    qtbot.addWidget(window)
    box, after = QWidget(), Button("Après")
    items = [Button(name, clicked=lambda name=name: pressed.append(name)) for name in "abc"]
    for one, parts in ((box, items), (window, [box, after])):
        layout = QVBoxLayout(one)
        for part in parts:
            layout.addWidget(part)
    keyboard = ItemList(box)
    keyboard.show_items(items)
    put_in_reading_order(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    items[0].setFocus()
    for key, place in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Down, 2),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 2),
        (Qt.Key.Key_Up, 1),
    ):
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, key)
        assert QApplication.focusWidget() is items[place]
    assert tabbed(window) == [items[1], after]
    QTest.keyClick(items[1], Qt.Key.Key_Space)
    assert pressed == ["b"]


def test_items_made_last_are_reached_where_they_stand(bench: Bench) -> None:
    inner = bench.box.layout()
    assert inner is not None
    late = [QWidget() for _turn in range(2)]
    for item in late:
        layout = QVBoxLayout(item)
        layout.addWidget(QLineEdit())
    take_away(inner, *bench.items)
    for item in late:
        inner.addWidget(item)
    bench.list.show_items(late)
    settle()
    assert tabbed(bench.window) == [bench.before, late[0], bench.after]
    stops = [one for one in walked(bench.window) if bench.box.isAncestorOf(one)]
    fields = [item.findChild(QLineEdit) for item in late]
    assert stops == [late[0], fields[0], late[1], fields[1]]


def test_what_comes_into_an_item_is_no_tab_stop_before_it_is_entered(bench: Bench) -> None:
    inside = bench.items[1].layout()
    assert inside is not None
    late = Button("Tard")
    inside.addWidget(late)
    settle()
    assert tabbed(bench.window) == [bench.before, bench.items[0], bench.after]
    bench.list.stand_on(bench.items[1])
    bench.press(Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert bench.at is late
