"""Keeps the recap of a rehearsal apart from the real one, under the hands of the same page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tchat_desktop.domain.chat import Chat, RecapDraft
from tchat_desktop.services.editor import ChatEditor


class RecapEditor(ChatEditor):
    """The editor of a chat, in which a rehearsal has a recap of its own.

    While `rehearsing`, `Chat.recap` is what is written and chosen for the invented posts, and the
    real one stays as it is: who is hidden there, in which order, and every word.
    """

    def __init__(self, editor: ChatEditor, rehearsing: Callable[[], bool]) -> None:
        super().__init__(editor.chat)
        self._real = editor
        self._rehearsing = rehearsing

    def shown(self, chat: Chat) -> Chat:
        """A chat as the page of the recap shows it."""
        if not self._rehearsing():
            return chat
        return replace(chat, recap=chat.rehearsed_recap or RecapDraft())

    @property
    def chat(self) -> Chat:
        """The chat as it is now."""
        return self.shown(self._real.chat)

    def edit(self, chat: Chat, field: str = "") -> None:
        """Replace the chat by an edited one (see `ChatEditor.edit`)."""
        if self._rehearsing():
            chat = replace(chat, rehearsed_recap=chat.recap, recap=self._real.chat.recap)
        self._real.edit(chat, field)

    def note(self, **fields: object) -> None:
        """Set fields that the app notes by itself (see `ChatEditor.note`)."""
        self._real.note(**fields)
