"""Asking before a text of ours that may name a child leaves: in one dialog, once for each text."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.named_children import to_ask_about, with_naming_meant
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.dialogs import confirms_naming
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.wording.child_words import naming_words
from tchat_desktop.wording.i18n import _


def no_hour() -> None:
    """Return None: no hour is open that would have to know."""
    return


class ChildGuard:
    """Stands at every button by which a text of ours leaves; `hour` returns the hour it is for.

    What was decided is noted in the chat, so that nobody is asked twice about the same text.
    """

    def __init__(self, editor: ChatEditor, hour: Callable[[], HourPort | None] = no_hour) -> None:
        self._editor = editor
        self._hour = hour

    @property
    def chat(self) -> Chat:
        """The chat whose texts leave, as it is now."""
        return self._editor.chat

    def words(self, text: str) -> str:
        """Return the sentence on the child a text may name; "" for none, or once it is meant."""
        return naming_words(to_ask_about(text, self._editor.chat))

    def lets_leave(self, parent: QWidget, text: str) -> bool:
        """Return whether a text may leave, after asking if it may name a child.

        Return False too when `parent` has gone meanwhile.
        """
        found = to_ask_about(text, self._editor.chat)
        if not found:
            return True
        if not confirms_naming(parent, found, text, PublishButton(_("Publish anyway"))):
            return False
        self.mean(text)
        return shiboken6.isValid(parent)

    def mean(self, text: str) -> None:
        """Note that the organiser publishes this text although it may name a child."""
        chat = with_naming_meant(self._editor.chat, text)
        self._editor.note(named_on_purpose=chat.named_on_purpose)
        hour = self._hour()
        if hour is not None:
            hour.name_on_purpose(text)
