"""Takes in many posts a few at a time, between what the person does."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from tchat_desktop.ui.models.feed import FeedModel

TURN = 0.004
"""Seconds of work before the window has its turn again: a quarter of a frame."""
TOLD_EVERY = 25
"""Slices between two updates of what is shown meanwhile."""


class FeedIntake(QObject):
    """Has a model go on with its work while there is any, without keeping the window waiting."""

    went_on = Signal()
    """Emitted now and then while it works."""
    done = Signal()

    def __init__(self, model: FeedModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._slices = 0
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin, if there is work."""
        if self._model.is_busy:
            self._turn.start()

    def _go_on(self) -> None:
        until = time.perf_counter() + TURN
        while self._model.is_busy and time.perf_counter() < until:
            self._model.go_on()
        self._slices += 1
        if not self._model.is_busy:
            self._turn.stop()
            self.done.emit()
        elif self._slices % TOLD_EVERY == 0:
            self.went_on.emit()
