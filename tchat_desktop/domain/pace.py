"""Tells during a chat whether the time left is enough for the questions left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from tchat_desktop.domain.chat import Chat, minutes_until
from tchat_desktop.domain.outgoing import (
    ASKED_FOR,
    FAREWELL,
    MOVING,
    WAITING,
    OutboxPost,
    PostKind,
    PostState,
)

_COMFORT = timedelta(minutes=5)
"""The least time a question needs, unless the run sheet itself gives it less."""

FAREWELL_TIME = timedelta(minutes=4)
"""Time kept at the end for the closing words and the thanks."""

LATE_FROM = timedelta(minutes=3)
"""How much later than planned a chat may end before it counts as late."""

ON_TIME = timedelta(minutes=1)
"""How far from its planned time a post may leave and still be on time."""

_ROOM = timedelta(minutes=10)
"""Time to spare at the end from which another question, from the reserve, fits."""

_SOON = timedelta(hours=1)
"""How long before a post is due the app should stay open for it."""


_HOUR = frozenset(PostKind) - ASKED_FOR


class PaceVerdict(StrEnum):
    """Whether the chat is going as planned."""

    GOOD = "good"
    TIGHT = "tight"
    """Some questions should be left out."""
    LATE = "late"
    """The planned posts end after the chat."""
    AHEAD = "ahead"
    """There is time for a question from the reserve."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace of a chat at an instant; `leave_out` are the questions there is no time for."""

    minutes_left: int
    questions_left: int
    verdict: PaceVerdict
    late_by: int
    """Whole minutes by which the planned posts end after the chat; 0 when they do not."""
    leave_out: tuple[OutboxPost, ...]
    current: OutboxPost | None
    """The last post of the run sheet that left or whose time has passed; None before the first."""
    following: OutboxPost | None
    """The next post that waits to leave; None after the last."""


def pace(rows: Sequence[OutboxPost], now: datetime, ends_at: datetime) -> Pace:
    """The pace of a chat at `now`, from the rows of its outbox. Datetimes are in UTC."""
    ours = sorted((row for row in rows if row.kind in _HOUR), key=lambda row: row.due_at)
    waiting = [row for row in ours if row.state in WAITING and row.state is not PostState.DRAFT]
    begun = [row for row in ours if row.state not in WAITING and row.state != PostState.SKIPPED]
    questions = [row for row in waiting if row.kind is PostKind.QUESTION]
    left = max(timedelta(), ends_at - now)
    each = _time_for_each(questions, waiting)
    room = max(0, (left - FAREWELL_TIME) // each)
    holds = _holds(waiting, now, each, ends_at)
    leave_out = () if holds else tuple(questions[room:])
    last = waiting[-1].due_at if waiting else None
    late = max(last, now) - ends_at if last is not None else timedelta()
    if late >= LATE_FROM or (leave_out and not room):
        verdict = PaceVerdict.LATE
    elif leave_out:
        verdict = PaceVerdict.TIGHT
    elif _ends(questions, now, each) + FAREWELL_TIME + _ROOM <= ends_at:
        verdict = PaceVerdict.AHEAD
    else:
        verdict = PaceVerdict.GOOD
    return Pace(
        minutes_left=minutes_until(ends_at, now),
        questions_left=len(questions),
        verdict=verdict,
        # Rounded down, because the hours on screen show no seconds.
        late_by=max(0, late // timedelta(minutes=1)),
        leave_out=leave_out,
        current=begun[-1] if begun else None,
        following=waiting[0] if waiting else None,
    )


def _holds(
    waiting: Sequence[OutboxPost], now: datetime, each: timedelta, ends_at: datetime
) -> bool:
    """Whether the plan gives each question the time `each` and has no post after `LATE_FROM`.

    A question may have up to `ON_TIME` less. Datetimes are in UTC.
    """
    # A reminder falls within the time of its question.
    rows = [row for row in waiting if row.kind is not PostKind.NUDGE]
    times = [*(max(row.due_at, now) for row in rows), ends_at]
    return all(at < ends_at + LATE_FROM for at in times) and all(
        end - at + ON_TIME >= each
        for row, (at, end) in zip(rows, pairwise(times), strict=True)
        if row.kind is PostKind.QUESTION
    )


def ends(chat: Chat, rows: Sequence[OutboxPost], now: datetime) -> datetime:
    """When a chat ends (UTC); without a date, a minute after its last post, or after `now`.

    `rows` is its run sheet as planned.
    """
    if chat.ends_at is not None:
        return chat.ends_at
    return max((row.due_at for row in rows), default=now) + timedelta(minutes=1)


def leaves_soon(rows: Sequence[OutboxPost], now: datetime) -> bool:
    """Whether a post leaves within an hour of `now` (UTC), so that the app should stay open."""
    return any(row.state in MOVING and row.due_at <= now + _SOON for row in rows)


def _time_for_each(questions: Sequence[OutboxPost], waiting: Sequence[OutboxPost]) -> timedelta:
    """The average time that the run sheet gives a waiting question, from one to five minutes.

    That of the last question ends with the closing words.
    """
    ends = next((row for row in waiting if row.kind in FAREWELL), None)
    asked = [*questions, *([ends] if ends is not None and questions else [])]
    gaps = [after.due_at - before.due_at for before, after in pairwise(asked)]
    planned = sum(gaps, timedelta()) / len(gaps) if gaps else _COMFORT
    return max(timedelta(minutes=1), min(planned, _COMFORT))


def _ends(questions: Sequence[OutboxPost], now: datetime, each: timedelta) -> datetime:
    """The instant (UTC) at which the time for the last waiting question is over."""
    return max(now, questions[-1].due_at + each) if questions else now
