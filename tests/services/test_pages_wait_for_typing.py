"""No page opens by itself while the organiser is typing: it would take the keyboard."""

from __future__ import annotations

from dataclasses import replace

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.decisions import COUNTDOWN
from tchat_desktop.domain.outgoing import OutboxPost, Planned, PostState
from tchat_desktop.services.leaving import HAND_MOST, PRIVATELY
from tests.fakes.clock import START
from tests.fakes.outgoing import planned
from tests.services.bench import Bench

TARGET = Post("77", "aissatou_ex", "Aïssatou Ba", "Bonsoir", START)


def on_the_sheet(name: str, seconds: float, route: Route = Route.ASSISTED) -> OutboxPost:
    row = planned(name, seconds, route=route)
    return replace(row, planned=Planned(row.text, row.due_at, route, PostState.PLANNED))


def test_a_page_waits_until_nobody_types_and_then_opens(bench: Bench) -> None:
    bench.outbox.plan([on_the_sheet("q1", 60)])
    bench.typing = 4.0
    bench.run(90)
    assert bench.pages.calls == []
    assert bench.outbox.leaving.waits_for_typing(bench.outbox.rows()[0])
    bench.typing = 0.0
    bench.run(4)
    assert [row.id for row in bench.pages.calls] == ["q1"]


def test_it_opens_at_once_when_that_is_asked_for(bench: Bench) -> None:
    bench.outbox.plan([on_the_sheet("q1", 60), on_the_sheet("q2", 120)])
    bench.typing = 4.0
    bench.run(90)
    bench.outbox.send_now("q1")
    bench.run(60)
    assert [row.id for row in bench.pages.calls] == ["q1"]


def test_what_is_brought_back_waits_again_at_its_time(bench: Bench) -> None:
    bench.outbox.plan([on_the_sheet("q1", 60)])
    bench.outbox.skip("q1")
    bench.outbox.bring_back("q1")
    bench.typing = 4.0
    bench.run(90)
    assert bench.pages.calls == []


def test_what_leaves_by_keys_and_what_was_asked_for_waits_for_nobody(bench: Bench) -> None:
    bench.outbox.plan([on_the_sheet("q1", 60, Route.KEYS)])
    bench.typing = 4.0
    bench.run(70)
    reply = bench.outbox.add_reply(TARGET, "Merci", Route.ASSISTED)
    bench.run(2)
    assert [row.id for row in bench.x.calls] == ["q1"]
    assert [row.id for row in bench.pages.calls] == [reply.id]


def test_a_reply_that_was_held_up_is_counted_down_and_opens_over_no_typing(bench: Bench) -> None:
    bench.outbox.pause()
    reply = bench.outbox.add_reply(TARGET, "Merci", Route.ASSISTED)
    bench.run(30)
    bench.outbox.resume()
    bench.typing = 4.0
    bench.run(COUNTDOWN.total_seconds() - 1)
    assert bench.pages.calls == []
    bench.run(30)
    assert bench.pages.calls == []
    assert bench.outbox.leaving.waits_for_typing(bench.row(reply.id))
    bench.typing = 0.0
    bench.run(4)
    assert [row.id for row in bench.pages.calls] == [reply.id]


def test_what_was_asked_for_before_the_app_was_closed_is_counted_down(bench: Bench) -> None:
    bench.outbox.pause()
    reply = bench.outbox.add_reply(TARGET, "Merci", Route.ASSISTED)
    bench.run(30)
    bench.outbox.restore()
    assert bench.row(reply.id).due_at == bench.clock.now() + COUNTDOWN


def test_no_page_opens_while_somebody_is_answered_in_private(bench: Bench) -> None:
    bench.outbox.plan([on_the_sheet("q1", 60), on_the_sheet("q2", 200)])
    bench.run(50)
    bench.outbox.begin_in_private("7")
    bench.run(100)
    assert bench.pages.calls == []
    assert bench.outbox.leaving.in_private
    bench.outbox.end_in_private("7")
    bench.run(4)
    assert [row.id for row in bench.pages.calls] == ["q1"]


def test_a_private_answer_that_is_never_ended_keeps_pages_for_some_minutes(bench: Bench) -> None:
    bench.outbox.plan([on_the_sheet("q1", 60)])
    bench.run(59)
    bench.outbox.begin_in_private("7")
    bench.run(PRIVATELY.total_seconds() - 2)
    bench.outbox.begin_in_private("7")
    assert bench.pages.calls == []
    bench.run(4)
    assert [row.id for row in bench.pages.calls] == ["q1"]
    assert not bench.outbox.leaving.in_private


def test_one_private_answer_does_not_end_another(bench: Bench) -> None:
    bench.outbox.plan([on_the_sheet("q1", 60)])
    bench.outbox.begin_in_private("7")
    bench.outbox.begin_in_private("8")
    bench.outbox.end_in_private("7")
    bench.run(90)
    assert bench.pages.calls == []
    bench.outbox.send_now("q1")
    bench.run(60)
    assert [row.id for row in bench.pages.calls] == ["q1"]


def test_no_page_opens_under_a_mouse_on_its_way(bench: Bench) -> None:
    """A click that was meant for the app would land on the page."""
    bench.outbox.plan([on_the_sheet("q1", 60)])
    bench.pointing = 0.8
    bench.run(62)
    assert bench.pages.calls == []
    [row] = bench.outbox.rows()
    assert not bench.outbox.leaving.waits_for_typing(row), "the screen says nothing of it"
    bench.pointing = 0.0
    bench.run(1)
    assert [row.id for row in bench.pages.calls] == ["q1"]


def test_a_mouse_that_never_rests_keeps_a_page_for_seconds_only(bench: Bench) -> None:
    bench.outbox.plan([on_the_sheet("q1", 60), on_the_sheet("q2", 180)])
    bench.pointing = 0.8
    for number, due in ((1, 60), (2, 180)):
        before = due + HAND_MOST.total_seconds() - 0.5
        bench.run((bench.at(before) - bench.clock.now()).total_seconds())
        assert len(bench.pages.calls) == number - 1
        bench.run(1)
        assert len(bench.pages.calls) == number


def test_a_page_asked_for_by_a_press_waits_for_no_mouse(bench: Bench) -> None:
    bench.outbox.plan([on_the_sheet("q1", 60), on_the_sheet("q2", 300, Route.KEYS)])
    bench.pointing = 0.8
    bench.outbox.send_now("q1")
    bench.run(0.5)
    assert [row.id for row in bench.pages.calls] == ["q1"]
