"""Every command of the hour, before it, during it and after it, with keys and without.

One cell is one hour: in a known situation one command is given, and all that may come of it is
asserted: the state and the time of the post it is about, that no other post changes, and what left.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

import pytest

from tchat_desktop.domain.chat import Chat, Occasion, Picture, Route
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.outgoing import (
    NEEDS_ORGANISER,
    WAITING,
    OutboxPost,
    Planned,
    PostKind,
    PostState,
    Reason,
)
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourStores
from tchat_desktop.services.outbox import Outbox
from tests.fakes.clock import PATIENCE, START, FakeClock
from tests.fakes.hours import hour_by_keys, hour_by_pages
from tests.fakes.memory_store import MemoryOutbox, MemoryPosts
from tests.fakes.outgoing import FakeX, Reported, planned

CHAT = Chat(id="chat", hashtag="UnionsPrécoces", account="voixfilles_ex", starts_at=START)
TARGET = FeedPost(Post("77", "aissatou_ex", "Aïssatou Ba", "@voixfilles_ex Bonsoir", START))

DRAFT, PLANNED, SENT = PostState.DRAFT, PostState.PLANNED, PostState.SENT
FAILED, EXPIRED, SKIPPED = PostState.FAILED, PostState.EXPIRED, PostState.SKIPPED
PAGE, UNKNOWN = PostState.HANDED_OVER, PostState.UNKNOWN


class When(Enum):
    """A moment of the hour, in minutes from its start."""

    BEFORE = -20 * 24 * 60.0
    DURING = 12.0
    AFTER = 75.0


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def post(name: str, minutes: float, kind: PostKind = PostKind.QUESTION) -> OutboxPost:
    row = planned(name, 60 * minutes, kind)
    return replace(row, planned=Planned(row.text, row.due_at, row.route, PLANNED))


def spare() -> OutboxPost:
    row = planned("spare", 3600, state=DRAFT)
    return replace(row, planned=Planned(row.text, row.due_at, row.route, DRAFT))


PAST, COMING = 8.0, 15.0
"""Minutes at which the post of a command was to leave."""

OUT = object()
"""It left: published by keys, open as a page without them."""
NOW, SOON = "now", "in a minute"


@dataclass(frozen=True)
class Cell:
    """A command about the post "q" in the state `was`, given at `when`."""

    command: str
    give: Callable[[Hour], object]
    when: When
    was: PostState
    becomes: object
    """A state, or OUT."""
    due: object = PAST
    """Minutes, NOW or SOON."""
    due_before: float | None = None
    """When it was to leave, in minutes; NOW for what was published early, days before."""
    reason: Reason = Reason.NONE
    slot: str = "q"
    by_page: bool = False
    """It leaves by the page also with keys."""
    keys_only: bool = False
    others: PostState | None = None
    """What the others that waited become, if not what they were."""
    later: tuple[str, float] | None = None
    """The one other post that comes later because of it, and how long after the target."""


def _cells() -> Iterator[Cell]:
    B, D, A = When.BEFORE, When.DURING, When.AFTER

    def untouched(command: str, give: Callable[[Hour], object]) -> Iterator[Cell]:
        """Nothing changes and nothing leaves."""
        yield Cell(command, give, B, PLANNED, PLANNED)
        yield Cell(command, give, D, PLANNED, PLANNED, COMING, COMING)
        yield Cell(command, give, A, EXPIRED, EXPIRED, reason=Reason.TOO_LATE)

    yield from untouched("pause", lambda hour: hour.do(Outbox.pause))
    yield from untouched("resume", lambda hour: (hour.do(Outbox.pause), hour.do(Outbox.resume)))
    yield from untouched("without keys", lambda hour: hour.go_on_without_keys())
    yield from untouched("with keys", lambda hour: hour.go_on_with_keys())
    yield from untouched(
        "hold", lambda hour: (hour.do(Outbox.hold, "q"), hour.do(Outbox.release, "q"))
    )
    yield from untouched("edit", lambda hour: hour.do(Outbox.edit_text, "q", "Texte q"))
    yield from untouched("undo nothing", lambda hour: hour.undo())

    def drop(hour: Hour) -> None:
        hour.do(Outbox.skip, "q")

    yield Cell("skip", drop, B, PLANNED, SKIPPED)
    yield Cell("skip", drop, B, PAGE, SKIPPED, NOW, NOW)
    yield Cell("skip", drop, D, PLANNED, SKIPPED, COMING, COMING)
    yield Cell("skip", drop, D, PAGE, SKIPPED)
    yield Cell("skip", drop, A, EXPIRED, SKIPPED, reason=Reason.TOO_LATE)

    def drop_undone(hour: Hour) -> None:
        hour.do(Outbox.skip, "q")
        hour.undo()

    yield Cell("undo skip", drop_undone, B, PLANNED, PLANNED)
    yield Cell("undo skip", drop_undone, B, PAGE, PLANNED, PAST, NOW)
    yield Cell("undo skip", drop_undone, D, PLANNED, PLANNED, COMING, COMING)
    yield Cell("undo skip of a page", drop_undone, D, PAGE, PLANNED, SOON)
    yield Cell("undo skip", drop_undone, A, EXPIRED, SKIPPED, reason=Reason.TOO_LATE)

    def bring(hour: Hour) -> None:
        hour.do(Outbox.bring_back, "q")

    yield Cell("bring back", bring, B, SKIPPED, PLANNED)
    yield Cell("bring back what left early", bring, B, SKIPPED, PLANNED, PAST, NOW)
    yield Cell("bring back", bring, D, SKIPPED, PLANNED, COMING, COMING)
    yield Cell("bring back what has passed", bring, D, SKIPPED, PLANNED, SOON)
    yield Cell("bring back", bring, A, SKIPPED, SKIPPED)

    def take(hour: Hour) -> None:
        hour.do(Outbox.bring_back, "spare")

    # Between the last question and the word of the end.
    yield Cell("reserve", take, B, PLANNED, PLANNED, 40, slot="spare")
    near = Cell("reserve", take, D, PLANNED, PLANNED, SOON, COMING, slot="spare")
    # The next question was to leave two minutes after it.
    yield replace(near, later=("q", 5))
    yield Cell("reserve", take, A, EXPIRED, DRAFT, 60, reason=Reason.TOO_LATE, slot="spare")

    def later(hour: Hour) -> None:
        hour.do(Outbox.postpone, "q", 5, and_following=False)

    yield Cell("postpone", later, B, PLANNED, PLANNED, PAST + 5)
    yield Cell("postpone", later, D, PLANNED, PLANNED, COMING + 5, COMING)
    yield Cell("postpone", later, D, EXPIRED, PLANNED, D.value + 5, reason=Reason.TOO_LATE)
    yield Cell("postpone", later, A, EXPIRED, EXPIRED, reason=Reason.TOO_LATE)

    def undo(hour: Hour) -> None:
        later(hour)
        hour.undo()

    yield Cell("undo", undo, B, PLANNED, PLANNED)
    yield Cell("undo", undo, D, PLANNED, PLANNED, COMING, COMING)
    yield Cell("undo", undo, A, EXPIRED, EXPIRED, reason=Reason.TOO_LATE)

    for was, reason in (
        (PLANNED, Reason.NONE),
        (SKIPPED, Reason.NONE),
        (FAILED, Reason.NETWORK),
    ):
        due = COMING if was is PLANNED else PAST
        yield Cell(
            "send now", lambda hour: hour.do(Outbox.send_now, "q"), B, was, OUT, NOW, reason=reason
        )
        yield Cell(
            "send now", lambda hour: hour.do(Outbox.send_now, "q"), D, was, OUT, NOW, due, reason
        )
    for was in (EXPIRED, SKIPPED):
        reason = Reason.TOO_LATE if was is EXPIRED else Reason.NONE
        yield Cell(
            "send now", lambda hour: hour.do(Outbox.send_now, "q"), A, was, OUT, NOW, reason=reason
        )
    early = Cell("publish early", lambda hour: hour.publish_early("q:q"), B, PLANNED, OUT)
    yield replace(early, due=NOW)

    def page(hour: Hour) -> None:
        hour.do(Outbox.by_web_page, "q")

    yield Cell("by page", page, B, PLANNED, PLANNED)
    yield Cell("by page", page, B, FAILED, PLANNED, PAST, NOW, Reason.NO_CREDIT)
    yield Cell("by page", page, B, SKIPPED, SKIPPED)
    yield Cell("by page", page, D, PLANNED, PLANNED, COMING, COMING)
    yield Cell("by page", page, D, FAILED, OUT, NOW, None, Reason.NO_CREDIT, by_page=True)
    yield Cell("by page", page, D, SKIPPED, SKIPPED)
    yield Cell("by page", page, A, EXPIRED, OUT, NOW, None, Reason.TOO_LATE, by_page=True)

    def bare(hour: Hour) -> None:
        hour.do(Outbox.without_picture, "q")

    for when in When:
        yield Cell("without picture", bare, when, FAILED, OUT, NOW, None, Reason.PICTURE)

    for when in When:
        for was in (PAGE, UNKNOWN, FAILED, EXPIRED):
            reason = {FAILED: Reason.DUPLICATE, EXPIRED: Reason.TOO_LATE}.get(was, Reason.NONE)
            if was is EXPIRED and when is B:
                continue
            yield Cell(
                "confirm",
                lambda hour: hour.do(Outbox.confirm_sent, "q"),
                when,
                was,
                SENT,
                reason=reason,
            )

    def not_out(hour: Hour) -> None:
        hour.do(Outbox.not_out, "q")

    for was in (PAGE, UNKNOWN):
        yield Cell("not out", not_out, B, was, PLANNED, PAST, NOW)
        yield Cell("not out", not_out, D, was, PLANNED, SOON)
        yield Cell("not out", not_out, A, was, SKIPPED)
        for when in When:
            yield Cell(
                "not out, drop",
                lambda hour: hour.do(Outbox.not_out, "q", again=False),
                when,
                was,
                SKIPPED,
            )

    def keyless(hour: Hour) -> None:
        hour.go_on_without_keys()

    failed = Cell("keys failed", keyless, B, FAILED, PLANNED, PAST, NOW, Reason.NO_CREDIT)
    yield replace(failed, keys_only=True)
    yield replace(
        failed, when=D, due=NOW, due_before=11.0, becomes=OUT, by_page=True, keys_only=True
    )
    yield replace(failed, when=A, due=74.0, due_before=74.0, becomes=FAILED, keys_only=True)

    def end(hour: Hour) -> None:
        hour.end()

    yield Cell("end", end, B, PLANNED, SKIPPED, others=SKIPPED)
    yield Cell("end", end, D, PLANNED, SKIPPED, COMING, COMING, others=SKIPPED)
    yield Cell("end", end, A, EXPIRED, EXPIRED, reason=Reason.TOO_LATE, others=SKIPPED)


CELLS = tuple(_cells())


class Bench:
    """An hour at a moment, in the situation of a cell."""

    def __init__(self, cell: Cell, route: Route) -> None:
        self.now = at(cell.when.value)
        self.clock = FakeClock(self.now)
        self.stores = HourStores(MemoryOutbox(), MemoryPosts())
        self.reported = Reported()
        self.x = FakeX(self.clock.now)
        self.pages = FakeX(self.clock.now, ["page"] * 20)
        self.plan = [replace(row, route=route) for row in self._sheet(cell)]
        self.plan = [
            replace(row, planned=replace(row.planned, route=route))
            for row in self.plan
            if row.planned is not None
        ]
        self.stores.outbox.add(self._situation(cell))
        self.hour = self._hour(route)

    @staticmethod
    def _sheet(cell: Cell) -> list[OutboxPost]:
        minutes = PAST if cell.due_before in (None, NOW) else cell.due_before
        assert isinstance(minutes, float)
        return [
            post("welcome", 0, PostKind.WELCOME),
            post("q", min(minutes, COMING)),
            post("last", 30),
            post("closing", 50, PostKind.CLOSING),
            spare(),
        ]

    def _situation(self, cell: Cell) -> Iterator[OutboxPost]:
        for row in self.plan:
            if row.id == "q":
                due_at = self.now if cell.due_before == NOW else row.due_at
                if isinstance(cell.due_before, float):
                    due_at = at(cell.due_before)
                picture = Picture("0" * 64, "image/png") if cell.reason is Reason.PICTURE else None
                yield replace(
                    row,
                    state=cell.was,
                    reason=cell.reason,
                    due_at=due_at,
                    expires_at=due_at + timedelta(minutes=10),
                    attempts=cell.was in (*NEEDS_ORGANISER, SKIPPED),
                    picture=picture,
                )
            elif row.state is not DRAFT and row.due_at <= self.now:
                yield replace(row, state=SENT, attempts=1)
            else:
                yield row

    def _hour(self, route: Route) -> Hour:
        if route is Route.ASSISTED:
            return hour_by_pages(
                CHAT, self.plan, self.stores, self.pages, self.reported, self.clock
            )
        # An answer that was lost is looked for, and not found for certain.
        self.x.looks = ["unsure"] * 50
        return hour_by_keys(
            CHAT,
            self.plan,
            self.stores,
            {Route.KEYS: self.x, Route.ASSISTED: self.pages},
            self.reported,
            self.clock,
        )

    def done(self) -> None:
        """The commands given are done, and what is due by then has left."""
        done = threading.Event()
        self.hour._later(done.set)
        assert done.wait(PATIENCE)
        self.clock.advance(5, 1)

    def row(self, name: str) -> OutboxPost:
        return self.stores.outbox.get(name)

    @property
    def left(self) -> list[str]:
        return [row.id for row in (*self.x.calls, *self.pages.calls)]


def _name(cell: Cell) -> str:
    return f"{cell.command}-{cell.when.name.lower()}-{cell.was}"


@pytest.mark.parametrize("route", [Route.ASSISTED, Route.KEYS])
@pytest.mark.parametrize("cell", CELLS, ids=_name)
def test_a_command_does_what_was_asked_and_nothing_else(cell: Cell, route: Route) -> None:
    if cell.keys_only and route is not Route.KEYS:
        return
    bench = Bench(cell, route)
    bench.hour.start()
    try:
        bench.clock.rest(1)
        bench.clock.advance(2, 1)
        assert bench.left == [], "something left before anything was asked"
        before = {row.id: row for row in bench.stores.outbox.rows("chat", Occasion.LIVE)}
        given_at = bench.clock.now()
        cell.give(bench.hour)
        bench.done()
        _check_target(bench, cell, route, given_at)
        _check_others(bench, cell, before)
        assert bench.left == ([cell.slot] if cell.becomes is OUT else [])
    finally:
        assert bench.hour.stop()


def _check_target(bench: Bench, cell: Cell, route: Route, given_at: datetime) -> None:
    row = bench.row(cell.slot)
    by_keys = route is Route.KEYS and not cell.by_page
    out = SENT if by_keys else PAGE
    assert row.state is (out if cell.becomes is OUT else cell.becomes)
    if cell.due == SOON:
        assert row.due_at == given_at + timedelta(minutes=1)
    elif cell.due == NOW:
        assert given_at - timedelta(minutes=1) < row.due_at <= given_at
    elif cell.command == "postpone" and cell.was is EXPIRED and cell.becomes is PLANNED:
        assert row.due_at == given_at + timedelta(minutes=5)
    else:
        assert isinstance(cell.due, int | float)
        assert row.due_at == at(cell.due)


def _check_others(bench: Bench, cell: Cell, before: dict[str, OutboxPost]) -> None:
    for name, was in before.items():
        if name == cell.slot:
            continue
        row = bench.row(name)
        if cell.later is not None and name == cell.later[0]:
            after = bench.row(cell.slot).due_at + timedelta(minutes=cell.later[1])
            assert row.due_at == after, name
        else:
            assert row.due_at == was.due_at, name
        if cell.others is not None and was.state in WAITING:
            assert row.state is cell.others, name
        else:
            assert row.state is was.state, name


@pytest.mark.parametrize("route", [Route.ASSISTED, Route.KEYS])
@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("command", ["reply", "repost"])
def test_an_answer_leaves_at_any_moment_and_alone(command: str, when: When, route: Route) -> None:
    was = EXPIRED if when is When.AFTER else PLANNED
    due = COMING if when is When.DURING else None
    reason = Reason.TOO_LATE if was is EXPIRED else Reason.NONE
    cell = Cell(command, lambda _hour: None, when, was, was, due_before=due, reason=reason)
    bench = Bench(cell, route)
    bench.hour.start()
    try:
        bench.clock.rest(1)
        before = {row.id: row for row in bench.stores.outbox.rows("chat", Occasion.LIVE)}
        if command == "reply":
            bench.hour.reply(TARGET, "@aissatou_ex Bienvenue")
        else:
            bench.hour.repost(TARGET)
        bench.done()
        after = {row.id: row for row in bench.stores.outbox.rows("chat", Occasion.LIVE)}
        new = [row for name, row in after.items() if name not in before]
        assert len(new) == 1
        assert bench.left == [new[0].id]
        assert {name: after[name] for name in before} == before
    finally:
        assert bench.hour.stop()
