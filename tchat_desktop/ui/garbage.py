"""Cycles of Python objects are collected in the GUI thread alone.

Python collects them in whichever thread happens to allocate. A widget among them would be destroyed
there: Qt then waits for the GUI thread (reproduced with PySide6 6.11), which waits in its turn for
the thread to end when the app closes.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 2000


class GuiGarbage(QObject):
    """Takes the collecting over from Python, for good; made in the GUI thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()


def collect_due() -> None:
    """Collect what Python itself would have by now."""
    pairs = enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
    due = [generation for generation, (count, limit) in pairs if limit and count > limit]
    if due:
        gc.collect(max(due))
