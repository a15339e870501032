"""Which way an action leaves the laptop, why, and what it costs. Prices come from a dated file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import NotAPostLink, parse_link
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.x.post_text import mentions, urls


class Action(StrEnum):
    """What can be asked of X."""

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


NEVER_BY_KEYS = frozenset({Action.LIKE, Action.FOLLOW, Action.QUOTE})
"""Actions X has withdrawn from keys like ours: they go by the page only."""

PRICED = frozenset(Action) - NEVER_BY_KEYS


class Why(StrEnum):
    """Why an action goes the way it goes."""

    CHOSEN = "chosen"
    REHEARSAL = "rehearsal"
    NO_KEYS = "no_keys"
    ACCOUNT_REFUSED = "account_refused"
    """X refuses the account itself."""
    READ_ONLY = "read_only"
    NO_CREDIT = "no_credit"
    OVER_LIMIT = "over_limit"
    """It would cost more than the organiser's ceiling leaves."""
    NOT_SUMMONED = "not_summoned"
    """With keys X lets us answer only those who mentioned or quoted us."""
    NEVER_BY_KEYS = "never_by_keys"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much X lets an account do."""

    posts_per_15_minutes: int
    reposts_per_15_minutes: int
    posts_per_day: int
    replies_per_day: int


@dataclass(frozen=True, slots=True)
class Platform:
    """X's prices, in hundredths of a US dollar per action, and limits, as known on `as_of`."""

    as_of: date
    cents: Mapping[Action, float]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of the account when an action is to leave; amounts in US cents."""

    route: Route | None
    keys_work: bool = True
    account_may: bool = True
    may_write: bool = True
    has_credit: bool = True
    spent_cents: float = 0.0
    limit_cents: float = 500.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The way an action goes, why, and what it costs in US cents (0 but with keys)."""

    route: Route
    why: Why
    cents: float = 0.0


@dataclass(frozen=True, slots=True)
class Usual:
    """What an hour of a usual size adds to the posts planned; X charges authors once a day too."""

    reposts: int = 10
    replies: int = 10
    posts_read: int = 330
    people_read: int = 50


@dataclass(frozen=True, slots=True)
class Price:
    """What an hour with keys is likely to cost, in US cents."""

    posts: int
    with_links: int
    cents_posts: float
    cents_reposts: float
    cents_replies: float
    cents_reads: float

    @property
    def total_cents(self) -> float:
        """All of it."""
        return round(
            self.cents_posts + self.cents_reposts + self.cents_replies + self.cents_reads, 3
        )


def action_of(text: str) -> Action:
    """What publishing a text is: a link makes it another action, at another price."""
    return Action.POST_WITH_LINK if urls(text) else Action.POST


def charged_as(text: str, action: Action) -> Action:
    """What X puts on the bill for an action.

    A reply with a link is charged as a post with a link: the dearer reading of X's price list.
    """
    linked = action in (Action.POST, Action.REPLY, Action.OWN_REPLY) and bool(urls(text))
    return Action.POST_WITH_LINK if linked else action


def price_cents(text: str, action: Action, platform: Platform) -> float:
    """What an action costs with keys, in US cents. Raises KeyError for what keys cannot do."""
    return platform.cents[charged_as(text, action)]


def summons(text: str, handle: str) -> bool:
    """Whether a post mentions or quotes the account of that bare name, so that keys may answer it.

    A quote is a post with the address of a post of the account.
    """
    named = set(map(fold, mentions(text)))
    return bool(handle) and fold(handle) in named | set(map(fold, _quoted(text)))


def _quoted(text: str) -> Iterator[str]:
    for url in urls(text):
        with contextlib.suppress(NotAPostLink):
            yield parse_link(url).author


def route_for(
    action: Action, account: Account, platform: Platform, text: str = "", summoned: bool = False
) -> Choice:
    """By keys when that will be accepted and the ceiling allows, else by the page.

    `summoned` tells that the author replied to has mentioned or quoted the account.
    """
    if account.route is Route.REHEARSAL:
        return Choice(Route.REHEARSAL, Why.REHEARSAL)
    if account.route is not Route.KEYS:
        return Choice(Route.ASSISTED, Why.CHOSEN)
    cents = 0.0 if action in NEVER_BY_KEYS else price_cents(text, action, platform)
    obstacles = {
        Why.NEVER_BY_KEYS: action in NEVER_BY_KEYS,
        Why.NO_KEYS: not account.keys_work,
        Why.ACCOUNT_REFUSED: not account.account_may,
        Why.READ_ONLY: not account.may_write and not action.value.startswith("read"),
        Why.NOT_SUMMONED: action is Action.REPLY and not summoned,
        Why.NO_CREDIT: not account.has_credit,
        Why.OVER_LIMIT: round(account.spent_cents + cents, 3) > account.limit_cents,
    }
    for why, stands in obstacles.items():
        if stands:
            return Choice(Route.ASSISTED, why)
    return Choice(Route.KEYS, Why.CHOSEN, cents)


def chat_price(texts: Sequence[str], platform: Platform, usual: Usual) -> Price:
    """What an hour costs with keys: the posts planned, and a usual number of everything else."""
    with_links = sum(action_of(text) is Action.POST_WITH_LINK for text in texts)
    cents = platform.cents
    return Price(
        posts=len(texts),
        with_links=with_links,
        cents_posts=(len(texts) - with_links) * cents[Action.POST]
        + with_links * cents[Action.POST_WITH_LINK],
        cents_reposts=usual.reposts * cents[Action.REPOST],
        cents_replies=usual.replies * cents[Action.REPLY],
        cents_reads=usual.posts_read * cents[Action.READ_POST]
        + usual.people_read * cents[Action.READ_USER],
    )
