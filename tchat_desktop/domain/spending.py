"""What an hour with keys has cost so far, and whether the next post stays below the ceiling.

Nothing is counted twice and nothing is kept apart: the outbox and the number of posts read tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.routes import Action, Platform, price_cents


@dataclass(frozen=True, slots=True)
class Reads:
    """How many were read with keys; X counts the same one once a UTC day."""

    posts: int = 0
    users: int = 0
    own_posts: int = 0

    def __add__(self, other: Reads) -> Reads:
        """What was read both times."""
        return Reads(
            self.posts + other.posts, self.users + other.users, self.own_posts + other.own_posts
        )


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
        return round(self.certain + self.perhaps, 3)


def action_of_row(row: OutboxPost) -> Action:
    """What publishing a row asks of X; a link in its text makes it dearer (see price_cents)."""
    if row.kind is PostKind.REPOST:
        return Action.REPOST
    if not row.target_id:
        return Action.POST
    return Action.REPLY if row.kind is PostKind.REPLY else Action.OWN_REPLY


def cents_of_row(row: OutboxPost, platform: Platform) -> float:
    """What a row costs in US cents: nothing unless it goes by keys."""
    if row.route is not Route.KEYS:
        return 0.0
    return price_cents(row.text, action_of_row(row), platform)


def spent(rows: Iterable[OutboxPost], platform: Platform, reads: Reads | None = None) -> Spent:
    """What the rows of an hour and what was read have cost."""
    reads = reads or Reads()
    certain = (
        reads.posts * platform.cents[Action.READ_POST]
        + reads.users * platform.cents[Action.READ_USER]
        + reads.own_posts * platform.cents[Action.READ_OWN]
    )
    perhaps = 0.0
    for row in rows:
        cents = cents_of_row(row, platform)
        if row.state is PostState.SENT and row.reason is not Reason.BY_HAND:
            certain += cents
        elif row.state is PostState.SENDING or row.attempts:
            # Published by hand after the keys had tried, or still waiting after a refusal.
            perhaps += cents
    return Spent(round(certain, 3), round(perhaps, 3))


def passes_ceiling(
    row: OutboxPost,
    rows: Iterable[OutboxPost],
    limit_cents: float,
    platform: Platform,
    reads: Reads | None = None,
) -> bool:
    """Whether publishing the row now would cost more than the ceiling of the hour leaves.

    `rows` are those of the hour, the row itself among them or not: to be asked before it leaves.
    """
    so_far = spent((other for other in rows if other.id != row.id), platform, reads)
    cents = cents_of_row(row, platform)
    return cents > 0 and round(so_far.at_most + cents, 3) > limit_cents
