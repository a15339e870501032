"""Calls the organiser who looks elsewhere while the real hour runs, and counts down for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from tchat_desktop.domain.attention import (
    CalledFor,
    CallFor,
    called_for,
    is_unanswered,
    replied_to,
)
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.pace import ends
from tchat_desktop.services.events import OutboxChanged, PostMarked, PostRemoved, PostsArrived
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import Clock
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.shared.hour_words import (
    countdown,
    nearly_over_words,
    row_name,
    why,
)
from tchat_desktop.ui.shell.tray import Tray
from tchat_desktop.wording.i18n import _

if TYPE_CHECKING:
    from tchat_desktop.services.session import Session
    from tchat_desktop.ui.shell.main_window import MainWindow

COUNTED = timedelta(hours=2)
"""How long before a post leaves it is counted down in the title and in the tray."""


class Attention(QObject):
    """Says once what the organiser is called for, unless the window is in front.

    `kept` returns a field of the settings: `notify` and `notify_sound`. `make_tray` returns the
    tray, None where there is none; then only the title and the task bar tell.
    """

    def __init__(
        self,
        window: MainWindow,
        bridge: Bridge,
        clock: Clock,
        kept: Callable[[str], str],
        make_tray: Callable[[QObject], Tray | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._clock = clock
        self._kept = kept
        self._make_tray = make_tray
        self._tray: Tray | None = None
        self._told: OutboxChanged | None = None
        self._feeds: dict[str, FeedPost] = {}
        self._given_since: dict[str, datetime] = {}
        self._chat_id = ""
        self._called: set[tuple[str, str]] = set()
        self._on_air = False
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.look)
        bridge.outbox_changed.connect(self._on_outbox_changed)
        bridge.posts_arrived.connect(self._on_posts_arrived)
        bridge.post_marked.connect(self._on_post_marked)
        bridge.post_removed.connect(self._on_post_removed)

    @property
    def _session(self) -> Session | None:
        """The chat that is open, while its real hour runs here."""
        session = self._window.session
        return session if session is not None and session.is_live else None

    def look(self) -> None:
        """Count down, and call the organiser for what is new."""
        session = self._session
        if session is None or self._told is None:
            self._leave()
            return
        self._on_air = True
        self._count_down()
        self._call(session, self._told)

    # --- what is counted down ------------------------------------------------------------------

    def _count_down(self) -> None:
        assert self._told is not None
        coming = self._window.on_air.coming(COUNTED)
        words = ""
        if self._told.paused:
            words = _("Everything is on hold.")
        elif coming is not None:
            post, left = coming
            words = f"{countdown(left)} – {row_name(post)}"
        self._window.show_counted(words)
        if self._tray is None:
            self._tray = self._make_tray(self)
            if self._tray is not None:
                self._tray.wishes.window_wanted.connect(self._window.bring_hour_to_front)
                self._tray.wishes.hold_wanted.connect(self._on_hold_wanted)
        if self._tray is not None:
            tip = " – ".join(filter(None, (words, _("Tchat"))))
            self._tray.show_tip(tip, self._told.paused)

    def _leave(self) -> None:
        """Count nothing down any more, once the hour is closed."""
        self._second.stop()
        if self._on_air:
            self._on_air = False
            self._window.show_counted("")
            if self._tray is not None:
                self._tray.hide()

    def _on_hold_wanted(self) -> None:
        session = self._session
        hour = session.hour(Occasion.LIVE) if session is not None else None
        if hour is not None:
            hour.do(Outbox.pause)

    # --- what the organiser is called for ------------------------------------------------------

    def _call(self, session: Session, told: OutboxChanged) -> None:
        hour, now = session.hour(Occasion.LIVE), self._clock.now()
        if hour is None:
            return
        calls = called_for(
            told.rows,
            self._given_since,
            tuple(self._feeds.values()),
            now,
            told.ends_at or ends(hour.chat, hour.planned, now),
            told.paused,
        )
        new = [one for one in calls if one.key not in self._called and not self._is_done(one)]
        self._called |= {one.key for one in new}
        # Who has the window in front sees it there.
        if not new or self._is_in_front:
            return
        QApplication.alert(self._window)
        if self._kept("notify") == "no":
            return
        if self._tray is not None:
            self._tray.tell(_("Tchat"), "\n".join(map(self._words, new)))
        if self._kept("notify_sound") == "yes":
            QApplication.beep()

    @property
    def _is_in_front(self) -> bool:
        return self._window.isActiveWindow() and not self._window.isMinimized()

    def _is_done(self, one: CalledFor) -> bool:
        """Whether the guest has answered on X, which no reply of the organiser tells."""
        session, feed = self._session, one.feed
        if feed is None or session is None:
            return False
        people = session.editor.chat.people
        guest = next((one for one in people if one.id == feed.assigned_to), None)
        account = guest.typed_account if guest is not None else ""
        return replied_to(feed, self._feeds.values(), account)

    def _guest_of(self, feed: FeedPost) -> str:
        session = self._session
        people = session.editor.chat.people if session is not None else ()
        return next((one.name for one in people if one.id == feed.assigned_to), "")

    def _words(self, one: CalledFor) -> str:
        if one.row is not None:
            if one.what is CallFor.DUE:
                return _("{post} waits for you to publish it.").format(post=row_name(one.row))
            return f"{row_name(one.row)}. {why(one.row)}"
        if one.feed is not None:
            # Without the words of the public: the screen may be seen by others.
            words = _("A question given to {who} has had no answer for five minutes.")
            return words.format(who=self._guest_of(one.feed) or _("a guest"))
        assert one.ends_at is not None
        return nearly_over_words(one.ends_at - self._clock.now())

    # --- what is heard -------------------------------------------------------------------------

    def _is_ours(self, event: OutboxChanged | PostsArrived | PostMarked | PostRemoved) -> bool:
        session = self._session
        if session is None or event.chat_id != session.editor.chat.id:
            return False
        if event.chat_id != self._chat_id:
            self._chat_id = event.chat_id
            self._told = None
            self._feeds.clear()
            self._given_since.clear()
            self._called.clear()
        return event.occasion is Occasion.LIVE

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        if self._is_ours(event):
            self._told = event
            self.look()
            self._second.start()

    def _on_posts_arrived(self, event: PostsArrived) -> None:
        if self._is_ours(event):
            for feed in event.posts:
                self._see(feed)

    def _on_post_marked(self, event: PostMarked) -> None:
        feed = self._feeds.get(event.marking.post_id)
        if feed is not None and self._is_ours(event):
            self._see(event.marking.on(feed))

    def _on_post_removed(self, event: PostRemoved) -> None:
        if self._is_ours(event):
            self._feeds.pop(event.post_id, None)
            self._given_since.pop(event.post_id, None)

    def _see(self, feed: FeedPost) -> None:
        former = self._feeds.get(feed.post.id)
        self._feeds[feed.post.id] = feed
        if not is_unanswered(feed, ()):
            self._given_since.pop(feed.post.id, None)
        elif former is None or former.assigned_to != feed.assigned_to:
            self._given_since[feed.post.id] = self._clock.now()
            self._called.discard((CallFor.GIVEN.value, feed.post.id))
