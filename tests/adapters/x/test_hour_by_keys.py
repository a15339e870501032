"""The outbox, the poster and the adapter together, against an X that misbehaves."""

from __future__ import annotations

from collections import Counter

import pytest

from tchat_desktop.adapters.x.publisher import XPublisher
from tchat_desktop.domain.chat import Occasion, Picture, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.poster import Poster
from tests.adapters.x.conftest import NewClient
from tests.fakes import x_faults
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryOutbox
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import Reported, planned
from tests.fakes.x_faults import Fault
from tests.fakes.x_server import XServer

POST = "POST /2/tweets"


CONTENT = b"\xff\xd8\xff" + bytes(1000)


class Hour:
    """Runs a poster step by step, as fast as it goes; no time passes but the clock's."""

    def __init__(self, new_client: NewClient, clock: FakeClock, rows: list[OutboxPost]) -> None:
        self.clock = clock
        self.outbox = Outbox(
            MemoryOutbox(),
            clock,
            Reported(),
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=Route.KEYS,
            rules=NETWORK,
        )
        self.outbox.plan(rows)
        self._new_client = new_client
        self.restart()

    def restart(self) -> None:
        """As when the app was killed: the rows are all that is left."""
        publisher = XPublisher(self._new_client(timeout=(2.0, 0.3)), lambda _post: CONTENT)
        self.poster = Poster(
            self.outbox, {Route.KEYS: publisher}, self.clock, Reported(), ends_at=START
        )

    def run(self, minutes: float, *, killing: bool = False) -> None:
        """Let that much time pass."""
        until = self.clock.now().timestamp() + minutes * 60
        steps = 0
        while self.clock.now().timestamp() < until:
            if killing and steps % 3 == 2:
                self.restart()
            self.clock.advance(max(self.poster.step(), 0.01))
            steps += 1
            assert steps < 2000

    def states(self) -> list[PostState]:
        return [row.state for row in self.outbox.rows()]


def questions(number: int) -> list[OutboxPost]:
    return [planned(f"q{n}", 60.0 * n, text=f"Q{n} Où agir ? #Tag") for n in range(number)]


@pytest.mark.parametrize(
    "fault",
    [
        *x_faults.RECOVERABLE,
        x_faults.RATE_LIMIT,
        x_faults.RATE_LIMIT_UNSAID,
        x_faults.CAPTIVE_PORTAL_AFTER,
        x_faults.NOTHING,
    ],
    ids=lambda fault: fault.name,
)
def test_one_fault_neither_loses_nor_doubles_a_post(
    server: XServer, new_client: NewClient, clock: FakeClock, fault: Fault
) -> None:
    server.world.refuses_duplicates = False
    server.fail(POST, fault)
    hour = Hour(new_client, clock, questions(1))
    hour.run(9)
    assert hour.states() == [PostState.SENT]
    assert server.texts() == ["Q0 Où agir ? #Tag"]


@pytest.mark.parametrize(
    "fault",
    [x_faults.DROP_AFTER, x_faults.CAPTIVE_PORTAL_AFTER, x_faults.TIMED_OUT_AFTER],
    ids=lambda fault: fault.name,
)
@pytest.mark.parametrize("killing", [False, True])
def test_a_lost_answer_to_a_post_with_a_picture_is_settled_without_doubling_it(
    server: XServer, new_client: NewClient, clock: FakeClock, fault: Fault, killing: bool
) -> None:
    server.world.refuses_duplicates = False
    server.fail(POST, fault)
    picture = Picture("0f" * 32, "image/jpeg", "Une école")
    text = "Q0 Où agir ? https://example.org/guide #Tag"
    hour = Hour(new_client, clock, [planned("q0", 240.0, text=text, picture=picture)])
    hour.run(12, killing=killing)
    assert hour.states() == [PostState.SENT]
    assert server.texts() == [text]
    (post,) = server.posts
    assert [server.world.media[one].content for one in post.media] == [CONTENT]
    assert hour.outbox.rows()[0].remote_id == post.id


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("killing", [False, True])
def test_a_bad_evening_neither_loses_nor_doubles_a_post(
    server: XServer, new_client: NewClient, clock: FakeClock, seed: int, killing: bool
) -> None:
    server.world.refuses_duplicates = False
    rows = questions(8)
    server.trouble.at_random(seed, 0.4)
    hour = Hour(new_client, clock, rows)
    hour.run(40, killing=killing)
    assert server.trouble.happened
    sent = Counter(server.texts())
    assert set(sent.values()) <= {1}
    for row in hour.outbox.rows():
        if row.state is PostState.SENT:
            assert sent[row.text] == 1
            assert row.remote_id in {post.id for post in server.posts}
        else:
            # Too late, or nobody could know: the organiser is asked.
            assert row.state in (PostState.UNKNOWN, PostState.EXPIRED)


def test_a_reply_not_summoned_and_an_empty_purse_are_left_to_the_organiser(
    server: XServer, new_client: NewClient, clock: FakeClock
) -> None:
    target = server.world.say("amina_ex", "Bonsoir à tous")
    reply = planned("r", kind=PostKind.REPLY, target_id=target.id)
    hour = Hour(new_client, clock, [reply, planned("q", 60.0)])
    server.fail(POST, x_faults.NOT_SUMMONED, x_faults.NO_CREDIT)
    hour.run(3)
    assert [row.reason for row in hour.outbox.rows()] == [Reason.NOT_SUMMONED, Reason.NO_CREDIT]
    assert hour.states() == [PostState.FAILED] * 2


def test_a_text_that_is_out_already_is_recognised(
    server: XServer, new_client: NewClient, clock: FakeClock
) -> None:
    out = server.world.say("tchat_orga", "Q0 Où agir ? #Tag", age=7200)
    hour = Hour(new_client, clock, questions(1))
    hour.run(3)
    assert hour.states() == [PostState.SENT]
    assert hour.outbox.rows()[0].remote_id == out.id
