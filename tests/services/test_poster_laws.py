"""Laws of the poster, whatever X, the disk, the app and the organiser do, in any order.

Nothing twice: X takes each post once at the most. Nothing lost: once all is calm again, each post
is out, or kept with a state that asks the organiser. Nothing late: no post leaves by itself after
its window.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, PostState, Reason
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import (
    PublishByHand,
    PublishLater,
    PublishRefused,
    PublishUnknown,
    StoreError,
)
from tchat_desktop.services.poster import Poster
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryOutbox
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import FakeX, Reported, planned

NAMES = ("a", "b", "c", "d", "e")
POINTS = (
    "after_due",
    "before_sending_row",
    "after_sending_row",
    "after_publish",
    "after_sent_row",
)
names = st.sampled_from(NAMES)


class Crash(BaseException):
    """The process ends here."""


class PosterLaws(RuleBasedStateMachine):
    """An hour in which everything can happen."""

    @initialize(gaps=st.lists(st.integers(0, 60), min_size=5, max_size=5))
    def plan(self, gaps: list[int]) -> None:
        self.clock = FakeClock()
        self.store = MemoryOutbox()
        self.x = FakeX(self.clock.now)
        self.crash_at = ""
        self.start()
        rows = [planned(name, sum(gaps[: n + 1])) for n, name in enumerate(NAMES)]
        self.outbox.plan(rows)

    def start(self) -> None:
        report = Reported()
        self.outbox = Outbox(
            self.store,
            self.clock,
            report,
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=Route.KEYS,
            rules=NETWORK,
        )
        self.poster = Poster(
            self.outbox,
            {Route.KEYS: self.x},
            self.clock,
            report,
            ends_at=START + timedelta(hours=1),
            at_point=self.reach,
        )

    def reach(self, point: str) -> None:
        if point == self.crash_at:
            self.crash_at = ""
            raise Crash

    @rule(steps=st.integers(1, 4))
    def steps(self, steps: int) -> None:
        for _ in range(steps):
            try:
                self.poster.step()
            except StoreError:
                pass
            except Crash:
                self.start()

    @rule(seconds=st.sampled_from([1, 2, 5, 30, 120]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @rule(seconds=st.sampled_from([-120, 300, 900]))
    def the_clock_jumps(self, seconds: int) -> None:
        self.clock.jump(seconds)

    @rule(
        outcome=st.sampled_from(["ok", "lost", "refused", "by_hand", "later", "bug", "exit"]),
        stored=st.booleans(),
        seconds=st.integers(0, 700),
    )
    def x_will_answer(self, outcome: str, stored: bool, seconds: int) -> None:
        until = self.clock.now() + timedelta(seconds=seconds)
        if outcome in ("lost", "bug", "exit"):
            error = {
                "lost": PublishUnknown(Reason.ANSWER_LOST),
                "bug": RuntimeError("bug"),
                "exit": SystemExit(1),
            }[outcome]
            self.x.outcomes.append(("stored", error) if stored else error)
        else:
            answers = {
                "ok": "ok",
                "refused": PublishRefused(Reason.REFUSED),
                "by_hand": PublishByHand(Reason.NOT_SUMMONED),
                "later": PublishLater(Reason.NETWORK, until),
            }
            self.x.outcomes.append(answers[outcome])

    @rule(look=st.sampled_from(["truth", "unsure", "later", "bug"]))
    def looking_will_give(self, look: str) -> None:
        errors = {
            "later": PublishLater(Reason.NETWORK, self.clock.now()),
            "bug": RuntimeError("bug"),
        }
        self.x.looks.append(errors.get(look, look))

    @rule(before=st.integers(0, 2), after=st.integers(0, 2))
    def the_disk_will_refuse(self, before: int, after: int) -> None:
        self.store.fail_next, self.store.fail_after = before, after

    @rule(point=st.sampled_from(POINTS))
    def the_app_will_crash(self, point: str) -> None:
        self.crash_at = point

    @rule()
    def the_app_is_started_again(self) -> None:
        self.start()

    @rule(
        name=names, command=st.sampled_from(["skip", "bring_back", "send_now", "pause", "resume"])
    )
    def the_organiser_acts(self, name: str, command: str) -> None:
        method = getattr(self.outbox, command)
        self.try_to(method if command in ("pause", "resume") else lambda: method(name))

    @rule(name=names, minutes=st.integers(-5, 10), following=st.booleans())
    def the_organiser_postpones(self, name: str, minutes: int, following: bool) -> None:
        self.try_to(lambda: self.outbox.postpone(name, minutes, following))

    @rule(name=names, again=st.booleans())
    def the_organiser_looks_at_x(self, name: str, again: bool) -> None:
        """An honest answer to "is it out?"."""
        if self.store.get(name).state in NEEDS_ORGANISER:
            if self.x.has(name):
                self.try_to(lambda: self.outbox.confirm_sent(name))
            else:
                self.try_to(lambda: self.outbox.not_out(name, again))

    def try_to(self, command: Callable[[], object]) -> None:
        with suppress(StoreError):
            command()

    @invariant()
    def nothing_twice(self) -> None:
        assert all(self.x.times(name) <= 1 for name in NAMES)

    @invariant()
    def nothing_late(self) -> None:
        assert all(at < post.expires_at for post, at in self.x.taken)

    @invariant()
    def what_is_said_to_be_out_is_out(self) -> None:
        for name in NAMES:
            if self.store.get(name).state is PostState.SENT:
                assert self.x.has(name)

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        self.store.fail_next = self.store.fail_after = 0
        self.x.outcomes, self.x.looks, self.crash_at = [], [], ""
        self.outbox.resume()
        for _ in range(2_000):
            wait = self.poster.step()
            if self.clock.now() > START + timedelta(hours=6):
                break
            self.clock.advance(max(wait, 0.0))
        settled = NEEDS_ORGANISER | {PostState.SENT, PostState.SKIPPED}
        for row in self.outbox.rows():
            assert row.state in settled
            if self.x.has(row.id):
                assert row.state in {PostState.SENT, PostState.UNKNOWN}
        self.nothing_twice()
        self.nothing_late()
        self.what_is_said_to_be_out_is_out()


PosterLaws.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestPosterLaws = PosterLaws.TestCase
