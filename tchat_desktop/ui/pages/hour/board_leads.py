"""Where the strip and the cards of an hour lead to on its page."""

from __future__ import annotations

from PySide6.QtCore import QObject

from tchat_desktop.ui.pages.hour.board import HourBoard
from tchat_desktop.ui.pages.page import Page


class BoardLeads(QObject):
    """Scrolls to what the buttons of a board are about, and puts the keyboard there."""

    def __init__(self, page: Page, board: HourBoard) -> None:
        super().__init__(board)
        self._page = page
        self._board = board
        board.strip.check_wanted.connect(self.show_to_check)
        board.strip.care_wanted.connect(self._show_care)
        board.strip.text_wanted.connect(self._show_text)
        board.strip.end_wanted.connect(self._show_end)
        board.end_card.check_wanted.connect(self._show_unconfirmed)
        board.check.answer_wanted.connect(self._show_question)

    def show_to_check(self) -> None:
        """Go to the posts that need a decision, first to the one in question."""
        now, check = self._board.now, self._board.check
        if now.asked_id:
            now.take_focus()
            self._show_question()
        else:
            self._page.bring_into_view(check)
            check.take_focus()

    def _show_unconfirmed(self, post_id: str) -> None:
        """Go to a post of the run sheet that is not known to be published."""
        row = self._board.check.row_of(post_id)
        if row is not None:
            self._page.bring_into_view(row)
            row.setFocus()

    def _show_care(self) -> None:
        """Go to the post of the public that has waited longest for attention."""
        card = self._board.feed.show_needing_care()
        if card is not None:
            card.focus_care()
            self._page.bring_into_view(card)

    def _show_end(self) -> None:
        self._page.bring_into_view(self._board.end_card)

    def _show_text(self) -> None:
        self._page.bring_into_view(self._board.next)
        self._board.next.changing.edit.setFocus()

    def _show_question(self) -> None:
        self._page.bring_into_view(self._board.now)
