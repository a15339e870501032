"""The days before a chat: what to have done by when, counted back from its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.step_states import Detail, StepState
from tchat_desktop.domain.steps import StepId, StepStatus


class DueState(StrEnum):
    """Whether something to do is done, late, or still has time."""

    DONE = "done"
    LATE = "late"
    """Its day has passed."""
    SOON = "soon"
    """It is the next thing to do."""
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of the guide, and the day by which it should be ready, on the organiser's calendar."""

    step: StepId
    by: date
    days_before: int
    state: DueState


_DAYS_BEFORE = (
    (StepId.HASHTAG, 21),
    (StepId.PEOPLE, 18),
    (StepId.QUESTIONS, 14),
    (StepId.PROMOTION, 14),
    (StepId.PROTECTION, 10),
    (StepId.RUN_SHEET, 7),
    (StepId.CONNECTION, 5),
    (StepId.REHEARSAL, 3),
    (StepId.HOUR, 0),
)
"""How many days before the chat each step should be ready at the latest."""


_TO_BEGIN = timedelta(days=3)
"""Time for what would have been due before the chat was made: nobody is late from the start."""


def _first_day(chat: Chat, held: date) -> date:
    """The first day by which anything can be asked of the organiser; `held` is that of the chat."""
    if chat.begun_at is None:
        return date.min
    return min(chat.begun_at.astimezone(chat.zone).date() + _TO_BEGIN, held)


def milestones(chat: Chat, statuses: Sequence[StepStatus], now: datetime) -> tuple[Milestone, ...]:
    """What to have done by when; () without a date or once the chat has begun. `now` is UTC."""
    local = chat.starts_local
    if local is None or chat.starts_at is None or chat.starts_at <= now:
        return ()
    today = now.astimezone(chat.zone).date()
    # Announcing goes on until the hour: here it is done once it has begun and none is late.
    ready = {
        one.step
        for one in statuses
        if one.state is StepState.READY or one.detail is Detail.ANNOUNCED
    }
    first = _first_day(chat, local.date())
    found = []
    waiting = True
    for step, days in _DAYS_BEFORE:
        by = max(local.date() - timedelta(days=days), first)
        state = DueState.AHEAD
        if step in ready:
            state = DueState.DONE
        elif by < today:
            state = DueState.LATE
        elif waiting:
            state, waiting = DueState.SOON, False
        found.append(Milestone(step, by, days, state))
    return tuple(found)
