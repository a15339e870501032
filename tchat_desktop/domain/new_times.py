"""Other times for the rest of a chat: all of it later or sooner, a later end, or an early one.

The functions are pure: they return the changes, which the screens tell before (see domain.course)
and the commands of the outbox write. What is out, or whose page is open, is never among them. All
datetimes are in UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tchat_desktop.domain.course import coming
from tchat_desktop.domain.decisions import APART, COUNTDOWN, planned_at, skipped
from tchat_desktop.domain.outgoing import FAREWELL, OUT, OutboxPost, PostKind, PostState
from tchat_desktop.domain.pace import FAREWELL_TIME
from tchat_desktop.domain.spacing import Change, least_minutes, sheet_minutes

_MINUTE = timedelta(minutes=1)

IN_RESERVE = (PostState.SKIPPED, PostState.DRAFT)
"""The states of a post in reserve."""


@dataclass(frozen=True, slots=True)
class NewTimes:
    """The changes of a decision about the end of a chat, and when the chat ends by it."""

    changes: tuple[Change, ...]
    ends_at: datetime
    staying: frozenset[str] = frozenset()
    """The ids of the posts that keep the very time they are given (see domain.spacing)."""


def shifted(rows: Sequence[OutboxPost], minutes: int, now: datetime) -> list[Change]:
    """Move all that is to come by `minutes`, sooner if they are negative, with the same gaps.

    A post whose time has passed is counted from now. Nothing comes sooner than in a minute, so that
    it can still be stopped: then all of it moves by less, or not at all.
    """
    rest = coming(rows)
    if not rest or not minutes:
        return []
    first, by = rest[0].due_at, timedelta(minutes=minutes)
    if minutes < 0:
        by = min(timedelta(), max(by, now + COUNTDOWN - first))
    else:
        by += max(timedelta(), now - first)
    return [(row, planned_at(row, row.due_at + by)) for row in rest] if by else []


def extended(
    rows: Sequence[OutboxPost], minutes: int, now: datetime, ends_at: datetime
) -> NewTimes:
    """End the chat `minutes` later, or so long from now once its end has passed.

    The words of the end that are to come leave as much later; where they come after the end
    already, only as far as they stay before the new one. Everything else keeps its time.
    """
    end = max(ends_at, now) + minutes * _MINUTE
    words = [row for row in coming(rows) if row.kind in FAREWELL]
    if not words:
        return NewTimes((), end)
    room = end - _MINUTE - words[-1].due_at
    by = max(timedelta(), min(room, end - ends_at))
    changes = [(row, planned_at(row, row.due_at + by)) for row in words] if by else []
    return NewTimes(tuple(changes), end)


def concluded(rows: Sequence[OutboxPost], now: datetime, ends_at: datetime) -> NewTimes | None:
    """End the chat early: the words of the end leave in a minute, in their gaps, and nothing else.

    What else was to come goes to the reserve. The chat ends as long after its last words as it was
    to, FAREWELL_TIME at most. Return None when no words of the end are to come any more.
    """
    rest = coming(rows)
    words = [row for row in rest if row.kind in FAREWELL]
    if not words:
        return None
    by = min(timedelta(), now + COUNTDOWN - words[0].due_at)
    # The words of the end come first: once they are out, this can no longer be undone.
    changes = [(row, planned_at(row, row.due_at + by)) for row in words]
    changes += [(row, skipped(row)) for row in rest if row.kind not in FAREWELL]
    after = max(_MINUTE, min(ends_at - words[-1].due_at, FAREWELL_TIME))
    end = words[-1].due_at + by + after
    return NewTimes(tuple(changes), end, frozenset(row.id for row in words))


def places(rows: Sequence[OutboxPost]) -> tuple[OutboxPost, ...]:
    """Return the posts before which a question of the reserve can be put, in order.

    They are the questions to come and the first of the words of the end.
    """
    rest = coming(rows)
    last = [row for row in rest if row.kind in FAREWELL]
    return (*(row for row in rest if row.kind is PostKind.QUESTION), *last[:1])


def inserted(
    rows: Sequence[OutboxPost], post_id: str, before_id: str, now: datetime
) -> list[Change]:
    """Put a post of the reserve before one that is to come; later ones move only as they must.

    It comes when the post before it has had the time it needs, at the soonest in a minute. A
    reminder stays with its question. Return [] when the post is not in reserve any more, or the one
    it was to precede is no longer to come.
    """
    row = next((one for one in rows if one.id == post_id and one.state in IN_RESERVE), None)
    rest = coming(rows)
    place = next((at for at, one in enumerate(rest) if one.id == before_id), None)
    if row is None or place is None:
        return []
    minutes = sheet_minutes(rows)
    out = [one for one in rows if one.planned is not None and one.state in OUT]
    free = [one.due_at + least_minutes(one, minutes) * _MINUTE for one in (*out, *rest[:place])]
    at = max(now + COUNTDOWN, *free) if free else now + COUNTDOWN
    changes = [(row, planned_at(row, at))]
    soonest, by = at + least_minutes(row, minutes) * _MINUTE, timedelta()
    for one in rest[place:]:
        due_at = max(soonest, one.due_at + (by if one.kind is PostKind.NUDGE else timedelta()))
        if due_at > one.due_at:
            changes.append((one, planned_at(one, due_at)))
        by, soonest = due_at - one.due_at, due_at + APART
    return changes
