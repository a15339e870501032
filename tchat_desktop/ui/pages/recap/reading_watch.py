"""Has the posts read for the recap, off the GUI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import Marking
from tchat_desktop.domain.recap_reading import RecapReading, asks_of
from tchat_desktop.services.material import Material
from tchat_desktop.services.recap_reader import RecapReader
from tchat_desktop.ui.bridge import Bridge


class ReadingWatch(QObject):
    """Holds the newest reading; one is made at a time, and what is out of date is not shown.

    `arrived` is emitted when there is a new reading, `failed` with an exception when none could be
    made: the next `want` tries again.
    """

    arrived = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject, bridge: Bridge, reader: RecapReader) -> None:
        super().__init__(parent)
        self.reading: RecapReading | None = None
        self._bridge = bridge
        self._reader = reader
        self._wanted: tuple[Chat, Material] | None = None
        self._asks: Chat | None = None
        self._version = 0
        self._is_at_work = False
        self._is_current = False

    @property
    def is_current(self) -> bool:
        """Whether `reading` is of what was wanted last, figures and masks and all."""
        return self._is_current

    def want(self, chat: Chat, material: Material) -> None:
        """Have a chat and its material read, unless they have been already."""
        asks, before = asks_of(chat), self._wanted
        if before is not None and before[1] is material and self._asks == asks:
            return
        if before is not None and before[1].occasion is not material.occasion:
            # What a rehearsal made up is not arranged by hands that mean the real posts.
            self.reading = None
        self._wanted, self._asks = (chat, material), asks
        self._is_current = False
        self._version += 1
        self._go_on()

    def mark(self, marking: Marking) -> None:
        """Show a mark of a post at once; `want` has the rest follow."""
        if self.reading is not None:
            self.reading = self.reading.marked(marking)

    def _go_on(self) -> None:
        if self._is_at_work or self._wanted is None:
            return
        self._is_at_work = True
        self._bridge.run(
            self,
            partial(self._reader.read, *self._wanted),
            partial(self._on_read, self._version),
            partial(self._on_failed, self._version),
        )

    def _on_read(self, version: int, reading: RecapReading) -> None:
        self._is_at_work = False
        if version != self._version:
            self._go_on()
            return
        self.reading, self._is_current = reading, True
        self.arrived.emit()

    def _on_failed(self, version: int, error: Exception) -> None:
        self._is_at_work = False
        if version != self._version:
            self._go_on()
            return
        self._wanted = None
        self.failed.emit(error)
