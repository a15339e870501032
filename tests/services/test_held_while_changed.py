"""A post that is being changed does not leave, and what is written leaves, not what was there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tchat_desktop.domain.decisions import COUNTDOWN
from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.services.events import OutboxChanged
from tests.fakes.outgoing import planned, states
from tests.services.bench import Bench


def test_at_its_time_it_stays_and_what_is_sent_on_purpose_leaves(bench: Bench) -> None:
    bench.outbox.plan([planned("q1", 60), planned("r1", 120, kind=PostKind.REPLY)])
    assert bench.outbox.hold("q1") is not None
    bench.run(300)
    assert [row.id for row in bench.x.calls] == ["r1"]
    assert bench.outbox.rows()[0].state is PostState.PLANNED


def test_nothing_overtakes_it(bench: Bench) -> None:
    """It would leave with no countdown: the place of the next post has the editor in it."""
    bench.outbox.plan([planned("q1", 60), planned("q2", 120), planned("q3", 180)])
    bench.outbox.hold("q1")
    bench.run(150)
    assert bench.x.calls == []
    bench.outbox.release("q1")
    bench.run(65)
    assert [row.id for row in bench.x.calls] == ["q1"]
    bench.run(120)
    assert [row.id for row in bench.x.calls] == ["q1", "q2", "q3"]


def test_the_rest_comes_as_much_later_and_that_can_be_undone(bench: Bench) -> None:
    rows = [planned("q1", 60), planned("q2", 360), planned("r1", 400, kind=PostKind.REPLY)]
    bench.outbox.plan(rows)
    bench.outbox.hold("q1")
    bench.run(90)
    bench.outbox.release("q1")
    late = timedelta(seconds=30) + COUNTDOWN
    assert [row.due_at for row in bench.outbox.rows()] == [
        rows[0].due_at + late,
        rows[2].due_at,
        rows[1].due_at + late,
    ]
    bench.run(100)
    assert bench.reported.of(OutboxChanged)[-1].can_undo is False
    assert [row.id for row in bench.x.calls] == ["q1"]


def test_one_that_is_to_come_holds_up_nothing(bench: Bench) -> None:
    bench.outbox.plan([planned("q1", 60), planned("q2", 120)])
    bench.outbox.hold("q2")
    bench.run(90)
    assert [row.id for row in bench.x.calls] == ["q1"]


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
