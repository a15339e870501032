"""The row of filters above the conversation, each with the number of posts that it shows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.models.feed import FeedFilter
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, pgettext

SELDOM = (FeedFilter.GIVEN, FeedFilter.HIDDEN)
"""Filters that are visible only while there is a post for them."""


def filter_name(which: FeedFilter) -> str:
    """Return the name of a filter."""
    return {
        FeedFilter.ALL: pgettext("filter", "All"),
        FeedFilter.QUESTIONS: pgettext("filter", "Questions"),
        FeedFilter.GUESTS: pgettext("filter", "Guests"),
        FeedFilter.UNANSWERED: pgettext("filter", "To answer"),
        FeedFilter.STARRED: pgettext("filter", "Highlights"),
        FeedFilter.GIVEN: pgettext("filter", "Given, unanswered"),
        FeedFilter.HIDDEN: pgettext("filter", "Hidden"),
    }[which]


class FeedFilters(QWidget):
    """The buttons of the filters: one is chosen; they keep their width as numbers grow."""

    changed = Signal()

    def __init__(self, by_hand: bool) -> None:
        super().__init__()
        self.chosen = FeedFilter.ALL
        self._group = QButtonGroup(self)
        self._buttons = {one: self._button(one) for one in FeedFilter}
        self._buttons[self.chosen].setChecked(True)
        layout = FlowLayout(*self._buttons.values())
        if by_hand:
            # Without keys the tag is not read: other people may have written too.
            layout = FlowLayout(
                Text(_("Pasted here:"), "small", wrap=False), *self._buttons.values()
            )
        self.setLayout(layout)
        self._group.buttonClicked.connect(self._on_clicked)
        for one in SELDOM:
            self._buttons[one].hide()

    def button(self, which: FeedFilter) -> Button:
        """Return the button of a filter."""
        return self._buttons[which]

    def choose(self, which: FeedFilter) -> None:
        """Choose a filter without emitting a signal."""
        self._buttons[which].setChecked(True)
        self.chosen = which

    def show_counts(self, counts: Mapping[FeedFilter, int]) -> None:
        """Show how many posts each filter shows; the rare filters only when there are any."""
        for one, button in self._buttons.items():
            name = f"{filter_name(one)} {counts[one]}"
            if button.accessibleName() != name:
                button.show_text(f"{self._sign(one)} {counts[one]}", name)
        for one in SELDOM:
            self._buttons[one].setVisible(counts[one] > 0 or self.chosen is one)

    @staticmethod
    def _sign(which: FeedFilter) -> str:
        return "★" if which is FeedFilter.STARRED else filter_name(which)

    def _button(self, which: FeedFilter) -> Button:
        button = Button("", "filter", name=filter_name(which))
        widest = QFontMetrics(button.font()).horizontalAdvance(f"{self._sign(which)} 000")
        button.setMinimumSize(QSize(widest + theme.px(26), max(32, theme.px(32))))
        self._group.addButton(button)
        return button

    def _on_clicked(self) -> None:
        self.chosen = next(one for one, button in self._buttons.items() if button.isChecked())
        self.changed.emit()
