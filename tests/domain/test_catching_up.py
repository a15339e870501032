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


SECOND = 1 / 60


@pytest.mark.parametrize(("minute", "is_late"), [(1, False), (1 + SECOND, True)])
def test_a_post_is_missed_once_it_is_more_than_a_minute_late(minute: float, is_late: bool) -> None:
    row = post("welcome", 0, PostKind.WELCOME)
    assert missed([row], at(minute)) == ((row,) if is_late else ())
    assert must_ask([row], at(minute)) is is_late
    # What is not on the run sheet is nobody's to miss.
    assert missed([replace(row, planned=None)], at(minute)) == ()


def test_only_what_was_too_late_is_missed_and_not_what_expired_otherwise() -> None:
    late = replace(post("q1", 0), state=PostState.EXPIRED, reason=Reason.TOO_LATE)
    other = replace(late, reason=Reason.NONE)
    unplanned = replace(late, planned=None)
    assert missed([late, other, unplanned], at(20)) == (late,)


@pytest.mark.parametrize(
    "tried",
    [{"attempts": 1}, {"not_before": START}, {"reason": Reason.NETWORK}],
)
def test_one_try_of_the_first_post_is_enough_not_to_ask(tried: dict[str, object]) -> None:
    rows = an_hour()
    assert must_ask(rows, at(1.9))
    assert not must_ask([replace(rows[0], **tried), *rows[1:]], at(1.9))  # type: ignore[arg-type]


@pytest.mark.parametrize(("second", "asks"), [(10 + SECOND, False), (10, True), (9, True)])
def test_a_late_question_waits_for_a_word_when_another_one_is_due(
    second: float, asks: bool
) -> None:
    rows = [replace(post("welcome", 0, PostKind.WELCOME), state=PostState.SENT)]
    rows += [post("q1", 8), post("q2", second)]
    assert must_ask(rows, at(10)) is asks
    assert not must_ask(rows[:2], at(10)), "one alone"
    expired = replace(rows[1], id="q0", state=PostState.EXPIRED, reason=Reason.TOO_LATE)
    assert must_ask([*rows[:2], expired], at(10))
    assert not must_ask([rows[0], expired], at(10)), "none of them leaves by itself"


OPENING = [
    post("welcome", 0, PostKind.WELCOME),
    post("rules", 2, PostKind.RULES),
    post("guests", 4, PostKind.GUESTS),
    post("q1", 8),
    post("nudge", 13, PostKind.NUDGE),
    post("closing", 15, PostKind.CLOSING),
    post("thanks", 17, PostKind.THANKS),
]
"""A chat of 18 minutes with one question."""


def body(proposal: Proposal | None) -> list[str]:
    return list(named(proposal))[:-2]


@pytest.mark.parametrize(
    ("room", "kept"),
    [
        (10, ["welcome", "rules", "guests", "q1", "nudge"]),
        (9, ["welcome", "rules", "guests", "q1"]),
        (8, ["welcome", "rules", "guests"]),
        (4, ["welcome", "rules", "guests"]),
        (3, ["welcome", "guests"]),
        (2, ["welcome"]),
        (1, ["welcome"]),
        (0, []),
    ],
)
def test_what_is_least_missed_is_left_out_first(room: int, kept: list[str]) -> None:
    """`room` minutes are left before the closing, from a minute after now on."""
    now = at(15 - room - 1)
    proposal = shortened(OPENING, now, at(18))
    assert body(proposal) == kept
    assert named(proposal)["closing"] == max(15, 15 - room)
    assert proposal is not None
    assert [*kept, *proposal.left_out] != kept or room == 10


@pytest.mark.parametrize(
    ("room", "times"),
    [
        (10, (5, 6, 7, 9, 14)),
        (12, (3, 5, 7, 9, 14)),
        (15, (0, 2, 4, 8, 13)),
        (16, (-1, 1, 3, 7, 13)),
        (18, (-3, -1, 1, 5, 13)),
    ],
)
def test_spare_minutes_go_first_to_what_the_run_sheet_gave_and_then_to_the_question(
    room: int, times: tuple[int, ...]
) -> None:
    proposal = shortened(OPENING, at(15 - room - 1), at(18))
    assert tuple(named(proposal).values()) == (*times, 15, 17)


def of_questions() -> list[OutboxPost]:
    """Three questions of five minutes, and the end; 18 minutes."""
    return [
        post("q1", 0),
        post("q2", 5),
        post("q3", 10),
        post("closing", 15, PostKind.CLOSING),
        post("thanks", 17, PostKind.THANKS),
    ]


@pytest.mark.parametrize(
    ("minute", "kept"),
    [
        (-1, ["q1", "q2", "q3"]),
        (-1 + SECOND, ["q1", "q2"]),
        (4, ["q1", "q2"]),
        (4 + SECOND, ["q1"]),
        (9, ["q1"]),
        (9 + SECOND, []),
    ],
)
def test_a_question_is_kept_as_long_as_it_has_five_minutes(minute: float, kept: list[str]) -> None:
    assert body(shortened(of_questions(), at(minute), at(18))) == kept


def test_a_short_question_keeps_the_minutes_of_the_run_sheet() -> None:
    rows = [post("q1", 0), post("q2", 3), post("thanks", 6, PostKind.THANKS)]
    assert named(shortened(rows, at(-1), at(7))) == {"q1": 0, "q2": 3, "thanks": 6}


def test_two_posts_of_the_same_minute_are_proposed_a_minute_apart() -> None:
    rows = [post("guests", 0, PostKind.GUESTS), post("rules", 0, PostKind.RULES)]
    rows.append(post("thanks", 3, PostKind.THANKS))
    assert named(shortened(rows, at(-1), at(4))) == {"guests": 0, "rules": 1, "thanks": 3}


def test_a_question_brought_in_from_the_reserve_gets_five_minutes() -> None:
    spare = post("spare", 9)
    assert spare.planned is not None
    spare = replace(spare, planned=replace(spare.planned, state=PostState.DRAFT))
    rows = [post("welcome", 0, PostKind.WELCOME), spare, post("thanks", 12, PostKind.THANKS)]
    times = named(shortened(rows, at(3), at(13)))
    assert times == {"welcome": 4, "spare": 7, "thanks": 12}


@pytest.mark.parametrize(("minute", "proposed"), [(18 - SECOND, True), (18, False)])
def test_something_is_proposed_until_the_very_end(minute: float, proposed: bool) -> None:
    found = shortened(of_questions(), at(minute), at(18))
    assert (found is not None) is proposed
    if found is not None:
        assert named(found) == {"closing": minute + 1, "thanks": minute + 2}
    assert shortened([], at(0), at(18)) is None


def test_closing_later_than_planned_is_proposed_only_for_one_more_question() -> None:
    rows = of_questions()
    more = named(shortened(rows, at(5), at(20)))
    assert more == {"q1": 6, "q2": 12, "closing": 17, "thanks": 19}
    same = named(shortened(rows, at(8), at(19)))
    assert (same["closing"], same["thanks"]) == (15, 17), "it would be no question more"


def with_early_q1(minute: float) -> list[OutboxPost]:
    """The first of two questions, planned at 10 for six minutes, left early."""
    rows = [
        replace(post("welcome", 0, PostKind.WELCOME), state=PostState.SENT),
        replace(post("q1", 10), state=PostState.SENT, due_at=at(minute)),
        post("q2", 16),
    ]
    return [*rows, post("closing", 22, PostKind.CLOSING), post("thanks", 24, PostKind.THANKS)]


@pytest.mark.parametrize(
    ("left", "minute", "begins"),
    [
        (6, 6, 12),
        (6 + SECOND, 7, None),
        (6, 11, 12),
        # Now it could only leave less than four minutes sooner.
        (6, 11 + SECOND, None),
        (2, 9, 10),
        (2, 2, 8),
    ],
)
def test_a_silence_of_four_minutes_draws_the_next_question_nearer(
    left: float, minute: float, begins: float | None
) -> None:
    proposal = closed_up(with_early_q1(left), at(minute), at(26))
    assert (proposal and named(proposal)["q2"]) == begins
    assert proposal is None or (proposal.cause, proposal.left_out) == (Cause.HOLE, ())


@pytest.mark.parametrize(("due", "begins"), [(6, 2), (6 - SECOND, None)])
def test_a_post_taken_out_after_the_welcome_leaves_a_hole(due: float, begins: float | None) -> None:
    rows = [
        replace(post("welcome", 0, PostKind.WELCOME), state=PostState.SENT),
        replace(post("rules", 2, PostKind.RULES), state=PostState.SKIPPED),
        post("q1", due),
        post("thanks", 20, PostKind.THANKS),
    ]
    proposal = closed_up(rows, at(0.5), at(22))
    assert (proposal and named(proposal)["q1"]) == begins


def test_the_words_of_the_end_are_not_drawn_nearer() -> None:
    rows = [
        replace(row, state=PostState.SENT) if row.id == "q2" else row for row in with_early_q1(2)
    ]
    assert closed_up(rows, at(16.5), at(26)) is None


@pytest.mark.parametrize(("minute", "proposed"), [(16 - SECOND, False), (16, False)])
def test_a_post_that_leaves_at_this_minute_is_not_moved(minute: float, proposed: bool) -> None:
    assert (closed_up(with_early_q1(2), at(minute), at(26)) is not None) is proposed


def later(rows: list[OutboxPost], minutes: float, *ids: str) -> list[OutboxPost]:
    return [
        replace(row, due_at=row.due_at + timedelta(minutes=minutes)) if row.id in ids else row
        for row in rows
    ]


@pytest.mark.parametrize(("minutes", "proposed"), [(4 - SECOND, False), (4, True)])
def test_an_end_three_minutes_late_is_drawn_nearer(minutes: float, proposed: bool) -> None:
    rows = with_states(of_questions(), q1=PostState.SENT)
    rows = later(rows, minutes, "q2", "q3", "closing", "thanks")
    proposal = closed_up(rows, at(4), at(18))
    assert (proposal is not None) is proposed
    if proposal is not None:
        assert proposal.cause is Cause.OVER
        assert named(proposal)["thanks"] == 17


def test_where_only_the_last_words_are_left_they_come_back_into_the_hour() -> None:
    out = dict.fromkeys(("q1", "q2", "q3"), PostState.SENT)
    rows = later(with_states(of_questions(), **out), 8, "closing", "thanks")
    proposal = closed_up(rows, at(12), at(18))
    assert proposal is not None
    assert (proposal.cause, proposal.left_out) == (Cause.OVER, ())
    assert named(proposal) == {"closing": 16, "thanks": 17}
    thanks = closed_up([row for row in rows if row.id != "closing"], at(12), at(18))
    assert named(thanks) == {"thanks": 17}


def test_a_closing_that_was_not_postponed_stays_where_it_is() -> None:
    out = dict.fromkeys(("q1", "q2", "q3"), PostState.SENT)
    rows = later(with_states(of_questions(), **out), 8, "thanks")
    assert named(closed_up(rows, at(12), at(20))) == {"closing": 15, "thanks": 19}


def test_a_missed_beginning_is_asked_about_before_an_end_is_drawn_nearer() -> None:
    rows = later(of_questions(), 8, "closing", "thanks")
    assert must_ask(rows, at(3))
    assert closed_up(rows, at(3), at(18)) is None
