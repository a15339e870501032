"""A field for a number that may be left empty."""

from __future__ import annotations

from collections.abc import Callable

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import MOST_HOPED
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.wording.i18n import _, format_number


class NumberField(Field):
    """Says below itself what is wrong; `typed` is called with each number, 0 for none."""

    def __init__(
        self, title: str, example: str, typed: Callable[[int], None], hint: str = ""
    ) -> None:
        self.edit = LineEdit(Cap.NAME)
        super().__init__(title, self.edit, hint)
        self._typed = typed
        self.edit.setPlaceholderText(example)
        self.edit.textEdited.connect(self._on_edited)

    def show_number(self, number: int) -> None:
        """Show a number, nothing for 0; one that is being typed stays as it is."""
        if (number_in(self.edit.text()) or 0) != number:
            self.edit.setText(str(number) if number else "")

    def _on_edited(self, text: str) -> None:
        number = number_in(text)
        wrong = _("A whole number, up to {most}.").format(most=format_number(MOST_HOPED))
        self.say(wrong if number is None else "", "look")
        self._typed(number or 0)


def number_in(typed: str) -> int | None:
    """Return the number that was typed, 0 for none; None for what is no such number."""
    digits = "".join(typed.split())
    if not digits:
        return 0
    if not digits.isdecimal() or len(digits) > len(str(MOST_HOPED)):
        return None
    number = int(digits)
    return number if number <= MOST_HOPED else None
