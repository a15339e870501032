"""The window fits any screen, and opens where it was left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.settings_file import Settings, load_settings
from tchat_desktop.domain.steps import StepId
from tchat_desktop.platform.paths import settings_file
from tchat_desktop.ui import theme, window_place
from tests.ui.running import Person, running
from tests.ui.survey import label_problem, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LAPTOP_AT_200 = QSize(683, 340)
"""1366 × 768 at a display scale of 200 %, less the task bar, in Qt's pixels."""


@pytest.mark.parametrize(
    ("screen", "size", "whole"),
    [
        (QSize(1920, 1040), QSize(1280, 800), False),
        (QSize(1400, 860), QSize(1280, 800), False),
        (QSize(1399, 860), QSize(1280, 800), True),
        (QSize(1600, 859), QSize(1280, 800), True),
        (QSize(1366, 728), QSize(1280, 688), True),
        (QSize(960, 540), QSize(944, 500), True),
        (LAPTOP_AT_200, QSize(667, 300), True),
    ],
    ids=lambda one: f"{one.width()}x{one.height()}" if isinstance(one, QSize) else "",
)
def test_the_first_window_is_never_larger_than_the_screen(
    screen: QSize, size: QSize, whole: bool
) -> None:
    assert window_place.first_size(QRect(QPoint(0, 0), screen)) == (size, whole)


def test_a_window_comes_back_where_it_was(qtbot: QtBot) -> None:
    first, second = QWidget(), QWidget()
    for window in (first, second):
        qtbot.addWidget(window)
    first.setGeometry(40, 50, 610, 420)
    window_place.show(second, window_place.taken(first))
    assert second.size() == QSize(610, 420)


@pytest.mark.parametrize("left", ["", "x", "AdnQywADAAA=", "é" * 40])
def test_what_cannot_be_read_opens_as_the_first_time(qtbot: QtBot, left: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window_place.show(window, left)
    room = window.screen().availableGeometry().size()
    assert window.width() <= room.width()
    assert window.height() <= room.height()


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    with running(qapp, tmp_path / "data") as app:
        yield Person(app, qtbot)


@pytest.mark.parametrize("size", [LAPTOP_AT_200, QSize(960, 540)], ids=["200 %", "960x540"])
@pytest.mark.parametrize("step", list(StepId), ids=lambda step: step.value)
def test_one_can_go_on_with_the_mouse_on_a_small_screen(
    me: Person, step: StepId, size: QSize
) -> None:
    me.open_example()
    me.window.resize(size)
    me.workspace.open_step(step)
    settle(me.app)
    assert me.window.size() == size
    for button in _ways(me):
        place = QRect(button.mapTo(me.window, QPoint(0, 0)), button.size())
        assert me.window.rect().contains(place), button.accessibleName()
    assert me.workspace.page(step).viewport().height() >= 150


@pytest.mark.parametrize("step", list(StepId), ids=lambda step: step.value)
def test_nothing_is_cut_off_at_200_percent_of_text_on_960_pixels(
    me: Person, qapp: QApplication, step: StepId
) -> None:
    theme.apply(theme.LIGHT, 2.0)
    me.open_example()
    me.window.resize(960, 540)
    me.workspace.open_step(step)
    settle(me.app)
    assert me.window.width() == 960
    assert me.window.centralWidget().minimumSizeHint().width() <= 960
    for button in _ways(me):
        place = QRect(button.mapTo(me.window, QPoint(0, 0)), button.size())
        assert me.window.rect().contains(place), button.accessibleName()


def _ways(me: Person) -> list[QPushButton]:
    """The buttons that lead to other steps."""
    bar = me.workspace.bar
    ways = [one for one in bar.findChildren(QPushButton) if one.isVisible()]
    assert any(one.text().startswith(("Continuer", "Revenir")) for one in ways)
    return ways


def test_closed_and_opened_again_one_is_back_on_the_page_one_was(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with running(qapp, tmp_path) as app:
        me = Person(app, qtbot)
        app.take_up(None)
        me.open_example()
        me.workspace.open_step(StepId.PEOPLE)
        me.window.resize(700, 510)
        chat = me.session.editor.chat.id
        me.window.close()
    left = load_settings(settings_file())
    assert (left.chat_id, left.step) == (chat, "people")
    with running(qapp, tmp_path) as app:
        me = Person(app, qtbot)
        window_place.show(app.window, app.settings.now.window)
        app.take_up(None)
        me.wait(lambda: me.window.workspace)
        assert me.session.editor.chat.id == chat
        assert me.workspace.step is StepId.PEOPLE
        assert me.window.size() == QSize(700, 510)
        me.window.go_home()
    assert load_settings(settings_file()).chat_id == ""


@pytest.mark.parametrize("left", [("gone", "people"), ("", "people"), ("gone", "no step")])
def test_a_chat_that_is_no_more_leaves_the_home_screen(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, left: tuple[str, str]
) -> None:
    with running(qapp, tmp_path) as app:
        me = Person(app, qtbot)
        app.settings.now = Settings(chat_id=left[0], step=left[1])
        app.take_up(None)
        answered: list[object] = []
        app.bridge.run(app, lambda: None, answered.append, answered.append)
        me.wait(lambda: answered)
        assert me.window.session is None
        assert me.notice() == ""


@pytest.mark.parametrize("size", [(1280, 688), (1366, 700), (960, 540), (683, 340)], ids=str)
def test_nothing_of_the_home_screen_is_cut_off(me: Person, size: tuple[int, int]) -> None:
    me.window.resize(*size)
    settle(me.app)
    assert me.window.home is not None
    labels = [one for one in me.window.home.findChildren(QLabel) if one.isVisible()]
    assert labels
    assert [one.text() for one in labels if label_problem(one)] == []


def test_what_was_ticked_for_the_day_is_there_after_a_restart(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    day = date(2026, 12, 5)
    with running(qapp, tmp_path) as app:
        app.connections().note_day(day, day)
        qtbot.waitUntil(lambda: load_settings(settings_file()).looked_on == "2026-12-05")
    with running(qapp, tmp_path) as app:
        assert app.connections().signed_in_on == day
        assert app.connections().looked_on == day
        app.connections().note_day(None, day)
        qtbot.waitUntil(lambda: load_settings(settings_file()).signed_in_on == "")
