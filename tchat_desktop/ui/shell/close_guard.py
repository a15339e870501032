"""Asks before the chat goes from the window while its posts are about to leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tchat_desktop.ui.bridge import Bridge

if TYPE_CHECKING:
    # The first paint does not wait for these.
    from datetime import datetime, timedelta

    from tchat_desktop.domain.network_rules import NetworkRules
    from tchat_desktop.domain.outgoing import OutboxPost
    from tchat_desktop.services.events import OutboxChanged, ReadsCounted
    from tchat_desktop.services.ports import Clock
    from tchat_desktop.services.session import Session


class LiveGuard(QObject):
    """Knows the posts on their way out; with the chat closed none of them would leave.

    `connected_at` tells when the account was connected (UTC), None when none is.
    """

    def __init__(
        self,
        bridge: Bridge,
        clock: Clock,
        window: QWidget,
        connected_at: Callable[[], datetime | None],
        rules: Callable[[], NetworkRules],
    ) -> None:
        super().__init__()
        self._connected_at = connected_at
        self._rules = rules
        self._reads: ReadsCounted | None = None
        bridge.reads_counted.connect(self._on_reads_counted)
        self._clock = clock
        self._window = window
        self._told: OutboxChanged | None = None
        self._announced: OutboxChanged | None = None
        """The same for the announcements that leave by themselves."""
        self._thread: OutboxChanged | None = None
        """The same for the thread of the recap."""
        bridge.outbox_changed.connect(self._on_outbox_changed)

    def may_leave(self, session: Session | None, typed: Sequence[str] = ()) -> bool:
        """Whether the chat may be closed: nothing leaves within the hour, or the person says so.

        `typed` names what was typed and would be gone with it: that is asked about as well.
        """
        from tchat_desktop.ui.dialogs import confirms_leaving

        soon = self.leaves_soon(session) or self._announces_soon(session)
        thread = self._thread_leaves(session)
        if not (soon or typed or thread):
            return True
        return confirms_leaving(self._window, soon, typed, thread)

    def rows_of_hour(self, session: Session | None) -> Sequence[OutboxPost]:
        """The posts of the open chat's hour, as it last told them; () unless it is open."""
        told = self._told
        if session is None or not session.is_live or told is None:
            return ()
        return told.rows if told.chat_id == session.editor.chat.id else ()

    def leaves_soon(self, session: Session | None) -> bool:
        """Whether a post of the open chat leaves within the hour."""
        from tchat_desktop.domain.pace import leaves_soon

        return leaves_soon(self.rows_of_hour(session), self._clock.now())

    def _thread_leaves(self, session: Session | None) -> bool:
        """Whether the thread of the open chat is leaving by itself."""
        from tchat_desktop.domain.pace import leaves_soon

        told = self._thread
        if session is None or told is None or told.chat_id != session.editor.chat.id:
            return False
        return not told.paused and leaves_soon(told.rows, self._clock.now())

    def _announces_soon(self, session: Session | None) -> bool:
        """Whether an announcement of the open chat leaves by itself within the hour."""
        from tchat_desktop.domain.pace import leaves_soon

        return leaves_soon(self._announced_of(session), self._clock.now())

    def _announced_of(self, session: Session | None) -> Sequence[OutboxPost]:
        """The rows of the announcements of the open chat, as far as they were told."""
        told = self._announced
        if session is None or told is None or told.chat_id != session.editor.chat.id:
            return ()
        return told.rows

    def leaves_by_itself(self, session: Session | None) -> bool:
        """Whether a post of the open chat leaves within the hour, and none is put on hold."""
        told = self._told
        return self.leaves_soon(session) and told is not None and not told.paused

    def leaves_next(
        self, session: Session | None, within: timedelta
    ) -> tuple[OutboxPost, timedelta] | None:
        """The post of the open chat that leaves next within that time, and how long until then.

        None while everything is on hold, or waits for the organiser's word, and for a post that
        keys will not take.
        """
        from tchat_desktop.domain.coming import announced
        from tchat_desktop.domain.means import Means
        from tchat_desktop.domain.spending import Reads

        told = self._of(session)
        if session is None or not session.is_live or told is None:
            return None
        if told.paused or told.waits_for_word:
            return None
        chat, counted = session.editor.chat, self._reads
        reads = counted.reads if counted and counted.chat_id == chat.id else Reads()
        means = Means(
            self._rules(),
            chat.spending_limit_cents,
            told.rows,
            reads,
            told.keys_told,
            self._connected_at(),
            self._announced_of(session),
        )
        return announced(means, told.held, self._clock.now(), within)

    def _of(self, session: Session | None) -> OutboxChanged | None:
        told = self._told
        if session is None or told is None or told.chat_id != session.editor.chat.id:
            return None
        return told

    def to_check(self, session: Session | None) -> int:
        """How many posts of the real hour of the open chat wait for the organiser's word."""
        from tchat_desktop.domain.outgoing import needing

        told = self._of(session)
        return len(needing(told.rows)) if told is not None else 0

    def _on_reads_counted(self, event: ReadsCounted) -> None:
        self._reads = event

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        from tchat_desktop.domain.chat import Occasion

        if event.occasion is Occasion.LIVE:
            self._told = event
        elif event.occasion is Occasion.PROMOTION:
            self._announced = event
        elif event.occasion is Occasion.THREAD:
            self._thread = event
