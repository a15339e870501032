"""What the organiser decides for a whole hour: hold it, go on without keys, and with them again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.outgoing import (
    KEYS_OF_NO_USE,
    OutboxPost,
    PostKind,
    PostState,
    Reason,
    leaves_at,
)
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import HourState, StoreError
from tests.fakes.clock import START
from tests.fakes.outgoing import planned, states
from tests.services.bench import Bench as PosterBench
from tests.services.bench import nowhere

TARGET = Post("77", "aissatou_ex", "Aïssatou Ba", "R1 À l’école", START)


class Bench(PosterBench):
    """An outbox of an hour with keys; nobody posts by it."""

    def restart(self, at_point: Callable[[str], None] = nowhere) -> None:
        super().restart(at_point)
        self.outbox.restore()

    def told(self) -> OutboxChanged:
        return self.reported.of(OutboxChanged)[-1]


@pytest.fixture
def bench() -> Bench:
    return Bench()


# --- on hold -------------------------------------------------------------------------------


def test_on_hold_is_on_disk_when_pausing_returns_and_stays_so_after_a_restart(
    bench: Bench,
) -> None:
    bench.outbox.plan([planned("q1", state=PostState.DUE)])
    bench.outbox.pause()
    assert bench.store.hour_state("chat", Occasion.LIVE) == HourState(paused=True)
    bench.restart()
    bench.outbox.tell()
    assert bench.told().paused
    assert bench.outbox.take("q1") is None
    bench.outbox.resume()
    bench.restart()
    assert not bench.outbox.paused
    bench.outbox.change("q1", {PostState.PLANNED}, _due)
    assert bench.outbox.take("q1") is not None


def test_a_disk_that_refuses_does_not_let_posts_leave(bench: Bench) -> None:
    bench.outbox.plan([planned("q1", state=PostState.DUE)])
    bench.store.fail_next = 1
    with pytest.raises(StoreError):
        bench.outbox.pause()
    assert bench.told().paused
    assert bench.outbox.take("q1") is None


def test_a_rehearsal_that_starts_anew_is_not_on_hold(bench: Bench) -> None:
    bench.outbox.pause()
    bench.outbox.clear()
    assert not bench.outbox.paused
    assert not bench.told().paused


# --- without keys --------------------------------------------------------------------------


def an_hour(failed: Reason = Reason.KEYS_REFUSED) -> list[OutboxPost]:
    """One post failed for want of keys, one is looked for, four wait, one was meant for a page."""
    wait = START + timedelta(minutes=9)
    return [
        planned("gone", -900, state=PostState.SENT, attempts=1),
        planned("old", -660, state=PostState.FAILED, reason=failed),
        planned("failed", -60, state=PostState.FAILED, reason=failed, attempts=1),
        planned("other", -50, state=PostState.FAILED, reason=Reason.REFUSED),
        planned("lost", -30, state=PostState.UNKNOWN, reason=Reason.ANSWER_LOST, attempts=1),
        planned("due", 0, state=PostState.DUE),
        planned("held", 60, not_before=wait, reason=Reason.RATE_LIMIT),
        planned("q5", 300),
        planned("page", 400, route=Route.ASSISTED),
        planned("spare", 3600, state=PostState.DRAFT),
    ]


@pytest.mark.parametrize("reason", sorted(KEYS_OF_NO_USE))
def test_what_waits_and_what_has_just_failed_opens_as_a_page(bench: Bench, reason: Reason) -> None:
    bench.outbox.plan(an_hour(reason))
    before = states(bench.outbox.rows())
    bench.outbox.go_on_without_keys()
    after = {row.id: row for row in bench.outbox.rows()}
    for name in ("due", "held", "q5", "spare", "page", "failed"):
        assert after[name].route is Route.ASSISTED, name
        assert after[name].not_before is None
        assert after[name].reason is Reason.NONE
    for name in ("gone", "old", "other", "lost"):
        assert (after[name].route, after[name].state) == (Route.KEYS, before[name]), name
    assert (after["failed"].state, after["failed"].due_at) == (PostState.PLANNED, START)
    assert {name: state for name, state in states(after.values()).items() if name != "failed"} == {
        name: state for name, state in before.items() if name != "failed"
    }
    assert bench.told().without_keys


def test_what_comes_later_goes_by_the_page_too(bench: Bench) -> None:
    bench.outbox.plan(an_hour())
    bench.outbox.go_on_without_keys()
    assert bench.outbox.add_reply(TARGET, "Merci !").route is Route.ASSISTED
    assert bench.outbox.add_repost(TARGET).route is Route.ASSISTED
    # Found to be absent from X meanwhile.
    bench.outbox.not_out("lost")
    bench.outbox.change("lost", {PostState.PLANNED}, lambda row: _due(row))
    taken = bench.outbox.take("lost")
    assert taken is not None
    assert taken.route is Route.ASSISTED


def _due(row: OutboxPost) -> OutboxPost:
    return planned(row.id, state=PostState.DUE, attempts=row.attempts)


def test_going_on_without_keys_is_kept_over_a_restart(bench: Bench) -> None:
    bench.outbox.plan(an_hour())
    bench.outbox.go_on_without_keys()
    bench.restart()
    assert bench.outbox.without_keys
    assert bench.outbox.add_repost(TARGET).route is Route.ASSISTED
    bench.outbox.pause()
    assert bench.store.hour_state("chat", Occasion.LIVE) == HourState(True, True)


def test_with_the_keys_again_all_but_what_was_meant_for_the_page(bench: Bench) -> None:
    rows = an_hour()
    bench.outbox.plan(rows)
    bench.outbox.go_on_without_keys()
    bench.outbox.add_reply(TARGET, "Merci !")
    bench.outbox.add_repost(TARGET)
    bench.outbox.go_on_with_keys()
    routes = {row.id: row.route for row in bench.outbox.rows()}
    for name in ("failed", "due", "held", "q5", "spare"):
        assert routes[name] is Route.KEYS, name
    assert routes["page"] is Route.ASSISTED
    by_kind = {row.kind: row.route for row in bench.outbox.rows()}
    assert by_kind[PostKind.REPLY] is by_kind[PostKind.REPOST] is Route.KEYS
    assert not bench.told().without_keys
    bench.restart()
    assert not bench.outbox.without_keys


def test_a_post_given_to_the_page_by_itself_stays_there_and_costs_nothing(bench: Bench) -> None:
    bench.outbox.plan(an_hour())
    bench.outbox.by_web_page("q5")
    bench.outbox.go_on_without_keys()
    bench.outbox.postpone("due", 1)
    bench.outbox.edit_text("q5", "Autrement")
    bench.outbox.go_on_with_keys()
    routes = {row.id: row.route for row in bench.outbox.rows()}
    assert routes["q5"] is Route.ASSISTED
    assert routes["due"] is routes["held"] is routes["spare"] is Route.KEYS


def test_no_account_at_the_beginning_is_nobodys_decision(bench: Bench) -> None:
    bench.outbox.plan(an_hour())
    bench.outbox.go_on_without_keys(keep=False)
    assert bench.told().without_keys
    assert bench.outbox.take("due").route is Route.ASSISTED
    bench.outbox.pause()
    bench.restart()
    assert not bench.outbox.without_keys
    assert {row.route for row in bench.outbox.rows() if row.id in ("q5", "spare")} == {Route.KEYS}


def test_a_page_that_is_open_in_the_browser_stays_there(bench: Bench) -> None:
    bench.outbox.plan([planned("q1", state=PostState.HANDED_OVER, route=Route.ASSISTED)])
    bench.outbox.go_on_without_keys()
    bench.outbox.go_on_with_keys()
    assert (bench.row("q1").state, bench.row("q1").route) == (
        PostState.HANDED_OVER,
        Route.ASSISTED,
    )


def test_a_disk_that_refuses_changes_no_way(bench: Bench) -> None:
    bench.outbox.plan(an_hour())
    bench.store.fail_next = 1
    with pytest.raises(StoreError):
        bench.outbox.go_on_without_keys()
    assert not bench.outbox.without_keys
    assert bench.row("q5").route is Route.KEYS


def became(outbox: Outbox, name: str, **changes: object) -> OutboxPost | None:
    """What the poster writes once it knows what became of a post under way."""
    return outbox.change(
        name,
        {PostState.SENDING, PostState.DUE},
        lambda row: replace(row, **changes),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("leaving", [True, False])
def test_no_page_waits_for_what_x_refuses_to_a_post_under_way(bench: Bench, leaving: bool) -> None:
    bench.outbox.plan([planned("q1", state=PostState.DUE), planned("q2", 60)])
    if leaving:
        assert bench.outbox.take("q1") is not None
    bench.outbox.go_on_without_keys()
    until = START + timedelta(minutes=15)
    late = {"reason": Reason.RATE_LIMIT, "not_before": until}
    assert became(bench.outbox, "q1", state=PostState.PLANNED, **late) is not None
    rows = bench.outbox.rows()
    assert [row.route for row in rows] == [Route.ASSISTED] * 2
    assert [leaves_at(row, rows) for row in rows] == [row.due_at for row in rows]
    assert rows[0].reason is Reason.NONE


@pytest.mark.parametrize("leaving", [True, False])
def test_what_keys_fail_to_publish_just_then_opens_as_a_page_too(
    bench: Bench, leaving: bool
) -> None:
    bench.outbox.plan([planned("q1", state=PostState.DUE)])
    if leaving:
        assert bench.outbox.take("q1") is not None
    bench.outbox.go_on_without_keys()
    bench.clock.advance(20)
    failed = {"state": PostState.FAILED, "reason": Reason.KEYS_REFUSED, "detail": "401"}
    assert became(bench.outbox, "q1", **failed) is not None
    (row,) = bench.outbox.rows()
    assert (row.state, row.route, row.due_at) == (
        PostState.PLANNED,
        Route.ASSISTED,
        bench.clock.now(),
    )
    assert bench.told().keys_told is None
    bench.outbox.go_on_with_keys()
    assert bench.outbox.rows()[0].route is Route.KEYS


# --- what was told of the keys -------------------------------------------------------------


def refused(bench: Bench) -> OutboxPost:
    """An hour whose q1 did not leave because X refuses the keys."""
    bench.outbox.plan([planned("q1", state=PostState.DUE), planned("q2", state=PostState.DUE)])
    assert bench.outbox.take("q1") is not None
    row = bench.outbox.change(
        "q1",
        {PostState.SENDING},
        lambda row: replace(row, state=PostState.FAILED, reason=Reason.KEYS_REFUSED),
    )
    assert row is not None
    assert bench.told().keys_told == row
    return row


@pytest.mark.parametrize("command", ["skip", "by_web_page", "send_now", "confirm_sent"])
def test_whatever_becomes_of_the_failed_post_its_failure_stands(bench: Bench, command: str) -> None:
    failed = refused(bench)
    bench.clock.advance(60)
    assert getattr(bench.outbox, command)("q1") is not None
    assert bench.told().keys_told == failed
    assert bench.outbox.take("q2") is not None
    sent = bench.outbox.change(
        "q2", {PostState.SENDING}, lambda row: replace(row, state=PostState.SENT)
    )
    assert bench.told().keys_told == sent


def test_without_keys_their_failure_is_forgotten(bench: Bench) -> None:
    refused(bench)
    bench.outbox.go_on_without_keys()
    assert bench.told().keys_told is None
    bench.outbox.go_on_with_keys()
    assert bench.told().keys_told is None


def test_after_a_restart_the_rows_tell_of_the_keys(bench: Bench) -> None:
    failed = refused(bench)
    bench.restart()
    assert bench.outbox.keys_told == failed
    bench.outbox.clear()
    assert bench.outbox.keys_told is None


def test_a_change_the_disk_refuses_tells_nothing(bench: Bench) -> None:
    failed = refused(bench)
    assert bench.outbox.take("q2") is not None
    bench.store.fail_next = 1
    with pytest.raises(StoreError):
        bench.outbox.change(
            "q2", {PostState.SENDING}, lambda row: replace(row, state=PostState.SENT)
        )
    assert bench.outbox.keys_told == failed
