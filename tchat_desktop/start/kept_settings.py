"""What is remembered from one start to the next, and written as soon as it changes."""

from __future__ import annotations

import logging
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tchat_desktop.adapters.settings_file import load_settings, save_settings
from tchat_desktop.platform.paths import settings_file
from tchat_desktop.ui import window_place

if TYPE_CHECKING:
    from tchat_desktop.ui.bridge import Bridge
    from tchat_desktop.ui.pages.shared.connections import Connections
    from tchat_desktop.ui.shell.main_window import MainWindow

log = logging.getLogger(__name__)


class KeptSettings(QObject):
    """The settings, written off the GUI thread. A disk that refuses is no error."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.now = load_settings(settings_file())

    def keep(self, **changes: str) -> None:
        """Remember other values of some fields of `Settings`."""
        self.now = self.now._replace(**changes)
        write = partial(save_settings, settings_file(), self.now)
        self._bridge.run(self, write, _nothing, _not_kept)

    def follow_window(self, window: MainWindow) -> None:
        """Note what is on screen, and where the window is."""
        self._window = window
        window.at_chat.connect(self._on_at_chat)
        window.closed.connect(self._on_window_closed)

    def follow_folders(self) -> None:
        """Let file dialogs begin where they were the last time the app ran."""
        from tchat_desktop.ui.last_folder import FileKind, folders

        left = self.now._asdict()
        self._folders = folders()
        self._folders.take_up({kind: left[f"{kind}_folder"] for kind in FileKind})
        self._folders.changed.connect(self._on_folder_changed)

    def follow_days(self, connections: Connections) -> None:
        """Give back the days that were noted last, and note the next ones."""
        connections.signed_in_on = _day(self.now.signed_in_on)
        connections.looked_on = _day(self.now.looked_on)
        self._connections = connections
        connections.day_noted.connect(self._on_day_noted)

    def _on_at_chat(self, chat_id: str, step: str) -> None:
        # Its place too: a computer that is switched off closes no window.
        self.keep(chat_id=chat_id, step=step, window=window_place.taken(self._window))

    def _on_window_closed(self) -> None:
        self.keep(window=window_place.taken(self._window))

    def _on_folder_changed(self) -> None:
        self.keep(**{f"{kind}_folder": text for kind, text in self._folders.texts.items()})

    def _on_day_noted(self) -> None:
        days = self._connections
        self.keep(signed_in_on=_written(days.signed_in_on), looked_on=_written(days.looked_on))


def _day(written: str) -> date | None:
    """A day of the settings; None for none, or what is no day."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _nothing(_result: object) -> None:
    """The settings are kept."""


def _not_kept(error: Exception) -> None:
    log.warning("settings not kept: %r", error)
