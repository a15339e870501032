"""The window with the columns in the app: opened from the menu of the page, it goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.events import PostsArrived
from tchat_desktop.ui.pages.hour.columns_window import ColumnsWindow
from tests.ui.pages.fake_hours import participant
from tests.ui.running import Person, running

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
OFFER = "Ouvrir en colonnes"


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    with running(qapp, tmp_path) as app:
        me = Person(app, qtbot)
        me.open_example()
        editor = me.session.editor
        starts_at = datetime.now(UTC) - timedelta(minutes=17)
        editor.edit(replace(editor.chat, route=Route.ASSISTED, starts_at=starts_at))
        me.workspace.open_step(StepId.HOUR)
        yield me


def opened(me: Person) -> ColumnsWindow:
    """Begin the hour, hear somebody ask something, and open the window."""
    me.session.start_live()
    me.hour_page().show_occasion(Occasion.LIVE)
    me.wait(lambda: me.hour_page().board is not None)
    asked = participant(1, "Comment faire pour l’aider ?", datetime.now(UTC), "pere_ex", "Un père")
    me.app.bridge.posts_arrived.emit(
        PostsArrived(me.session.editor.chat.id, Occasion.LIVE, (asked,))
    )
    {one.words: one.act for one in me.window.bar.offers()}[OFFER]()
    window = me.app.columns().window
    assert window is not None
    me.wait(lambda: list(window.columns[0].shown) == ["1001"])
    return window


def test_it_is_offered_once_the_hour_is_open(me: Person) -> None:
    assert OFFER not in {one.words for one in me.window.bar.offers()}
    assert opened(me).isVisible()
    assert "F9" in dict(me.hour_page().keys)


def test_a_click_leads_to_the_post_from_another_step(me: Person) -> None:
    window = opened(me)
    me.workspace.open_step(StepId.QUESTIONS)
    QTest.mouseClick(window.columns[0].cards["1001"], Qt.MouseButton.LeftButton)
    assert me.workspace.step is StepId.HOUR
    board = me.hour_page().board
    assert board is not None
    card = board.feed._cards["1001"]
    me.wait(lambda: not card.visibleRegion().isEmpty())
    me.wait(lambda: me.window.focusWidget() is card)


def test_it_outlives_a_change_of_language_but_not_the_chat(me: Person) -> None:
    window = opened(me)
    me.app._on_language_chosen("en")
    assert me.app.columns().window is window
    me.wait(lambda: window.columns[0].title.text().startswith("Questions of the public"))
    me.window.go_home()
    me.wait(lambda: me.app.columns().window is None)


def test_its_place_is_in_the_settings(me: Person) -> None:
    opened(me).close()
    assert me.app.settings.now.columns_window
