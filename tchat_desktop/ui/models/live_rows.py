"""The posts of the real hour, the announcements or the thread, for every page about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.ui.bridge import Bridge


class LiveRows(QObject):
    """Knows the rows of one chat, also while its hour is not open; () until one was opened.

    `read` reads them from the disk, off the GUI thread.
    """

    changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        chat_id: str,
        read: Callable[[], Sequence[OutboxPost]],
        occasion: Occasion = Occasion.LIVE,
    ) -> None:
        super().__init__()
        self._occasion = occasion
        self._chat_id = chat_id
        self._told = False
        self.rows: tuple[OutboxPost, ...] = ()
        self.at_work = False
        """Whether their posting was begun since the chat was opened, and is not on hold."""
        bridge.outbox_changed.connect(self._on_outbox_changed)
        bridge.run(self, read, self._on_read, self._on_not_read)

    def of(self, slot: str) -> OutboxPost | None:
        """The row of an item of the run sheet, if there is one."""
        return next((row for row in self.rows if row.slot == slot), None)

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        if event.chat_id == self._chat_id and event.occasion is self._occasion:
            self._told = True
            if self.at_work is event.paused:
                self.at_work = not event.paused
                self.rows = event.rows
                self.changed.emit()
            self._show(event.rows)

    def _on_read(self, rows: Sequence[OutboxPost]) -> None:
        # What the hour has told meanwhile is newer.
        if not self._told:
            self._show(tuple(rows))

    def _on_not_read(self, _error: Exception) -> None:
        """The hour tells them when it is opened; the log has the error."""

    def _show(self, rows: tuple[OutboxPost, ...]) -> None:
        if rows != self.rows:
            self.rows = rows
            self.changed.emit()
