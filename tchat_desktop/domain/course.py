"""How the rest of an hour would go after a decision, so that it can be told before it is taken.

The functions are pure and follow the same rules as the commands of the outbox: what they foresee
is what happens. All datetimes are in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tchat_desktop.domain import decisions
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.spacing import Change, spaced


@dataclass(frozen=True, slots=True)
class Course:
    """The posts that would leave at another time, in order, and those that would not leave."""

    moved: tuple[OutboxPost, ...]
    """The rows with their new times."""
    left_out: tuple[OutboxPost, ...]
    last: OutboxPost | None
    """The last row that would leave; None when none would."""


def coming(rows: Iterable[OutboxPost]) -> list[OutboxPost]:
    """The posts of the run sheet that still leave by themselves, in the order of their times."""
    there = (row for row in rows if row.planned is not None and row.state in decisions.SHIFTABLE)
    return sorted(there, key=lambda row: row.due_at)


def course(rows: Sequence[OutboxPost], changes: Sequence[Change], now: datetime) -> Course:
    """How the hour would go with these changes of its `rows`, and those that they bring about."""
    made = {before.id: after for before, after in spaced(rows, changes, now)}
    before = {row.id: row for row in rows}
    after = coming(made.get(row.id, row) for row in rows)
    anew = tuple(row for row in after if _is_other(before[row.id], row))
    out = tuple(before[one.id] for one in made.values() if one.state is PostState.SKIPPED)
    return Course(anew, out, after[-1] if after else None)


def _is_other(before: OutboxPost, after: OutboxPost) -> bool:
    return before.state not in decisions.SHIFTABLE or before.due_at != after.due_at


def if_sent_now(rows: Sequence[OutboxPost], post_id: str, now: datetime) -> list[Change]:
    """The changes of a post that is published at once."""
    return [(row, decisions.planned_at(row, now)) for row in rows if row.id == post_id]


def if_kept(rows: Sequence[OutboxPost], post_id: str) -> list[Change]:
    """The changes of a post that goes to the reserve."""
    return [(row, decisions.skipped(row)) for row in rows if row.id == post_id]
