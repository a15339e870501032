"""What a run plans with nobody there: by the commands of the outbox, and all by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, Planned, PostKind, PostState
from tchat_desktop.services import run
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import HourState
from tchat_desktop.services.run import Changes, NothingToPost, OnHold, is_settled
from tests.fakes.clock import FakeClock
from tests.fakes.memory_store import MemoryOutbox
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import Reported, planned
from tests.services.test_outbox import TARGET

CHAT = Chat(id="chat")


class Told(MemoryOutbox):
    """Remembers how often it was written to; nothing may be written one by one."""

    writes = 0

    def replan(self, replanning: object) -> None:
        self.writes += 1
        super().replan(replanning)  # type: ignore[arg-type]

    def move(self, _post: OutboxPost, _expected: PostState) -> bool:
        raise AssertionError("a row was moved by itself")


def sheet(*by_page: str, route: Route = Route.KEYS) -> list[OutboxPost]:
    """Three posts as the run sheet has them, `by_page` by the page."""
    rows = [planned(name, 60 * place, PostKind.RULES) for place, name in enumerate("abc")]
    made = []
    for row in rows:
        way = Route.ASSISTED if row.id in by_page else route
        asked = Planned(text=row.text, due_at=row.due_at, route=way, state=row.state)
        made.append(replace(row, route=way, planned=asked))
    return made


def plan(store: MemoryOutbox, rows: Sequence[OutboxPost]) -> dict[str, Route]:
    return {row.id: row.route for row in run.plan_run(CHAT, rows, store, FakeClock(), NETWORK)}


def test_an_hour_that_is_new_is_as_planned() -> None:
    store = MemoryOutbox()
    assert plan(store, sheet("b")) == {"a": Route.KEYS, "b": Route.ASSISTED, "c": Route.KEYS}
    assert list(store.rows("chat", Occasion.LIVE)) == sheet("b")


def test_what_the_window_gave_to_the_page_goes_by_keys_again_all_at_once() -> None:
    store = Told()
    store.add(sheet("b"))
    window = Outbox(
        MemoryOutbox(),
        FakeClock(),
        Reported(),
        rules=NETWORK,
        chat_id="chat",
        occasion=Occasion.LIVE,
        route=Route.KEYS,
    )
    reply = replace(window.add_reply(TARGET, "Merci !"), route=Route.ASSISTED)
    given = replace(sheet()[2], id="given", slot="given", route=Route.ASSISTED)
    store.add([reply, given])
    store.keep_hour_state("chat", Occasion.LIVE, HourState(without_keys=True))
    was = store.writes
    ways = plan(store, [*sheet("b"), replace(given, route=Route.KEYS)])
    assert ways == {
        "a": Route.KEYS,
        "b": Route.ASSISTED,
        "c": Route.KEYS,
        "given": Route.KEYS,
        reply.id: Route.KEYS,
    }
    assert store.writes - was <= 2, "the run sheet, and the ways"
    assert not store.hour_state("chat", Occasion.LIVE).without_keys


def test_what_has_left_stays_as_it_left() -> None:
    store = MemoryOutbox()
    out = replace(sheet()[0], state=PostState.SENT, route=Route.ASSISTED, attempts=1)
    store.add([out, *sheet()[1:]])
    assert plan(store, sheet()) == {"a": Route.ASSISTED, "b": Route.KEYS, "c": Route.KEYS}


def test_an_hour_on_hold_is_left_as_it_is() -> None:
    store = MemoryOutbox()
    store.add(sheet(route=Route.ASSISTED))
    held = HourState(paused=True, without_keys=True)
    store.keep_hour_state("chat", Occasion.LIVE, held)
    with pytest.raises(OnHold):
        plan(store, sheet())
    assert list(store.rows("chat", Occasion.LIVE)) == sheet(route=Route.ASSISTED)
    assert store.hour_state("chat", Occasion.LIVE) == held


def test_a_run_sheet_with_nothing_to_leave_says_so() -> None:
    spare = [planned("a", kind=PostKind.QUESTION, state=PostState.DRAFT)]
    with pytest.raises(NothingToPost):
        plan(MemoryOutbox(), spare)
    with pytest.raises(NothingToPost):
        plan(MemoryOutbox(), [])


def test_each_change_of_state_is_told_once() -> None:
    rows = sheet()
    changes = Changes(rows)
    due = replace(rows[0], state=PostState.DUE)
    assert changes.among([due, *rows[1:]]) == [(PostState.PLANNED, due)]
    assert changes.among([due, *rows[1:]]) == []
    assert changes.among([due, planned("new")]) == []


def test_a_run_is_settled_once_nothing_moves() -> None:
    sent = planned("a", state=PostState.SENT)
    for state in run._MOVING:
        assert not is_settled([sent, planned("b", state=state)])
    assert is_settled([sent, planned("b", state=PostState.HANDED_OVER)])
