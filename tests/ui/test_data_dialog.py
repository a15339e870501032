"""What is kept, whom to forget and what to take along, in the real window over a real database."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain.chat import Chat, Occasion, RecapDraft
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.steps import StepId
from tchat_desktop.start import taking_along
from tchat_desktop.start.window import App
from tchat_desktop.ui import dialogs
from tchat_desktop.ui.shell.data_dialog import MOST_FOUND, DataDialog
from tests.test_forgetting import CHAT, HANDLE, NAME, NOON, POSTS, ROWS, left
from tests.ui.pages.hands import check_names
from tests.ui.running import Person, running

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def app(qapp: QApplication, tmp_path: Path) -> Iterator[App]:
    with running(qapp, tmp_path / "data") as app:
        yield app


@pytest.fixture
def person(app: App, qtbot: QtBot) -> Person:
    """A person at the home screen, with a chat that was held."""
    person = Person(app, qtbot)
    person.wait(lambda: "Nouveau tchat" in person.buttons())
    data = app.data()
    data.chats.save(CHAT, NOON)
    data.posts.add("c", Occasion.LIVE, POSTS)
    data.outbox.add(ROWS)
    app.window.refresh_home()
    person.wait(lambda: "Mariage des enfants" in person.words())
    return person


def opened(person: Person, qtbot: QtBot) -> DataDialog:
    person.press("Voir et effacer ce qui reste sur cet ordinateur")
    found = person.window.findChildren(DataDialog)
    (dialog,) = found
    qtbot.waitUntil(lambda: bool(dialog.files.rows))
    return dialog


def open_chat(person: Person) -> None:
    home = person.window.home
    assert home is not None
    home.chat_wanted.emit("c", StepId.RECAP)
    person.wait(lambda: person.window.session)


def button(dialog: DataDialog, name: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.accessibleName() == name)


def test_it_says_what_stays_and_where(person: Person, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(person, qtbot)
    told = [one.accessibleName() for one in dialog.files.rows]
    assert told[0].startswith("Vos tchats")
    assert str(tmp_path / "data") in dialog._where.text()
    check_names(dialog)
    dialog.accept()


def test_a_person_is_forgotten_from_the_window(
    person: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def confirms(_parent: object, who: str) -> bool:
        asked.append(who)
        return len(asked) > 1

    monkeypatch.setattr(dialogs, "confirms_forgetting", confirms)
    dialog = opened(person, qtbot)
    dialog.typed.setText("personne de ce nom")
    dialog.search.click()
    qtbot.waitUntil(lambda: not dialog._told.isHidden())
    assert dialog.people.rows == ()
    dialog.typed.setText(NAME)
    dialog.search.click()
    qtbot.waitUntil(lambda: len(dialog.people.rows) == 1)
    erase = f"Effacer pour de bon… – {NAME} @{HANDLE}"
    button(dialog, erase).click()
    # Somebody who is asked and says no changes nothing.
    assert asked == [f"{NAME} @{HANDLE}"]
    assert len(person.app.data().posts.all("c", Occasion.LIVE)) == 3
    button(dialog, erase).click()
    qtbot.waitUntil(lambda: NAME in dialog._told.text, timeout=20_000)
    assert dialog.people.rows == ()
    assert left(tmp_path / "data") == []
    dialog.accept()


def test_an_open_chat_has_no_history_that_would_bring_somebody_back(
    person: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    open_chat(person)
    editor = person.session.editor
    editor.edit(replace(editor.chat, lessons=f"Remercier {NAME}"))
    editor.edit(replace(editor.chat, lessons=""))
    # The window of it is reached from the home screen, where the chat is closed.
    person.window.go_home()
    monkeypatch.setattr(dialogs, "confirms_forgetting", lambda *_asked: True)
    dialog = opened(person, qtbot)
    dialog.typed.setText(f"@{HANDLE}")
    dialog.search.click()
    qtbot.waitUntil(lambda: len(dialog.people.rows) == 1)
    button(dialog, f"Effacer pour de bon… – {NAME} @{HANDLE}").click()
    qtbot.waitUntil(lambda: NAME in dialog._told.text, timeout=20_000)
    assert left(tmp_path / "data") == []
    dialog.accept()
    open_chat(person)
    assert not person.session.editor.can_undo
    assert NAME not in str(person.session.editor.chat)


def test_a_deleted_chat_is_gone_from_the_disk(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dialogs, "confirms_delete", lambda _parent: True)
    home = person.window.home
    assert home is not None
    home.delete_wanted.emit("c")
    person.wait(lambda: "Mariage des enfants" not in person.words())
    assert left(tmp_path / "data", ("mariage des enfants", "moussa_b")) == []


def test_a_chat_is_put_away_and_taken_back(person: Person) -> None:
    home = person.window.home
    assert home is not None
    home.put_away_wanted.emit("c", True)
    person.wait(lambda: "1 tchat rangé" in person.buttons())
    assert "Mariage des enfants" not in person.words()
    assert person.app.data().chats.load("c").put_away
    home.put_away_wanted.emit("c", False)
    person.wait(lambda: "Mariage des enfants" in person.words())
    assert len(person.app.data().posts.all("c", Occasion.LIVE)) == 3


def words_in(content: bytes) -> str:
    """The words of a file in small letters, of one for Word too, which is an archive itself."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as inside:
            content = b"".join(map(inside.read, inside.namelist()))
    return content.decode("utf-8", "replace").lower()


def everything(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch) -> zipfile.ZipFile:
    """The archive of the chat, saved from its card."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    home = person.window.home
    assert home is not None
    home.archive_wanted.emit("c")
    person.wait(path.exists)
    return zipfile.ZipFile(path)


def test_everything_of_a_chat_goes_into_one_file(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with everything(person, tmp_path / "tout.zip", monkeypatch) as archive:
        names = archive.namelist()
        assert names[0] == "LISEZ-MOI.txt"
        assert {"chat.tchat", "resume.html", "chiffres.csv", "messages.csv"} <= set(names)
        readme = archive.read("LISEZ-MOI.txt").decode("utf-8-sig")
        assert all(name in readme for name in names[1:])
        assert archive.testzip() is None
        # Who is hidden is named in the file that continues the chat, and in no other.
        for name in names:
            if name != "chat.tchat":
                assert HANDLE.lower() not in words_in(archive.read(name)), name
        archive.extract("chat.tchat", tmp_path)
    file = TchatFiles().read(tmp_path / "chat.tchat")
    assert (file.chat.topic, len(file.posts)) == (CHAT.topic, 3)


def test_what_a_rehearsal_made_up_is_in_no_archive(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = person.app.data()
    data.posts.clear("c", Occasion.LIVE)
    data.outbox.clear("c", Occasion.LIVE)
    data.posts.add("c", Occasion.REHEARSAL, POSTS)
    held = [one for one in ROWS if one.occasion is Occasion.LIVE]
    rehearsed = [replace(one, occasion=Occasion.REHEARSAL) for one in held]
    data.outbox.add([one for one in rehearsed if one.state is PostState.SENT])
    with everything(person, tmp_path / "tout.zip", monkeypatch) as archive:
        assert archive.namelist() == ["LISEZ-MOI.txt", "chat.tchat"]
        assert b"La loi existe" not in archive.read("chat.tchat")


def test_an_archive_that_cannot_be_written_leaves_nothing(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "not-there" / "tout.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    home = person.window.home
    assert home is not None
    home.archive_wanted.emit("c")
    person.wait(lambda: person.window.notice.isVisible())
    assert not path.exists()
    assert list(tmp_path.glob("*.zip")) == []


def test_the_archive_tells_how_far_it_is_and_can_be_stopped(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, may_go_on, asked = tmp_path / "tout.zip", threading.Event(), taking_along._go_on
    names: list[str] = []

    def go_on(goes_on: taking_along.GoesOn, name: str) -> None:
        names.append(name)
        if len(names) == 3:
            goes_on(name)
            assert may_go_on.wait(20)
        asked(goes_on, name)

    monkeypatch.setattr(taking_along, "_go_on", go_on)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    home = person.window.home
    assert home is not None
    home.archive_wanted.emit("c")
    person.wait(lambda: len(names) == 3 and names[-1] in person.notice())
    person.press("Arrêter")
    may_go_on.set()
    person.wait(lambda: any("rien n’a été écrit" in one for one in person.words()))
    assert len(names) == 3
    assert not path.exists()


def test_the_archive_speaks_the_language_of_the_chat(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chat: Chat = replace(CHAT, language="es", recap=RecapDraft(), starts_at=NOON - timedelta(1))
    person.app.data().chats.save(chat, NOON)
    with everything(person, tmp_path / "todo.zip", monkeypatch) as archive:
        assert archive.namelist()[0] == "LEEME.txt"


def test_from_a_part_of_a_name_somebody_is_chosen(person: Person, qtbot: QtBot) -> None:
    dialog = opened(person, qtbot)
    first = NAME.split()[0].lower()
    dialog.typed.setText(first)
    dialog.search.click()
    qtbot.waitUntil(lambda: len(dialog.people.rows) >= 1)
    assert button(dialog, f"Effacer pour de bon… – {NAME} @{HANDLE}").isEnabled()
    one = POSTS[0]
    person.app.data().posts.add(
        "c",
        Occasion.LIVE,
        [
            replace(one, post=replace(one.post, id=f"90{n}", author=f"{first}{n}_ex"))
            for n in range(MOST_FOUND + 5)
        ],
    )
    dialog.search.click()
    qtbot.waitUntil(lambda: len(dialog.people.rows) == MOST_FOUND)
    assert str(MOST_FOUND) in dialog._told.text
    check_names(dialog)
    dialog.accept()


def test_the_report_leads_to_what_stays_and_closes_the_chat_for_it(
    person: Person, qtbot: QtBot
) -> None:
    open_chat(person)
    person.window.workspace.open_step(StepId.REPORT)
    person.press("Voir et effacer – Ce qui reste sur cet ordinateur")
    assert person.window.session is None
    (dialog,) = person.window.findChildren(DataDialog)
    qtbot.waitUntil(lambda: bool(dialog.files.rows))
    dialog.accept()
