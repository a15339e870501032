"""Whether a click may be on its way: the mouse moves or is pressed in the active app."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.pointed_lately import RESTS, PointedLately

ACTIVE, INACTIVE = Qt.ApplicationState.ApplicationActive, Qt.ApplicationState.ApplicationInactive


class Mouse:
    def __init__(self) -> None:
        self.now, self.at, self.pressed = 100.0, QPoint(5, 5), False
        self.watch = PointedLately(lambda: self.now, lambda: self.at, lambda: self.pressed)
        self.watch._on_state_changed(ACTIVE)


@pytest.fixture
def mouse(qapp: QApplication) -> Mouse:
    return Mouse()


def test_a_move_counts_until_the_mouse_has_rested(mouse: Mouse) -> None:
    mouse.watch.look()
    assert mouse.watch.seconds_left() == 0, "where it stands first is no move"
    mouse.at = QPoint(9, 5)
    mouse.watch.look()
    assert mouse.watch.seconds_left() == pytest.approx(RESTS)
    mouse.now += RESTS
    mouse.watch.look()
    assert mouse.watch.seconds_left() == 0


def test_a_press_counts_without_a_move(mouse: Mouse) -> None:
    mouse.watch.look()
    mouse.pressed = True
    mouse.watch.look()
    assert mouse.watch.seconds_left() == pytest.approx(RESTS)


def test_in_another_app_nothing_is_looked_at(mouse: Mouse, qtbot: QtBot) -> None:
    mouse.watch.look()
    mouse.at = QPoint(9, 5)
    mouse.watch.look()
    mouse.watch._on_state_changed(INACTIVE)
    assert not mouse.watch._look.isActive()
    assert mouse.watch.seconds_left() == 0
    mouse.at = QPoint(40, 5)
    mouse.watch._on_state_changed(ACTIVE)
    mouse.watch.look()
    assert mouse.watch.seconds_left() == 0, "it moved elsewhere"
    mouse.at = QPoint(50, 5)
    qtbot.waitUntil(lambda: mouse.watch.seconds_left() > 0)
