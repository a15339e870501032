"""The material of a chat (posts collected and published), kept up to date while a page shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.conversation import Marking, Post
from tchat_desktop.domain.editions import Edition
from tchat_desktop.domain.found_posts import SortedPosts
from tchat_desktop.domain.recap import is_simulated
from tchat_desktop.services.events import OutboxChanged, PostMarked, PostRemoved, PostsArrived
from tchat_desktop.services.material import Material
from tchat_desktop.ui.bridge import Bridge

_SETTLE_MS = 400
"""Milliseconds from a change to the next reading: posts arrive in bursts."""

Gather = Callable[[str], Material]
"""Returns what was collected and published for the chat with that id; reads the disk."""
KeepMark = Callable[[str, Occasion, Marking], None]
"""Stores one of the organiser's marks of a post and reports it; writes to the disk."""
Former = Callable[[Chat], tuple[Edition, ...]]
"""Returns the former editions of a chat, the oldest first; reads the disk."""


def no_former(_chat: Chat) -> tuple[Edition, ...]:
    """Return none: nothing is compared."""
    return ()


Made = TypeVar("Made")


def _nothing(_made: object) -> None:
    """Do nothing more."""


class ByHand(Protocol):
    """Posts entered by hand after the chat.

    The methods write to the disk; they may raise StoreError.
    """

    def add(self, chat: Chat, post: Post) -> None:
        """Store a post under the question that it answers."""

    def take_in(self, chat: Chat, found: Sequence[Post], now: datetime) -> SortedPosts:
        """Store the posts of a page (`now` in UTC); say what became of each."""

    def take_out(self, chat: Chat, made: SortedPosts) -> None:
        """Take back what `take_in` made, as far as it is still there."""

    def rewrite(self, chat: Chat, posts: Sequence[Post]) -> None:
        """Give stored posts the contents that X tells of them now."""

    def correct(self, chat: Chat, post_id: str, post: Post) -> None:
        """Replace a post by another one."""

    def remove(self, chat: Chat, post_id: str) -> None:
        """Remove a post."""


class MaterialWatch(QObject):
    """Reads the material off the GUI thread on request, and again when the chat goes on.

    `arrived` is emitted when there is new material. `failed` is emitted with an exception when it
    could not be read, and `mark_lost` when a mark or another change could not be stored.

    The former editions are read once, apart: `arrived` is emitted again when they are there.
    """

    arrived = Signal()
    failed = Signal(object)
    mark_lost = Signal(object)

    def __init__(
        self,
        page: QWidget,
        chat_id: str,
        bridge: Bridge,
        gather: Gather,
        former: Former = no_former,
    ) -> None:
        super().__init__(page)
        self.material: Material | None = None
        self._page = page
        self._chat_id = chat_id
        self._bridge = bridge
        self._gather = gather
        self._former = former
        self._former_of: tuple[object, ...] = ()
        """What tells the editions of a chat, as it was when they were asked for."""
        self._editions: tuple[Edition, ...] = ()
        self.awaits_former = False
        """Whether the former editions were asked for and are still to come."""
        self._version = 0
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        bridge.posts_arrived.connect(self._on_hour_went_on)
        bridge.post_marked.connect(self._on_hour_went_on)
        bridge.post_removed.connect(self._on_hour_went_on)
        bridge.outbox_changed.connect(self._on_hour_went_on)

    def refresh(self) -> None:
        """Read the material again."""
        self._settle.stop()
        self._version += 1
        version = self._version

        def done(material: Material) -> None:
            # If a mark or a later reading came in between, this result is out of date.
            if version == self._version:
                self.material = self._with_former(material)
                self.arrived.emit()

        self._bridge.run(self, lambda: self._gather(self._chat_id), done, self.failed.emit)

    def ask_former(self, chat: Chat) -> None:
        """Ask for the former editions unless that was done.

        A rehearsal has none: its people are invented.
        """
        asked = (chat.starts_at, chat.hashtag, chat.topic)
        material = self.material
        if material is None or is_simulated(material.rows, material.occasion):
            return
        if self._former is no_former or asked == self._former_of:
            return
        self._former_of, self.awaits_former = asked, True

        def done(editions: tuple[Edition, ...]) -> None:
            if asked == self._former_of:
                self._editions, self.awaits_former = editions, False
                if self.material is not None:
                    self.material = self._with_former(self.material)
                self.arrived.emit()

        self._bridge.run(self, lambda: self._former(chat), done, lambda _error: done(()))

    def _with_former(self, material: Material) -> Material:
        invented = is_simulated(material.rows, material.occasion)
        return replace(material, former=() if invented else self._editions)

    def change(self, job: Callable[[], Made], done: Callable[[Made], object] = _nothing) -> None:
        """Run a job that changes the posts off the GUI thread, then read the material again.

        `done` is called with what the job made.
        """

        def changed(made: Made) -> None:
            done(made)
            self.refresh()

        self._bridge.run(self, job, changed, self._on_mark_failed)

    def mark(self, marking: Marking, keep: KeepMark) -> None:
        """Show the change of a mark at once, and store it off the GUI thread."""
        material = self.material
        if material is None:
            return
        posts = material.posts
        place = next((at for at, one in enumerate(posts) if one.post.id == marking.post_id), None)
        if place is not None:
            posts = (*posts[:place], marking.on(posts[place]), *posts[place + 1 :])
        self.material = replace(material, posts=posts)
        self._version += 1
        self.arrived.emit()
        self._bridge.run(
            self,
            lambda: keep(self._chat_id, material.occasion, marking),
            self._on_marked,
            self._on_mark_failed,
        )

    def _on_marked(self, _nothing: None) -> None:
        self._settle.start()

    def _on_mark_failed(self, error: Exception) -> None:
        self.refresh()
        self.mark_lost.emit(error)

    def _on_hour_went_on(
        self, event: OutboxChanged | PostMarked | PostRemoved | PostsArrived
    ) -> None:
        # A hidden page reads everything when it is shown.
        seen = event.chat_id == self._chat_id and self._page.isVisible()
        if seen and not self._settle.isActive():
            self._settle.start()
