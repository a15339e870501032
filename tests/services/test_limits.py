"""What holds a post back: X's windows, X's days, what X said last, and the organiser's ceiling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import (
    ACCOUNT_FAILS,
    BARRED_EVERYWHERE,
    OutboxPost,
    Planned,
    PostKind,
    PostState,
    Reason,
)
from tchat_desktop.domain.spending import Reads
from tchat_desktop.services.limits import SendGate
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import PublishByHand, Publisher, PublishLater
from tchat_desktop.services.poster import Poster
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryOutbox
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import FakeX, Reported, planned, states


def much() -> float:
    return 10_000.0


def few(**limits: int) -> NetworkRules:
    """X's rules, narrower."""
    return replace(
        NETWORK,
        platform=replace(NETWORK.platform, limits=replace(NETWORK.platform.limits, **limits)),
    )


def sent(name: str, minutes_ago: float, **changes: object) -> OutboxPost:
    row = planned(name, state=PostState.SENT, attempts=1, **changes)
    return replace(row, changed_at=START - timedelta(minutes=minutes_ago))


def due(name: str = "now", **changes: object) -> OutboxPost:
    return planned(name, state=PostState.DUE, **changes)


def test_a_post_within_every_limit_leaves() -> None:
    rows = [sent(f"q{n}", n) for n in range(20)]
    assert SendGate(NETWORK, much)(due(), rows, START) is None


def test_a_full_window_makes_the_next_post_wait_for_the_oldest_to_leave_it() -> None:
    limits = SendGate(few(posts_per_15_minutes=3), much)
    rows = [sent("a", 14), sent("b", 10), sent("c", 1)]
    held = limits(due(), rows, START)
    assert held is not None
    assert (held.state, held.reason) == (PostState.PLANNED, Reason.RATE_LIMIT)
    assert held.not_before == START + timedelta(minutes=1)
    assert limits(due(), rows, START + timedelta(minutes=1)) is None


def test_every_attempt_counts() -> None:
    limits = SendGate(few(posts_per_15_minutes=3), much)
    lost = replace(sent("a", 10), state=PostState.UNKNOWN, attempts=3)
    held = limits(due(), [lost], START)
    assert held is not None
    assert held.not_before == START + timedelta(minutes=5)


def test_what_cannot_leave_within_its_window_asks_at_once() -> None:
    limits = SendGate(few(posts_per_15_minutes=1), much)
    held = limits(due(), [sent("a", 0)], START)
    assert held is not None
    assert (held.state, held.reason) == (PostState.FAILED, Reason.RATE_LIMIT)


def test_a_day_counts_posts_and_replies_apart() -> None:
    limits = SendGate(few(posts_per_day=2, replies_per_day=1), much)
    rows = [sent("a", 600), sent("b", 500)]
    reply = due(kind=PostKind.REPLY, target_id="7")
    assert limits(due(), rows, START) is not None
    assert limits(reply, rows, START) is None
    rows.append(sent("r", 400, kind=PostKind.REPLY, target_id="8"))
    assert limits(reply, rows, START) is not None
    tomorrow = START + timedelta(minutes=24 * 60 - 400)
    later = replace(reply, expires_at=tomorrow + timedelta(minutes=5))
    assert limits(later, rows, tomorrow) is None


def test_reposts_have_a_window_of_their_own() -> None:
    limits = SendGate(few(reposts_per_15_minutes=1, posts_per_15_minutes=1), much)
    repost = due(kind=PostKind.REPOST, target_id="7")
    assert limits(repost, [sent("a", 12)], START) is None
    rows = [sent("r", 12, kind=PostKind.REPOST, target_id="8")]
    held = limits(repost, rows, START)
    assert held is not None
    assert held.not_before == START + timedelta(minutes=3)
    assert limits(due(), rows, START) is None


def test_pages_in_the_browser_count_for_nothing() -> None:
    limits = SendGate(few(posts_per_15_minutes=1), lambda: 0.0)
    assert limits(due(route=Route.ASSISTED), [sent("a", 1)], START) is None
    assert limits(due(route=Route.ASSISTED), [sent("a", 1, route=Route.ASSISTED)], START) is None


def test_a_clock_set_back_holds_no_longer_than_a_window() -> None:
    limits = SendGate(few(posts_per_15_minutes=1), much)
    row = replace(due(), expires_at=START + timedelta(hours=3))
    held = limits(row, [sent("a", -300)], START)
    assert held is not None
    assert held.not_before == START + timedelta(minutes=15)


def test_what_x_said_last_holds_too() -> None:
    until = START + timedelta(minutes=2)
    limits = SendGate(NETWORK, much, closed_until=lambda _row: until)
    held = limits(due(), [], START)
    assert held is not None
    assert (held.state, held.not_before) == (PostState.PLANNED, until)
    assert limits(due(), [], until) is None


@pytest.mark.parametrize(
    ("ceiling", "reads", "leaves"),
    [(6.0, 0, True), (5.9, 0, False), (6.0, 1, False), (6.5, 1, True)],
)
def test_the_ceiling_stops_before_the_money_is_spent(
    ceiling: float, reads: int, leaves: bool
) -> None:
    limits = SendGate(NETWORK, lambda: ceiling, reads=lambda: Reads(posts=reads))
    held = limits(due(), [sent("a", 1), sent("b", 2)], START)
    assert (held is None) is leaves
    if held is not None:
        assert (held.state, held.reason) == (PostState.FAILED, Reason.SPENDING_LIMIT)


def test_the_ceiling_is_asked_at_each_post() -> None:
    ceiling = [1.0]
    limits = SendGate(NETWORK, lambda: ceiling[0])
    assert limits(due(), [], START) is not None
    ceiling[0] = 2.0
    assert limits(due(), [], START) is None
    ceiling[0] = 1.9
    assert limits(due(), [], START) is not None


# --- over all chats -------------------------------------------------------------------------


def elsewhere(name: str, minutes_ago: float, **changes: object) -> OutboxPost:
    return sent(name, minutes_ago, chat_id="other", **changes)


def over_all(rules: NetworkRules, store: MemoryOutbox, speed: float = 1.0) -> SendGate:
    return SendGate(rules, much, tried=store.tried_by_keys, speed=speed)


def test_what_another_chat_published_counts_too() -> None:
    store = MemoryOutbox()
    store.add([elsewhere("x", 14), elsewhere("y", 10)])
    rows = [sent("a", 1)]
    store.add(rows)
    limits = over_all(few(posts_per_15_minutes=3), store)
    held = limits(due(), rows, START)
    assert held is not None
    # Its own row, which is also among those of all chats, is counted once.
    assert held.not_before == START + timedelta(minutes=1)
    assert over_all(few(posts_per_15_minutes=4), store)(due(), rows, START) is None


def test_the_day_is_counted_over_all_chats() -> None:
    store = MemoryOutbox()
    store.add(
        [elsewhere("x", 1430), elsewhere("y", 1450), elsewhere("page", 5, route=Route.ASSISTED)]
    )
    assert over_all(few(posts_per_day=1), store)(due(), [], START) is not None
    assert over_all(few(posts_per_day=2), store)(due(), [], START) is None


def test_what_a_faster_clock_did_in_the_future_holds_nothing_back() -> None:
    store = MemoryOutbox()
    store.add([elsewhere(f"x{n}", -60 * 24 * 10) for n in range(60)])
    assert over_all(NETWORK, store)(due(), [], START) is None
    # A clock that was put right by some minutes is no faster clock.
    store.add([elsewhere(f"y{n}", -5) for n in range(60)])
    assert over_all(NETWORK, store)(due(), [], START) is not None


def test_on_a_faster_clock_a_window_is_longer_and_other_chats_mean_nothing() -> None:
    store = MemoryOutbox()
    store.add([elsewhere(f"x{n}", 5) for n in range(60)])
    limits = over_all(few(posts_per_15_minutes=1), store, speed=10.0)
    assert limits(due(), [], START) is None
    row = replace(due(), expires_at=START + timedelta(hours=3))
    held = limits(row, [sent("a", 20)], START)
    assert held is not None
    assert held.not_before == START + timedelta(minutes=130)


# --- at the gate of the outbox --------------------------------------------------------------


class Bench:
    """An outbox with a gate, its poster, and an X that takes everything."""

    def __init__(self, gate: Callable[..., OutboxPost | None], rows: list[OutboxPost]) -> None:
        self.clock = FakeClock()
        self.x = FakeX(self.clock.now)
        self.outbox = Outbox(
            MemoryOutbox(),
            self.clock,
            Reported(),
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=Route.KEYS,
            gate=gate,
            rules=NETWORK,
        )
        self.outbox.plan(rows)
        self.browser = FakeX(self.clock.now)
        self.publishers: dict[Route, Publisher] = {Route.KEYS: self.x}
        self.poster = Poster(
            self.outbox, self.publishers, self.clock, Reported(), ends_at=START, spacing=0
        )

    def run(self, until: datetime) -> None:
        while self.clock.now() < until:
            self.poster.step()
            self.clock.advance(1)


def test_a_third_post_in_a_window_for_two_leaves_when_the_first_is_out_of_it() -> None:
    gate = SendGate(few(posts_per_15_minutes=2), much)
    late = {"expires_at": START + timedelta(hours=1)}
    bench = Bench(gate, [planned(name, n, **late) for n, name in enumerate("abc")])
    bench.run(START + timedelta(minutes=30))
    instants = [instant for _post, instant in bench.x.taken]
    assert [post.id for post, _ in bench.x.taken] == ["a", "b", "c"]
    assert instants[2] - instants[0] >= timedelta(minutes=15)
    assert bench.outbox.rows()[2].attempts == 1


def test_a_post_over_the_ceiling_never_leaves_and_cheaper_ones_still_do() -> None:
    dear = planned("dear", 1, text="Lire https://exemple.org/page")
    bench = Bench(SendGate(NETWORK, lambda: 10.0), [planned("a", 0), dear, planned("b", 2)])
    bench.run(START + timedelta(minutes=1))
    assert states(bench.outbox.rows()) == {
        "a": PostState.SENT,
        "dear": PostState.FAILED,
        "b": PostState.SENT,
    }
    failed = bench.outbox.rows()[1]
    assert (failed.reason, failed.attempts) == (Reason.SPENDING_LIMIT, 0)


def test_the_organiser_may_try_again_and_meets_the_ceiling_again() -> None:
    bench = Bench(SendGate(NETWORK, lambda: 1.0), [planned("a", 0)])
    bench.run(START + timedelta(seconds=5))
    bench.outbox.send_now("a")
    bench.run(START + timedelta(seconds=10))
    assert states(bench.outbox.rows()) == {"a": PostState.FAILED}
    assert bench.x.taken == []


def test_a_quarter_of_an_hour_without_network_fills_no_limit_and_costs_nothing() -> None:
    rows = [planned(name, n * 300) for n, name in enumerate("abcde")]
    bench = Bench(SendGate(NETWORK, lambda: 4.0), rows)
    bench.x.outcomes = [
        PublishLater(Reason.NETWORK, START + timedelta(seconds=15 * n)) for n in range(1, 61)
    ]
    bench.run(START + timedelta(minutes=21))
    assert len(bench.x.calls) == 62
    assert states(bench.outbox.rows()) == {
        "a": PostState.EXPIRED,
        "b": PostState.EXPIRED,
        "c": PostState.SENT,
        "d": PostState.SENT,
        "e": PostState.FAILED,
    }
    assert [row.attempts for row in bench.outbox.rows()] == [0, 0, 1, 1, 0]


# --- after X has refused the account itself --------------------------------------------------


def by_sheet(name: str, minutes: int, **changes: Any) -> OutboxPost:
    """A row as the run sheet planned it."""
    made = planned(name, 60 * minutes, **changes)
    return replace(made, planned=Planned(made.text, made.due_at, made.route, made.state))


def refusing(reason: Reason, *, pages: bool = True) -> Bench:
    """An hour of four posts, the first of which X refuses for that reason."""
    rows = [by_sheet(name, minutes) for minutes, name in enumerate("abcd")]
    bench = Bench(SendGate(NETWORK, much, pages=pages), rows)
    bench.x.outcomes = [PublishByHand(reason, "403 said by X")]
    if pages:
        bench.browser.outcomes = ["page"] * 9
        bench.publishers[Route.ASSISTED] = bench.browser
    return bench


@pytest.mark.parametrize("reason", sorted(ACCOUNT_FAILS - BARRED_EVERYWHERE))
def test_after_a_refusal_of_the_account_the_rest_goes_by_the_page(reason: Reason) -> None:
    bench = refusing(reason)
    bench.run(START + timedelta(minutes=5))
    first, *rest = bench.outbox.rows()
    assert (first.state, first.reason, first.detail) == (PostState.FAILED, reason, "403 said by X")
    assert [row.state for row in rest] == [PostState.HANDED_OVER] * 3
    assert [row.due_at for row in rest] == [instant_of(n) for n in (1, 2, 3)]
    assert len(bench.x.calls) == 1
    assert bench.outbox.keys_told == first


@pytest.mark.parametrize(
    ("reason", "pages"),
    [*((reason, True) for reason in sorted(BARRED_EVERYWHERE)), (Reason.ACCOUNT_LOCKED, False)],
)
def test_where_no_page_can_help_x_is_not_asked_again(reason: Reason, pages: bool) -> None:
    bench = refusing(reason, pages=pages)
    bench.run(START + timedelta(minutes=5))
    for row in bench.outbox.rows():
        assert (row.state, row.reason, row.detail) == (PostState.FAILED, reason, "403 said by X")
    assert len(bench.x.calls) == 1
    assert bench.browser.calls == []
    # What the organiser sends tries it, and the series goes on.
    bench.outbox.send_now("a")
    bench.run(START + timedelta(minutes=6))
    assert states(bench.outbox.rows())["a"] is PostState.SENT
    bench.outbox.plan([by_sheet("e", 6)])
    bench.run(START + timedelta(minutes=7))
    assert states(bench.outbox.rows())["e"] is PostState.SENT


def test_a_refusal_before_the_account_was_connected_anew_holds_nothing() -> None:
    told = by_sheet("a", 0, state=PostState.FAILED, reason=Reason.NOT_PERMITTED, changed_at=START)
    anew = START + timedelta(minutes=1)
    for connected_at, held in ((None, True), (START, True), (anew, False)):
        limits = SendGate(NETWORK, much, connected_at=lambda at=connected_at: at)  # type: ignore[misc]
        assert (limits(by_sheet("b", 2), [], START, told) is not None) is held


def instant_of(minute: int) -> datetime:
    return START + timedelta(minutes=minute)
