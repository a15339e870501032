"""Keeps the window with the columns up to date with the feed of the cockpit."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.ui import window_place
from tchat_desktop.ui.pages.hour.co_host_link import KeptChoices
from tchat_desktop.ui.pages.hour.columns_window import ColumnsWindow
from tchat_desktop.ui.pages.hour.feed_view import FeedView

SOON_MS = 100
"""Milliseconds after a change until it is shown, once for many changes."""
SHARE = 0.85
"""Of the screen that the window takes the first time."""
PLACE_SETTING = "columns_window"
"""The setting with its place."""


class ColumnsBeside(QObject):
    """The window with the columns, if it is open: one at a time, of the feed that was shown last.

    It outlives the page, which is built anew in another language.
    """

    def __init__(self, choices: KeptChoices) -> None:
        super().__init__()
        self.window: ColumnsWindow | None = None
        self._choices = choices
        self._feed: FeedView | None = None
        self._lead: Callable[[str], object] = _nowhere
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        # What the pointer or the keyboard has left may move again.
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.refresh)

    def follow(self, feed: FeedView | None, lead: Callable[[str], object]) -> None:
        """Show this feed from now on; `lead` shows a post of an id in the cockpit."""
        if self._feed is not None and shiboken6.isValid(self._feed):
            self._feed.changed.disconnect(self._on_changed)
        self._feed, self._lead = feed, lead
        if feed is None:
            self.close()
            return
        feed.changed.connect(self._on_changed)
        if self.window is not None:
            self.window.show_feed(feed)
            self._on_changed()

    def open(self, beside: QWidget) -> None:
        """Open the window where it was, or else on another screen than `beside` if there is one."""
        if self._feed is None or not shiboken6.isValid(self._feed):
            return
        if self.window is not None:
            self.window.showNormal()
            self.window.raise_()
            self.window.activateWindow()
            return
        self.window = window = ColumnsWindow()
        window.closed.connect(self._on_closed)
        window.post_wanted.connect(self._on_post_wanted)
        window.show_feed(self._feed)
        own = beside.screen()
        screen = next((one for one in QApplication.screens() if one is not own), own)
        room = screen.availableGeometry()
        window.resize(room.size() * SHARE)
        window.move(room.center() - window.rect().center())
        window_place.restore(window, self._choices.kept(PLACE_SETTING))
        window.show()
        self._second.start()
        self._on_changed()

    def close(self) -> None:
        """Close the window, if it is open."""
        if self.window is not None:
            self.window.close()

    def at_chat(self, chat_id: str, _step: str) -> None:
        """Close the window unless this chat, which is on screen now, is what it shows."""
        if self._feed is not None and self._feed.chat.id != chat_id:
            self.close()

    def refresh(self) -> None:
        """Show what the feed holds now; close if its page is gone."""
        if self.window is None:
            return
        if self._feed is None or not shiboken6.isValid(self._feed):
            self.close()
            return
        self.window.refresh()
        if not self.window.is_whole:
            QTimer.singleShot(0, self, self.refresh)

    def _on_changed(self) -> None:
        if self.window is not None and not self._soon.isActive():
            self._soon.start()

    def _on_post_wanted(self, post_id: str) -> None:
        if self._feed is not None and shiboken6.isValid(self._feed):
            self._lead(post_id)

    def _on_closed(self) -> None:
        self._second.stop()
        self._soon.stop()
        if self.window is not None:
            self._choices.keep(**{PLACE_SETTING: window_place.taken(self.window)})
            self.window.deleteLater()
        self.window = None


def _nowhere(_post_id: str) -> None:
    """Lead nowhere: no page shows the feed."""
