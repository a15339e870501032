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
from tchat_desktop.domain.pace import PaceVerdict, ends, leaves_soon, pace
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


SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def row(kind: PostKind, minutes: float, state: PostState = PostState.PLANNED) -> OutboxPost:
    return replace(
        ROWS[0], id=f"{kind}{minutes}", kind=kind, state=state, due_at=START + minutes * MINUTE
    )


def question(minutes: float, state: PostState = PostState.PLANNED) -> OutboxPost:
    return row(PostKind.QUESTION, minutes, state)


@pytest.mark.parametrize(
    ("late", "verdict"), [(179, PaceVerdict.GOOD), (180, PaceVerdict.LATE), (181, PaceVerdict.LATE)]
)
def test_a_chat_is_late_from_three_minutes_on(late: int, verdict: PaceVerdict) -> None:
    thanks = row(PostKind.THANKS, 58)
    end = thanks.due_at - late * SECOND
    found = pace([thanks], end - 5 * MINUTE, end)
    assert (found.verdict, found.late_by) == (verdict, late // 60)
    # What should have left before the end is late by now.
    assert pace([thanks], thanks.due_at + late * SECOND, thanks.due_at).verdict is verdict
    assert pace([], thanks.due_at + late * SECOND, thanks.due_at).late_by == 0


@pytest.mark.parametrize(("seconds", "verdict"), [(0, PaceVerdict.AHEAD), (1, PaceVerdict.GOOD)])
def test_a_spare_question_has_ten_minutes_before_the_last_four(
    seconds: int, verdict: PaceVerdict
) -> None:
    """The last question, at 20, has five minutes; then ten to spare, and four for the end."""
    end = START + 39 * MINUTE
    assert pace([question(20)], START, end - seconds * SECOND).verdict is verdict
    assert pace([], START + 25 * MINUTE + seconds * SECOND, end).verdict is verdict


@pytest.mark.parametrize(
    ("minutes_left", "left_out", "verdict"),
    [
        (9.5, 0, PaceVerdict.GOOD),
        (9.4, 1, PaceVerdict.TIGHT),
        (9, 1, PaceVerdict.TIGHT),
        (8.9, 2, PaceVerdict.LATE),
        (3, 2, PaceVerdict.LATE),
    ],
)
def test_a_question_is_left_out_for_want_of_five_minutes(
    minutes_left: float, left_out: int, verdict: PaceVerdict
) -> None:
    now = START + 30 * MINUTE
    rows = [question(20, PostState.SENT), question(30.5), question(35.5)]
    found = pace(rows, now, now + minutes_left * MINUTE)
    assert (len(found.leave_out), found.verdict) == (left_out, verdict)
    assert found.leave_out == tuple(rows[len(rows) - left_out :])


@pytest.mark.parametrize(("seconds", "left_out"), [(0, 0), (1, 1)])
def test_a_question_may_have_a_minute_less_than_the_others(seconds: int, left_out: int) -> None:
    """Five minutes each by the plan; the last has four until the closing, or a second less."""
    now = START + 30 * MINUTE
    rows = [question(30), question(35), question(41), row(PostKind.CLOSING, 45)]
    rows[-1] = replace(rows[-1], due_at=rows[-1].due_at - seconds * SECOND)
    rows.append(row(PostKind.NUDGE, 32))
    found = pace(rows, now, START + 48 * MINUTE)
    assert bool(found.leave_out) is bool(left_out)


def test_what_is_short_by_the_plan_is_not_hurried() -> None:
    rows = [question(10), question(12), row(PostKind.CLOSING, 14)]
    assert pace(rows, START + 10 * MINUTE, START + 18 * MINUTE).leave_out == ()
    at_once = [question(10), question(10), row(PostKind.CLOSING, 10)]
    found = pace(at_once, START + 10 * MINUTE, START + 16 * MINUTE)
    assert found.questions_left == 2, "posts of one instant have a minute each"


def test_the_present_post_is_the_last_that_was_tried_and_the_next_one_waits() -> None:
    sent, failed = question(1, PostState.SENT), question(2, PostState.FAILED)
    skipped, draft = question(3, PostState.SKIPPED), question(4, PostState.DRAFT)
    due = question(5, PostState.DUE)
    found = pace([due, draft, skipped, failed, sent], START + 5 * MINUTE, END)
    assert (found.current, found.following, found.questions_left) == (failed, due, 1)


def test_a_chat_without_a_date_ends_a_minute_after_its_last_post() -> None:
    rows, now = [question(20), question(10)], START + 5 * MINUTE
    undated = a_chat(starts_at=None)
    assert ends(undated, rows, now) == START + 21 * MINUTE
    assert ends(undated, [], now) == now + MINUTE
    assert ends(a_chat(), rows, now) == END


@pytest.mark.parametrize(
    ("state", "minutes_before", "soon"),
    [
        (PostState.PLANNED, 60, True),
        (PostState.PLANNED, 61, False),
        (PostState.DUE, 0, True),
        (PostState.SENDING, 60, True),
        (PostState.DRAFT, 1, False),
        (PostState.SENT, 1, False),
    ],
)
def test_the_app_stays_open_for_a_post_of_the_next_hour(
    state: PostState, minutes_before: int, soon: bool
) -> None:
    rows = [question(200), question(100, state)]
    assert leaves_soon(rows, rows[1].due_at - minutes_before * MINUTE) is soon
