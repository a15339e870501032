"""Which way an action leaves the laptop, why, and what it costs. Prices come from a dated file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import Action, NetworkRules, NotAPostLink

_DECIMALS = 3
"""Of an amount in US cents; what comes after them is noise of adding floating-point numbers."""


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
class SendingConditions:
    """What is known of the account when an action is to leave; amounts in US cents."""

    route: Route | None
    keys_work: bool = True
    account_may: bool = True
    may_write: bool = True
    has_credit: bool = True
    spent_cents: float = 0.0
    limit_cents: float = 500.0


@dataclass(frozen=True, slots=True)
class RouteChoice:
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
        return exact_cents(
            self.cents_posts + self.cents_reposts + self.cents_replies + self.cents_reads
        )


def exact_cents(amount: float) -> float:
    """An amount in US cents, without the noise of adding floating-point numbers."""
    return round(amount, _DECIMALS)


def action_of(text: str, rules: NetworkRules) -> Action:
    """What publishing a text is: a link makes it another action, at another price."""
    return Action.POST_WITH_LINK if rules.urls(text) else Action.POST


def charged_as(text: str, action: Action, rules: NetworkRules) -> Action:
    """What X puts on the bill for an action.

    A reply with a link is charged as a post with a link: the dearer reading of X's price list.
    """
    linked = action in (Action.POST, Action.REPLY, Action.OWN_REPLY) and bool(rules.urls(text))
    return Action.POST_WITH_LINK if linked else action


def price_cents(text: str, action: Action, rules: NetworkRules) -> float:
    """What an action costs with keys, in US cents. Raises KeyError for what keys cannot do."""
    return rules.platform.cents[charged_as(text, action, rules)]


def summons(text: str, handle: str, rules: NetworkRules) -> bool:
    """Whether a post mentions or quotes the account of that bare name, so that keys may answer it.

    A quote is a post with the address of a post of the account.
    """
    named = set(map(fold, rules.mentions(text)))
    return bool(handle) and fold(handle) in named | set(map(fold, _quoted(text, rules)))


def _quoted(text: str, rules: NetworkRules) -> Iterator[str]:
    for url in rules.urls(text):
        with contextlib.suppress(NotAPostLink):
            yield rules.links.read(url).author


def route_for(
    action: Action,
    account: SendingConditions,
    rules: NetworkRules,
    text: str = "",
    summoned: bool = False,
) -> RouteChoice:
    """By keys when that will be accepted and the ceiling allows, else by the page.

    `summoned` tells that the author replied to has mentioned or quoted the account.
    """
    if account.route is Route.REHEARSAL:
        return RouteChoice(Route.REHEARSAL, Why.REHEARSAL)
    if account.route is not Route.KEYS:
        return RouteChoice(Route.ASSISTED, Why.CHOSEN)
    cents = 0.0 if action in rules.never_by_keys else price_cents(text, action, rules)
    obstacles = {
        Why.NEVER_BY_KEYS: action in rules.never_by_keys,
        Why.NO_KEYS: not account.keys_work,
        Why.ACCOUNT_REFUSED: not account.account_may,
        Why.READ_ONLY: not account.may_write and not action.value.startswith("read"),
        Why.NOT_SUMMONED: rules.only_summoned_by_keys and action is Action.REPLY and not summoned,
        Why.NO_CREDIT: not account.has_credit,
        Why.OVER_LIMIT: exact_cents(account.spent_cents + cents) > account.limit_cents,
    }
    for why, stands in obstacles.items():
        if stands:
            return RouteChoice(Route.ASSISTED, why)
    return RouteChoice(Route.KEYS, Why.CHOSEN, cents)


def chat_price(texts: Sequence[str], rules: NetworkRules, usual: Usual) -> Price:
    """What an hour costs with keys: the posts planned, and a usual number of everything else."""
    with_links = sum(action_of(text, rules) is Action.POST_WITH_LINK for text in texts)
    cents = rules.platform.cents
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
