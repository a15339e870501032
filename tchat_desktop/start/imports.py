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

PARTS = (
    "rehearsal.preflight",
    "hour.outbox_panel",
    "hour.feed_view",
    "hour.waiting_room",
    "hour.board",
)
"""What pages are made of that would be too much for one turn."""


def ahead() -> tuple[str, ...]:
    """The modules that opening a chat needs, in portions."""
    from tchat_desktop.domain.steps import STEPS

    pages = (f"{step}.page" for step in STEPS)
    return (
        "tchat_desktop.ui.shell.chat_card",
        "tchat_desktop.ui.shell.workspace",
        "tchat_desktop.ui.pages.shared.connections",
        *(f"tchat_desktop.ui.pages.{name}" for name in (*PARTS, *pages)),
        "tchat_desktop.start.pages",
        "tchat_desktop.start.steps",
    )


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
