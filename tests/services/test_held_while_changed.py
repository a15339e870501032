"""A post that is being changed does not leave, and what is written leaves, not what was there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.decisions import COUNTDOWN
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.services.events import OutboxChanged
from tests.fakes.outgoing import planned, states
from tests.services.test_poster import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_at_its_time_it_stays_and_the_others_leave(bench: Bench) -> None:
    bench.outbox.plan([planned("q1", 60), planned("q2", 120)])
    assert bench.outbox.hold("q1") is not None
    bench.run(300)
    assert [row.id for row in bench.x.calls] == ["q2"]
    assert bench.outbox.rows()[0].state is PostState.PLANNED


def test_what_was_written_meanwhile_leaves_counted_down(bench: Bench) -> None:
    bench.outbox.plan([planned("q1", 60)])
    bench.outbox.hold("q1")
    bench.run(90)
    bench.outbox.edit_text("q1", "Autrement")
    bench.outbox.release("q1")
    bench.run(COUNTDOWN.total_seconds() - 1)
    assert bench.x.calls == []
    bench.run(2)
    assert [row.text for row in bench.x.calls] == ["Autrement"]


def test_closed_before_its_time_it_leaves_at_its_time(bench: Bench) -> None:
    bench.outbox.plan([planned("q1", 60)])
    bench.outbox.hold("q1")
    bench.outbox.release("q1")
    assert bench.outbox.rows()[0].due_at == planned("q1", 60).due_at


def test_it_does_not_expire_under_the_hands(bench: Bench) -> None:
    row = planned("q1", 60)
    bench.outbox.plan([row])
    bench.outbox.hold("q1")
    bench.run((row.expires_at - row.due_at + timedelta(minutes=5)).total_seconds())
    assert bench.outbox.edit_text("q1", "Tard") is not None
    bench.outbox.release("q1")
    bench.run(65)
    assert [row.text for row in bench.x.calls] == ["Tard"]


def test_one_that_is_due_already_is_not_taken(bench: Bench) -> None:
    bench.outbox.plan([planned("q1")])
    bench.outbox.change("q1", {PostState.PLANNED}, lambda row: replace(row, state=PostState.DUE))
    bench.outbox.hold("q1")
    assert bench.outbox.take("q1") is None
    bench.outbox.release("q1")
    bench.run(65)
    assert [row.id for row in bench.x.calls] == ["q1"]


def test_one_that_has_left_is_not_held(bench: Bench) -> None:
    bench.outbox.plan([planned("q1")])
    bench.run(5)
    assert bench.outbox.hold("q1") is None
    assert bench.reported.of(OutboxChanged)[-1].held == frozenset()


def test_it_is_told_and_a_restart_forgets_it(bench: Bench) -> None:
    bench.outbox.plan([planned("q1", 60)])
    bench.outbox.hold("q1")
    assert bench.reported.of(OutboxChanged)[-1].held == {"q1"}
    bench.restart()
    bench.run(90)
    assert states(bench.outbox.rows()) == {"q1": PostState.SENT}
