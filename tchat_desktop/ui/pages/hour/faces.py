"""Helpers of the two main cards: alternating contents in one place, and room kept free."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.widgets.card import Card, column
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.text import Text

POST_LINES = 3
"""The number of lines of a post that show on a card; the whole of it is its tool tip."""


class Faces:
    """Contents of one card that take turns; it is as high as the one that shows."""

    def __init__(self, *faces: QWidget) -> None:
        self.all = faces
        self._current = 0
        # The first one is not shown here: without a parent yet, it would open as a window.
        for other in faces[1:]:
            other.hide()

    @property
    def current(self) -> int:
        """The number of the face that shows."""
        return self._current

    def show_face(self, number: int) -> None:
        """Show another face."""
        self._current = number
        for at, one in enumerate(self.all):
            if at != number:
                one.hide()
        self.all[number].show()


def low_card(card: Card) -> None:
    """Make a card as low as its place above the feed asks."""
    across, above = theme.px(theme.Space.UNDER_HEADING), theme.px(theme.Space.BESIDE)
    card.content.setContentsMargins(across, above, across, above)
    card.setMinimumHeight(theme.px(theme.Height.HOUR_CARD))


def has_pictures(hour: HourPort) -> bool:
    """Return whether any post of the hour has a picture."""
    return any(post.picture is not None for post in hour.planned)


def has_stopped(post: OutboxPost | None) -> bool:
    """Return whether a post needs the organiser's decision."""
    return post is not None and post.state in NEEDS_ORGANISER


def face(*items: QWidget | QLayout) -> QWidget:
    """Return one content of a card, with these items one below the other."""
    widget = QWidget()
    # A post takes the room that is left, so that as much of it as possible is shown.
    fills = any(isinstance(item, PostText) for item in items)
    widget.setLayout(column(*items, *(() if fills else (None,)), spacing=theme.Space.LINE))
    return widget


def two_lines(text: Text) -> Text:
    """Keep room for two lines, so that a longer name moves nothing; return the text."""
    return keep_lines(text, 2)


def keep_lines(text: Text, lines: int) -> Text:
    """Keep room for that many lines, whatever the text; return the text."""
    text.ensurePolished()
    shown = text.text()
    text.setText("\n".join("M" * lines))
    text.setMinimumHeight(text.sizeHint().height())
    text.setText(shown)
    return text


def set_words(text: Text, words: str) -> None:
    """Set the text if it differs, because setting the same one would lay it out again."""
    if text.text() != words:
        text.setText(words)
