"""The posting thread: nothing lost, nothing twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import OutboxPost, Planned, PostKind, PostState, Reason
from tchat_desktop.services.events import HourEnded, NetworkChanged, ServiceFailed
from tchat_desktop.services.look_ups import PAUSES
from tchat_desktop.services.ports import (
    PublishByHand,
    PublishLater,
    PublishRefused,
    PublishUnknown,
    StoreError,
)
from tchat_desktop.services.poster import Poster
from tests.fakes.clock import START
from tests.fakes.outgoing import planned, states
from tests.services.bench import Bench


@pytest.fixture
def running(bench: Bench) -> Iterator[Bench]:
    """The same with its thread, ended after the test."""
    bench.poster.start()
    bench.clock.rest(1)
    yield bench
    assert bench.poster.stop()
    assert "poster" not in {thread.name for thread in threading.enumerate()}


# --- a quiet hour --------------------------------------------------------------------------


def test_a_post_leaves_at_its_time_through_every_state(bench: Bench) -> None:
    bench.outbox.plan([planned("a", 60)])
    bench.run(59)
    assert bench.x.calls == []
    bench.run(2)
    assert bench.said("a") == [
        PostState.PLANNED,
        PostState.DUE,
        PostState.SENDING,
        PostState.SENT,
    ]
    row = bench.row("a")
    assert (row.remote_id, row.url, row.attempts) == (
        "remote-a",
        "https://x.com/tchat/status/1",
        1,
    )
    assert bench.x.taken[0][1] == START + timedelta(seconds=60)


def test_the_row_says_sending_on_disk_before_the_request_leaves(bench: Bench) -> None:
    seen: list[PostState] = []
    accept = bench.x.publish

    def publish(post: OutboxPost) -> object:
        seen.append(bench.row(post.id).state)
        return accept(post)

    bench.x.publish = publish  # type: ignore[method-assign, assignment]
    bench.outbox.plan([planned("a")])
    bench.run()
    assert seen == [PostState.SENDING]


def test_the_wait_is_until_the_next_thing_to_do(bench: Bench) -> None:
    assert bench.poster.step() == 60
    bench.outbox.plan([planned("a", 42)])
    assert bench.poster.step() == 42


def test_posts_due_together_leave_in_order_with_a_pause_between(bench: Bench) -> None:
    bench.outbox.plan([planned("a"), planned("b"), planned("c")])
    bench.run(60)
    seconds = [(at - START).total_seconds() for _, at in bench.x.taken]
    assert [post.id for post, _ in bench.x.taken] == ["a", "b", "c"]
    assert seconds == [0, 2, 4]


def by_sheet(name: str, seconds: float) -> OutboxPost:
    """A row as the run sheet plans it."""
    row = planned(name, seconds)
    return replace(row, planned=Planned(row.text, row.due_at, row.route, row.state))


def test_what_is_late_together_does_not_leave_all_at_once(bench: Bench) -> None:
    bench.outbox.plan([by_sheet("a", 0), by_sheet("b", 180), by_sheet("c", 480)])
    bench.clock.advance(480)
    bench.run(100)
    seconds = {post.id: (at - START).total_seconds() for post, at in bench.x.taken}
    assert seconds == {"a": 480, "b": 510, "c": 540}


def test_catching_up_keeps_nobody_from_sending_a_post(bench: Bench) -> None:
    bench.outbox.plan([by_sheet("a", 0), by_sheet("b", 180), by_sheet("c", 480)])
    bench.clock.advance(480)
    bench.run(1)
    bench.outbox.send_now("c")
    bench.run(5)
    assert [post.id for post, _at in bench.x.taken] == ["a", "c"]
    bench.run(60)
    assert [post.id for post, _at in bench.x.taken] == ["a", "c", "b"]


def test_posts_on_time_do_not_wait_for_each_other(bench: Bench) -> None:
    publish = bench.x.publish

    def slowly(post: OutboxPost) -> object:
        bench.clock.advance(4)
        return publish(post)

    bench.x.publish = slowly  # type: ignore[assignment, method-assign]
    bench.outbox.plan([by_sheet("a", 0), by_sheet("b", 20), by_sheet("c", 80)])
    bench.run(100)
    seconds = [(at - START).total_seconds() for _post, at in bench.x.taken]
    assert seconds == [4, 24, 84]


def test_a_clock_set_back_does_not_hold_the_next_post_for_long(bench: Bench) -> None:
    bench.outbox.plan([planned("a", 3000)])
    bench.run(3001)
    bench.clock.jump(-3000)
    bench.store.add([planned("b")])
    assert bench.poster.step() == 2
    bench.run(10)
    assert [post.id for post in bench.x.calls] == ["a", "b"]


def test_a_post_postponed_in_the_last_instant_does_not_leave(bench: Bench) -> None:
    """The organiser's command comes between reading the rows and acting on them."""
    bench.outbox.plan([planned("a")])
    last_seen, turns = bench.outbox.last_seen, iter(range(10))

    def seen_then_postponed() -> Sequence[OutboxPost]:
        seen = last_seen()
        if next(turns) == 1:
            assert [row.state for row in seen] == [PostState.PLANNED]
            bench.outbox.postpone("a", 5)
        return seen

    bench.outbox.last_seen = seen_then_postponed  # type: ignore[method-assign]
    bench.run(60)
    assert bench.row("a").due_at == START + timedelta(minutes=5)
    assert bench.x.calls == []


# --- lateness ------------------------------------------------------------------------------


def test_after_a_sleep_late_posts_expire_and_the_others_leave(bench: Bench) -> None:
    bench.outbox.plan(
        [
            planned("welcome", 60, PostKind.WELCOME),
            planned("q1", 120),
            planned("q2", 700),
            planned("later", 3000),
        ]
    )
    bench.run(30)
    bench.clock.jump(720)
    bench.run()
    assert states(bench.outbox.rows()) == {
        "welcome": PostState.EXPIRED,
        "q1": PostState.EXPIRED,
        "q2": PostState.SENT,
        "later": PostState.PLANNED,
    }
    assert bench.row("q1").reason is Reason.TOO_LATE
    assert [post.id for post in bench.x.calls] == ["q2"]


def test_an_expired_post_leaves_on_the_organisers_word_only(bench: Bench) -> None:
    bench.outbox.plan([planned("a")])
    bench.clock.jump(3600)
    bench.run(600)
    assert bench.x.calls == []
    bench.outbox.not_out("a")
    bench.run(61)
    assert bench.row("a").state is PostState.SENT


def test_a_pause_holds_everything_and_late_posts_expire_in_it(bench: Bench) -> None:
    bench.outbox.plan([planned("a", 10), planned("b", 500)])
    bench.outbox.pause()
    bench.run(60)
    assert bench.row("a").state is PostState.DUE
    bench.outbox.send_now("a")
    bench.run(60)
    assert bench.x.calls == []
    bench.run(600)
    assert states(bench.outbox.rows()) == {"a": PostState.EXPIRED, "b": PostState.DUE}
    bench.outbox.resume()
    bench.run(30)
    assert bench.x.calls == []
    bench.run(31)
    assert [post.id for post in bench.x.calls] == ["b"]


def test_after_a_pause_pages_open_one_after_the_other_with_a_minute_to_stop_them(
    bench: Bench,
) -> None:
    """A question, a reply and another question were due: never two pages in a few seconds."""
    by_page = {"route": Route.ASSISTED}
    bench.pages.outcomes = ["page"] * 4
    bench.outbox.plan([planned("q1", 60, **by_page), planned("q2", 200, **by_page)])
    bench.outbox.plan([planned("r", 210, PostKind.REPLY, **by_page), planned("q3", 290, **by_page)])
    bench.outbox.pause()
    bench.run(270)
    bench.outbox.resume()
    resumed = bench.clock.now()
    opened: list[tuple[str, datetime]] = []
    for _second in range(400):
        before = len(bench.pages.calls)
        bench.run(1)
        opened += [(row.id, bench.clock.now()) for row in bench.pages.calls[before:]]
    assert [name for name, _at in opened] == ["q1", "q2", "r", "q3"]
    instants = [at for _name, at in opened]
    assert instants[0] - resumed >= timedelta(seconds=60)
    assert all(after - at >= timedelta(seconds=29) for at, after in pairwise(instants))


# --- what X answers ------------------------------------------------------------------------


def test_a_page_in_the_browser_waits_for_the_organiser(bench: Bench) -> None:
    bench.pages.outcomes = ["page"]
    bench.outbox.plan([planned("a", route=Route.ASSISTED)])
    bench.run(3000)
    row = bench.row("a")
    assert (row.state, row.url) == (PostState.HANDED_OVER, "")
    assert row.page.startswith("https://x.com/intent/")
    assert len(bench.pages.calls) == 1


@pytest.mark.parametrize("error", [PublishRefused, PublishByHand])
def test_a_refusal_is_kept_with_its_reason(bench: Bench, error: type[PublishRefused]) -> None:
    refusal = error(Reason.NOT_SUMMONED, "403")
    refusal.said = "You were not asked."
    bench.x.outcomes = [refusal]
    bench.outbox.plan([planned("a")])
    bench.run(3000)
    row = bench.row("a")
    assert (row.state, row.reason, row.detail) == (PostState.FAILED, Reason.NOT_SUMMONED, "403")
    assert row.said == "You were not asked."
    assert len(bench.x.calls) == 1


def test_a_refused_post_can_leave_by_the_web_page(bench: Bench) -> None:
    bench.x.outcomes = [PublishByHand(Reason.NOT_SUMMONED)]
    bench.pages.outcomes = ["page"]
    bench.outbox.plan([planned("a")])
    bench.run()
    bench.outbox.by_web_page("a")
    bench.run(2)
    assert bench.row("a").state is PostState.HANDED_OVER
    assert (len(bench.x.calls), len(bench.pages.calls)) == (1, 1)


def test_a_post_without_a_way_out_fails(bench: Bench) -> None:
    bench.outbox.plan([planned("a", route=Route.REHEARSAL)])
    bench.run()
    assert (bench.row("a").state, bench.row("a").reason) == (PostState.FAILED, Reason.REFUSED)


def test_refused_for_now_leaves_when_x_allows_and_keeps_the_order(bench: Bench) -> None:
    until = START + timedelta(seconds=90)
    bench.x.outcomes = [PublishLater(Reason.RATE_LIMIT, until, "429")]
    bench.outbox.plan([planned("a"), planned("b", 30), planned("c", 30, PostKind.REPOST)])
    bench.run(80)
    assert [post.id for post in bench.x.calls] == ["a", "c"]
    assert (bench.row("a").state, bench.row("a").reason) == (PostState.PLANNED, Reason.RATE_LIMIT)
    bench.run(20)
    assert [(post.id, at - START) for post, at in bench.x.taken[1:]] == [
        ("a", timedelta(seconds=90)),
        ("b", timedelta(seconds=92)),
    ]


def test_what_x_holds_back_too_long_expires(bench: Bench) -> None:
    bench.x.outcomes = [PublishLater(Reason.CAPPED, START + timedelta(hours=3))]
    bench.outbox.plan([planned("a")])
    bench.run(599)
    assert bench.row("a").state is PostState.PLANNED
    bench.run(2)
    assert bench.row("a").state is PostState.EXPIRED
    assert len(bench.x.calls) == 1


def test_the_network_is_told_when_it_goes_and_when_it_comes_back(bench: Bench) -> None:
    later = PublishLater(Reason.NETWORK, START + timedelta(seconds=20))
    later.obstacle = Obstacle.STRANGER
    again = PublishLater(Reason.NETWORK, START + timedelta(seconds=40))
    bench.x.outcomes = [later, again]
    bench.outbox.plan([planned("a"), planned("b", 60)])
    bench.run(90)
    assert bench.reported.of(NetworkChanged) == [
        NetworkChanged(False, Obstacle.STRANGER),
        NetworkChanged(True),
    ]


# --- outcomes nobody knows -----------------------------------------------------------------


def lost() -> PublishUnknown:
    return PublishUnknown(Reason.ANSWER_LOST, "timed out")


def test_a_lost_answer_whose_post_is_out_is_found(bench: Bench) -> None:
    bench.x.outcomes = [("stored", lost())]
    bench.outbox.plan([planned("a")])
    bench.run()
    assert (bench.row("a").state, bench.row("a").reason) == (PostState.UNKNOWN, Reason.ANSWER_LOST)
    bench.run(PAUSES[0])
    assert (bench.row("a").state, bench.row("a").remote_id) == (PostState.SENT, "remote-a")
    # That it can be read does not show that the keys still publish.
    assert bench.row("a").reason is Reason.FOUND
    assert bench.x.times("a") == 1


def test_a_lost_answer_whose_post_is_certainly_absent_leaves_again(bench: Bench) -> None:
    bench.x.outcomes = [lost()]
    bench.outbox.plan([planned("a")])
    bench.run(30)
    assert bench.row("a").state is PostState.SENT
    assert (bench.x.times("a"), bench.row("a").attempts) == (1, 2)


def test_a_post_found_absent_too_late_expires(bench: Bench) -> None:
    bench.x.outcomes = [lost()]
    bench.outbox.plan([planned("a", kind=PostKind.WELCOME)])
    bench.run()
    bench.clock.jump(1200)
    bench.run(60)
    assert bench.row("a").state is PostState.EXPIRED
    assert bench.x.taken == []


def test_what_cannot_be_known_is_the_organisers_to_decide(bench: Bench) -> None:
    bench.x.outcomes = [lost()]
    bench.x.looks = ["unsure"] * 100
    bench.outbox.plan([planned("a")])
    bench.run(3000)
    assert bench.row("a").state is PostState.UNKNOWN
    assert (len(bench.x.calls), bench.x.look_ups) == (1, len(PAUSES))
    bench.outbox.not_out("a")
    bench.run(61)
    assert bench.row("a").state is PostState.SENT


def test_looking_without_network_goes_on_until_it_is_back(bench: Bench) -> None:
    bench.x.outcomes = [("stored", lost())]
    bench.x.looks = [PublishLater(Reason.NETWORK, START) for _ in range(30)]
    bench.outbox.plan([planned("a")])
    bench.run(300)
    assert bench.row("a").state is PostState.UNKNOWN
    bench.run(300)
    assert bench.row("a").state is PostState.SENT


@pytest.mark.parametrize("error", [RuntimeError("oops"), PublishRefused(Reason.KEYS_REFUSED)])
def test_a_look_that_fails_is_one_look_less(bench: Bench, error: Exception) -> None:
    bench.x.outcomes = [("stored", lost())]
    bench.x.looks = [error]
    bench.outbox.plan([planned("a")])
    bench.run(PAUSES[0] + PAUSES[1] + 1)
    assert bench.row("a").state is PostState.SENT
    assert bench.x.look_ups == 2


def test_a_duplicate_is_looked_for_and_never_sent_again(bench: Bench) -> None:
    bench.x.outcomes = [PublishRefused(Reason.DUPLICATE)]
    bench.outbox.plan([planned("a")])
    bench.run(3000)
    assert (bench.row("a").state, len(bench.x.calls)) == (PostState.UNKNOWN, 1)


def test_a_post_that_vanishes_each_time_is_not_sent_for_ever(bench: Bench) -> None:
    bench.x.outcomes = [lost() for _ in range(50)]
    bench.outbox.plan([planned("a")])
    bench.run(3000)
    assert (bench.row("a").state, len(bench.x.calls)) == (PostState.UNKNOWN, 3)


@pytest.mark.parametrize("error", [RuntimeError("oops"), MemoryError(), SystemExit(1)])
def test_whatever_a_publisher_raises_the_next_post_leaves(
    bench: Bench, error: BaseException
) -> None:
    bench.x.outcomes = [("stored", error)]
    bench.x.looks = ["unsure"] * 100
    bench.outbox.plan([planned("a"), planned("b", 10)])
    bench.run(30)
    assert states(bench.outbox.rows()) == {"a": PostState.UNKNOWN, "b": PostState.SENT}
    assert [event.where for event in bench.reported.of(ServiceFailed)] == ["poster"]


# --- disk and crashes ----------------------------------------------------------------------


def test_nothing_is_published_when_sending_cannot_be_written(bench: Bench) -> None:
    bench.outbox.plan([planned("a", state=PostState.DUE)])
    bench.store.fail_next = 1
    with pytest.raises(StoreError):
        bench.poster.step()
    assert (bench.x.calls, bench.row("a").state) == ([], PostState.DUE)
    bench.run()
    assert bench.x.times("a") == 1


def test_an_outcome_the_disk_refuses_is_written_later_and_nothing_leaves_before(
    bench: Bench,
) -> None:
    def fill_the_disk(point: str) -> None:
        if point == "after_publish" and not bench.store.fail_next and bench.x.times("b") == 0:
            bench.store.fail_next = 2

    bench.restart(fill_the_disk)
    bench.outbox.plan([planned("a", state=PostState.DUE), planned("b", state=PostState.DUE)])
    for _ in range(2):
        with pytest.raises(StoreError):
            bench.poster.step()
        assert (bench.row("a").state, bench.x.times("b")) == (PostState.SENDING, 0)
    bench.run(10)
    assert states(bench.outbox.rows()) == {"a": PostState.SENT, "b": PostState.SENT}
    assert (bench.x.times("a"), bench.x.look_ups) == (1, 0)


class Crash(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(
    ("point", "found"),
    [
        ("after_due", PostState.DUE),
        ("before_sending_row", PostState.DUE),
        ("after_sending_row", PostState.SENDING),
        ("after_publish", PostState.SENDING),
        ("after_sent_row", PostState.SENT),
    ],
)
def test_a_crash_at_any_point_loses_and_doubles_nothing(
    bench: Bench, point: str, found: PostState
) -> None:
    def crash(reached: str) -> None:
        if reached == point:
            raise Crash

    bench.restart(crash)
    bench.outbox.plan([planned("a")])
    with pytest.raises(Crash):
        bench.run()
    assert bench.row("a").state is found
    bench.restart()
    bench.run()
    if found is PostState.SENDING:
        row = bench.row("a")
        assert (row.state, row.reason) == (PostState.UNKNOWN, Reason.INTERRUPTED)
    bench.run(60)
    assert bench.row("a").state is PostState.SENT
    assert bench.x.times("a") == 1


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("ok", PostState.SENT), (PublishRefused(Reason.REFUSED), PostState.UNKNOWN)],
)
def test_a_row_called_unknown_meanwhile_becomes_sent_or_stays_so(
    bench: Bench, outcome: object, state: PostState
) -> None:
    """A second instance finds the row in `sending` while the first one waits for X."""
    accept = bench.x.publish

    def publish(post: OutboxPost) -> object:
        Poster(
            bench.outbox, {}, bench.clock, bench.reported, ends_at=START + timedelta(hours=1)
        ).step()
        assert bench.row("a").state is PostState.UNKNOWN
        return accept(post)

    bench.x.publish = publish  # type: ignore[method-assign, assignment]
    bench.x.outcomes = [outcome]
    bench.x.looks = ["unsure"] * 100
    bench.outbox.plan([planned("a")])
    bench.run()
    assert bench.row("a").state is state


# --- the end -------------------------------------------------------------------------------


def test_the_hour_ends_once_when_its_time_is_over_and_all_is_settled(bench: Bench) -> None:
    bench.outbox.plan([planned("a"), planned("late", 3660)])
    bench.run(3650)
    assert bench.reported.of(HourEnded) == []
    bench.run(600)
    assert bench.reported.of(HourEnded) == [HourEnded("chat", Occasion.LIVE)]


def test_the_hour_waits_for_posts_being_looked_for_but_not_for_the_organiser(
    bench: Bench,
) -> None:
    bench.x.outcomes = [lost()]
    bench.x.looks = ["unsure"] * 100
    bench.outbox.plan([planned("a", 3590)])
    bench.run(3610)
    assert bench.reported.of(HourEnded) == []
    bench.run(sum(PAUSES))
    assert len(bench.reported.of(HourEnded)) == 1


def test_the_organiser_ends_the_hour_before_its_time(bench: Bench) -> None:
    bench.run(600)
    bench.poster.end_hour()
    bench.run()
    assert len(bench.reported.of(HourEnded)) == 1


# --- the thread ----------------------------------------------------------------------------


def test_a_new_post_wakes_the_poster_at_once(running: Bench) -> None:
    running.outbox.plan([planned("a")])
    running.clock.rest(1)
    assert running.row("a").state is PostState.SENT


def test_the_thread_publishes_at_the_due_instant(running: Bench) -> None:
    running.outbox.plan([planned("a", 100), planned("b", 200)])
    running.clock.advance(3600, 1)
    assert [at - START for _, at in running.x.taken] == [
        timedelta(seconds=100),
        timedelta(seconds=200),
    ]


def test_the_thread_notices_a_jump_of_the_clock(running: Bench) -> None:
    running.outbox.plan([planned("a", 100)])
    running.clock.rest(1)
    running.clock.jump(1800, 1)
    assert running.row("a").state is PostState.EXPIRED
    assert running.x.calls == []


def test_sending_now_while_it_is_being_sent_makes_one_post(bench: Bench) -> None:
    inside, go_on = threading.Event(), threading.Event()
    accept = bench.x.publish

    def publish(post: OutboxPost) -> object:
        inside.set()
        assert go_on.wait(20)
        return accept(post)

    bench.x.publish = publish  # type: ignore[method-assign, assignment]
    bench.outbox.plan([planned("a")])
    bench.poster.start()
    assert inside.wait(20)
    assert bench.outbox.send_now("a") is None
    assert bench.outbox.skip("a") is None
    go_on.set()
    bench.clock.rest(1)
    bench.clock.advance(600, 1)
    assert bench.poster.stop()
    assert (bench.x.times("a"), bench.row("a").state) == (1, PostState.SENT)


def test_the_thread_outlives_a_disk_that_refuses_and_says_so_once(running: Bench) -> None:
    running.outbox.plan([planned("a", 60)])
    running.clock.rest(1)
    running.store.fail_next = 4
    running.clock.advance(120, 1)
    assert running.row("a").state is PostState.SENT
    assert len(running.reported.of(ServiceFailed)) == 1


def test_a_thread_that_is_stopped_leaves_the_rest_for_the_next_start(bench: Bench) -> None:
    bench.outbox.plan([planned("a"), planned("b")])
    bench.poster.start()
    bench.clock.until(lambda: bench.row("a").state is PostState.SENT)
    assert bench.poster.stop()
    bench.restart()
    bench.run(10)
    assert [post.id for post, _ in bench.x.taken] == ["a", "b"]


# --- what is still to be filled in ---------------------------------------------------------


@pytest.mark.parametrize("text", ["Appelez [numéros d’aide]", "Ici : [link]", "Bonsoir {tag}"])
@pytest.mark.parametrize("route", [Route.KEYS, Route.ASSISTED])
def test_a_text_with_a_blank_never_leaves(bench: Bench, text: str, route: Route) -> None:
    bench.outbox.plan([replace(planned("a"), text=text, route=route)])
    bench.outbox.send_now("a")
    bench.run(30)
    assert bench.x.calls == []
    assert (bench.row("a").state, bench.row("a").reason) == (PostState.FAILED, Reason.UNFILLED)
    assert bench.row("a").attempts == 0
    bench.outbox.send_now("a")
    bench.outbox.by_web_page("a")
    bench.run(30)
    assert bench.x.calls == []


def test_once_it_is_filled_in_it_leaves(bench: Bench) -> None:
    bench.outbox.plan([replace(planned("a"), text="Appelez [numéros d’aide]")])
    bench.run(5)
    bench.outbox.edit_text("a", "Appelez le 116")
    bench.outbox.send_now("a")
    bench.run(5)
    assert [row.text for row, _at in bench.x.taken] == ["Appelez le 116"]


def test_a_repost_goes_whatever_its_author_wrote(bench: Bench) -> None:
    bench.outbox.plan([replace(planned("a"), kind=PostKind.REPOST, text="Voir [lien]")])
    bench.run(5)
    assert bench.row("a").state is PostState.SENT
