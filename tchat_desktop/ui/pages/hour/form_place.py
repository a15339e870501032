"""Where the page of the hour scrolls as a form opens, and back as it closes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.hour.board import HourBoard
from tchat_desktop.ui.pages.page import Page

LEAST_SHOWN = 120
"""The height in pixels at 100 % of the feed that must be visible after a form was closed."""


class FormPlace(QObject):
    """Scrolls to each form of a board that opens, and back to the feed when it closes."""

    def __init__(self, page: Page, board: HourBoard) -> None:
        super().__init__(board)
        self._page = page
        self._board = board
        self._feed_at: int | None = None
        """The distance in pixels from the top of the view to the feed when a form was opened."""
        add, feed, guests, own = board.feed.add, board.feed, board.guests, board.composer
        for opened, form in (
            (add.opened, add),
            (feed.reply_opened, feed.reply),
            (guests.opened, guests),
            (own.opened, own),
        ):
            opened.connect(self._note_place)
            opened.connect(partial(self._show, form))
        feed.private_opened.connect(page.bring_into_view)
        add.emptied.connect(partial(page.bring_into_view, add))
        for closed in (add.closed, feed.reply.closed, guests.closed, own.closed):
            closed.connect(self._on_form_closed)

    def _show(self, form: QWidget) -> None:
        self._page.bring_into_view(form)
        # Again once what the page holds has found its place beside the form.
        again = partial(self._page.scroll_to, form)
        QTimer.singleShot(0, form, partial(QTimer.singleShot, 0, form, again))

    def _note_place(self) -> None:
        """Remember where on screen the feed begins; a form opens inside or below it."""
        self._feed_at = self._feed_top() - self._page.verticalScrollBar().value()

    def _feed_top(self) -> int:
        top: QWidget = self._board.feed
        if self._board.guests.isVisible():
            top = self._board.guests
        return top.mapTo(self._page.inner, QPoint(0, 0)).y()

    def _on_form_closed(self) -> None:
        # After the form has given up its room, and again after the layout of what is around it.
        QTimer.singleShot(0, self, self._back_to_place)
        QTimer.singleShot(0, self, partial(QTimer.singleShot, 0, self, self._back_to_place))

    def _back_to_place(self) -> None:
        if self._feed_at is None:
            return
        page, feed = self._page, self._board.feed
        page.verticalScrollBar().setValue(self._feed_top() - self._feed_at)
        shown = feed.mapTo(page.viewport(), QPoint(0, feed.height())).y() - page.covered
        # If the form was opened far below, the feed may be out of sight there.
        if shown < theme.px(LEAST_SHOWN):
            page.bring_into_view(feed)
