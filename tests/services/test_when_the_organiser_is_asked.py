"""When posts wait for the organiser's word, when they do not, and that it is told in time."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tchat_desktop.domain.catching_up import shortened
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason, late_window
from tchat_desktop.services.events import CommandUndone, OutboxChanged
from tchat_desktop.services.leaving import Hands
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import HandedOver, Published, PublishLater
from tchat_desktop.services.poster import CATCHING_UP, SLOWEST
from tests.fakes.clock import START
from tests.fakes.network import NETWORK
from tests.services.bench import Bench as PosterBench
from tests.services.test_late_arrival import END, sheet

QUESTIONS = tuple(f"q{n}" for n in range(1, 8))


class Bench(PosterBench):
    """An hour that asks, opened at that minute of it, with the rows of a whole run sheet."""

    def __init__(self, route: Route = Route.ASSISTED, minute: float = -1) -> None:
        self.route = route
        super().__init__()
        self.clock.jump(60 * minute)
        self.pages.outcomes = ["page"] * 60
        self.outbox.plan(sheet(route))

    def new_outbox(self) -> Outbox:
        return Outbox(
            self.store,
            self.clock,
            self.reported,
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=self.route,
            hands=Hands(lambda: self.typing),
            asks=True,
            ends_at=END,
            rules=NETWORK,
        )

    def run(self, seconds: float = 0.0) -> None:
        until = self.clock.now() + timedelta(seconds=seconds)
        for _ in range(10_000):
            wait = self.poster.step()
            left = (until - self.clock.now()).total_seconds()
            if wait > left or left <= 0:
                self.clock.advance(max(0.0, left))
                return
            self.clock.advance(wait)
        raise AssertionError("the poster turns in circles")

    def until(self, minute: float) -> None:
        self.run((START + timedelta(minutes=minute) - self.clock.now()).total_seconds())

    def sleep_until(self, minute: float) -> None:
        """The laptop is closed, and opened at that minute."""
        self.clock.jump((START + timedelta(minutes=minute) - self.clock.now()).total_seconds())
        self.run(20)

    @property
    def told(self) -> OutboxChanged:
        return self.reported.of(OutboxChanged)[-1]

    @property
    def left(self) -> list[str]:
        return [row.id for row in (*self.x.calls, *self.pages.calls)]


# --- while a post is being changed ---------------------------------------------------------


def test_what_was_missed_before_a_post_that_is_being_changed_waits_as_well() -> None:
    bench = Bench()
    bench.until(3)
    bench.outbox.hold("q3")
    bench.sleep_until(23.5)
    assert bench.left == ["welcome", "rules"]
    # The card waits until the text is changed: it is asked then.
    assert not bench.told.waits_for_word
    bench.outbox.release("q3")
    bench.run(1)
    assert bench.told.waits_for_word
    bench.run(60)
    assert bench.left == ["welcome", "rules"]


# --- what is asked for ---------------------------------------------------------------------


@pytest.mark.parametrize("way", ["by the page", "brought back", "not out, and dropped"])
def test_what_was_decided_long_before_does_not_leave_when_the_hour_was_missed(way: str) -> None:
    bench = Bench(Route.KEYS if way == "by the page" else Route.ASSISTED, minute=-30)
    if way == "by the page":
        bench.outbox.by_web_page("q5")
    elif way == "brought back":
        bench.outbox.skip("q5")
        bench.outbox.bring_back("q5")
    else:
        bench.outbox.send_now("q5")
        bench.run(1)
        bench.outbox.not_out("q5", again=False)
        bench.outbox.bring_back("q5")
        bench.outbox.postpone("q5", 36 + 29, and_following=False)
        bench.pages.calls.clear()
    bench.run(60)
    bench.sleep_until(37)
    assert bench.left == []
    assert bench.told.waits_for_word


def test_what_came_too_late_is_not_on_purpose_afterwards() -> None:
    bench = Bench()
    assert bench.outbox.bring_back("q5") is None
    bench.sleep_until(37)
    assert bench.left == []


def test_what_is_brought_back_in_the_midst_of_it_leaves_counted_down() -> None:
    bench = Bench(minute=23)
    bench.run(1)
    bench.outbox.skip("q1")
    bench.outbox.bring_back("q1")
    bench.run(50)
    assert bench.left == []
    bench.run(20)
    assert bench.left == ["q1"]
    assert bench.told.waits_for_word


def test_after_a_pause_what_was_asked_for_still_leaves() -> None:
    bench = Bench(minute=23)
    bench.run(1)
    bench.outbox.pause()
    bench.outbox.send_now("welcome")
    bench.outbox.resume()
    bench.run(70)
    assert bench.left == ["welcome"]


def test_who_publishes_each_post_on_purpose_has_opened_the_hour() -> None:
    bench = Bench()
    for name, minute in (("welcome", -0.5), ("rules", 1.6), ("q1", 7.5)):
        bench.until(minute)
        bench.outbox.send_now(name)
        bench.run(5)
        bench.outbox.confirm_sent(name)
    bench.sleep_until(16.25)
    assert bench.left == ["welcome", "rules", "q1", "q2"]
    assert not bench.told.waits_for_word


def test_who_arrives_late_and_publishes_the_welcome_is_still_asked_about_the_rest() -> None:
    bench = Bench(minute=12)
    bench.run(1)
    bench.outbox.send_now("welcome")
    bench.run(5)
    bench.outbox.confirm_sent("welcome")
    bench.restart()
    bench.run(120)
    assert bench.left == ["welcome"]
    assert bench.told.waits_for_word


# --- what held it up -----------------------------------------------------------------------


def cut(bench: Bench) -> list[bool]:
    """The network is gone for as long as the list has something in it."""
    gone = [True]
    publish = bench.x.publish

    def tried(post: OutboxPost) -> Published | HandedOver:
        if gone:
            raise PublishLater(Reason.NETWORK, bench.clock.now() + timedelta(seconds=15))
        return publish(post)

    bench.x.publish = tried  # type: ignore[method-assign]
    return gone


@pytest.mark.parametrize("minutes", [1.2, 3.5])
def test_a_cut_at_the_beginning_stops_nothing_once_it_is_over(minutes: float) -> None:
    bench = Bench(Route.KEYS)
    gone = cut(bench)
    bench.until(minutes)
    assert not bench.told.waits_for_word
    gone.clear()
    bench.run(60)
    assert bench.left == ["welcome", "rules"]


def test_a_cut_through_the_whole_beginning_is_asked_about() -> None:
    bench = Bench(Route.KEYS)
    gone = cut(bench)
    bench.until(16.5)
    gone.clear()
    bench.run(60)
    assert bench.left == []
    assert bench.told.waits_for_word


def test_going_on_by_the_page_in_a_cut_opens_what_keys_have_not_published() -> None:
    bench = Bench(Route.KEYS)
    cut(bench)
    bench.until(1.5)
    bench.outbox.go_on_without_keys()
    bench.run(10)
    assert [row.id for row in bench.pages.calls] == ["welcome"]
    assert not bench.told.waits_for_word


def test_what_waits_for_typing_is_not_missed() -> None:
    bench = Bench()
    bench.typing = 4.0
    bench.until(1.1)
    assert not bench.told.waits_for_word
    bench.until(3.5)
    bench.typing = 0.0
    bench.run(60)
    assert bench.left == ["welcome", "rules"]
    assert not any(event.waits_for_word for event in bench.reported.of(OutboxChanged))


def test_two_questions_that_waited_for_typing_do_not_follow_one_another() -> None:
    bench = Bench()
    bench.until(7)
    bench.typing = 4.0
    bench.until(17)
    bench.typing = 0.0
    bench.run(60)
    assert bench.left == ["welcome", "rules"]
    assert bench.told.waits_for_word


def test_it_is_told_as_soon_as_the_time_alone_makes_it_so() -> None:
    """Nothing changes in the rows: only the minute in which a post is on time has passed."""
    bench = Bench()
    bench.outbox.pause()
    bench.until(1)
    assert not bench.told.waits_for_word
    told = len(bench.reported.of(OutboxChanged))
    bench.until(1.01)
    assert bench.told.waits_for_word
    assert len(bench.reported.of(OutboxChanged)) == told + 1


# --- an answer that is taken back ----------------------------------------------------------


@given(
    st.floats(1.1, 55),
    st.sampled_from(["keep times", "catch up"]),
    st.integers(0, 20),
)
@settings(deadline=None, max_examples=60)
def test_taken_back_an_answer_leaves_all_as_it_was_and_it_is_asked_again(
    minute: float, answer: str, minutes_later: int
) -> None:
    """Nothing is out of order and nothing leaves; where it cannot be asked it is not taken back."""
    bench = Bench(minute=minute)
    bench.run(1)
    assert bench.told.waits_for_word
    due = {row.id: row.due_at for row in bench.outbox.rows()}
    if answer == "keep times":
        bench.outbox.keep_times()
    else:
        proposal = shortened(bench.outbox.rows(), bench.clock.now(), END)
        assert proposal is not None
        bench.outbox.catch_up(proposal)
    assert not bench.told.waits_for_word
    bench.run(60 * minutes_later)
    out = set(bench.left)
    bench.outbox.undo()
    undone = bench.reported.of(CommandUndone)[-1].undone
    if answer == "keep times" and undone:
        assert bench.told.waits_for_word
    if not bench.told.waits_for_word:
        return
    assert {row.id: row.due_at for row in bench.outbox.rows() if row.id not in out} == {
        name: at for name, at in due.items() if name not in out
    }
    bench.run(120)
    assert set(bench.left) == out
    assert bench.told.waits_for_word


def test_taken_back_at_once_the_times_are_as_before() -> None:
    bench = Bench(minute=23)
    bench.run(10)
    before = {row.id: (row.state, row.due_at) for row in bench.outbox.rows()}
    bench.outbox.keep_times()
    assert bench.told.can_undo
    bench.outbox.undo()
    assert bench.told.waits_for_word
    bench.run(1)
    assert {row.id: (row.state, row.due_at) for row in bench.outbox.rows()} == before


# --- the law -------------------------------------------------------------------------------


@given(st.data())
@settings(deadline=None, max_examples=80)
def test_no_question_follows_another_at_once(data: st.DataObject) -> None:
    """Whatever is slept through, typed over or being changed."""
    bench = Bench()
    bench.pages.outcomes = []
    for _ in range(data.draw(st.integers(1, 8))):
        match data.draw(st.sampled_from(["run", "sleep", "type", "hold", "release"])):
            case "run":
                bench.run(data.draw(st.integers(1, 600)))
            case "sleep":
                bench.clock.jump(data.draw(st.integers(1, 1500)))
                bench.run(5)
            case "type":
                bench.typing = 4.0
                bench.run(data.draw(st.integers(1, 600)))
                bench.typing = 0.0
            case "hold":
                bench.outbox.hold(data.draw(st.sampled_from(QUESTIONS)))
            case "release":
                for name in bench.outbox.leaving.held:
                    bench.outbox.release(name)
    asked = [at for row, at in bench.pages.taken if row.id in QUESTIONS]
    apart = CATCHING_UP - SLOWEST
    assert all(after - before >= apart for before, after in pairwise(asked))
    late = {row.id: at - row.due_at for row, at in bench.pages.taken}
    assert all(row.state is not PostState.SENDING for row in bench.outbox.rows())
    # With nothing out, what was slept through is asked about before the first page opens.
    assert late.get("welcome", timedelta()) <= late_window(PostKind.WELCOME)
