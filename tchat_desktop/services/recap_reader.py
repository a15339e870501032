"""Reads the posts for the recap and lists those to choose from; keeps what was read last.

Called from one thread at a time, never the GUI thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.doubts import ShownPost, as_shown, posts_shown
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.recap_reading import (
    RecapReading,
    asks_of,
    read_for_recap,
    renamed,
    restarred,
)
from tchat_desktop.services.material import Material


@dataclass(frozen=True, slots=True)
class PostSearch:
    """Which posts are to be listed: with all these words, of that question, so many at most.

    `question` is the id of a question, "" for posts without one, None for all posts.
    """

    words: str = ""
    question: str | None = None
    most: int = 0


@dataclass(frozen=True, slots=True)
class OfferedPosts:
    """The posts that were found, of which the first are shown."""

    shown: tuple[ShownPost, ...] = ()
    found: int = 0
    starred: int = 0
    careful: int = 0
    """How many of those found stand at the end, as they ask for care."""


class RecapReader:
    """Reads posts again only when what was read has changed.

    The posts and rows are compared by value, since the disk gives new ones each time; stars alone
    are no reason, nor is what `asks_of` leaves out of the chat. Where only other people or words
    are hidden, the mask alone is made anew.
    """

    def __init__(self, rules: NetworkRules) -> None:
        self._rules = rules
        self._read: tuple[Chat, Material] | None = None
        self._reading: RecapReading | None = None
        self._folded: dict[str, tuple[Post, str]] = {}
        """The words of each post as they are searched, by its id."""

    def read(self, chat: Chat, material: Material) -> RecapReading:
        """The reading of that material; kept from the last time where it is the same."""
        asked, before, reading = asks_of(chat), self._read, self._reading
        same = (
            before is not None
            and replace(before[0], recap=asked.recap) == asked
            and _alike(before[1], material)
        )
        if before is None or reading is None or not same:
            reading = read_for_recap(
                chat,
                material.posts,
                material.rows,
                self._rules,
                material.occasion,
                material.former_authors,
            )
            # What was deleted is kept nowhere.
            kept = reading.places.keys() & self._folded.keys()
            self._folded = {post_id: self._folded[post_id] for post_id in kept}
        else:
            if before[1].posts != material.posts:
                reading = restarred(reading, material.posts)
            if before[0] != asked:
                reading = renamed(reading, chat, material.posts, self._rules)
        self._read, self._reading = (asked, material), reading
        return reading

    def listed(self, reading: RecapReading, chat: Chat, wish: PostSearch) -> OfferedPosts:
        """The posts to choose from that are wished for; those that ask for care come last."""
        words = fold(wish.words).split()
        known = {question.id for question in chat.questions}
        sure = len(reading.choosable) - reading.careful
        found: list[FeedPost] = []
        careful = 0
        for place, post_id in enumerate(reading.choosable):
            item = reading.posts[reading.places[post_id]]
            under = item.question_id if item.question_id in known else ""
            if wish.question is not None and under != wish.question:
                continue
            if not self._has(item.post, words):
                continue
            found.append(item)
            careful += place >= sure
        marked = [reading.item(one.post.id, chat) for one in found[: wish.most]]
        starred = sum(reading.is_highlight(one.post.id, chat) for one in found)
        shown = tuple(as_shown(one, chat, reading.mask) for one in marked)
        return OfferedPosts(shown, len(found), starred, careful)

    def doubtful(self, chat: Chat, material: Material) -> FeedPost | None:
        """The first post of the table of all posts that may show who somebody is."""
        shown = posts_shown(chat, material.posts, material.rows, self._rules)
        return next((one.item for one in shown if one.doubts), None)

    def _has(self, post: Post, words: Sequence[str]) -> bool:
        if not words:
            return True
        kept = self._folded.get(post.id)
        if kept is None or (kept[0] is not post and kept[0] != post):
            kept = (post, fold(f"{post.text} {post.author_name} @{post.author}"))
            self._folded[post.id] = kept
        return all(word in kept[1] for word in words)


def _alike(before: Material, now: Material) -> bool:
    """Whether two materials differ in the stars of posts at most."""
    if (before.rows, before.occasion, before.former) != (now.rows, now.occasion, now.former):
        return False
    return len(before.posts) == len(now.posts) and all(
        one is other or one == other or replace(one, starred=other.starred) == other
        for one, other in zip(before.posts, now.posts, strict=True)
    )
