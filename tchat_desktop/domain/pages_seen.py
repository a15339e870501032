"""Which times of the talk under a tag were seen on its page, and where posts may be missing.

A page of a tag shows its newest posts only: of two pages that have no instant in common, what was
written between them was on neither. All datetimes are in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules

FEWEST = 3
"""Posts with their texts that make a page of the tag; fewer are somebody's choice."""


class Stretch(NamedTuple):
    """A stretch of time, from its first instant to its last."""

    since: datetime
    until: datetime


def stretch_of(found: Iterable[Post], chat: Chat, rules: NetworkRules) -> Stretch | None:
    """The time that a page of the tag shows without a hole; None for what is no such page.

    Of its posts those with the tag count: a page has others too, which are advertisements.
    """
    tag = fold(chat.hashtag)
    told = [post for post in found if post.text.strip()]
    times = [
        post.created_at
        for post in told
        if tag and any(fold(one) == tag for one in rules.hashtags(post.text))
    ]
    if len(times) < FEWEST or 2 * len(times) < len(told):
        return None
    return Stretch(min(times), max(times))


def holes(seen: Iterable[Stretch], begins: datetime | None) -> tuple[Stretch, ...]:
    """The times between the stretches that were seen, oldest first; none before the chat begins."""
    found: list[Stretch] = []
    until: datetime | None = None
    for one in sorted(seen):
        if until is not None and one.since > until:
            since = until if begins is None else max(until, begins)
            if since < one.since:
                found.append(Stretch(since, one.since))
        until = one.until if until is None else max(until, one.until)
    return tuple(found)


class PagesSeen:
    """The pages of a tag that were taken in during an hour, in the order they came."""

    def __init__(self) -> None:
        self._seen: list[Stretch] = []

    def add(self, page: Stretch, there: Callable[[], Iterable[Post]]) -> None:
        """Note a page; the first one comes after what was `there` when the app was started."""
        if not self._seen:
            times = [post.created_at for post in there()]
            self._seen += [Stretch(min(times), max(times))] if times else []
        self._seen.append(page)

    def take_back(self, posts: Sequence[Post]) -> None:
        """Forget the page that brought these posts, which were taken out again."""
        if posts:
            times = [post.created_at for post in posts]
            first, last = min(times), max(times)
            for one in reversed(self._seen):
                if one.since <= first and last <= one.until:
                    self._seen.remove(one)
                    return

    def missing(self, begins: datetime | None) -> tuple[Stretch, ...]:
        """Where posts may be missing."""
        return holes(self._seen, begins)
