"""The keys of each command, on this kind of computer, and how they are called there.

On a Mac Option with an arrow moves in a text, and with a letter types another letter; so a command
whose key is Alt elsewhere has another one there, as Apple's own programs have it. Qt's "Ctrl" is
Command there, its "Meta" is Control, its "Alt" is Option.
"""

from __future__ import annotations

import sys
from enum import Enum

from PySide6.QtGui import QKeySequence


class Shortcut(Enum):
    """What is done by keys: those of Windows and Linux, and those of a Mac."""

    MY_CHATS = ("Alt+Home", "Ctrl+Shift+H")
    """On a Mac as "Home" of the Finder."""
    NEXT_STEP = ("Alt+PgDown", "Ctrl+PgDown")
    PREVIOUS_STEP = ("Alt+PgUp", "Ctrl+PgUp")
    NEXT_REGION = ("F6", "F6")
    """From the top bar to the rail, the page, the advice and the foot, and round again."""
    PREVIOUS_REGION = ("Shift+F6", "Shift+F6")
    HELP = ("F1", "Ctrl+?")
    """On a Mac as in every program of it."""
    HOUR_STATE = ("F2", "F2")
    """Has a screen reader say the state of the hour."""
    MOVE_UP = ("Alt+Up", "Meta+Ctrl+Up")
    """On a Mac as in the lists of Notes."""
    MOVE_DOWN = ("Alt+Down", "Meta+Ctrl+Down")
    UNDO = ("Ctrl+Z", "Ctrl+Z")
    REDO = ("Ctrl+Shift+Z", "Ctrl+Shift+Z")
    PASTE = ("Ctrl+V", "Ctrl+V")
    COPY = ("Ctrl+C", "Ctrl+C")
    SELECT_ALL = ("Ctrl+A", "Ctrl+A")
    SEND = ("Ctrl+Return", "Ctrl+Return")
    WRITE = ("Ctrl+E", "Ctrl+E")
    """Into the line for a post of one's own, on the page of the hour."""
    FULL_SCREEN = ("F11", "Meta+Ctrl+F")
    """Opens the window for the projector, and has it fill the screen; on a Mac as everywhere."""
    COLUMNS = ("F9", "F9")
    """Opens the window with the columns, on the page of the hour."""
    MINIMISE = ("Ctrl+M", "Ctrl+M")
    """In the menus of a Mac; elsewhere it is the system's affair."""


def on_mac() -> bool:
    """Whether this is a Mac, where keys and menus are others."""
    return sys.platform == "darwin"


def sequence(command: Shortcut) -> QKeySequence:
    """The keys of a command on this computer."""
    elsewhere, mac = command.value
    return QKeySequence(mac if on_mac() else elsewhere)


def named(command: Shortcut) -> str:
    """How these keys are called on this computer, such as "Ctrl+V", or "⌘V" on a Mac."""
    return sequence(command).toString(QKeySequence.SequenceFormat.NativeText)
