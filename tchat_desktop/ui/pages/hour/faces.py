"""What the two cards at the top share: faces that take turns in one place, and room kept free."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.widgets.card import column
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.text import Text


def has_pictures(hour: HourPort) -> bool:
    """Whether any post of the hour has a picture."""
    return any(post.picture is not None for post in hour.planned)


def keep_room(widget: QWidget, kept: bool = True) -> None:
    """Whether a widget takes its room also while it is hidden, so that nothing moves."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(kept)
    widget.setSizePolicy(policy)


def has_stopped(post: OutboxPost | None) -> bool:
    """Whether a post waits for the organiser's word."""
    return post is not None and post.state in NEEDS_ORGANISER


def face(*items: object) -> QWidget:
    """One of the faces of a card: things below each other."""
    widget = QWidget()
    # A post takes the room there is, so that no more of it is left out than must be.
    fills = any(isinstance(item, PostText) for item in items)
    layout = column(*items, *(() if fills else (None,)))  # type: ignore[arg-type]
    widget.setLayout(layout)
    # A card is as high as the highest of its faces.
    keep_room(widget)
    return widget


def two_lines(text: Text) -> Text:
    """Room for two lines, so that a longer name moves nothing."""
    return keep_lines(text, 2)


def keep_lines(text: Text, lines: int) -> Text:
    """Room for so many lines, whatever is said."""
    text.ensurePolished()
    shown = text.text()
    text.setText("\n".join("M" * lines))
    text.setMinimumHeight(text.sizeHint().height())
    text.setText(shown)
    return text


def set_words(text: Text, words: str) -> None:
    """Show other words; the same ones are not laid out again."""
    if text.text() != words:
        text.setText(words)
