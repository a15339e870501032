"""Publishes, while a chat is open, the announcements that its organiser gave to the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from tchat_desktop.domain.announcing import announcements_followed
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.named_children import all_words, to_ask_about
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.events import ServiceFailed
from tchat_desktop.services.hour import BEING_TYPED
from tchat_desktop.services.hour_parts import HourConditions, HourParts, poster_without_end
from tchat_desktop.services.outbox_rows import OutboxRows
from tchat_desktop.services.worker import Worker

RowsOf = Callable[[Chat], Sequence[OutboxPost]]
"""Returns the rows of a chat's announcements (see domain.announcing)."""


class Announcer:
    """Has its own outbox rows and posting thread; used once: `start`, `follow`, `stop`.

    Nothing leaves before this process has the right to publish, and nothing that is late by more
    than `late_window` gives: what was due while the chat was closed expires, and the page of the
    promotion says so.
    """

    def __init__(
        self, chat: Chat, parts: HourParts, conditions: HourConditions, rows_of: RowsOf
    ) -> None:
        self._chat = chat
        self._rows_of = rows_of
        self._clock = parts.clock
        self._report = parts.report
        self._right = conditions.right
        self._begun = False
        self._rows = _AnnouncementRows(
            parts.stores.outbox,
            parts.clock,
            parts.report,
            rules=parts.rules,
            chat_id=chat.id,
            occasion=Occasion.PROMOTION,
            route=Route.KEYS,
            gate=conditions.gate,
            sender=conditions.sender,
            names_child=self._names_child,
        )
        self._poster = poster_without_end(self._rows, parts, conditions, self._let_go)
        self._worker: Worker | None = None

    def start(self) -> None:
        """Load what is on disk, and publish what is due from now on; returns at once."""
        self._worker = Worker("announcer", self._on_error)
        self._worker.do(self._begin)

    def follow(self, chat: Chat) -> None:
        """Go on with the chat as edited; returns at once."""

        def go_on() -> None:
            self._chat = chat
            if self._begun:
                self._rows.follow_announcements(self._rows_of(chat), BEING_TYPED)

        if self._worker is not None:
            self._worker.do(go_on)

    def stop(self, seconds: float = 5.0) -> bool:
        """Finish the post under way, then end the threads; False if one is still busy."""
        stopped = self._worker.stop(seconds) if self._worker else True
        return self._poster.stop(seconds) and stopped

    def _begin(self) -> None:
        if self._right is not None and not self._right.take():
            # Another process publishes; it has the same announcements on its disk.
            return
        try:
            self._rows.restore()
            self._rows.follow_announcements(self._rows_of(self._chat))
        except Exception:
            self._let_go()
            raise
        self._begun = True
        self._poster.start()

    def _names_child(self, row: OutboxPost) -> bool:
        return bool(to_ask_about(all_words(row.text, row.picture), self._chat))

    def _let_go(self) -> None:
        if self._right is not None:
            self._right.release()

    def _on_error(self, error: Exception) -> None:
        self._report(ServiceFailed("announcer", error))


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
