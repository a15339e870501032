"""What the keys may still do: one rule for the screens and for what leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.coming import all_by_page, announced, leaves_next, next_at
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.means import Means
from tchat_desktop.domain.network_rules import Action
from tchat_desktop.domain.outgoing import (
    ACCOUNT_FAILS,
    KEYS_OF_NO_USE,
    OutboxPost,
    Planned,
    PostKind,
    PostState,
    Reason,
)
from tchat_desktop.domain.routes import Why
from tchat_desktop.domain.spending import Reads
from tchat_desktop.services.limits import SendGate
from tests.fakes.clock import START
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import planned

COST = NETWORK.platform.cents[Action.POST]
"""US cents of a post."""
LATER = START + timedelta(minutes=30)


def row(name: str, seconds: float = 0, **fields: object) -> OutboxPost:
    return replace(planned(name, seconds), **fields)  # type: ignore[arg-type]


def refused(reason: Reason) -> OutboxPost:
    return row("before", state=PostState.FAILED, reason=reason, attempts=1, changed_at=START)


def held_by_gate(means: Means, post: OutboxPost) -> Reason:
    """Why the gate of an hour keeps a post back, of the same facts."""
    gate = SendGate(
        means.rules,
        lambda: means.limit_cents,
        reads=lambda: means.reads,
        connected_at=lambda: means.connected_at,
        pages=False,
    )
    held = gate(post, means.rows, START, means.told)
    return Reason.NONE if held is None else held.reason


@pytest.mark.parametrize("reason", [None, *sorted(KEYS_OF_NO_USE)])
@pytest.mark.parametrize("limit", [0.0, COST - 0.5, COST, 1000.0])
@pytest.mark.parametrize("connected", [None, START + timedelta(seconds=1)])
def test_the_screen_says_beforehand_what_the_gate_will_do(
    reason: Reason | None, limit: float, connected: datetime | None
) -> None:
    post = row("q", state=PostState.DUE)
    post = replace(post, planned=Planned(post.text, post.due_at, post.route, PostState.PLANNED))
    told = refused(reason) if reason is not None else None
    means = Means(NETWORK, limit, (post,), Reads(), told, connected)
    held = held_by_gate(means, post)
    assert means.passes_ceiling(post) is (limit < COST)
    if means.trouble is None:
        assert means.barred(post) is held
        return
    # What X said of the keys is named first. Money may have come, and rights been given back:
    # the gate lets a post try it, and only the account itself stops all.
    assert means.barred(post) is reason
    if reason in ACCOUNT_FAILS:
        assert held is reason
    else:
        assert held is (Reason.SPENDING_LIMIT if limit < COST else Reason.NONE)


def test_what_was_read_counts_against_the_amount() -> None:
    post = row("q")
    read = Reads(posts=10)
    limit = COST + 10 * NETWORK.platform.cents[Action.READ_POST]
    assert not Means(NETWORK, limit, (post,), read).passes_ceiling(post)
    assert Means(NETWORK, limit - 0.1, (post,), read).passes_ceiling(post)


def test_a_post_by_page_is_barred_by_nothing() -> None:
    post = row("q", route=Route.ASSISTED)
    means = Means(NETWORK, 0.0, (post,), Reads(), refused(Reason.NO_CREDIT))
    assert means.barred(post) is Reason.NONE


@pytest.mark.parametrize(
    ("text", "route", "why"),
    [
        ("@voixfilles_ex Bonsoir", Route.KEYS, Why.CHOSEN),
        ("Bonsoir", Route.KEYS, Why.NOT_SUMMONED),
        ("@voixfilles_ex Bonsoir", Route.ASSISTED, Why.CHOSEN),
        ("Bonsoir", Route.REHEARSAL, Why.REHEARSAL),
    ],
)
def test_a_reply_leaves_by_keys_to_who_called_only(text: str, route: Route, why: Why) -> None:
    to = Post("77", "aissatou_ex", "Aïssatou Ba", text, START)
    means = Means(NETWORK, 500.0)
    chosen = means.choose_reply(to, "voixfilles_ex", route, "Bonsoir à vous")
    assert chosen.why is why
    assert (chosen.route is Route.KEYS) is (why is Why.CHOSEN and route is Route.KEYS)


# --- what is counted down -----------------------------------------------------------------------


def never(_row: OutboxPost) -> bool:
    return False


def test_a_reply_asked_for_is_not_counted_down_unless_it_was_held_up() -> None:
    following = row("q2", 600)
    asked = row("r", 0, kind=PostKind.REPLY, planned=None, state=PostState.DUE)
    rows = [following, asked]
    assert leaves_next(rows, following, START, never) is following
    assert leaves_next(rows, following, START, lambda one: one is asked) is asked
    held_up = replace(asked, due_at=START + timedelta(seconds=60), state=PostState.PLANNED)
    assert leaves_next([following, held_up], following, START, never) is held_up
    assert leaves_next([following], None, START, never) is None


@pytest.mark.parametrize("state", [PostState.SKIPPED, PostState.SENT, PostState.FAILED])
def test_a_reply_that_no_longer_waits_is_not_counted_down(state: PostState) -> None:
    reply = row("r", 60, kind=PostKind.REPLY, planned=None, state=state)
    assert leaves_next([reply], None, START, never) is None


@pytest.mark.parametrize("state", [PostState.SKIPPED, PostState.SENT, PostState.DRAFT])
def test_only_what_waits_to_leave_is_announced(state: PostState) -> None:
    gone, soon = row("q1", 30, state=state), row("q2", 60)
    means = Means(NETWORK, 500.0, (gone, soon))
    assert announced(means, (), START, timedelta(minutes=2)) == (soon, timedelta(seconds=60))
    assert next_at([gone, soon]) == soon.due_at


def test_the_next_post_is_announced_within_its_time_and_when_keys_take_it() -> None:
    soon, later = row("q1", 60), row("q2", 600)
    means = Means(NETWORK, 500.0, (later, soon))
    within = timedelta(minutes=2)
    assert announced(means, (), START, within) == (soon, timedelta(seconds=60))
    assert announced(means, (), START - timedelta(seconds=61), within) is None
    assert announced(means, (), START - timedelta(seconds=60), within) is not None
    # What is being changed stays here.
    assert announced(means, ("q1",), START, within) is None
    assert announced(replace(means, limit_cents=0.0), (), START, within) is None
    assert announced(replace(means, rows=()), (), START, within) is None


def test_nothing_is_next_while_one_waits_to_leave() -> None:
    rows = [row("q1", 60), row("q2", 600)]
    assert next_at(rows) == rows[0].due_at
    assert next_at([replace(rows[0], state=PostState.DUE), rows[1]]) is None
    assert next_at([]) is None


def test_one_post_by_keys_makes_an_hour_that_reads_the_tag() -> None:
    page = row("a", route=Route.ASSISTED)
    assert all_by_page([page, page])
    assert not all_by_page([page, row("b")])


def test_what_announcements_cost_counts_towards_the_ceiling() -> None:
    post = planned("q1")
    sent = replace(planned("a", state=PostState.SENT), attempts=1)
    alone = Means(NETWORK, 1.5 * COST)
    assert not alone.passes_ceiling(post)
    beside = replace(alone, announced=(sent,))
    assert beside.passes_ceiling(post)
    assert beside.account(Route.KEYS).spent_cents > alone.account(Route.KEYS).spent_cents
