"""Whether somebody's mouse is on its way in the app, so that a click may follow.

A page that opened meanwhile would come under it, and take a click meant for the app.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication

RESTS = 0.8
"""Seconds without a move or a press after which no click is on its way."""
_EVERY = 150
"""Milliseconds between two looks: a filter for every event of the app would slow it down."""


def _place() -> QPoint:
    return QCursor.pos()


def _is_pressed() -> bool:
    return QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton


class PointedLately(QObject):
    """Looks at the mouse a few times a second, while a window of the app is the active one."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        place: Callable[[], QPoint] = _place,
        pressed: Callable[[], bool] = _is_pressed,
    ) -> None:
        super().__init__()
        self._clock, self._at, self._pressed = clock, place, pressed
        self._place: QPoint | None = None
        self._rests_at: float | None = None
        self._look = QTimer(self, interval=_EVERY)
        self._look.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._on_state_changed)
        self._on_state_changed(app.applicationState())

    def seconds_left(self) -> float:
        """For how many seconds no page is to open under the mouse; callable from any thread."""
        rests_at = self._rests_at
        return 0.0 if rests_at is None else max(0.0, rests_at - self._clock())

    def look(self) -> None:
        """Note whether the mouse has moved since the last look, or is pressed."""
        before, self._place = self._place, self._at()
        if self._pressed() or before not in (None, self._place):
            self._rests_at = self._clock() + RESTS

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        # Where it was before the app became active again tells nothing.
        self._place = None
        if state == Qt.ApplicationState.ApplicationActive:
            self._look.start()
        else:
            self._look.stop()
            self._rests_at = None
