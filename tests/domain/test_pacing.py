"""What the answers and the time left suggest for the rest of an hour, and what it would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tchat_desktop.domain.catching_up import Cause, Proposal
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.course import coming, course, if_kept, if_sent_now
from tchat_desktop.domain.decisions import postponed
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.pace import pace
from tchat_desktop.domain.pacing import pacing_proposal
from tchat_desktop.domain.run_sheet import build_run_sheet, plan
from tests.domain.chats import START, a_chat
from tests.fakes.texts import load_texts

END = START + timedelta(hours=1)
CHAT = a_chat()
ROWS = plan(CHAT, build_run_sheet(CHAT, load_texts("fr")), Occasion.LIVE, Route.KEYS, START)
MINUTE = timedelta(minutes=1)


def until(now: datetime, rows: Sequence[OutboxPost] = ROWS) -> list[OutboxPost]:
    """The rows once those due by then are out."""
    return [
        replace(row, state=PostState.SENT)
        if row.due_at <= now and row.state is PostState.PLANNED
        else row
        for row in rows
    ]


def of(slot: str) -> OutboxPost:
    return next(row for row in ROWS if row.slot == slot)


def at_question(answers: int, before: float = 2, ago: float = 0.5) -> Proposal | None:
    """What is proposed so many minutes before Q3, with answers to Q2 written a while ago."""
    now = of("q:id3").due_at - timedelta(minutes=before)
    rows = until(now)
    answered = [now - timedelta(minutes=ago)] * answers
    return pacing_proposal(rows, now, END, pace(rows, now, END), of("q:id2").due_at, answered)


def test_many_answers_just_now_let_the_next_question_wait() -> None:
    found = at_question(5)
    assert found is not None
    assert found.cause is Cause.MANY
    assert dict(found.times)[of("q:id3").id] == of("q:id3").due_at + 5 * MINUTE


def test_few_answers_give_the_question_more_time() -> None:
    found = at_question(1, ago=4)
    assert found is not None
    assert found.cause is Cause.FEW


@pytest.mark.parametrize(("answers", "ago"), [(2, 0.5), (8, 3.0)])
def test_an_even_flow_is_left_alone(answers: int, ago: float) -> None:
    assert at_question(answers, ago=ago) is None


def test_what_is_not_known_is_no_ground() -> None:
    now = of("q:id3").due_at - 2 * MINUTE
    rows = until(now)
    found = pace(rows, now, END)
    assert pacing_proposal(rows, now, END, found, of("q:id2").due_at, None) is None


def test_no_more_time_is_proposed_than_there_is() -> None:
    now = of("q:id3").due_at - 2 * MINUTE
    rows = until(now)
    end = of("thanks").due_at + MINUTE
    found = pacing_proposal(rows, now, end, pace(rows, now, end), of("q:id2").due_at, [now] * 5)
    assert found is None or found.cause is Cause.TIGHT


def test_questions_that_no_longer_fit_are_proposed_for_the_reserve() -> None:
    now = START + 50 * MINUTE
    late = [
        replace(row, due_at=row.due_at + 18 * MINUTE)
        if START + 20 * MINUTE < row.due_at < START + 48 * MINUTE
        else row
        for row in ROWS
    ]
    rows = until(now, late)
    found = pace(rows, now, END)
    assert found.leave_out
    wish = pacing_proposal(rows, now, END, found, now, None)
    assert wish == Proposal(Cause.TIGHT, (), tuple(row.id for row in found.leave_out))


def test_what_a_decision_changes_is_foreseen() -> None:
    now = START + MINUTE
    rows = until(now)
    q5 = of("q:id5")
    later = course(rows, postponed(rows, q5.id, 5, True, now), now)
    assert q5.id in {row.id for row in later.moved}
    assert of("q:id3").id not in {row.id for row in later.moved}
    assert later.last is not None
    assert later.last.due_at == of("thanks").due_at + 5 * MINUTE
    kept = course(rows, if_kept(rows, q5.id), now)
    assert [row.id for row in kept.left_out] == [q5.id]
    assert not kept.moved
    sooner = course(rows, if_sent_now(rows, q5.id, now), now)
    assert next(row for row in sooner.moved if row.id == q5.id).due_at == now
    assert coming(rows)[-1].due_at == of("thanks").due_at


def test_words_about_the_time_left_are_proposed_for_the_reserve_when_none_is_left() -> None:
    closing = of("closing")
    end = closing.due_at + MINUTE
    rows = until(closing.due_at - MINUTE)
    wish = pacing_proposal(
        rows, closing.due_at - MINUTE, end, pace(rows, end - 2 * MINUTE, end), START, None
    )
    assert wish == Proposal(Cause.LAST_MINUTE, (), (closing.id,))
    # As the run sheet has it, there is time for an answer.
    end = closing.due_at + 3 * MINUTE
    found = pace(rows, closing.due_at - MINUTE, end)
    assert pacing_proposal(rows, closing.due_at - MINUTE, end, found, START, None) is None
