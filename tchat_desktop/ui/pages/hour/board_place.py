"""Where the strip and the side column of an hour stand: they stay in sight while the rest scrolls.

The strip lies over the top of the page. What it grows by for a warning lies over the space that is
kept free below it, so that nothing moves; only what is more than that moves the page down, which
holds what one looks at where it is. As the page scrolls that free space away, the strip takes it,
where the page is high enough: so a warning does not cover the head of a card that was in sight.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.hour.board import HourBoard
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.hold_still import HoldStill, stand_still
from tchat_desktop.ui.widgets.scroll import BAR, SteadyScrollArea
from tchat_desktop.wording.i18n import _

MOST_PINNED = 0.4
"""The greatest share of the page's height for the strip: it gives up what counts least for that,
and one that is higher all the same scrolls with the rest."""
SPARE = theme.Space.PAGE + theme.Space.UNDER_HEADING
"""What is free below the strip while it is one row, in pixels at 100 %: the room of a warning."""
FREE_BELOW = theme.Space.UNDER_HEADING
"""What is left of that above the first card when there is a warning, in pixels at 100 %."""


class BoardPlace(QObject):
    """Places the strip and the side column of a board on its page, for as long as that shows it."""

    def __init__(self, page: Page, board: HourBoard) -> None:
        super().__init__(board)
        self._page = page
        self._board = board
        self._strip = board.strip
        self._room = 0
        """The height in pixels kept free above the page and above the side column."""
        self._warning = 0
        """The height in pixels of a warning of one line, which the strip covers once scrolled."""
        self._size = QSize()
        # In the viewport, so that screen readers find it there.
        self._strip.setParent(page.viewport())
        roles.read_first(self._strip)
        self._strip.show()
        self.side = SideColumn(page, board.side)
        self._strip.reshaped.connect(self.place)
        page.verticalScrollBar().valueChanged.connect(self._follow)

    def put_away(self) -> None:
        """Leave the page to itself again."""
        for widget in (self._strip, self.side):
            widget.hide()
            widget.deleteLater()
        self._page.leave_room_above(0)
        self._page.cover(0)

    def at_eyes(self) -> QWidget | None:
        """What is read on the page: an open form, the two cards while in sight, or else a post."""
        board = self._board
        form = first_in_sight(self._page, board.open_forms)
        if form is not None:
            return form
        pair = board.columns.pair
        if pair.isVisible() and _bottom(pair, self._page) > self._page.covered + pair.height() // 2:
            # Its buttons are in sight, where a head that is not would mislead.
            return pair
        return first_in_sight(self._page, [*_in_box(board.main), *_in_box(board.feed.posts)])

    def place(self) -> None:
        """Place both by the size of the page; the strip as high as it needs to be."""
        page, strip = self._page, self._strip
        if page.size() != self._size:
            self._room, self._size = 0, page.size()
        most = int(MOST_PINNED * page.height())
        height = strip.fit(page.viewport().width(), page.sides, most)
        # The room of a warning counts as covered from the start: what is gone to stands below it.
        warning = self._spare - theme.px(FREE_BELOW)
        self._warning = warning if strip.one_row + warning <= most // 2 else 0
        covered = max(height, strip.one_row + self._warning) if height <= most else 0
        self._keep_room(max(strip.one_row, height - self._spare))
        page.cover(covered)
        self.side.cover(covered)
        self.side.stand_in(page.is_folded)
        self._follow()
        strip.raise_()

    def give_room_back(self) -> None:
        """Keep no more room free above the page than the strip needs now."""
        self._room = 0
        self.place()

    def lower(self, pointed_at: bool) -> None:
        """Give back what room can be given back without moving anything that is seen.

        Called every second; `pointed_at` tells whether the mouse is on the page.
        """
        if not pointed_at:
            self._strip.give_room_back()
        columns, bar = self._board.columns, self._page.verticalScrollBar()
        beside = bar if self._page.is_folded else self.side.verticalScrollBar()
        if self._room_too_much() <= min(bar.value(), beside.value()):
            self.give_room_back()
        if _bottom(columns.pair, self._page) <= self._page.covered:
            columns.pair.give_room_back()
        if beside.value() <= beside.maximum() - columns.kept_beside:
            columns.let_side_go()
        if not self._is_below_cards:
            self._strip.lead_to_end(False)

    def tell_end(self) -> None:
        """Have the strip lead to the card of the end where that is not in sight."""
        if self._is_below_cards:
            self._strip.lead_to_end(True)
            self._board.show_now()

    @property
    def _is_below_cards(self) -> bool:
        """Whether the page is scrolled past the top of the first card."""
        return self._board.main.mapTo(self._page, QPoint(0, 0)).y() < self._page.covered

    def _room_too_much(self) -> int:
        needed = max(self._strip.one_row, self._strip.height() - self._spare)
        return self._room - needed

    @property
    def _spare(self) -> int:
        return theme.px(SPARE)

    def _keep_room(self, room: int) -> None:
        # Less of it would pull everything up; see `give_room_back`.
        self._room = max(self._room, room)
        self._page.leave_room_above(self._room + self._spare - theme.px(theme.Space.PAGE))
        # What has grown above can be scrolled away, however short the page is.
        grown = self._room - self._strip.one_row
        self._page.inner.setMinimumHeight(self._page.height() + grown)
        self.side.leave_room_above(self._room + self._spare, grown)

    def _follow(self) -> None:
        """Stand where they are while the page scrolls."""
        page, strip = self._page, self._strip
        scrolled = page.verticalScrollBar().value()
        # It keeps its parent: a layout loses its widgets when their parent changes.
        top = 0 if page.covered else -scrolled
        width = page.viewport().width()
        strip.hold_free(min(scrolled, self._warning) if page.covered else 0)
        strip.setGeometry(0, top, width, strip.heightForWidth(width))
        self.side.follow(scrolled)


class SideColumn(SteadyScrollArea):
    """The cards beside the feed, in a column of its own that scrolls when it is too high.

    In a narrow window they stand below the feed instead, and scroll with it.
    """

    def __init__(self, page: Page, cards: QWidget) -> None:
        super().__init__()
        self._page, self._cards = page, cards
        self.setAccessibleName(_("Beside the posts"))
        self.setProperty("ringed", True)
        self.reach_beneath_bar()
        self._box = QWidget()
        self._box.setObjectName("page")
        self._below = QVBoxLayout(self._box)
        self.setWidget(self._box)
        self.setParent(page.inner)
        stand_still(self)
        HoldStill(self, self._at_eyes)
        self._folded = True
        page.advice.insertWidget(0, cards)
        self.hide()

    def stand_in(self, folded: bool) -> None:
        """Stand beside the page, or leave the cards below it where it has one column."""
        if folded is self._folded:
            return
        self._folded = folded
        focus = QApplication.focusWidget()
        if folded:
            self._page.advice.insertWidget(0, self._cards)
        else:
            self._below.insertWidget(0, self._cards)
        self._cards.show()
        self.setVisible(not folded)
        self._page.keep_advice_free(not folded)
        if focus is not None and self._cards.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_room_above(self, room: int, grown: int) -> None:
        """Begin below so many pixels; `grown` of them can be scrolled away, however little follows.

        What is held in the column then stays where it is.
        """
        left, right = self.beneath_bar
        self._below.setContentsMargins(left, room, right, theme.px(theme.Space.PAGE))
        self._box.setMinimumHeight(self._page.height() + grown)

    def follow(self, scrolled: int) -> None:
        """Stand beside the page, which has scrolled by so many pixels."""
        if self._folded:
            return
        place, bar = self._page.place_of_advice, theme.px(BAR)
        # The bar stands in the margin, so that the cards are as wide as the column.
        left = place.left() - bar if self.isRightToLeft() else place.left()
        self.setGeometry(QRect(left, scrolled, place.width() + bar, self._page.height()))

    def _at_eyes(self) -> QWidget | None:
        return first_in_sight(self, _in_box(self._cards))


def _bottom(widget: QWidget, area: SteadyScrollArea) -> int:
    """Return how far below the top of an area a widget ends, in pixels."""
    return widget.mapTo(area, QPoint(0, widget.height())).y()


def _in_box(box: QWidget) -> Iterable[QWidget]:
    """Return what stands directly in a box."""
    return (one for one in box.children() if isinstance(one, QWidget))


def first_in_sight(area: SteadyScrollArea, widgets: Iterable[QWidget]) -> QWidget | None:
    """Return the uppermost of some widgets that begin in sight."""
    begins = ((one.mapTo(area, QPoint(0, 0)).y(), one) for one in widgets if one.isVisible())
    seen = [(top, one) for top, one in begins if area.covered <= top < area.height()]
    return min(seen, key=lambda found: found[0])[1] if seen else None
