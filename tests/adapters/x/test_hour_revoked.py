"""Keys revoked in the middle of the hour: on by pages, then with new keys, nothing opened anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.adapters.x.reader import XTagReader
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.services.accounts import Accounts
from tchat_desktop.services.events import OutboxChanged, PostsArrived, ReadingHeld
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourConditions, HourStores
from tchat_desktop.start import posting as by_keys
from tests.fakes import x_faults
from tests.fakes.clock import START, FakeClock
from tests.fakes.hours import hour_by_keys
from tests.fakes.memory_store import MemoryOutbox, MemoryPictures, MemoryPosts
from tests.fakes.outgoing import FakeX, Reported, planned
from tests.fakes.purse import a_purse
from tests.fakes.x_server import XServer

CHAT = Chat("chat", account="tchat_orga", hashtag="Tag", starts_at=START)


class Bench:
    """An hour with keys on the server's account, its rows five minutes apart."""

    def __init__(self, x: XServer) -> None:
        self.x = x
        self.clock = FakeClock(START)
        self.reported = Reported()
        self.pages = FakeX(self.clock.now, ["page"] * 20)
        self.accounts: Accounts = by_keys.make_accounts(
            lambda _secret: None, lambda: datetime.now(UTC), x.url, MemoryVault()
        )
        self.accounts.connect(x.keys)
        purse = a_purse(self.clock, self.reported)
        posting, reading = (
            by_keys.make_client(self.accounts, self.clock, purse, x.url) for _ in "12"
        )
        self.clients = (posting, reading)
        self.stores = HourStores(MemoryOutbox(), MemoryPosts())
        self.hour: Hour = hour_by_keys(
            CHAT,
            [planned(f"q{n}", 300.0 * n, text=f"Q{n} Où agir ? #Tag") for n in range(6)],
            self.stores,
            {
                Route.KEYS: by_keys.make_publisher(posting, self.clock, MemoryPictures(), str),
                Route.ASSISTED: self.pages,
            },
            self.reported,
            self.clock,
            HourConditions(purse=purse),
            XTagReader(reading, "Tag", datetime.now(UTC) - timedelta(hours=1)),
        )

    def revoke(self) -> None:
        self.x.api.tokens.clear()

    def row(self, name: str):
        return self.stores.outbox.get(name)

    def until_told(self, without_keys: bool) -> None:
        self.clock.until(lambda: self.reported.of(OutboxChanged)[-1].without_keys is without_keys)


@pytest.fixture
def bench() -> Iterator[Bench]:
    with XServer() as server:
        made = Bench(server)
        yield made
        assert made.hour.stop()
        for client in made.clients:
            client.close()
        assert server.violations == []


def test_on_by_pages_then_with_new_keys_without_opening_the_hour_anew(bench: Bench) -> None:
    bench.hour.start()
    bench.clock.rest(2)
    assert bench.row("q0").state is PostState.SENT
    bench.revoke()
    bench.clock.advance(301, 2)
    failed = bench.row("q1")
    assert (failed.state, failed.reason) == (PostState.FAILED, Reason.KEYS_REFUSED)
    assert bench.reported.of(ReadingHeld)[-1].reason is Reason.KEYS_REFUSED
    bench.hour.go_on_without_keys()
    bench.until_told(True)
    bench.clock.advance(301, 2)
    assert [bench.row(f"q{n}").state for n in (1, 2)] == [PostState.HANDED_OVER] * 2
    assert [post.id for post in bench.pages.calls] == ["q1", "q2"]

    bench.x.world.say("aissatou_ex", "R2 À l’école #Tag", age=60)
    bench.accounts.connect(bench.x.new_keys())
    bench.hour.go_on_with_keys()
    bench.until_told(False)
    bench.clock.until(lambda: bool(bench.reported.of(PostsArrived)))
    assert bench.reported.of(ReadingHeld)[-1].reason is Reason.NONE
    bench.clock.advance(320, 2)
    assert bench.row("q3").state is PostState.SENT
    assert bench.x.texts() == ["Q0 Où agir ? #Tag", "Q3 Où agir ? #Tag"]
    assert [post.id for post in bench.pages.calls] == ["q1", "q2"]


def test_new_keys_of_another_account_repost_as_that_account(bench: Bench) -> None:
    bench.hour.start()
    bench.clock.rest(2)
    other = bench.x.world.user("relais_ex", "Relais")
    keys = bench.x.new_keys()
    bench.x.api.tokens[keys.access_token] = replace(
        bench.x.api.tokens[keys.access_token], user=other
    )
    bench.accounts.connect(keys)
    said = bench.x.world.say("aissatou_ex", "R1 À l’école #Tag", age=60)
    bench.hour.read_now()
    bench.clock.until(lambda: bool(bench.reported.of(PostsArrived)))
    (heard,) = bench.reported.of(PostsArrived)[0].posts
    assert heard.post.id == said.id
    bench.hour.repost(heard)
    bench.clock.until(lambda: len(bench.stores.outbox.rows("chat", Occasion.LIVE)) == 7)
    bench.clock.advance(10, 2)
    states = {row.slot: row.state for row in bench.stores.outbox.rows("chat", Occasion.LIVE)}
    assert states[f"repost:{said.id}"] is PostState.SENT
    assert [post.repost_of for post in bench.x.world.of(other.id)] == [said.id]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (x_faults.NO_CREDIT, Reason.NO_CREDIT),
        (x_faults.UNAUTHORIZED, Reason.KEYS_REFUSED),
        (x_faults.USAGE_CAPPED, Reason.CAPPED),
        (x_faults.READ_ONLY, Reason.READ_ONLY),
    ],
    ids=lambda one: getattr(one, "name", ""),
)
def test_whatever_makes_keys_useless_the_failed_post_comes_along(
    bench: Bench, fault: x_faults.Fault, reason: Reason
) -> None:
    bench.x.fail("POST /2/tweets", fault)
    bench.hour.start()
    bench.clock.rest(2)
    assert bench.row("q0").reason is reason
    bench.hour.go_on_without_keys()
    bench.until_told(True)
    bench.clock.advance(5, 2)
    assert bench.row("q0").state is PostState.HANDED_OVER
    assert bench.x.texts() == []
