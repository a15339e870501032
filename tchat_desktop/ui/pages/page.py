"""The base class of all pages: a title, a sentence that says why, the content, and advice."""

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
"""The greatest width of the content, in pixels at 100 %: longer lines are hard to read."""
ADVICE_WIDTH = 272
FOLD_BELOW = 900
"""The width in pixels at 100 % below which the advice stands under the content."""


class Page(SteadyScrollArea):
    """One step of the guide. Subclasses fill `content` and `advice` in their constructor.

    `show_chat` is called with the chat before the page is first shown and after every edit,
    including those made by the page itself. It must not disturb the field that is being typed in.
    """

    step: StepId
    step_wanted = Signal(StepId)
    """Emitted with the step in which something that this page asks for can be done."""
    check_wanted = Signal(StepId)
    """Emitted with the step on whose page something must be looked at first."""
    new_edition_wanted = Signal(str)
    """Emitted with the id of the chat of which another edition is wanted."""
    filled = Signal()
    """Emitted when the page has received the content that it was waiting for."""

    def __init__(self, title: str, lead: str, wide: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.covered = 0
        """The height in pixels of what covers the top of the page without scrolling."""

        self.inner = QWidget()
        """The widget that scrolls."""
        self.inner.setObjectName("page")
        self.setWidget(self.inner)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.inner)
        self.leave_room_above(0)
        self._columns.setSpacing(theme.px(34))

        self.main = QWidget()
        """The column of the content, without the advice."""
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
        """Show beside the page what was noted for next time in the last edition; "" removes it."""
        if self._earlier is not None:
            take_away(self.advice, self._earlier)
        self._earlier = AdviceCard(_("Your notes of last time"), notes) if notes else None
        if self._earlier is not None:
            self.advice.insertWidget(0, self._earlier)

    @property
    def shown_as(self) -> StepId:
        """The step that the rail highlights while this page is open."""
        return self.step

    @property
    def leads_on(self) -> bool:
        """Whether the page ends with the way to the next step."""
        return True

    @property
    def has_main_button(self) -> bool:
        """Whether a filled button is visible on the page; there is at most one in the window."""
        return any(
            one.property("kind") == "primary" and one.isVisibleTo(self)
            for one in self.findChildren(Button)
        )

    def unfinished(self) -> object | None:
        """Return what was typed and is not in the chat yet, for the page that replaces this one."""
        return None

    @property
    def typed(self) -> Sequence[str]:
        """What was typed here and is lost when the chat is closed, in words; mostly empty."""
        if self.unfinished() is None:
            return ()
        return (_("a text of the step “{step}”").format(step=step_title(self.step)),)

    def take_up(self, unfinished: object) -> None:
        """Take over what `unfinished` of the replaced page returned; called before `show_chat`."""

    @property
    def counts_to_check(self) -> bool:
        """Whether the page itself always shows how many posts of the chat are to be checked."""
        return False

    @property
    def undoes_itself(self) -> bool:
        """Whether "undo" concerns the decisions on this page, not the preparation of the chat."""
        return False

    def undo(self) -> None:
        """Undo the last decision, on a page with `undoes_itself`."""

    def show_to_check(self) -> None:
        """Scroll to what waits for the organiser's decision, on a page that has such a thing."""

    def lay_out(self) -> None:
        """Lay out the page now: a widget without a position cannot be scrolled to."""
        self._columns.activate()

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a widget at once, and again a moment later, when a new one has its position."""
        self._scroll_to(widget)
        QTimer.singleShot(0, widget, partial(self._scroll_to, widget))

    def _scroll_to(self, widget: QWidget) -> None:
        """Scroll as little as possible to show all of a widget, or its top if it is too high.

        The widget does not end up under what covers the top of the page.
        """
        gap, bar = theme.px(12), self.verticalScrollBar()
        top = widget.mapTo(self.inner, QPoint(0, 0)).y() - gap
        bottom = top + widget.height() + 2 * gap
        if bottom > bar.value() + self.viewport().height():
            bar.setValue(bottom - self.viewport().height())
        if top < bar.value() + self.covered:
            bar.setValue(top - self.covered)

    def bring_to_top(self, widget: QWidget) -> None:
        """Scroll a widget that has just grown to the top, as soon as it has its new size."""
        QTimer.singleShot(0, widget, partial(self._scroll_to_top, widget))

    def _scroll_to_top(self, widget: QWidget) -> None:
        top = widget.mapTo(self.inner, QPoint(0, 0)).y()
        self.verticalScrollBar().setValue(top - theme.px(12) - self.covered)

    def leave_room_above(self, height: int) -> None:
        """Keep `height` pixels free above the page for a widget that does not scroll."""
        top = theme.px(26) + height
        self._columns.setContentsMargins(theme.px(34), top, theme.px(24), theme.px(26))

    def add(self, *items: QWidget | QLayout) -> None:
        """Add widgets or layouts to the content, one below the other."""
        add_to(self.content, items)

    def add_advice(self, *cards: QWidget) -> None:
        """Add cards to the advice."""
        for card in cards:
            self.advice.addWidget(card)

    def focusNextPrevChild(self, forward: bool) -> bool:
        before, bar = self.focusWidget(), self.verticalScrollBar()
        place = bar.value()
        moved = super().focusNextPrevChild(forward)
        if before is not None and not (before.isVisible() and before.isEnabled()):
            # Nobody pressed Tab: the widget with the focus was hidden or disabled. The page does
            # not scroll.
            bar.setValue(place)
            return moved
        # Qt scrolls to the widget, but does not know what covers the top of the page.
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
