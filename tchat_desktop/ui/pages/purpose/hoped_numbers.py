"""What is hoped for in numbers, which the report sets beside what came."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import MOST_HOPED, Chat
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.pair import Pair
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, format_number


class HopedNumbers(QWidget):
    """Two numbers that may be left empty."""

    def __init__(self, editor: ChatEditor) -> None:
        super().__init__()
        self._editor = editor
        people, replies = _number_edit(_("Example: 30")), _number_edit(_("Example: 60"))
        people.textEdited.connect(self._on_people_edited)
        replies.textEdited.connect(self._on_replies_edited)
        self.people = Field(_("People you hope for (a number)"), people)
        self.replies = Field(_("Replies you hope for (a number)"), replies)
        self._edits = people, replies
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
        hoped = chat.hoped_participants, chat.hoped_replies
        for edit, number in zip(self._edits, hoped, strict=True):
            if (number_in(edit.text()) or 0) != number:
                edit.setText(str(number) if number else "")

    def _on_people_edited(self, text: str) -> None:
        number = _judged(self.people, text)
        chat = replace(self._editor.chat, hoped_participants=number)
        self._editor.edit(chat, field="hoped_participants")

    def _on_replies_edited(self, text: str) -> None:
        number = _judged(self.replies, text)
        self._editor.edit(replace(self._editor.chat, hoped_replies=number), field="hoped_replies")


def _judged(field: Field, typed: str) -> int:
    """Say below a field what is wrong with what was typed; return the number, 0 for none."""
    number = number_in(typed)
    wrong = _("A whole number, up to {most}.").format(most=format_number(MOST_HOPED))
    field.say(wrong if number is None else "", "look")
    return number or 0


def number_in(typed: str) -> int | None:
    """Return the number that was typed, 0 for none; None for what is no such number."""
    digits = "".join(typed.split())
    if not digits:
        return 0
    if not digits.isdecimal() or len(digits) > len(str(MOST_HOPED)):
        return None
    number = int(digits)
    return number if number <= MOST_HOPED else None


def _number_edit(example: str) -> LineEdit:
    edit = LineEdit(Cap.NAME)
    edit.setPlaceholderText(example)
    return edit
