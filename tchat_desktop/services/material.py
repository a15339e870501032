"""Reads what an hour left: the collected posts and the outbox rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.editions import Edition, authors_before
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.report import edition_of
from tchat_desktop.domain.signals import delicate_authors
from tchat_desktop.domain.spending import Spent
from tchat_desktop.services.ports import ChatStore, OutboxStore, PostStore

_OUT = frozenset({PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Material:
    """The posts (oldest first) and the outbox rows (by due instant) of one occasion."""

    occasion: Occasion
    posts: tuple[FeedPost, ...] = ()
    rows: tuple[OutboxPost, ...] = ()
    delicate: frozenset[str] = frozenset()
    """Authors of posts that may ask for care (`domain.signals.delicate_authors`)."""
    spent: Spent = field(default_factory=Spent)
    """What the real hour has cost with the API; nothing where the caller does not fill it in."""
    former: tuple[Edition, ...] = ()
    """The former editions, the oldest first; none of a rehearsal, whose people are invented."""

    @property
    def former_authors(self) -> frozenset[str] | None:
        """Who wrote in former editions: who is not among them comes for the first time.

        None without a former edition: then nobody is said to be new.
        """
        return authors_before(self.former)

    @property
    def is_empty(self) -> bool:
        """Whether no post was collected and none was sent."""
        sent = any(row.state in _OUT for row in self.rows)
        return not self.posts and not sent


def gather(chat_id: str, outbox: OutboxStore, posts: PostStore) -> Material:
    """The material of the real hour, or of the last rehearsal when the real hour left nothing.

    It waits for the disk: never call it on the GUI thread. Raises StoreError.
    """
    live = _of(chat_id, Occasion.LIVE, outbox, posts)
    if not live.is_empty:
        return live
    rehearsed = _of(chat_id, Occasion.REHEARSAL, outbox, posts)
    return live if rehearsed.is_empty else rehearsed


MOST_FORMER = 5
"""How many former editions are compared with."""


def former_editions(
    chat: Chat, chats: ChatStore, outbox: OutboxStore, posts: PostStore, rules: NetworkRules
) -> tuple[Edition, ...]:
    """The last earlier editions of a chat that left posts or rows, counted, the oldest first.

    Editions have the same tag, apart from a year at its end, or the same topic. It reads the disk
    and counts for seconds: never call it on the GUI thread. Raises StoreError.
    """
    start = chat.starts_at
    if start is None:
        return ()
    earlier = [
        (other.starts_at, other)
        for other in (saved.chat for saved in chats.chats())
        if other.id != chat.id
        and other.starts_at is not None
        and other.starts_at < start
        and _alike(chat, other)
    ]
    found: list[tuple[Chat, Material]] = []
    for _start, other in sorted(earlier, key=lambda pair: pair[0], reverse=True):
        material = _of(other.id, Occasion.LIVE, outbox, posts)
        if not material.is_empty:
            found.append((other, material))
        if len(found) == MOST_FORMER:
            break
    made: list[Edition] = []
    for other, material in reversed(found):
        made.append(edition_of(other, material.posts, material.rows, rules, made))
    return tuple(made)


def _of(chat_id: str, occasion: Occasion, outbox: OutboxStore, posts: PostStore) -> Material:
    said = tuple(posts.all(chat_id, occasion))
    rows = tuple(outbox.rows(chat_id, occasion))
    return Material(occasion, said, rows, delicate_authors(said))


def _alike(chat: Chat, other: Chat) -> bool:
    tag, topic = _tag_without_year(chat), fold(chat.topic)
    same_tag = bool(tag) and tag == _tag_without_year(other)
    return same_tag or (bool(topic) and topic == fold(other.topic))


def _tag_without_year(chat: Chat) -> str:
    return fold(re.sub(r"(?:20)?[0-9]{2}$", "", chat.hashtag))
