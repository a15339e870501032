"""Undo in the hour takes back the last command of the hour, and says so; never anything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.decisions import COUNTDOWN
from tchat_desktop.domain.outgoing import PostKind, PostState, left_at
from tchat_desktop.domain.undoing import Command
from tchat_desktop.services.events import CommandUndone, OutboxChanged
from tchat_desktop.services.outbox import Outbox
from tests.fakes.clock import START
from tests.fakes.outgoing import planned
from tests.services.test_poster import Bench

TARGET = Post("77", "aissatou_ex", "Aïssatou Ba", "Bonsoir", START)


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.outbox.plan(
        [
            planned("q1", 300, text="Q1 Une", label="Q1"),
            planned("q2", 600, text="Q2 Deux", label="Q2"),
            planned("thanks", 900, PostKind.THANKS),
        ]
    )
    return bench


def undone(bench: Bench) -> CommandUndone:
    bench.outbox.undo()
    return bench.reported.of(CommandUndone)[-1]


Give = Callable[[Outbox], object]


@pytest.mark.parametrize(
    ("command", "give"),
    [
        (Command.SKIP, lambda outbox: outbox.skip("q1")),
        (Command.POSTPONE, lambda outbox: outbox.postpone("q1", 5)),
        (Command.EDIT, lambda outbox: outbox.edit_text("q1", "Q1 Une autre")),
        (Command.BY_PAGE, lambda outbox: outbox.by_web_page("q1")),
    ],
)
def test_the_last_command_is_taken_back_whole(bench: Bench, command: Command, give: Give) -> None:
    before = {row.id: (row.state, row.due_at, row.text, row.route) for row in bench.outbox.rows()}
    give(bench.outbox)
    told = bench.reported.of(OutboxChanged)[-1]
    assert told.last is not None
    assert (told.last.command, told.can_undo) == (command, True)
    found = undone(bench)
    assert found.undone
    assert found.done == told.last
    after = {row.id: (row.state, row.due_at, row.text, row.route) for row in bench.outbox.rows()}
    assert after == before
    assert bench.x.calls == bench.pages.calls == []


def test_only_the_last_one_and_only_once(bench: Bench) -> None:
    bench.outbox.postpone("q1", 5)
    bench.outbox.skip("q2")
    assert undone(bench).undone
    again = undone(bench)
    assert (again.done, again.undone) == (None, False)
    assert bench.row("q1").due_at == START + timedelta(minutes=10)


def test_what_was_brought_back_goes_to_the_reserve_again(bench: Bench) -> None:
    bench.outbox.skip("q1")
    bench.outbox.bring_back("q1")
    assert undone(bench).undone
    assert bench.row("q1").state is PostState.SKIPPED


def test_what_was_published_stays_and_that_is_said(bench: Bench) -> None:
    bench.outbox.postpone("q2", 5)
    bench.outbox.send_now("q1")
    bench.run()
    found = undone(bench)
    assert not found.undone
    assert found.done is not None
    assert found.done.command is Command.SEND
    states = {row.id: row.state for row in found.rows}
    assert states["q1"] is PostState.SENT
    # The one before it is not undone in its place, however often one presses.
    assert not undone(bench).undone
    assert bench.row("q2").due_at == START + timedelta(minutes=15)


def test_what_was_asked_to_leave_and_waits_goes_back_to_its_time(bench: Bench) -> None:
    bench.outbox.pause()
    bench.outbox.send_now("q1")
    assert undone(bench).undone
    assert bench.row("q1").due_at == START + timedelta(minutes=5)


def test_a_dropped_page_comes_back_in_a_minute(bench: Bench) -> None:
    """Once it was dropped nobody can be asked about it: it opens anew, counted down."""
    bench.outbox.go_on_without_keys()
    bench.pages.outcomes = ["page"]
    bench.run(310)
    assert bench.row("q1").state is PostState.HANDED_OVER
    bench.outbox.skip("q1")
    assert undone(bench).undone
    assert bench.row("q1").state is PostState.PLANNED
    assert bench.row("q1").due_at == bench.clock.now() + COUNTDOWN


def test_what_was_confirmed_is_asked_about_again(bench: Bench) -> None:
    bench.outbox.go_on_without_keys()
    bench.pages.outcomes = ["page"]
    bench.run(310)
    opened = bench.row("q1").changed_at
    bench.run(60)
    bench.outbox.confirm_sent("q1")
    # Every screen tells the hour its page was opened.
    assert left_at(bench.row("q1")) == opened
    assert undone(bench).undone
    assert bench.row("q1").state is PostState.HANDED_OVER
    bench.run(60)
    bench.outbox.confirm_sent("q1")
    assert left_at(bench.row("q1")) == opened


def test_what_is_not_online_is_not_undone(bench: Bench) -> None:
    """Its page opens anew in a minute, counted down: that can be stopped, not asked again."""
    bench.outbox.go_on_without_keys()
    bench.pages.outcomes = ["page"]
    bench.run(310)
    bench.outbox.not_out("q1")
    assert not undone(bench).undone
    assert bench.row("q1").state is PostState.PLANNED


def test_a_reply_that_waits_is_taken_back(bench: Bench) -> None:
    bench.outbox.pause()
    reply = bench.outbox.add_reply(TARGET, "Merci", Route.ASSISTED)
    assert undone(bench).undone
    assert bench.row(reply.id).state is PostState.SKIPPED


def test_after_a_pause_nothing_older_is_undone(bench: Bench) -> None:
    bench.outbox.skip("q1")
    bench.outbox.pause()
    assert not undone(bench).undone
    assert bench.outbox.paused
    assert bench.row("q1").state is PostState.SKIPPED


def test_a_number_that_moved_up_hinders_nothing(bench: Bench) -> None:
    bench.outbox.edit_text("q2", "Q2 Autre")
    bench.store.move(
        planned("q1", 300, text="Q1 Une", label="Q1", state=PostState.SKIPPED), PostState.PLANNED
    )
    assert undone(bench).undone
    assert bench.row("q2").text == "Q2 Deux"
