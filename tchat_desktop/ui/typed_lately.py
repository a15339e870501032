"""Whether somebody is typing in the app or about to paste.

A page that opened meanwhile would take the keyboard, and what was meant for elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

QUIET = 4.0
"""Seconds without a letter after which somebody has finished typing."""

COPIED = 15.0
"""Seconds after something was copied in which it is about to be pasted somewhere."""


class TypedLately(QObject):
    """Watches the clipboard, and the field that has the keyboard, in every window of the app."""

    def __init__(self, qt: QApplication, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._field: QLineEdit | QPlainTextEdit | None = None
        self._text = ""
        self._quiet_at: float | None = None
        qt.clipboard().dataChanged.connect(self._on_copied)
        qt.focusChanged.connect(self._on_focus_changed)

    def seconds_left(self) -> float:
        """For how many seconds nobody is to be disturbed; callable from any thread."""
        quiet_at = self._quiet_at
        return 0.0 if quiet_at is None else max(0.0, quiet_at - self._clock())

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._field is not None and shiboken6.isValid(self._field):
            self._field.textChanged.disconnect(self._on_typed)
        self._field = field_of(new)
        if self._field is not None:
            self._text = _text_of(self._field)
            self._field.textChanged.connect(self._on_typed)

    def _on_typed(self) -> None:
        # Colouring a tag is told as a change too.
        if self._field is not None and self._text != (text := _text_of(self._field)):
            self._text = text
            self._disturb_nobody_for(QUIET)

    def _on_copied(self) -> None:
        self._disturb_nobody_for(COPIED)

    def _disturb_nobody_for(self, seconds: float) -> None:
        until = self._clock() + seconds
        self._quiet_at = until if self._quiet_at is None else max(self._quiet_at, until)


def field_in_hand() -> bool:
    """Whether the keyboard is in a field that can be written in, begun or not."""
    field = field_of(QApplication.focusWidget())
    return field is not None and not field.isReadOnly()


def text_in_hand() -> bool:
    """Whether the keyboard is in a text that was begun."""
    field = field_of(QApplication.focusWidget())
    return field is not None and field_in_hand() and bool(_text_of(field))


def field_of(widget: QWidget | None) -> QLineEdit | QPlainTextEdit | None:
    """Return where the letters go while a widget has the keyboard."""
    if isinstance(widget, QComboBox | QAbstractSpinBox):
        widget = widget.lineEdit()
    return widget if isinstance(widget, QLineEdit | QPlainTextEdit) else None


def _text_of(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
