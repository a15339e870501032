"""What holds a post back before X would: the limits of an account, and the organiser's ceiling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.keys_rule import keys_trouble, stopped
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason, with_reason
from tchat_desktop.domain.spending import Reads, passes_ceiling

_WINDOW = timedelta(minutes=15)
_DAY = timedelta(days=1)


def _not_said(_row: OutboxPost) -> datetime | None:
    """None: X has said nothing of its limits."""
    return None


def _not_known() -> datetime | None:
    """None: nobody knows when the account was connected."""
    return None


def _no_others(_since: datetime) -> Sequence[OutboxPost]:
    """No rows: no other chat is known."""
    return ()


class SendGate:
    """The gate of an hour with keys (see `outbox.Gate`).

    X counts by account: the rows of the hour, and those of all chats that `tried` gives since an
    instant. `closed_until` tells until when X lets no post like this one through, by what it said
    last (UTC, on the clock of the chat). `ceiling` tells what the whole chat may cost at most just
    now, in US cents, with the `reads` so far. After X has refused the account itself, connected at
    `connected_at` (UTC), no post planned is tried by keys; it goes by the page where there are
    `pages`. A post that must wait within its window waits; one
    that cannot leave in time, or would cost too much, is left to the organiser.

    On a clock that runs `speed` times faster X's windows last that much longer, and the instants of
    other chats mean nothing: such an hour counts its own rows only.
    """

    def __init__(
        self,
        rules: NetworkRules,
        ceiling: Callable[[], float],
        *,
        reads: Callable[[], Reads] = Reads,
        connected_at: Callable[[], datetime | None] = _not_known,
        pages: bool = True,
        tried: Callable[[datetime], Sequence[OutboxPost]] = _no_others,
        closed_until: Callable[[OutboxPost], datetime | None] = _not_said,
        speed: float = 1.0,
    ) -> None:
        self._rules = rules
        self._ceiling = ceiling
        self._reads = reads
        self._connected_at = connected_at
        self._pages = pages
        self._tried = tried if speed == 1.0 else _no_others
        self._closed_until = closed_until
        self._window = _WINDOW * speed
        self._day = _DAY * speed

    def __call__(
        self,
        row: OutboxPost,
        rows: Sequence[OutboxPost],
        now: datetime,
        told: OutboxPost | None = None,
    ) -> OutboxPost | None:
        """What the row becomes instead of leaving; None when it may leave.

        `told` is the row that told of the keys last.
        """
        if row.route is not Route.KEYS:
            return None
        stop = stopped(row, keys_trouble(told, self._connected_at()), pages=self._pages)
        if stop is not None:
            return stop
        if passes_ceiling(row, rows, self._ceiling(), self._rules, self._reads()):
            return replace(row, state=PostState.FAILED, reason=Reason.SPENDING_LIMIT)
        until = self._free_at(row, rows, now)
        if until <= now:
            return None
        held = with_reason(row, Reason.RATE_LIMIT)
        if until >= row.expires_at:
            return replace(held, state=PostState.FAILED)
        return replace(held, state=PostState.PLANNED, not_before=until)

    def _free_at(self, row: OutboxPost, rows: Sequence[OutboxPost], now: datetime) -> datetime:
        """From when the row stays within every limit."""
        limits = self._rules.platform.limits
        others = self._asked(rows, now)
        if row.kind is PostKind.REPOST:
            asked = [other for other in others if other.kind is PostKind.REPOST]
            free = [_free(asked, limits.reposts_per_15_minutes, self._window, now)]
        else:
            asked = [other for other in others if other.kind is not PostKind.REPOST]
            alike = [other for other in asked if _is_reply(other) == _is_reply(row)]
            a_day = limits.replies_per_day if _is_reply(row) else limits.posts_per_day
            free = [
                _free(asked, limits.posts_per_15_minutes, self._window, now),
                _free(alike, a_day, self._day, now),
            ]
        return max(*free, self._closed_until(row) or now)

    def _asked(self, rows: Sequence[OutboxPost], now: datetime) -> list[OutboxPost]:
        """What X was asked to publish: the rows of the hour, and of the last day of all chats."""
        asked = [row for row in rows if row.route is Route.KEYS and row.attempts]
        ours = {row.id for row in rows}
        # What another chat did in the future was done on a clock that ran faster than X's.
        soon = now + _WINDOW
        return asked + [
            row
            for row in self._tried(now - _DAY)
            if row.id not in ours and row.changed_at is not None and row.changed_at <= soon
        ]


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
