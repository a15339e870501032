"""How far each edited chat is on disk, as the autosave reports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.shell.top_bar import TopBar

if TYPE_CHECKING:
    from tchat_desktop.services.events import ChatSaved, SaveFailed


class SavingState(QObject):
    """Remembers what is not written yet, and what the disk refused, over all chats."""

    changed = Signal(str)
    """The chat of this id is further on its way to the disk, or less."""
    refused = Signal(object, bool)
    """The disk refused a chat: the error, and whether it is another one than before."""
    all_kept = Signal()
    """What was refused last is on disk by now."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._unsaved: set[str] = set()
        self._errors: dict[str, Exception] = {}
        bridge.chat_saved.connect(self._on_chat_saved)
        bridge.save_failed.connect(self._on_save_failed)

    @property
    def errors(self) -> tuple[Exception, ...]:
        """Why chats are not on disk."""
        return tuple(self._errors.values())

    def edited(self, chat_id: str) -> None:
        """A chat was edited, so it is not on disk as it is."""
        self._unsaved.add(chat_id)
        self.changed.emit(chat_id)

    def begin_anew(self) -> None:
        """Forget what another place refused."""
        self._errors.clear()

    def show_on(self, bar: TopBar, chat_id: str) -> None:
        """Say how far a chat is."""
        if chat_id in self._errors:
            bar.show_unsaved()
        elif chat_id in self._unsaved:
            bar.show_saving()
        else:
            bar.show_saved()

    def _on_chat_saved(self, event: ChatSaved) -> None:
        self._unsaved.discard(event.chat_id)
        refused = self._errors.pop(event.chat_id, None)
        self.changed.emit(event.chat_id)
        if refused is not None and not self._errors:
            self.all_kept.emit()

    def _on_save_failed(self, event: SaveFailed) -> None:
        former = self._errors.get(event.chat_id)
        self._errors[event.chat_id] = event.error
        self.changed.emit(event.chat_id)
        self.refused.emit(event.error, type(former) is not type(event.error))
