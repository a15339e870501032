"""The outbox on disk, counting what is read and written."""

from __future__ import annotations

from collections.abc import Sequence

from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.replanning import Replanning


class CountingOutbox(SqliteOutbox):
    """Counts reads of all rows, the rows decoded, and writes."""

    reads = 0
    decoded = 0
    writes = 0

    def start(self) -> None:
        """Count from here on."""
        self.reads = self.decoded = self.writes = 0

    def rows(self, chat_id: str, occasion: Occasion) -> Sequence[OutboxPost]:
        """As the store does."""
        found = super().rows(chat_id, occasion)
        self.reads += 1
        self.decoded += len(found)
        return found

    def get(self, post_id: str) -> OutboxPost:
        """As the store does."""
        self.decoded += 1
        return super().get(post_id)

    def move(self, post: OutboxPost, expected: PostState) -> bool:
        """As the store does."""
        self.writes += 1
        return super().move(post, expected)

    def replan(self, replanning: Replanning) -> None:
        """As the store does."""
        self.writes += 1
        super().replan(replanning)
