"""The base class of all pages: a title, a sentence that says why, the content, and advice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
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
from tchat_desktop.ui.widgets.card import AdviceCard, column, row
from tchat_desktop.ui.widgets.fold import Fold
from tchat_desktop.ui.widgets.hold_still import HoldStill
from tchat_desktop.ui.widgets.placing import add_to, lay_out_around, take_away
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.tab_order import nearest_stop
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.step_titles import step_title

CONTENT_WIDTH = 680
"""The greatest width of the content, in pixels at 100 %: longer lines are hard to read."""
ADVICE_WIDTH = 272
MOST_ADVICE = 2
"""Pieces of advice seen beside a page."""
SIDES = (34, 24)
"""The margins before and after the columns, in pixels at 100 %."""
MOST_MORE = 18
"""Pixels by which a wide page stands further in, to begin where the other pages do."""
FOLD_BELOW = 900
"""The width in pixels at 100 % below which the advice stands under the content."""


class PlaceOnPage(StrEnum):
    """What on the page of a step another step leads to."""

    ADDRESS = "address"
    """The field for the address at which the recap is online."""


class Offer(NamedTuple):
    """An entry of the menu of the bar, with what it does."""

    words: str
    act: Callable[[], object]


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
    place_wanted = Signal(StepId, str)
    """Emitted with a step and the `PlaceOnPage` that is to be in sight on its page."""
    new_edition_wanted = Signal(str)
    """Emitted with the id of the chat of which another edition is wanted."""
    data_wanted = Signal()
    """Emitted when what is kept on this computer is to be seen; the chat is closed for it."""
    typed_changed = Signal()
    """Emitted when `typed` may have become another."""
    filled = Signal()
    """Emitted when the page has received the content that it was waiting for."""

    def __init__(self, title: str, lead: str, wide: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.inner = QWidget()
        """The widget that scrolls."""
        self.inner.setObjectName("page")
        self.setWidget(self.inner)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.inner)
        self._wide = wide
        self.leave_room_above(0)
        self._columns.setSpacing(theme.px(theme.Space.COLUMNS))

        self.main = QWidget()
        """The column of the content, without the advice."""
        self.main.setMaximumWidth(theme.px(CONTENT_WIDTH * (2 if wide else 1)))
        self.main.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.title = Text(title, "title")
        self.header = row(self.title)
        self.lead = Text(lead, "lead")
        self.content = QVBoxLayout()
        self.content.setSpacing(theme.px(theme.Space.GAP))
        whole = column(self.header, self.lead, spacing=theme.Space.TITLE_LEAD)
        # Its own margin, not a space after it: in the hour the page hides both.
        under = theme.px(theme.Space.LEAD_CONTENT - theme.Space.TITLE_LEAD)
        self.lead.setContentsMargins(0, 0, 0, under)
        whole.addLayout(self.content)
        self.main.setLayout(whole)

        self._aside = QWidget()
        self._aside.setAccessibleName(_("Advice"))
        self._aside.setProperty("ringed", True)
        self.advice = QVBoxLayout(self._aside)
        self.advice.setContentsMargins(0, 0, 0, 0)
        self.advice.setSpacing(theme.px(theme.Space.GAP))
        self._pieces: list[AdviceCard] = []
        self._further = column(spacing=theme.Space.GAP)
        rest = QWidget()
        rest.setLayout(self._further)
        self._more_advice = Fold(_("More advice"), rest)
        self._more_advice.hide()
        self.advice.addWidget(self._more_advice)

        self._columns.addWidget(self.main, 1, Qt.AlignmentFlag.AlignTop)
        self._columns.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignTop)
        self._earlier: AdviceCard | None = None
        self._fold(False)
        self._hold_still = HoldStill(self, self.at_eyes)

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
    def offers(self) -> Sequence[Offer]:
        """What the menu of the bar offers on this page alone."""
        return ()

    @property
    def keys(self) -> Sequence[tuple[str, str]]:
        """The keys that work on this page alone, each with what it does; for the sheet of keys."""
        return ()

    def at_eyes(self) -> QWidget | None:
        """What is likely to be read, and so stays where it is while things come and go above it."""
        return None

    @property
    def heading(self) -> QWidget:
        """The title that is seen; the keyboard is there when it has no better place."""
        return self.title

    @property
    def aside(self) -> QWidget:
        """The column of the advice."""
        return self._aside

    @property
    def parts(self) -> Sequence[QWidget]:
        """What there is on the page to go through by Tab, in reading order."""
        return (self.inner,)

    @property
    def regions(self) -> Sequence[QWidget]:
        """The parts of the page that a key leads to, in reading order; one inside another last."""
        return (self,)

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

    def show_place(self, place: PlaceOnPage) -> None:
        """Scroll to a place and put the keyboard there, on a page that has it."""

    def show_begun(self) -> None:
        """Scroll to what was begun and waits to go on, on a page that has such a thing."""

    def lay_out(self) -> None:
        """Lay out the page now: a widget without a position cannot be scrolled to."""
        self._columns.activate()

    def _keep_in_sight(self, widget: QWidget) -> None:
        """Scroll to what has the keyboard, if the page has become another one around it."""
        place = QRect(widget.mapTo(self.viewport(), QPoint(0, 0)), widget.size())
        seen = self.viewport().rect().adjusted(0, self.covered, 0, 0)
        if widget.hasFocus() and not seen.intersects(place):
            self.bring_into_view(widget)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a widget at once, and again a moment later, when a new one has its position."""
        lay_out_around(widget)
        self.scroll_to(widget)
        QTimer.singleShot(0, widget, partial(self.scroll_to, widget))

    def bring_to_top(self, widget: QWidget) -> None:
        """Scroll a widget that has just grown to the top, as soon as it has its new size."""
        QTimer.singleShot(0, widget, partial(self._scroll_to_top, widget))

    def _scroll_to_top(self, widget: QWidget) -> None:
        top = widget.mapTo(self.inner, QPoint(0, 0)).y()
        self.verticalScrollBar().setValue(top - theme.px(theme.Space.UNDER_HEADING) - self.covered)

    def leave_room_above(self, height: int) -> None:
        """Keep `height` pixels free above the page for a widget that does not scroll."""
        self._above = height
        before, after = self.sides
        self._columns.setContentsMargins(
            before, theme.px(theme.Space.PAGE) + height, after, theme.px(theme.Space.PAGE)
        )

    @property
    def sides(self) -> tuple[int, int]:
        """The margins left and right of the columns, in pixels.

        A column of text that has more room than it takes stands in the middle of it.
        """
        before, after = map(theme.px, SIDES)
        more = 0
        if self._wide and not self.is_folded:
            beside = before + theme.px(ADVICE_WIDTH)
            room = self.free_width - before - after - beside
            more = max(0, min(theme.px(MOST_MORE), (room - theme.px(CONTENT_WIDTH)) // 2))
        if self.isRightToLeft():
            before, after = after, before
        left, right = self.beneath_bar
        return before + more + left, after + more + right

    @property
    def is_folded(self) -> bool:
        """Whether the advice stands below the content, in a window too narrow for both."""
        return self.free_width < theme.px(FOLD_BELOW)

    @property
    def place_of_advice(self) -> QRect:
        """Where in `inner` the column of the advice stands."""
        return self._aside.geometry()

    def keep_advice_free(self, free: bool) -> None:
        """Whether the column of the advice is left free, for what is put there without it."""
        policy = self._aside.sizePolicy()
        policy.setRetainSizeWhenHidden(free)
        self._aside.setSizePolicy(policy)
        self._aside.setHidden(free)

    def add(self, *items: QWidget | QLayout) -> None:
        """Add widgets or layouts to the content, one below the other."""
        add_to(self.content, items)

    def add_first(self, widget: QWidget) -> None:
        """Put a widget before all the content, as a word to whoever arrives."""
        self.content.insertWidget(0, widget)

    def add_section(self, heading: QWidget | QLayout, *items: QWidget | QLayout) -> None:
        """Add a section: its heading, or a row that begins with it, and what it heads."""
        section = column(heading, spacing=theme.Space.UNDER_HEADING)
        section.setContentsMargins(0, theme.px(theme.Space.SECTION - theme.Space.GAP), 0, 0)
        body = column(*items, spacing=theme.Space.GAP)
        section.addLayout(body)
        self.content.addLayout(section)

    def add_advice(self, *cards: QWidget) -> None:
        """Add cards beside the page: two pieces of advice are seen, more of it is folded."""
        for card in cards:
            if isinstance(card, AdviceCard):
                self._pieces.append(card)
            if len(self._pieces) <= MOST_ADVICE or not isinstance(card, AdviceCard):
                self.advice.insertWidget(self.advice.count() - 1, card)
                continue
            self._further.addWidget(card)
            self._more_advice.show()

    def focusNextPrevChild(self, forward: bool) -> bool:
        before, bar = self.focusWidget(), self.verticalScrollBar()
        place = bar.value()
        if before is not None and not (before.isVisible() and before.isEnabled()):
            # Nobody pressed Tab: the widget with the focus was hidden or disabled. The keyboard
            # stays near, and the page does not scroll.
            inside = self.inner.isAncestorOf(before)
            nearest = nearest_stop(self.inner, before) if inside else None
            if nearest is not None:
                nearest.setFocus(Qt.FocusReason.TabFocusReason)
                QTimer.singleShot(0, nearest, partial(self._keep_in_sight, nearest))
            moved = nearest is not None or super().focusNextPrevChild(forward)
            bar.setValue(place)
            return moved
        moved = super().focusNextPrevChild(forward)
        # Qt scrolls to a line of a field, and does not know what covers the top of the page.
        at = self.focusWidget()
        if moved and at is not None and self.inner.isAncestorOf(at):
            self.scroll_to(at)
        return moved

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold(self.is_folded)
        self.leave_room_above(self._above)

    def _fold(self, folded: bool) -> None:
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.TopToBottom if folded else directions.LeftToRight)
        if folded:
            self._aside.setMinimumWidth(0)
            self._aside.setMaximumWidth(theme.px(CONTENT_WIDTH))
        else:
            self._aside.setFixedWidth(theme.px(ADVICE_WIDTH))
