"""Arriving late, a laptop that slept, a clock put right: nothing leaves before it is decided."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.catching_up import closed_up, shortened
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.outgoing import OutboxPost, Planned, PostKind, PostState
from tchat_desktop.services.events import HourEnded, HourTakenOver, OutboxChanged
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourConditions, HourStores
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import PostingRight
from tests.fakes.clock import PATIENCE, START, FakeClock
from tests.fakes.hours import hour_by_keys, hour_by_pages
from tests.fakes.memory_store import MemoryOutbox, MemoryPosts
from tests.fakes.outgoing import FakeX, Reported, planned

CHAT = Chat(id="chat", hashtag="UnionsPrécoces", account="voixfilles_ex", starts_at=START)
END = START + timedelta(hours=1)
TARGET = FeedPost(Post("77", "aissatou_ex", "Aïssatou Ba", "@voixfilles_ex Bonsoir", START))


def sheet(route: Route) -> list[OutboxPost]:
    kinds = {
        "welcome": (0, PostKind.WELCOME),
        "rules": (2, PostKind.RULES),
        **{f"q{n}": (1 + 7 * n, PostKind.QUESTION) for n in range(1, 8)},
        "closing": (57, PostKind.CLOSING),
    }
    rows = [planned(name, 60.0 * at, kind, route=route) for name, (at, kind) in kinds.items()]
    return [
        replace(row, planned=Planned(row.text, row.due_at, route, PostState.PLANNED))
        for row in rows
    ]


class Bench:
    def __init__(self, route: Route) -> None:
        self.route = route
        self.clock = FakeClock()
        self.stores = HourStores(MemoryOutbox(), MemoryPosts())
        self.reported = Reported()
        self.x = FakeX(self.clock.now)
        self.pages = FakeX(self.clock.now, ["page"] * 50)
        self.hours: list[Hour] = []
        self.copied = False

    def start(self, minute: float, right: PostingRight | None = None) -> Hour:
        """The app, started at that minute of the hour."""
        self.clock = FakeClock(START + timedelta(minutes=minute))
        rows, clock = sheet(self.route), self.clock
        chat = replace(CHAT, live_elsewhere=START) if self.copied else CHAT
        conditions = HourConditions(right=right, asks=True)
        if self.route is Route.ASSISTED:
            hour = hour_by_pages(
                chat, rows, self.stores, self.pages, self.reported, clock, conditions
            )
        else:
            hour = hour_by_keys(
                chat,
                rows,
                self.stores,
                {Route.KEYS: self.x, Route.ASSISTED: self.pages},
                self.reported,
                clock,
                conditions,
            )
        hour.start()
        self.hours.append(hour)
        if right is None:
            self.clock.rest(1)
        return hour

    def stop(self) -> None:
        for hour in self.hours:
            assert hour.stop()

    def settle(self) -> None:
        done = threading.Event()
        self.hours[-1]._later(done.set)
        assert done.wait(PATIENCE)
        self.clock.rest(1)

    @property
    def told(self) -> OutboxChanged:
        return self.reported.of(OutboxChanged)[-1]

    @property
    def left(self) -> list[str]:
        return [row.id for row in (*self.x.calls, *self.pages.calls)]

    def rows(self) -> list[OutboxPost]:
        return list(self.stores.outbox.rows("chat", Occasion.LIVE))


@pytest.fixture(params=[Route.ASSISTED, Route.KEYS])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    made = Bench(request.param)
    yield made
    made.stop()


def test_arriving_late_nothing_leaves_until_it_is_decided(bench: Bench) -> None:
    bench.start(23)
    assert bench.told.waits_for_word
    bench.clock.advance(600, 1)
    assert bench.left == []
    assert bench.told.waits_for_word


def test_the_shortened_hour_leaves_in_order_and_ends_in_time(bench: Bench) -> None:
    hour = bench.start(23)
    proposal = shortened(bench.rows(), bench.clock.now(), END)
    assert proposal is not None
    hour.do(Outbox.catch_up, proposal)
    bench.settle()
    assert not bench.told.waits_for_word
    assert bench.left == []
    bench.clock.advance(37 * 60, 1)
    assert bench.left == ["welcome", "rules", "q1", "q2", "q3", "q4", "q5", "q6", "closing"]
    taken = [row.due_at for row in bench.rows() if row.id in bench.left]
    assert max(taken) < END


def test_keeping_the_times_leaves_what_was_missed_in_reserve(bench: Bench) -> None:
    hour = bench.start(23)
    hour.do(Outbox.keep_times)
    bench.settle()
    assert not bench.told.waits_for_word
    kept = {row.id for row in bench.rows() if row.state is PostState.SKIPPED}
    assert kept == {"welcome", "rules", "q1", "q2"}
    bench.clock.advance(8 * 60, 1)
    assert bench.left == ["q3", "q4"]


def test_what_is_sent_on_purpose_leaves_all_the_same(bench: Bench) -> None:
    hour = bench.start(23)
    hour.do(Outbox.send_now, "welcome")
    hour.reply(TARGET, "@aissatou_ex Bienvenue")
    bench.settle()
    bench.clock.advance(10, 1)
    assert bench.left[0] == "welcome"
    assert len(bench.left) == 2


def test_a_laptop_that_slept_opens_no_two_questions_together(bench: Bench) -> None:
    bench.start(-1)
    bench.clock.advance(9.5 * 60, 1)
    assert bench.left == ["welcome", "rules", "q1"]
    # Q2 is due at 15 and Q3 at 22: asleep until 24.
    bench.clock.jump(15.5 * 60, 1)
    bench.clock.advance(60, 1)
    assert bench.left == ["welcome", "rules", "q1"]
    assert bench.told.waits_for_word


def test_a_laptop_that_slept_through_one_question_asks_it_when_it_wakes(bench: Bench) -> None:
    bench.start(-1)
    bench.clock.advance(9.5 * 60, 1)
    bench.clock.jump(8.5 * 60, 1)
    bench.clock.advance(10, 1)
    assert bench.left == ["welcome", "rules", "q1", "q2"]


def test_a_clock_that_ran_ahead_and_is_put_right_goes_on_as_planned(bench: Bench) -> None:
    hour = bench.start(-1)
    bench.clock.advance(9.5 * 60, 1)
    bench.clock.jump(3600, 1)
    assert bench.left == ["welcome", "rules", "q1"]
    bench.clock.jump(-3600)
    # The poster looks again within a minute of real time, which this clock does not have.
    hour.tell()
    bench.settle()
    bench.clock.advance(70, 1)
    assert bench.left == ["welcome", "rules", "q1"]
    assert not bench.told.waits_for_word
    bench.clock.advance(6 * 60, 1)
    assert bench.left == ["welcome", "rules", "q1", "q2"]


def test_five_minutes_more_can_be_taken_back(bench: Bench) -> None:
    hour = bench.start(-1)
    bench.clock.advance(9.5 * 60, 1)
    before = {row.id: row.due_at for row in bench.rows()}
    hour.do(Outbox.postpone, "q2", 5)
    bench.settle()
    assert bench.told.can_undo
    assert bench.stores.outbox.get("closing").due_at == before["closing"] + timedelta(minutes=5)
    hour.undo()
    bench.settle()
    assert {row.id: row.due_at for row in bench.rows()} == before
    assert not bench.told.can_undo


def test_taken_back_too_late_a_post_is_counted_down_first(bench: Bench) -> None:
    hour = bench.start(-1)
    bench.clock.advance(9.5 * 60, 1)
    hour.do(Outbox.postpone, "q2", 5)
    bench.settle()
    bench.clock.advance(7.5 * 60, 1)
    assert bench.left == ["welcome", "rules", "q1"]
    hour.undo()
    bench.settle()
    assert bench.left == ["welcome", "rules", "q1"]
    due = {row.id: row.due_at for row in bench.rows()}
    assert due["q2"] == bench.clock.now() + timedelta(minutes=1)
    assert due["q3"] - due["q2"] == timedelta(minutes=7)


def test_a_question_published_early_draws_the_rest_nearer_when_accepted(bench: Bench) -> None:
    hour = bench.start(-1)
    bench.clock.advance(9.5 * 60, 1)
    hour.do(Outbox.send_now, "q2")
    bench.settle()
    bench.clock.advance(5, 1)
    proposal = closed_up(bench.rows(), bench.clock.now(), END)
    assert proposal is not None
    hour.do(Outbox.catch_up, proposal)
    bench.settle()
    bench.clock.advance(7.2 * 60, 1)
    assert bench.left == ["welcome", "rules", "q1", "q2", "q3"]
    closing = bench.stores.outbox.get("closing").due_at
    assert closing == START + timedelta(minutes=57)


def test_what_was_on_hold_does_not_rush_out_afterwards(bench: Bench) -> None:
    hour = bench.start(-1)
    bench.clock.advance(9.5 * 60, 1)
    hour.do(Outbox.pause)
    bench.settle()
    bench.clock.advance(15.5 * 60, 1)
    hour.do(Outbox.resume)
    bench.settle()
    bench.clock.advance(60, 1)
    assert bench.left == ["welcome", "rules", "q1"]
    assert bench.told.waits_for_word


def test_opened_after_the_end_nothing_leaves_by_itself(bench: Bench) -> None:
    bench.start(61)
    bench.clock.advance(600, 1)
    assert bench.left == []
    assert {row.state for row in bench.rows()} == {PostState.EXPIRED}


def test_an_hour_ended_too_soon_goes_on(bench: Bench) -> None:
    hour = bench.start(-1)
    bench.clock.advance(9.5 * 60, 1)
    hour.end()
    bench.settle()
    assert len(bench.reported.of(HourEnded)) == 1
    hour.reopen()
    hour.do(Outbox.bring_back, "q2")
    bench.settle()
    bench.clock.advance(7 * 60, 1)
    assert bench.left == ["welcome", "rules", "q1", "q2"]
    bench.clock.advance(45 * 60, 1)
    assert len(bench.reported.of(HourEnded)) == 2


class Right:
    """A right to publish that another process has the first time."""

    def __init__(self) -> None:
        self.refused = 1

    def take(self) -> bool:
        self.refused -= 1
        return self.refused < 0

    def release(self) -> None:
        pass


def test_taken_over_at_the_second_try_nothing_that_may_be_out_leaves(bench: Bench) -> None:
    bench.stores.outbox.add(
        replace(row, state=PostState.SENT, attempts=1) if row.id in ("welcome", "rules") else row
        for row in sheet(bench.route)
    )
    bench.copied = True
    hour = bench.start(10, Right())
    # The chat is edited before it is tried again.
    hour.follow(CHAT, lambda: sheet(bench.route), at_once=False)
    hour.try_again()
    bench.settle()
    bench.clock.advance(60, 1)
    assert bench.left == []
    assert bench.stores.outbox.get("q1").state is PostState.SKIPPED
    assert bench.reported.of(HourTakenOver) == [HourTakenOver("chat")]


def test_taken_over_on_another_computer_nothing_that_may_be_out_leaves(bench: Bench) -> None:
    rows = [
        replace(row, state=PostState.SENT, attempts=1) if row.id in ("welcome", "rules") else row
        for row in sheet(bench.route)
    ]
    bench.stores.outbox.add(rows)
    bench.copied = True
    bench.start(10)
    bench.clock.advance(60, 1)
    assert bench.left == []
    assert bench.stores.outbox.get("q1").state is PostState.SKIPPED
    assert not bench.told.waits_for_word
    bench.clock.advance(5 * 60, 1)
    assert bench.left == ["q2"]
