"""The posts under the tag: read, kept, given to their question, marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Chat, Occasion, Question
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.services.events import (
    NetworkChanged,
    PostMarked,
    PostsArrived,
    ReadingHeld,
    ServiceFailed,
)
from tchat_desktop.services.feed import AFTER_REFUSAL, EVERY, LONGEST_PAUSE, LOOK_AGAIN, Feed
from tchat_desktop.services.ports import PublishByHand, PublishLater, PublishRefused
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryPosts
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import Reported, planned

CHAT = Chat(
    id="chat",
    hashtag="UnionsPrécoces",
    account="Tchat_Org",
    questions=(Question("a", "Quelle loi ?"), Question("b", "Quelle école ?")),
)


def post(name: str, text: str = "Bonsoir", **changes: object) -> Post:
    made = Post(name, "aissatou_ex", "Aïssatou Ba", text, START)
    return replace(made, **changes)  # type: ignore[arg-type]


class FakeReader:
    """Gives what lies in `timeline` after an id; raises what lies in `errors` first."""

    def __init__(self) -> None:
        self.timeline: list[Post] = []
        self.errors: list[Exception] = []
        self.asked: list[str] = []

    def read(self, since_id: str) -> Sequence[Post]:
        self.asked.append(since_id)
        if self.errors:
            raise self.errors.pop(0)
        return [one for one in self.timeline if int(one.id) > int(since_id or 0)]


class Bench:
    """A feed with its surroundings."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.store = MemoryPosts()
        self.reported = Reported()
        self.reader = FakeReader()
        self.rows: list[OutboxPost] = []
        self.feed = Feed(
            self.reader,
            self.store,
            self.clock,
            self.reported,
            chat=CHAT,
            occasion=Occasion.LIVE,
            rows=lambda: self.rows,
            rules=NETWORK,
        )

    def kept(self) -> Sequence[FeedPost]:
        return self.store.all("chat", Occasion.LIVE)

    def arrived(self) -> list[str]:
        events = self.reported.of(PostsArrived)
        return [one.post.id for event in events for one in event.posts]


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def running(bench: Bench) -> Iterator[Bench]:
    bench.feed.start()
    bench.clock.rest(1)
    yield bench
    assert bench.feed.stop()


def test_each_post_arrives_once_and_is_kept(bench: Bench) -> None:
    bench.reader.timeline = [post("1"), post("2")]
    assert bench.feed.poll() == EVERY
    bench.reader.timeline.append(post("3"))
    bench.feed.poll()
    bench.feed.poll()
    assert bench.arrived() == ["1", "2", "3"]
    assert bench.reader.asked == ["", "2", "3"]
    assert [one.post.id for one in bench.kept()] == ["1", "2", "3"]


def test_after_a_restart_known_posts_do_not_arrive_again(bench: Bench) -> None:
    bench.store.add("chat", Occasion.LIVE, [FeedPost(post("1"), starred=True)])
    bench.reader.timeline = [post("1"), post("2")]
    bench.feed.poll()
    assert bench.arrived() == ["2"]
    assert bench.kept()[0].starred


def test_the_organisers_own_posts_are_not_the_audiences(bench: Bench) -> None:
    bench.reader.timeline = [
        post("1", author="tchat_org"),
        post("2"),
        post("3", author="TCHAT_ORG"),
    ]
    bench.feed.poll()
    assert bench.arrived() == ["2"]
    bench.feed.poll()
    assert bench.reader.asked[-1] == "3"


def test_a_post_is_given_to_the_question_it_answers(bench: Bench) -> None:
    bench.rows = [
        planned("a", state=PostState.SENT, remote_id="50", changed_at=START),
        planned("b", 360, state=PostState.PLANNED),
    ]
    bench.reader.timeline = [
        post("1", "R2 Nous avions les questions d’avance"),
        post("2", "Je suis d’accord", in_reply_to="50", created_at=START + timedelta(hours=1)),
        post("3", "Chez nous c’est pareil", created_at=START + timedelta(minutes=3)),
        post("4", "Et comment faire ?", created_at=START + timedelta(minutes=3)),
        post("5", "Trop tard", created_at=START + timedelta(minutes=11)),
        post("6", "En avance", created_at=START - timedelta(seconds=1)),
    ]
    bench.feed.poll()
    given = {one.post.id: one.question_id for one in bench.kept()}
    assert given == {"1": "b", "2": "a", "3": "a", "4": "", "5": "", "6": ""}


def test_thanks_after_the_closing_words_are_given_to_no_question(bench: Bench) -> None:
    closing = planned("end", 240, PostKind.CLOSING, state=PostState.SENT)
    bench.rows = [planned("a", state=PostState.SENT, changed_at=START), closing]
    bench.reader.timeline = [post("1", "Merci !", created_at=START + timedelta(minutes=5))]
    bench.feed.poll()
    assert bench.kept()[0].question_id == ""


def test_a_post_added_by_hand_arrives_like_the_others(bench: Bench) -> None:
    bench.feed.add_by_hand(post("9", "R1 La loi existe"))
    bench.feed.add_by_hand(post("9", "R1 La loi existe"))
    assert bench.arrived() == ["9"]
    assert bench.kept()[0].question_id == "a"


def test_marks_are_kept_and_told(bench: Bench) -> None:
    bench.feed.add_by_hand(post("9"))
    marking = Marking("9", Mark.ASSIGNED, "guest")
    bench.feed.mark(marking)
    assert bench.kept()[0].assigned_to == "guest"
    assert bench.reported.of(PostMarked) == [PostMarked("chat", Occasion.LIVE, marking)]


def test_without_a_reader_there_is_no_thread(bench: Bench) -> None:
    feed = Feed(
        None,
        bench.store,
        bench.clock,
        bench.reported,
        chat=CHAT,
        occasion=Occasion.LIVE,
        rows=lambda: (),
        rules=NETWORK,
    )
    feed.start()
    feed.add_by_hand(post("1"))
    assert feed.stop()
    assert bench.arrived() == ["1"]


def test_without_network_the_feed_says_so_and_comes_back(bench: Bench) -> None:
    bench.reader.errors = [PublishLater(Reason.NETWORK, START)]
    bench.feed.poll()
    bench.feed.poll()
    assert [event.reachable for event in bench.reported.of(NetworkChanged)] == [False, True]
    assert bench.reported.of(ServiceFailed) == []


def test_what_bars_the_way_is_told_once_and_not_taken_back(bench: Bench) -> None:
    known, unknown = PublishLater(Reason.NETWORK, START), PublishLater(Reason.NETWORK, START)
    known.obstacle = Obstacle.OFFLINE
    bench.reader.errors = [unknown, known, known, unknown]
    for _poll in range(5):
        bench.feed.poll()
    assert bench.reported.of(NetworkChanged) == [
        NetworkChanged(reachable=False),
        NetworkChanged(reachable=False, obstacle=Obstacle.OFFLINE),
        NetworkChanged(reachable=True),
    ]


def test_too_fast_waits_until_x_says(bench: Bench) -> None:
    bench.reader.errors = [PublishLater(Reason.RATE_LIMIT, START + timedelta(minutes=15))]
    assert bench.feed.poll() == 900


def test_failures_in_a_row_are_tried_less_and_less_often(bench: Bench) -> None:
    bench.reader.errors = [PublishRefused(Reason.NETWORK) for _ in range(6)]
    pauses = [bench.feed.poll() for _ in range(7)]
    assert pauses == [60, 120, *[LONGEST_PAUSE] * 4, EVERY]


def test_a_refusal_is_told_once(bench: Bench) -> None:
    bench.reader.errors = [PublishRefused(Reason.KEYS_REFUSED) for _ in range(3)]
    assert [bench.feed.poll() for _ in range(3)] == [AFTER_REFUSAL] * 3
    assert [event.where for event in bench.reported.of(ServiceFailed)] == ["feed"]


def test_without_money_it_says_so_once_and_goes_on_when_there_is_some(bench: Bench) -> None:
    bench.reader.errors = [PublishByHand(Reason.SPENDING_LIMIT) for _ in range(3)]
    bench.reader.timeline = [post("1")]
    assert [bench.feed.poll() for _ in range(3)] == [LOOK_AGAIN] * 3
    bench.feed.tell()
    held = ReadingHeld("chat", Occasion.LIVE, Reason.SPENDING_LIMIT)
    assert bench.reported.of(ReadingHeld) == [held, held]
    assert bench.reported.of(ServiceFailed) == bench.reported.of(NetworkChanged) == []
    assert bench.feed.poll() == EVERY
    assert bench.arrived() == ["1"]
    assert bench.reported.of(ReadingHeld)[2:] == [ReadingHeld("chat", Occasion.LIVE, Reason.NONE)]
    bench.feed.tell()
    assert len(bench.reported.of(ReadingHeld)) == 3


def test_what_x_refuses_for_good_is_told_too(bench: Bench) -> None:
    bench.reader.errors = [PublishByHand(Reason.NO_CREDIT)]
    bench.feed.poll()
    bench.feed.poll()
    reasons = [event.reason for event in bench.reported.of(ReadingHeld)]
    assert reasons == [Reason.NO_CREDIT, Reason.NONE]


def test_posts_the_disk_refused_are_read_again(running: Bench) -> None:
    running.store.fail_next = 1
    running.reader.timeline = [post("1")]
    running.clock.advance(EVERY, 1)
    assert running.arrived() == []
    running.clock.advance(LONGEST_PAUSE, 1)
    assert running.arrived() == ["1"]


def test_the_thread_reads_every_half_minute_and_outlives_anything(running: Bench) -> None:
    running.reader.errors = [RuntimeError("bug")]
    running.clock.advance(EVERY, 1)
    running.reader.timeline = [post("1")]
    running.clock.advance(10 * EVERY, 1)
    assert running.arrived() == ["1"]
    assert len(running.reader.asked) == 11
