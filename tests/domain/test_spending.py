"""What the hour has cost, and the ceiling that holds before a post leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.keys_rule import last_word
from tchat_desktop.domain.means import Means
from tchat_desktop.domain.network_rules import Action
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.routes import RouteChoice, Usual, Why, chat_price
from tchat_desktop.domain.spending import (
    BillLine,
    Reads,
    action_of_row,
    affordable_reads,
    bill,
    cents_of_row,
    passes_ceiling,
    spent,
)
from tests.fakes.clock import START
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import planned


def row(name: str = "q1", **changes: object) -> OutboxPost:
    return planned(name, **changes)  # type: ignore[arg-type]


def sent(name: str = "q1", **changes: object) -> OutboxPost:
    return row(name, state=PostState.SENT, attempts=1, **changes)


@pytest.mark.parametrize(
    ("changes", "action", "cents"),
    [
        ({}, Action.POST, 2.0),
        ({"text": "Lisez https://example.org"}, Action.POST, 30.0),
        ({"target_id": "1"}, Action.OWN_REPLY, 2.5),
        ({"target_id": "1", "kind": PostKind.REPLY}, Action.REPLY, 1.0),
        ({"target_id": "1", "kind": PostKind.REPOST, "text": ""}, Action.REPOST, 3.0),
        ({"route": Route.ASSISTED}, Action.POST, 0.0),
        ({"route": Route.REHEARSAL}, Action.POST, 0.0),
    ],
)
def test_each_kind_of_row_has_its_price(
    changes: dict[str, object], action: Action, cents: float
) -> None:
    assert action_of_row(row(**changes)) is action
    assert cents_of_row(row(**changes), NETWORK) == cents


@pytest.mark.parametrize(
    ("state", "attempts", "reason", "certain", "perhaps"),
    [
        (PostState.PLANNED, 0, Reason.NONE, 0, 0),
        (PostState.DUE, 0, Reason.NONE, 0, 0),
        (PostState.SENDING, 1, Reason.NONE, 0, 2.0),
        (PostState.UNKNOWN, 1, Reason.ANSWER_LOST, 0, 2.0),
        (PostState.FAILED, 1, Reason.REFUSED, 0, 2.0),
        (PostState.PLANNED, 2, Reason.RATE_LIMIT, 0, 2.0),
        (PostState.SENT, 1, Reason.NONE, 2.0, 0),
        (PostState.SENT, 1, Reason.BY_HAND, 0, 2.0),
        (PostState.SENT, 0, Reason.BY_HAND, 0, 0),
        (PostState.EXPIRED, 0, Reason.TOO_LATE, 0, 0),
        (PostState.SKIPPED, 0, Reason.NONE, 0, 0),
    ],
)
def test_what_may_have_been_charged_is_counted_apart(
    state: PostState, attempts: int, reason: Reason, certain: float, perhaps: float
) -> None:
    total = spent([row(state=state, attempts=attempts, reason=reason)], NETWORK)
    assert (total.certain, total.perhaps) == (certain, perhaps)
    assert total.at_most == certain + perhaps


def test_reading_costs_too() -> None:
    assert spent([], NETWORK, Reads(posts=330, users=1, own_posts=6)).certain == 168


def test_an_hour_as_it_was_priced_costs_what_was_said() -> None:
    texts = [f"Question {number}" for number in range(14)] + ["Voir https://example.org/a"] * 2
    rows = [sent(str(number), text=text) for number, text in enumerate(texts)]
    rows += [sent(f"r{n}", kind=PostKind.REPOST, target_id="1") for n in range(10)]
    rows += [sent(f"a{n}", kind=PostKind.REPLY, target_id="1") for n in range(10)]
    priced = chat_price(texts, NETWORK, Usual(10, 10, 330, 40))
    assert spent(rows, NETWORK, Reads(posts=330, users=40)).at_most == priced.total_cents


def test_the_bill_lists_what_is_certain_line_by_line() -> None:
    rows = [
        sent("a"),
        sent("b"),
        sent("dear", text="Voir https://example.org/a"),
        sent("reply", kind=PostKind.REPLY, target_id="1"),
        sent("linked", kind=PostKind.REPLY, target_id="1", text="https://example.org/b"),
        sent("repost", kind=PostKind.REPOST, target_id="1"),
        sent("page", route=Route.ASSISTED),
        row("lost", state=PostState.UNKNOWN, attempts=1),
        sent("hand", reason=Reason.BY_HAND),
    ]
    reads = Reads(posts=10, own_posts=6)
    lines = bill(rows, NETWORK, reads)
    assert lines == (
        BillLine(Action.POST, 2, 4.0),
        BillLine(Action.POST_WITH_LINK, 2, 60.0),
        BillLine(Action.REPLY, 1, 1.0),
        BillLine(Action.REPOST, 1, 3.0),
        BillLine(Action.READ_POST, 10, 5.0),
        BillLine(Action.READ_OWN, 6, 1.5),
    )
    total = spent(iter(rows), NETWORK, reads)
    assert total.certain == sum(line.cents for line in lines)
    assert total.perhaps == 4.0
    assert bill([], NETWORK) == ()


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        (Reason.KEYS_REFUSED, Why.NO_KEYS),
        (Reason.NOT_ENROLLED, Why.NO_KEYS),
        (Reason.READ_ONLY, Why.READ_ONLY),
        (Reason.NO_CREDIT, Why.NO_CREDIT),
        (Reason.CAPPED, Why.NO_CREDIT),
        (Reason.ACCOUNT_LOCKED, Why.ACCOUNT_REFUSED),
        (Reason.REFUSED, Why.CHOSEN),
        (Reason.DUPLICATE, Why.CHOSEN),
    ],
)
def test_what_x_said_of_the_keys_last_decides(reason: Reason, why: Why) -> None:
    def chosen(*rows: OutboxPost) -> RouteChoice:
        return Means(NETWORK, 100.0, rows, told=last_word(rows)).choose(Action.POST, Route.KEYS)

    failed = row("b", state=PostState.FAILED, attempts=1, reason=reason, changed_at=START)
    before = sent("a", changed_at=START - timedelta(minutes=1))
    after = sent("c", changed_at=START + timedelta(minutes=1))
    assert chosen(before, failed).why is why
    assert chosen(before, failed, after).why is Why.CHOSEN
    assert chosen(before).why is Why.CHOSEN


def test_reading_stops_below_the_ceiling() -> None:
    assert affordable_reads(0.0, 40.0, NETWORK) == 10
    assert affordable_reads(0.1, 40.0, NETWORK) == 9
    assert affordable_reads(41.0, 40.0, NETWORK) == 0


def test_the_ceiling_holds_before_the_post_leaves() -> None:
    rows = [sent("a"), sent("b"), row("c"), row("d", state=PostState.UNKNOWN, attempts=1)]
    # 6 so far; "c" makes it 8.
    assert not passes_ceiling(rows[2], rows, 8.0, NETWORK)
    assert passes_ceiling(rows[2], rows, 7.9, NETWORK)
    assert passes_ceiling(rows[2], rows, 8.0, NETWORK, Reads(own_posts=1))


def test_amounts_that_add_up_to_the_ceiling_do_not_pass_it() -> None:
    """As decimals 0.1 + 0.2 is 0.3, as floating-point numbers it is a little more."""
    tenths = replace(NETWORK.platform, cents={**NETWORK.platform.cents, Action.POST: 0.1})
    rules = replace(NETWORK, platform=tenths)
    rows = [sent("a"), sent("b"), row("c")]
    assert not passes_ceiling(rows[2], rows, 0.3, rules)
    assert passes_ceiling(rows[2], rows, 0.299, rules)


def test_even_the_cheapest_post_is_held_by_the_ceiling() -> None:
    reply = row("r", kind=PostKind.REPLY, target_id="1")
    assert passes_ceiling(reply, [], 0.9, NETWORK)
    assert not passes_ceiling(reply, [], 1.0, NETWORK)


def test_reads_add_up_kind_by_kind() -> None:
    assert Reads(1, 20, 300) + Reads(4, 50, 600) == Reads(5, 70, 900)


def test_a_row_is_not_held_against_itself() -> None:
    taken = row(state=PostState.SENDING, attempts=1)
    assert not passes_ceiling(taken, [taken], 2.0, NETWORK)


@pytest.mark.parametrize("route", [Route.ASSISTED, Route.REHEARSAL])
def test_what_is_free_leaves_whatever_was_spent(route: Route) -> None:
    assert not passes_ceiling(row("c", route=route), [sent("a")], 0.0, NETWORK)


@given(st.integers(0, 60), st.integers(1, 300))
def test_posting_up_to_the_ceiling_never_passes_it(count: int, limit: int) -> None:
    rows: list[OutboxPost] = []
    for number in range(count):
        following = row(str(number), text="Texte" if number % 5 else "https://example.org")
        if not passes_ceiling(following, rows, limit, NETWORK):
            rows.append(replace(following, state=PostState.SENT, attempts=1))
    assert spent(rows, NETWORK).at_most <= limit
