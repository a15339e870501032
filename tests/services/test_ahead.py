"""Pictures are put on X before their posts are due, between other posts and in silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Picture, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason
from tchat_desktop.services.ahead import AFTER_UPLOAD_TROUBLE, UPLOAD_AHEAD
from tchat_desktop.services.events import NetworkChanged, ServiceFailed
from tchat_desktop.services.ports import PublishByHand, PublishLater, PublishRefused
from tests.fakes.clock import START
from tests.fakes.outgoing import planned
from tests.services.bench import Bench

PICTURE = Picture("0f" * 32, "image/png", "Une école")
MINUTE = timedelta(minutes=1)


def pictured(name: str, seconds: float, **changes: object) -> OutboxPost:
    return planned(name, seconds, picture=PICTURE, **changes)


def test_a_picture_leaves_minutes_before_its_post(bench: Bench) -> None:
    bench.x.ready_steps = [0.0, 10.0, None]
    bench.outbox.plan([pictured("a", 600)])
    bench.run(590)
    begun = START + timedelta(seconds=600) - UPLOAD_AHEAD
    assert bench.x.readied == [
        ("a", begun), ("a", begun), ("a", begun + timedelta(seconds=10)),
    ]  # fmt: skip
    assert bench.x.taken == []
    bench.run(20)
    assert bench.x.taken[0][1] == START + timedelta(seconds=600)


def test_no_other_post_is_late_for_it(bench: Bench) -> None:
    # Each request takes 20 seconds of a slow network.
    bench.x.ready_steps = [0.0] * 6 + [None]
    get_ready = bench.x.get_ready

    def slowly(post: OutboxPost) -> float | None:
        bench.clock.advance(20)
        return get_ready(post)

    bench.x.get_ready = slowly  # type: ignore[method-assign]
    bench.outbox.plan([planned("b", 450), pictured("a", 600)])
    bench.run(700)
    left = {post.id: at for post, at in bench.x.taken}
    assert left["b"] == START + timedelta(seconds=450)
    assert left["a"] == START + timedelta(seconds=600)
    assert len(bench.x.readied) == 7


def test_the_next_post_is_got_ready_also_when_another_follows_at_once(bench: Bench) -> None:
    bench.clock.advance(580)
    bench.outbox.plan([pictured("a", 600), pictured("b", 601)])
    bench.run(15)
    now = START + timedelta(seconds=580)
    # The other one's turn comes once the first has left.
    assert bench.x.readied == [("a", now)]
    bench.run(20)
    assert {bench.row(name).state for name in "ab"} == {PostState.SENT}


@pytest.mark.parametrize(
    "error",
    [
        PublishLater(Reason.NETWORK, START),
        PublishRefused(Reason.PICTURE),
        OSError("the disk"),
    ],
)
def test_what_fails_ahead_fails_in_silence(bench: Bench, error: Exception) -> None:
    bench.x.ready_steps = [error, None]
    bench.outbox.plan([pictured("a", 600)])
    bench.run(610)
    first, second = (at for _, at in bench.x.readied)
    assert second - first == AFTER_UPLOAD_TROUBLE
    assert bench.reported.of(NetworkChanged) == []
    assert bench.reported.of(ServiceFailed) == []
    assert bench.row("a").state is PostState.SENT


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    [
        (PublishLater(Reason.NETWORK, START + timedelta(seconds=630)), PostState.PLANNED, None),
        (PublishRefused(Reason.PICTURE), PostState.FAILED, Reason.PICTURE),
        (PublishByHand(Reason.KEYS_REFUSED), PostState.FAILED, Reason.KEYS_REFUSED),
        (RuntimeError("never seen"), PostState.FAILED, Reason.PICTURE),
    ],
)
def test_a_picture_that_fails_when_its_post_is_due_is_told_and_nothing_is_sent(
    bench: Bench, error: Exception, state: PostState, reason: Reason | None
) -> None:
    bench.x.ready_steps = [error] * 40
    bench.outbox.plan([pictured("a", 600), planned("b", 700)])
    bench.run(605)
    row = bench.row("a")
    assert row.state is state
    assert row.attempts == 0
    assert PostState.SENDING not in bench.said("a")
    assert bench.x.calls == []
    bench.x.ready_steps = []
    if reason is None:
        assert [event.reachable for event in bench.reported.of(NetworkChanged)] == [False]
        bench.run(60)
    else:
        assert row.reason is reason
        bench.run(200)
        assert bench.row("b").state is PostState.SENT
        bench.outbox.without_picture("a")
        bench.run(10)
    assert bench.row("a").state is PostState.SENT


def test_on_hold_no_picture_leaves_either(bench: Bench) -> None:
    bench.x.ready_steps = [0.0, 0.0, None]
    bench.outbox.plan([pictured("a", 600)])
    bench.outbox.pause()
    bench.run(550)
    assert bench.x.readied == []
    bench.outbox.resume()
    bench.run(10)
    assert len(bench.x.readied) == 3


def test_pages_rehearsals_and_posts_in_reserve_have_nothing_to_get_ready(bench: Bench) -> None:
    bench.outbox.plan(
        [
            pictured("a", 100, route=Route.ASSISTED),
            pictured("b", 100, route=Route.REHEARSAL),
            pictured("c", 100, state=PostState.DRAFT),
            planned("d", 100),
        ]
    )
    bench.run(90)
    assert bench.x.readied == bench.pages.readied == []


def test_a_post_moved_to_later_is_got_ready_then(bench: Bench) -> None:
    bench.outbox.plan([pictured("a", 600)])
    bench.outbox.postpone("a", 20)
    bench.run(1700)
    assert [at for _, at in bench.x.readied] == [START + 30 * MINUTE - UPLOAD_AHEAD]


def test_x_is_not_asked_without_a_pause_when_it_names_an_instant_that_has_passed(
    bench: Bench,
) -> None:
    bench.x.ready_steps = [PublishLater(Reason.NETWORK, START)] * 10_000
    bench.outbox.plan([pictured("a", 600)])
    bench.run(660)
    assert len(bench.x.readied) < 60


@pytest.mark.parametrize("error", [None, PublishByHand(Reason.KEYS_REFUSED)])
def test_without_keys_from_while_its_picture_leaves_a_post_opens_as_a_page(
    bench: Bench, error: Exception | None
) -> None:
    def decide(post: OutboxPost) -> None:
        bench.outbox.go_on_without_keys()
        if error is not None:
            raise error

    bench.x.get_ready = decide  # type: ignore[method-assign]
    bench.outbox.plan([pictured("a", 0)])
    bench.run(10)
    assert [post.id for post in bench.pages.calls] == ["a"]
    assert bench.x.calls == []
