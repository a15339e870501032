"""What was read is counted as X counts it, once a day, over restarts and a disk that refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.ledger import SqliteLedger
from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.domain.spending import ReadIds, Reads
from tchat_desktop.services.events import ReadsCounted
from tchat_desktop.services.ledger import Ledger, Purse
from tchat_desktop.services.ports import StoreError
from tests.fakes.memory_store import MemoryLedger
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import Reported, planned

NOON = datetime(2026, 12, 5, 12, tzinfo=UTC)


def seen(*posts: str, users: str = "", own: str = "") -> ReadIds:
    return ReadIds(frozenset(posts), frozenset(users.split()), frozenset(own.split()))


class Refusing(MemoryLedger):
    """Writes or tells nothing while it is told not to."""

    def __init__(self) -> None:
        super().__init__()
        self.refuses = False
        self.writes = 0

    def add(self, chat_id: str, day: date, reads: Reads) -> None:
        self._check()
        self.writes += 1
        super().add(chat_id, day, reads)

    def reads(self, chat_id: str) -> Reads:
        self._check()
        return super().reads(chat_id)

    def _check(self) -> None:
        if self.refuses:
            raise StoreError("the disk refuses")


class Wall:
    """A clock that is set."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def store() -> Refusing:
    return Refusing()


@pytest.fixture
def reported() -> Reported:
    return Reported()


@pytest.fixture
def ledger(store: Refusing, reported: Reported, wall: Wall) -> Ledger:
    return Ledger(store, reported, wall.now)


def test_the_same_post_or_person_is_counted_once_a_day(
    ledger: Ledger, reported: Reported, wall: Wall
) -> None:
    ledger.add("chat", seen("1", "2", users="a b"))
    ledger.add("chat", seen("2", "3", users="b", own="9"))
    assert ledger.reads("chat") == Reads(posts=3, users=2, own_posts=1)
    ledger.add("chat", seen("3", users="a"))
    assert len(reported.of(ReadsCounted)) == 2
    assert reported.of(ReadsCounted)[-1] == ReadsCounted("chat", Reads(3, 2, 1))
    wall.at += timedelta(hours=12)
    ledger.add("chat", seen("3", users="a"))
    assert ledger.reads("chat") == Reads(posts=4, users=3, own_posts=1)


def test_x_does_not_charge_twice_what_two_chats_read(ledger: Ledger) -> None:
    ledger.add("chat", seen("1", users="a"))
    ledger.add("other", seen("1", "2", users="a"))
    assert ledger.reads("other") == Reads(posts=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "tchat.sqlite3")) as made:
        yield made


def test_after_a_restart_the_sum_is_there_again(
    database: Database, reported: Reported, wall: Wall
) -> None:
    SqliteChats(database).save(Chat(id="chat"), NOON)
    first = Ledger(SqliteLedger(database), reported, wall.now)
    first.add("chat", seen("1", "2", users="a"))
    again = Ledger(SqliteLedger(database), reported, wall.now)
    assert again.reads("chat") == Reads(posts=2, users=1)
    again.add("chat", seen("3"))
    assert SqliteLedger(database).reads("chat") == Reads(posts=3, users=1)


def test_a_chat_that_is_not_saved_yet_loses_nothing(
    database: Database, reported: Reported, wall: Wall
) -> None:
    ledger = Ledger(SqliteLedger(database), reported, wall.now)
    ledger.add("chat", seen(users="a"))
    assert ledger.reads("chat") == Reads(users=1)
    SqliteChats(database).save(Chat(id="chat"), NOON)
    ledger.flush()
    assert SqliteLedger(database).reads("chat") == Reads(users=1)


def test_what_the_disk_refuses_is_counted_and_written_later(
    ledger: Ledger, store: Refusing, reported: Reported
) -> None:
    store.add("chat", NOON.date(), Reads(posts=10))
    store.refuses = True
    ledger.add("chat", seen("1"))
    ledger.add("chat", seen("2"))
    assert reported.of(ReadsCounted)[-1].reads == Reads(posts=2)
    store.refuses = False
    ledger.add("chat", seen("3"))
    assert ledger.reads("chat") == Reads(posts=13)
    assert store.reads("chat") == Reads(posts=13)
    ledger.flush()
    assert store.reads("chat") == Reads(posts=13)


def test_one_chat_the_disk_refuses_does_not_hold_up_another(
    database: Database, reported: Reported, wall: Wall
) -> None:
    SqliteChats(database).save(Chat(id="chat"), NOON)
    ledger = Ledger(SqliteLedger(database), reported, wall.now)
    ledger.add("gone", seen("1"))
    ledger.add("chat", seen("2"))
    assert SqliteLedger(database).reads("chat") == Reads(posts=1)


# --- the money of one chat -------------------------------------------------------------------


def test_a_purse_knows_what_is_left_at_this_very_moment(ledger: Ledger) -> None:
    ceiling = [10.0]
    purse = Purse(ledger, "chat", NETWORK, lambda: ceiling[0])
    purse.on_read(seen("1", "2", users="a"))
    row = replace(planned("q"), state=PostState.SENT, attempts=1)
    account = purse.means([row]).account(Route.KEYS)
    assert (account.spent_cents, account.limit_cents) == (4.5, 10.0)
    # Each may bring a second post and two people: four cents.
    assert purse.affordable_reads([row]) == 1
    ceiling[0] = 100.0
    assert purse.affordable_reads([row]) == 23
    ceiling[0] = 1.0
    assert purse.affordable_reads([row]) == 0


def test_a_purse_knows_whether_the_keys_serve(ledger: Ledger) -> None:
    connected: list[datetime | None] = [None]
    purse = Purse(ledger, "chat", NETWORK, lambda: 500.0, lambda: connected[0])
    refused = replace(
        planned("q"), state=PostState.FAILED, reason=Reason.KEYS_REFUSED, changed_at=NOON
    )
    # What became of the row since does not matter.
    dropped = replace(refused, state=PostState.SKIPPED, reason=Reason.NONE)
    assert not purse.means([dropped], refused).account(Route.KEYS).keys_work
    connected[0] = NOON + timedelta(seconds=1)
    assert purse.means([dropped], refused).account(Route.KEYS).keys_work
    assert purse.means([dropped]).account(Route.KEYS).keys_work


def test_what_a_refusing_disk_was_not_told_goes_along_to_another_place(
    ledger: Ledger, store: Refusing, reported: Reported, wall: Wall
) -> None:
    ledger.add("chat", seen("1"))
    store.refuses = True
    ledger.add("chat", seen("2", "3", users="a"))
    there = MemoryLedger()
    there.add("chat", NOON.date(), Reads(posts=1))
    moved = Ledger(there, reported, wall.now)
    moved.take_over(ledger)
    assert moved.reads("chat") == there.reads("chat") == Reads(posts=3, users=1)
