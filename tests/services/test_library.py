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
from tchat_desktop.adapters.tchat_file import TchatFiles
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
from tchat_desktop.domain.run_sheet import build_run_sheet
from tchat_desktop.domain.x.post_text import is_valid_username
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.platform.paths import resource
from tchat_desktop.services.library import AnotherVersion, ChatLibrary, ChatStores, OpenedElsewhere
from tchat_desktop.services.ports import ChatFile, ChatFileDamaged, StoreError
from tchat_desktop.start.data_directory import DataDirectory
from tests.adapters.samples import FULL, HOUR, NOON, PNG, PNG_ID, feed_post
from tests.fakes.outgoing import Reported
from tests.fakes.texts import load_texts

LANGUAGES = [one.code for one in languages.LANGUAGES]


@dataclass
class Wall:
    at: datetime = NOON

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Wall:
    return Wall()


@pytest.fixture
def data(tmp_path: Path, clock: Wall) -> Iterator[DataDirectory]:
    with closing(DataDirectory(tmp_path / "data", clock, Reported())) as data:
        yield data


def written(path: Path, chat: Chat) -> Path:
    """A .tchat file of a chat that is not here."""
    TchatFiles().write(path, ChatFile(chat))
    return path


def keep_full(data: DataDirectory) -> None:
    data.chats.save(FULL, NOON)
    data.pictures.add(FULL.id, PNG)


def test_a_new_chat_is_saved(data: DataDirectory) -> None:
    chat = data.library.create("en", "Europe/Paris")
    assert (chat.language, chat.time_zone) == ("en", "Europe/Paris")
    assert [(saved.chat, saved.changed_at) for saved in data.chats.chats()] == [(chat, NOON)]
    assert data.library.create("en", "Europe/Paris").id != chat.id


def test_a_deleted_chat_is_gone(data: DataDirectory) -> None:
    chat = data.library.create("fr", "Africa/Dakar")
    data.library.delete(chat.id)
    assert list(data.chats.chats()) == []


# --- the example ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_opens_as_a_copy_with_its_day_to_come(
    data: DataDirectory, language: str
) -> None:
    first = data.library.open_example(language)
    second = data.library.open_example(language)
    assert first.id != second.id
    assert first.language == language
    assert len(data.chats.chats()) == 2
    # From Saturday 5 December, twelve days lead to a Thursday; the Saturday after is the 19th.
    assert first.starts_at == datetime(2026, 12, 19, 20, tzinfo=UTC)


def test_without_an_example_of_the_language_it_is_the_french_one(data: DataDirectory) -> None:
    assert data.library.open_example("wo").language == "fr"
    assert data.library.open_example("../fr").language == "fr"


@given(st.datetimes(datetime(2025, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_example_is_always_on_a_saturday_night_with_time_to_prepare(now: datetime) -> None:
    class Chats:
        def save(self, chat: Chat, changed_at: datetime) -> None:
            pass

    stores = ChatStores(Chats(), None, None, None, None)
    chat = ChatLibrary(
        stores,
        None,
        TchatFiles(),
        Wall(now),
        resource("languages"),
        load_texts,
        lambda _chat: (),
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
    assert problems_in(chat, build_run_sheet(chat, texts)) == ()
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
        assert X_RULES.remaining(f"Q{number} {question.text} #{chat.hashtag}") >= 100
        assert len(re.findall("[?؟]", question.text)) == 1
        assert question.prepared_answer
        assert all(source.startswith("https://") for source in question.sources)
    assert X_RULES.is_tag(chat.hashtag)
    assert len(chat.hashtag) <= 15
    assert [person.role for person in chat.people].count(Role.GUEST) == 2
    for handle in (chat.account, *(person.handle for person in chat.people)):
        assert is_valid_username(handle)
    assert all(person.email.endswith("@example.org") for person in chat.people)
    assert any(question.sources for question in chat.questions)


def test_the_examples_are_twins() -> None:
    french, *others = (
        TchatFiles().read(resource("languages", language, "example.tchat")).chat
        for language in LANGUAGES
    )
    for other in others:
        assert french.starts_at == other.starts_at
        for ours, theirs in zip(french.questions, other.questions, strict=True):
            assert replace(ours, text="", prepared_answer="") == replace(
                theirs, text="", prepared_answer=""
            )
        assert french.announcements == other.announcements


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


def test_a_new_edition_keeps_the_texts_and_has_its_date(data: DataDirectory, clock: Wall) -> None:
    keep_full(data)
    clock.at = NOON + timedelta(days=1)
    edition = data.library.new_edition(FULL.id)
    assert edition.id != FULL.id
    assert edition.questions == FULL.questions
    assert data.pictures.content(edition.id, PNG_ID) == PNG
    assert edition.people[0].invitation is Invitation.NOT_INVITED
    assert (edition.lessons, edition.former_lessons) == ("", FULL.lessons)
    assert edition.carried_over == ("topic", "starts_at")
    # FULL is monthly, on the first Saturday of December.
    assert edition.starts_at == datetime(2027, 1, 2, 12, tzinfo=UTC)
    assert {saved.chat.id for saved in data.chats.chats()} == {FULL.id, edition.id}
    with pytest.raises(KeyError):
        data.library.new_edition("none")


# --- files ---------------------------------------------------------------------------------


def test_what_was_exported_comes_in_on_another_computer(
    data: DataDirectory, tmp_path: Path
) -> None:
    path = tmp_path / "chat.tchat"
    keep_full(data)
    posts = [feed_post("1"), replace(feed_post("2"), starred=True)]
    data.posts.add(FULL.id, Occasion.LIVE, posts)
    data.posts.add(FULL.id, Occasion.REHEARSAL, [feed_post("3")])
    data.library.export_file(FULL.id, path)
    data.chats.delete(FULL.id)
    file = data.library.import_file(path)
    assert file == ChatFile(FULL, tuple(posts), (PNG,))
    assert data.pictures.content(FULL.id, PNG_ID) == PNG
    assert data.chats.load(FULL.id) == FULL
    assert data.posts.all(FULL.id, Occasion.LIVE) == posts


def rows(data: DataDirectory, chat_id: str) -> dict[str, OutboxPost]:
    return {row.slot: row for row in data.outbox.rows(chat_id, Occasion.LIVE)}


def open_hour(data: DataDirectory) -> None:
    """The chat is in the middle of its hour here."""
    keep_full(data)
    data.outbox.add(replace(row, id=f"id-{row.slot}", chat_id=FULL.id) for row in HOUR)


def test_a_copy_made_in_mid_hour_knows_what_is_out_and_waits_to_be_told(
    data: DataDirectory, clock: Wall, tmp_path: Path
) -> None:
    path = tmp_path / "chat.tchat"
    open_hour(data)
    clock.at = NOON + timedelta(minutes=7)
    data.library.export_file(FULL.id, path)
    # On the other computer.
    data.library.delete(FULL.id)
    copy = data.library.import_file(path).chat
    assert copy == replace(FULL, live_elsewhere=NOON + timedelta(minutes=7))
    assert data.chats.load(FULL.id) == copy
    states = {slot: row.state for slot, row in rows(data, FULL.id).items()}
    assert states == {row.slot: row.state for row in HOUR}
    # Taken in once more, it is the same copy.
    assert data.library.import_file(path).chat == copy
    assert len(data.chats.chats()) == 1


def test_a_copy_that_comes_home_changes_nothing_there(data: DataDirectory, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    open_hour(data)
    data.library.export_file(FULL.id, path)
    before = rows(data, FULL.id)
    assert data.library.import_file(path).chat == FULL
    assert rows(data, FULL.id) == before
    assert data.chats.load(FULL.id).live_elsewhere is None


def out(data: DataDirectory) -> dict[str, PostState]:
    return {slot: row.state for slot, row in rows(data, FULL.id).items()}


IN_MID_HOUR = {row.slot: row.state for row in HOUR}


@pytest.mark.parametrize("opened_here", [False, True], ids=["never opened", "opened in time"])
@pytest.mark.parametrize("topic", [FULL.topic, "Mended here"], ids=["same", "edited"])
def test_a_chat_prepared_here_is_told_what_was_published_elsewhere(
    data: DataDirectory, clock: Wall, tmp_path: Path, topic: str, opened_here: bool
) -> None:
    """The battery of the other computer died: its copy comes in over the one of the day before."""
    path = tmp_path / "chat.tchat"
    open_hour(data)
    data.posts.add(FULL.id, Occasion.LIVE, [feed_post("1")])
    data.library.export_file(FULL.id, path)
    data.library.delete(FULL.id)
    # On this computer, where it was brought in the day before.
    data.chats.save(replace(FULL, topic=topic), NOON)
    if opened_here:
        waits = [replace(row, state=PostState.PLANNED, attempts=0, remote_id="") for row in HOUR]
        data.outbox.add(replace(row, id=f"b-{row.slot}", chat_id=FULL.id) for row in waits)
    clock.at = NOON + timedelta(minutes=7)
    brought = data.library.import_file(path).chat
    here = data.chats.load(FULL.id)
    assert here == replace(FULL, topic=topic, live_elsewhere=NOON)
    assert out(data) == IN_MID_HOUR
    assert brought.live_elsewhere == NOON
    if topic == FULL.topic:
        assert brought == here
        assert data.posts.all(FULL.id, Occasion.LIVE) == [feed_post("1")]
        assert data.pictures.content(FULL.id, PNG_ID) == PNG


def test_the_picture_of_a_post_that_was_changed_since_comes_along(
    data: DataDirectory, tmp_path: Path
) -> None:
    path = tmp_path / "chat.tchat"
    open_hour(data)
    bare = replace(FULL, run_edits=())
    data.chats.save(bare, NOON)
    data.library.export_file(bare.id, path)
    data.library.delete(FULL.id)
    data.library.import_file(path)
    assert rows(data, FULL.id)["q:b"].picture == HOUR[2].picture
    assert data.pictures.content(FULL.id, PNG_ID) == PNG


def test_what_was_published_from_the_copy_is_known_when_it_comes_home(
    data: DataDirectory, tmp_path: Path
) -> None:
    path = tmp_path / "chat.tchat"
    open_hour(data)
    row = rows(data, FULL.id)["q:b"]
    for state in (PostState.DUE, PostState.SENDING, PostState.SENT):
        data.outbox.move(replace(row, state=state, attempts=1), data.outbox.get(row.id).state)
    data.library.export_file(FULL.id, path)
    data.library.delete(FULL.id)
    # At home the chat was given away before that one.
    open_hour(data)
    home = rows(data, FULL.id)
    data.outbox.move(replace(home["q:c"], state=PostState.PLANNED), PostState.SKIPPED)
    assert data.library.import_file(path).chat == replace(FULL, live_elsewhere=NOON)
    assert out(data) == IN_MID_HOUR | {"q:b": PostState.SENT, "q:c": PostState.PLANNED}
    assert {slot: one.id for slot, one in rows(data, FULL.id).items()} == {
        slot: one.id for slot, one in home.items()
    }


def test_a_copy_whose_posts_did_not_come_in_is_whole_the_next_time(
    data: DataDirectory, tmp_path: Path
) -> None:
    """The computer stopped between the chat and its posts."""
    path = tmp_path / "chat.tchat"
    open_hour(data)
    data.library.export_file(FULL.id, path)
    data.library.delete(FULL.id)
    data.chats.save(replace(FULL, live_elsewhere=NOON), NOON)
    assert data.library.import_file(path).chat == replace(FULL, live_elsewhere=NOON)
    assert out(data) == IN_MID_HOUR


def test_a_copy_beside_the_chat_itself_has_posts_of_its_own(
    data: DataDirectory, tmp_path: Path
) -> None:
    path = tmp_path / "chat.tchat"
    open_hour(data)
    data.library.export_file(FULL.id, path)
    data.chats.save(replace(FULL, topic="Changed here"), NOON)
    copy = data.library.import_file(path).chat
    assert copy.id != FULL.id
    assert copy.live_elsewhere is not None
    ours, theirs = rows(data, FULL.id), rows(data, copy.id)
    assert not {row.id for row in ours.values()} & {row.id for row in theirs.values()}
    assert len(theirs) == len(HOUR)


def test_a_copy_of_a_chat_never_opened_is_a_chat_like_another(
    data: DataDirectory, tmp_path: Path
) -> None:
    path = tmp_path / "chat.tchat"
    keep_full(data)
    data.library.export_file(FULL.id, path)
    data.library.delete(FULL.id)
    assert data.library.import_file(path).chat == FULL
    assert rows(data, FULL.id) == {}


def test_the_same_chat_comes_in_once(data: DataDirectory, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    written(path, FULL)
    assert data.library.import_file(path).chat.id == FULL.id
    assert data.library.import_file(path).chat.id == FULL.id
    assert len(data.chats.chats()) == 1


def test_a_chat_that_changed_here_is_not_replaced(data: DataDirectory, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    keep_full(data)
    data.library.export_file(FULL.id, path)
    here = replace(FULL, topic="Changed here")
    data.chats.save(here, NOON)
    imported = data.library.import_file(path).chat
    assert imported == replace(FULL, id=imported.id)
    assert data.chats.load(FULL.id) == here
    assert data.pictures.content(imported.id, PNG_ID) == PNG
    assert data.chats.load(imported.id) == imported


def test_a_chat_that_cannot_be_read_here_is_not_replaced(
    data: DataDirectory, tmp_path: Path
) -> None:
    path = tmp_path / "chat.tchat"
    written(path, FULL)
    data.chats.save(FULL, NOON)
    with data.database.writing() as connection:
        connection.execute("UPDATE chat SET document = 'broken'")
    assert data.library.import_file(path).chat.id != FULL.id
    with pytest.raises(StoreError):
        data.chats.load(FULL.id)


@pytest.mark.parametrize("chat_id", ["", "../../x", "a b", "x" * 65])
def test_an_id_no_app_would_make_is_replaced(
    data: DataDirectory, tmp_path: Path, chat_id: str
) -> None:
    path = tmp_path / "chat.tchat"
    written(path, replace(FULL, id=chat_id))
    imported = data.library.import_file(path).chat
    assert imported.id != chat_id
    assert data.chats.load(imported.id) == imported
    # The same file again is the same chat.
    assert data.library.import_file(path).chat == imported
    assert len(data.chats.chats()) == 1


def test_a_damaged_file_leaves_the_library_as_it_was(data: DataDirectory, tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    path.write_text("<html>")
    with pytest.raises(ChatFileDamaged):
        data.library.import_file(path)
    assert list(data.chats.chats()) == []


def test_a_picture_that_is_gone_does_not_hold_up_a_copy(
    data: DataDirectory, tmp_path: Path
) -> None:
    path = tmp_path / "chat.tchat"
    data.chats.save(FULL, NOON)
    data.library.export_file(FULL.id, path)
    file = data.library.import_file(path)
    assert file.left_out == ("chat.run_edits[1].picture",)
    edition = data.library.new_edition(FULL.id)
    assert edition.run_edits == FULL.run_edits


# --- a file whose posts leave with nobody there --------------------------------------------


def full_file(tmp_path: Path) -> ChatFile:
    path = tmp_path / "chat.tchat"
    TchatFiles().write(path, ChatFile(FULL, (feed_post("1"),), (PNG,)))
    return TchatFiles().read(path)


def test_a_file_to_be_posted_comes_in_as_in_the_window_and_only_once(
    data: DataDirectory, tmp_path: Path
) -> None:
    file = full_file(tmp_path)
    assert data.library.bring_in_to_post(file) == FULL
    assert data.posts.all(FULL.id, Occasion.LIVE) == [feed_post("1")]
    assert data.pictures.content(FULL.id, PNG_ID) == PNG
    assert data.library.bring_in_to_post(file) == FULL
    assert data.library.import_file(tmp_path / "chat.tchat").chat == FULL
    assert len(data.chats.chats()) == 1


def test_the_pictures_come_in_the_next_time_when_it_was_stopped_before_them(
    data: DataDirectory, tmp_path: Path
) -> None:
    data.chats.save(FULL, NOON)
    data.library.bring_in_to_post(full_file(tmp_path))
    assert data.pictures.content(FULL.id, PNG_ID) == PNG


def test_a_strange_id_is_the_same_chat_for_the_window_and_for_a_run(
    data: DataDirectory, tmp_path: Path
) -> None:
    path = written(tmp_path / "chat.tchat", replace(FULL, id="../été 2026"))
    posted = data.library.bring_in_to_post(TchatFiles().read(path))
    assert data.library.import_file(path).chat == posted


def test_another_version_of_a_chat_is_not_posted_and_nothing_changes(
    data: DataDirectory, tmp_path: Path
) -> None:
    here = replace(FULL, topic="Changed here")
    data.chats.save(here, NOON)
    with pytest.raises(AnotherVersion):
        data.library.bring_in_to_post(full_file(tmp_path))
    assert [saved.chat for saved in data.chats.chats()] == [here]


@pytest.mark.parametrize("known", [False, True])
def test_a_copy_of_an_hour_of_another_computer_is_not_posted_and_nothing_changes(
    data: DataDirectory, tmp_path: Path, known: bool
) -> None:
    if known:
        data.chats.save(FULL, NOON)
    with pytest.raises(OpenedElsewhere):
        data.library.bring_in_to_post(ChatFile(FULL, hour=HOUR, hour_at=NOON))
    assert [saved.chat for saved in data.chats.chats()] == [FULL] * known
    assert rows(data, FULL.id) == {}
