"""What is hoped for in numbers, which the report sets beside what came."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.number_field import NumberField
from tchat_desktop.ui.widgets.pair import Pair
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class HopedNumbers(QWidget):
    """Two numbers that may be left empty."""

    def __init__(self, editor: ChatEditor) -> None:
        super().__init__()
        self._editor = editor
        self.people = NumberField(
            _("People you hope for (a number)"), _("Example: 30"), self._on_people
        )
        self.replies = NumberField(
            _("Replies you hope for (a number)"), _("Example: 60"), self._on_replies
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addWidget(Pair(self.people, self.replies))
        layout.addWidget(
            Text(
                _(
                    "If you like. The report sets beside it what came: to learn from it, and to "
                    "tell those who support you."
                ),
                "small",
            )
        )

    def show_chat(self, chat: Chat) -> None:
        """Show the numbers; one that is being typed stays as it is."""
        self.people.show_number(chat.hoped_participants)
        self.replies.show_number(chat.hoped_replies)

    def _on_people(self, number: int) -> None:
        chat = replace(self._editor.chat, hoped_participants=number)
        self._editor.edit(chat, field="hoped_participants")

    def _on_replies(self, number: int) -> None:
        self._editor.edit(replace(self._editor.chat, hoped_replies=number), field="hoped_replies")
