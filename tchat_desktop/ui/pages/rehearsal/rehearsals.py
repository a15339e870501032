"""Collects the results of the running rehearsal, and stores its report in the chat at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import (
    HourEnded,
    OutboxChanged,
    PostMarked,
    PostRemoved,
    PostsArrived,
)
from tchat_desktop.services.rehearsal import Happened
from tchat_desktop.services.rehearsal_hour import RehearsalHour
from tchat_desktop.services.rehearsal_report import rehearsal_report
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.shared.hour_ports import HourPort, HoursPort
from tchat_desktop.ui.pages.shared.hour_words import beginning, own_name
from tchat_desktop.wording.i18n import _


class Rehearsals(QObject):
    """Listens as long as the chat is open, whichever pages exist."""

    def __init__(
        self, editor: ChatEditor, hours: HoursPort, bridge: Bridge, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._editor = editor
        self._hours = hours
        self._now = now
        self._of: HourPort | None = None
        self._rows: tuple[OutboxPost, ...] = ()
        self._posts: dict[str, FeedPost] = {}
        bridge.outbox_changed.connect(self._on_outbox_changed)
        bridge.posts_arrived.connect(self._on_posts_arrived)
        bridge.post_marked.connect(self._on_post_marked)
        bridge.post_removed.connect(self._on_post_removed)
        bridge.hour_ended.connect(self._on_hour_ended)
        if self.running is not None:
            # The pages were built anew, as after a change of language: the rows are reported again.
            self.running.tell()

    @property
    def running(self) -> HourPort | None:
        """The running rehearsal, or None."""
        hour = self._hours.hour(Occasion.REHEARSAL)
        return None if hour is None or hour.is_over else hour

    def _hears(
        self, event: OutboxChanged | PostsArrived | PostMarked | PostRemoved | HourEnded
    ) -> bool:
        if event.occasion is not Occasion.REHEARSAL or event.chat_id != self._editor.chat.id:
            return False
        hour = self._hours.hour(Occasion.REHEARSAL)
        if hour is not self._of:
            self._of, self._rows, self._posts = hour, (), {}
        return hour is not None

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        if self._hears(event):
            self._rows = event.rows

    def _on_posts_arrived(self, event: PostsArrived) -> None:
        if self._hears(event):
            self._posts |= {one.post.id: one for one in event.posts}

    def _on_post_marked(self, event: PostMarked) -> None:
        if self._hears(event):
            known = self._posts.get(event.marking.post_id)
            if known is not None:
                self._posts[known.post.id] = event.marking.on(known)

    def _on_post_removed(self, event: PostRemoved) -> None:
        if self._hears(event):
            self._posts.pop(event.post_id, None)

    def _on_hour_ended(self, event: HourEnded) -> None:
        if not self._hears(event):
            return
        hour = self._of
        assert hour is not None
        simulated = hour if isinstance(hour, RehearsalHour) else None
        report = rehearsal_report(
            hour.chat,
            hour.planned,
            self._rows,
            tuple(self._posts.values()),
            simulated.x.happened() if simulated else Happened(),
            _named,
            by_hand=simulated is not None and simulated.by_hand,
        )
        chat = replace(self._editor.chat, rehearsed_at=self._now(), rehearsal=report)
        self._editor.edit(chat, field="rehearsed_at")


def _named(row: OutboxPost) -> str:
    """Return the name of a message in the debrief: a question without number by its text."""
    if row.kind is PostKind.QUESTION and not row.number:
        return _("the question “{text}”").format(text=beginning(row.text))
    return own_name(row)
