"""The pace of the hour as it goes: how much time is left for how many questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from tchat_desktop.domain.chat import Chat, minutes_until
from tchat_desktop.domain.outgoing import ASKED_FOR, WAITING, OutboxPost, PostKind, PostState

_COMFORT = timedelta(minutes=5)
"""The least time a question needs, unless the run sheet itself gives it less."""

FAREWELL = timedelta(minutes=4)
"""Kept at the end for the closing and the thanks."""

LATE_FROM = timedelta(minutes=3)
"""Nobody minds a chat that ends a little later."""

ON_TIME = timedelta(minutes=1)
"""A post that leaves within this span of its planned time is on time."""

_ROOM = timedelta(minutes=10)
"""With this much time to spare at the end, a question from the reserve fits."""

_SOON = timedelta(hours=1)
"""When a post leaves within this span, the app had better stay open."""

_FAREWELLS = (PostKind.CLOSING, PostKind.THANKS)

_HOUR = frozenset(PostKind) - ASKED_FOR


class PaceVerdict(StrEnum):
    """How the hour goes."""

    GOOD = "good"
    TIGHT = "tight"
    """Some questions should go to the reserve."""
    LATE = "late"
    """What is planned ends after the hour."""
    AHEAD = "ahead"
    """There is room for a question from the reserve."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The hour at an instant; `leave_out` are the questions to keep in reserve."""

    minutes_left: int
    questions_left: int
    verdict: PaceVerdict
    late_by: int
    """Minutes by which what is planned ends after the chat; 0 when it does not."""
    leave_out: tuple[OutboxPost, ...]
    current: OutboxPost | None
    """The last post that went out, or was to."""
    following: OutboxPost | None
    """The next post that waits to leave."""


def pace(rows: Sequence[OutboxPost], now: datetime, ends_at: datetime) -> Pace:
    """How the hour goes at `now`, from the rows of its outbox. Instants are UTC."""
    ours = sorted((row for row in rows if row.kind in _HOUR), key=lambda row: row.due_at)
    waiting = [row for row in ours if row.state in WAITING and row.state is not PostState.DRAFT]
    begun = [row for row in ours if row.state not in WAITING and row.state != PostState.SKIPPED]
    questions = [row for row in waiting if row.kind is PostKind.QUESTION]
    left = max(timedelta(), ends_at - now)
    each = _time_for_each(questions, waiting)
    room = max(0, (left - FAREWELL) // each)
    holds = _holds(waiting, now, each, ends_at)
    leave_out = () if holds else tuple(questions[room:])
    last = waiting[-1].due_at if waiting else None
    late = max(last, now) - ends_at if last is not None else timedelta()
    if late >= LATE_FROM or (leave_out and not room):
        verdict = PaceVerdict.LATE
    elif leave_out:
        verdict = PaceVerdict.TIGHT
    elif left >= _ROOM + FAREWELL and _ends(questions, now, each) + FAREWELL + _ROOM <= ends_at:
        verdict = PaceVerdict.AHEAD
    else:
        verdict = PaceVerdict.GOOD
    return Pace(
        minutes_left=minutes_until(ends_at, now),
        questions_left=len(questions),
        verdict=verdict,
        # As between the hours on screen, which tell no seconds.
        late_by=max(0, late // timedelta(minutes=1)),
        leave_out=leave_out,
        current=begun[-1] if begun else None,
        following=waiting[0] if waiting else None,
    )


def _holds(
    waiting: Sequence[OutboxPost], now: datetime, each: timedelta, ends_at: datetime
) -> bool:
    """Whether each question has its time as it is planned, with an end that nobody minds.

    A question that leaves within `ON_TIME` of its hour has its time.
    """
    # A reminder stands in the time of its question.
    rows = [row for row in waiting if row.kind is not PostKind.NUDGE]
    times = [*(max(row.due_at, now) for row in rows), ends_at]
    return all(at < ends_at + LATE_FROM for at in times) and all(
        end - at + ON_TIME >= each
        for row, (at, end) in zip(rows, pairwise(times), strict=True)
        if row.kind is PostKind.QUESTION
    )


def ends(chat: Chat, rows: Sequence[OutboxPost], now: datetime) -> datetime:
    """When the time of a chat is over (UTC); without a date, a minute after its last post.

    `rows` is its run sheet as planned.
    """
    if chat.ends_at is not None:
        return chat.ends_at
    return max((row.due_at for row in rows), default=now) + timedelta(minutes=1)


def leaves_soon(rows: Sequence[OutboxPost], now: datetime) -> bool:
    """Whether a post is to leave within the hour, so that the app had better stay open."""
    moving = (PostState.PLANNED, PostState.DUE, PostState.SENDING)
    return any(row.state in moving and row.due_at <= now + _SOON for row in rows)


def _time_for_each(questions: Sequence[OutboxPost], waiting: Sequence[OutboxPost]) -> timedelta:
    """What the run sheet gives a question, the last one too: until the words of the end."""
    ends = next((row for row in waiting if row.kind in _FAREWELLS), None)
    asked = [*questions, *([ends] if ends is not None and questions else [])]
    gaps = [after.due_at - before.due_at for before, after in pairwise(asked)]
    planned = sum(gaps, timedelta()) / len(gaps) if gaps else _COMFORT
    return max(timedelta(minutes=1), min(planned, _COMFORT))


def _ends(questions: Sequence[OutboxPost], now: datetime, each: timedelta) -> datetime:
    """The instant (UTC) at which the time for the last waiting question is over."""
    return max(now, questions[-1].due_at + each) if questions else now
