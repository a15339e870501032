"""What an hour left behind, kept fresh while a page shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.conversation import Marking, Post
from tchat_desktop.services.events import OutboxChanged, PostMarked, PostRemoved, PostsArrived
from tchat_desktop.services.material import Material
from tchat_desktop.ui.bridge import Bridge

_SETTLE_MS = 400
"""Posts arrive in bursts: the page follows after a short pause."""

Gather = Callable[[str], Material]
"""What was collected and sent for the chat of that id; reads the disk."""
KeepMark = Callable[[str, Occasion, Marking], None]
"""Keeps one of the organiser's marks of a post and tells it; writes to the disk."""


class ByHand(Protocol):
    """Posts entered by hand after the hour. Methods write to the disk; may raise StoreError."""

    def add(self, chat: Chat, post: Post) -> None:
        """Keep a post, under the question it answers."""

    def correct(self, chat: Chat, post_id: str, post: Post) -> None:
        """Put another post in the place of one."""

    def remove(self, chat: Chat, post_id: str) -> None:
        """Take a post out."""


class MaterialWatch(QObject):
    """Reads the material off the GUI thread when asked, and again when the hour goes on.

    `arrived` when there is another material to show; `failed` with an Exception when it could not
    be read, `mark_lost` with one when a mark could not be kept.
    """

    arrived = Signal()
    failed = Signal(object)
    mark_lost = Signal(object)

    def __init__(self, page: QWidget, chat_id: str, bridge: Bridge, gather: Gather) -> None:
        super().__init__(page)
        self.material: Material | None = None
        self._page = page
        self._chat_id = chat_id
        self._bridge = bridge
        self._gather = gather
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
            # A mark or a later reading has come in between: this one is out of date.
            if version == self._version:
                self.material = material
                self.arrived.emit()

        self._bridge.run(self, lambda: self._gather(self._chat_id), done, self.failed.emit)

    def change(self, job: Callable[[], None]) -> None:
        """Do something to the posts off the GUI thread, then show what came of it."""
        self._bridge.run(self, job, self._on_changed, self._on_mark_failed)

    def _on_changed(self, _nothing: None) -> None:
        self.refresh()

    def mark(self, marking: Marking, keep: KeepMark) -> None:
        """Show another mark of a post at once, and keep it."""
        material = self.material
        if material is None:
            return
        posts = tuple(
            marking.on(one) if one.post.id == marking.post_id else one for one in material.posts
        )
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
        # A page that is not seen reads it all when it is shown.
        seen = event.chat_id == self._chat_id and self._page.isVisible()
        if seen and not self._settle.isActive():
            self._settle.start()
