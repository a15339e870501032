"""Keeps what the thread is held against up to date, without holding up the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.thread_source import ThreadSource
from tchat_desktop.services.material import Material
from tchat_desktop.services.recap_reader import RecapReader
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK


class ThreadReading(QObject):
    """Reads the recap of now for the thread; while it is read, the former one stays."""

    read = Signal()
    """Emitted when `source` is that of now."""
    failed = Signal(object)

    def __init__(
        self,
        parent: QObject,
        bridge: Bridge,
        reader: RecapReader,
        figures: Callable[[Recap], str],
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._reader = reader
        self._figures = figures
        self._shown: tuple[Chat, Material] | None = None
        self._busy = False
        self._again = False
        self.source: ThreadSource | None = None
        """None until it was read for the first time."""
        self.now: Recap | None = None
        """The recap that `source` is of, with the words typed by then."""

    def show_material(self, chat: Chat, material: Material) -> None:
        """Read the recap of a chat, if there is a thread and something may have changed in it."""
        told, before = replace(chat, thread=(), thread_out=()), self._shown
        # A material is new when anything in it is: comparing its posts would take long.
        if before is not None and before[1] is material and before[0] == told:
            return
        self._shown = (told, material)
        self._again = self._busy
        if not self._busy:
            self._read()

    def recap(self) -> Recap:
        """The recap of now, with the words that are being typed; call it on the worker thread."""
        assert self._shown is not None
        chat, material = self._shown
        return self._reader.read(chat, material).recap(chat, NETWORK)

    def _read(self) -> None:
        self._busy = True
        self._again = False
        recap, figures = self.recap, self._figures

        def made() -> tuple[Recap, ThreadSource]:
            now = recap()
            return now, ThreadSource(now, figures(now), NETWORK)

        self._bridge.run(self, made, self._on_read, self._on_failed)

    def _on_read(self, made: tuple[Recap, ThreadSource]) -> None:
        self._busy = False
        self.now, self.source = made
        if self._again:
            self._read()
        self.read.emit()

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self.failed.emit(error)
