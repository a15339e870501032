"""The field for the link of a post that was published in the browser, and what is said of it."""

from __future__ import annotations

from itertools import takewhile

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.ui.pages.shared.link_words import LINK_LOOKS
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.text import Text, restyle
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone

PASTED = 9
"""The number of characters that appear at once only when a link is pasted or dropped."""


class LinkLine(QWidget):
    """One line without a label above: its placeholder says what it is for.

    What is said of the link stands in `said`, which the card places below its buttons, so that they
    do not move.
    """

    def __init__(self) -> None:
        super().__init__()
        self.editor = LineEdit(Cap.LINK)
        label = _("Link of the message, if you have it at hand")
        # What the field has room for beside the buttons.
        self.editor.setPlaceholderText(_("Link (optional)"))
        self.editor.setAccessibleName(label)
        self._hint = (
            _("Pasting it here confirms at once. Without a link, click “Yes, it is published”.")
            + f" {LINK_LOOKS}"
        )
        set_tip(self.editor, self._hint)
        self.said = Text("", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.editor)
        self.say("")

    @property
    def verdict(self) -> str:
        """What is said about the link."""
        return self.said.text()

    def say(self, text: str, tone: Tone = "look") -> None:
        """Tell the verdict on the link; an empty text takes it away."""
        self.said.setText(text)
        self.said.set_tone(tone if text else None)
        self.said.setVisible(bool(text))
        self.editor.setProperty("problem", tone == "stop" and bool(text))
        # A screen reader says the verdict together with the field it is about.
        self.editor.setAccessibleDescription(text or self._hint)
        restyle(self.editor)


def is_pasted(before: str, text: str) -> bool:
    """Return whether many characters came at once, also if they replaced others."""
    start = _shared(before, text)
    end = _shared(before[start:][::-1], text[start:][::-1])
    return text == before or len(text) - start - end >= PASTED


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _both in takewhile(lambda pair: pair[0] == pair[1], pairs))
