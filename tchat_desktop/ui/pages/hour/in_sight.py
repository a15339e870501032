"""Sentences about what was just done, told where one looks: in their place, or over the page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.hour.board import HourBoard
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.shared.hour_words import own_name
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.toast import Toast
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone

NOWHERE_ELSE = (PostKind.IMPROMPTU, PostKind.GUEST_ANSWER)
"""Kinds of posts that the organiser asks for and that no card near them tells about."""


class ToldInSight(QObject):
    """Says for a board what became of a paste, or of a message of one's own.

    Who has scrolled down does not see the line above the posts: then it is shown over the page for
    a moment as well. A screen reader hears it once.
    """

    def __init__(self, page: Page, board: HourBoard, bridge: Bridge) -> None:
        super().__init__(board)
        self._page = page
        self._hour = board.hour
        self._states: dict[str, PostState] = {}
        bridge.outbox_changed.connect(self._on_outbox_changed)
        self.toast = Toast(page.viewport())
        pasted = board.feed.pasted
        pasted.said.connect(partial(self._tell, pasted))
        board.destroyed.connect(self.toast.deleteLater)

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        hour = self._hour
        if (event.chat_id, event.occasion) != (hour.chat.id, hour.occasion):
            return
        before, self._states = self._states, {row.id: row.state for row in event.rows}
        for row in event.rows:
            left = row.state is PostState.SENT and before.get(row.id, row.state) is not row.state
            if left and row.kind in NOWHERE_ELSE:
                # The board says it to a screen reader.
                words = _("{post} is published.").format(post=own_name(row))
                self.toast.show_briefly(words, speaks=False)

    def _tell(self, place: QWidget, words: str, tone: Tone) -> None:
        tell = partial(self._tell_there, place, words, tone)
        # Once the place has been laid out, and what is held on the page stands where it was.
        QTimer.singleShot(0, self, partial(QTimer.singleShot, 0, self, tell))

    def _tell_there(self, place: QWidget, words: str, tone: Tone) -> None:
        if self._is_in_sight(place):
            self.toast.hide()
            announce(place, words)
        else:
            self.toast.show_briefly(words, tone)

    def _is_in_sight(self, place: QWidget) -> bool:
        top = place.mapTo(self._page, QPoint(0, 0)).y()
        bottom = top + place.height()
        return place.isVisible() and top >= self._page.covered and bottom <= self._page.height()
