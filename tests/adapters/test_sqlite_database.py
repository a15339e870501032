import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tchat_desktop.adapters.sqlite import journal, schema
from tchat_desktop.adapters.sqlite.backups import (
    KEPT_DAYS,
    backups,
    folder,
    restore_latest_backup,
)
from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.adapters.sqlite.posts import SqlitePosts, post_values
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.services.ports import (
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreNewer,
    StoreReadOnly,
)
from tests.adapters.samples import FULL, NOON, feed_post, outbox_post


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "tchat.sqlite3"


@contextmanager
def opened(path: Path, now: datetime = NOON, folder: Path = schema.FOLDER) -> Iterator[Database]:
    with closing(Database(path, lambda: now, folder)) as database:
        yield database


def with_a_chat(path: Path, now: datetime = NOON) -> bytes:
    """A closed database that holds one chat and has its copy of the day; returns its bytes."""
    with opened(path, now) as database:
        SqliteChats(database).save(FULL, now)
        database.back_up_today()
    return path.read_bytes()


def topics(path: Path) -> list[str]:
    with opened(path) as database:
        return [saved.chat.topic for saved in SqliteChats(database).chats()]


def damaged(path: Path) -> StoreDamaged:
    with pytest.raises(StoreDamaged) as caught:
        Database(path, lambda: NOON)
    return caught.value


def test_it_is_made_with_its_folder(path: Path) -> None:
    with opened(path) as database, database.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert schema.version(connection) == len(schema.numbered())
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_where_a_service_copies_the_folder_all_is_in_one_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "OneDrive - Voix des filles" / "tchat.sqlite3"
    with opened(path) as database:
        chats = SqliteChats(database)
        chats.save(FULL, NOON)
        assert "journal mode is delete, because of OneDrive" in caplog.text
        # A copy that is made at any moment between two changes is whole.
        assert [one.name for one in path.parent.iterdir()] == [path.name]
        # Who reads and who writes wait for each other, and nothing more.
        with database.reading() as connection:
            rows = connection.execute("SELECT id FROM chat")
            thread = threading.Thread(target=chats.save, args=(FULL, NOON + timedelta(hours=1)))
            thread.start()
            assert rows.fetchall()
        thread.join()
    assert topics(path) == [FULL.topic]


def test_a_folder_that_a_service_begins_to_copy_loses_nothing(tmp_path: Path) -> None:
    """The same file, once with a log of writes and once without."""
    before = tmp_path / "Tchats" / "tchat.sqlite3"
    with_a_chat(before)
    after = before.parent.rename(tmp_path / "Dropbox") / before.name
    assert topics(after) == [FULL.topic]
    with opened(after) as database, database.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    back = after.parent.rename(tmp_path / "Tchats") / before.name
    with opened(back) as database, database.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert topics(back) == [FULL.topic]


@pytest.mark.parametrize(
    ("folder", "remote"),
    [
        (r"C:\Users\Awa\AppData\Local\tchat-desktop", False),
        (r"\\?\C:\Users\Awa", False),
        (r"Z:\Tchats", True),
        (r"\\?\Z:\Tchats", True),
        (r"\\serveur\partage\Tchats", True),
        (r"\\?\UNC\serveur\partage\Tchats", True),
    ],
)
def test_a_drive_of_another_computer_is_known(folder: str, remote: bool) -> None:
    kinds = {"C:\\": 3, "Z:\\": journal.REMOTE}
    assert journal.is_on_network(folder, kinds.__getitem__) is remote


@pytest.mark.skipif(os.name != "nt", reason="a question to Windows")
def test_windows_says_that_its_own_drive_is_none(tmp_path: Path) -> None:
    assert journal.journal_for(tmp_path) == (journal.WAL, "")


def test_migrations_are_numbered_without_a_gap(tmp_path: Path) -> None:
    numbers = [number for number, _ in schema.numbered()]
    assert numbers == list(range(1, len(numbers) + 1)) != []
    (tmp_path / "0001_a.sql").touch()
    (tmp_path / "0003_c.sql").touch()
    with pytest.raises(ValueError, match="numbered"):
        schema.numbered(tmp_path)


LATER = len(schema.numbered()) + 1


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations with one more."""
    place = tmp_path / "migrations"
    place.mkdir()
    for _, source in schema.numbered():
        (place / source.name).write_text(source.read_text())
    (place / f"{LATER:04}_note.sql").write_text("ALTER TABLE chat ADD COLUMN note TEXT;")
    return place


def test_an_older_database_is_copied_then_brought_up_to_date(path: Path, later: Path) -> None:
    with_a_chat(path)
    with opened(path, folder=later) as database:
        assert [saved.chat for saved in SqliteChats(database).chats()] == [FULL]
        with database.reading() as connection:
            assert schema.version(connection) == LATER
            assert connection.execute("SELECT note FROM chat").fetchone()[0] is None
    before = [one for one in backups(path) if not one.daily]
    assert [one.path.name for one in before] == [f"20261205T120000Z-before-{LATER}.sqlite3"]
    with closing(sqlite3.connect(before[0].path)) as copy:
        assert schema.version(copy) == LATER - 1
        assert copy.execute("SELECT count(*) FROM chat").fetchone()[0] == 1


def until(number: int, folder: Path) -> Path:
    """The migrations up to that number: the database of an earlier version of the app."""
    folder.mkdir()
    for _, source in schema.numbered()[:number]:
        (folder / source.name).write_text(source.read_text())
    return folder


def test_an_outbox_from_before_the_pictures_is_read_as_it_was(path: Path, tmp_path: Path) -> None:
    with closing(Database(path, lambda: NOON, until(1, tmp_path / "first"))) as database:
        SqliteChats(database).save(FULL, NOON)
        with database.writing() as connection:
            connection.execute(
                "INSERT INTO outbox VALUES ('id-q', 'full', 'live', 'q', 'question', 'Q1',"
                " 'Q1 Quels signes ? #UnionsPrécoces', '2026-12-05T12:00:00.000000+00:00',"
                " '2026-12-05T12:10:00.000000+00:00', 'keys', 'sent', '', '7',"
                " 'https://x.com/a/status/7', '', '', 1, NULL, NULL)"
            )
    with opened(path) as database:
        assert SqliteOutbox(database).rows("full", Occasion.LIVE) == [
            outbox_post(
                "q",
                state=PostState.SENT,
                remote_id="7",
                url="https://x.com/a/status/7",
                attempts=1,
            )
        ]


def test_posts_marked_as_reposted_before_keep_their_other_marks(path: Path, tmp_path: Path) -> None:
    with closing(Database(path, lambda: NOON, until(3, tmp_path / "before"))) as database:
        SqliteChats(database).save(FULL, NOON)
        with database.writing() as connection:
            connection.execute(
                "INSERT INTO post VALUES (1, 'full', 'live', '7', 'awa_ex', 'Awa', 'Oui',"
                " '2026-12-05T12:00:00.000000+00:00', '', '', 0, 1, 0, 1, 1, 'q1', '')"
            )
    with opened(path) as database:
        (kept,) = SqlitePosts(database).all("full", Occasion.LIVE)
        assert (kept.starred, kept.answered, kept.question_id) == (True, True, "q1")


def test_the_index_of_words_goes_and_the_posts_stay(path: Path, tmp_path: Path) -> None:
    posts = [feed_post("1", "témoignage chuchoté"), feed_post("2", "Bonjour")]
    with closing(Database(path, lambda: NOON, until(8, tmp_path / "before"))) as database:
        SqliteChats(database).save(FULL, NOON)
        with database.writing() as connection:
            for one in posts:
                values = post_values("full", Occasion.LIVE, one)
                # These columns came later than the index.
                for name in ("names_child", "by_hand", "words"):
                    del values[name]
                columns, places = ", ".join(values), ", ".join(f":{name}" for name in values)
                connection.execute(f"INSERT INTO post ({columns}) VALUES ({places})", values)
        with database.reading() as connection:
            found = connection.execute(
                "SELECT rowid FROM post_words WHERE post_words MATCH 'temo*'"
            )
            assert len(found.fetchall()) == 1
    with opened(path) as database:
        kept = SqlitePosts(database)
        assert list(kept.all("full", Occasion.LIVE)) == posts
        kept.remove("full", Occasion.LIVE, "1")
        kept.add("full", Occasion.LIVE, [feed_post("3", "Merci")])
        assert [one.post.id for one in kept.all("full", Occasion.LIVE)] == ["2", "3"]
        with database.reading() as connection:
            names = [row["name"] for row in connection.execute("SELECT name FROM sqlite_master")]
    # The one there is now came later, and knows nothing of what was taken out.
    assert {"post_words", "post_added"} <= set(names)
    assert b"temoignage" not in path.read_bytes()


def test_posts_of_before_are_found_once_the_words_are_indexed(path: Path, tmp_path: Path) -> None:
    with closing(Database(path, lambda: NOON, until(13, tmp_path / "before"))) as database:
        SqliteChats(database).save(FULL, NOON)
        values = post_values("full", Occasion.LIVE, feed_post("1", "Témoignage CHUCHOTÉ"))
        del values["words"]
        columns, places = ", ".join(values), ", ".join(f":{name}" for name in values)
        with database.writing() as connection:
            connection.execute(f"INSERT INTO post ({columns}) VALUES ({places})", values)
    with opened(path) as database:
        kept = SqlitePosts(database)
        assert kept.search("full", Occasion.LIVE, ["chuchote", "moign"], 9) == ["1"]
        assert kept.all("full", Occasion.LIVE) == [feed_post("1", "Témoignage CHUCHOTÉ")]


@pytest.mark.parametrize("how", ["remove", "clear", "correct", "complete", "delete the chat"])
def test_nothing_of_a_post_that_was_taken_out_stays_in_the_index(path: Path, how: str) -> None:
    secret, plain = feed_post("1", "xyzzyxyzzy"), feed_post("1", "Bonjour")
    with opened(path) as database:
        chats, kept = SqliteChats(database), SqlitePosts(database)
        chats.save(FULL, NOON)
        kept.add("full", Occasion.LIVE, [feed_post("0", "Avant")])
        kept.add("full", Occasion.LIVE, [secret])
        kept.add("full", Occasion.LIVE, [feed_post("2", "Après")])
    assert b"xyz" in path.read_bytes()
    with opened(path) as database:
        chats, kept = SqliteChats(database), SqlitePosts(database)
        ways: dict[str, Callable[[], object]] = {
            "remove": lambda: kept.remove("full", Occasion.LIVE, "1"),
            "clear": lambda: kept.clear("full", Occasion.LIVE),
            "correct": lambda: kept.correct("full", Occasion.LIVE, "1", plain.post, ""),
            "complete": lambda: kept.complete("full", Occasion.LIVE, [plain.post]),
            "delete the chat": lambda: chats.delete("full"),
        }
        ways[how]()
    assert b"xyz" not in path.read_bytes()


def test_a_migration_that_fails_changes_nothing(path: Path, later: Path) -> None:
    with_a_chat(path)
    (later / f"{LATER:04}_note.sql").write_text(
        "ALTER TABLE chat ADD COLUMN note TEXT;\nINSERT INTO nowhere VALUES (1);"
    )
    with pytest.raises(StoreError, match="nowhere"):
        Database(path, lambda: NOON, later)
    with opened(path) as database, database.reading() as connection:
        columns = [row["name"] for row in connection.execute("PRAGMA table_info(chat)")]
    assert "note" not in columns
    assert topics(path) == [FULL.topic]


def test_two_that_bring_it_up_to_date_at_once_do_not_stumble(
    path: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window and the command line, started together after an update."""
    with_a_chat(path)
    with opened(path, folder=later) as database, database.reading() as connection:
        versions = iter([LATER - 1, LATER])
        monkeypatch.setattr(schema, "version", lambda _connection: next(versions))
        schema.migrate(connection, schema.numbered(later))


def test_a_newer_database_is_not_touched(path: Path) -> None:
    with_a_chat(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(StoreNewer):
        Database(path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*damaged*"))


@pytest.mark.parametrize("kept", [1, 60, 100, 4096, 4097, 20_000])
def test_a_truncated_database_is_set_aside_whole(path: Path, kept: int) -> None:
    cut = with_a_chat(path)[:kept]
    path.write_bytes(cut)
    aside = damaged(path).aside
    assert aside.name == "tchat.damaged-20261205T120000Z.sqlite3"
    assert aside.read_bytes() == cut
    # Told once: the next start has a fresh one.
    assert topics(path) == []


def test_a_database_cut_to_nothing_is_not_taken_for_a_new_one(path: Path) -> None:
    with_a_chat(path)
    path.write_bytes(b"")
    assert damaged(path).aside.read_bytes() == b""


@pytest.mark.parametrize(
    "place", [slice(0, 16), slice(40, 70), slice(100, 200), slice(4096, 4200), slice(8192, None)]
)
def test_garbage_in_the_database_is_found(path: Path, place: slice) -> None:
    content = bytearray(with_a_chat(path))
    content[place] = b"\xa5" * len(content[place])
    path.write_bytes(content)
    # Numbers in the header that say "a later version" are believed: that one is not touched.
    with pytest.raises((StoreDamaged, StoreNewer)):
        Database(path)
    assert bytes(content) in [one.read_bytes() for one in path.parent.glob("tchat*.sqlite3")]


@pytest.mark.parametrize("content", [b"not a database at all", b"<html>" * 5000, b"\0" * 9000])
def test_another_file_in_its_place_is_set_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert damaged(path).aside.read_bytes() == content


def test_the_database_of_another_program_is_set_aside(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    assert damaged(path).aside.exists()


@pytest.mark.parametrize("content", [b"short", b"not a database at all" * 500])
def test_the_companions_of_a_damaged_database_go_with_it(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    Path(f"{path}-wal").write_bytes(b"the last edits")
    aside = damaged(path).aside
    assert Path(f"{aside}-wal").read_bytes() == b"the last edits"
    assert not Path(f"{path}-wal").exists()


def test_the_edits_in_the_log_of_a_damaged_database_are_kept_too(path: Path) -> None:
    crashed = path.with_name("crashed.sqlite3")
    with opened(path) as database:
        SqliteChats(database).save(FULL, NOON)
    with opened(path) as database:
        SqliteChats(database).save(FULL, NOON)
        cut = path.read_bytes()[:8192]
        crashed.write_bytes(cut)
        wal = Path(f"{path}-wal").read_bytes()
        Path(f"{crashed}-wal").write_bytes(wal)
    aside = damaged(crashed).aside
    assert aside.read_bytes() == cut
    assert Path(f"{aside}-wal").read_bytes() == wal


def test_two_damaged_databases_in_a_second_are_both_kept(path: Path) -> None:
    path.parent.mkdir()
    for content in (b"first, not a database", b"second, not a database"):
        path.write_bytes(content)
        assert damaged(path).aside.read_bytes() == content
    assert len(list(path.parent.glob("*damaged*"))) == 2


def test_what_is_in_the_log_of_writes_alone_is_there_after_a_crash(path: Path) -> None:
    crashed = path.with_name("crashed.sqlite3")
    with opened(path) as database:
        SqliteChats(database).save(FULL, NOON)
        # As a crash would leave them: nothing was carried over into the database yet.
        for companion in ("", "-wal"):
            Path(f"{crashed}{companion}").write_bytes(Path(f"{path}{companion}").read_bytes())
    assert topics(crashed) == [FULL.topic]


# --- copies --------------------------------------------------------------------------------


def test_one_copy_a_day_and_the_last_ones_kept(path: Path) -> None:
    for day in range(8):
        now = NOON + timedelta(days=day)
        with opened(path, now) as database:
            assert database.back_up_today() is not None
            assert database.back_up_today() is None
    kept = backups(path)
    assert len(kept) == KEPT_DAYS
    assert kept[0].taken_at == NOON + timedelta(days=7)
    # Each is one whole file: nothing else is needed to read it.
    assert sorted(one.name for one in folder(path).iterdir()) == sorted(
        one.path.name for one in kept
    )


def test_a_damaged_database_can_be_replaced_by_its_copy(path: Path) -> None:
    with_a_chat(path)
    path.write_bytes(b"not a database at all")
    damaged(path)
    restored = restore_latest_backup(path, NOON)
    assert restored is not None
    assert restored.taken_at == NOON
    assert restored.path.exists()
    assert topics(path) == [FULL.topic]


def test_what_comes_back_from_a_copy_publishes_nothing_by_itself(path: Path) -> None:
    with opened(path) as database:
        SqliteChats(database).save(FULL, NOON)
        SqliteOutbox(database).add([outbox_post("q1")])
        database.back_up_today()
        # Out since, which the copy does not know.
        row = SqliteOutbox(database).get("id-q1")
        SqliteOutbox(database).move(replace(row, state=PostState.DUE), row.state)
    restore_latest_backup(path, NOON)
    with opened(path) as database:
        assert SqliteOutbox(database).get("id-q1") == row
        assert SqliteOutbox(database).hour_state(FULL.id, Occasion.LIVE).paused


def test_a_damaged_copy_is_passed_over(path: Path) -> None:
    with_a_chat(path)
    with_a_chat(path, NOON + timedelta(days=1))
    newest, older = backups(path)
    newest.path.write_bytes(newest.path.read_bytes()[:5000])
    assert restore_latest_backup(path, NOON) == older
    assert topics(path) == [FULL.topic]


def test_restoring_keeps_the_database_it_replaces(path: Path) -> None:
    with_a_chat(path)
    with opened(path) as database:
        SqliteChats(database).delete(FULL.id)
    restore_latest_backup(path, NOON)
    assert topics(path) == [FULL.topic]
    assert topics(path.with_name("tchat.replaced-20261205T120000Z.sqlite3")) == []


def test_a_full_disk_while_restoring_leaves_the_database_where_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_chat(path)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreFull):
        restore_latest_backup(path, NOON)
    assert not list(path.parent.glob("*.part"))
    monkeypatch.undo()
    assert topics(path) == [FULL.topic]


def test_without_a_copy_nothing_is_restored(path: Path) -> None:
    assert restore_latest_backup(path, NOON) is None
    with opened(path):
        pass
    before = path.read_bytes()
    assert restore_latest_backup(path, NOON) is None
    assert path.read_bytes() == before


def test_a_copy_can_be_made_while_another_thread_writes(path: Path) -> None:
    with opened(path) as database, database.writing() as connection:
        connection.execute("INSERT INTO chat VALUES ('half', '{}', '')")
        maker = threading.Thread(target=database.back_up_today)
        maker.start()
        maker.join(10)
        assert not maker.is_alive()
    with closing(sqlite3.connect(backups(path)[0].path)) as copy:
        assert copy.execute("SELECT count(*) FROM chat").fetchone()[0] == 0


# --- a disk that refuses -------------------------------------------------------------------


def test_a_full_disk_is_told_and_what_was_saved_stays(path: Path) -> None:
    with opened(path) as database:
        chats = SqliteChats(database)
        chats.save(FULL, NOON)
        with database.reading() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")
        large = FULL.__class__(id="large", lessons="x" * 200_000)
        with pytest.raises(StoreFull):
            chats.save(large, NOON)
        assert [saved.chat for saved in chats.chats()] == [FULL]
        with database.reading() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")
        chats.save(large, NOON)
        assert chats.load("large") == large


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    # Works for the administrator too, whom permissions do not stop.
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StoreReadOnly):
        Database(tmp_path / "data" / "tchat.sqlite3")


def test_a_database_that_cannot_be_written_is_told(path: Path) -> None:
    with opened(path) as database:
        with database.reading() as connection:
            connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreReadOnly):
            SqliteChats(database).save(FULL, NOON)


def test_a_write_that_another_process_holds_up_is_an_error_not_damage(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tchat_desktop.adapters.sqlite.database.BUSY_SECONDS", 0.01)
    with opened(path) as database, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            SqliteChats(database).save(FULL, NOON)
        other.execute("ROLLBACK")
        SqliteChats(database).save(FULL, NOON)


# --- threads -------------------------------------------------------------------------------


def test_many_threads_write_at_once(path: Path) -> None:
    failures: list[BaseException] = []
    with opened(path) as database:
        chats = SqliteChats(database)

        def write(name: str) -> None:
            try:
                for number in range(10):
                    chats.save(FULL.__class__(id=f"{name}-{number}"), datetime.now(UTC))
                    chats.chats()
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=write, args=(f"t{index}",)) for index in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert failures == []
        assert len(chats.chats()) == 40


def test_the_connection_of_a_thread_that_ended_is_closed(path: Path) -> None:
    with opened(path) as database:
        for _ in range(5):
            reader = threading.Thread(target=SqliteChats(database).chats)
            reader.start()
            reader.join(10)
        SqliteChats(database).chats()
        assert len(database._connections) == 1


def test_a_closed_database_is_a_store_error(path: Path) -> None:
    with opened(path) as database:
        pass
    with pytest.raises(StoreError, match="closed"):
        SqliteChats(database).chats()


def test_a_transaction_that_fails_leaves_nothing(path: Path) -> None:
    with opened(path) as database:

        def half() -> None:
            with database.writing() as connection:
                connection.execute("INSERT INTO chat VALUES ('a', '{}', '')")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            half()
        assert SqliteChats(database).chats() == []
        SqliteChats(database).save(FULL, NOON)


@pytest.mark.parametrize("whole_chat", [False, True])
def test_nothing_of_what_was_deleted_stays_in_the_file(path: Path, whole_chat: bool) -> None:
    secret = feed_post("99", "témoignage chuchoté")
    said = replace(secret.post, author="awa_temoin", author_name="Awa Ndiaye")
    with opened(path) as database:
        chats, posts = SqliteChats(database), SqlitePosts(database)
        chats.save(FULL, NOON)
        posts.add("full", Occasion.LIVE, [feed_post(str(n), f"mot {n}") for n in range(99)])
        posts.add("full", Occasion.LIVE, [replace(secret, post=said)])
        if whole_chat:
            chats.delete("full")
        else:
            posts.remove("full", Occasion.LIVE, "99")
    content = path.read_bytes()
    for trace in ("chuchoté", "chuchote", "awa_temoin", "Ndiaye", "ndiaye"):
        assert trace.encode() not in content
