"""Moves all chats to another folder, even during an hour."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from tchat_desktop.services.ports import StoreBusy
from tchat_desktop.start.data_directory import DataDirectory
from tchat_desktop.start.data_in_use import DataInUse
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.shell.main_window import MainWindow

log = logging.getLogger(__name__)


class Moving(QObject):
    """Moves the chats to another folder; the open chat and its running hour go on from there.

    `moved` is called on the GUI thread once the chats are in the new folder.
    """

    def __init__(
        self, window: MainWindow, bridge: Bridge, data: DataInUse, moved: Callable[[], object]
    ) -> None:
        super().__init__()
        self._window = window
        self._bridge = bridge
        self._data = data
        self._moved = moved
        self._goes_on = False

    def begin(self, folder: Path) -> None:
        """Move on the worker thread; returns at once. An error is told in the window."""
        session = self._window.session
        chats = (session.editor.chat,) if session is not None else ()

        def move() -> DataDirectory | None:
            # A post sent while its row is copied would be sent again from the new folder.
            if session is not None and not session.stop_hours():
                raise StoreBusy("a post is just leaving")
            return self._data.move_to(folder, chats)

        self._goes_on = session is not None and session.is_live
        self._bridge.run(self, move, self._on_moved, self._on_not_moved)

    def _on_moved(self, former: DataDirectory | None) -> None:
        self._moved()
        self._window.move_in(self._goes_on)
        if self._window.session is not None:
            # Edits made during the move are only in the former folder.
            self._data.open().autosave.save(self._window.session.editor.chat)
        if former is not None:
            self._bridge.run(self, former.abandon, _nothing, _not_closed)

    def _on_not_moved(self, error: Exception) -> None:
        self._window.telling.tell_error(error)
        if self._window.session is not None:
            self._window.session.announce()
        if self._goes_on:
            self._window.live_edits.go_on()


def _nothing(_result: object) -> None:
    """Do nothing: the former folder was closed."""


def _not_closed(error: Exception) -> None:
    log.warning("the former folder not closed: %r", error)
