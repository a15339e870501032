"""What to propose when the public answers more, or less, than the run sheet expected.

Also which questions to keep in reserve when they no longer fit. These functions only propose;
nothing changes until the organiser accepts it. All datetimes are in UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tchat_desktop.domain.catching_up import Cause, Proposal, must_ask
from tchat_desktop.domain.course import coming
from tchat_desktop.domain.decisions import COUNTDOWN, opens_at, postponed
from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.domain.pace import LATE_FROM, Pace
from tchat_desktop.domain.spacing import Change, spaced

MORE_MINUTES = 5
"""How much more time is proposed for the present question."""

LATELY = timedelta(minutes=2)
"""How far back answers count as coming in just now."""

MANY_ANSWERS = 3
"""So many answers within LATELY: the conversation is lively, and the next question can wait."""

FEW_ANSWERS = 2
"""At most so many answers in all: people have hardly begun to answer."""

_SLOW_FROM = timedelta(minutes=4)
"""How long after a question few answers begin to mean something."""

_SOON = timedelta(minutes=3)
"""From when on before the next question its time is worth a thought."""


_SPEAKS_OF_TIME = (PostKind.NUDGE, PostKind.CLOSING)
"""The kinds whose words say that there is still time to write."""

_LAST_MINUTES = timedelta(minutes=2)
"""So near the end there is none: "A few minutes left!" would not be true."""

_SEEN_BEFORE = timedelta(minutes=10)
"""How long before the end such words are noticed."""


def pacing_proposal(
    rows: Sequence[OutboxPost],
    now: datetime,
    ends_at: datetime,
    found: Pace,
    asked_at: datetime,
    answered: Sequence[datetime] | None,
) -> Proposal | None:
    """What to propose for an hour whose times hold; None when it is best left alone.

    `asked_at` is when the present question was published, `answered` when each of its answers was
    written, None when that is not known. Questions that no longer fit come first.
    """
    begins = opens_at(rows)
    if begins is None or not begins <= now < ends_at or must_ask(rows, now):
        return None
    rest = coming(rows)
    if found.leave_out and rest:
        # The others keep their times.
        return Proposal(Cause.TIGHT, (), tuple(row.id for row in found.leave_out))
    if untrue := _untrue_at_the_end(rest, now, ends_at):
        return Proposal(Cause.LAST_MINUTE, (), untrue)
    if answered is None:
        return None
    return _by_answers(rows, rest, now, ends_at, asked_at, answered)


def _untrue_at_the_end(
    rest: Sequence[OutboxPost], now: datetime, ends_at: datetime
) -> tuple[str, ...]:
    """The ids of the posts whose words no longer fit so little time before the end."""
    if ends_at - now > _SEEN_BEFORE:
        return ()
    return tuple(
        row.id
        for row in rest
        if row.kind in _SPEAKS_OF_TIME and ends_at - row.due_at < _LAST_MINUTES
    )


def _by_answers(
    rows: Sequence[OutboxPost],
    rest: Sequence[OutboxPost],
    now: datetime,
    ends_at: datetime,
    asked_at: datetime,
    answered: Sequence[datetime],
) -> Proposal | None:
    following = next((row for row in rest if row.kind is PostKind.QUESTION), None)
    if following is None or rest[0].due_at <= now:
        return None
    lately = sum(now - LATELY <= at <= now for at in answered)
    slow = now - asked_at >= _SLOW_FROM and not lately and len(answered) <= FEW_ANSWERS
    soon = following.due_at - now <= _SOON
    if soon and (lately >= MANY_ANSWERS or slow):
        cause = Cause.MANY if lately >= MANY_ANSWERS else Cause.FEW
        later = postponed(rows, rest[0].id, MORE_MINUTES, True, now)
        return _proposed(cause, rows, later, now, ends_at)
    if slow and following.due_at - now > COUNTDOWN + _SOON and rest[0] is following:
        minutes = -((following.due_at - now - COUNTDOWN) // timedelta(minutes=1))
        sooner = postponed(rows, following.id, minutes, False, now)
        return _proposed(Cause.STILL, rows, sooner, now, ends_at)
    return None


def _proposed(
    cause: Cause,
    rows: Sequence[OutboxPost],
    changes: Sequence[Change],
    now: datetime,
    ends_at: datetime,
) -> Proposal | None:
    """The proposal of these changes; None when the last post would then leave after the end."""
    made = spaced(rows, changes, now)
    times = sorted(((row.id, row.due_at) for _before, row in made), key=lambda one: one[1])
    late = not times or times[-1][1] >= ends_at + LATE_FROM
    return None if late else Proposal(cause, tuple(times))
