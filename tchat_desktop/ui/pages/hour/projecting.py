"""Keeps the window for the projector up to date while the hour goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.projected import (
    Quote,
    projected_time,
    question_on_screen,
    question_to_come,
    quotes,
)
from tchat_desktop.services.events import OutboxChanged, PostMarked, PostRemoved, PostsArrived
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.projector import Projected, Projector

SETTLED_MS = 300
"""Milliseconds after a change until the highlights are chosen anew, once for many changes."""


class Projecting(QObject):
    """The window for the projector, if it is open: one at a time, whatever page is on screen."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.window: Projector | None = None
        self._chat: Callable[[], Chat] | None = None
        self._now: Callable[[], datetime] | None = None
        self._occasion = Occasion.LIVE
        self._rows: tuple[OutboxPost, ...] = ()
        self._moved_end: datetime | None = None
        self._posts: dict[str, FeedPost] = {}
        self._quotes: tuple[Quote, ...] = ()
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._show)
        self._chosen = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._chosen.timeout.connect(self._choose)
        bridge.outbox_changed.connect(self._on_outbox_changed)
        bridge.posts_arrived.connect(self._on_posts_arrived)
        bridge.post_marked.connect(self._on_post_marked)
        bridge.post_removed.connect(self._on_post_removed)

    def open(
        self,
        beside: QWidget,
        chat: Callable[[], Chat],
        now: Callable[[], datetime],
        occasion: Occasion,
        tell: Callable[[], object],
    ) -> None:
        """Open the window, on another screen than `beside` if there is one.

        `chat` returns the chat, `now` its present instant (UTC); `tell` has its rows and its posts
        reported again.
        """
        self.close()
        self._chat, self._now, self._occasion = chat, now, occasion
        self._rows, self._posts, self._quotes = (), {}, ()
        self._moved_end = None
        self.window = window = Projector()
        window.closed.connect(self._on_closed)
        self._show()
        other = next((one for one in QApplication.screens() if one is not beside.screen()), None)
        if other is not None:
            window.setGeometry(other.availableGeometry())
            window.showFullScreen()
        else:
            window.resize(beside.screen().availableSize() * 0.85)
            window.show()
        self._second.start()
        tell()

    def close(self) -> None:
        """Close the window, if it is open."""
        if self.window is not None:
            self.window.close()

    def at_chat(self, chat_id: str, _step: str) -> None:
        """Close the window unless this chat, which is on screen now, is what it shows."""
        if self._chat is not None and self._chat().id != chat_id:
            self.close()

    def _on_closed(self) -> None:
        self._second.stop()
        if self.window is not None:
            self.window.deleteLater()
        self.window, self._chat, self._now = None, None, None
        self._rows, self._posts, self._quotes = (), {}, ()

    def _show(self) -> None:
        if self.window is None or self._chat is None or self._now is None:
            return
        chat = self._chat()
        self.window.show_hour(
            Projected(
                chat,
                projected_time(chat, self._now(), self._moved_end),
                question_on_screen(chat, self._rows, NETWORK),
                question_to_come(chat, self._rows),
                self._quotes,
                self._occasion is Occasion.REHEARSAL,
            )
        )

    def _choose(self) -> None:
        if self._chat is not None:
            self._quotes = quotes(self._chat(), tuple(self._posts.values()), NETWORK)
            self._show()

    # --- what is heard -------------------------------------------------------------------------

    def _is_ours(self, event: OutboxChanged | PostsArrived | PostMarked | PostRemoved) -> bool:
        if self._chat is None:
            return False
        return event.chat_id == self._chat().id and event.occasion is self._occasion

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        if self._is_ours(event):
            self._rows, self._moved_end = event.rows, event.ends_at
            self._show()

    def _on_posts_arrived(self, event: PostsArrived) -> None:
        if self._is_ours(event):
            self._posts |= {one.post.id: one for one in event.posts}
            self._chosen.start()

    def _on_post_marked(self, event: PostMarked) -> None:
        feed = self._posts.get(event.marking.post_id)
        if feed is not None and self._is_ours(event):
            self._posts[feed.post.id] = event.marking.on(feed)
            # At once: what is hidden must not stand there a moment longer.
            self._choose()

    def _on_post_removed(self, event: PostRemoved) -> None:
        if self._is_ours(event) and self._posts.pop(event.post_id, None) is not None:
            self._choose()
