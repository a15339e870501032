"""The disk is read once a step of the poster, and once after each change of a state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.services.events import ServiceFailed
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import StoreError
from tchat_desktop.services.poster import Poster
from tests.fakes.clock import START, FakeClock
from tests.fakes.counting_outbox import CountingOutbox
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import FakeX, Reported, planned, states

ROWS = 15
ENDS_AT = START + timedelta(hours=2)


class Bench:
    """An hour of fifteen posts on disk, the first of them due in a minute."""

    def __init__(self, database: Database) -> None:
        self.clock = FakeClock()
        SqliteChats(database).save(Chat("chat"), START)
        self.store = CountingOutbox(database)
        self.reported = Reported()
        self.outbox = Outbox(
            self.store,
            self.clock,
            self.reported,
            rules=NETWORK,
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=Route.KEYS,
            asks=True,
            ends_at=ENDS_AT,
        )
        self.outbox.plan([planned(f"r{n}", 60 + 300 * n) for n in range(ROWS)])
        self.x = FakeX(self.clock.now)
        ways = {Route.KEYS: self.x}
        self.poster = Poster(self.outbox, ways, self.clock, self.reported, ends_at=ENDS_AT)
        self.store.start()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with closing(Database(tmp_path / "tchat.db")) as database:
        yield Bench(database)


def test_a_step_in_which_nothing_happens_reads_once(bench: Bench) -> None:
    bench.poster.step()
    bench.store.start()
    bench.poster.step()
    assert (bench.store.reads, bench.store.decoded, bench.store.writes) == (1, ROWS, 0)


def test_a_post_that_leaves_is_read_once_a_change(bench: Bench) -> None:
    bench.poster.step()
    bench.clock.advance(60)
    bench.store.start()
    bench.poster.step()
    assert [post.id for post in bench.x.calls] == ["r0"]
    changes = 3  # due, sending, sent
    assert bench.store.writes == changes
    assert bench.store.reads == 1 + changes
    assert bench.store.decoded == (1 + changes) * ROWS + changes


def test_what_another_process_wrote_is_seen_at_the_next_step(bench: Bench) -> None:
    bench.poster.step()
    there = bench.store.get("r0")
    assert bench.store.move(replace(there, due_at=ENDS_AT), PostState.PLANNED)
    bench.clock.advance(60)
    bench.poster.step()
    assert bench.x.calls == []


def test_the_rows_last_seen_are_those_that_were_told(bench: Bench) -> None:
    bench.outbox.skip("r1")
    bench.outbox.postpone("r2", 5)
    bench.outbox.hold("r3")
    bench.store.start()
    seen = bench.outbox.last_seen()
    assert bench.store.reads == 0
    assert seen == tuple(bench.outbox.rows())
    assert states(seen)["r1"] is PostState.SKIPPED


def test_what_the_disk_refused_to_tell_is_read_again(bench: Bench) -> None:
    """A change that is written, but could not be read back, leaves no stale rows behind."""
    rows = bench.store.rows

    def unreadable(_chat_id: str, _occasion: Occasion) -> Sequence[OutboxPost]:
        raise StoreError("unreadable")

    bench.store.rows = unreadable  # type: ignore[method-assign]
    bench.outbox.skip("r1")
    assert bench.reported.of(ServiceFailed)
    bench.store.rows = rows  # type: ignore[method-assign]
    assert states(bench.outbox.last_seen())["r1"] is PostState.SKIPPED
