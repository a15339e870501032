"""Python's garbage is collected in the GUI thread alone.

Python collects in whatever thread happens to allocate. A widget in a cycle that a posting thread
collects is destroyed there: Qt locks it and asks Python for its turn, while the GUI thread has the
turn and waits for that lock. The window then stands still for ever (seen with PySide6 6.11).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

TICK_MS = 1000
MIDDLE_EVERY = 10
"""Ticks between two collections of what has survived one."""
FULL_EVERY = 120
"""Ticks between two collections of everything."""
WORTH_IT = 700
"""New objects below which there is nothing to collect."""


class GarbageCollection(QObject):
    """While it lives, no other thread collects; `stop` puts back how it was before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_itself = gc.isenabled()
        gc.disable()
        # What is there by now stays: it need not be looked through each time.
        gc.freeze()
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(TICK_MS)

    def collect(self) -> None:
        """Collect as much as it is time for."""
        self._ticks += 1
        if self._ticks % FULL_EVERY == 0:
            gc.collect()
        elif self._ticks % MIDDLE_EVERY == 0:
            gc.collect(1)
        elif gc.get_count()[0] >= WORTH_IT:
            gc.collect(0)

    def stop(self) -> None:
        """Leave it to Python again, if it was; when no thread of ours is left."""
        self._timer.stop()
        if self._by_itself:
            gc.enable()
