"""The line in a reply by which the choice of its text made the post a confidence."""

from __future__ import annotations

from PySide6.QtCore import Signal

from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.domain.undoing import Marked
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.wording.i18n import _


class ConfidenceLine(Notice):
    """Marks a post as a confidence, says so, and takes the mark back.

    `marked` is emitted with the Marking to give; `cancelled` when the organiser takes it back.
    """

    marked = Signal(object)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        name = _("Cancel: the post is no confidence")
        self.cancel = Button(_("Cancel"), "link", "undo", self._on_cancel, name)
        self._done: Marked | None = None

    def begin(self, feed: FeedPost) -> FeedPost:
        """Mark a post, and return it with its mark."""
        self._done = Marked(feed, Marking(feed.post.id, Mark.CONFIDED, True))
        words = _(
            "This post is now treated as a confidence: it will be neither reposted nor "
            "highlighted, and stays out of the recap and the figures."
        )
        self.say(words, "look", self.cancel)
        announce(self, words)
        self.marked.emit(self._done.made)
        return self._done.made.on(feed)

    def hear(self, feed: FeedPost) -> None:
        """Follow the marks of the post: it may be said elsewhere that it is no confidence."""
        if not feed.confided:
            self.keep()

    def keep(self) -> None:
        """Let the mark be: the answer has left, or nothing was marked here."""
        self._done = None
        self.hide()

    def close_with(self, feed: FeedPost) -> bool:
        """Take the mark back unless more was done about the post since; whether it was."""
        untouched = self._done is not None and self._done.made.on(self._done.before) == feed
        if untouched:
            self._take_back()
        self.keep()
        return untouched

    def _take_back(self) -> None:
        if self._done is not None:
            self.marked.emit(self._done.back)

    def _on_cancel(self) -> None:
        self._take_back()
        self.keep()
        self.cancelled.emit()
