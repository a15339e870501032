"""Arriving late, a hole, an end that is too near: what is asked, and what is proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.catching_up import (
    Cause,
    Proposal,
    closed_up,
    missed,
    must_ask,
    shortened,
)
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import (
    OutboxPost,
    Planned,
    PostKind,
    PostState,
    Reason,
)
from tchat_desktop.domain.pace import PaceVerdict, pace
from tchat_desktop.services.outcome import refused
from tchat_desktop.services.ports import PublishLater
from tests.fakes.clock import START
from tests.fakes.outgoing import planned, taken

END = START + timedelta(hours=1)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def post(name: str, minutes: float, kind: PostKind = PostKind.QUESTION) -> OutboxPost:
    row = planned(name, 60 * minutes, kind, route=Route.ASSISTED)
    asked = Planned(row.text, row.due_at, row.route, PostState.PLANNED)
    return replace(row, planned=asked)


def an_hour() -> list[OutboxPost]:
    """A welcome, seven questions seven minutes apart with a nudge among them, the end, thanks."""
    return [
        post("welcome", 0, PostKind.WELCOME),
        post("rules", 2, PostKind.RULES),
        post("guests", 4, PostKind.GUESTS),
        *(post(f"q{n}", 1 + 7 * n) for n in range(1, 4)),
        post("nudge", 28, PostKind.NUDGE),
        *(post(f"q{n}", 2 + 7 * n) for n in range(4, 8)),
        post("closing", 56, PostKind.CLOSING),
        post("thanks", 58, PostKind.THANKS),
    ]


def so_far(gone: int, postponed: float) -> list[OutboxPost]:
    """The hour with so many of its posts out, the others so many minutes later."""
    return [
        replace(row, state=PostState.SENT)
        if index < gone
        else replace(row, due_at=row.due_at + timedelta(minutes=postponed))
        for index, row in enumerate(an_hour())
    ]


def with_states(rows: list[OutboxPost], **states: PostState) -> list[OutboxPost]:
    return [
        replace(
            row,
            state=states.get(row.id, row.state),
            reason=Reason.TOO_LATE if states.get(row.id) is PostState.EXPIRED else Reason.NONE,
        )
        for row in rows
    ]


def late_by_23() -> list[OutboxPost]:
    expired = dict.fromkeys(("welcome", "rules", "guests", "q1"), PostState.EXPIRED)
    return with_states(an_hour(), **expired)


def named(proposal: Proposal | None) -> dict[str, float]:
    assert proposal is not None
    return {name: (when - START) / timedelta(minutes=1) for name, when in proposal.times}


def test_arriving_late_nothing_leaves_before_it_is_decided() -> None:
    assert must_ask(late_by_23(), at(23))
    ids = [row.id for row in missed(late_by_23(), at(23))]
    assert ids == ["welcome", "rules", "guests", "q1", "q2"]


def test_a_shortened_hour_begins_with_the_welcome_and_ends_in_time() -> None:
    proposal = shortened(late_by_23(), at(23), END)
    times = named(proposal)
    assert list(times)[:4] == ["welcome", "rules", "guests", "q1"]
    assert times["welcome"] == 24
    assert list(times)[-2:] == ["closing", "thanks"]
    assert (times["closing"], times["thanks"]) == (56, 58)
    assert proposal is not None
    assert proposal.cause is Cause.LATE
    assert proposal.left_out == ("nudge", "q6", "q7")
    asked = [times[f"q{n}"] for n in range(1, 6)]
    assert all(after - before >= 5 for before, after in pairwise(asked))


def test_a_little_late_one_question_alone_leaves_by_itself() -> None:
    rows = with_states(an_hour(), welcome=PostState.SENT, rules=PostState.SENT)
    assert not must_ask(rows[:4], at(10))
    assert must_ask([*rows[:4], replace(post("q2", 10), state=PostState.DUE)], at(10))


def test_an_hour_on_time_asks_nothing() -> None:
    assert not must_ask(an_hour(), at(-30))
    assert not must_ask(an_hour(), at(0.5))
    assert must_ask(an_hour(), at(1.5))


@pytest.mark.parametrize("minute", [1.9, 3.9])
def test_what_the_network_holds_back_at_the_beginning_is_not_asked_about(minute: float) -> None:
    """What was never reached is no attempt; what stands behind it has waited for it."""
    tried = refused(PublishLater(Reason.NETWORK, at(4)))
    rows = [
        tried(replace(row, state=PostState.SENDING, attempts=1)) or row
        if row.id == "welcome"
        else row
        for row in an_hour()
    ]
    assert rows[0].attempts == 0
    assert not must_ask(rows, at(minute))
    due = [replace(rows[0], state=PostState.DUE, not_before=None), *rows[1:]]
    assert not must_ask(due, at(minute))


def test_what_was_held_up_at_the_beginning_is_not_asked_about_but_two_questions_are() -> None:
    assert must_ask(an_hour(), at(1.9))
    assert not must_ask(an_hour(), at(1.9), {"welcome"})
    assert not must_ask(an_hour(), at(3.9), {"welcome"})
    assert must_ask(an_hour(), at(3.9), {"rules"})
    assert must_ask(an_hour(), at(16.5), {"welcome", "rules", "guests", "q1", "q2"})


@given(st.integers(0, 12), st.floats(0, 59))
def test_one_post_sent_on_purpose_decides_about_no_other(gone: int, minute: float) -> None:
    """Who arrives late and publishes one is still asked about the others, if there are any."""
    rows = [
        replace(row, state=PostState.EXPIRED, reason=Reason.TOO_LATE)
        if row.expires_at <= at(minute)
        else row
        for row in an_hour()
    ]
    missing = [row for row in missed(rows, at(minute)) if row.id != rows[gone].id]
    rows[gone] = replace(rows[gone], state=PostState.SENT, due_at=at(minute))
    assert must_ask(rows, at(minute)) == bool(missing)


def test_what_was_published_days_before_does_not_begin_the_hour() -> None:
    early = START - timedelta(days=20)
    rows = late_by_23()
    rows[0] = replace(rows[0], state=PostState.SENT, due_at=early)
    assert must_ask(rows, at(23))
    assert next(iter(named(shortened(rows, at(23), END)))) == "rules"


def test_a_question_that_left_early_draws_the_rest_nearer() -> None:
    out = dict.fromkeys(("welcome", "rules", "guests", "q1", "q2"), PostState.SENT)
    rows = with_states(an_hour(), **out, q3=PostState.SENT)
    assert closed_up(rows, at(23), END) is None
    early = [replace(row, due_at=at(15.5)) if row.id == "q3" else row for row in rows]
    proposal = closed_up(early, at(15.5), END)
    times = named(proposal)
    assert proposal is not None
    assert proposal.cause is Cause.HOLE
    assert list(times) == ["nudge", "q4", "q5", "q6", "q7", "closing", "thanks"]
    assert times["nudge"] == 21.5
    assert (times["closing"], times["thanks"]) == (56, 58)


def test_what_was_postponed_on_purpose_is_no_hole() -> None:
    out = dict.fromkeys(("welcome", "rules", "guests", "q1"), PostState.SENT)
    later = [
        replace(row, due_at=row.due_at + timedelta(minutes=5)) if row.due_at > at(10) else row
        for row in with_states(an_hour()[:-3], **out)
    ]
    assert closed_up(later, at(10), END) is None


def test_an_end_that_was_pushed_out_comes_back_into_the_hour() -> None:
    out = dict.fromkeys(("welcome", "rules", "guests", "q1"), PostState.SENT)
    rows = [
        replace(row, due_at=row.due_at + timedelta(minutes=5)) if row.due_at > at(10) else row
        for row in with_states(an_hour(), **out)
    ]
    proposal = closed_up(rows, at(10), END)
    times = named(proposal)
    assert proposal is not None
    assert proposal.cause is Cause.OVER
    assert times["q2"] == 20
    assert times["thanks"] == 59
    assert times["closing"] == 57
    assert proposal.left_out == ()


@pytest.mark.parametrize("minute", range(50, 60))
def test_the_words_of_the_end_are_never_proposed_for_the_reserve(minute: int) -> None:
    out = {f"q{n}": PostState.SENT for n in range(1, 7)}
    first = dict.fromkeys(("welcome", "rules", "guests", "nudge"), PostState.SENT)
    rows = [
        replace(row, due_at=at(minute + 2 * place)) if row.state is PostState.PLANNED else row
        for place, row in enumerate(with_states(an_hour(), **out, **first), start=-9)
    ]
    proposal = closed_up(rows, at(minute), END)
    assert proposal is None or not {"closing", "thanks"} & set(proposal.left_out)


def test_before_the_hour_nothing_is_proposed() -> None:
    rows = an_hour()
    rows[0] = replace(rows[0], state=PostState.SENT, due_at=at(-60 * 24 * 20))
    assert closed_up(rows, at(-60), END) is None


@pytest.mark.parametrize("minute", [50, 55, 57.5, 58, 59, 59.9])
def test_near_the_end_what_fits_and_the_last_words_are_proposed(minute: float) -> None:
    times = named(shortened(an_hour(), at(minute), END))
    assert list(times)[-2:] == ["closing", "thanks"]
    assert all(minute < one <= minute + 3 or one < 60 for one in times.values())


def test_once_over_nothing_is_proposed() -> None:
    assert shortened(an_hour(), at(60), END) is None


@given(st.integers(1, 20), st.integers(1, 10), st.integers(0, 6), st.data())
def test_arriving_late_the_words_of_the_end_are_never_left_out(
    questions: int, each: int, last: int, data: st.DataObject
) -> None:
    """Whatever the size of the chat and the minute of the arrival, to the last one."""
    rows = [
        post("welcome", 0, PostKind.WELCOME),
        *(post(f"q{n}", 2 + each * n) for n in range(questions)),
    ]
    length = 2 + each * questions + last
    if last >= 2:
        rows.append(post("closing", length - last, PostKind.CLOSING))
    rows.append(post("thanks", length - (last + 1) // 2, PostKind.THANKS))
    minute = data.draw(st.integers(0, 60 * length - 1)) / 60
    passed = [row.id for row in rows if row.expires_at <= at(minute)]
    rows = with_states(rows, **dict.fromkeys(passed, PostState.EXPIRED))
    times = named(shortened(rows, at(minute), at(length)))
    farewell = [row.id for row in rows if row.id in ("closing", "thanks")]
    assert list(times)[-len(farewell) :] == farewell
    instants = list(times.values())
    assert instants == sorted(set(instants))
    # After the end only where there was not a minute for each of them.
    assert instants[-1] < max(length, minute + 1 + len(farewell))


def test_before_a_question_is_given_up_the_rest_comes_sooner() -> None:
    """Five minutes later, and five again: the last question fits when the rest comes sooner."""
    out = dict.fromkeys(("welcome", "rules", "guests", "nudge"), PostState.SENT)
    out |= {f"q{n}": PostState.SENT for n in range(1, 6)}
    rows = [
        replace(row, due_at=row.due_at + timedelta(minutes=8))
        if row.state is PostState.PLANNED
        else row
        for row in with_states(an_hour(), **out)
    ]
    proposal = closed_up(rows, at(43), END)
    assert proposal is not None
    assert proposal.cause is Cause.OVER
    assert proposal.left_out == ()
    assert list(named(proposal)) == ["q6", "q7", "closing", "thanks"]


@given(st.floats(0, 70), st.integers(1, 14), st.integers(0, 12))
def test_no_proposal_is_out_of_order_in_the_past_or_after_the_end(
    minute: float, gone: int, postponed: int
) -> None:
    rows = so_far(gone, postponed)
    now = at(minute)
    for proposal in (shortened(rows, now, END), closed_up(rows, now, END)):
        if proposal is None:
            continue
        times = [when for _name, when in proposal.times]
        assert times == sorted(set(times))
        late = [name for name, when in proposal.times if when >= END]
        assert now < times[0]
        # Only the last words may come after the end, and only for who arrives in the last minutes.
        assert not late or (set(late) <= {"closing", "thanks"} and minute > 56)
        assert not late or proposal.cause is Cause.LATE
        order = [row.id for row in rows]
        names = [name for name, _when in proposal.times]
        assert names == sorted(names, key=order.index)
        assert not set(names) & set(proposal.left_out)


@given(st.floats(1, 59), st.integers(1, 12), st.integers(0, 40))
def test_who_gives_a_question_up_is_not_told_to_take_one_at_once(
    minute: float, gone: int, postponed: int
) -> None:
    rows = so_far(gone, postponed)
    now = at(minute)
    for proposal in (shortened(rows, now, END), closed_up(rows, now, END)):
        if proposal is None or not any(one.startswith("q") for one in proposal.left_out):
            continue
        found = pace(taken(proposal, rows), now, END)
        assert found.verdict is not PaceVerdict.AHEAD
        assert proposal.cause is not Cause.OVER or found.late_by == 0
