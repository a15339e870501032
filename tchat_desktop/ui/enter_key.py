"""Enter presses the button that has the keyboard, as the space bar does, in every window."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterKey(QObject):
    """Watches the button that has the keyboard, and no other widget.

    The button is asked first: one whose presses must be meant refuses or acts by its own rule. A
    key that is held down presses nothing again.
    """

    def __init__(self, qt: QApplication) -> None:
        super().__init__()
        self._button: QAbstractButton | None = None
        qt.focusChanged.connect(self._on_focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(watched, QAbstractButton):
            return False
        assert isinstance(event, QKeyEvent)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in _ENTER or not plain:
            return False
        if not event.isAutoRepeat():
            event.accept()
            watched.keyPressEvent(event)
            if not event.isAccepted():
                watched.click()
        return True

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._button is not None and shiboken6.isValid(self._button):
            self._button.removeEventFilter(self)
        self._button = new if isinstance(new, QAbstractButton) else None
        if self._button is not None:
            self._button.installEventFilter(self)
