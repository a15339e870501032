"""Other times for the rest of a chat: nothing is lost, doubled or published again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.course import Silence, coming, course, if_kept
from tchat_desktop.domain.new_times import (
    IN_RESERVE,
    concluded,
    extended,
    inserted,
    places,
    shifted,
)
from tchat_desktop.domain.numbering import renumbered
from tchat_desktop.domain.outgoing import FAREWELL, OUT, OutboxPost, PostKind, PostState
from tchat_desktop.domain.run_sheet import build_run_sheet, plan
from tchat_desktop.domain.spacing import Change, spaced
from tests.domain.chats import START, a_chat
from tests.fakes.texts import load_texts

MINUTE = timedelta(minutes=1)
END = START + 60 * MINUTE
CHAT = a_chat()
ROWS = plan(CHAT, build_run_sheet(CHAT, load_texts("fr")), Occasion.LIVE, Route.KEYS, START)
SPARE = next(row.id for row in ROWS if row.state is PostState.DRAFT)


def at(minute: float) -> datetime:
    return START + minute * MINUTE


def of(slot: str, rows: list[OutboxPost] | None = None) -> OutboxPost:
    return next(row for row in rows or ROWS if row.slot == slot)


@st.composite
def hours(draw: st.DrawFn) -> tuple[list[OutboxPost], datetime]:
    """An hour at some minute: some posts are out, some in reserve, some wait for the organiser."""
    now = at(draw(st.floats(-10, 62)))
    rows = []
    for row in ROWS:
        there = row
        if row.state is PostState.PLANNED and row.due_at <= now:
            states = [*OUT, PostState.SKIPPED, PostState.EXPIRED, PostState.DUE, PostState.FAILED]
            there = replace(row, state=draw(st.sampled_from(sorted(states))))
        elif row.state is PostState.PLANNED and draw(st.integers(0, 5)) == 0:
            there = replace(row, state=PostState.SKIPPED)
        rows.append(there)
    made = {row.id: row for _before, row in renumbered(rows)}
    return [made.get(row.id, row) for row in rows], now


def then(
    rows: list[OutboxPost], changes: list[Change], now: datetime, staying: frozenset[str]
) -> list[OutboxPost]:
    """The rows as the outbox makes them, after what every change has to keep to."""
    made = spaced(rows, changes, now, staying)
    assert len({before.id for before, _after in made}) == len(made), "no post is changed twice"
    for before, after in made:
        assert before in rows
        assert before.state not in (*OUT, PostState.FAILED, PostState.EXPIRED)
        assert replace(after, state=before.state, due_at=before.due_at) == replace(
            before, expires_at=after.expires_at, reason=after.reason, not_before=after.not_before
        )
        assert after.state in (PostState.PLANNED, PostState.SKIPPED)
        if after.state is PostState.PLANNED:
            assert after.due_at >= min(now, before.due_at)
    by_id = {before.id: after for before, after in made}
    return [by_id.get(row.id, row) for row in rows]


def in_order(rows: list[OutboxPost]) -> list[str]:
    return [row.id for row in coming(rows)]


@given(hours(), st.integers(-30, 30))
def test_a_shift_moves_all_that_is_to_come_and_keeps_its_order(
    hour: tuple[list[OutboxPost], datetime], minutes: int
) -> None:
    rows, now = hour
    changes = shifted(rows, minutes, now)
    after = then(rows, changes, now, frozenset())
    assert in_order(after) == in_order(rows)
    gone = {row.due_at - before.due_at for before, row in changes}
    assert len(gone) <= 1
    for by in gone:
        assert (by > timedelta()) is (minutes > 0)
    if minutes < 0 and changes:
        assert min(row.due_at for _before, row in changes) >= now + MINUTE


@given(hours(), st.integers(1, 30))
def test_a_later_end_moves_the_words_of_the_end_and_nothing_else(
    hour: tuple[list[OutboxPost], datetime], minutes: int
) -> None:
    rows, now = hour
    made = extended(rows, minutes, now, END)
    assert made.ends_at == max(END, now) + minutes * MINUTE
    assert all(row.kind in FAREWELL for row, _after in made.changes)
    after = then(rows, list(made.changes), now, made.staying)
    assert in_order(after) == in_order(rows)
    assert {row.id for row in after if row.state in IN_RESERVE} == {
        row.id for row in rows if row.state in IN_RESERVE
    }


@given(hours())
def test_an_early_end_puts_the_rest_aside_and_says_goodbye(
    hour: tuple[list[OutboxPost], datetime],
) -> None:
    rows, now = hour
    words = [row.id for row in coming(rows) if row.kind in FAREWELL]
    made = concluded(rows, now, END)
    assert (made is None) is (not words)
    if made is None:
        return
    after = then(rows, list(made.changes), now, made.staying)
    assert in_order(after) == words
    kept = [row.id for row in coming(rows) if row.kind not in FAREWELL]
    assert all(row.state is PostState.SKIPPED for row in after if row.id in kept)
    first = coming(after)[0]
    assert first.due_at <= now + MINUTE
    assert made.ends_at > coming(after)[-1].due_at
    assert course(rows, made.changes, now, made.ends_at, made.staying).outside == ()


@given(hours(), st.data())
def test_a_question_comes_where_it_was_put_and_none_is_lost(
    hour: tuple[list[OutboxPost], datetime], data: st.DataObject
) -> None:
    rows, now = hour
    there = places(rows)
    if not there:
        assert inserted(rows, SPARE, "q", now) == []
        return
    before = data.draw(st.sampled_from(there))
    after = then(rows, inserted(rows, SPARE, before.id, now), now, frozenset())
    order = [row.id for row in coming(after) if row.kind is not PostKind.NUDGE]
    assert order.index(SPARE) == order.index(before.id) - 1
    order.remove(SPARE)
    assert order == [row.id for row in coming(rows) if row.kind is not PostKind.NUDGE]
    assert next(row for row in after if row.id == SPARE).due_at >= now + MINUTE


def until(now: datetime) -> list[OutboxPost]:
    return [
        replace(row, state=PostState.SENT)
        if row.due_at <= now and row.state is PostState.PLANNED
        else row
        for row in ROWS
    ]


def test_what_a_question_pushes_and_the_numbers_after_it_are_told() -> None:
    now = at(17)
    rows = until(now)
    q3 = of("q:id3")
    changes = inserted(rows, SPARE, q3.id, now)
    found = course(rows, changes, now, END)
    assert [row.id for row in found.moved][:2] == [SPARE, q3.id]
    assert found.renamed[0] == (None, q3.number)
    assert found.renamed[1] == (q3.number, (q3.number or 0) + 1)


def test_a_question_kept_leaves_a_silence_and_moves_the_numbers_up() -> None:
    now = of("q:id1").due_at + MINUTE
    rows = until(now)
    q2, q3 = of("q:id2"), of("q:id3")
    found = course(rows, if_kept(rows, q2.id), now, END)
    assert found.silences == (Silence(of("q:id1").due_at, q3.due_at),)
    assert found.renamed == ((3, 2), (4, 3), (5, 4), (6, 5))
    assert found.outside == ()


def test_a_shift_later_tells_what_falls_outside() -> None:
    now = at(17)
    rows = until(now)
    last = coming(rows)[-1]
    changes = shifted(rows, 10, now)
    found = course(rows, changes, now, last.due_at + 5 * MINUTE)
    assert last.id in [row.id for row in found.outside]
    assert found.renamed == ()
    assert len(found.silences) == 1, "nothing leaves for ten minutes more"


@pytest.mark.parametrize("late", [0, 8])
def test_words_that_come_after_the_end_already_only_move_before_the_new_one(late: int) -> None:
    now = at(17)
    last = coming(ROWS)[-1]
    made = extended(until(now), 5, now, last.due_at - late * MINUTE)
    times = {row.id: row.due_at for _before, row in made.changes}
    assert all(time < made.ends_at for time in times.values())
    assert bool(times) is (late < 5)


def test_nothing_comes_sooner_than_in_a_minute() -> None:
    soon = coming(ROWS)[0].due_at - 0.5 * MINUTE
    assert shifted(ROWS, -5, soon) == []
    assert shifted([], 5, soon) == []
    assert concluded(until(END), END, END) is None
