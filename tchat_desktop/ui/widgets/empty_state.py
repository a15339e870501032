"""What stands where nothing is yet: a drawing of ours, one example, and the one thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt

from tchat_desktop.ui.theme import Space
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.picture import Drawing
from tchat_desktop.ui.widgets.text import Text

DrawingName = Literal["announcements", "chats", "guests", "posts"]

SIZE = (144, 112)
"""The drawing's, in pixels at a text scale of 1."""


class EmptyState(Card):
    """A drawing, what is missing, and an example or a sentence; then the button that begins.

    `further` are sentences that come after the first, such as one that depends on the chat.

    The drawing only decorates: a screen reader passes it over.
    """

    def __init__(
        self,
        drawing: DrawingName,
        title: str,
        sentence: str,
        button: Button | None = None,
        further: Sequence[Text] = (),
    ) -> None:
        super().__init__()
        picture = Drawing("empty", drawing, "", *SIZE)
        words = column(
            None, Text(title, "label"), Text(sentence), *further, spacing=Space.TITLE_LEAD
        )
        if button is not None:
            words.addSpacing(Space.UNDER_HEADING - Space.TITLE_LEAD)
            words.addLayout(row(button, None))
        words.addStretch(1)
        beside = row(picture, spacing=Space.LEAD_CONTENT)
        beside.setAlignment(picture, Qt.AlignmentFlag.AlignVCenter)
        beside.addLayout(words, 1)
        self.add(beside)
