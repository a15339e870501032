"""Imports what the first paint does not need after it, on the GUI thread, one module at a time.

Modules with Qt classes are never imported on another thread: PySide6 6.11 keeps its classes in a
table without a lock and reads it whenever Qt asks for the class of a widget. A class defined
meanwhile on another thread crashed the app (seen at one start in fifteen, with a screen reader).
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
"""Modules of pages that are imported before the pages: in one turn they would take too long."""


def ahead() -> tuple[str, ...]:
    """The names of the modules that opening a chat needs, in the order to import them."""
    from tchat_desktop.domain.steps import STEPS

    pages = (f"{step}.page" for step in STEPS)
    return (
        "tchat_desktop.ui.shell.chat_card",
        "tchat_desktop.ui.shell.workspace",
        "tchat_desktop.ui.pages.shared.connections",
        *(f"tchat_desktop.ui.pages.{name}" for name in (*PARTS, *pages)),
        "tchat_desktop.ui.visuals.from_svg",
        "tchat_desktop.start.pages",
        "tchat_desktop.start.steps",
    )


class ImportsAhead(QObject):
    """Imports modules in order, one in each turn of the event loop, so that the window responds."""

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
