"""Reads what an hour left: the collected posts and the outbox rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.coming_again import HeldChat
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

MOST_HELD = 12
"""In how many of the last chats of an organisation one looks for people to invite again."""


def former_editions(
    chat: Chat, chats: ChatStore, outbox: OutboxStore, posts: PostStore, rules: NetworkRules
) -> tuple[Edition, ...]:
    """The last earlier editions of a chat that left posts or rows, counted, the oldest first.

    Editions have the same tag, apart from a year at its end, or the same topic. It reads the disk
    and counts for seconds: never call it on the GUI thread. Raises StoreError.
    """
    if chat.starts_at is None:
        return ()
    earlier = (one for one in _begun_before(chat, chats) if _alike(chat, one))
    made: list[Edition] = []
    for one, material in _last_held(earlier, MOST_FORMER, outbox, posts):
        made.append(edition_of(one, material.posts, material.rows, rules, made))
    return tuple(made)


def held_before(
    chat: Chat, chats: ChatStore, outbox: OutboxStore, posts: PostStore
) -> tuple[HeldChat, ...]:
    """The last earlier editions of a chat, and other earlier chats of its organisation.

    The oldest first; for a chat without a day, all are earlier. It reads the disk, for seconds
    where there is much: never call it on the GUI thread. Raises StoreError.
    """
    house = fold(chat.organisation)
    earlier = (
        one
        for one in _begun_before(chat, chats)
        if _alike(chat, one) or (house and house == fold(one.organisation))
    )
    held = _last_held(earlier, MOST_HELD, outbox, posts)
    return tuple(as_held(one, material) for one, material in held)


def as_held(chat: Chat, material: Material) -> HeldChat:
    """A chat with what it left, to look in it for people to invite again."""
    return HeldChat(chat, material.posts, material.rows, material.delicate)


def _begun_before(chat: Chat, chats: ChatStore) -> Iterator[Chat]:
    """The other chats that begin earlier, the last one first."""
    dated = (
        (one.chat.starts_at, one.chat)
        for one in chats.chats()
        if one.chat.id != chat.id and one.chat.starts_at is not None
    )
    start = chat.starts_at
    earlier = [pair for pair in dated if start is None or pair[0] < start]
    return (one for _start, one in sorted(earlier, key=lambda pair: pair[0], reverse=True))


def _last_held(
    chats: Iterable[Chat], most: int, outbox: OutboxStore, posts: PostStore
) -> Sequence[tuple[Chat, Material]]:
    """The first of these that left posts or rows, at most so many, the other way round."""
    found: list[tuple[Chat, Material]] = []
    for one in chats:
        material = _of(one.id, Occasion.LIVE, outbox, posts)
        if not material.is_empty:
            found.append((one, material))
        if len(found) == most:
            break
    return found[::-1]


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
