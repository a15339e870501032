"""What keeps a post from leaving besides its time: to the second, and each kind by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.decisions import COUNTDOWN
from tchat_desktop.domain.outgoing import OutboxPost, Planned, PostState
from tchat_desktop.services.leaving import PRIVATELY, Hands, Leaving
from tests.fakes.clock import FakeClock
from tests.fakes.outgoing import planned


class Bench:
    """A clock that stands still, and somebody who types for as long as told."""

    def __init__(self, asks: bool = True) -> None:
        self.clock = FakeClock()
        self.typing = self.pointing = 0.0
        self.leaving = Leaving(
            self.clock, asks=asks, hands=Hands(lambda: self.typing, lambda: self.pointing)
        )


@pytest.fixture
def bench() -> Bench:
    return Bench()


def on_sheet(name: str, seconds: float, **changes: object) -> OutboxPost:
    row = planned(name, seconds, **changes)  # type: ignore[arg-type]
    return replace(row, planned=Planned(row.text, row.due_at, row.route, PostState.PLANNED))


# --- missed posts ----------------------------------------------------------------------------

MISSED = (on_sheet("q1", -120), on_sheet("q2", -90), on_sheet("q3", 300))


def test_missed_posts_and_those_after_them_wait_for_the_organisers_word(bench: Bench) -> None:
    reply = planned("reply", -30)
    assert bench.leaving.withheld((*MISSED, reply)) == {"q1", "q2", "q3"}
    assert bench.leaving.waits_for_word(MISSED)
    assert bench.leaving.kept_back(MISSED) == {"q1", "q2", "q3"}


def test_an_hour_that_does_not_ask_holds_nothing_back() -> None:
    bench = Bench(asks=False)
    assert bench.leaving.withheld(MISSED) == frozenset()
    assert not bench.leaving.waits_for_word(MISSED)


def test_a_missed_post_that_was_asked_for_leaves_and_is_not_counted_as_missed(
    bench: Bench,
) -> None:
    first, second, third = MISSED
    bench.leaving.want(second)
    assert bench.leaving.withheld(MISSED) == {"q1", "q3"}
    bench.leaving.want(first)
    assert bench.leaving.withheld(MISSED) == frozenset()
    bench.leaving.forget("q1")
    assert bench.leaving.withheld(MISSED) == {"q1", "q3"}
    # Moved to another instant, it leaves like the others.
    later = replace(second, due_at=third.due_at)
    assert bench.leaving.withheld((first, later, third)) == {"q1", "q2", "q3"}


def test_a_missed_post_that_is_edited_waits_for_its_editor_and_not_for_a_word(
    bench: Bench,
) -> None:
    bench.leaving.hold("q1")
    assert bench.leaving.withheld(MISSED) == {"q2", "q3"}
    assert bench.leaving.behind(MISSED) == {"q2", "q3"}
    assert not bench.leaving.waits_for_word(MISSED)
    assert bench.leaving.staying(MISSED) == {"q1", "q2", "q3"}
    bench.leaving.let_go("q1")
    assert bench.leaving.waits_for_word(MISSED)


def test_what_was_asked_for_does_not_wait_behind_a_text_that_is_edited() -> None:
    bench = Bench(asks=False)
    rows = (on_sheet("q1", -30), on_sheet("q2", 0), on_sheet("q3", 300))
    bench.leaving.hold("q1")
    bench.leaving.want(rows[1])
    assert bench.leaving.behind(rows) == {"q3"}
    assert bench.leaving.staying(rows) == {"q1", "q3"}


def test_a_post_that_has_left_counts_even_if_it_was_asked_for(bench: Bench) -> None:
    """The chat has begun with it: the next post, a moment late, is not the first one missed."""
    first, second = on_sheet("q1", -120), on_sheet("q2", -90)
    bench.leaving.want(first)
    sent = replace(first, state=PostState.SENT, attempts=1)
    assert bench.leaving.withheld((sent, second)) == frozenset()


# --- what was asked for ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "wanted"),
    [
        (-600, True),
        (0, True),
        (COUNTDOWN.total_seconds(), True),
        (COUNTDOWN.total_seconds() + 1, False),
    ],
)
def test_what_is_to_leave_within_a_minute_was_asked_for(
    bench: Bench, seconds: float, wanted: bool
) -> None:
    row = planned("q1", seconds)
    bench.leaving.want(row)
    assert bench.leaving.wanted([row]) == ({"q1"} if wanted else frozenset())


@pytest.mark.parametrize("state", sorted(set(PostState) - {PostState.PLANNED, PostState.DUE}))
def test_what_does_not_wait_to_leave_is_no_longer_asked_for(bench: Bench, state: PostState) -> None:
    row = planned("q1")
    bench.leaving.want(row)
    bench.leaving.want(replace(row, state=state))
    assert bench.leaving.wanted([row]) == frozenset()


def test_after_a_pause_only_what_was_asked_for_still_is(bench: Bench) -> None:
    moved = [(planned(name), planned(name, 60)) for name in ("q1", "q2")]
    bench.leaving.count_down(moved, frozenset({"q1"}))
    assert bench.leaving.wanted([made for _row, made in moved]) == {"q1"}


# --- typing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("typing", [0.5, 4.0])
def test_a_due_page_waits_while_somebody_types(bench: Bench, typing: float) -> None:
    page = planned("q1", state=PostState.DUE, route=Route.ASSISTED)
    assert not bench.leaving.waits_for_typing(page)
    bench.typing = typing
    assert bench.leaving.waits_for_typing(page)
    assert bench.leaving.kept_back([page]) == {"q1"}
    assert not bench.leaving.waits_for_typing(replace(page, state=PostState.PLANNED))
    assert not bench.leaving.waits_for_typing(replace(page, route=Route.KEYS))
    bench.leaving.ask_for("q1")
    assert not bench.leaving.waits_for_typing(page)
    bench.leaving.no_longer_ask_for("q1")
    assert bench.leaving.waits_for_typing(page)


def test_a_private_answer_keeps_pages_for_its_minutes_and_no_longer(bench: Bench) -> None:
    assert not bench.leaving.in_private
    assert bench.leaving.begin_in_private("7")
    assert (bench.leaving.typing_for, bench.leaving.in_private) == (PRIVATELY.total_seconds(), True)
    bench.clock.advance(PRIVATELY.total_seconds() - 0.5)
    assert (bench.leaving.typing_for, bench.leaving.in_private) == (0.5, True)
    assert not bench.leaving.begin_in_private("7"), "it is under way already"
    bench.clock.advance(0.5)
    assert (bench.leaving.typing_for, bench.leaving.in_private) == (0.0, False)
    bench.clock.advance(30)
    assert (bench.leaving.typing_for, bench.leaving.in_private) == (0.0, False)


def test_a_private_answer_may_begin_anew_as_soon_as_its_minutes_are_over(bench: Bench) -> None:
    bench.leaving.begin_in_private("7")
    bench.clock.advance(PRIVATELY.total_seconds())
    assert bench.leaving.begin_in_private("7")
    assert bench.leaving.in_private


def test_of_typing_and_private_answers_the_longest_counts(bench: Bench) -> None:
    bench.leaving.begin_in_private("7")
    bench.clock.advance(200)
    bench.leaving.begin_in_private("8")
    assert bench.leaving.typing_for == PRIVATELY.total_seconds()
    bench.leaving.end_in_private("8")
    assert bench.leaving.typing_for == PRIVATELY.total_seconds() - 200
    bench.typing = 90.0
    assert bench.leaving.typing_for == 90.0
    bench.typing = 4.0
    assert bench.leaving.typing_for == PRIVATELY.total_seconds() - 200


def test_only_a_private_answer_that_has_begun_is_ended(bench: Bench) -> None:
    assert not bench.leaving.end_in_private("7")
    bench.leaving.begin_in_private("7")
    assert bench.leaving.end_in_private("7")
    assert not bench.leaving.in_private
