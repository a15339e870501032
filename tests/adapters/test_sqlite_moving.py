"""A chat brought into another database arrives with all that hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.ledger import SqliteLedger
from tchat_desktop.adapters.sqlite.moving import bring_over
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.adapters.sqlite.pictures import SqlitePictures
from tchat_desktop.adapters.sqlite.posts import SqlitePosts
from tchat_desktop.adapters.sqlite.shared import SqliteShared
from tchat_desktop.adapters.sqlite.unsent import SqliteUnsent
from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.spending import Reads
from tchat_desktop.services.ports import HourState, StoreError
from tests.adapters.samples import FULL, NOON, feed_post, outbox_post

LIVE = Occasion.LIVE


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    with closing(Database(path)) as database:
        yield database


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Database]:
    """A database with one chat and one row of each table."""
    with opened(tmp_path / "here" / "tchat.db") as database:
        SqliteChats(database).save(FULL, NOON)
        SqliteOutbox(database).add([outbox_post("q1", state=PostState.SENT), outbox_post("q2", 6)])
        SqliteOutbox(database).keep_hour_state("full", LIVE, HourState(paused=True))
        SqlitePosts(database).add("full", LIVE, [feed_post("1"), feed_post("2", "Bonjour Thiès")])
        SqlitePictures(database).add("full", b"content")
        SqliteLedger(database).add("full", date(2026, 12, 5), Reads(posts=3))
        SqliteUnsent(database).keep("full", {"reply:1": "Bonjour Awa"})
        SqliteShared(database).follow(FULL, "/cle/partage.tchat-hour")
        yield database


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "there" / "tchat.db") as database:
        yield database


def rows(database: Database, table: str) -> list[tuple[object, ...]]:
    with database.reading() as connection:
        return [tuple(row) for row in connection.execute(f"SELECT * FROM {table}")]


TABLES = ("chat", "outbox", "post", "picture", "hour", "reads", "unsent", "shared")


def test_everything_of_a_chat_arrives(here: Database, there: Database) -> None:
    bring_over(here, there)
    for table in TABLES:
        assert rows(there, table) == rows(here, table) != [], table


def test_no_table_of_a_chat_is_forgotten(here: Database) -> None:
    with here.reading() as connection:
        named = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        hanging = {name for name, sql in named if "REFERENCES chat" in (sql or "")}
    assert hanging == set(TABLES) - {"chat"}


def test_the_later_version_of_a_chat_wins(here: Database, there: Database) -> None:
    chats = SqliteChats(there)
    chats.save(Chat("other", topic="Autre"), NOON)
    chats.save(replace(FULL, topic="Ancien"), NOON - timedelta(days=1))
    SqliteOutbox(there).add([outbox_post("old")])
    SqlitePosts(there).add("full", LIVE, [feed_post("9", "mots anciens")])
    bring_over(here, there)
    assert chats.load("full") == FULL
    assert chats.load("other").topic == "Autre"
    assert {row.slot for row in SqliteOutbox(there).rows("full", LIVE)} == {"q1", "q2"}
    assert [one.post.id for one in SqlitePosts(there).all("full", LIVE)] == ["1", "2"]
    chats.save(replace(FULL, topic="Plus tard"), NOON + timedelta(days=1))
    bring_over(here, there)
    assert chats.load("full").topic == "Plus tard"


def test_into_itself_changes_nothing(here: Database) -> None:
    with opened(here.path) as again:
        bring_over(here, again)
    assert rows(here, "outbox")


def test_what_cannot_arrive_whole_does_not_arrive(here: Database, there: Database) -> None:
    with here.writing() as connection:
        connection.execute("ALTER TABLE reads ADD COLUMN later TEXT")
    with pytest.raises(StoreError):
        bring_over(here, there)
    for table in TABLES:
        assert rows(there, table) == []


@pytest.mark.parametrize("later_there", [False, True])
@pytest.mark.parametrize("out_there", [False, True])
def test_nobody_forgets_that_a_post_is_out(
    here: Database, there: Database, later_there: bool, out_there: bool
) -> None:
    """The same chat in both places; its post left from one of them."""
    sides = {True: there, False: here}
    SqliteOutbox(here).clear("full", LIVE)
    SqliteChats(there).save(FULL, NOON + timedelta(hours=1 if later_there else -1))
    out = outbox_post("q7", state=PostState.SENT, attempts=1, remote_id="7", id="out")
    SqliteOutbox(sides[out_there]).add([out])
    SqliteOutbox(sides[not out_there]).add([outbox_post("q7", id="not-out")])
    bring_over(here, there)
    assert SqliteOutbox(there).rows("full", LIVE) == [out]


@pytest.mark.parametrize("later_there", [False, True])
def test_what_only_one_of_them_has_collected_is_not_lost(
    here: Database, there: Database, later_there: bool
) -> None:
    """The hour was in one place; the chat was only corrected in the other."""
    if not later_there:
        here, there = there, here
        SqliteChats(here).save(FULL, NOON + timedelta(hours=1))
    else:
        SqliteChats(there).save(FULL, NOON + timedelta(hours=1))
    bring_over(here, there)
    assert len(SqlitePosts(there).all("full", LIVE)) == 2
    assert SqliteLedger(there).reads("full").posts == 3
    assert len(rows(there, "picture")) == 1


def test_what_cannot_be_read_stays_and_the_rest_goes_along(here: Database, there: Database) -> None:
    """A failing disk: what is out must be known in the new place all the same."""
    SqliteChats(here).save(Chat("other", topic="Autre"), NOON)
    with here.writing() as connection:
        connection.execute("DROP TABLE reads")
        connection.execute("UPDATE chat SET document = CAST(x'ff' AS TEXT) WHERE id = 'full'")
    bring_over(here, there)
    assert [row.slot for row in SqliteOutbox(there).rows("full", LIVE)] == ["q1", "q2"]
    assert SqliteChats(there).load("other").topic == "Autre"
    assert [one.chat.id for one in SqliteChats(there).chats()] == ["other"]
    with there.reading() as connection:
        assert len(connection.execute("SELECT id FROM chat").fetchall()) == 2


@pytest.mark.parametrize("later_there", [False, True])
@pytest.mark.parametrize("lost", ["outbox", "hour"])
def test_nothing_leaves_by_itself_where_it_is_not_known_what_is_out(
    here: Database, there: Database, later_there: bool, lost: str
) -> None:
    """A failing disk: which posts are out, or on hold, may not be told any more."""
    SqliteChats(there).save(FULL, NOON + timedelta(hours=1 if later_there else -1))
    SqliteOutbox(there).add([outbox_post("q2", 6, id="there")])
    with here.writing() as connection:
        connection.execute(f"DROP TABLE {lost}")
    bring_over(here, there)
    assert SqliteOutbox(there).hour_state("full", LIVE).paused
    assert "q2" in [row.slot for row in SqliteOutbox(there).rows("full", LIVE)]


def test_a_chat_that_is_only_on_screen_any_more_keeps_what_is_out(
    here: Database, there: Database
) -> None:
    """Its own page fails: it is saved in the new place, and its posts must not leave again."""
    with here.writing() as connection:
        connection.execute("ALTER TABLE chat RENAME COLUMN document TO gone")
    bring_over(here, there)
    chats = SqliteChats(there)
    assert list(chats.chats()) == []
    assert chats.damaged == ("full",)
    chats.save(FULL, NOON)
    assert chats.load("full") == FULL
    assert [row.slot for row in SqliteOutbox(there).rows("full", LIVE)] == ["q1", "q2"]
    assert SqliteOutbox(there).hour_state("full", LIVE).paused
