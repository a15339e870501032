"""The posts under the tag as the screen shows them: filtered, searched, new ones kept waiting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import (
    FeedPost,
    Mark,
    Marking,
    Post,
    asks,
    is_from_guest,
    is_from_organiser,
)
from tchat_desktop.domain.echoes import Echo
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.signals import (
    delicate_authors,
    exposes,
    is_confidence,
    is_grave,
    is_urgent,
    noticed,
    people_to_spare,
    signals_of,
)

MOST_READ = 200
"""Posts that arrive together and are looked at for what asks for care."""


class FeedFilter(StrEnum):
    """Which posts to show. Hidden posts are in their own filter and in no other."""

    ALL = "all"
    QUESTIONS = "questions"
    GUESTS = "guests"
    UNANSWERED = "unanswered"
    STARRED = "starred"
    GIVEN = "given"
    """Given to a guest and not answered yet."""
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A post with what was found out about it once."""

    feed: FeedPost
    is_question: bool
    from_guest: bool
    echo: Echo
    """What the organiser sent about it, and how far that has come."""
    words: str
    """Text and author without accents or capitals, to search in."""

    @property
    def is_answered(self) -> bool:
        """Whether a reply is out, or the organiser says it needs none any more."""
        return self.feed.answered or self.echo.is_answered


@dataclass(frozen=True, slots=True)
class Arrival:
    """Someone who has just written for the first time in this hour."""

    entry: FeedEntry
    at: datetime


class FeedModel:
    """Holds every post of an hour, by id. New ones wait until they are asked for."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._shown: dict[str, FeedEntry] = {}
        self._waiting: dict[str, FeedEntry] = {}
        self._echoes: Mapping[str, Echo] = {}
        self._counts: dict[FeedFilter, int] | None = None
        self._delicate: set[str] = set()
        self._exposing: set[str] = set()

    def __len__(self) -> int:
        return len(self._shown) + len(self._waiting)

    @property
    def waiting(self) -> int:
        """How many new posts wait to be shown."""
        return len(self._waiting)

    def add(self, posts: Iterable[FeedPost], wait: bool) -> None:
        """Add posts, oldest first; known ones are replaced where they are."""
        posts = tuple(posts)
        # Only the newest are offered a welcome, and reading them all at once takes its time.
        for one in posts[-MOST_READ:]:
            self._read(one)
        for feed in posts:
            entry = self._entry(feed)
            if wait and feed.post.id not in self._shown:
                self._waiting[feed.post.id] = entry
            else:
                self._waiting.pop(feed.post.id, None)
                self._shown[feed.post.id] = entry
        self._counts = None

    def _read(self, feed: FeedPost) -> None:
        """Note whether a post asks for care; put right, or said harmless, it may no longer."""
        post_id = feed.post.id
        self._delicate.discard(post_id)
        self._exposing.discard(post_id)
        if noticed(feed):
            self._delicate.add(post_id)
        if exposes(signals_of(feed, self._chat)):
            self._exposing.add(post_id)

    def mark(self, marking: Marking) -> FeedEntry | None:
        """Show another mark of a post; the post as it is then, None when it is not known."""
        for posts in (self._shown, self._waiting):
            if (known := posts.get(marking.post_id)) is not None:
                posts[marking.post_id] = made = self._entry(marking.on(known.feed))
                if marking.mark in (Mark.HARMLESS, Mark.CONFIDED, Mark.NAMES_CHILD):
                    self._read(made.feed)
                self._counts = None
                return made
        return None

    def show_echoes(self, found: Mapping[str, Echo]) -> set[str]:
        """Show what was sent about the posts; the ids of those it is another for than before."""
        before, self._echoes = self._echoes, found
        changed = {
            post_id
            for post_id in before.keys() | found.keys()
            if before.get(post_id) != found.get(post_id)
        }
        for posts in (self._shown, self._waiting):
            for post_id in changed & posts.keys():
                posts[post_id] = replace(posts[post_id], echo=found.get(post_id, Echo()))
        if changed:
            self._counts = None
        return changed

    def remove(self, post_id: str) -> bool:
        """Forget a post; False when it is not known."""
        known = [posts.pop(post_id, None) for posts in (self._shown, self._waiting)]
        self._counts = None
        return any(known)

    def reveal(self) -> None:
        """Let the new posts in."""
        self._shown |= self._waiting
        self._waiting.clear()
        self._counts = None

    def get(self, post_id: str) -> FeedEntry | None:
        """A post by its id, shown or waiting."""
        return self._shown.get(post_id) or self._waiting.get(post_id)

    def counts(self) -> dict[FeedFilter, int]:
        """How many posts each filter lets through, those that wait among them."""
        if self._counts is None:
            self._counts = dict.fromkeys(FeedFilter, 0)
            for entry in (*self._shown.values(), *self._waiting.values()):
                for one in FeedFilter:
                    self._counts[one] += _passes(entry, one)
        return self._counts

    def newest(self, which: FeedFilter, search: str, most: int) -> tuple[list[FeedEntry], int]:
        """The newest posts that pass, at most `most`, and how many pass in all."""
        wanted = fold(search).split()
        found = [entry for entry in self._shown.values() if _is_wanted(entry, which, wanted)]
        found.sort(key=lambda entry: entry.feed.post.created_at, reverse=True)
        return found[:most], len(found)

    def is_before(self, post: Post, entry: FeedEntry) -> bool:
        """Whether a post came in before another one: of two of the same instant it stands first."""
        order = list(self._shown)
        return order.index(post.id) < order.index(entry.feed.post.id)

    def passes(self, feed: FeedPost, which: FeedFilter, search: str) -> bool:
        """Whether a post would be among those shown."""
        return _is_wanted(self._entry(feed), which, fold(search).split())

    def given_unanswered(self) -> int:
        """How many posts were given to a guest and are neither answered nor hidden."""
        return self.counts()[FeedFilter.GIVEN]

    def needing_care(self) -> int:
        """How many posts that could expose somebody are neither answered nor hidden."""
        return len(self._needing_care())

    def urgent(self) -> int:
        """How many of these confide something."""
        return sum(is_urgent(signals_of(one, self._chat)) for one in self._needing_care())

    def first_needing_care(self) -> str:
        """Id of the one to see first; "" when there is none.

        A confidence goes first, then a minor, then a name; of alike the one that waited longest.
        """

        def place(feed: FeedPost) -> tuple[bool, bool, datetime]:
            found = noticed(feed)
            return not is_urgent(found), not is_grave(found), feed.post.created_at

        first = min(self._needing_care(), key=place, default=None)
        return first.post.id if first is not None else ""

    def _needing_care(self) -> list[FeedPost]:
        found = [one for one in map(self.get, self._exposing) if one is not None]
        return [one.feed for one in found if not (one.is_answered or one.feed.hidden)]

    def answers_to(self, question_id: str) -> int:
        """How many posts of participants answer a question, counted as after the chat."""
        return sum(
            entry.feed.question_id == question_id
            and not entry.feed.hidden
            and not is_from_organiser(entry.feed.post, self._chat)
            and not is_confidence(entry.feed, self._chat)
            for posts in (self._shown, self._waiting)
            for entry in posts.values()
        )

    def has_answered(self, author: str) -> bool:
        """Whether somebody has answered a question already."""
        return any(
            entry.feed.question_id
            and comparable_handle(entry.feed.post.author) == comparable_handle(author)
            for posts in (self._shown, self._waiting)
            for entry in posts.values()
        )

    def arrivals(self) -> list[Arrival]:
        """The first post of each author, the last to arrive first.

        Without those to be spared, and without guests and the organisers: they are at home here.
        """
        delicate = [one.feed for one in map(self.get, self._delicate) if one is not None]
        spared = people_to_spare(self._chat, delicate_authors(delicate))
        first: dict[str, FeedEntry] = {}
        for entry in sorted(
            (*self._shown.values(), *self._waiting.values()),
            key=lambda one: one.feed.post.created_at,
        ):
            if _is_at_home(entry, self._chat):
                continue
            if not entry.feed.hidden and comparable_handle(entry.feed.post.author) not in spared:
                first.setdefault(comparable_handle(entry.feed.post.author), entry)
        return [Arrival(entry, entry.feed.post.created_at) for entry in reversed(first.values())]

    def _entry(self, feed: FeedPost) -> FeedEntry:
        post = feed.post
        from_guest = is_from_guest(post, self._chat)
        return FeedEntry(
            feed=feed,
            is_question=not from_guest and asks(feed),
            from_guest=from_guest,
            echo=self._echoes.get(post.id, Echo()),
            words=fold(f"{post.text} {post.author_name} @{post.author}"),
        )


def _is_at_home(entry: FeedEntry, chat: Chat) -> bool:
    post = entry.feed.post
    own = {comparable_handle(one.typed_account) for one in chat.people if one.typed_account}
    return comparable_handle(post.author) in own or is_from_organiser(post, chat)


def _is_wanted(entry: FeedEntry, which: FeedFilter, words: Sequence[str]) -> bool:
    return _passes(entry, which) and all(word in entry.words for word in words)


def _passes(entry: FeedEntry, which: FeedFilter) -> bool:
    feed = entry.feed
    if feed.hidden or which is FeedFilter.HIDDEN:
        return feed.hidden and which is FeedFilter.HIDDEN
    return {
        FeedFilter.QUESTIONS: entry.is_question,
        FeedFilter.GUESTS: entry.from_guest,
        FeedFilter.UNANSWERED: entry.is_question and not entry.is_answered,
        FeedFilter.STARRED: feed.starred,
        FeedFilter.GIVEN: bool(feed.assigned_to) and not entry.is_answered,
    }.get(which, True)
