"""Keeps the posts to come of a chat in order and apart, whatever the organiser decides.

A question needs the time that the run sheet gives it, up to five minutes, before the next one; the
words of the end come after the last question. All datetimes are in UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from tchat_desktop.domain.decisions import APART, SHIFTABLE, planned_at
from tchat_desktop.domain.outgoing import FAREWELL, OUT, OutboxPost, PostKind, PostState
from tchat_desktop.domain.pace import ON_TIME

_MINUTE = timedelta(minutes=1)

_COMFORT = 5
"""Minutes a question should have, unless the run sheet itself gives it fewer."""

_LEAST = {PostKind.GUESTS: 2, PostKind.CLOSING: 2, PostKind.QUESTION: _COMFORT}
"""Minutes a post needs before the next one; 1 for the other kinds."""

Change = tuple[OutboxPost, OutboxPost]
"""A row before and after a decision."""


def least_minutes(row: OutboxPost, minutes: Mapping[str, int]) -> int:
    """Return the minutes a post needs before the next one; `minutes` are those of the run sheet."""
    least = _LEAST.get(row.kind, 1)
    return min(least, minutes.get(row.id, least))


def sheet_minutes(rows: Iterable[OutboxPost]) -> dict[str, int]:
    """Return the minutes the run sheet gives each post, by row id; _COMFORT for a reserve one."""
    sheet = {row.id: row.planned for row in rows if row.planned is not None}
    asked = sorted(
        ((one.due_at, post_id) for post_id, one in sheet.items() if one.state is PostState.PLANNED)
    )
    minutes = dict.fromkeys(sheet, _COMFORT)
    for (at, post_id), (following, _id) in pairwise(asked):
        minutes[post_id] = max(1, (following - at) // _MINUTE)
    return minutes


def spaced(
    rows: Sequence[OutboxPost],
    changes: Sequence[Change],
    now: datetime,
    staying: Collection[str] = (),
) -> list[Change]:
    """Return the changes of a decision, and of the posts that must come later because of it.

    No two questions are then at the same minute, or closer than `least_minutes`, and none comes
    after the words of the end. Posts only ever move to a later time. Those with an id in `staying`
    keep the time they were given, as does whatever was due before the decision. `rows` are all rows
    of the hour before it. If it plans no post for another time, the changes are returned as they
    are.
    """
    made = {row.id: after for row, after in changes}
    if not any(is_planned_anew(*change) for change in changes):
        return list(changes)
    before = {row.id: row for row in rows}
    after = [made.get(row.id, row) for row in rows if row.planned is not None]
    overdue = [row for row in after if before[row.id] is row and row.due_at <= now]
    fixed = {row.id for row in overdue} | set(staying)
    # What was missed waits for another decision, and is in nobody's way until then.
    missed = {row.id for row in overdue if row.state in SHIFTABLE and now - row.due_at > ON_TIME}
    there = [row for row in after if row.id not in missed]
    times = _laid_out(there, fixed, now, sheet_minutes(after))
    moved = {
        row.id: planned_at(row, times[row.id])
        for row in after
        if row.id in times and times[row.id] != row.due_at
    }
    given = [(row, moved.get(row.id, after)) for row, after in changes]
    return given + [(before[one], row) for one, row in moved.items() if one not in made]


def is_planned_anew(before: OutboxPost, after: OutboxPost) -> bool:
    """Return whether a decision gives a post of the run sheet a time, or another one."""
    if after.state not in SHIFTABLE or after.planned is None:
        return False
    return before.state not in SHIFTABLE or before.due_at != after.due_at


def _laid_out(
    rows: Sequence[OutboxPost], fixed: Collection[str], now: datetime, minutes: Mapping[str, int]
) -> dict[str, datetime]:
    """Return the times of the waiting posts, by row id, each after those that precede it."""
    ends_last = _ends_last(rows)
    there = [row for row in rows if row.state in OUT or row.state in SHIFTABLE]

    def place(row: OutboxPost) -> tuple[bool, datetime, datetime]:
        assert row.planned is not None
        is_last = ends_last and row.kind in FAREWELL and row.id not in fixed
        return is_last, row.due_at, row.planned.due_at

    times: dict[str, datetime] = {}
    # When the next post may leave at the soonest, and when the next one that is no reminder.
    soonest = free = min(now, *(row.due_at for row in there))
    for row in sorted(there, key=place):
        at = row.due_at
        if row.id not in fixed and row.state in SHIFTABLE:
            at = max(at, now, soonest, soonest if row.kind is PostKind.NUDGE else free)
            times[row.id] = at
        is_question = row.kind is PostKind.QUESTION
        # The words of the end and the thanks are told by the minute: never the same for both.
        whole = is_question or row.kind is PostKind.CLOSING
        soonest = max(soonest, at + (_MINUTE if whole else APART))
        if is_question:
            free = max(free, at + least_minutes(row, minutes) * _MINUTE)
    return times


def _ends_last(rows: Iterable[OutboxPost]) -> bool:
    """Return whether the run sheet itself has no question after the words of the end."""
    sheet = [
        (row.kind, row.planned.due_at)
        for row in rows
        if row.planned is not None and row.planned.state is PostState.PLANNED
    ]
    asked = [at for kind, at in sheet if kind is PostKind.QUESTION]
    last = [at for kind, at in sheet if kind in FAREWELL]
    return not asked or not last or max(asked) <= min(last)
