"""The columns of an hour's cards, and the rules by which one card replaces another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour.catching_up import CatchingUp
from tchat_desktop.ui.widgets.pair import Pair


class BoardColumns:
    """Two columns that the page places: `main`, and `side` beside it.

    The two cards of `pair` stand in the middle of `main`. The card about missed posts or the card
    of the end replaces them without moving what is below. The cards `of_times` are of no use after
    the end.
    """

    def __init__(self, pair: Pair, end: QWidget, catching_up: CatchingUp) -> None:
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
        for column, cards, gap in ((self.main, main, 16), (self.side, side, 14)):
            layout = QVBoxLayout(column)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.px(gap))
            for card in cards:
                layout.addWidget(card)

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
        for card in (self._end, self._catching_up.late):
            card.setMinimumHeight(0)
        for card in self._of_times:
            card.setHidden(ended)
