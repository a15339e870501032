"""What stands where no post is shown: nothing has come yet, or a filter shows none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.ui.pages.hour.way_words import empty_words
from tchat_desktop.ui.pages.shared.paste_words import paste_steps
from tchat_desktop.ui.theme import Space
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import column, row
from tchat_desktop.ui.widgets.empty_state import EmptyState
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class FeedEmpty(QWidget):
    """A drawing while nothing has come; else why nothing is shown, and the way to all posts."""

    def __init__(self, by_hand: bool, show_all: Callable[[], object]) -> None:
        super().__init__()
        title, why = _("No post yet"), empty_words(False, by_hand)
        if by_hand:
            steps = [Text(step) for step in paste_steps()]
            self._nothing = EmptyState("posts", title, why, further=steps)
        else:
            self._nothing = EmptyState("posts", title, why)
        self._filtered = QWidget()
        words = Text(empty_words(True, by_hand), "lead")
        every = Button(_("Show all posts"), clicked=show_all)
        self._filtered.setLayout(column(words, row(every, None), spacing=Space.UNDER_HEADING))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._nothing)
        layout.addWidget(self._filtered)

    def show_why(self, filtered: bool) -> None:
        """Show which of the two it is; `filtered` when a filter or a search may hide posts."""
        self._nothing.setHidden(filtered)
        self._filtered.setVisible(filtered)
