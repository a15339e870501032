"""Typing as people do. QTest.keyClicks aborts on accents, so keys are sent with their text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


def type_text(field: QWidget, text: str) -> None:
    """Type a text, letter after letter."""
    for letter in text:
        press(field, Qt.Key(0), text=letter)


def replace_text(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Select all there is in a field and type over it; an empty text clears it."""
    field.selectAll()
    if text:
        type_text(field, text)
    else:
        press(field, Qt.Key.Key_Delete)


def press(
    field: QWidget,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    text: str = "",
) -> None:
    """Press and let go of one key."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, key, modifiers, text))
