"""What leaves, or opens, next by itself: what the screens count down."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.decisions import SHIFTABLE
from tchat_desktop.domain.means import Means
from tchat_desktop.domain.outgoing import ASKED_FOR, OutboxPost, PostState, Reason


def leaves_next(
    rows: Sequence[OutboxPost],
    following: OutboxPost | None,
    now: datetime,
    waits: Callable[[OutboxPost], bool],
) -> OutboxPost | None:
    """The soonest of `following`, the next post of the run sheet, and of what was asked for.

    A reply leaves when it is asked for, and nobody need be told; one that was held up is counted
    down as well, or `waits` until nobody is typing.
    """
    asked = [row for row in rows if row.kind in ASKED_FOR and row.state in SHIFTABLE]
    counted = [one for one in asked if one.due_at > now or waits(one)]
    coming = [*counted, *([following] if following is not None else [])]
    return min(coming, key=lambda row: row.due_at, default=None)


def announced(
    means: Means, held: Collection[str], now: datetime, within: timedelta
) -> tuple[OutboxPost, timedelta] | None:
    """The post that leaves next within that time, and how long until then.

    None for one that keys will not take; those `held` are being changed, and stay.
    """
    coming = [row for row in means.rows if row.state in SHIFTABLE and row.id not in held]
    first = min(coming, key=lambda row: row.due_at, default=None)
    if first is None or first.due_at - now > within or means.barred(first) is not Reason.NONE:
        return None
    return first, first.due_at - now


def next_at(rows: Sequence[OutboxPost]) -> datetime | None:
    """When the next planned post is due (UTC); None while one waits to leave."""
    if any(row.state is PostState.DUE for row in rows):
        return None
    times = (row.due_at for row in rows if row.state is PostState.PLANNED)
    return min(times, default=None)


def all_by_page(planned: Sequence[OutboxPost]) -> bool:
    """Whether every post of a run sheet opens as a page: then nothing reads the tag either."""
    return all(row.route is Route.ASSISTED for row in planned)
