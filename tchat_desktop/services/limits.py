"""Holds posts back before X would refuse them, or before they cost more than the organiser allows.

The limits of an account are X's own, from `network_rules.NetworkRules.platform`.
"""

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
    """Return None: X has said nothing of its limits."""
    return None


def _not_known() -> datetime | None:
    """Return None: it is not known when the account was connected."""
    return None


def _no_others(_since: datetime) -> Sequence[OutboxPost]:
    """Return no rows: no other chat is known."""
    return ()


class SendGate:
    """The gate of an hour with keys (see outbox_rows.Gate): says whether a post may leave now.

    X counts by account, so the rows of the hour count, and those that `tried` returns for all chats
    since an instant (UTC). `closed_until` returns until when (UTC) X refuses posts like this one,
    by its last answer. `ceiling` returns what the whole chat may cost at most, in US cents; `reads`
    returns what was read so far.

    When X has refused the account itself, a post that leaves at its planned time is not tried with
    keys, unless an account was connected since (`connected_at`, UTC). It opens as a pre-filled page
    where the hour has `pages` and the refusal does not hold for them; else it fails. A post that
    must wait for a limit waits if it can still leave before its `expires_at`; otherwise, or if it
    would cost too much, it fails and the organiser decides.

    On a clock that runs `speed` times faster than the real one, X's windows last that much longer
    and the instants of other chats mean nothing: only the rows of the hour count.
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
        """Return what the row becomes instead of leaving; None when it may leave.

        `rows` are all rows of the hour, `now` is in UTC, and `told` is the last row whose outcome
        showed whether the keys work.
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
        """Return from when (UTC) the row stays within every limit."""
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
        """Return the rows X was asked to publish: the hour's, and those of all chats in a day."""
        asked = [row for row in rows if row.route is Route.KEYS and row.attempts]
        ours = {row.id for row in rows}
        # Another chat's instants in the future come from a clock that ran faster than X's.
        soon = now + _WINDOW
        return asked + [
            row
            for row in self._tried(now - _DAY)
            if row.id not in ours and row.changed_at is not None and row.changed_at <= soon
        ]


def _is_reply(row: OutboxPost) -> bool:
    return bool(row.target_id)


def _free(asked: Iterable[OutboxPost], limit: int, window: timedelta, now: datetime) -> datetime:
    """Return from when (UTC) one more post stays within `limit` in any `window`.

    The instants of the single attempts are not stored: all attempts of a row count at its last
    change, which is never too early. An instant in the future, after the clock was set back, counts
    as now.
    """
    instants = sorted(
        min(row.changed_at or now, now) for row in asked for _attempt in range(row.attempts)
    )
    recent = [instant for instant in instants if instant > now - window]
    return recent[-limit] + window if len(recent) >= limit else now
