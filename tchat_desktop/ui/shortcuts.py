"""The keys of each command, on this kind of computer, and how they are called there.

On a Mac Option with an arrow moves in a text, and with a letter types another letter; so a command
whose key is Alt elsewhere has another one there, as Apple's own programs have it. Qt's "Ctrl" is
Command there, its "Meta" is Control, its "Alt" is Option.
"""

from __future__ import annotations

import sys
from enum import Enum

from PySide6.QtCore import QKeyCombination, Qt
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
    MOVE_TO_PREVIOUS = ("Alt+Shift+Up", "Meta+Ctrl+Shift+Up")
    """Into the part before, as a highlight from one question to another."""
    MOVE_TO_NEXT = ("Alt+Shift+Down", "Meta+Ctrl+Shift+Down")
    UNDO = ("Ctrl+Z", "Ctrl+Z")
    REDO = ("Ctrl+Shift+Z", "Ctrl+Shift+Z")
    PASTE = ("Ctrl+V", "Ctrl+V")
    COPY = ("Ctrl+C", "Ctrl+C")
    SELECT_ALL = ("Ctrl+A", "Ctrl+A")
    SEND = ("Ctrl+Return", "Ctrl+Return")
    WRITE = ("Ctrl+E", "Ctrl+E")
    """Into the line for a post of one's own, on the page of the hour."""
    WRITE_FOR_GUEST = ("Ctrl+Shift+E", "Ctrl+Shift+E")
    PAUSE = ("Ctrl+P", "Ctrl+P")
    TO_CHECK = ("Ctrl+K", "Ctrl+K")
    NOT_YET = ("Ctrl+Shift+Return", "Ctrl+Shift+Return")
    """Beside `SEND`, by which a post is said to be published."""
    OPEN_AGAIN = ("Ctrl+O", "Ctrl+O")
    DROP = ("Ctrl+Shift+R", "Ctrl+Shift+R")
    COPY_PICTURE = ("Ctrl+Shift+C", "Ctrl+Shift+C")
    COPY_DESCRIPTION = ("Ctrl+Shift+D", "Ctrl+Shift+D")
    PUBLISH_NEXT = ("Ctrl+U", "Ctrl+U")
    NEXT_BY_PAGE = ("Ctrl+B", "Ctrl+B")
    NEXT_LATER = ("Ctrl+D", "Ctrl+D")
    NEXT_IN_RESERVE = ("Ctrl+R", "Ctrl+R")
    CHANGE_NEXT = ("Ctrl+T", "Ctrl+T")
    SEARCH = ("Ctrl+F", "Ctrl+F")
    MORE_FILTERS = ("Ctrl+Shift+F", "Ctrl+Shift+F")
    SEE_TAG = ("Ctrl+G", "Ctrl+G")
    OPEN_SAVED = ("Ctrl+Shift+V", "Ctrl+Shift+V")
    BY_LINK = ("Ctrl+L", "Ctrl+L")
    COMPLETE = ("Ctrl+Shift+T", "Ctrl+Shift+T")
    NEW_POSTS = ("Ctrl+N", "Ctrl+N")
    OLDER_POSTS = ("Ctrl+Shift+N", "Ctrl+Shift+N")
    """Those of the page of the hour; with Alt and Ctrl together some keyboards type signs."""
    FULL_SCREEN = ("F11", "Meta+Ctrl+F")
    """Opens the window for the projector, and has it fill the screen; on a Mac as everywhere."""
    COLUMNS = ("F9", "F9")
    """Opens the window with the columns, on the page of the hour."""
    MINIMISE = ("Ctrl+M", "Ctrl+M")
    """In the menus of a Mac; elsewhere it is the system's affair."""


_FRENCH_FIGURES = {
    Qt.Key.Key_1: Qt.Key.Key_Ampersand,
    Qt.Key.Key_2: Qt.Key.Key_Eacute,
    Qt.Key.Key_3: Qt.Key.Key_QuoteDbl,
    Qt.Key.Key_4: Qt.Key.Key_Apostrophe,
}
"""What the keys of figures type on a French keyboard, where figures take Shift."""


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


def figure_keys(
    key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> list[QKeySequence]:
    """A key with what is held; for a figure also what its key types on a French keyboard."""
    keys = (key, _FRENCH_FIGURES.get(key, key))
    return [QKeySequence(QKeyCombination(held, one)) for one in dict.fromkeys(keys)]
