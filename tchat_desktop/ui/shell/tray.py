"""The icon of the app in the tray of the system, where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from tchat_desktop.ui.icons import app_icon
from tchat_desktop.wording.i18n import _

SHOWN_MS = 10_000
"""Milliseconds for which the system may show a message."""


class TraySignals(QObject):
    """What the person asks for in the tray."""

    window_wanted = Signal()
    hold_wanted = Signal()
    """Emitted when all posts are to be put on hold."""


class Tray(Protocol):
    """Where the system shows icons and messages of apps that are not in front."""

    wishes: TraySignals

    def show_tip(self, words: str, paused: bool) -> None:
        """Show the icon, with what leaves next."""

    def hide(self) -> None:
        """Take the icon away."""

    def tell(self, title: str, words: str) -> None:
        """Have the system show a message."""


class SystemTray:
    """The Tray of this computer."""

    def __init__(self, parent: QObject) -> None:
        self.wishes = TraySignals(parent)
        self._icon = QSystemTrayIcon(app_icon(), parent)
        self._menu = QMenu()
        self._menu.addAction(_("Show the chat"), self.wishes.window_wanted.emit)
        self._hold = self._menu.addAction(_("Put everything on hold"))
        self._hold.triggered.connect(self.wishes.hold_wanted)
        self._icon.setContextMenu(self._menu)
        self._icon.messageClicked.connect(self.wishes.window_wanted)
        self._icon.activated.connect(self._on_activated)

    def show_tip(self, words: str, paused: bool) -> None:
        """Show the icon, with what leaves next."""
        if words != self._icon.toolTip():
            self._icon.setToolTip(words)
        self._hold.setEnabled(not paused)
        self._icon.show()

    def hide(self) -> None:
        """Take the icon away."""
        self._icon.hide()

    def tell(self, title: str, words: str) -> None:
        """Have the system show a message."""
        self._icon.showMessage(title, words, app_icon(), SHOWN_MS)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # The other presses open the menu.
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.wishes.window_wanted.emit()


def system_tray(parent: QObject) -> Tray | None:
    """The tray of this computer; None where there is none."""
    return SystemTray(parent) if QSystemTrayIcon.isSystemTrayAvailable() else None


if TYPE_CHECKING:

    def _is_a_tray(tray: SystemTray) -> Tray:
        return tray
