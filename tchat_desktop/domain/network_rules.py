"""What a network imposes on what is published there, as one value.

Domain and services know no network: whoever composes the app hands these rules in, with the texts
of a language (`Texts.rules`) or beside them. Those of X are `domain/x/rules.X_RULES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from tchat_desktop.domain.outgoing import Reason


class EntityKind(StrEnum):
    """What a network turns into a link."""

    URL = "url"
    MENTION = "mention"
    HASHTAG = "hashtag"


@dataclass(frozen=True, slots=True)
class Entity:
    """A part of a post that the network makes a link of: `text[start:end]`, in code points.

    `value` is the bare string, without the "@" or "#" the slice begins with.
    """

    kind: EntityKind
    start: int
    end: int
    value: str


class Action(StrEnum):
    """What can be asked of a network."""

    POST = "post"
    POST_WITH_LINK = "post_with_link"
    REPLY = "reply"
    """An answer to somebody else's post."""
    OWN_REPLY = "own_reply"
    """An answer to one's own post."""
    REPOST = "repost"
    LIKE = "like"
    FOLLOW = "follow"
    QUOTE = "quote"
    READ_POST = "read_post"
    READ_USER = "read_user"
    READ_OWN = "read_own"


@dataclass(frozen=True, slots=True)
class RateLimits:
    """How much the network lets an account do."""

    posts_per_15_minutes: int
    reposts_per_15_minutes: int
    posts_per_day: int
    replies_per_day: int


@dataclass(frozen=True, slots=True)
class Platform:
    """Prices, in hundredths of a US dollar per action, and limits, as known on `as_of`."""

    as_of: date
    cents: Mapping[Action, float]
    limits: RateLimits


class NotAPostLink(ValueError):
    """The text is not the link of a post on the network."""


class PageTooLong(ValueError):
    """The address of a pre-filled page would be cut on its way to the browser."""


@dataclass(frozen=True, slots=True)
class PostLink:
    """Where a post is: its author's bare name (empty when the link has none), its id, its link."""

    author: str
    id: str
    url: str


class Links(Protocol):
    """The addresses of a network."""

    def post(self, author: str, post_id: str) -> PostLink:
        """The link of a post as the network writes it; `author` is a bare name, or ""."""

    def read(self, text: str) -> PostLink:
        """The post a link leads to. Raises NotAPostLink."""

    def pasted(self, text: str) -> PostLink:
        """The post of the one link in what was pasted. Raises NotAPostLink for none, or several."""

    def beside(self, text: str) -> str:
        """What was pasted together with the link of a post, "" for a link alone."""

    def search(self, tag: str) -> str:
        """The page that shows what lives under a bare tag, latest first."""

    def tag(self, bare_tag: str) -> str:
        """The page of a bare tag, as the network orders its posts."""

    def profile(self, handle: str) -> str:
        """The page of the account of a bare name."""

    def handle_in(self, text: str) -> str:
        """The bare name in the address of a profile, "" for none."""

    def composer(self, target_id: str = "") -> str:
        """The page to write on, with nothing in it; under the post of that id, if it is one."""

    def page_left(self, text: str, *, reply: bool = False) -> int:
        """Characters left in the address of the page for a text; negative when it does not fit."""


def _untold(_post_id: str) -> None:
    """None: the ids of the network do not tell when."""


UNKNOWN = Platform(date.min, {}, RateLimits(0, 0, 0, 0))
"""Prices and limits that nobody has told: asking for a price fails, and nothing is let through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRules:
    """The rules of one network. All that reads a text runs at each key press: it must be linear."""

    longest_post: int
    """How much a post holds, as `weigh` counts."""
    weigh: Callable[[str], int]
    """How much of a post a text takes."""
    takes: Callable[[str], bool]
    """Whether the network takes a text as a post: not empty, not too long, nothing forbidden."""
    entities: Callable[[str], list[Entity]]
    """The links, mentions and tags of a text in reading order; they never overlap."""
    is_account: Callable[[str], bool]
    """Whether "@" and a bare name are the mention of that account, from end to end."""
    longest_handle: int
    """Characters of the longest name somebody can have now."""
    not_people: frozenset[str]
    """Small letters of what looks like a name, and is a page of the network."""
    links: Links
    made_up_id: Callable[[datetime, int], str]
    """Makes an id that a post of that instant (UTC) could have, another one for each number.

    A rehearsal gives it to its made-up posts, whose links are then read like real ones.
    """
    is_later: Callable[[str, str], bool]
    """Whether the first id is of a later post, or version of a post, than the second.

    Where ids do not tell it, every other id counts as later: what was read last is shown.
    """
    posted_at: Callable[[str], datetime | None] = _untold
    """When the post of an id was published (UTC); None for an id that does not tell."""
    refusals: Mapping[str, Reason] = field(default_factory=dict)
    """The words and codes by which it refuses, in small letters, each with the reason for the core.

    Where an answer holds several of them, the first one here counts.
    """
    never_by_keys: frozenset[Action] = frozenset()
    """What programs with keys may not do: it goes by the page only."""
    only_summoned_by_keys: bool = False
    """Whether keys may answer only those who mentioned or quoted the account."""
    platform: Platform = UNKNOWN
    """Prices and limits; they change, so they are read from a file."""

    @property
    def priced(self) -> frozenset[Action]:
        """The actions that keys can do, and that have a price."""
        return frozenset(Action) - self.never_by_keys

    def reason_in(self, answer: str) -> Reason:
        """Return why the network refused, by the words of its answer; NONE if none is known."""
        lowered = answer.lower()
        # "code 64" must not be found in "code 641".
        found = (
            reason
            for mark, reason in self.refusals.items()
            if re.search(re.escape(mark) + "(?![0-9])", lowered)
        )
        return next(found, Reason.NONE)

    def remaining(self, text: str) -> int:
        """What is left in the post, as `weigh` counts; negative when it is too long."""
        return self.longest_post - self.weigh(text)

    def fits_post_but_no_page(self, text: str, *, reply: bool = False) -> bool:
        """Whether the network takes a text that its pre-filled page cannot be given."""
        return self.remaining(text) >= 0 and self.links.page_left(text, reply=reply) < 0

    def urls(self, text: str) -> list[str]:
        """The links of a post, as written."""
        return self._found(text, EntityKind.URL)

    def mentions(self, text: str) -> list[str]:
        """The accounts a post mentions, without "@"."""
        return self._found(text, EntityKind.MENTION)

    def hashtags(self, text: str) -> list[str]:
        """The tags of a post, without "#"."""
        return self._found(text, EntityKind.HASHTAG)

    def is_tag(self, tag: str) -> bool:
        """Whether "#" + `tag` is one tag from end to end."""
        return self.hashtags(f"#{tag}") == [tag]

    def _found(self, text: str, kind: EntityKind) -> list[str]:
        return [entity.value for entity in self.entities(text) if entity.kind is kind]
