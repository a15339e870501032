"""The letters that act on the post that has the keyboard; its menu shows them too."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence


class PostKey(Enum):
    """What is done about a post by one key; none of them publishes."""

    ANSWER = Qt.Key.Key_T
    REPOST = Qt.Key.Key_R
    """Goes to the button: Enter on it publishes, a letter does not."""
    STAR = Qt.Key.Key_M
    HIDE = Qt.Key.Key_H
    ANSWERED = Qt.Key.Key_V
    GIVE = Qt.Key.Key_C
    MORE = Qt.Key.Key_P
    WELCOME = Qt.Key.Key_A
    THANK = Qt.Key.Key_1
    """The first of the short replies, which have the keys from 1 on."""


def keys_of(key: PostKey) -> QKeySequence:
    """Return the keys to press."""
    return QKeySequence(key.value)
