"""What a button of the next post would change, told while it is pointed at or has the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPushButton

from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.ui.widgets.tool_tip import set_tip

_TURNED_TO = (QEvent.Type.Enter, QEvent.Type.FocusIn)


class ForeseenTip(QObject):
    """Keeps the tool tip of a button, and its description, true to what it would do now."""

    def __init__(self, button: QPushButton, key: Shortcut, words: Callable[[], str]) -> None:
        super().__init__(button)
        self._button = button
        self._key = named(key)
        self._words = words
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._button and event.type() in _TURNED_TO:
            words = self._words()
            self._button.setAccessibleDescription(words)
            set_tip(self._button, f"{words}\n{self._key}")
        return False
