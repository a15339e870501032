import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.adapters import codec
from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.adapters.sqlite.pictures import SqlitePictures
from tchat_desktop.adapters.sqlite.posts import SqlitePosts
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.adapters.texts_file import load_texts
from tchat_desktop.domain import languages
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import (
    Chat,
    Invitation,
    Occasion,
    Role,
)
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.protection import answer, lines_to_give
from tchat_desktop.domain.questions import advised, hints
from tchat_desktop.domain.run_checks import problems_in
from tchat_desktop.domain.run_sheet import build
from tchat_desktop.domain.x.post_text import is_valid_hashtag, is_valid_username, remaining
from tchat_desktop.platform.paths import resource
from tchat_desktop.services.library import Library
from tchat_desktop.services.ports import ChatFile, ChatFileDamaged, StoreError
from tests.adapters.samples import FULL, HOUR, NOON, PNG, PNG_ID, feed_post

LANGUAGES = [one.code for one in languages.LANGUAGES]


@dataclass
class Wall:
    at: datetime = NOON

    def now(self) -> datetime:
        return self.at


@dataclass
class Shelf:
    library: Library
    clock: Wall
    database: Database
    chats: SqliteChats
    posts: SqlitePosts
    outbox: SqliteOutbox
    pictures: SqlitePictures


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with closing(Database(tmp_path / "tchat.sqlite3")) as database:
        chats, posts, clock = SqliteChats(database), SqlitePosts(database), Wall()
        pictures, outbox = SqlitePictures(database), SqliteOutbox(database)
        library = Library(
            chats, posts, outbox, pictures, TchatFiles(), clock, resource("languages")
        )
        yield Shelf(library, clock, database, chats, posts, outbox, pictures)


def keep_full(shelf: Shelf) -> None:
    shelf.chats.save(FULL, NOON)
    shelf.pictures.add(FULL.id, PNG)


def test_a_new_chat_is_saved(shelf: Shelf) -> None:
    chat = shelf.library.create("en", "Europe/Paris")
    assert (chat.language, chat.time_zone) == ("en", "Europe/Paris")
    assert [(saved.chat, saved.changed_at) for saved in shelf.library.chats()] == [(chat, NOON)]
    assert shelf.library.create("en", "Europe/Paris").id != chat.id


def test_a_deleted_chat_is_gone(shelf: Shelf) -> None:
    chat = shelf.library.create("fr", "Africa/Dakar")
    shelf.library.delete(chat.id)
    assert list(shelf.library.chats()) == []


# --- the example ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_opens_as_a_copy_with_its_day_to_come(shelf: Shelf, language: str) -> None:
    first = shelf.library.open_example(language)
    second = shelf.library.open_example(language)
    assert first.id != second.id
    assert first.language == language
    assert len(shelf.library.chats()) == 2
    # From Saturday 5 December, twelve days lead to a Thursday; the Saturday after is the 19th.
    assert first.starts_at == datetime(2026, 12, 19, 20, tzinfo=UTC)


def test_without_an_example_of_the_language_it_is_the_french_one(shelf: Shelf) -> None:
    assert shelf.library.open_example("ar").language == "fr"
    assert shelf.library.open_example("../fr").language == "fr"


@given(st.datetimes(datetime(2025, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_example_is_always_on_a_saturday_night_with_time_to_prepare(now: datetime) -> None:
    class Chats:
        def save(self, chat: Chat, changed_at: datetime) -> None:
            pass

    chat = Library(
        Chats(), None, None, None, TchatFiles(), Wall(now), resource("languages")
    ).open_example("fr")
    start = chat.starts_local
    assert start is not None
    assert (start.weekday(), start.hour, start.minute) == (5, 20, 0)
    assert 12 <= (start.date() - now.date()).days <= 18


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_has_nothing_to_be_corrected(language: str) -> None:
    chat = TchatFiles().read(resource("languages", language, "example.tchat")).chat
    texts = load_texts(language)
    found = hints(chat, texts)
    assert set(found) == {question.id for question in chat.questions}
    assert [hint for some in found.values() for hint in some] == []
    assert problems_in(chat, build(chat, texts)) == ()
    assert unfilled(answer(chat, texts)) == ()
    assert chat.help_lines
    assert lines_to_give(chat) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_keeps_the_rules_it_teaches(language: str) -> None:
    path = resource("languages", language, "example.tchat")
    file = TchatFiles().read(path)
    chat = file.chat
    assert file.left_out == ()
    assert file.posts == ()
    assert path.read_bytes() == codec.encode(file, pretty=True)
    assert not re.search("(?i)heure|hour", chat.summary), "the announcements say how long"
    fewest, most = advised(chat.minutes)
    assert fewest <= len(chat.questions) <= most
    assert [question.essential for question in chat.questions].count(False) == 2
    for number, question in enumerate(chat.questions, start=1):
        assert remaining(f"Q{number} {question.text} #{chat.hashtag}") >= 100
        assert question.text.count("?") == 1
        assert question.prepared_answer
        assert all(source.startswith("https://") for source in question.sources)
    assert is_valid_hashtag(chat.hashtag)
    assert len(chat.hashtag) <= 15
    assert [person.role for person in chat.people].count(Role.GUEST) == 2
    for handle in (chat.account, *(person.handle for person in chat.people)):
        assert is_valid_username(handle)
    assert all(person.email.endswith("@example.org") for person in chat.people)
    assert any(question.sources for question in chat.questions)


def test_the_examples_are_twins() -> None:
    french, english = (
        TchatFiles().read(resource("languages", language, "example.tchat")).chat
        for language in LANGUAGES
    )
    assert french.starts_at == english.starts_at
    for ours, theirs in zip(french.questions, english.questions, strict=True):
        assert replace(ours, text="", prepared_answer="") == replace(
            theirs, text="", prepared_answer=""
        )
    assert [one.id for one in french.announcements] == [one.id for one in english.announcements]


def test_the_french_example_is_set_as_french_is() -> None:
    chat = TchatFiles().read(resource("languages", "fr", "example.tchat")).chat
    texts = [chat.topic, chat.summary, chat.audience, chat.success]
    texts += [line.serves for line in chat.help_lines]
    for question in chat.questions:
        texts += [question.text, question.prepared_answer]
    for text in texts:
        assert "'" not in text
        assert "\u202f" not in text
        assert re.findall(r"(?<!\u00a0)[?!:;»]|«(?!\u00a0)", text) == []
    assert any("\u00a0?" in text for text in texts)


# --- the next edition ----------------------------------------------------------------------


def test_a_new_edition_keeps_the_texts_and_has_its_date(shelf: Shelf) -> None:
    keep_full(shelf)
    shelf.clock.at = NOON + timedelta(days=1)
    edition = shelf.library.new_edition(FULL.id)
    assert edition.id != FULL.id
    assert edition.questions == FULL.questions
    assert shelf.pictures.content(edition.id, PNG_ID) == PNG
    assert edition.people[0].invitation is Invitation.NOT_INVITED
    assert (edition.lessons, edition.former_lessons) == ("", FULL.lessons)
    assert edition.carried_over == ("topic", "starts_at")
    # FULL is monthly, on the first Saturday of December.
    assert edition.starts_at == datetime(2027, 1, 2, 12, tzinfo=UTC)
    assert {saved.chat.id for saved in shelf.library.chats()} == {FULL.id, edition.id}
    with pytest.raises(KeyError):
        shelf.library.new_edition("none")


# --- files ---------------------------------------------------------------------------------


def test_what_was_exported_comes_in_on_another_computer(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    keep_full(shelf)
    posts = [feed_post("1"), replace(feed_post("2"), starred=True)]
    shelf.posts.add(FULL.id, Occasion.LIVE, posts)
    shelf.posts.add(FULL.id, Occasion.REHEARSAL, [feed_post("3")])
    shelf.library.export_file(FULL, path, with_posts=True)
    shelf.chats.delete(FULL.id)
    file = shelf.library.import_file(path)
    assert file == ChatFile(FULL, tuple(posts), (PNG,))
    assert shelf.pictures.content(FULL.id, PNG_ID) == PNG
    assert shelf.chats.load(FULL.id) == FULL
    assert shelf.posts.all(FULL.id, Occasion.LIVE) == posts


def rows(shelf: Shelf, chat_id: str) -> dict[str, OutboxPost]:
    return {row.slot: row for row in shelf.outbox.rows(chat_id, Occasion.LIVE)}


def open_hour(shelf: Shelf) -> None:
    """The chat is in the middle of its hour here."""
    keep_full(shelf)
    shelf.outbox.add(replace(row, id=f"id-{row.slot}", chat_id=FULL.id) for row in HOUR)


def test_a_copy_made_in_mid_hour_knows_what_is_out_and_waits_to_be_told(
    shelf: Shelf, tmp_path: Path
) -> None:
    path = tmp_path / "chat.tchat"
    open_hour(shelf)
    shelf.clock.at = NOON + timedelta(minutes=7)
    shelf.library.export_file(FULL, path, with_posts=False)
    # On the other computer.
    shelf.library.delete(FULL.id)
    copy = shelf.library.import_file(path).chat
    assert copy == replace(FULL, live_elsewhere=NOON + timedelta(minutes=7))
    assert shelf.chats.load(FULL.id) == copy
    states = {slot: row.state for slot, row in rows(shelf, FULL.id).items()}
    assert states == {row.slot: row.state for row in HOUR}
    # Taken in once more, it is the same copy.
    assert shelf.library.import_file(path).chat == copy
    assert len(shelf.library.chats()) == 1


def test_a_copy_that_comes_home_changes_nothing_there(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    open_hour(shelf)
    shelf.library.export_file(FULL, path, with_posts=False)
    before = rows(shelf, FULL.id)
    assert shelf.library.import_file(path).chat == FULL
    assert rows(shelf, FULL.id) == before
    assert shelf.chats.load(FULL.id).live_elsewhere is None


def out(shelf: Shelf) -> dict[str, PostState]:
    return {slot: row.state for slot, row in rows(shelf, FULL.id).items()}


IN_MID_HOUR = {row.slot: row.state for row in HOUR}


@pytest.mark.parametrize("opened_here", [False, True], ids=["never opened", "opened in time"])
@pytest.mark.parametrize("topic", [FULL.topic, "Mended here"], ids=["same", "edited"])
def test_a_chat_prepared_here_is_told_what_was_published_elsewhere(
    shelf: Shelf, tmp_path: Path, topic: str, opened_here: bool
) -> None:
    """The battery of the other computer died: its copy comes in over the one of the day before."""
    path = tmp_path / "chat.tchat"
    open_hour(shelf)
    shelf.posts.add(FULL.id, Occasion.LIVE, [feed_post("1")])
    shelf.library.export_file(FULL, path, with_posts=True)
    shelf.library.delete(FULL.id)
    # On this computer, where it was brought in the day before.
    shelf.chats.save(replace(FULL, topic=topic), NOON)
    if opened_here:
        waits = [replace(row, state=PostState.PLANNED, attempts=0, remote_id="") for row in HOUR]
        shelf.outbox.add(replace(row, id=f"b-{row.slot}", chat_id=FULL.id) for row in waits)
    shelf.clock.at = NOON + timedelta(minutes=7)
    brought = shelf.library.import_file(path).chat
    here = shelf.chats.load(FULL.id)
    assert here == replace(FULL, topic=topic, live_elsewhere=NOON)
    assert out(shelf) == IN_MID_HOUR
    assert brought.live_elsewhere == NOON
    if topic == FULL.topic:
        assert brought == here
        assert shelf.posts.all(FULL.id, Occasion.LIVE) == [feed_post("1")]
        assert shelf.pictures.content(FULL.id, PNG_ID) == PNG


def test_the_picture_of_a_post_that_was_changed_since_comes_along(
    shelf: Shelf, tmp_path: Path
) -> None:
    path = tmp_path / "chat.tchat"
    open_hour(shelf)
    bare = replace(FULL, run_edits=())
    shelf.chats.save(bare, NOON)
    shelf.library.export_file(bare, path, with_posts=False)
    shelf.library.delete(FULL.id)
    shelf.library.import_file(path)
    assert rows(shelf, FULL.id)["q:b"].picture == HOUR[2].picture
    assert shelf.pictures.content(FULL.id, PNG_ID) == PNG


def test_what_was_published_from_the_copy_is_known_when_it_comes_home(
    shelf: Shelf, tmp_path: Path
) -> None:
    path = tmp_path / "chat.tchat"
    open_hour(shelf)
    row = rows(shelf, FULL.id)["q:b"]
    for state in (PostState.DUE, PostState.SENDING, PostState.SENT):
        shelf.outbox.move(replace(row, state=state, attempts=1), shelf.outbox.get(row.id).state)
    shelf.library.export_file(FULL, path, with_posts=False)
    shelf.library.delete(FULL.id)
    # At home the chat was given away before that one.
    open_hour(shelf)
    home = rows(shelf, FULL.id)
    shelf.outbox.move(replace(home["q:c"], state=PostState.PLANNED), PostState.SKIPPED)
    assert shelf.library.import_file(path).chat == replace(FULL, live_elsewhere=NOON)
    assert out(shelf) == IN_MID_HOUR | {"q:b": PostState.SENT, "q:c": PostState.PLANNED}
    assert {slot: one.id for slot, one in rows(shelf, FULL.id).items()} == {
        slot: one.id for slot, one in home.items()
    }


def test_a_copy_whose_posts_did_not_come_in_is_whole_the_next_time(
    shelf: Shelf, tmp_path: Path
) -> None:
    """The computer stopped between the chat and its posts."""
    path = tmp_path / "chat.tchat"
    open_hour(shelf)
    shelf.library.export_file(FULL, path, with_posts=False)
    shelf.library.delete(FULL.id)
    shelf.chats.save(replace(FULL, live_elsewhere=NOON), NOON)
    assert shelf.library.import_file(path).chat == replace(FULL, live_elsewhere=NOON)
    assert out(shelf) == IN_MID_HOUR


def test_a_copy_beside_the_chat_itself_has_posts_of_its_own(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    open_hour(shelf)
    shelf.library.export_file(FULL, path, with_posts=False)
    shelf.chats.save(replace(FULL, topic="Changed here"), NOON)
    copy = shelf.library.import_file(path).chat
    assert copy.id != FULL.id
    assert copy.live_elsewhere is not None
    ours, theirs = rows(shelf, FULL.id), rows(shelf, copy.id)
    assert not {row.id for row in ours.values()} & {row.id for row in theirs.values()}
    assert len(theirs) == len(HOUR)


def test_a_copy_of_a_chat_never_opened_is_a_chat_like_another(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    keep_full(shelf)
    shelf.library.export_file(FULL, path, with_posts=False)
    shelf.library.delete(FULL.id)
    assert shelf.library.import_file(path).chat == FULL
    assert rows(shelf, FULL.id) == {}


def test_posts_stay_at_home_unless_asked_for(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    shelf.chats.save(FULL, NOON)
    shelf.posts.add(FULL.id, Occasion.LIVE, [feed_post("1", "secret")])
    shelf.library.export_file(FULL, path, with_posts=False)
    assert "secret" not in path.read_text(encoding="utf-8")


def test_the_same_chat_comes_in_once(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    shelf.library.export_file(FULL, path, with_posts=False)
    assert shelf.library.import_file(path).chat.id == FULL.id
    assert shelf.library.import_file(path).chat.id == FULL.id
    assert len(shelf.library.chats()) == 1


def test_a_chat_that_changed_here_is_not_replaced(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    keep_full(shelf)
    shelf.library.export_file(FULL, path, with_posts=False)
    here = replace(FULL, topic="Changed here")
    shelf.chats.save(here, NOON)
    imported = shelf.library.import_file(path).chat
    assert imported == replace(FULL, id=imported.id)
    assert shelf.chats.load(FULL.id) == here
    assert shelf.pictures.content(imported.id, PNG_ID) == PNG
    assert shelf.chats.load(imported.id) == imported


def test_a_chat_that_cannot_be_read_here_is_not_replaced(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    shelf.library.export_file(FULL, path, with_posts=False)
    shelf.chats.save(FULL, NOON)
    with shelf.database.writing() as connection:
        connection.execute("UPDATE chat SET document = 'broken'")
    assert shelf.library.import_file(path).chat.id != FULL.id
    with pytest.raises(StoreError):
        shelf.chats.load(FULL.id)


@pytest.mark.parametrize("chat_id", ["", "../../x", "a b", "x" * 65])
def test_an_id_no_app_would_make_is_replaced(shelf: Shelf, tmp_path: Path, chat_id: str) -> None:
    path = tmp_path / "chat.tchat"
    shelf.library.export_file(replace(FULL, id=chat_id), path, with_posts=False)
    imported = shelf.library.import_file(path).chat
    assert imported.id != chat_id
    assert shelf.chats.load(imported.id) == imported


def test_a_damaged_file_leaves_the_library_as_it_was(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    path.write_text("<html>")
    with pytest.raises(ChatFileDamaged):
        shelf.library.import_file(path)
    assert list(shelf.library.chats()) == []


def test_a_picture_that_is_gone_does_not_hold_up_a_copy(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    shelf.chats.save(FULL, NOON)
    shelf.library.export_file(FULL, path, with_posts=False)
    file = shelf.library.import_file(path)
    assert file.left_out == ("chat.run_edits[1].picture",)
    edition = shelf.library.new_edition(FULL.id)
    assert edition.run_edits == FULL.run_edits
