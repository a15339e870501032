"""What clocks do to an hour: laptops sleep, networks correct the time, summer ends."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Occasion, Question, Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.services.events import HourEnded
from tchat_desktop.services.look_ups import PAUSES
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import Clock, PublishUnknown
from tchat_desktop.services.poster import Poster
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryOutbox
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import FakeX, Reported, planned, states
from tests.fakes.texts import load_texts

FIVE = 300.0


class Bench:
    """Twelve questions, five minutes apart, published without a thread as far as time goes."""

    def __init__(self, clock: Clock | None = None, rows: list[OutboxPost] | None = None) -> None:
        self.fake = FakeClock(START - timedelta(minutes=1))
        self.clock = clock or self.fake
        self.reported = Reported()
        self.x = FakeX(self.clock.now)
        self.outbox = Outbox(
            MemoryOutbox(),
            self.clock,
            self.reported,
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=Route.KEYS,
            rules=NETWORK,
        )
        self.poster = Poster(
            self.outbox,
            {Route.KEYS: self.x},
            self.clock,
            self.reported,
            ends_at=START + timedelta(hours=1),
        )
        self.outbox.plan(rows or [planned(f"q{n}", FIVE * n) for n in range(12)])

    def run(self, seconds: float) -> None:
        """Let so many seconds pass; the thread would wake at each of these instants."""
        left = seconds
        while left > 0:
            wait = min(max(self.poster.step(), 0.0), left)
            self.fake.advance(wait or 0.001)
            left -= wait or 0.001
        self.poster.step()

    def sent_at(self) -> dict[str, float]:
        """By post, the seconds after the start."""
        return {post.id: (at - START).total_seconds() for post, at in self.x.taken}

    def states(self) -> dict[str, PostState]:
        return states(self.outbox.rows())


def on_time(*names: str) -> dict[str, float]:
    return {name: pytest.approx(FIVE * int(name[1:]), abs=0.01) for name in names}


def test_a_laptop_asleep_over_several_posts(capsys: pytest.CaptureFixture[str]) -> None:
    bench = Bench()
    bench.run(600)
    # From 9 to 32 minutes: q2 to q4 are past their ten minutes, q5 and q6 are not.
    bench.fake.jump(23 * 60)
    bench.run(60)
    late = [name for name, state in bench.states().items() if state is PostState.EXPIRED]
    assert late == ["q2", "q3", "q4"]
    assert all(row.reason is Reason.TOO_LATE for row in bench.outbox.rows() if row.id in late)
    bench.run(1800)
    sent = bench.sent_at()
    assert sent["q5"] < sent["q6"] < 32 * 60 + 5
    assert {name: sent[name] for name in ("q7", "q8", "q9")} == on_time("q7", "q8", "q9")
    assert not set(late) & set(sent)


def test_a_clock_set_back_ten_minutes_in_the_hour() -> None:
    bench = Bench()
    bench.run(60 + 620)
    assert set(bench.sent_at()) == {"q0", "q1", "q2"}
    bench.fake.jump(-600)
    bench.run(600)
    # Nothing twice, nothing early by the clock as it is now.
    assert set(bench.sent_at()) == {"q0", "q1", "q2"}
    bench.run(700)
    assert bench.sent_at() == on_time("q0", "q1", "q2", "q3", "q4")


def test_a_clock_set_ahead_ten_minutes_in_the_hour() -> None:
    bench = Bench()
    bench.run(60 + 310)
    bench.fake.jump(600)
    bench.run(5)
    # By now it is 15:15: q2 is five minutes late and q3 a few seconds, which both may be.
    assert {"q2", "q3"} <= set(bench.sent_at())
    bench.run(600)
    assert bench.sent_at()["q4"] == pytest.approx(4 * FIVE, abs=0.01)
    assert all(bench.x.times(f"q{n}") <= 1 for n in range(12))


def test_a_lost_answer_is_looked_for_as_soon_although_the_clock_was_set_back() -> None:
    bench = Bench()
    bench.x.outcomes = [("stored", PublishUnknown(Reason.ANSWER_LOST))]
    bench.x.looks = ["unsure"]
    bench.run(61)
    assert bench.states()["q0"] is PostState.UNKNOWN
    bench.fake.jump(-600)
    bench.run(PAUSES[0] + PAUSES[1] + 1)
    assert bench.x.look_ups == 2
    assert bench.states()["q0"] is PostState.SENT


def test_a_reply_does_not_wait_for_a_clock_that_was_set_back() -> None:
    bench = Bench()
    bench.run(65)
    bench.fake.jump(-600)
    bench.outbox.add_reply(Post("77", "aissatou_ex", "Aïssatou Ba", "R1", START), "Merci !")
    bench.run(5)
    assert PostKind.REPLY in {post.kind for post, _at in bench.x.taken}


def test_a_clock_hours_behind_that_is_put_right_lets_posts_leave_on_time() -> None:
    bench = Bench()
    bench.fake.jump(-3 * 3600)
    bench.run(30)
    assert bench.sent_at() == {}
    bench.fake.jump(3 * 3600)
    bench.run(700)
    assert bench.sent_at() == on_time("q0", "q1", "q2")


def test_a_clock_ahead_that_is_put_right_plans_again_what_it_made_expire() -> None:
    bench = Bench()
    bench.fake.jump(40 * 60)
    bench.poster.step()
    expired = [name for name, state in bench.states().items() if state is PostState.EXPIRED]
    assert expired == [f"q{n}" for n in range(6)]
    bench.fake.jump(-40 * 60)
    bench.run(370)
    assert {name: bench.sent_at()[name] for name in ("q0", "q1")} == on_time("q0", "q1")
    # What the organiser has put aside meanwhile stays there.
    bench.outbox.skip("q3")
    bench.run(900)
    assert "q3" not in bench.sent_at()


def test_a_post_that_is_really_late_stays_with_the_organiser_after_a_small_step_back() -> None:
    bench = Bench()
    bench.fake.jump(60 + 601)
    bench.run(1)
    assert bench.states()["q0"] is PostState.EXPIRED
    bench.fake.jump(-30)
    bench.run(60)
    assert bench.states()["q0"] is PostState.EXPIRED
    assert "q0" not in bench.sent_at()


def test_summer_ends_in_the_middle_of_the_hour() -> None:
    """Sunday 25 October 2026 in Paris: after 2:59 comes 2:00."""
    starts_at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    chat = Chat(
        "chat",
        topic="Mariage des enfants",
        hashtag="Tag",
        time_zone="Europe/Paris",
        starts_at=starts_at,
        questions=tuple(Question(f"q{n}", f"Où agir, {n} ?") for n in range(8)),
    )
    sheet = run_sheet.build_run_sheet(chat, load_texts("fr"))
    rows = list(run_sheet.plan(chat, sheet, Occasion.LIVE, Route.KEYS, starts_at))
    bench = Bench(rows=rows)
    bench.fake.jump((starts_at - bench.fake.now()).total_seconds() - 5)
    bench.run(3600)
    planned_at = [row.due_at for row in rows if row.state is PostState.PLANNED]
    assert [round((at - due) / timedelta(seconds=1)) for (_post, at), due in zip(
        bench.x.taken, planned_at, strict=True
    )] == [0] * len(planned_at)  # fmt: skip
    walls = [at.astimezone(chat.zone) for _post, at in bench.x.taken]
    assert {wall.utcoffset() for wall in walls} == {timedelta(hours=2), timedelta(hours=1)}
    # On the wall an hour repeats; the posts do not.
    assert [f"{wall:%H:%M}" for wall in walls] != sorted(f"{wall:%H:%M}" for wall in walls)
    assert walls[-1] - walls[0] < timedelta(hours=1)


def test_a_laptop_that_wakes_publishes_within_seconds() -> None:
    """The real clock and thread; only the wall is moved, as when a laptop has slept."""
    asleep = timedelta()

    class Waits(SystemClock):
        waiting = threading.Event()

        def wait(self, event: threading.Event, seconds: float) -> bool:
            if seconds > 30:
                self.waiting.set()
            return super().wait(event, seconds)

    clock = Waits(lambda: START - timedelta(minutes=5) + asleep)
    published = threading.Event()
    bench = Bench(clock)
    accept = bench.x.publish

    def publish(post: OutboxPost) -> object:
        published.set()
        return accept(post)

    bench.x.publish = publish  # type: ignore[method-assign, assignment]
    bench.poster.start()
    assert clock.waiting.wait(10)
    asleep = timedelta(minutes=5, seconds=1)
    # It was about to wait for minutes.
    assert published.wait(20)
    assert bench.poster.stop()
    assert bench.reported.of(HourEnded) == []
