"""A person, or a chat, that is to be forgotten is nowhere on the disk afterwards: byte by byte."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tchat_desktop.adapters.sqlite.backups import backups
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain.anonymity import MASK
from tchat_desktop.domain.chat import (
    Announcement,
    Chat,
    Invitation,
    Occasion,
    OwnText,
    Person,
    Question,
    RecapDraft,
    Role,
    Route,
    TellsOf,
    ThreadPost,
    Told,
)
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.domain.outgoing import OutboxPost, Planned, PostKind, PostState
from tchat_desktop.domain.shared_hour import BASELINE, Dated, Laptop, SharedHour
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.platform.paths import DATABASE
from tchat_desktop.services.coming_again import ComingAgain
from tchat_desktop.services.ports import KeptKind, StoreError
from tchat_desktop.start.data_directory import DataDirectory
from tests.fakes.outgoing import Reported

NOON = datetime(2026, 12, 6, 12, tzinfo=UTC)
HANDLE, NAME = "Awa_Ndiaye7", "Awa Ndiaye"
TRACES = ("awa_ndiaye7", "awa ndiaye", "awandiaye", "77001122", "sœur de kolda", "soeur de kolda")
"""What must not be left, in small letters: her account, her name, her telephone, her words."""
HERE = "a" * 16
"""This computer, among those that share the hour."""
HERS = "2127000000000000001"
ANSWER = "2127000000000000002"


class Wall:
    """A clock that the tests set."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at


def said(post_id: str, author: str, name: str, text: str, **more: str) -> FeedPost:
    url = f"https://x.com/{author}/status/{post_id}"
    return FeedPost(Post(post_id, author, name, text, NOON, url, **more), starred=True)


POSTS = (
    said(HERS, HANDLE, NAME, "R1 Ma sœur de Kolda a dit non."),
    said(ANSWER, "binta_k", "Binta", f"Bravo @{HANDLE} ! AWA  Ndiaye a raison", in_reply_to=HERS),
    said("2127000000000000003", "moussa_b", "Moussa", "R1 La loi existe #AwaNdiaye"),
)


def row(slot: str, **changes: object) -> OutboxPost:
    made = OutboxPost(
        id=f"row-{slot}",
        chat_id="c",
        occasion=Occasion.LIVE,
        slot=slot,
        kind=PostKind.REPLY,
        text=f"@{HANDLE} Merci !",
        due_at=NOON,
        expires_at=NOON + timedelta(minutes=5),
        route=Route.ASSISTED,
        state=PostState.SENT,
        target_id=HERS,
        target_author=HANDLE,
    )
    return replace(made, **changes)


ROWS = (
    row(f"reply:{HERS}", attempts=1, page=f"https://x.com/intent/tweet?text=%40{HANDLE}%20Merci"),
    row(f"repost:{HERS}", kind=PostKind.REPOST, text="R1 Ma sœur de Kolda a dit non.",
        url=f"https://x.com/{HANDLE}/status/{HERS}"),
    row("reply:2", state=PostState.PLANNED),
    row("guests", kind=PostKind.GUESTS, target_id="", target_author="",
        planned=Planned(f"Avec @{HANDLE}", NOON, Route.ASSISTED, PostState.PLANNED)),
    row("q:q1", kind=PostKind.QUESTION, text="Q1 Que dit la loi ?", target_id="", target_author="",
        question_id="q1", number=1),
    row("t2", occasion=Occasion.THREAD, kind=PostKind.THREAD, target_id="7", target_author="",
        text="2/3 « Ma sœur de Kolda a dit non. »", page="https://x.com/intent/tweet?text=2%2F3"),
)  # fmt: skip

QUOTED = (
    Told(TellsOf.QUOTE, "Ma sœur de Kolda a dit non.", HERS),
    Told(TellsOf.AUTHOR, NAME, HERS),
)
CHAT = Chat(
    id="c",
    topic="Mariage des enfants",
    starts_at=NOON,
    hashtag="UnionsPrécoces",
    account="voixdesfilles",
    questions=(Question("q1", "Que dit la loi ?", prepared_answer=f"Voir ce que dit {NAME}"),),
    people=(
        Person("p1", Role.GUEST, NAME, HANDLE, email="awa.ndiaye@example.org",
               bio="Juriste, 77001122", invitation=Invitation.ACCEPTED),
        Person("p2", Role.GUEST, "Moussa Ba", "moussa_b", bio=f"Collègue d’{NAME}"),
    ),
    announcements=(Announcement("a1", text=f"Avec @{HANDLE} samedi"),),
    own_texts=(OwnText("fr", "post.thanks", f"Merci à {NAME}"),),
    recap=RecapDraft(
        introduction=f"Une soirée avec {NAME}",
        comments=(("q1", f"@{HANDLE} l’a dit"),),
        order=(HERS, ANSWER),
        placed=((HERS, "k"), (ANSWER, "k")),
        between=((HERS, "Puis"), (ANSWER, f"{NAME} encore")),
        initialled_authors=(HANDLE,),
        named_authors=(HANDLE,),
        hidden_authors=(HANDLE.lower(),),
        read_again=((HERS, "0"),),
    ),
    handed_out=(("p1", "0"), ("p2", "1")),
    thanked=(HANDLE, "moussa_b"),
    to_thank=3,
    invited_again=((HANDLE, "reply"), ("moussa_b", "email")),
    thanked_by=((HANDLE, "reply"),),
    muted_authors=(HANDLE.lower(),),
    gone_from_x=(HERS,),
    lessons=f"Réinviter {NAME}",
    thread=(
        ThreadPost("t1", "31 messages"),
        ThreadPost("t2", f"Q1 La loi ?\n\n« Ma sœur de Kolda a dit non. » – {NAME}", QUOTED),
        ThreadPost("t3", "La sœur de Kolda, elle, a dit non", QUOTED),
    ),
)  # fmt: skip
OTHER = Chat(id="other", topic="Un autre tchat", starts_at=NOON, thanked=(HANDLE,), to_thank=5)


@pytest.fixture
def clock() -> Wall:
    return Wall()


@pytest.fixture
def data(tmp_path: Path, clock: Wall) -> Iterator[DataDirectory]:
    with closing(DataDirectory(tmp_path / "data", clock, Reported())) as data:
        fill(data)
        # A copy of yesterday, and one of today.
        data.library.listed()
        clock.at += timedelta(days=1)
        data.library.listed()
        assert len(backups(data.folder / DATABASE)) == 2
        yield data


def fill(data: DataDirectory) -> None:
    for chat in (CHAT, OTHER):
        data.chats.save(chat, NOON)
    data.posts.add("c", Occasion.LIVE, POSTS)
    data.posts.add("c", Occasion.REHEARSAL, POSTS[:1])
    data.posts.add("other", Occasion.LIVE, POSTS[:1])
    data.outbox.add(ROWS)
    data.unsent.keep("c", {f"reply:{HERS}": "Merci", "own": f"Avec {NAME} ce soir"})
    posts = {one.post.id: Dated(one.post, BASELINE, HERE) for one in POSTS}
    shared = SharedHour(
        "c",
        computers={HERE: Dated(Laptop("Fatou", publishes=True), BASELINE, HERE)},
        posts=posts,
        authors={HANDLE.lower(): Dated(True, BASELINE, HERE)},
    )
    data.shared.keep(CHAT, shared)
    data.templates.keep(OwnText("fr", "post.thanks", f"Merci à {NAME} et à vous"))
    for name in ("logs/tchat.log", "logs/tchat.log.1", "crashes/crash-1.txt"):
        path = data.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"une ligne\nNotAPostLink: x.com/{HANDLE}/status/1\nla suite\n", "utf-8")


def left(folder: Path, traces: tuple[str, ...] = TRACES) -> list[str]:
    """The files in which something of her stands."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().decode("utf-8", "replace").lower()
            found += [f"{path.name}: {one}" for one in traces if one in content]
    return found


def test_a_person_is_found_by_name_and_by_account(data: DataDirectory) -> None:
    for called in (f"@{HANDLE}", "awa_ndiaye7", "AWA NDIAYE", "  awa  ndiaye "):
        (found,) = data.keeping.people(called)
        assert (found.handle, found.names) == (HANDLE, frozenset({NAME}))
        assert (found.posts, found.chats) == (3, 2)
    assert not data.keeping.people("@")
    assert not data.keeping.people("Personne")


@pytest.mark.parametrize("said", ["awa", "Ndiaye", "NDIÀYE  awa", "@awa_n", "wa_ndiaye7", "âwa"])
def test_a_part_of_a_name_finds_who_may_be_meant(data: DataDirectory, said: str) -> None:
    assert HANDLE in [one.handle for one in data.keeping.people(said)]


def test_who_is_called_exactly_so_comes_before_those_with_more_posts(data: DataDirectory) -> None:
    many = [replace(POSTS[0], post=replace(POSTS[0].post, id=f"90{n}", author="moussa_bah",
                    author_name="Moussa Bah")) for n in range(9)]  # fmt: skip
    data.posts.add("c", Occasion.LIVE, many)
    assert [one.handle for one in data.keeping.people("moussa ba")] == ["moussa_b", "moussa_bah"]
    assert [one.handle for one in data.keeping.people("moussa_bah")] == ["moussa_bah"]


def test_who_wrote_under_another_name_than_as_a_guest_is_one_person(data: DataDirectory) -> None:
    for called in ("Moussa Ba", "Moussa", "@moussa_b"):
        (found,) = data.keeping.people(called)
        assert (found.handle, found.names) == ("moussa_b", frozenset({"Moussa Ba", "Moussa"}))
        assert found.posts == 1


def test_a_forgotten_person_is_nowhere_on_the_disk(data: DataDirectory) -> None:
    assert len(left(data.folder)) > 15
    (person,) = data.keeping.people(NAME)
    forgotten = data.keeping.forget(person)
    # While the app goes on, and once it is closed.
    assert left(data.folder) == []
    data.close()
    assert left(data.folder) == []
    assert forgotten.erased.posts == 3
    assert forgotten.erased.chats == 2
    assert (forgotten.copies.rewritten, forgotten.copies.removed) == (2, 0)
    log = data.folder / "logs" / "tchat.log"
    assert log.read_text("utf-8") == "une ligne\nla suite\n"


def test_a_copy_that_quotes_a_post_it_does_not_hold_is_cleaned_too(
    tmp_path: Path, clock: Wall
) -> None:
    with closing(DataDirectory(tmp_path / "early", clock, Reported())) as data:
        data.chats.save(CHAT, NOON)
        data.outbox.add(ROWS)
        assert data.database.back_up_today() is not None
        data.posts.add("c", Occasion.LIVE, POSTS)
        (person,) = data.keeping.people(f"@{HANDLE}")
        data.keeping.forget(person)
        assert left(tmp_path / "early") == []


def test_the_others_keep_their_words_and_the_chat_its_course(data: DataDirectory) -> None:
    (person,) = data.keeping.people(HANDLE)
    data.keeping.forget(person)
    answer, moussa = data.posts.all("c", Occasion.LIVE)
    assert answer.post.text == f"Bravo {MASK} ! {MASK} a raison"
    assert (answer.starred, answer.post.in_reply_to) == (True, "")
    assert moussa.post.text == f"R1 La loi existe #{MASK}"
    assert data.posts.search("c", Occasion.LIVE, ["awa"], 9) == []
    assert data.posts.search("c", Occasion.LIVE, ["bravo"], 9) == [ANSWER]
    chat = data.chats.load("c")
    assert [one.id for one in chat.people] == ["p2"]
    assert chat.people[0].bio == f"Collègue d’{MASK}"
    assert chat.thanked == ("moussa_b",)
    assert chat.to_thank == 2
    assert chat.thanked_by == ()
    assert chat.invited_again == (("moussa_b", "email"),)
    assert chat.recap.order == (ANSWER,)
    assert chat.recap.placed == ((ANSWER, "k"),)
    assert chat.recap.between == ((ANSWER, f"{MASK} encore"),)
    assert chat.recap.introduction == f"Une soirée avec {MASK}"
    assert data.chats.load("other").thanked == ()
    assert data.chats.load("other").to_thank == 4
    assert data.unsent.texts("c") == {"own": f"Avec {MASK} ce soir"}
    rows = {one.id: one for one in data.outbox.rows("c", Occasion.LIVE)}
    # What is out stays counted, and what would have left about her does not leave.
    assert set(rows) == {f"row-{one.slot}" for one in ROWS} - {"row-reply:2", "row-t2"}
    (quoting,) = data.outbox.rows("c", Occasion.THREAD)
    assert (quoting.text, quoting.page, quoting.target_id) == (MASK, "", "7")
    assert rows[f"row-reply:{HERS}"].text == f"{MASK} Merci !"
    assert rows["row-q:q1"] == ROWS[-2]
    data.outbox.check()


def test_who_is_forgotten_is_not_proposed_for_the_next_chat(data: DataDirectory) -> None:
    again = replace(new_edition(CHAT, NOON + timedelta(days=30)), people=())
    coming = ComingAgain(data.chats, data.outbox, data.posts, X_RULES)
    shown = replace(CHAT, recap=replace(CHAT.recap, hidden_authors=()), muted_authors=())
    data.chats.save(again, NOON)
    assert HANDLE.lower() not in {one.key for one in coming.before(again)}, "hidden, and muted"
    data.chats.save(shown, NOON)
    assert {one.key for one in coming.before(again)} == {HANDLE.lower(), "binta_k", "moussa_b"}
    (person,) = data.keeping.people(HANDLE)
    data.keeping.forget(person)
    assert {one.key for one in coming.before(again)} == {"binta_k", "moussa_b"}
    assert HANDLE.lower() not in [one.key for one in coming.so_far(data.chats.load("c"))]


def test_the_computer_of_the_co_host_learns_that_it_is_gone(data: DataDirectory) -> None:
    (person,) = data.keeping.people(HANDLE)
    data.keeping.forget(person)
    shared = data.shared.shared(data.chats.load("c"))
    assert shared is not None
    assert shared.posts[HERS].value is None
    assert shared.posts[HERS].at > BASELINE
    assert shared.authors == {}


def test_a_backup_that_comes_back_does_not_bring_the_person_back(
    data: DataDirectory, clock: Wall, tmp_path: Path
) -> None:
    (person,) = data.keeping.people(HANDLE)
    data.keeping.forget(person)
    for number, backup in enumerate(backups(data.folder / DATABASE)):
        place = tmp_path / f"restored-{number}"
        place.mkdir()
        shutil.copy(backup.path, place / DATABASE)
        with closing(DataDirectory(place, clock, Reported())) as restored:
            assert len(restored.chats.chats()) == 2
            assert len(restored.posts.all("c", Occasion.LIVE)) == 2
            restored.outbox.check()


def test_damaged_copies_do_not_stand_in_the_way(data: DataDirectory) -> None:
    newest = backups(data.folder / DATABASE)[0].path
    newest.write_bytes(b"no database" * 100)
    readable = data.folder / "tchat.replaced-20261201T120000Z.db"
    shutil.copy(backups(data.folder / DATABASE)[1].path, readable)
    broken = data.folder / "tchat.damaged-20261201T120000Z.db"
    broken.write_bytes(f"SQLite format 3\0 {NAME}".encode() * 100)
    (person,) = data.keeping.people(HANDLE)
    forgotten = data.keeping.forget(person)
    assert (forgotten.copies.rewritten, forgotten.copies.removed) == (2, 1)
    # What cannot be read is told of, and goes when that is wanted.
    assert forgotten.copies.left == (broken,)
    assert not newest.exists()
    assert {one.split(":")[0] for one in left(data.folder)} == {broken.name}
    data.keeping.remove(KeptKind.SET_ASIDE)
    assert not broken.exists()
    assert not readable.exists()
    assert left(data.folder) == []


def test_a_copy_of_an_older_version_is_cleaned_too(data: DataDirectory, tmp_path: Path) -> None:
    old = backups(data.folder / DATABASE)[1].path.with_name("20261101T120000Z-before-15.sqlite3")
    shutil.copy(backups(data.folder / DATABASE)[1].path, old)
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("ALTER TABLE hour DROP COLUMN ends_at")
        connection.execute("ALTER TABLE hour DROP COLUMN announced")
        connection.execute("ALTER TABLE outbox DROP COLUMN follows")
        connection.execute("PRAGMA user_version = 14")
    (person,) = data.keeping.people(HANDLE)
    assert data.keeping.forget(person).copies.rewritten == 3
    assert left(data.folder) == []


def test_a_guest_without_an_account_is_forgotten_by_name(data: DataDirectory) -> None:
    guest = Person("p3", Role.GUEST, "Mame Diarra Sow", no_account=True, bio="Sage-femme")
    chat = replace(CHAT, id="g", people=(guest,), recap=RecapDraft(guest_answers=("row-g",)))
    data.chats.save(chat, NOON)
    words = row(
        "g", chat_id="g", kind=PostKind.GUEST_ANSWER, text="Mame Diarra Sow : je pèse les filles.",
        target_id="", target_author="", guest_id="p3", guest_name="Mame Diarra Sow",
    )  # fmt: skip
    data.outbox.add([words])
    (person,) = data.keeping.people("mame diarra sow")
    assert person.handle == ""
    data.keeping.forget(person)
    assert left(data.folder, ("mame diarra", "je pèse les filles", "sage-femme")) == []
    assert data.chats.load("g").recap.guest_answers == ()
    (kept,) = data.outbox.rows("g", Occasion.LIVE)
    assert (kept.text, kept.state) == (MASK, PostState.SENT)


def test_what_is_also_a_word_is_masked_with_its_sign_alone(data: DataDirectory) -> None:
    data.posts.add("c", Occasion.LIVE, [said("5", "sante", "Santé", "Bonjour de Thiès")])
    data.posts.add("c", Occasion.LIVE, [said("6", "demba", "Demba", "La santé, dit @sante, oui")])
    (person,) = data.keeping.people("@sante")
    data.keeping.forget(person)
    texts = {one.post.id: one.post.text for one in data.posts.all("c", Occasion.LIVE)}
    assert "5" not in texts
    assert texts["6"] == f"La santé, dit {MASK}, oui"


def test_a_forgotten_chat_is_nowhere_on_the_disk(data: DataDirectory) -> None:
    traces = ("moussa_b", "la loi existe", "mariage des enfants")
    assert left(data.folder, traces)
    data.library.delete("c")
    assert left(data.folder, traces) == []
    assert [one.chat.id for one in data.chats.chats()] == ["other"]
    for backup in backups(data.folder / DATABASE):
        with closing(sqlite3.connect(backup.path)) as copy:
            assert copy.execute("SELECT id FROM chat").fetchall() == [("other",)]


def test_a_disk_that_refuses_is_told_and_it_can_be_done_again(
    data: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (person,) = data.keeping.people(HANDLE)

    def full(*_paths: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(StoreError):
            data.keeping.forget(person)
    assert len(backups(data.folder / DATABASE)) == 2
    assert not (data.folder / "tchat-backups" / "at-work").exists()
    data.keeping.forget(person)
    assert left(data.folder) == []


def test_what_is_on_the_disk_is_told_kind_by_kind(data: DataDirectory) -> None:
    told = data.keeping.on_disk()
    assert told.folder == data.folder
    kinds = {one.kind: one for one in told.files}
    assert set(kinds) >= {KeptKind.CHATS, KeptKind.BACKUPS, KeptKind.TEXTS, KeptKind.LOGS}
    assert len(kinds[KeptKind.BACKUPS].paths) == 2
    assert kinds[KeptKind.CHATS].bytes > 10_000
    data.keeping.remove(KeptKind.CRASHES)
    assert KeptKind.CRASHES not in {one.kind for one in data.keeping.on_disk().files}
    with pytest.raises(ValueError, match="needed"):
        data.keeping.remove(KeptKind.CHATS)


def test_a_file_saved_before_is_not_within_reach(data: DataDirectory, tmp_path: Path) -> None:
    path = tmp_path / "copie.tchat"
    data.library.export_file("c", path)
    (person,) = data.keeping.people(HANDLE)
    data.keeping.forget(person)
    # That is what the screen says; a file made afterwards is without her.
    assert len(TchatFiles().read(path).posts) == 3
    data.library.export_file("c", path)
    assert left(tmp_path) == []
