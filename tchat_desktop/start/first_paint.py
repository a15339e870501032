"""Starts the slow parts of the app once the window is visible."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer


class FirstPaint(QObject):
    """An event filter that calls a function once, after the watched widget was first painted."""

    def __init__(self, call: Callable[[], object]) -> None:
        super().__init__()
        self._call = call

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._call)
        return False
