"""What to ask and to propose when the rest of the chat no longer goes as planned.

Somebody arrives late, a laptop slept, a clock was corrected, or a question was published early.
Posts must never follow one another in a rush, and none may be published before the one that
announces it. These functions only make a proposal; nothing changes until the organiser accepts it.
All datetimes are in UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from tchat_desktop.domain.decisions import COUNTDOWN, SHIFTABLE, opens_at
from tchat_desktop.domain.outgoing import FAREWELL, OUT, OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.pace import LATE_FROM, ON_TIME
from tchat_desktop.domain.spacing import least_minutes, sheet_minutes

HOLE = timedelta(minutes=4)
"""Silence, beyond what the run sheet plans, from which on moving the next posts is proposed."""

_MINUTE = timedelta(minutes=1)

_FIRST_TO_GO = (PostKind.NUDGE, PostKind.QUESTION, PostKind.RULES, PostKind.GUESTS)
"""The kinds left out when time is short, in this order; within a kind the last post first."""


class Cause(StrEnum):
    """Why other times are proposed for the rest of the chat."""

    LATE = "late"
    """Posts were not published at their time."""
    HOLE = "hole"
    """Nothing is published for long, because a post was published early or taken out."""
    OVER = "over"
    """The last posts would be published after the end."""
    TIGHT = "tight"
    """Some questions no longer fit into the time that is left."""
    LAST_MINUTE = "last_minute"
    """A reminder or the word of the end, which speak of the time left, come when none is left."""
    MANY = "many"
    """Many people answer just now: the next question can wait."""
    FEW = "few"
    """Hardly anybody has answered yet: the question may need more time."""
    STILL = "still"
    """Hardly anybody answers, and the next question is far: it can come now."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposed times, as (row id, UTC) in order, and the ids that go to the reserve."""

    cause: Cause
    times: tuple[tuple[str, datetime], ...]
    left_out: tuple[str, ...] = ()


def missed(rows: Iterable[OutboxPost], now: datetime) -> tuple[OutboxPost, ...]:
    """Return the posts of the run sheet that are late or expired and wait for a decision."""
    return tuple(row for row in rows if _is_overdue(row, now) or _has_expired(row))


def must_ask(rows: Sequence[OutboxPost], now: datetime, held_up: Collection[str] = ()) -> bool:
    """Return whether the run sheet must wait until the organiser has decided about missed posts.

    It must when the first posts of the chat were missed, and when two questions would be published
    one right after the other. It need not for a single post that is a little late, nor when the
    first post was tried without reaching X or waited while the organiser was typing (`held_up` are
    the ids of such posts). `rows` are all rows of the hour.
    """
    expired = [row for row in rows if _has_expired(row)]
    overdue = [row for row in rows if _is_overdue(row, now)]
    if not _has_opened(rows, [*expired, *overdue]):
        # Only the first one is judged: the posts after it were waiting for it.
        first = min(overdue, key=lambda row: row.due_at, default=None)
        begins = first is None or _was_tried(first) or first.id in held_up
        if expired or not begins:
            return True
    asked = [row for row in overdue if row.kind is PostKind.QUESTION]
    due = [row for row in rows if _waits(row) and row.due_at <= now]
    several = sum(row.kind is PostKind.QUESTION for row in (*due, *expired)) > 1
    return bool(asked) and several


def _was_tried(row: OutboxPost) -> bool:
    """Return whether sending was tried; a try that did not reach X adds no attempt."""
    return row.attempts > 0 or row.not_before is not None or row.reason is Reason.NETWORK


def shortened(rows: Sequence[OutboxPost], now: datetime, ends_at: datetime) -> Proposal | None:
    """Return a proposal that fits the missed posts and the waiting ones into the time that is left.

    Reminders are left out first, then the last questions. The closing and the thanks are never left
    out: they stay before `ends_at` if there is a minute for each, else they come a little after it.
    Return None once `ends_at` has passed. `rows` are all rows of the hour.
    """
    if now >= ends_at:
        return None
    wanted = _in_order(row for row in rows if _waits(row) or _has_expired(row))
    start = now + COUNTDOWN
    proposal = _laid_out(Cause.LATE, wanted, rows, start, ends_at)
    if proposal is None or not proposal.left_out:
        return proposal
    # Closing at the very end, later than planned, may leave room for more questions.
    late_end = [replace(row, due_at=ends_at) if row.kind in FAREWELL else row for row in wanted]
    later = _laid_out(Cause.LATE, late_end, rows, start, ends_at)
    more = later is not None and len(later.left_out) < len(proposal.left_out)
    return later if more else proposal


def closed_up(rows: Sequence[OutboxPost], now: datetime, ends_at: datetime) -> Proposal | None:
    """Return a proposal for the waiting posts without a long silence, or that ends in time.

    It moves the next post forward if a silence of HOLE precedes it, and ends the chat in time if
    its last post is planned at least LATE_FROM after `ends_at`. Return None if neither is needed,
    if the chat has not begun or is over, if the organiser has to be asked first (see `must_ask`),
    and if the chat can no longer end in time. `rows` are all rows of the hour.
    """
    waiting = _in_order(row for row in rows if _waits(row))
    opens = opens_at(rows)
    if not waiting or opens is None or not opens <= now < ends_at or must_ask(rows, now):
        return None
    first = waiting[0]
    if first.due_at <= now:
        return None
    begins = _without_hole(first, rows, now, opens)
    if begins is not None:
        proposal = _laid_out(Cause.HOLE, waiting, rows, begins, ends_at)
    elif waiting[-1].due_at >= ends_at + LATE_FROM:
        proposal = _ended_in_time(waiting, rows, now + COUNTDOWN, ends_at)
    else:
        return None
    ends_late = proposal is None or proposal.times[-1][1] >= ends_at
    return None if ends_late else proposal


def _ended_in_time(
    waiting: Sequence[OutboxPost], rows: Sequence[OutboxPost], soonest: datetime, ends_at: datetime
) -> Proposal | None:
    """Return the rest at its planned times, or earlier if that keeps more of the questions."""
    last_words = sum(row.kind in FAREWELL for row in waiting)
    start = max(soonest, min(waiting[0].due_at, ends_at - max(1, last_words) * _MINUTE))
    best = _laid_out(Cause.OVER, waiting, rows, start, ends_at)
    while best is not None and best.left_out and start > soonest:
        start = max(soonest, start - _MINUTE)
        sooner = _laid_out(Cause.OVER, waiting, rows, start, ends_at)
        if sooner is not None and len(sooner.left_out) < len(best.left_out):
            best = sooner
    return best


def _without_hole(
    first: OutboxPost, rows: Sequence[OutboxPost], now: datetime, opens: datetime
) -> datetime | None:
    """Return when the next post could leave instead (UTC); None if no silence of HOLE precedes it.

    A silence due to a postponement by the organiser does not count, and neither does one after a
    post published before the chat began.
    """
    out = [row for row in rows if row.planned is not None and row.state in OUT]
    last = max(
        (row for row in out if row.due_at >= opens), key=lambda row: row.due_at, default=None
    )
    if last is None or first.kind in FAREWELL:
        return None
    span = sheet_minutes(rows)[last.id] * _MINUTE
    silence = _undelayed(first) - _undelayed(last)
    begins = max(last.due_at + span, now + COUNTDOWN)
    if silence < span + HOLE or first.due_at - begins < HOLE:
        return None
    return begins


def _undelayed(row: OutboxPost) -> datetime:
    """Return the time of a post without any postponement by the organiser."""
    by_sheet = row.planned.due_at if row.planned is not None else row.due_at
    return min(row.due_at, by_sheet)


def _laid_out(
    cause: Cause,
    wanted: Sequence[OutboxPost],
    rows: Sequence[OutboxPost],
    start: datetime,
    ends_at: datetime,
) -> Proposal | None:
    """Return a proposal that places the posts `wanted` from `start` on; None when none fits.

    The farewell posts get their times first; the others share the minutes before them.
    """
    minutes = sheet_minutes(rows)
    farewell = [row for row in wanted if row.kind in FAREWELL]
    body = [row for row in wanted if row.kind not in FAREWELL]
    times = _farewell_times(farewell, start, ends_at)
    until = min((at for _row, at in times), default=ends_at)
    room = max(0, (until - start) // _MINUTE)
    kept = _kept(body, minutes, room)
    spans = _spread(kept, minutes, room)
    at = start
    laid = []
    for row in kept:
        laid.append((row.id, at))
        at += spans[row.id] * _MINUTE
    laid += [(row.id, instant) for row, instant in times]
    there = {post_id for post_id, _at in laid}
    if not laid:
        return None
    left_out = tuple(row.id for row in wanted if row.id not in there)
    return Proposal(cause, tuple(laid), left_out)


def _farewell_times(
    farewell: Sequence[OutboxPost], start: datetime, ends_at: datetime
) -> list[tuple[OutboxPost, datetime]]:
    """Return the farewell posts with their times: as planned, or earlier to end in time.

    None is left out: without a minute for each, they follow one another from `start`.
    """
    times: list[tuple[OutboxPost, datetime]] = []
    following = ends_at
    for row in reversed(farewell):
        limit = following - (least_minutes(row, {}) if times else 1) * _MINUTE
        at = min(row.due_at, limit) if row.due_at >= start else limit
        times.insert(0, (row, at))
        following = at
    soonest = start
    for place, (row, at) in enumerate(times):
        times[place] = (row, max(at, soonest))
        soonest = times[place][1] + _MINUTE
    return times


def _kept(
    body: Sequence[OutboxPost], minutes: Mapping[str, int], room: int
) -> Sequence[OutboxPost]:
    """Return the posts of `body` that fit into `room` minutes, in order."""
    kept = list(body)
    for kind in _FIRST_TO_GO:
        for row in reversed(body):
            if sum(least_minutes(one, minutes) for one in kept) <= room:
                return kept
            if row.kind is kind and row in kept:
                kept.remove(row)
    return kept if sum(least_minutes(one, minutes) for one in kept) <= room else []


def _spread(kept: Sequence[OutboxPost], minutes: Mapping[str, int], room: int) -> dict[str, int]:
    """Return how many of the `room` minutes each post gets, by row id.

    Each first gets what it needs; the rest goes to questions and then to the others up to what the
    run sheet gave them; what is still left goes to the questions.
    """
    spans = {row.id: least_minutes(row, minutes) for row in kept}
    free = room - sum(spans.values())
    asked = [row for row in kept if row.kind is PostKind.QUESTION]
    others = [row for row in kept if row.kind is not PostKind.QUESTION]
    for group, most in ((asked, minutes), (others, minutes), (asked, None)):
        growing = list(group)
        while growing:
            for row in tuple(growing):
                if free <= 0 or (most is not None and spans[row.id] >= most[row.id]):
                    growing.remove(row)
                else:
                    spans[row.id] += 1
                    free -= 1
    return spans


def _in_order(rows: Iterable[OutboxPost]) -> list[OutboxPost]:
    return sorted(rows, key=lambda row: row.due_at)


def _waits(row: OutboxPost) -> bool:
    return row.planned is not None and row.state in SHIFTABLE


def _is_overdue(row: OutboxPost, now: datetime) -> bool:
    return _waits(row) and now - row.due_at > ON_TIME


def _has_expired(row: OutboxPost) -> bool:
    expired = row.state is PostState.EXPIRED and row.reason is Reason.TOO_LATE
    return row.planned is not None and expired


def _has_opened(rows: Sequence[OutboxPost], missed: Sequence[OutboxPost]) -> bool:
    """Return whether a post was published since the chat began, and before the first missed one.

    When the organiser arrives late and publishes the welcome on purpose, that decides nothing about
    the posts that were missed before it.
    """
    begins = opens_at(rows)
    until = min((row.due_at for row in missed), default=None)
    return begins is not None and any(
        row.planned is not None
        and row.state in OUT
        and begins <= row.due_at
        and (until is None or row.due_at < until)
        for row in rows
    )
