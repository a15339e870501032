"""What every page has: a title, one sentence of why, its content, and advice beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, row
from tchat_desktop.ui.widgets.hold_still import HoldStill
from tchat_desktop.ui.widgets.placing import add_to, take_away
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.step_titles import step_title

CONTENT_WIDTH = 680
"""Text wider than about 70 characters is hard to read."""
ADVICE_WIDTH = 272
FOLD_BELOW = 900
"""Narrower than this, the advice folds under the page."""


class Page(SteadyScrollArea):
    """One step of the guide. Subclasses fill `content` and `advice` in their constructor.

    `show_chat` is called with the chat before the page is first seen and after every edit, also
    those made by the page itself: it must not disturb the field that is being typed in.
    """

    step: StepId
    step_wanted = Signal(StepId)
    """Another step is where what this page asks for can be done."""
    check_wanted = Signal(StepId)
    """The step on whose page something is to be looked at first."""
    new_edition_wanted = Signal(str)
    """With the id of the chat of which another edition is wanted."""
    filled = Signal()
    """What it waited for is on it now."""

    def __init__(self, title: str, lead: str, wide: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.covered = 0
        """How many pixels at the top are covered by what stays in sight while the rest scrolls."""

        self.inner = QWidget()
        """All that scrolls."""
        self.inner.setObjectName("page")
        self.setWidget(self.inner)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.inner)
        self.leave_room_above(0)
        self._columns.setSpacing(theme.px(34))

        self.main = QWidget()
        """What is not advice."""
        self.main.setMaximumWidth(theme.px(CONTENT_WIDTH * (2 if wide else 1)))
        self.main.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.content = QVBoxLayout(self.main)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(theme.px(14))
        self.title = Text(title, "title")
        self.header = row(self.title)
        self.lead = Text(lead, "lead")
        self.content.addLayout(self.header)
        self.content.addWidget(self.lead)

        self._aside = QWidget()
        self.advice = QVBoxLayout(self._aside)
        self.advice.setContentsMargins(0, 0, 0, 0)
        self.advice.setSpacing(theme.px(14))

        self._columns.addWidget(self.main, 1, Qt.AlignmentFlag.AlignTop)
        self._columns.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignTop)
        self._earlier: AdviceCard | None = None
        self._fold(False)
        self._hold_still = HoldStill(self)

    def show_chat(self, chat: Chat) -> None:
        """Show the chat as it is now."""

    def show_notes(self, notes: str) -> None:
        """Show what was to be kept from the edition before, beside the page; "" for nothing."""
        if self._earlier is not None:
            take_away(self.advice, self._earlier)
        self._earlier = AdviceCard(_("Your notes of last time"), notes) if notes else None
        if self._earlier is not None:
            self.advice.insertWidget(0, self._earlier)

    @property
    def shown_as(self) -> StepId:
        """The step that the rail lights while this page is open."""
        return self.step

    @property
    def leads_on(self) -> bool:
        """Whether the next step comes after it."""
        return True

    @property
    def has_main_button(self) -> bool:
        """Whether a filled button stands on it: then no other does in the window."""
        return any(
            one.property("kind") == "primary" and one.isVisibleTo(self)
            for one in self.findChildren(Button)
        )

    def unfinished(self) -> object | None:
        """What was typed and is not in the chat yet, for the page that takes this one's place."""
        return None

    @property
    def typed(self) -> Sequence[str]:
        """What is typed here and gone once the chat is closed, in words; nothing most often."""
        if self.unfinished() is None:
            return ()
        return (_("a text of the step “{step}”").format(step=step_title(self.step)),)

    def take_up(self, unfinished: object) -> None:
        """Go on with what the page before this one left; called before `show_chat`."""

    @property
    def counts_to_check(self) -> bool:
        """Whether it says itself, always in sight, how many posts of the chat are to be checked."""
        return False

    @property
    def undoes_itself(self) -> bool:
        """Whether undo is about what was decided on this page, and not about the preparation."""
        return False

    def undo(self) -> None:
        """Take back what was decided last on a page that undoes itself."""

    def show_to_check(self) -> None:
        """Bring what waits for the person's word into view, on the page that has such a thing."""

    def lay_out(self) -> None:
        """Give everything its place now: what has none yet cannot be scrolled to."""
        self._columns.activate()

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a widget; one just made has its place only a moment later."""
        self._scroll_to(widget)
        QTimer.singleShot(0, widget, partial(self._scroll_to, widget))

    def _scroll_to(self, widget: QWidget) -> None:
        """Scroll as little as shows all of a widget, or its beginning where it has no room.

        Nothing comes to stand under what covers the top of the page.
        """
        gap, bar = theme.px(12), self.verticalScrollBar()
        top = widget.mapTo(self.inner, QPoint(0, 0)).y() - gap
        bottom = top + widget.height() + 2 * gap
        if bottom > bar.value() + self.viewport().height():
            bar.setValue(bottom - self.viewport().height())
        if top < bar.value() + self.covered:
            bar.setValue(top - self.covered)

    def bring_to_top(self, widget: QWidget) -> None:
        """Scroll a widget that has just grown up to the top, as soon as it has its size."""
        QTimer.singleShot(0, widget, partial(self._scroll_to_top, widget))

    def _scroll_to_top(self, widget: QWidget) -> None:
        top = widget.mapTo(self.inner, QPoint(0, 0)).y()
        self.verticalScrollBar().setValue(top - theme.px(12) - self.covered)

    def leave_room_above(self, height: int) -> None:
        """Keep so many pixels free above the page, for what stays in sight while it scrolls."""
        top = theme.px(26) + height
        self._columns.setContentsMargins(theme.px(34), top, theme.px(24), theme.px(26))

    def add(self, *items: QWidget | QLayout) -> None:
        """Add widgets or layouts below each other to the page."""
        add_to(self.content, items)

    def add_advice(self, *cards: QWidget) -> None:
        """Add cards beside the page."""
        for card in cards:
            self.advice.addWidget(card)

    def focusNextPrevChild(self, forward: bool) -> bool:
        before, bar = self.focusWidget(), self.verticalScrollBar()
        place = bar.value()
        moved = super().focusNextPrevChild(forward)
        if before is not None and not (before.isVisible() and before.isEnabled()):
            # Nobody pressed Tab: what had the keyboard went. The page stays where it is.
            bar.setValue(place)
            return moved
        # Qt scrolls to it, and knows nothing of what covers the top.
        at = self.focusWidget()
        if moved and self.covered and at is not None and self.inner.isAncestorOf(at):
            self._scroll_to(at)
        return moved

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold(self.viewport().width() < theme.px(FOLD_BELOW))

    def _fold(self, folded: bool) -> None:
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.TopToBottom if folded else directions.LeftToRight)
        if folded:
            self._aside.setMinimumWidth(0)
            self._aside.setMaximumWidth(theme.px(CONTENT_WIDTH))
        else:
            self._aside.setFixedWidth(theme.px(ADVICE_WIDTH))
