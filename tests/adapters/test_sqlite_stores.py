import hashlib
import logging
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.ledger import SqliteLedger
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.adapters.sqlite.pictures import SqlitePictures
from tchat_desktop.adapters.sqlite.posts import SqlitePosts
from tchat_desktop.adapters.sqlite.unsent import SqliteUnsent
from tchat_desktop.domain.chat import Chat, Occasion, Picture
from tchat_desktop.domain.conversation import Mark, Marking
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.services.ports import SavedChat, StoreError
from tests.adapters.samples import FULL, NOON, feed_post, outbox_post
from tests.contracts.stores import (
    LedgerStoreContract,
    OutboxStoreContract,
    PictureStoreContract,
    PostStoreContract,
    row,
)

LIVE, REHEARSAL = Occasion.LIVE, Occasion.REHEARSAL


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "tchat.sqlite3")) as made:
        SqliteChats(made).save(FULL, NOON)
        yield made


class TestOutboxContract(OutboxStoreContract):
    @pytest.fixture
    def store(self, database: Database) -> SqliteOutbox:
        for chat_id in ("chat", "elsewhere"):
            SqliteChats(database).save(Chat(chat_id), NOON)
        return SqliteOutbox(database)


class TestPostsContract(PostStoreContract):
    @pytest.fixture
    def store(self, database: Database) -> SqlitePosts:
        SqliteChats(database).save(Chat("chat"), NOON)
        return SqlitePosts(database)


class TestPicturesContract(PictureStoreContract):
    @pytest.fixture
    def store(self, database: Database) -> SqlitePictures:
        for chat_id in ("chat", "elsewhere"):
            SqliteChats(database).save(Chat(chat_id), NOON)
        picture = Picture(hashlib.sha256(self.IN_OUTBOX).hexdigest(), "image/png")
        SqliteOutbox(database).add([row("a", picture=picture)])
        return SqlitePictures(database)


class TestLedgerContract(LedgerStoreContract):
    @pytest.fixture
    def store(self, database: Database) -> SqliteLedger:
        for chat_id in ("chat", "elsewhere"):
            SqliteChats(database).save(Chat(chat_id), NOON)
        return SqliteLedger(database)


# --- chats ---------------------------------------------------------------------------------


def test_chats_are_listed_the_last_changed_first(database: Database) -> None:
    chats = SqliteChats(database)
    other = Chat(id="other")
    chats.save(other, NOON + timedelta(microseconds=1))
    assert chats.chats() == [
        SavedChat(other, NOON + timedelta(microseconds=1)),
        SavedChat(FULL, NOON),
    ]
    chats.save(FULL, NOON + timedelta(seconds=1))
    assert [saved.chat.id for saved in chats.chats()] == ["full", "other"]


def test_a_chat_is_loaded_as_it_was_saved(database: Database) -> None:
    chats = SqliteChats(database)
    assert chats.load("full") == FULL
    chats.save(replace(FULL, topic="Autre"), NOON)
    assert chats.load("full").topic == "Autre"
    with pytest.raises(KeyError):
        chats.load("none")


def test_saving_a_chat_keeps_its_rows(database: Database) -> None:
    SqliteOutbox(database).add([outbox_post("q1")])
    SqlitePosts(database).add("full", LIVE, [feed_post("1")])
    SqliteChats(database).save(replace(FULL, topic="Autre"), NOON)
    assert SqliteOutbox(database).rows("full", LIVE)
    assert SqlitePosts(database).all("full", LIVE)


def test_a_deleted_chat_takes_its_rows_along(database: Database) -> None:
    chats, outbox, posts = SqliteChats(database), SqliteOutbox(database), SqlitePosts(database)
    outbox.add([outbox_post("q1")])
    posts.add("full", LIVE, [feed_post("1", "mariage")])
    chats.delete("full")
    chats.delete("full")
    assert chats.chats() == []
    assert outbox.rows("full", LIVE) == []
    chats.save(FULL, NOON)
    assert posts.all("full", LIVE) == []


@pytest.mark.parametrize(
    "document",
    [
        "'{}'",
        "'not json'",
        """'{"format": "tchat", "version": 99, "chat": {"id": "full"}}'""",
        """'{"format": "tchat", "version": 1, "chat": {"id": "another"}}'""",
        """'{"format": "tchat", "version": 1, "chat": {"id": "full", "minutes": "many"}}'""",
        "CAST(x'ff00ff' AS TEXT)",
    ],
)
def test_a_chat_that_cannot_be_read_does_not_hide_the_others(
    database: Database, document: str, caplog: pytest.LogCaptureFixture
) -> None:
    chats = SqliteChats(database)
    other = Chat(id="other")
    chats.save(other, NOON)
    with database.writing() as connection:
        connection.execute(f"UPDATE chat SET document = {document} WHERE id = 'full'")
    with caplog.at_level(logging.ERROR):
        assert [saved.chat for saved in chats.chats()] == [other]
    assert chats.damaged == ("full",)
    assert "chat full cannot be read" in caplog.text
    with pytest.raises(StoreError):
        chats.load("full")
    with database.reading() as connection:
        kept = connection.execute("SELECT count(*) FROM chat WHERE id = 'full'").fetchone()[0]
    assert kept == 1


# --- outbox --------------------------------------------------------------------------------


def test_rows_come_back_by_due_instant(database: Database) -> None:
    outbox = SqliteOutbox(database)
    rows = [
        outbox_post("q2", 12, not_before=NOON, changed_at=NOON, attempts=2),
        outbox_post("q1", 6, state=PostState.UNKNOWN, reason=Reason.ANSWER_LOST, detail="reset"),
    ]
    outbox.add(rows)
    outbox.add([outbox_post("q3", occasion=REHEARSAL)])
    assert outbox.rows("full", LIVE) == [rows[1], rows[0]]
    assert outbox.get("id-q1") == rows[1]
    with pytest.raises(KeyError):
        outbox.get("none")


@pytest.mark.parametrize(
    "written",
    [
        "", "network", "answer_lost", "interrupted", "too_late", "keys_refused", "read_only",
        "not_enrolled", "no_credit", "capped", "duplicate", "not_summoned", "rate_limit",
        "account_locked", "looks_automated", "daily_limit", "suspended", "app_barred",
        "not_permitted", "refused", "spending_limit", "too_long", "unfilled", "picture",
        "undescribed", "browser", "by_hand", "found",
    ],
)  # fmt: skip
def test_the_words_on_disk_for_reasons_stay_what_they_are(database: Database, written: str) -> None:
    outbox = SqliteOutbox(database)
    outbox.add([outbox_post("q1", reason=Reason(written))])
    with database.reading() as connection:
        assert connection.execute("SELECT reason FROM outbox").fetchone()[0] == written
    assert [row.reason.value for row in outbox.rows("full", LIVE)] == [written]


def test_a_slot_that_exists_is_left_as_it_is(database: Database) -> None:
    outbox = SqliteOutbox(database)
    first = outbox_post("q1")
    again = outbox_post("q1", id="another", text="Another")
    outbox.add([first])
    outbox.add([again, outbox_post("q2", 5), outbox_post("q2", 5, id="twice")])
    assert outbox.rows("full", LIVE) == [first, outbox_post("q2", 5)]
    outbox.add([replace(again, occasion=REHEARSAL)])
    assert [row.id for row in outbox.rows("full", REHEARSAL)] == ["another"]


def test_rows_are_added_all_or_none(database: Database) -> None:
    outbox = SqliteOutbox(database)
    with pytest.raises(StoreError):
        outbox.add([outbox_post("q1"), outbox_post("q2", chat_id="never saved")])
    assert outbox.rows("full", LIVE) == []


def test_a_row_in_another_state_than_expected_is_left(database: Database) -> None:
    outbox = SqliteOutbox(database)
    outbox.add([outbox_post("q1", state=PostState.SENT)])
    assert not outbox.move(outbox_post("q1", state=PostState.SENDING), expected=PostState.DUE)
    assert outbox.get("id-q1").state is PostState.SENT
    assert not outbox.move(outbox_post("none", state=PostState.SENDING), expected=PostState.DUE)


def test_of_two_threads_one_gets_the_row(database: Database) -> None:
    outbox = SqliteOutbox(database)
    outbox.add([outbox_post(f"q{number}", state=PostState.DUE) for number in range(20)])
    start = threading.Barrier(2)
    won: list[str] = []

    def claim() -> None:
        start.wait(10)
        for number in range(20):
            sending = outbox_post(f"q{number}", state=PostState.SENDING)
            if outbox.move(sending, expected=PostState.DUE):
                won.append(sending.id)

    threads = [threading.Thread(target=claim) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(won) == sorted(f"id-q{number}" for number in range(20))


def test_a_row_with_a_state_nobody_knows_is_a_store_error(database: Database) -> None:
    outbox = SqliteOutbox(database)
    outbox.add([outbox_post("q1")])
    with database.writing() as connection:
        connection.execute("UPDATE outbox SET state = 'flying', seal = 'unsealed'")
    with pytest.raises(StoreError, match="id-q1"):
        outbox.rows("full", LIVE)


# --- collected posts -----------------------------------------------------------------------


def test_only_new_posts_are_returned_and_marks_stay(database: Database) -> None:
    posts = SqlitePosts(database)
    first, second = feed_post("1"), feed_post("2")
    assert posts.add("full", LIVE, [first]) == [first]
    marked = replace(first, starred=True, question_id="a", assigned_to="g")
    for marking in (
        Marking("1", Mark.STARRED, True),
        Marking("1", Mark.QUESTION, "a"),
        Marking("1", Mark.ASSIGNED, "g"),
    ):
        assert posts.mark("full", LIVE, marking)
    assert posts.add("full", LIVE, [second, first]) == [second]
    assert posts.all("full", LIVE) == [marked, second]
    assert posts.all("full", REHEARSAL) == []


def test_marking_a_post_that_was_deleted_brings_nothing_back(database: Database) -> None:
    posts = SqlitePosts(database)
    posts.add("full", LIVE, [feed_post("1")])
    posts.remove("full", LIVE, "1")
    assert not posts.mark("full", LIVE, Marking("1", Mark.STARRED, True))
    assert posts.all("full", LIVE) == []


def test_old_rows_are_not_read_to_count_those_of_a_day(database: Database) -> None:
    outbox = SqliteOutbox(database)
    asked: list[str] = []
    with database.reading() as connection:
        connection.set_trace_callback(asked.append)
        outbox.tried_by_keys(NOON)
        connection.set_trace_callback(None)
        [query] = asked
        plan = connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
    assert "USING INDEX outbox_by_change (changed_at>?)" in plan[0]["detail"]


def test_halves_of_characters_in_posts_do_not_stop_the_feed(database: Database) -> None:
    posts = SqlitePosts(database)
    posts.add("full", LIVE, [feed_post("1", "\ud83d\ude00 \ud800")])
    SqliteOutbox(database).add([outbox_post("q1", text="\udc00!")])
    assert posts.all("full", LIVE)[0].post.text == "😀 \ufffd"
    assert SqliteOutbox(database).get("id-q1").text == "\ufffd!"


def test_of_the_texts_not_sent_only_what_changed_is_written(database: Database) -> None:
    store = SqliteUnsent(database)
    store.keep("full", {"reply:1": "Bonjour", "reply:2": "Oui", "reply:3": "Non"})
    with database.reading() as connection:
        before = connection.total_changes
        store.keep("full", {"reply:1": "Bonjour Awa", "reply:2": "Oui"})
        assert connection.total_changes == before + 2
        store.keep("full", {"reply:1": "Bonjour Awa", "reply:2": "Oui"})
        assert connection.total_changes == before + 2
    assert store.texts("full") == {"reply:1": "Bonjour Awa", "reply:2": "Oui"}


def test_texts_not_sent_are_kept_by_chat_and_go_with_it(database: Database) -> None:
    store = SqliteUnsent(database)
    SqliteChats(database).save(Chat("other"), NOON)
    store.keep("full", {"reply:1": "Bonjour", "pasted:link": "x.com"})
    store.keep("other", {"reply:1": "Bonsoir"})
    store.keep("full", {"reply:1": "Bonjour Awa \ud83d"})
    assert store.texts("full") == {"reply:1": "Bonjour Awa \ufffd"}
    SqliteChats(database).delete("full")
    assert store.texts("full") == {}
    assert store.texts("other") == {"reply:1": "Bonsoir"}


@pytest.mark.parametrize("instant", ["2026-12-05T12:00:00", "9999-12-31T23:59:59+00:00", "soon"])
def test_a_row_whose_instant_no_clock_can_show_is_told_and_not_shown(
    database: Database, instant: str
) -> None:
    store = SqlitePosts(database)
    store.add(FULL.id, LIVE, [feed_post("1")])
    with database.writing() as connection:
        connection.execute("UPDATE post SET created_at = ?", (instant,))
    with pytest.raises(StoreError, match="cannot be read"):
        store.all(FULL.id, LIVE)
