"""Keeps the settings of the app, and writes them as soon as they change."""

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
    """The settings, written on the worker thread. A write that fails is only logged."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.now = load_settings(settings_file())

    def keep(self, **changes: str) -> None:
        """Change some fields of `Settings` and write them; returns at once."""
        self.now = self.now._replace(**changes)
        write = partial(save_settings, settings_file(), self.now)
        self._bridge.run(self, write, _nothing, _not_kept)

    def kept(self, field: str) -> str:
        """A field of `Settings` as it is now."""
        return str(getattr(self.now, field))

    def follow_window(self, window: MainWindow) -> None:
        """Keep the chat and step on screen, and the place of the window, from now on."""
        self._window = window
        window.at_chat.connect(self._on_at_chat)
        window.closed.connect(self._on_window_closed)

    def follow_folders(self) -> None:
        """Give file dialogs the folders of the last run, and keep those chosen from now on."""
        from tchat_desktop.ui.last_folder import FileKind, folders

        left = self.now._asdict()
        self._folders = folders()
        self._folders.take_up({kind: left[f"{kind}_folder"] for kind in FileKind})
        self._folders.changed.connect(self._on_folder_changed)

    def follow_days(self, connections: Connections) -> None:
        """Give `connections` the days that were kept, and keep the ones noted from now on."""
        connections.signed_in_on = _day(self.now.signed_in_on)
        connections.looked_on = _day(self.now.looked_on)
        self._connections = connections
        connections.day_noted.connect(self._on_day_noted)

    def _on_at_chat(self, chat_id: str, step: str) -> None:
        # The place is kept here too, as switching the computer off does not close the window.
        self.keep(chat_id=chat_id, step=step, window=window_place.taken(self._window))

    def _on_window_closed(self) -> None:
        self.keep(window=window_place.taken(self._window))

    def _on_folder_changed(self) -> None:
        self.keep(**{f"{kind}_folder": text for kind, text in self._folders.texts.items()})

    def _on_day_noted(self) -> None:
        days = self._connections
        self.keep(signed_in_on=_written(days.signed_in_on), looked_on=_written(days.looked_on))


def _day(written: str) -> date | None:
    """The date written in a setting; None if there is none, or it is not a date."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _nothing(_result: object) -> None:
    """Do nothing: the settings were written."""


def _not_kept(error: Exception) -> None:
    log.warning("settings not kept: %r", error)
