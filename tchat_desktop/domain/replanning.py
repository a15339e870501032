"""What becomes of the posts on their way out when the run sheet changes after it was planned.

An hour may be opened days before, and questions are mended until the last minute. What the run
sheet says is followed, and what the organiser decided in the hour stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tchat_desktop.domain.numbering import with_number
from tchat_desktop.domain.outgoing import WAITING, OutboxPost, PostState, with_reason

_NOT_OUT = WAITING | {PostState.SKIPPED, PostState.EXPIRED, PostState.FAILED}
"""States in which a post is certainly not on X, and may still become another one."""

ANOTHER_DAY = timedelta(hours=1)
"""An hour that has begun and is moved by at least this much counts as another hour."""


@dataclass(frozen=True, slots=True)
class Replanning:
    """What is to be written: rows with what they become, new ones, and those to forget."""

    changed: tuple[tuple[OutboxPost, OutboxPost], ...] = ()
    added: tuple[OutboxPost, ...] = ()
    removed: tuple[OutboxPost, ...] = ()


def has_begun(rows: Iterable[OutboxPost]) -> bool:
    """Whether anything of the hour has left, or was tried."""
    out = (PostState.SENDING, PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN)
    return any(row.attempts or row.state in out for row in rows)


def replanned(
    rows: Sequence[OutboxPost],
    planned: Sequence[OutboxPost],
    now: datetime,
    spared: timedelta = timedelta(),
) -> Replanning:
    """How `rows`, as they are, follow the run sheet as it is `planned` now. Instants are UTC.

    Before anything has left, all follows: texts, times, what is in and out. Once the hour has
    begun, times are the organiser's, unless it is moved to another day: texts and ways follow, what
    was taken out does not leave, and what was put in waits in reserve. A text changed in the hour
    is kept in any case, and so is the picture of a post that was tried. Rows due within `spared`
    from `now`, if any, stay as they are: their text may be half typed.
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
        # One that is due, and perhaps on hold, is planned anew: it is due again at once.
        waits = replace(row, state=PostState.PLANNED) if row.state is PostState.DUE else row
        wanted = new.get(row.slot)
        if wanted is not None:
            made = waits
            if begun:
                # The numbers are the hour's own, see domain.numbering.
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
    added = (row for row in planned if row.slot not in there)
    if begun:
        added = (replace(row, state=PostState.DRAFT) for row in added)
    return Replanning(tuple(changed), tuple(added), tuple(removed))


def _is_another_day(rows: Iterable[OutboxPost], new: Mapping[str, OutboxPost]) -> bool:
    """Whether all that has not left is meant for another time, and not for a few minutes later."""
    shifts = [
        abs(wish.due_at - row.planned.due_at)
        for row in rows
        if row.planned is not None and row.state in _NOT_OUT
        if row.slot in new and (wish := new[row.slot].planned) is not None
    ]
    return bool(shifts) and min(shifts) >= ANOTHER_DAY


def _of_the_other_day(row: OutboxPost, wanted: OutboxPost | None) -> OutboxPost:
    """A post that is out already, planned for the day to which its hour was moved.

    The post itself does not change; only when the hour opens follows the run sheet.
    """
    assert row.planned is not None
    if wanted is None or wanted.planned is None:
        return replace(row, planned=replace(row.planned, state=PostState.DRAFT))
    return replace(row, planned=replace(row.planned, due_at=wanted.planned.due_at))


def _followed(row: OutboxPost, wanted: OutboxPost, stays: bool, now: datetime) -> OutboxPost:
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
        # What X refuses to keys for now holds up no page.
        made = replace(made, not_before=None)
        if made.state in WAITING:
            made = with_reason(made)
    if stays:
        # Its time stays as it is, and so does what "as planned" means for it.
        made = replace(made, planned=replace(wish, due_at=was.due_at))
        left_out = was.state is PostState.PLANNED and wish.state is PostState.DRAFT
        return _taken_out(made) if left_out else made
    # What was postponed stays so many minutes later.
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
    """In reserve instead of planned; what waits already stays where it is."""
    return replace(row, state=PostState.SKIPPED) if row.state is PostState.PLANNED else row
