"""Publishes, while a chat is open, the announcements that its organiser gave to the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from tchat_desktop.domain.announcing import announcements_followed
from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.hour import BEING_TYPED
from tchat_desktop.services.hour_parts import HourConditions, HourParts
from tchat_desktop.services.occasion_posting import OccasionPosting
from tchat_desktop.services.outbox_rows import OutboxRows

RowsOf = Callable[[Chat], Sequence[OutboxPost]]
"""Returns the rows of a chat's announcements (see domain.announcing)."""


class Announcer(OccasionPosting["_AnnouncementRows"]):
    """Publishes what is due from `start` on; `follow` goes on with the chat as edited.

    Nothing leaves that is late by more than `late_window` gives: what was due while the chat was
    closed expires, and the page of the promotion says so.
    """

    def __init__(
        self, chat: Chat, parts: HourParts, conditions: HourConditions, rows_of: RowsOf
    ) -> None:
        occasion, rows = Occasion.PROMOTION, _AnnouncementRows
        super().__init__("announcer", chat, parts, conditions, occasion, rows)
        self._rows_of = rows_of

    def start(self) -> None:
        """Load what is on disk, and publish what is due from now on; returns at once."""
        super().start()
        if self._worker is not None:
            self._worker.do(self._begin)

    def follow(self, chat: Chat) -> None:
        """Go on with the chat as edited; returns at once."""

        def go_on() -> None:
            self._chat = chat
            if self._begun:
                self._rows.follow_announcements(self._rows_of(chat), BEING_TYPED)

        if self._worker is not None:
            self._worker.do(go_on)

    def _begin(self) -> None:
        self._take_up(lambda: self._rows.follow_announcements(self._rows_of(self._chat)))


class _AnnouncementRows(OutboxRows):
    """The rows of the announcements, which follow the chat and not a run sheet."""

    def follow_announcements(
        self, wanted: Sequence[OutboxPost], spared: timedelta = timedelta()
    ) -> None:
        """Change the rows to follow the announcements as they are now."""
        with self._lock:
            now: datetime = self._clock.now()
            replanning = announcements_followed(self._stored(), wanted, now, spared)
            self._told = None
            self._store.replan(replanning)
            self.tell()
