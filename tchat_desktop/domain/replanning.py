"""Updates the planned posts of the outbox when the run sheet changes after they were planned.

An hour may be opened days before, and questions are corrected until the last minute. The posts
follow the run sheet, except where the organiser decided otherwise during the hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tchat_desktop.domain.numbering import with_number
from tchat_desktop.domain.outgoing import WAITING, OutboxPost, PostState, with_reason
from tchat_desktop.domain.spacing import spaced

_NOT_OUT = WAITING | {PostState.SKIPPED, PostState.EXPIRED, PostState.FAILED}
"""States in which a post is certainly not on X and can still be changed."""

ANOTHER_DAY = timedelta(hours=1)
"""A chat that has begun and is moved by at least this much counts as moved to another day."""


@dataclass(frozen=True, slots=True)
class Replanning:
    """What to write to the outbox: `changed` are pairs of (row before, row after)."""

    changed: tuple[tuple[OutboxPost, OutboxPost], ...] = ()
    added: tuple[OutboxPost, ...] = ()
    removed: tuple[OutboxPost, ...] = ()


def has_begun(rows: Iterable[OutboxPost]) -> bool:
    """Whether any post of the hour has left or was tried."""
    out = (PostState.SENDING, PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN)
    return any(row.attempts or row.state in out for row in rows)


def replanned(
    rows: Sequence[OutboxPost],
    planned: Sequence[OutboxPost],
    now: datetime,
    spared: timedelta = timedelta(),
) -> Replanning:
    """The changes that make the outbox `rows` follow the run sheet as it is `planned` now.

    Before the hour has begun everything follows: texts, times, which posts there are. Afterwards
    texts and routes follow but times do not (unless the chat was moved to another day), a post
    taken out does not leave, and a new one waits in reserve. A text changed during the hour is kept
    in any case, and so is the picture of a post that was tried. Rows due within `spared` from `now`
    are left alone, as their text may be half typed. Datetimes are in UTC.
    """
    begun = has_begun(rows)
    new = {row.slot: row for row in planned}
    stays = begun and not _is_another_day(rows, new)
    changed = []
    removed = []
    for row in rows:
        if row.planned is None:
            continue
        if row.state not in _NOT_OUT:
            if begun and not stays:
                changed.append((row, _of_the_other_day(row, new.get(row.slot))))
            continue
        leaving = row.state in (PostState.PLANNED, PostState.DUE)
        if leaving and spared and row.due_at < now + spared:
            continue
        # A row that is due, perhaps on hold, is planned anew and becomes due again at once.
        waits = replace(row, state=PostState.PLANNED) if row.state is PostState.DUE else row
        wanted = new.get(row.slot)
        if wanted is not None:
            made = waits
            if begun:
                # Numbers no longer follow the run sheet once the hour has begun: domain.numbering.
                wanted = with_number(wanted, row.number)
            else:
                made = with_number(waits, wanted.number)
            made = _followed(made, wanted, stays, now)
        elif begun:
            made = _taken_out(waits)
        else:
            removed.append(row)
            continue
        if made != waits:
            changed.append((row, made))
    there = {row.slot for row in rows}
    added = [row for row in planned if row.slot not in there]
    if begun:
        added = [replace(row, state=PostState.DRAFT) for row in added]
    gone = {row.id for row in removed}
    kept = [*(row for row in rows if row.id not in gone), *added]
    # A post that was postponed keeps its delay, and may come near to one that now follows sooner.
    past = {made.id for _row, made in changed if made.due_at <= now}
    apart = {row.id: (row, made) for row, made in spaced(kept, changed, now, past)}
    added = [apart.pop(row.id, (row, row))[1] for row in added]
    return Replanning(tuple(apart.values()), tuple(added), tuple(removed))


def _is_another_day(rows: Iterable[OutboxPost], new: Mapping[str, OutboxPost]) -> bool:
    """Whether every post that has not left is now planned at least `ANOTHER_DAY` away."""
    shifts = [
        abs(wish.due_at - row.planned.due_at)
        for row in rows
        if row.planned is not None and row.state in _NOT_OUT
        if row.slot in new and (wish := new[row.slot].planned) is not None
    ]
    return bool(shifts) and min(shifts) >= ANOTHER_DAY


def _of_the_other_day(row: OutboxPost, wanted: OutboxPost | None) -> OutboxPost:
    """A published post of a chat that was moved to another day.

    Only its plan is changed, from which the time of the hour is read; the post itself is not.
    """
    assert row.planned is not None
    if wanted is None or wanted.planned is None:
        return replace(row, planned=replace(row.planned, state=PostState.DRAFT))
    return replace(row, planned=replace(row.planned, due_at=wanted.planned.due_at))


def _followed(row: OutboxPost, wanted: OutboxPost, stays: bool, now: datetime) -> OutboxPost:
    """The row once it follows the run sheet in `wanted`; with `stays` its times do not change."""
    was, wish = row.planned, wanted.planned
    assert was is not None
    assert wish is not None
    made = replace(
        row,
        kind=wanted.kind,
        question_id=wanted.question_id,
        number=wanted.number,
        text=wish.text if row.text == was.text else row.text,
        route=wish.route if row.route is was.route else row.route,
        picture=row.picture if row.attempts else wanted.picture,
        planned=wish,
    )
    if made.route is not row.route and row.not_before is not None:
        # A limit of X for keys does not delay a page.
        made = replace(made, not_before=None)
        if made.state in WAITING:
            made = with_reason(made)
    if stays:
        # Its time stays, and so does the planned time to which the organiser can return.
        made = replace(made, planned=replace(wish, due_at=was.due_at))
        left_out = was.state is PostState.PLANNED and wish.state is PostState.DRAFT
        return _taken_out(made) if left_out else made
    # A post that was postponed keeps its delay.
    later = wish.due_at - was.due_at
    made = replace(made, due_at=row.due_at + later, expires_at=row.expires_at + later)
    if row.state is PostState.EXPIRED and now < made.expires_at:
        asked = wish.state is PostState.PLANNED
        state = PostState.PLANNED if asked else PostState.SKIPPED
        return replace(with_reason(made, wanted.reason), state=state)
    if row.state is was.state:
        return replace(made, state=wish.state)
    return made


def _taken_out(row: OutboxPost) -> OutboxPost:
    """The row in reserve (SKIPPED) if it was planned; any other state stays."""
    return replace(row, state=PostState.SKIPPED) if row.state is PostState.PLANNED else row
