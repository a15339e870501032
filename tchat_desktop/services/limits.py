"""What holds a post back before X would: the limits of an account, and the organiser's ceiling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.routes import Platform
from tchat_desktop.domain.spending import Reads, passes_ceiling

WINDOW = timedelta(minutes=15)
DAY = timedelta(days=1)


def _not_said(_row: OutboxPost) -> datetime | None:
    """X has said nothing of its limits."""
    return None


class Limits:
    """The gate of an hour with keys (see `outbox.Gate`).

    Counted are the rows of the hour; `closed_until` tells until when X lets no post like this one
    through, by what it said last (UTC, on the clock of the chat). `ceiling_cents` is what the whole
    hour may cost at most, in US cents, with the `reads` so far. A post that must wait within its
    window waits; one that cannot leave in time, or would cost too much, is left to the organiser.
    """

    def __init__(
        self,
        platform: Platform,
        ceiling_cents: float,
        *,
        reads: Callable[[], Reads] = Reads,
        closed_until: Callable[[OutboxPost], datetime | None] = _not_said,
    ) -> None:
        self._platform = platform
        self._ceiling_cents = ceiling_cents
        self._reads = reads
        self._closed_until = closed_until

    def __call__(
        self, row: OutboxPost, rows: Sequence[OutboxPost], now: datetime
    ) -> OutboxPost | None:
        """What the row becomes instead of leaving; None when it may leave."""
        if row.route is not Route.KEYS:
            return None
        if passes_ceiling(row, rows, self._ceiling_cents, self._platform, self._reads()):
            return replace(row, state=PostState.FAILED, reason=Reason.SPENDING_LIMIT)
        until = self._free_at(row, rows, now)
        if until <= now:
            return None
        held = replace(row, reason=Reason.RATE_LIMIT, detail="")
        if until >= row.expires_at:
            return replace(held, state=PostState.FAILED)
        return replace(held, state=PostState.PLANNED, not_before=until)

    def _free_at(self, row: OutboxPost, rows: Sequence[OutboxPost], now: datetime) -> datetime:
        """From when the row stays within every limit."""
        limits = self._platform.limits
        others = [other for other in rows if other.route is Route.KEYS and other.attempts]
        if row.kind is PostKind.REPOST:
            asked = [other for other in others if other.kind is PostKind.REPOST]
            free = [_free(asked, limits.reposts_per_15_minutes, WINDOW, now)]
        else:
            asked = [other for other in others if other.kind is not PostKind.REPOST]
            alike = [other for other in asked if _is_reply(other) == _is_reply(row)]
            a_day = limits.replies_per_day if _is_reply(row) else limits.posts_per_day
            free = [
                _free(asked, limits.posts_per_15_minutes, WINDOW, now),
                _free(alike, a_day, DAY, now),
            ]
        return max(*free, self._closed_until(row) or now)


def _is_reply(row: OutboxPost) -> bool:
    return bool(row.target_id)


def _free(asked: Iterable[OutboxPost], limit: int, window: timedelta, now: datetime) -> datetime:
    """From when one more stays within `limit` in any `window`.

    The instants of the attempts are not kept: each row counts them all at its last change, which is
    never too early. One in the future, after the clock was set back, counts as now.
    """
    instants = sorted(
        min(row.changed_at or now, now) for row in asked for _attempt in range(row.attempts)
    )
    recent = [instant for instant in instants if instant > now - window]
    return recent[-limit] + window if len(recent) >= limit else now
