"""How the rest of an hour would go after a decision, so that it can be told before it is taken.

The functions are pure and follow the same rules as the commands of the outbox: what they foresee
is what happens. All datetimes are in UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from tchat_desktop.domain import decisions
from tchat_desktop.domain.numbering import renumbered
from tchat_desktop.domain.outgoing import FAREWELL, OUT, OutboxPost, PostState
from tchat_desktop.domain.spacing import Change, spaced

SILENCE = timedelta(minutes=4)
"""How much longer than before nothing must leave before that is told."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A time in which nothing would leave, longer than without the decision. Instants are UTC."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """The posts that would leave at another time, in order, and those that would not leave."""

    moved: tuple[OutboxPost, ...]
    """The rows with their new times."""
    left_out: tuple[OutboxPost, ...]
    last: OutboxPost | None
    """The last row that would leave; None when none would."""
    renamed: tuple[tuple[int | None, int], ...]
    """The questions to come that would have another number, before and after; None for none."""
    silences: tuple[Silence, ...]
    outside: tuple[OutboxPost, ...]
    """The rows that would leave at the end of the chat or later."""


def coming(rows: Iterable[OutboxPost]) -> list[OutboxPost]:
    """The posts of the run sheet that still leave by themselves, in the order of their times."""
    there = (row for row in rows if row.planned is not None and row.state in decisions.SHIFTABLE)
    return sorted(there, key=lambda row: row.due_at)


def course(
    rows: Sequence[OutboxPost],
    changes: Sequence[Change],
    now: datetime,
    ends_at: datetime | None = None,
    staying: Collection[str] = (),
) -> Course:
    """How the hour would go with these changes of its `rows`, and those that they bring about.

    `ends_at` is when the chat would end then (UTC), None where that does not matter; the posts with
    an id in `staying` keep the very time they are given.
    """
    made = {before.id: after for before, after in spaced(rows, changes, now, staying)}
    before = {row.id: row for row in rows}
    then = [made.get(row.id, row) for row in rows]
    after = coming(then)
    anew = tuple(row for row in after if _is_other(before[row.id], row))
    out = tuple(before[one.id] for one in made.values() if one.state is PostState.SKIPPED)
    outside = tuple(row for row in after if ends_at is not None and row.due_at >= ends_at)
    return Course(
        moved=anew,
        left_out=out,
        last=after[-1] if after else None,
        renamed=_renamed(rows, then),
        silences=_silences(rows, then, ends_at),
        outside=outside,
    )


def _renamed(
    rows: Iterable[OutboxPost], then: Sequence[OutboxPost]
) -> tuple[tuple[int | None, int], ...]:
    numbers = {row.id: row.number for row in rows}
    anew = sorted((row for _row, row in renumbered(then)), key=lambda row: row.due_at)
    return tuple((numbers[row.id], row.number) for row in anew if row.number is not None)


def _silences(
    rows: Sequence[OutboxPost], then: Sequence[OutboxPost], ends_at: datetime | None
) -> tuple[Silence, ...]:
    """Return the times after a post without another that are longer by SILENCE than they were.

    After the words of the end nothing is expected.
    """
    said = {row.id for row in rows if row.kind in FAREWELL}
    former = {post_id: lasts.until - lasts.since for post_id, lasts in _pauses(rows, ends_at)}
    return tuple(
        lasts
        for post_id, lasts in _pauses(then, ends_at)
        if post_id in former.keys() - said
        if lasts.until - lasts.since - former[post_id] >= SILENCE
    )


def _pauses(rows: Iterable[OutboxPost], ends_at: datetime | None) -> list[tuple[str, Silence]]:
    """Return how long no post follows one, by its id, from the last that is out to the end."""
    sheet = [row for row in rows if row.planned is not None]
    rest = coming(sheet)
    if not rest:
        return []
    out = max((row for row in sheet if row.state in OUT), key=lambda row: row.due_at, default=None)
    told = [*([out] if out is not None else []), *rest]
    times = [*(row.due_at for row in told), max(ends_at or rest[-1].due_at, rest[-1].due_at)]
    pauses = (Silence(*pair) for pair in pairwise(times))
    return [(row.id, lasts) for row, lasts in zip(told, pauses, strict=True)]


def _is_other(before: OutboxPost, after: OutboxPost) -> bool:
    return before.state not in decisions.SHIFTABLE or before.due_at != after.due_at


def if_sent_now(rows: Sequence[OutboxPost], post_id: str, now: datetime) -> list[Change]:
    """The changes of a post that is published at once."""
    return [(row, decisions.planned_at(row, now)) for row in rows if row.id == post_id]


def if_kept(rows: Sequence[OutboxPost], post_id: str) -> list[Change]:
    """The changes of a post that goes to the reserve."""
    return [(row, decisions.skipped(row)) for row in rows if row.id == post_id]
