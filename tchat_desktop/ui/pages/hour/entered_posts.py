"""The form for posts entered by hand during the chat, connected to the hour."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.ui.models.feed import FeedModel
from tchat_desktop.ui.pages.shared.add_post import AddPostPanel
from tchat_desktop.ui.pages.shared.hour_ports import HourPort


class EnteredPosts(AddPostPanel):
    """Passes what is entered to the hour.

    `hidden_by` returns what keeps a post from being shown, "" for nothing.
    """

    def __init__(self, hour: HourPort, model: FeedModel, hidden_by: Callable[[Post], str]) -> None:
        super().__init__(lambda: hour.chat, self._collected, self._has_left)
        self._hour = hour
        self._model = model
        self._hidden_by = hidden_by
        self._left: frozenset[str] = frozenset()
        """The ids on X of the organiser's posts that have left."""
        self.added.connect(self._on_entered)
        self.corrected.connect(hour.correct_by_hand)
        self.removed.connect(hour.remove_by_hand)

    def show_rows(self, rows: Iterable[OutboxPost]) -> None:
        """Take over the posts of the organiser, which must not be entered by hand."""
        self._left = frozenset(row.remote_id for row in rows if row.remote_id)

    def _has_left(self, post_id: str) -> bool:
        return post_id in self._left

    def _collected(self, post_id: str) -> Post | None:
        entry = self._model.get(post_id)
        return None if entry is None else entry.feed.post

    def _on_entered(self, post: Post) -> None:
        if self._model.get(post.id) is not None:
            self.say_known()
        else:
            self._hour.add_by_hand(post)
            self.say_added(post, self._hidden_by(post))
