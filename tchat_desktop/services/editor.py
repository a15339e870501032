"""Holds the chat being edited, with undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.chat_fields import Use, names_used
from tchat_desktop.domain.clean_text import clean_value

DEPTH = 200
"""How many edits can be undone."""


class ChatEditor:
    """Holds the chat on screen, on the GUI thread only, and tells observers of every change."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._past: list[Chat] = []
        self._future: list[Chat] = []
        self._last_field = ""
        self._observers: list[Callable[[Chat], None]] = []

    @property
    def chat(self) -> Chat:
        """The chat as it is now."""
        return self._chat

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to undo."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone edit to redo."""
        return bool(self._future)

    def observe(self, observer: Callable[[Chat], None]) -> None:
        """Call `observer` with the chat after every change."""
        self._observers.append(observer)

    def forget(self, observer: Callable[[Chat], None]) -> None:
        """Stop calling an observer."""
        self._observers.remove(observer)

    def edit(self, chat: Chat, field: str = "") -> None:
        """Replace the chat by an edited one, after cleaning its texts.

        Successive edits with the same `field` are undone together. Raises ValueError for a chat
        with another id.
        """
        if chat.id != self._chat.id:
            raise ValueError("another chat")
        chat = clean_value(chat, self._chat)
        if chat == self._chat:
            return
        if not field or field != self._last_field or not self._past:
            self._past.append(self._chat)
            del self._past[:-DEPTH]
        self._last_field = field
        self._future.clear()
        self._show(chat)

    def note(self, **fields: object) -> None:
        """Set fields that the app notes by itself, in every snapshot, so that undo keeps them.

        Raises ValueError for a field that is not `Use.NOTED` (domain.chat_fields).
        """
        if edited := fields.keys() - set(names_used(Chat, Use.NOTED)):
            raise ValueError(f"{sorted(edited)} are edited, and undone")

        def noted(chat: Chat) -> Chat:
            return replace(chat, **fields)  # type: ignore[arg-type]

        if noted(self._chat) == self._chat:
            return
        self._past = [noted(one) for one in self._past]
        self._future = [noted(one) for one in self._future]
        self._show(noted(self._chat))

    def undo(self) -> None:
        """Undo the last edit, if there is one."""
        if self._past:
            self._future.append(self._chat)
            self._last_field = ""
            self._show(self._past.pop())

    def redo(self) -> None:
        """Redo the edit that was undone last, if there is one."""
        if self._future:
            self._past.append(self._chat)
            self._last_field = ""
            self._show(self._future.pop())

    def _show(self, chat: Chat) -> None:
        self._chat = chat
        for observer in tuple(self._observers):
            observer(chat)
