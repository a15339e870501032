"""A page of X that is pasted while a field has the keyboard: it never lands in the field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tchat_desktop.ui.pages.hour.board import HourBoard
from tchat_desktop.ui.pages.hour.columns_window import ColumnsWindow
from tchat_desktop.ui.pages.hour.field_pastes import FieldPastes
from tests.fakes import x_pages
from tests.fakes.x_pages import seen
from tests.ui.pages.fake_hours import full_chat
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.pages.hour.test_pasting import Make, copy, post

Field = QLineEdit | QPlainTextEdit


@pytest.fixture
def cockpit(make_cockpit: Make) -> Cockpit:
    made = make_cockpit(full_chat(Route.ASSISTED))
    made.start()
    return made


def composer(cockpit: Cockpit) -> Field:
    return cockpit.board.composer._edit


def link(cockpit: Cockpit) -> Field:
    hour = cockpit.hour
    question = next(row for row in hour.rows if row.number == 1)
    hour.becomes(question.slot, PostState.HANDED_OVER, changed_at=question.due_at)
    hour.say_rows()
    settle()
    return cockpit.board.now._link_field.editor


def search(cockpit: Cockpit) -> Field:
    cockpit.board.feed._tools.finder.click()
    return cockpit.board.feed.search


def by_link(cockpit: Cockpit) -> Field:
    cockpit.board.feed._tools.paste.click()
    return cockpit.board.feed.add._link


pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support raise", "This plugin does not support grabbing", extend=True
)

FIELDS = (composer, link, search, by_link)


def text_of(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def copy_page(count: int = 12) -> None:
    posts = [seen(post(number)) for number in range(count)]
    copy(x_pages.today(posts), x_pages.as_text(posts))


def press_keys(field: Field) -> None:
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def press_insert(field: Field) -> None:
    QTest.keyClick(field, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)


def drop(field: Field) -> None:
    inside = field.viewport() if isinstance(field, QPlainTextEdit) else field
    mime = QApplication.clipboard().mimeData()
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    # Qt delivers a drop only where something is being dragged.
    board = field.window().findChild(HourBoard)
    assert isinstance(board, HourBoard)
    watch = board.findChild(FieldPastes)
    assert isinstance(watch, FieldPastes)
    assert watch.eventFilter(inside, event)


def choose_in_menu(field: Field) -> None:
    inside = field.viewport() if isinstance(field, QPlainTextEdit) else field
    reason = QContextMenuEvent.Reason.Mouse
    place = field.rect().center()
    QApplication.sendEvent(inside, QContextMenuEvent(reason, place, field.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    paste = next(one for one in menu.actions() if one.objectName() == "edit-paste")
    paste.trigger()
    menu.close()


WAYS = (press_keys, press_insert, drop, choose_in_menu)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("field_of", FIELDS)
def test_a_page_goes_into_the_conversation(
    cockpit: Cockpit,
    qtbot: QtBot,
    field_of: Callable[[Cockpit], Field],
    way: Callable[[Field], None],
) -> None:
    field = field_of(cockpit)
    field.setFocus()
    settle()
    QTest.keyClicks(field, "abc")
    before = text_of(field)
    assert "abc" in before
    copy_page()
    way(field)
    qtbot.waitUntil(lambda: len(cockpit.board.feed.model) == 12)
    assert text_of(field) == before
    assert "12 nouveaux messages" in cockpit.board.feed.pasted.told


@pytest.mark.parametrize("field_of", FIELDS)
def test_words_and_a_single_link_go_into_the_field(
    cockpit: Cockpit, qtbot: QtBot, field_of: Callable[[Cockpit], Field]
) -> None:
    field = field_of(cockpit)
    field.setFocus()
    settle()
    copy("<p>Merci à @awa</p>", "Merci à @awa")
    press_keys(field)
    assert "Merci à @awa" in text_of(field)
    asked = [one for one in cockpit.hour.asked if one[0] == "take_in"]
    assert asked == []


def test_text_of_a_page_without_addresses_stays_out_too(cockpit: Cockpit, qtbot: QtBot) -> None:
    field = composer(cockpit)
    field.setFocus()
    before = text_of(field)
    copy("", x_pages.as_text([seen(post(number)) for number in range(12)]))
    press_keys(field)
    qtbot.waitUntil(lambda: "12 messages" in cockpit.board.feed.pasted.told)
    assert text_of(field) == before


def test_another_hour_on_the_page_is_watched_alone(make_cockpit: Make, qtbot: QtBot) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    cockpit.start()
    first = cockpit.hour
    cockpit.page._put_on(cockpit.hours.start_rehearsal())
    settle()
    field = search(cockpit)
    field.setFocus()
    copy_page()
    press_keys(field)
    qtbot.waitUntil(lambda: len(cockpit.board.feed.model) == 12)
    assert not [one for one in first.asked if one[0] == "take_in"]


def test_the_window_of_the_columns_takes_a_page(cockpit: Cockpit, qtbot: QtBot) -> None:
    window = ColumnsWindow()
    qtbot.addWidget(window)
    window.show_feed(cockpit.board.feed)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    copy_page()
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: cockpit.board.feed.model.counts()[FeedFilter.ALL] == 12)
