"""What was read counts towards the ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from tchat_desktop.by_keys import CountingReader
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.spending import Reads


class _Tag:
    def read(self, since_id: str) -> Sequence[Post]:
        at = datetime(2026, 12, 5, 20, tzinfo=UTC)
        first = int(since_id or 0)
        return [Post(str(first + n), f"author{n % 2}", "", "", at) for n in (1, 2, 3)]


def test_each_post_is_counted_and_each_person_once() -> None:
    reader = CountingReader(_Tag())
    assert reader.reads() == Reads()
    assert [post.id for post in reader.read("")] == ["1", "2", "3"]
    reader.read("3")
    assert reader.reads() == Reads(posts=6, users=2)
