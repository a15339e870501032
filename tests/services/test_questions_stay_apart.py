"""Whatever the organiser commands, in any order, the questions to come stay in order and apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tchat_desktop.domain.catching_up import closed_up, must_ask, shortened
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.decisions import SHIFTABLE
from tchat_desktop.domain.outgoing import FAREWELL, OutboxPost, Planned, PostKind, PostState
from tchat_desktop.domain.spacing import least_minutes, sheet_minutes
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.poster import Poster
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryOutbox
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import FakeX, Reported, planned

MINUTE = timedelta(minutes=1)
END = START + timedelta(minutes=60)
QUESTIONS = ("q1", "q2", "q3", "q4", "spare")


def at(minutes: float) -> datetime:
    return START + minutes * MINUTE


def post(name: str, minutes: float, kind: PostKind = PostKind.QUESTION) -> OutboxPost:
    row = planned(name, 60 * minutes, kind)
    return replace(row, planned=Planned(row.text, row.due_at, row.route, PostState.PLANNED))


def spare(minutes: float) -> OutboxPost:
    row = replace(post("spare", minutes), state=PostState.DRAFT)
    asked = Planned(row.text, row.due_at, row.route, PostState.DRAFT)
    return replace(row, planned=asked)


def an_hour(each: int = 8) -> list[OutboxPost]:
    """An hour of four questions, so many minutes each, with one in reserve."""
    return [
        post("welcome", 0, PostKind.WELCOME),
        post("rules", 2, PostKind.RULES),
        *(post(f"q{n + 1}", 5 + n * each) for n in range(4)),
        post("nudge", 8 + 2 * each, PostKind.NUDGE),
        spare(5 + 3 * each),
        post("closing", 5 + 4 * each, PostKind.CLOSING),
        post("thanks", 7 + 4 * each, PostKind.THANKS),
    ]


class Bench:
    """An hour with keys, whose posts leave at once when their time has come."""

    def __init__(self, each: int = 8) -> None:
        self.clock = FakeClock()
        report = Reported()
        self.outbox = Outbox(
            MemoryOutbox(),
            self.clock,
            report,
            rules=NETWORK,
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=Route.KEYS,
            ends_at=END,
            asks=True,
        )
        self.x = FakeX(self.clock.now)
        self.poster = Poster(
            self.outbox, {Route.KEYS: self.x}, self.clock, report, ends_at=END + 60 * MINUTE
        )
        self.outbox.plan(an_hour(each))

    def run(self, seconds: float) -> None:
        """Let time pass; what is due leaves."""
        until = self.clock.now() + timedelta(seconds=seconds)
        while True:
            wait = self.poster.step()
            left = (until - self.clock.now()).total_seconds()
            if left <= 0:
                return
            self.clock.advance(min(max(wait, 0.0), left))

    def times(self) -> dict[str, datetime]:
        """When the posts leave that still wait, by their names."""
        return {row.id: row.due_at for row in self.outbox.rows() if row.state in SHIFTABLE}


class QuestionsStayApart(RuleBasedStateMachine):
    """An hour in which the organiser gives commands without rhyme or reason."""

    @initialize(each=st.integers(1, 11), minute=st.integers(-5, 40))
    def begin(self, each: int, minute: int) -> None:
        self.bench = Bench(each)
        self.each = each
        self.bench.clock.jump(-300)
        self.bench.run(60 * (minute + 5))

    def command(self, give: Callable[[Outbox], object]) -> None:
        """Give a command, and look at what it left behind."""
        before, now = self.bench.times(), self.bench.clock.now()
        give(self.bench.outbox)
        rows = self.bench.outbox.rows()
        moved = [row for row in rows if row.state in SHIFTABLE and before.get(row.id) != row.due_at]
        for row in moved:
            # Undoing an answer about missed posts gives them their times again, and asks again.
            assert row.due_at >= now or must_ask(rows, now), f"{row.id} is planned for the past"
        # What is due at this very instant, and was not moved, has left or waits for an answer.
        waiting = [
            row for row in rows if row.state in SHIFTABLE and (row.due_at > now or row in moved)
        ]
        asked = [row for row in waiting if row.kind is PostKind.QUESTION]
        minutes = sheet_minutes(rows)
        for one, following in pairwise(sorted(asked, key=lambda row: row.due_at)):
            least = least_minutes(one, minutes) * MINUTE
            assert following.due_at - one.due_at >= least, f"{one.id}, {following.id}"
            assert (one.number or 0) < (following.number or 0)
        last = [row.due_at for row in waiting if row.kind in FAREWELL]
        assert not asked or not last or max(row.due_at for row in asked) < min(last)

    @rule(seconds=st.sampled_from([5, 40, 130, 400]))
    def time_passes(self, seconds: int) -> None:
        self.bench.run(seconds)

    @rule(name=st.sampled_from([*QUESTIONS, "closing", "nudge"]))
    def reserve(self, name: str) -> None:
        self.command(lambda outbox: outbox.skip(name))

    @rule(name=st.sampled_from([*QUESTIONS, "closing", "nudge"]))
    def bring_back(self, name: str) -> None:
        self.command(lambda outbox: outbox.bring_back(name))

    @rule(
        name=st.sampled_from([*QUESTIONS, "closing"]),
        minutes=st.sampled_from([-5, 1, 5]),
        following=st.booleans(),
    )
    def postpone(self, name: str, minutes: int, following: bool) -> None:
        self.command(lambda outbox: outbox.postpone(name, minutes, following))

    @rule(minutes=st.sampled_from([-7, 1, 10]))
    def shift(self, minutes: int) -> None:
        self.command(lambda outbox: outbox.shift(minutes))

    @rule(minutes=st.sampled_from([1, 10]))
    def extend(self, minutes: int) -> None:
        self.command(lambda outbox: outbox.extend(minutes))

    @rule()
    def conclude(self) -> None:
        self.command(lambda outbox: outbox.conclude())

    @rule(name=st.sampled_from(QUESTIONS), before=st.sampled_from([*QUESTIONS, "closing"]))
    def insert(self, name: str, before: str) -> None:
        self.command(lambda outbox: outbox.insert(name, before))

    @rule(late=st.booleans())
    def take_the_proposal(self, late: bool) -> None:
        rows, now = self.bench.outbox.rows(), self.bench.clock.now()
        proposal = shortened(rows, now, END) if late else closed_up(rows, now, END)
        if proposal is not None:
            self.command(lambda outbox: outbox.catch_up(proposal))

    @rule(seconds=st.sampled_from([0, 50, 500]))
    def pause(self, seconds: int) -> None:
        self.command(lambda outbox: outbox.pause())
        self.bench.run(seconds)
        self.command(lambda outbox: outbox.resume())

    @rule(name=st.sampled_from(QUESTIONS), seconds=st.sampled_from([0, 50, 500]))
    def edit(self, name: str, seconds: int) -> None:
        self.command(lambda outbox: outbox.hold(name))
        self.bench.run(seconds)
        self.command(lambda outbox: outbox.edit_text(name, "Un autre texte"))
        self.command(lambda outbox: outbox.release(name))

    @rule(each=st.integers(1, 11))
    def edit_the_run_sheet(self, each: int) -> None:
        self.command(lambda outbox: outbox.follow(an_hour(each)))

    @rule(name=st.sampled_from(QUESTIONS))
    def publish_now(self, name: str) -> None:
        self.command(lambda outbox: outbox.send_now(name))
        self.bench.run(1)

    @rule()
    def undo(self) -> None:
        self.command(lambda outbox: outbox.undo())


QuestionsStayApart.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None
)
TestQuestionsStayApart = QuestionsStayApart.TestCase


def test_a_question_brought_back_keeps_its_minute_and_the_one_moved_there_comes_later() -> None:
    bench = Bench()
    bench.run(60 * 8)
    bench.outbox.skip("q2")
    rows = bench.outbox.rows()
    proposal = closed_up(rows, bench.clock.now(), END)
    assert proposal is not None
    assert dict(proposal.times)["q3"] == at(13), "the very minute of the second question"
    bench.outbox.catch_up(proposal)
    bench.outbox.bring_back("q2")
    times = bench.times()
    assert (times["q2"], times["q3"]) == (at(13), at(18))
    assert {row.id: row.number for row in bench.outbox.rows()}["q3"] == 3
    bench.outbox.undo()
    assert bench.times()["q3"] == at(13)


def test_no_question_follows_the_words_of_the_end() -> None:
    bench = Bench()
    bench.run(60 * 36)
    bench.outbox.bring_back("spare")
    times = bench.times()
    assert times["spare"] == at(37)
    assert times["closing"] == at(42)
    assert times["thanks"] >= times["closing"] + MINUTE, "they are told by the minute"


def test_a_question_put_back_in_reserve_still_follows_the_run_sheet() -> None:
    bench = Bench()
    bench.outbox.bring_back("spare")
    bench.outbox.undo()
    (row,) = (row for row in bench.outbox.rows() if row.id == "spare")
    assert row.state is PostState.DRAFT, "undone, so that nobody has decided anything about it"
    assert row.due_at == spare(29).due_at
    essential = [post("spare", 29) if one.id == "spare" else one for one in an_hour()]
    bench.outbox.follow(essential)
    assert bench.times()["spare"] >= at(29)
