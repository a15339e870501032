"""The organiser changes the times of the hour, on the real store: all later, a later end, an early
one, a question at a chosen place. Each is one step to undo, and touches nothing that is out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.outgoing import OUT, OutboxPost, Planned, PostKind, PostState
from tchat_desktop.domain.undoing import Command
from tchat_desktop.services.events import CommandUndone, HourEnded, OutboxChanged
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.poster import Poster
from tests.fakes.clock import START, FakeClock
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import FakeX, Reported, planned

MINUTE = timedelta(minutes=1)
END = START + 60 * MINUTE


def at(minute: float) -> datetime:
    return START + minute * MINUTE


def post(name: str, minute: float, kind: PostKind = PostKind.QUESTION) -> OutboxPost:
    row = planned(name, 60 * minute, kind)
    return replace(row, planned=Planned(row.text, row.due_at, row.route, PostState.PLANNED))


def spare() -> OutboxPost:
    row = replace(post("spare", 50), state=PostState.DRAFT)
    return replace(row, planned=Planned(row.text, row.due_at, row.route, PostState.DRAFT))


SHEET = (
    post("welcome", 0, PostKind.WELCOME),
    *(post(f"q{n + 1}", 5 + 10 * n) for n in range(5)),
    spare(),
    post("closing", 55, PostKind.CLOSING),
    post("thanks", 58, PostKind.THANKS),
)


class Bench:
    """An hour with keys on a data directory; `restart` is the app started again on it."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        database = Database(folder / "tchat.db", self.clock.now)
        SqliteChats(database).save(Chat("chat"), self.clock.now())
        self.store = SqliteOutbox(database)
        self.x = FakeX(self.clock.now)
        self.reported = Reported()
        self.restart()
        self.outbox.plan(SHEET)

    def restart(self, ends_at: datetime = END) -> None:
        self.outbox = Outbox(
            self.store,
            self.clock,
            self.reported,
            rules=NETWORK,
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=Route.KEYS,
            ends_at=ends_at,
        )
        self.outbox.restore()
        self.poster = Poster(
            self.outbox, {Route.KEYS: self.x}, self.clock, self.reported, ends_at=ends_at
        )

    def run(self, until: float) -> None:
        """Let time pass until that minute; what is due leaves."""
        while True:
            wait = self.poster.step()
            left = (at(until) - self.clock.now()).total_seconds()
            if left <= 0:
                return
            self.clock.advance(min(max(wait, 0.0), left))

    def times(self) -> dict[str, float]:
        """The minutes of the posts that wait."""
        return {
            row.id: (row.due_at - START) / MINUTE
            for row in self.outbox.rows()
            if row.state is PostState.PLANNED
        }

    def out(self) -> list[OutboxPost]:
        return [row for row in self.outbox.rows() if row.state in OUT]

    @property
    def told_end(self) -> datetime | None:
        return self.reported.of(OutboxChanged)[-1].ends_at

    @property
    def ended(self) -> bool:
        return bool(self.reported.of(HourEnded))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def undone(bench: Bench) -> bool:
    bench.outbox.undo()
    return bench.reported.of(CommandUndone)[-1].undone


def test_all_that_is_to_come_is_shifted_and_shifted_back(bench: Bench) -> None:
    bench.run(16)
    before, out = bench.times(), bench.out()
    bench.outbox.shift(7)
    assert bench.times() == {name: minute + 7 for name, minute in before.items()}
    assert bench.out() == out
    assert bench.told_end is None, "the end stays where it was announced"
    assert undone(bench)
    assert bench.times() == before


def test_a_later_end_is_kept_over_a_restart_and_the_hour_ends_then(bench: Bench) -> None:
    bench.run(46)
    bench.outbox.extend(10)
    assert bench.told_end == at(70)
    assert bench.times() == {"closing": 65.0, "thanks": 68.0}
    bench.restart()
    bench.outbox.tell()
    assert bench.told_end == at(70)
    bench.run(69)
    assert not bench.outbox.is_over
    assert not bench.ended
    bench.run(70)
    assert bench.ended
    assert [row.id for row in bench.out()][-2:] == ["closing", "thanks"]


def test_a_later_end_is_taken_back(bench: Bench) -> None:
    bench.run(46)
    bench.outbox.extend(10)
    bench.outbox.extend(5)
    assert bench.told_end == at(75)
    assert undone(bench)
    assert bench.told_end == at(70)
    assert bench.times() == {"closing": 65.0, "thanks": 68.0}


def test_a_later_end_alone_is_taken_back_once_the_last_words_are_out(bench: Bench) -> None:
    bench.run(59)
    bench.outbox.extend(10)
    assert bench.reported.of(OutboxChanged)[-1].can_undo
    assert undone(bench)
    assert bench.told_end is None
    bench.run(60)
    assert bench.ended
    bench.outbox.extend(10)
    assert bench.told_end is None, "the hour is over, and nothing is to come"


def test_another_date_knows_nothing_of_a_moved_end(bench: Bench) -> None:
    bench.outbox.extend(10)
    bench.restart(ends_at=END + timedelta(days=7))
    bench.outbox.tell()
    assert bench.told_end is None
    assert not bench.outbox.is_over


def test_an_early_end_says_goodbye_in_a_minute(bench: Bench) -> None:
    bench.run(27)
    out = [row.id for row in bench.out()]
    bench.outbox.conclude()
    assert bench.times() == {"closing": 28.0, "thanks": 31.0}
    assert bench.told_end == at(33)
    assert [row.id for row in bench.out()] == out
    bench.run(32.9)
    assert not bench.ended
    bench.run(33)
    assert bench.ended
    assert [row.id for row in bench.out()][-2:] == ["closing", "thanks"]
    assert not any(row.id in ("q4", "q5", "spare") for row in bench.out())


def test_an_early_end_is_taken_back_until_it_is_public(bench: Bench) -> None:
    bench.run(27)
    before = bench.times()
    bench.outbox.conclude()
    assert undone(bench)
    assert bench.times() == before
    assert bench.told_end is None
    bench.outbox.conclude()
    bench.run(28.5)
    assert not undone(bench)
    assert bench.told_end == at(33)


def test_a_chat_that_ended_early_is_opened_again_until_its_announced_end(bench: Bench) -> None:
    bench.run(27)
    bench.outbox.conclude()
    bench.run(34)
    assert bench.ended
    bench.outbox.end_as_announced()
    assert not bench.outbox.is_over
    bench.outbox.bring_back("q5")
    assert bench.times() == {"q5": 45.0}


def test_a_question_is_put_before_another_which_makes_room(bench: Bench) -> None:
    bench.run(16)
    bench.outbox.insert("spare", "q3")
    assert bench.times() == {
        "spare": 20.0, "q3": 25.0, "q4": 35.0, "q5": 45.0, "closing": 55.0, "thanks": 58.0,
    }  # fmt: skip
    numbers = {row.id: row.number for row in bench.outbox.rows()}
    assert [numbers[one] for one in ("q2", "spare", "q3", "q4")] == [2, 3, 4, 5]
    last = bench.reported.of(OutboxChanged)[-1].last
    assert last is not None
    assert last.command is Command.BRING_BACK
    assert undone(bench)
    assert {row.id: row.number for row in bench.outbox.rows()}["q3"] == 3


def test_a_question_pushes_as_far_as_it_must(bench: Bench) -> None:
    bench.run(24.5)
    bench.outbox.insert("spare", "q3")
    assert bench.times() == {
        "spare": 25.5, "q3": 30.5, "q4": 35.5, "q5": 45.0, "closing": 55.0, "thanks": 58.0,
    }  # fmt: skip
    bench.outbox.insert("spare", "q4")
    assert bench.times()["spare"] == 25.5, "it is in reserve no more"


@pytest.mark.parametrize("gone", ["q2", "nothing"])
def test_what_was_chosen_and_has_left_meanwhile_changes_nothing(bench: Bench, gone: str) -> None:
    bench.run(16)
    before = bench.times()
    bench.outbox.insert("spare", gone)
    assert bench.times() == before
