"""What the first paint does not need is imported after it, in the GUI thread, a module at a time.

Never on another thread, where a class of Qt is among it: PySide6 6.11 keeps the classes it knows
in a table without a lock, and looks there whenever Qt asks for the class of a widget, also while
Python lets other threads go on. A class made meanwhile ended the app (seen at one start in
fifteen, with a screen reader asking).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer


class ImportsAhead(QObject):
    """Imports modules in their order, one a turn of the event loop, so that the window answers."""

    def __init__(self, names: Iterable[str], parent: QObject) -> None:
        super().__init__(parent)
        self._names = iter(names)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start(0)

    def _on_turn(self) -> None:
        name = next(self._names, None)
        if name is None:
            self._timer.stop()
        else:
            importlib.import_module(name)
