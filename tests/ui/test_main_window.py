"""The window with the real storage behind it: nothing lost, and a sentence for all that fails."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters import codec
from tchat_desktop.adapters.settings_file import load_settings
from tchat_desktop.adapters.sqlite import chats as chats_table
from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.steps import StepId
from tchat_desktop.platform.paths import resource, settings_file
from tchat_desktop.services.ports import StoreError, StoreFull
from tchat_desktop.services.rehearsal_hour import RehearsalHour
from tchat_desktop.start.data_directory import DataDirectory
from tchat_desktop.start.single_instance import FirstInstance
from tchat_desktop.ui.last_folder import FileKind, last_folder
from tchat_desktop.ui.pages.rehearsing.window import FictitiousWindow
from tchat_desktop.ui.shell.crash_dialog import CrashDialog
from tchat_desktop.ui.widgets.day_edit import DayEdit
from tchat_desktop.wording import i18n
from tchat_desktop.wording.i18n import _
from tests.ui.events import deliver
from tests.ui.keyboard import press, type_text
from tests.ui.running import Person, running
from tests.ui.starts import hand_over

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

EXAMPLE = resource("languages", "fr", "example.tchat")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, folder: Path) -> Iterator[Person]:
    with running(qapp, folder) as app:
        yield Person(app, qtbot)


def chats_of(folder: Path) -> dict[str, Chat]:
    """The chats in the database by topic, read from outside; none while it is being made."""
    try:
        with closing(sqlite3.connect(f"file:{folder}/tchat.db?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT document FROM chat").fetchall()
    except sqlite3.OperationalError:
        return {}
    chats = [codec.decode(row[0].encode(), from_outside=False).chat for row in rows]
    return {chat.topic: chat for chat in chats}


def files_open_in(folder: Path) -> list[str]:
    """The files of a folder that this process has open."""
    opened = (one.path for one in psutil.Process().open_files())
    return [path for path in opened if Path(path).is_relative_to(folder)]


# --- beginning ---------------------------------------------------------------------------------


def test_a_new_chat_opens_at_its_first_step_and_is_on_disk(me: Person, folder: Path) -> None:
    me.new_chat()
    assert me.workspace.step is StepId.PURPOSE
    assert "L’objectif" in me.words()
    assert len(chats_of(folder)) == 1


def test_the_example_opens_whole(me: Person, folder: Path) -> None:
    opened = []
    me.window.example_opened.connect(lambda: opened.append(me.session.editor.chat.topic))
    me.open_example()
    chat = me.session.editor.chat
    assert opened == [chat.topic]
    assert len(chat.questions) >= 6
    assert chats_of(folder)[chat.topic] == chat


def test_every_example_is_a_chat_of_its_own(me: Person, folder: Path) -> None:
    me.open_example()
    first = me.session.editor.chat.id
    me.window.go_home()
    me.open_example()
    assert me.session.editor.chat.id != first


def test_the_window_says_nothing_when_all_is_well(me: Person) -> None:
    me.open_example()
    assert me.notice() == ""
    assert me.saved()


# --- what is said ------------------------------------------------------------------------------


def test_what_is_done_is_said_for_a_moment_and_moves_nothing(
    me: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    me.open_example()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "copie.tchat"), "")
    )
    before = me.workspace.geometry()
    moment = me.window._toast._going
    # However long looking at it takes here.
    moment.setInterval(3_600_000)
    me.window._on_export_open_chat()
    me.wait(lambda: "copie.tchat" in me.notice())
    assert me.workspace.geometry() == before
    foot = me.workspace.bar.mapTo(me.window.centralWidget(), QPoint(0, 0)).y()
    assert me.window._toast.geometry().bottom() < foot
    assert moment.isActive()
    moment.setInterval(0)
    me.wait(lambda: not me.notice())


def test_a_folder_that_is_copied_elsewhere_is_asked_about(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = "/home/awa/OneDrive/Tchats"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: folder)
    asked: list[str] = []
    wanted = iter(("Revenir", "L’utiliser quand même"))

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        words = next(wanted)
        next(button for button in box.buttons() if button.text() == words).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    chosen: list[Path] = []
    me.window.place_chosen.disconnect()
    me.window.place_chosen.connect(chosen.append)
    me.window._on_place_wanted()
    assert chosen == []
    me.window._on_place_wanted()
    assert chosen == [Path(folder)]
    assert all("OneDrive" in text for text in asked)


# --- files -------------------------------------------------------------------------------------


def test_a_file_opens_with_all_it_holds(me: Person) -> None:
    me.window.open_file(EXAMPLE)
    me.wait(lambda: me.window.workspace)
    assert "Mariage" in me.session.editor.chat.topic
    assert me.notice() == ""


def newer(path: Path) -> None:
    document = json.loads(EXAMPLE.read_text("utf-8"))
    document["version"] = 999
    path.write_text(json.dumps(document), "utf-8")


def sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)


BAD_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "n’est pas un tchat"),
    "cut short": (
        lambda path: path.write_bytes(EXAMPLE.read_bytes()[:1500]),
        "n’est pas un tchat",
    ),
    "a web page": (
        lambda path: path.write_text("<!doctype html><h1>404</h1>", "utf-8"),
        "n’est pas un tchat",
    ),
    "a list": (lambda path: path.write_text("[1, 2]", "utf-8"), "n’est pas un tchat"),
    "noise": (lambda path: path.write_bytes(bytes(range(256)) * 40), "n’est pas un tchat"),
    "of a newer app": (newer, "version plus récente"),
    "200 MB": (sparse, "trop gros"),
    "gone": (lambda path: None, "n’est plus là"),
    "a folder": (lambda path: path.mkdir(), "n’est pas un tchat"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_that_cannot_be_used_is_told_and_nothing_is_lost(
    me: Person, tmp_path: Path, folder: Path, kind: str
) -> None:
    me.new_chat()
    me.session.editor.edit(replace(me.session.editor.chat, topic="Le mien"))
    make, words = BAD_FILES[kind]
    path = tmp_path / "reçu.tchat"
    make(path)
    before = path.stat().st_size if path.exists() else None
    me.window.open_file(path)
    me.wait(me.notice)
    assert words in me.notice()
    for technical in ("Error", "Errno", "JSON", "Traceback"):
        assert technical not in me.notice()
    assert me.session.editor.chat.topic == "Le mien"
    me.wait(me.saved)
    assert set(chats_of(folder)) == {"Le mien"}
    assert (path.stat().st_size if path.exists() else None) == before


def test_what_a_file_holds_beyond_a_chat_is_left_out_and_said(me: Person, tmp_path: Path) -> None:
    document = json.loads(EXAMPLE.read_text("utf-8"))
    inner = document["chat"] if isinstance(document.get("chat"), dict) else document
    inner["consumer_key"] = "never-here"
    path = tmp_path / "odd.tchat"
    path.write_text(json.dumps(document), "utf-8")
    me.window.open_file(path)
    me.wait(lambda: me.window.workspace)
    assert _("what this version of the app does not know") in me.notice()
    assert "never-here" not in me.notice()


def test_opening_a_file_of_a_chat_one_has_never_replaces_it(
    me: Person, tmp_path: Path, folder: Path
) -> None:
    me.open_example()
    mine = me.session.editor.chat
    path = tmp_path / "copy.tchat"
    me.session.flush()
    me.app.data().library.export_file(mine.id, path)
    me.session.editor.edit(replace(mine, topic="Changé depuis"))
    me.session.flush()
    me.window.open_file(path)
    me.wait(lambda: me.session.editor.chat.topic == mine.topic)
    assert me.session.editor.chat.id != mine.id
    assert set(chats_of(folder)) == {mine.topic, "Changé depuis"}


@pytest.mark.parametrize(
    ("typed", "written"),
    [("copie", "copie.tchat"), ("copie.tchat", "copie.tchat"), ("Tchat 5.12", "Tchat 5.12.tchat")],
)
def test_a_copy_is_written_under_the_name_typed(
    me: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, written: str
) -> None:
    me.open_example()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / typed), "")
    )
    # The last edit is in the copy, though it was made just before.
    me.session.editor.edit(replace(me.session.editor.chat, topic="Tout dernier"))
    me.window.bar.export_wanted.emit()
    me.wait(me.notice)
    assert written in me.notice()
    assert "Tout dernier" in (tmp_path / written).read_text("utf-8")


def test_a_copy_that_cannot_be_written_is_told(
    me: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    me.open_example()
    nowhere = str(tmp_path / "none" / "copie.tchat")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (nowhere, ""))
    me.window.bar.export_wanted.emit()
    me.wait(me.notice)
    assert me.window.session is not None


def test_an_error_stands_until_the_same_succeeds(
    me: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    me.open_example()
    path = tmp_path / "none" / "copie.tchat"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    notice = me.window.notice
    me.window.bar.export_wanted.emit()
    me.wait(notice.isVisible)
    # Another thing that is done says nothing of this one.
    me.window.telling.tell("Autre chose", "well")
    assert notice.isVisible()
    path.parent.mkdir()
    me.window.bar.export_wanted.emit()
    me.wait(lambda: "copie.tchat" in me.window._toast.text)
    assert not notice.isVisible()
    # What was told since is another matter.
    me.window.telling.tell("Autre chose", "look")
    me.window.bar.export_wanted.emit()
    me.wait(lambda: not me.window._bridge._asked)
    assert notice.isVisible()


def test_the_next_start_goes_on_in_the_last_folder(
    me: Person, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    me.open_example()
    path = tmp_path / "copie.tchat"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    me.window.bar.export_wanted.emit()
    me.wait(lambda: load_settings(settings_file()).chat_folder == str(tmp_path))
    with running(qapp, tmp_path / "anew"):
        assert last_folder(FileKind.CHAT) == tmp_path


# --- language ----------------------------------------------------------------------------------


def test_another_language_takes_effect_at_once_and_keeps_step_and_words(me: Person) -> None:
    me.open_example()
    me.workspace.open_step(StepId.QUESTIONS)
    chat = me.session.editor.chat
    me.session.editor.edit(replace(chat, topic="Un sujet à moi"))
    me.window.language_chosen.emit("en")
    assert i18n.language() == "en"
    assert me.workspace.step is StepId.QUESTIONS
    me.wait(lambda: "The questions" in me.words())
    assert "Un sujet à moi" in me.words()
    assert "Les questions" not in me.words()
    assert me.session.editor.can_undo
    me.wait(lambda: load_settings(settings_file()).language == "en")


def type_day(me: Person, text: str) -> None:
    """Type the day of the chat, not yet acknowledged by Enter or by going elsewhere."""
    me.workspace.open_step(StepId.SCHEDULE)
    day = me.workspace.page(StepId.SCHEDULE).findChild(DayEdit)
    me.wait(day.isVisible)
    day.setFocus()
    day.selectAll()
    type_text(day, text)


def test_what_is_being_typed_survives_another_language(me: Person) -> None:
    me.new_chat()
    type_day(me, "5 décembre 2031")
    me.window.language_chosen.emit("en")
    start = me.session.editor.chat.starts_local
    assert start is not None
    assert (start.day, start.month, start.year) == (5, 12, 2031)


def test_the_home_screen_changes_language_too(me: Person) -> None:
    me.wait(lambda: "Nouveau tchat" in me.buttons())
    me.window.language_chosen.emit("en")
    me.wait(lambda: "New chat" in me.buttons())
    assert "Nouveau tchat" not in me.buttons()


def test_changing_language_many_times_leaves_nothing_behind(me: Person) -> None:
    me.open_example()
    for code in ("en", "fr", "en", "fr"):
        me.window.language_chosen.emit(code)
    deliver()
    from tchat_desktop.ui.shell.workspace import Workspace

    assert len(me.window.findChildren(Workspace)) == 1


def test_the_pretend_pages_go_with_the_screen_that_opened_them(me: Person) -> None:
    me.open_example()
    editor = me.session.editor
    editor.edit(replace(editor.chat, route=Route.ASSISTED))
    me.session.start_rehearsal()
    me.workspace.open_step(StepId.HOUR)
    page = me.hour_page()
    me.wait(lambda: page.board is not None)
    page.fictitious.open_tag()
    me.wait(page.fictitious.window.isVisible)
    me.window.language_chosen.emit("en")
    deliver()
    assert not [one for one in QApplication.allWidgets() if isinstance(one, FictitiousWindow)]


def test_a_rehearsal_that_is_over_stays_so_in_another_language(me: Person) -> None:
    me.app.rehearsal_speed = 2000.0
    me.open_example()
    me.session.start_rehearsal()
    me.workspace.open_step(StepId.HOUR)
    me.wait(lambda: me.session.editor.chat.rehearsal is not None)
    page = me.hour_page()
    me.wait(lambda: page.board is not None and page.board.is_over)
    me.window.language_chosen.emit("en")
    page = me.hour_page()
    me.wait(lambda: page.board is not None and page.board.is_over)
    # Its end was seen there: the page waits for the real chat again.
    me.workspace.open_step(StepId.REHEARSAL)
    me.wait(lambda: "Rehearse once more (10 min or more)" in me.buttons())
    assert "Start again" not in me.buttons()
    me.window.language_chosen.emit("fr")
    me.workspace.open_step(StepId.HOUR)
    assert me.hour_page().board is None


# --- undo --------------------------------------------------------------------------------------


def test_undo_and_redo_by_the_bar_reach_the_disk(me: Person, folder: Path) -> None:
    me.new_chat()
    me.session.editor.edit(replace(me.session.editor.chat, topic="Premier"))
    me.press("Annuler")
    assert me.session.editor.chat.topic == ""
    me.press("Rétablir")
    assert me.session.editor.chat.topic == "Premier"
    me.wait(me.saved)
    assert set(chats_of(folder)) == {"Premier"}


def test_undo_says_what_it_undid_and_shows_where(me: Person) -> None:
    me.new_chat()
    chat = me.session.editor.chat
    start = datetime(2026, 12, 5, 20, tzinfo=UTC)
    me.session.editor.edit(replace(chat, summary="Une heure"), field="summary")
    me.session.editor.edit(replace(me.session.editor.chat, starts_at=start))
    assert me.window.workspace is not None
    me.press("Annuler")
    assert me.window.workspace.step is StepId.SCHEDULE
    assert me.window._toast.text == "Annulé\u202f: le jour. Étape\u202f: Sujet, jour et heure."
    me.window.workspace.open_step(StepId.HOUR)
    me.press("Annuler")
    assert me.window.workspace.step is StepId.HOUR, "the hour is never taken away"
    assert "la phrase sur le sujet" in me.window._toast.text
    me.press("Rétablir")
    assert me.window._toast.text.startswith("Rétabli\u202f: la phrase sur le sujet")


# --- saving ------------------------------------------------------------------------------------


class Disk:
    """Makes the chats' table refuse to write, and write again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = False
        self.refused = 0
        write = SqliteChats.save

        def save(store: SqliteChats, chat: Chat, changed_at: object) -> None:
            if self.full:
                self.refused += 1
                raise StoreFull("database or disk is full")
            write(store, chat, changed_at)  # type: ignore[arg-type]

        monkeypatch.setattr(chats_table.SqliteChats, "save", save)
        # Do not wait three seconds between two tries.
        monkeypatch.setattr("tchat_desktop.services.autosave.RETRY", 0.05)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def test_a_full_disk_is_told_and_forgotten_when_it_is_over(
    disk: Disk, me: Person, folder: Path
) -> None:
    me.new_chat()
    disk.full = True
    me.session.editor.edit(replace(me.session.editor.chat, topic="À garder"))
    me.wait(me.notice)
    assert "disque est plein" in me.notice()
    assert "Non enregistré" in me.words()
    disk.full = False
    me.wait(me.saved)
    assert me.notice() == ""
    assert set(chats_of(folder)) == {"À garder"}


def test_a_drive_that_was_pulled_out_is_not_the_end_of_what_was_typed(
    me: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(there))
    me.new_chat()

    def gone(*_chat: object) -> None:
        raise StoreError("disk I/O error")

    monkeypatch.setattr(me.app.data().chats, "save", gone)
    me.session.editor.edit(replace(me.session.editor.chat, topic="À garder"))
    me.wait(me.notice)
    me.press("Choisir un autre endroit…")
    me.wait(lambda: (there / "tchat.db").exists() and "À garder" in chats_of(there))
    me.wait(me.saved)


def test_a_disk_that_stays_full_does_not_take_the_keyboard_away(disk: Disk, me: Person) -> None:
    me.new_chat()
    disk.full = True
    me.session.editor.edit(replace(me.session.editor.chat, topic="À garder"))
    me.wait(me.notice)
    me.wait(lambda: "Choisir un autre endroit…" in me.buttons())
    button = me.buttons()["Choisir un autre endroit…"]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    told: list[object] = []
    me.app.bridge.save_failed.connect(told.append)
    me.wait(lambda: len(told) > 2)
    assert me.buttons()["Choisir un autre endroit…"] is button
    assert button.hasFocus()
    disk.full = False


def test_another_language_does_not_hide_that_something_is_not_saved(disk: Disk, me: Person) -> None:
    me.new_chat()
    disk.full = True
    me.session.editor.edit(replace(me.session.editor.chat, topic="À garder"))
    me.wait(me.notice)
    me.window.language_chosen.emit("en")
    assert "✓ Saved" not in me.words()
    me.wait(lambda: "Not saved" in me.words())
    me.wait(me.notice)
    disk.full = False
    me.wait(lambda: "✓ Saved" in me.words())


def test_leaving_a_chat_that_is_not_saved_yet_loses_nothing(
    disk: Disk, me: Person, folder: Path
) -> None:
    me.new_chat()
    disk.full = True
    me.session.editor.edit(replace(me.session.editor.chat, topic="À garder"))
    me.wait(me.notice)
    me.window.go_home()
    disk.full = False
    me.wait(lambda: "À garder" in chats_of(folder))
    me.wait(lambda: "À garder" in me.words())
    # Nothing more to worry about, so nothing more is said.
    me.wait(lambda: me.notice() == "")


def test_an_app_that_is_closed_has_no_file_open(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    """Else Windows could not delete the folder of a demonstration."""
    with running(qapp, tmp_path) as app:
        Person(app, qtbot).new_chat()
        assert files_open_in(tmp_path)
    assert not files_open_in(tmp_path)


def test_closing_writes_the_last_edit(me: Person, folder: Path) -> None:
    me.new_chat()
    me.session.editor.edit(replace(me.session.editor.chat, topic="Tout dernier"))
    assert me.window.close()
    assert set(chats_of(folder)) == {"Tout dernier"}


def test_closing_keeps_what_was_typed_and_not_acknowledged(me: Person, folder: Path) -> None:
    me.new_chat()
    type_day(me, "5 décembre 2031")
    assert me.window.close()
    (chat,) = chats_of(folder).values()
    assert chat.starts_at is not None


def test_closing_with_a_full_disk_asks_first(disk: Disk, me: Person, folder: Path) -> None:
    me.new_chat()
    disk.full = True
    me.session.editor.edit(replace(me.session.editor.chat, topic="À garder"))
    assert not me.window.close()
    assert me.window.isVisible()
    assert me.notice()
    assert "Fermer sans enregistrer" in me.buttons()
    disk.full = False
    me.wait(me.window.close)
    assert set(chats_of(folder)) == {"À garder"}


def test_nobody_is_locked_in_by_a_full_disk(disk: Disk, me: Person) -> None:
    me.new_chat()
    disk.full = True
    me.session.editor.edit(replace(me.session.editor.chat, topic="Tant pis"))
    assert not me.window.close()
    me.press("Fermer sans enregistrer")
    assert not me.window.isVisible()
    disk.full = False


def test_closing_from_home_does_not_forget_the_chat_that_is_not_saved(
    disk: Disk, me: Person, folder: Path
) -> None:
    me.new_chat()
    disk.full = True
    me.session.editor.edit(replace(me.session.editor.chat, topic="À garder"))
    me.wait(me.notice)
    me.window.go_home()
    assert not me.window.close()
    disk.full = False
    # A try that was under way may still fail.
    me.wait(me.window.close)
    assert set(chats_of(folder)) == {"À garder"}


def test_a_window_that_stays_open_goes_on_preparing_pages(disk: Disk, me: Person) -> None:
    me.new_chat()
    disk.full = True
    me.session.editor.edit(replace(me.session.editor.chat, topic="À garder"))
    assert not me.window.close()
    disk.full = False
    me.wait(lambda: me.workspace._pages.count() == len(StepId))


# --- the place of the data ---------------------------------------------------------------------


def damaged(folder: Path) -> None:
    folder.mkdir()
    (folder / "tchat.db").write_bytes(b"this was a database once" * 400)


def test_a_damaged_database_is_told_set_aside_and_one_can_go_on(
    qapp: QApplication, qtbot: QtBot, folder: Path
) -> None:
    damaged(folder)
    with running(qapp, folder) as app:
        me = Person(app, qtbot)
        me.wait(me.notice)
        assert "mis de côté" in me.notice()
        assert list(folder.glob("tchat.damaged-*.db"))
        # There is no copy to take back, which is said rather than left to be guessed.
        me.press("Restaurer la dernière sauvegarde")
        me.wait(lambda: "sauvegarde" in me.notice())
        me.new_chat()
        assert len(chats_of(folder)) == 1


def test_the_last_copy_can_be_taken_back(qapp: QApplication, qtbot: QtBot, folder: Path) -> None:
    with running(qapp, folder) as app:
        me = Person(app, qtbot)
        me.open_example()
        topic = me.session.editor.chat.topic
        me.session.flush()
        me.app.data().database.back_up_today()
    for companion in ("-wal", "-shm"):
        Path(f"{folder / 'tchat.db'}{companion}").unlink(missing_ok=True)
    # The copy of the day was made before the example was there.
    copies = folder / "tchat-backups"
    for old in copies.glob("*.sqlite3"):
        shutil.copyfile(folder / "tchat.db", old)
    (folder / "tchat.db").write_bytes(b"this was a database once" * 400)
    with running(qapp, folder) as app:
        me = Person(app, qtbot)
        me.wait(me.notice)
        me.press("Restaurer la dernière sauvegarde")
        me.wait(lambda: topic in me.words())
        assert me.notice() == ""


def test_a_place_that_cannot_be_written_is_told_and_another_can_be_chosen(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A file where the folder should be: refused whoever runs the tests, root included.
    blocked, free = tmp_path / "blocked", tmp_path / "free"
    blocked.write_text("", "utf-8")
    free.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(free))
    with running(qapp, blocked) as app:
        me = Person(app, qtbot)
        me.wait(me.notice)
        assert "ne peut pas être modifié" in me.notice() or "écri" in me.notice()
        me.press("Choisir un autre endroit…")
        me.wait(lambda: (free / "tchat.db").exists())
        me.wait(lambda: me.notice() == "")
        me.new_chat()
        assert len(chats_of(free)) == 1
        me.wait(lambda: load_settings(settings_file()).data_dir == str(free))


def is_closed(data: DataDirectory) -> bool:
    try:
        data.chats.chats()
    except StoreError:
        return True
    return False


def test_a_chat_moves_to_another_place_with_its_last_words(
    disk: Disk, me: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = tmp_path / "free"
    free.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(free))
    me.new_chat()
    me.workspace.open_step(StepId.QUESTIONS)
    disk.full = True
    me.session.editor.edit(replace(me.session.editor.chat, topic="À garder"))
    me.wait(me.notice)
    disk.full = False
    old = me.app.data()
    monkeypatch.setattr(old.chats, "save", lambda *_a: (_ for _ in ()).throw(StoreFull("full")))
    me.press("Choisir un autre endroit…")
    me.wait(lambda: (free / "tchat.db").exists() and "À garder" in chats_of(free))
    me.wait(lambda: me.window.workspace)
    assert me.workspace.step is StepId.QUESTIONS
    me.session.editor.edit(replace(me.session.editor.chat, topic="Et la suite"))
    me.wait(lambda: "Et la suite" in chats_of(free))
    me.wait(me.saved)
    # The former place is let go of: it would say for ever that it is full.
    me.wait(lambda: is_closed(old))
    deliver()
    assert me.notice() == ""
    assert me.saved()


def test_moving_to_a_place_that_is_no_better_keeps_the_chat_on_screen(
    disk: Disk, me: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", "utf-8")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(blocked))
    me.new_chat()
    disk.full = True
    me.session.editor.edit(replace(me.session.editor.chat, topic="À garder"))
    me.wait(me.notice)
    me.press("Choisir un autre endroit…")
    me.wait(lambda: "disque est plein" not in me.notice())
    refused = disk.refused
    me.wait(lambda: disk.refused > refused + 2)
    # The sentence about the place stays, though saving fails again and again.
    assert "Choisir un autre endroit…" in me.buttons()
    assert "disque est plein" not in me.notice()
    assert me.session.editor.chat.topic == "À garder"
    assert me.workspace.isVisible()
    disk.full = False
    me.wait(me.saved)


def test_no_place_chosen_changes_nothing(
    disk: Disk, me: Person, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: "")
    me.new_chat()
    disk.full = True
    me.session.editor.edit(replace(me.session.editor.chat, topic="À garder"))
    me.wait(me.notice)
    me.press("Choisir un autre endroit…")
    assert me.notice()
    disk.full = False
    me.wait(lambda: "À garder" in chats_of(folder))


def test_a_copy_of_the_day_that_fails_does_not_hide_the_chats(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    me.open_example()
    topic = me.session.editor.chat.topic

    def full(_database: Database) -> None:
        raise StoreFull("no room for a copy")

    monkeypatch.setattr(Database, "back_up_today", full)
    me.window.go_home()
    me.wait(lambda: topic in me.words())
    assert me.notice() == ""


# --- deleting ----------------------------------------------------------------------------------


class Asked:
    """Answers questions as a person does, and remembers them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
        self.boxes: list[str] = []
        self.default = self.escape = ""

        def execute(box: QMessageBox) -> int:
            self.boxes.append(box.informativeText())
            self.default = box.defaultButton().text()
            self.escape = box.escapeButton().text()
            next(one for one in box.buttons() if one.text() == answer).click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", execute)


@pytest.mark.parametrize(("answer", "left"), [("Supprimer", 0), ("Ne pas supprimer", 1)])
def test_deleting_asks_first(
    me: Person, folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str, left: int
) -> None:
    me.open_example()
    chat = me.session.editor.chat
    me.window.go_home()
    me.wait(lambda: chat.topic in me.words())
    asked = Asked(monkeypatch, answer)
    assert me.window.home is not None
    me.window.home.delete_wanted.emit(chat.id)
    assert len(asked.boxes) == 1
    assert (asked.default, asked.escape) == ("Ne pas supprimer", "Ne pas supprimer")
    me.wait(lambda: len(chats_of(folder)) == left)
    me.wait(lambda: (chat.topic in me.words()) == bool(left))


# --- a second start ----------------------------------------------------------------------------


def test_a_second_start_hands_its_file_over(me: Person, folder: Path) -> None:
    owner = QObject()
    FirstInstance(folder, owner).started_again.connect(me.app.on_started_again)
    assert hand_over(folder, EXAMPLE)
    me.wait(lambda: me.window.workspace)
    assert "Mariage" in me.session.editor.chat.topic


def test_a_second_start_with_a_bad_file_keeps_the_chat_on_screen(
    me: Person, folder: Path, tmp_path: Path
) -> None:
    me.new_chat()
    chat = me.session.editor.chat
    owner = QObject()
    FirstInstance(folder, owner).started_again.connect(me.app.on_started_again)
    bad = tmp_path / "bad.tchat"
    bad.write_bytes(b"")
    assert hand_over(folder, bad)
    me.wait(me.notice)
    assert me.session.editor.chat == chat


# --- what nobody foresaw -----------------------------------------------------------------------


def test_errors_nobody_caught_make_one_dialog_and_the_app_goes_on(me: Person, qtbot: QtBot) -> None:
    me.new_chat()
    for number in range(3):
        me.app.bridge.report_crash(ValueError(f"number {number}"))
    me.wait(lambda: me.window.findChildren(CrashDialog))
    shown = [one for one in me.window.findChildren(CrashDialog) if one.isVisible()]
    assert len(shown) == 1
    shown[0].accept()
    qtbot.waitUntil(lambda: me.window.findChildren(CrashDialog) == [])
    me.session.editor.edit(replace(me.session.editor.chat, topic="La suite"))
    me.wait(me.saved)
    me.app.bridge.report_crash(ValueError("again"))
    me.wait(lambda: [one for one in me.window.findChildren(CrashDialog) if one.isVisible()])


def test_the_keyboard_can_go_everywhere_and_come_back_after_the_window_was_rebuilt(
    me: Person,
) -> None:
    me.wait(lambda: "Nouveau tchat" in me.buttons())
    for _round in range(3):
        reached = set()
        for _turn in range(6):
            press(QApplication.focusWidget() or me.window, Qt.Key.Key_Tab)
            focused = QApplication.focusWidget()
            assert focused is not None
            reached.add(focused.accessibleName())
            assert me.app._ring.isVisible()
        assert {"Nouveau tchat", "Français – langue de l’application"} <= reached
        me.window.rebuild()
        deliver()


def test_the_first_page_stands_where_it_stays(me: Person) -> None:
    """The steps at its side are there when it is first painted: nothing jumps."""
    me.window.resize(1280, 720)
    placed = []

    def note(_chat: str, _step: str) -> None:
        title = me.workspace.page(me.workspace.step).title
        placed.append((me.workspace.rail.isVisible(), title.mapTo(me.window, QPoint(0, 0))))

    me.window.at_chat.connect(note)
    me.new_chat()
    deliver()
    note("", "")
    assert placed[0] == placed[-1]
    assert placed[0][0]


def test_the_way_home_by_keyboard(me: Person) -> None:
    me.new_chat()
    QTest.keySequence(me.window, QKeySequence("Alt+Home"))
    me.wait(lambda: me.window.home is not None and me.window.home.isVisible())
    assert me.window.session is None


def test_the_language_changes_in_the_middle_of_the_hour(me: Person) -> None:
    """The screens are built anew around the hour, which goes on; nothing hears twice or is gone."""
    me.window.home.example_wanted.emit()
    me.wait(lambda: me.window.session is not None)
    me.app.rehearsal_speed = 1.0
    ended = []
    me.app.bridge.hour_ended.connect(ended.append)
    me.window.session.start_rehearsal()
    hour = me.session.hour(Occasion.REHEARSAL)
    assert isinstance(hour, RehearsalHour)
    clock = hour.rehearsal_clock
    me.window.workspace.open_step(StepId.HOUR)
    for code in ("en", "fr", "en", "fr"):
        # Posts leave and are answered meanwhile, however long the screens take here.
        clock.go_on_to(clock.now() + timedelta(minutes=5))
        me.window.language_chosen.emit(code)
        me.wait(lambda: me.window.workspace.page(StepId.HOUR).board is not None)
        for size in ((700, 520), (1366, 728)):
            me.window.resize(*size)
            me.wait(lambda: me.window.workspace.page(StepId.HOUR).board.strip.isVisible())
    assert not ended
    clock.run_at(2000.0)
    me.wait(lambda: bool(ended))
