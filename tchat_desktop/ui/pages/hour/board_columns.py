"""The columns of an hour's cards, and the rules by which one card replaces another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour.catching_up import CatchingUp
from tchat_desktop.ui.widgets.pair import Pair


class HourPair(Pair):
    """The two cards above the feed; what grew keeps its height, so that the feed is not pulled up.

    The second one has more buttons, hence more room. What was kept is given back where nobody sees
    it go, and to who closes what made it grow; see `give_room_back`.
    """

    least = 640

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__(first, second)
        self._box.setStretch(0, 3)
        self._box.setStretch(1, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() == event.size().width():
            self._keep()
        else:
            self.setMinimumHeight(0)
            QTimer.singleShot(0, self, self._keep)

    def _keep(self) -> None:
        # Not the height it has: half-way through a layout that may be more than it needs.
        kept = max(self.minimumHeight(), self._needed())
        self.setMinimumHeight(kept if self.isVisible() else 0)

    def give_room_back(self) -> None:
        """Be as high as is needed now."""
        # What was shown or hidden just now is not known to the layout yet.
        self._box.activate()
        self.setMinimumHeight(self._needed() if self.isVisible() else 0)

    def _needed(self) -> int:
        return self._box.totalHeightForWidth(self.width())


class BoardColumns:
    """Two columns that the page places: `main`, and `side` beside it.

    The two cards of `pair` stand in the middle of `main`. The card about missed posts or the card
    of the end replaces them without moving what is below. The cards `of_times` are of no use after
    the end.
    """

    def __init__(self, pair: HourPair, end: QWidget, catching_up: CatchingUp) -> None:
        self.main = QWidget()
        self.side = QWidget()
        self.pair = pair
        self._end = end
        self._catching_up = catching_up
        self._of_times: Sequence[QWidget] = ()

    def stand(
        self, main: Sequence[QWidget], side: Sequence[QWidget], of_times: Sequence[QWidget]
    ) -> None:
        """Put the cards into the columns, one below the other."""
        self._of_times = of_times
        # Room for a row that comes to a list, and for a form that closes: what is around it can
        # then be scrolled back.
        row = theme.Height.QUESTION * 3 // 2 + theme.Space.PART
        for column, cards, gap, room in ((self.main, main, 16, 0), (self.side, side, 14, row)):
            layout = QVBoxLayout(column)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.px(gap))
            for card in cards:
                layout.addWidget(card)
            layout.addSpacing(theme.px(room))
            # What a column has too much is at its end: while a form gives up its room, and what
            # `hold_side` keeps.
            layout.addStretch(1)

    def hold_side(self) -> None:
        """Keep the height of `side`: at the end of the page, the rest would slide down with it."""
        if self.side.isVisible():
            self.side.setMinimumHeight(self.side.height())

    def let_side_go(self) -> None:
        """Let `side` be as high as its cards again."""
        self.side.setMinimumHeight(0)

    @property
    def kept_beside(self) -> int:
        """The height in pixels that `side` keeps and does not need."""
        layout = self.side.layout()
        assert layout is not None
        needed = layout.totalHeightForWidth(self.side.width())
        return max(0, self.side.minimumHeight() - needed)

    def show_view(self, view: HourView, editing: bool) -> None:
        """Show the cards that belong to this moment; `editing` while a text is being changed."""
        self._stay_beside(view)
        self._give_way(view, editing)

    def _give_way(self, view: HourView, editing: bool) -> None:
        """Replace the pair by another card of the same height, so that nothing below moves.

        The card of the end waits while a text is being changed, so that its field stays.
        """
        ended = view.ended and not editing
        alone = ended or view.held_up or self._catching_up.waits_for_word
        if alone and self.pair.isVisible():
            for card in (self._end, self._catching_up.late):
                card.setMinimumHeight(self.pair.height())
        self.pair.setHidden(alone)
        self._end.setVisible(ended)

    def _stay_beside(self, view: HourView) -> None:
        """Keep the cards about the times, and their height, while they are on screen after the end.

        If they were hidden, the cards below would move under the mouse pointer.
        """
        for card in self._of_times:
            card.setVisible(not view.ended or card.isVisible())
            card.setMinimumHeight(card.height() if view.ended and card.isVisible() else 0)

    def give_room_back(self, ended: bool) -> None:
        """Give up the room kept for hidden cards; called while the page is hidden."""
        self.pair.give_room_back()
        for card in (self._end, self._catching_up.late):
            card.setMinimumHeight(0)
        for card in self._of_times:
            card.setHidden(ended)
