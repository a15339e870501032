"""Runs Python's garbage collection on the GUI thread only.

Python collects in whatever thread happens to allocate. When another thread collects a widget, Qt
holds a lock there and waits for Python's global lock, which the GUI thread may hold while it waits
for Qt's: the window then freezes for ever (seen with PySide6 6.11).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

TICK_MS = 1000
MIDDLE_EVERY = 10
"""Ticks between two collections of the second generation."""
FULL_EVERY = 120
"""Ticks between two collections of all generations."""
WORTH_IT = 700
"""The fewest new objects for which the first generation is collected."""


class GarbageCollection(QObject):
    """Replaces automatic garbage collection from its creation to `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_itself = gc.isenabled()
        gc.disable()
        # Objects that exist by now live as long as the app, so they need not be examined.
        gc.freeze()
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(TICK_MS)

    def collect(self) -> None:
        """Collect the generations whose turn it is."""
        self._ticks += 1
        if self._ticks % FULL_EVERY == 0:
            gc.collect()
        elif self._ticks % MIDDLE_EVERY == 0:
            gc.collect(1)
        elif gc.get_count()[0] >= WORTH_IT:
            gc.collect(0)

    def stop(self) -> None:
        """Go back to automatic collection; call it once no other thread of the app runs."""
        self._timer.stop()
        if self._by_itself:
            gc.enable()
