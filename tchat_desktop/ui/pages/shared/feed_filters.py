"""The filters above the conversation, each with the number of posts that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.models.feed_entry import AnswersTo, FeedFilter, PostFilter
from tchat_desktop.ui.models.feed_order import Filed
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.radio import goes_to_other, stop_at_chosen
from tchat_desktop.wording.i18n import _, pgettext

SELDOM = (FeedFilter.NEWCOMERS, FeedFilter.GIVEN, FeedFilter.HIDDEN)
"""Filters of the menu, which are in the row only while they are chosen."""


def filter_name(which: PostFilter, numbers: Mapping[str, int] | None = None) -> str:
    """Return the name of a filter; `numbers` are those of the questions by their ids."""
    if isinstance(which, AnswersTo):
        return _("Answers to Q{number}").format(number=(numbers or {}).get(which.question_id, ""))
    return {
        FeedFilter.ALL: pgettext("filter", "All"),
        FeedFilter.QUESTIONS: pgettext("filter", "Questions"),
        FeedFilter.GUESTS: pgettext("filter", "Guests"),
        FeedFilter.UNANSWERED: pgettext("filter", "To answer"),
        FeedFilter.STARRED: pgettext("filter", "Highlights"),
        FeedFilter.NEWCOMERS: pgettext("filter", "New voices"),
        FeedFilter.GIVEN: pgettext("filter", "Given, unanswered"),
        FeedFilter.HIDDEN: pgettext("filter", "Hidden"),
    }[which]


class _Choice(Button):
    """One filter of the row; an arrow chooses the one beside it."""

    def __init__(self, name: str) -> None:
        super().__init__("", "filter", name=name)
        roles.give(self, "radio")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not goes_to_other(self, event):
            super().keyPressEvent(event)


class FeedFilters(QWidget):
    """The filters, of which one is chosen; they keep their width as numbers grow.

    They are one Tab stop. Those of the menu are in the row only while they are chosen.
    """

    changed = Signal()

    def __init__(self, by_hand: bool) -> None:
        super().__init__()
        self.chosen: PostFilter = FeedFilter.ALL
        self._counts: Mapping[Filed, int] = {}
        self._numbers: Mapping[str, int] = {}
        self._group = QButtonGroup(self)
        self._buttons = {one: self._button(filter_name(one), self._sign(one)) for one in FeedFilter}
        self._answers_to = AnswersTo("")
        self._answers = self._button(filter_name(self._answers_to), filter_name(self._answers_to))
        self._buttons[FeedFilter.ALL].setChecked(True)
        shown = (*self._buttons.values(), self._answers)
        self.setLayout(FlowLayout(*shown, spacing=theme.Space.NEAR))
        # Without keys the tag is not read: other people may have written too.
        words = _("Which of the posts pasted here to show") if by_hand else _("Which posts to show")
        roles.give(self, "radiogroup", words)
        stop_at_chosen(self._group)
        self._group.buttonClicked.connect(self._on_clicked)
        self._show_seldom()

    def button(self, which: PostFilter) -> Button:
        """Return the button of a filter."""
        return self._answers if isinstance(which, AnswersTo) else self._buttons[which]

    def choose(self, which: PostFilter) -> None:
        """Choose a filter without emitting a signal."""
        if isinstance(which, AnswersTo):
            self._answers_to = which
        self.button(which).setChecked(True)
        self.chosen = which
        self._show_names()

    def show_counts(self, counts: Mapping[Filed, int]) -> None:
        """Show how many posts each filter shows."""
        self._counts = counts
        self._show_names()

    def show_numbers(self, numbers: Mapping[str, int]) -> None:
        """Show under which numbers the questions are asked, by the ids of the questions."""
        self._numbers = numbers
        self._show_names()

    def name(self, which: PostFilter) -> str:
        """Return the name of a filter, without its count."""
        return filter_name(which, self._numbers)

    def in_menu(self) -> list[tuple[PostFilter, str]]:
        """Return the filters that are not in the row, each as it is called with its count.

        Of the questions, those that have answers, in the order of their numbers.
        """
        asked = sorted(self._numbers, key=lambda one: self._numbers[one])
        answers = [AnswersTo(one) for one in asked if self._counts.get(AnswersTo(one))]
        listed: tuple[PostFilter, ...] = (*SELDOM, *answers)
        return [(one, self._counted(one)) for one in listed]

    def _show_names(self) -> None:
        for one in (*FeedFilter, self._answers_to):
            button, name = self.button(one), self._counted(one)
            if button.accessibleName() != name:
                button.show_text(f"{self._sign(one)} {self._counts.get(one, 0)}", name)
        self._show_seldom()

    def _show_seldom(self) -> None:
        for one in SELDOM:
            self._buttons[one].setVisible(self.chosen is one)
        self._answers.setVisible(isinstance(self.chosen, AnswersTo))
        stop_at_chosen(self._group)

    def _counted(self, which: PostFilter) -> str:
        return f"{self.name(which)} {self._counts.get(which, 0)}"

    def _sign(self, which: PostFilter) -> str:
        return "★" if which is FeedFilter.STARRED else self.name(which)

    def _button(self, name: str, sign: str) -> Button:
        button = _Choice(name)
        button.ensurePolished()
        widest = QFontMetrics(button.font()).horizontalAdvance(f"{sign} 000")
        button.setMinimumSize(
            QSize(
                widest + theme.px(theme.Space.PAGE),
                max(theme.Height.TARGET, theme.px(theme.Height.TARGET)),
            )
        )
        self._group.addButton(button)
        return button

    def _on_clicked(self) -> None:
        checked = (one for one in (*FeedFilter, self._answers_to) if self.button(one).isChecked())
        self.choose(next(checked))
        self.changed.emit()


class MoreFilters(Button):
    """The button of the menu with the filters that are used less often."""

    def __init__(self, filters: FeedFilters) -> None:
        super().__init__(
            pgettext("filter", "More…"), "plain", clicked=self._pop_up, name=_("More filters")
        )
        self._filters = filters

    def sizeHint(self) -> QSize:
        least = max(theme.Height.TARGET, theme.px(theme.Height.TARGET))
        return super().sizeHint().expandedTo(QSize(0, least))

    def menu_of(self) -> QMenu:
        """Return the menu as it is now; it is deleted once it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for which, words in self._filters.in_menu():
            if isinstance(which, AnswersTo) and not menu.actions()[-1].data():
                menu.addSeparator()
            action = QAction(words.replace("&", "&&"), menu, checkable=True)
            action.setChecked(which == self._filters.chosen)
            action.setData(which.question_id if isinstance(which, AnswersTo) else "")
            action.triggered.connect(partial(self._on_chosen, which))
            menu.addAction(action)
        return menu

    def _pop_up(self) -> None:
        self.menu_of().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _on_chosen(self, which: PostFilter) -> None:
        self._filters.choose(which)
        self._filters.changed.emit()
