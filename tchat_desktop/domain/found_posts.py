"""The posts found in what was pasted or opened, and what they change in an hour.

All datetimes are in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import (
    CLOCK_BEHIND,
    Post,
    has_display_name,
    is_by_hand,
    is_from_organiser,
    newest_id,
)
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost

_CUT = "…"
"""With what a page ends a text that it shows the beginning of."""


@dataclass(frozen=True, slots=True)
class FoundPosts:
    """What was read in a page or a text; a post that is known by its link only has no text."""

    posts: tuple[Post, ...] = ()
    unaddressed: int = 0
    """How many posts the text shows without their addresses, by which alone they can be taken."""
    has_content: bool = False
    """Whether there was anything to read at all."""
    cut: bool = False
    """Whether there was more than is read at once."""


@dataclass(frozen=True, slots=True)
class SortedPosts:
    """What became of the posts found, in an hour that has posts already."""

    new: tuple[Post, ...] = ()
    completed: tuple[tuple[Post, Post], ...] = ()
    """Posts that were there, each before and after it got what it lacked."""
    known: int = 0
    """How many were there, and stay as they are."""
    own: int = 0
    """How many are the organiser's own, which the outbox tells of."""
    impossible: int = 0
    """How many would come from the future: X has no such posts."""
    untagged: int = 0
    """How many of the new ones have a text without the tag of the chat."""
    untold: int = 0
    """How many of the new ones have no text yet."""

    @property
    def changes_something(self) -> bool:
        """Whether a post is new or has become more complete."""
        return bool(self.new or self.completed)


@dataclass(slots=True)
class _Sorting:
    new: list[Post] = field(default_factory=list)
    completed: list[tuple[Post, Post]] = field(default_factory=list)
    known: int = 0
    own: int = 0
    impossible: int = 0


def sort_posts(
    found: Iterable[Post],
    there: Iterable[Post],
    rows: Iterable[OutboxPost],
    chat: Chat,
    now: datetime,
    rules: NetworkRules,
) -> SortedPosts:
    """Say which of the posts found are new, which complete one that is `there`, and the rest.

    `rows` are those of the outbox: what is in it, or by the account of the chat, is the
    organiser's own.
    """
    by_id = _by_id(there, rules)
    ours = {row.remote_id for row in rows if row.remote_id}
    made = _Sorting()
    for post in _once(found):
        before = by_id.get(post.id)
        if post.id in ours or is_from_organiser(post, chat):
            made.own += 1
        elif before is not None:
            after = completed(before, post)
            if after == before:
                made.known += 1
            else:
                made.completed.append((before, after))
        elif post.created_at > now + CLOCK_BEHIND:
            made.impossible += 1
        else:
            made.new.append(post)
    tag = fold(chat.hashtag)
    told = [one.text for one in made.new if one.text.strip()]
    untagged = sum(bool(tag) and not _has_tag(text, tag, rules) for text in told)
    untold = len(made.new) - len(told)
    return SortedPosts(
        tuple(made.new), tuple(made.completed), made.known, made.own, made.impossible, untagged,
        untold,
    )  # fmt: skip


def completed(before: Post, seen: Post) -> Post:
    """The post as it was entered, with what it lacked and the page tells; itself for nothing more.

    What the organiser wrote stays, and so does what came with keys, which is complete.
    """
    if not is_by_hand(before):
        return before
    author = before.author or seen.author
    lacks_name = not has_display_name(before)
    return replace(
        before,
        author=author,
        author_name=seen.author_name if lacks_name and seen.author_name else before.author_name,
        text=seen.text if _tells_more(seen.text, before.text) else before.text,
        in_reply_to=before.in_reply_to or seen.in_reply_to,
    )


def _tells_more(seen: str, before: str) -> bool:
    """Whether a text is the whole of another one that was cut, or of none."""
    begun = before.strip().removesuffix(_CUT).rstrip()
    return len(seen) > len(before) and seen.startswith(begun)


def _has_tag(text: str, tag: str, rules: NetworkRules) -> bool:
    return any(fold(one) == tag for one in rules.hashtags(text))


def _by_id(posts: Iterable[Post], rules: NetworkRules) -> Mapping[str, Post]:
    """The posts by their ids, and by those of their newest versions."""
    found: dict[str, Post] = {}
    for post in posts:
        found.setdefault(newest_id(post, rules), post)
        found[post.id] = post
    return found


def _once(posts: Iterable[Post]) -> Sequence[Post]:
    """Each post once, with what all its places tell of it."""
    found: dict[str, Post] = {}
    for post in posts:
        before = found.get(post.id)
        found[post.id] = post if before is None else completed(before, post)
    return tuple(found.values())
