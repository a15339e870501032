"""What is done by keys, on each kind of computer."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import tchat_desktop
from tchat_desktop.ui.shell.top_bar import TopBar
from tchat_desktop.ui.shortcuts import Shortcut, named, sequence

PACKAGE = Path(tchat_desktop.__file__).parent
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SYSTEMS = ("win32", "linux", "darwin")


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_command_has_keys_of_its_own(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    found = [sequence(one).toString() for one in Shortcut]
    assert all(found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("command", Shortcut)
def test_on_a_mac_option_is_left_to_the_text(
    monkeypatch: pytest.MonkeyPatch, command: Shortcut
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    keys = sequence(command)[0]
    assert not keys.keyboardModifiers() & Qt.KeyboardModifier.AltModifier
    # Command makes it a command, whatever field has the keyboard; F6 types nothing anyway.
    is_function_key = Qt.Key.Key_F1 <= keys.key() <= Qt.Key.Key_F35
    assert is_function_key or keys.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
    # Fields move in their text by Command and an arrow alone.
    if keys.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        assert keys.keyboardModifiers() & Qt.KeyboardModifier.MetaModifier


def test_keys_are_called_as_the_system_calls_them() -> None:
    for one in Shortcut:
        assert named(one) == sequence(one).toString(QKeySequence.SequenceFormat.NativeText)


def test_the_bar_takes_the_keys_of_a_mac_there(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    with qtbot.waitSignal(bar.home_wanted):
        QTest.keySequence(bar, QKeySequence("Ctrl+Shift+H"))
    with qtbot.assertNotEmitted(bar.home_wanted):
        QTest.keySequence(bar, QKeySequence("Alt+Home"))


def test_keys_are_named_in_one_place() -> None:
    """A text that names a key would be wrong on another system, and a shortcut too."""
    key = re.compile(r'["(\s](Ctrl|Alt|Meta)\+|⌘|⌥')
    code = (path for path in PACKAGE.rglob("*.py") if path.name != "shortcuts.py")
    found = {
        f"{path.name}: {line.strip()}"
        for path in code
        for line in path.read_text("utf-8").splitlines()
        if key.search(line) and not line.strip().startswith(("#", '"""'))
    }
    assert not found
