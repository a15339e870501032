"""What moves shows where something went; whoever asked for stillness has it."""

from __future__ import annotations

import os
import plistlib
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.ui import motion
from tchat_desktop.ui import stillness as wishes
from tchat_desktop.ui.motion import follow
from tchat_desktop.ui.widgets.placing import put_in_order

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Shelf(QScrollArea):
    """Three buttons below each other."""

    def __init__(self) -> None:
        super().__init__()
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.buttons = [QPushButton(name) for name in "abc"]
        for button in self.buttons:
            button.setFixedSize(120, 40)
            self.column.addWidget(button)
        self.setWidget(inner)
        self.resize(300, 300)

    def turn(self) -> None:
        """Put the last one first."""
        self.buttons.insert(0, self.buttons.pop())
        follow(self.buttons)
        put_in_order(self.column, self.buttons)

    @property
    def on_the_way(self) -> list[QWidget]:
        """What lies over them."""
        return [one for one in self.viewport().findChildren(motion._Glide) if one.isVisible()]


@pytest.fixture
def shelf(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(motion, "is_still", lambda: False)
    shelf = Shelf()
    qtbot.addWidget(shelf)
    shelf.show()
    qtbot.waitExposed(shelf)
    return shelf


def test_it_is_shown_where_something_went_and_then_nothing_is_left(
    qtbot: QtBot, shelf: Shelf
) -> None:
    before = shelf.viewport().grab().toImage()
    shelf.turn()
    assert len(shelf.on_the_way) == 1
    # The eye never sees the end before the way.
    assert shelf.viewport().grab().toImage().copy(20, 20, 60, 80) == before.copy(20, 20, 60, 80)
    qtbot.waitUntil(lambda: not shelf.on_the_way)
    assert shelf.viewport().grab().toImage() != before


def test_what_moves_can_be_pressed_at_its_new_place_at_once(qtbot: QtBot, shelf: Shelf) -> None:
    pressed: list[str] = []
    for button in shelf.buttons:
        button.clicked.connect(lambda _=False, one=button: pressed.append(one.text()))
    shelf.turn()
    shelf.column.activate()
    place = shelf.buttons[0].mapTo(shelf, QPoint(60, 20))
    under = shelf.childAt(place)
    assert under is shelf.buttons[0]
    QTest.mouseClick(under, Qt.MouseButton.LeftButton)
    assert pressed == ["c"]


def test_nothing_moves_where_the_system_asks_for_stillness(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(motion, "is_still", lambda: True)
    shelf.turn()
    assert not shelf.on_the_way


def test_nothing_moves_where_nobody_sees_it(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(motion, "is_still", lambda: False)
    hidden = Shelf()
    qtbot.addWidget(hidden)
    hidden.turn()
    assert not hidden.viewport().findChildren(motion._Glide)


@pytest.mark.parametrize(
    ("file", "text", "still"),
    [
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=0\n", True),
        ("gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations = false\n", True),
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=1\n", False),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0\n", True),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0.5\n", False),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=quickly\n", False),
        ("kdeglobals", "not a settings file\n", False),
        ("none", "", False),
    ],
)
def test_linux_says_so_in_the_files_of_its_desktops(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, file: str, text: str, still: bool
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setitem(os.environ, "XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text, "utf-8")
    assert wishes.wants_stillness() is still


@pytest.mark.parametrize("still", [True, False])
def test_macos_says_so_in_its_preferences(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, still: bool
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert wishes.wants_stillness() is False, "without the file"
    file = tmp_path / "Library" / "Preferences" / "com.apple.universalaccess.plist"
    file.parent.mkdir(parents=True)
    file.write_bytes(plistlib.dumps({"reduceMotion": still}))
    assert wishes.wants_stillness() is still
