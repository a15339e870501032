"""The pace of the hour as it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.catching_up import Cause, closed_up
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.pace import PaceVerdict, pace
from tchat_desktop.domain.run_sheet import build_run_sheet, plan
from tests.domain.chats import START, a_chat
from tests.fakes.outgoing import taken
from tests.fakes.texts import load_texts

END = START + timedelta(hours=1)
CHAT = a_chat()
ROWS = plan(
    CHAT,
    build_run_sheet(CHAT, load_texts("fr")),
    Occasion.LIVE,
    Route.ASSISTED,
    START + timedelta(minutes=4),
)


def after(minutes: float, shift: float = 0) -> list[OutboxPost]:
    """The rows once those of the first minutes are out, the others `shift` minutes later."""
    at = START + timedelta(minutes=minutes)
    return [
        replace(row, state=PostState.SENT)
        if row.due_at <= at and row.state is PostState.PLANNED
        else replace(row, due_at=row.due_at + timedelta(minutes=shift))
        for row in ROWS
    ]


def test_as_planned_is_a_good_pace() -> None:
    found = pace(after(20), START + timedelta(minutes=20), END)
    assert found.verdict is PaceVerdict.GOOD
    assert (found.minutes_left, found.questions_left, found.leave_out) == (40, 4, ())
    assert found.current is not None
    assert found.following is not None
    assert (found.current.label, found.following.label) == ("Q2", "Q3")


def test_before_the_hour_nothing_is_current() -> None:
    found = pace(ROWS, START, END)
    assert found.current is None
    assert found.following is not None
    assert (found.following.slot, found.minutes_left) == ("welcome", 60)


def test_too_many_questions_for_the_time_left_name_the_last_ones() -> None:
    rows = [replace(row, due_at=min(row.due_at, END - timedelta(minutes=1))) for row in after(20)]
    found = pace(rows, END - timedelta(minutes=16), END)
    assert found.verdict is PaceVerdict.TIGHT
    assert [row.number for row in found.leave_out] == [5, 6]


def test_a_plan_that_ends_after_the_hour_is_late() -> None:
    found = pace(after(20, shift=15), START + timedelta(minutes=20), END)
    assert found.verdict is PaceVerdict.LATE


@pytest.mark.parametrize("shift", [1, 2, 2.5])
def test_a_little_late_no_question_is_given_up(shift: float) -> None:
    now = START + timedelta(minutes=20)
    rows = after(20, shift=shift + _to_the_end())
    found = pace(rows, now, END)
    assert (found.verdict, found.leave_out) == (PaceVerdict.GOOD, ())
    assert closed_up(rows, now, END) is None


def _to_the_end() -> float:
    """Minutes by which the plan may shift so that its last post leaves at the end."""
    last = max(row.due_at for row in ROWS if row.state is PostState.PLANNED)
    return (END - last) / timedelta(minutes=1)


def test_the_minutes_late_are_those_between_the_hours_on_screen() -> None:
    found = pace(after(20, shift=_to_the_end() + 5.4), START + timedelta(minutes=20), END)
    assert (found.verdict, found.late_by) == (PaceVerdict.LATE, 5)


@pytest.mark.parametrize("minute", range(10, 50, 3))
@pytest.mark.parametrize("shift", [4, 7, 12.5, 20, 30])
def test_nothing_contradicts_a_proposal_that_was_taken(minute: int, shift: float) -> None:
    rows, now = after(minute, shift=shift + _to_the_end()), START + timedelta(minutes=minute)
    proposal = closed_up(rows, now, END)
    if proposal is None:
        return
    after_it = taken(proposal, rows)
    for seconds in (0, 30, 55):
        later = now + timedelta(seconds=seconds)
        found = pace(after_it, later, END)
        assert found.leave_out == ()
        assert found.late_by == 0
        again = closed_up(after_it, later, END)
        assert again is None or again.cause is Cause.HOLE


def test_with_time_to_spare_there_is_room_for_the_reserve() -> None:
    found = pace(after(20, shift=-20), START + timedelta(minutes=20), END)
    assert found.verdict is PaceVerdict.AHEAD


def test_replies_and_reposts_and_skipped_posts_do_not_count() -> None:
    rows = after(20)
    extra = [
        replace(rows[0], kind=kind, state=PostState.PLANNED, due_at=END)
        for kind in (PostKind.REPLY, PostKind.REPOST)
    ]
    skipped = replace(rows[-2], state=PostState.SKIPPED, due_at=START)
    now = START + timedelta(minutes=20)
    assert pace([*rows, *extra, skipped], now, END) == pace(rows, now, END)


def test_once_over_no_time_is_left() -> None:
    found = pace(after(60), END + timedelta(minutes=5), END)
    assert (found.minutes_left, found.questions_left, found.following) == (0, 0, None)
    assert found.verdict is PaceVerdict.GOOD


@given(st.integers(-60, 120), st.integers(0, 60), st.integers(-30, 60))
def test_what_is_left_out_is_the_end_of_what_waits(minute: int, sent: int, shift: int) -> None:
    rows = after(sent, shift)
    found = pace(rows, START + timedelta(minutes=minute), END)
    waiting = sorted(
        (r for r in rows if r.kind is PostKind.QUESTION and r.state is PostState.PLANNED),
        key=lambda row: row.due_at,
    )
    assert found.questions_left == len(waiting)
    assert tuple(waiting[len(waiting) - len(found.leave_out) :]) == found.leave_out
    assert found.minutes_left >= 0


@given(st.floats(0, 29.9))
def test_a_short_chat_that_goes_as_planned_is_asked_to_leave_nothing_out(minute: float) -> None:
    """Half an hour, its last question four minutes before the words of the end."""
    times = [(PostKind.QUESTION, 3), (PostKind.QUESTION, 8), (PostKind.QUESTION, 13)]
    times += [(PostKind.QUESTION, 18), (PostKind.NUDGE, 20), (PostKind.CLOSING, 22)]
    times += [(PostKind.THANKS, 24)]
    now, end = START + timedelta(minutes=minute), START + timedelta(minutes=26)
    rows = [
        replace(
            ROWS[0],
            id=str(at),
            kind=kind,
            due_at=START + timedelta(minutes=at),
            state=PostState.SENT if at <= minute else PostState.PLANNED,
        )
        for kind, at in times
    ]
    assert pace(rows, now, end).leave_out == ()
