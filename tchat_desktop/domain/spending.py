"""What a chat with keys has cost so far, and whether the next post stays below the ceiling.

What was published is not kept apart: the outbox tells it. What was read is counted as X does, each
post and each person once a UTC day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.network_rules import Action, NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.routes import charged_as, exact_cents, price_cents


@dataclass(frozen=True, slots=True)
class Reads:
    """How many were read with keys; X counts the same one once a UTC day."""

    posts: int = 0
    users: int = 0
    own_posts: int = 0

    def __add__(self, other: Reads) -> Reads:
        """The sum of both."""
        return Reads(
            self.posts + other.posts, self.users + other.users, self.own_posts + other.own_posts
        )


@dataclass(frozen=True, slots=True)
class ReadIds:
    """What one answer of X held, by X's own ids."""

    posts: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()
    own_posts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BillLine:
    """So many of one kind, and what they cost together in US cents."""

    action: Action
    count: int
    cents: float


@dataclass(frozen=True, slots=True)
class Spent:
    """Amounts in US cents."""

    certain: float = 0.0
    """Posts that are out, and what was read."""
    perhaps: float = 0.0
    """Posts whose outcome is not known, and refused ones: X may charge them too."""

    @property
    def at_most(self) -> float:
        """What is held against the ceiling."""
        return exact_cents(self.certain + self.perhaps)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a chat has cost, line by line as far as it is certain, and in all."""

    lines: tuple[BillLine, ...] = ()
    spent: Spent = Spent()


def action_of_row(row: OutboxPost) -> Action:
    """What publishing a row asks of X; a link in its text makes it dearer (see price_cents)."""
    if row.kind is PostKind.REPOST:
        return Action.REPOST
    if not (row.target_id or row.follows):
        return Action.POST
    return Action.REPLY if row.kind is PostKind.REPLY else Action.OWN_REPLY


def cents_of_row(row: OutboxPost, rules: NetworkRules) -> float:
    """What a row costs in US cents: nothing unless it goes by keys."""
    if row.route is not Route.KEYS:
        return 0.0
    return price_cents(row.text, action_of_row(row), rules)


def bill(
    rows: Iterable[OutboxPost], rules: NetworkRules, reads: Reads | None = None
) -> tuple[BillLine, ...]:
    """What is certain of what a chat has cost, line by line; what did not happen has no line."""
    reads = reads or Reads()
    counts = Counter(
        charged_as(row.text, action_of_row(row), rules)
        for row in rows
        if row.route is Route.KEYS and _is_certain(row)
    )
    counts[Action.READ_POST] = reads.posts
    counts[Action.READ_USER] = reads.users
    counts[Action.READ_OWN] = reads.own_posts
    return tuple(
        BillLine(action, counts[action], exact_cents(counts[action] * rules.platform.cents[action]))
        for action in Action
        if counts[action]
    )


def spent(rows: Iterable[OutboxPost], rules: NetworkRules, reads: Reads | None = None) -> Spent:
    """What the rows of a chat and what was read have cost."""
    rows = tuple(rows)
    certain = sum(line.cents for line in bill(rows, rules, reads))
    perhaps = sum(
        cents_of_row(row, rules)
        for row in rows
        # Published by hand after the keys had tried, or still waiting after a refusal.
        if not _is_certain(row) and (row.state is PostState.SENDING or row.attempts)
    )
    return Spent(exact_cents(certain), exact_cents(perhaps))


def _is_certain(row: OutboxPost) -> bool:
    return row.state is PostState.SENT and row.reason is not Reason.BY_HAND


def statement(
    rows: Iterable[OutboxPost], rules: NetworkRules, reads: Reads | None = None
) -> Statement:
    """The statement of the rows of a chat and of what was read for it."""
    rows = tuple(rows)
    return Statement(bill(rows, rules, reads), spent(rows, rules, reads))


def affordable_reads(spent_cents: float, limit_cents: float, rules: NetworkRules) -> int:
    """How many posts may still be read below the ceiling.

    Each may bring its author, and a post it answers with its own author.
    """
    dearest = 2 * (rules.platform.cents[Action.READ_POST] + rules.platform.cents[Action.READ_USER])
    return max(0, int((limit_cents - spent_cents) / dearest))


def passes_ceiling(
    row: OutboxPost,
    rows: Iterable[OutboxPost],
    limit_cents: float,
    rules: NetworkRules,
    reads: Reads | None = None,
) -> bool:
    """Whether publishing the row now would cost more than the ceiling of the hour leaves.

    `rows` are those of the hour, the row itself among them or not: to be asked before it leaves.
    """
    so_far = spent((other for other in rows if other.id != row.id), rules, reads)
    cents = cents_of_row(row, rules)
    return cents > 0 and exact_cents(so_far.at_most + cents) > limit_cents
