from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Invitation, Person, Question, ReachedBy, Role
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import values
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.people.guest_errands import GuestFiles
from tchat_desktop.ui.pages.people.page import PeoplePage
from tchat_desktop.ui.pages.people.person_card import PersonCard
from tchat_desktop.ui.pages.shared.run_problem_words import time_words
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.wording.error_words import sentence
from tchat_desktop.wording.i18n import _, ngettext
from tests.fakes.texts import load_texts
from tests.ui.pages.hands import (
    check_names,
    focusable_names,
    named,
    press,
    put_on_screen,
    says,
    type_text,
)

AWA = Person("p1", name="Awa Ndiaye", handle="awa", bio="sage-femme", email="awa@example.org")
CLAIRE = Person("p2", name="Claire", handle="claire", time_zone="Europe/Paris")
CHAT = Chat(
    "c",
    topic="Mariage des enfants",
    organisation="Voix des filles",
    hashtag="UnionsPrécoces",
    starts_at=datetime(2026, 12, 5, 20, tzinfo=UTC),
    people=(AWA, CLAIRE),
)

texts_of = cache(load_texts)


class Outside:
    """What the page asks of the world, written down."""

    def __init__(self) -> None:
        self.mails: list[tuple[Person, Letter]] = []
        self.mail_opens = True
        self.mail_fits = True
        self.broken = False
        self.pages: list[str] = []

    def files(self) -> GuestFiles:
        write = self.write
        return GuestFiles(
            write, write, write, write, lambda *_letter: self.mail_fits, self.open_mail
        )

    def open_mail(self, person: Person, letter: Letter) -> bool:
        self.mails.append((person, letter))
        return self.mail_opens

    def write(self, *given: object) -> Path:
        if self.broken:
            raise PermissionError
        path = given[-1]
        assert isinstance(path, Path)
        path.write_text(" ".join(map(str, given[:-1])), "utf-8")
        return path


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def bridge() -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


@pytest.fixture
def editor() -> ChatEditor:
    return ChatEditor(CHAT)


@pytest.fixture
def page(qtbot: QtBot, editor: ChatEditor, bridge: Bridge, outside: Outside) -> PeoplePage:
    files = outside.files()
    page = PeoplePage(editor, texts_of, bridge, files, outside.pages.append)
    put_on_screen(qtbot, page, editor)
    return page


def undo_all(editor: ChatEditor) -> None:
    while editor.can_undo:
        editor.undo()


def field(page: PeoplePage, what: str, who: str) -> QLineEdit:
    return named(page, _("{what} – {person}").format(what=_(what), person=who), QLineEdit)


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))


def test_an_empty_page_teaches_and_adds_a_guest(page: PeoplePage, editor: ChatEditor) -> None:
    editor.edit(replace(editor.chat, people=()))
    assert says(page, _("No guest yet"))
    press(page, _("Add a guest"))
    assert not says(page, _("No guest yet"))
    # The cursor waits in the name of the new guest.
    name = QApplication.focusWidget()
    assert name is field(page, "Name", _("Guest {number}").format(number=1))
    type_text(name, "Fatou Bâ")
    assert [one.name for one in editor.chat.people] == ["Fatou Bâ"]
    assert QApplication.focusWidget() is name
    assert name.text() == "Fatou Bâ"
    # Typed in a row, undone as one.
    editor.undo()
    assert [one.name for one in editor.chat.people] == [""]


def test_a_yes_that_makes_the_chat_too_long_says_so_where_it_is_pressed(
    page: PeoplePage, editor: ChatEditor, qtbot: QtBot
) -> None:
    def below() -> list[QPoint]:
        QApplication.processEvents()
        names = (_("{name}: has the questions"), _("Write the invitation to {name}"))
        others = [named(page, one.format(name="Claire")) for one in names]
        return [one.mapTo(page, QPoint(0, 0)) for one in others]

    people = (replace(AWA, invitation=Invitation.INVITED), CLAIRE)
    asked = tuple(Question(str(n), f"Question {n} ?", minutes=4) for n in range(5))
    editor.edit(replace(editor.chat, people=people, questions=asked, minutes=30))
    before = run_sheet.build_run_sheet(editor.chat, texts_of("fr"))
    assert not before.overflow
    assert not says(page, time_words(before))
    places = below()
    press(page, _("{name}: has accepted").format(name=AWA.name))
    sheet = run_sheet.build_run_sheet(editor.chat, texts_of("fr"))
    assert sheet.overflow
    remedy = _("Shorten it, or keep a question in reserve.")
    assert says(page, f"{time_words(sheet)} {remedy}")
    assert below() == places
    with qtbot.waitSignal(page.step_wanted) as wanted:
        press(page, _("See the run sheet – {name}").format(name=AWA.name))
    assert wanted.args == [StepId.RUN_SHEET]
    check_names(page)


def test_verdicts_count_the_guests(page: PeoplePage, editor: ChatEditor) -> None:
    def told(*people: Person) -> None:
        editor.edit(replace(editor.chat, people=people))

    told(AWA)
    assert says(page, _("One guest: with a second voice, they can answer each other."))
    told(*(replace(AWA, id=str(number)) for number in range(5)))
    words = _("{count} guests: each will speak little. Two or three suffice.")
    assert says(page, words.format(count=5))
    check_names(page)


def test_a_wrong_handle_is_kept_and_told_beside_it(page: PeoplePage, editor: ChatEditor) -> None:
    press(page, _("Edit the details of {name}").format(name="Awa Ndiaye"))
    handle = field(page, "Name on X", "Awa Ndiaye")
    handle.selectAll()
    type_text(handle, "awandiayé")
    assert handle.text() == "awandiayé"
    assert editor.chat.people[0].handle == "awandiayé"
    problem = _(
        "A name on X has only letters without accents, digits and _. It is kept as typed: check "
        "it on the profile."
    )
    assert says(page, problem)
    assert handle.accessibleDescription() == problem
    handle.selectAll()
    type_text(handle, "https://x.com/awa_n")
    assert editor.chat.people[0].handle == "awa_n"
    assert not says(page, problem)
    QTest.keyClick(handle, Qt.Key.Key_Tab)
    assert handle.text() == "@awa_n"


@pytest.mark.parametrize("typed", ["@sf diouf", "pas de compte"])
def test_words_are_never_joined_and_nobody_is_tagged(
    page: PeoplePage, editor: ChatEditor, typed: str
) -> None:
    press(page, _("{name}: has accepted").format(name="Awa Ndiaye"))
    press(page, _("Edit the details of {name}").format(name="Awa Ndiaye"))
    handle = field(page, "Name on X", "Awa Ndiaye")
    handle.selectAll()
    type_text(handle, typed)
    QTest.keyClick(handle, Qt.Key.Key_Tab)
    assert handle.text() == typed.removeprefix("@")
    asked = _("A name on X is one word: copy it from the profile as it stands there.")
    assert says(page, asked)
    assert says(page, _("No account? Press “Has no account on X”."))
    assert "@" not in values(editor.chat, texts_of("fr"))["guests"]

    press(page, _("{name}: has no account on X").format(name="Awa Ndiaye"))
    assert editor.chat.people[0] == replace(
        AWA, handle="", no_account=True, invitation=Invitation.ACCEPTED
    )
    assert not says(page, asked)
    assert not handle.isEnabled()
    assert handle.placeholderText() == _("None: the plain name is used")
    told = _(
        "{name} sends you the answers by phone, WhatsApp or e-mail. During the chat you publish "
        "them from your account, with the name and the agreement of {name}: “Publish an answer”, "
        "on the screen of the chat."
    )
    assert says(page, told.format(name="Awa Ndiaye"))
    assert values(editor.chat, texts_of("fr"))["guests"] == "Awa Ndiaye", "Claire has not accepted"
    check_names(page)
    editor.undo()
    assert handle.text() == typed.removeprefix("@")


def test_the_profile_opens_outside(page: PeoplePage, outside: Outside) -> None:
    press(page, _("Edit the details of {name}").format(name="Awa Ndiaye"))
    press(page, _("See the profile of {person} on X").format(person="Awa Ndiaye"))
    assert outside.pages == ["https://x.com/awa"]


def test_an_incomplete_address_is_kept_and_told(page: PeoplePage, editor: ChatEditor) -> None:
    press(page, _("Edit the details of {name}").format(name="Claire"))
    type_text(field(page, "E-mail", "Claire"), "claire@")
    assert editor.chat.people[1].email == "claire@"
    assert says(page, _("This address looks incomplete: name@site.org."))


def test_the_hour_there_is_told(page: PeoplePage, editor: ChatEditor) -> None:
    assert says(page, _("{hour} in {city}").format(hour="21\u00a0h", city="Paris"))
    editor.edit(replace(editor.chat, starts_at=datetime(2026, 12, 5, 23, 30, tzinfo=UTC)))
    after = _("{hour} in {city}, the day after").format(hour="0\u00a0h\u00a030", city="Paris")
    assert says(page, after)


def test_progress_is_ticked_and_unticked(page: PeoplePage, editor: ChatEditor) -> None:
    def invitation() -> Invitation:
        return editor.chat.people[0].invitation

    press(page, _("{name}: has accepted").format(name="Awa Ndiaye"))
    assert invitation() is Invitation.ACCEPTED
    assert named(page, _("{name}: invitation sent").format(name="Awa Ndiaye")).isChecked()
    press(page, _("{name}: has the questions").format(name="Awa Ndiaye"))
    assert editor.chat.people[0].has_questions
    assert says(page, _("All is ready for this person."))
    press(page, _("{name}: has accepted").format(name="Awa Ndiaye"))
    assert invitation() is Invitation.INVITED
    press(page, _("{name}: has declined").format(name="Awa Ndiaye"))
    assert invitation() is Invitation.DECLINED
    assert says(page, _("Is left out of the posts. Thank this person, and ask someone else."))
    undo_all(editor)
    assert invitation() is Invitation.NOT_INVITED
    assert not named(page, _("{name}: invitation sent").format(name="Awa Ndiaye")).isChecked()


def test_someone_removed_can_be_put_back_in_place(page: PeoplePage, editor: ChatEditor) -> None:
    press(page, _("Remove {name}").format(name="Awa Ndiaye"))
    assert editor.chat.people == (CLAIRE,)
    assert says(page, _("{name} is no longer in the list.").format(name="Awa Ndiaye"))
    editor.edit(replace(editor.chat, topic="Autre chose"))
    press(page, _("Put back"))
    assert editor.chat.people == (AWA, CLAIRE)
    assert editor.chat.topic == "Autre chose"


def test_someone_brought_back_by_undo_is_no_longer_said_to_be_gone(
    page: PeoplePage, editor: ChatEditor
) -> None:
    press(page, _("Remove {name}").format(name="Awa Ndiaye"))
    editor.undo()
    assert not says(page, _("{name} is no longer in the list.").format(name="Awa Ndiaye"))
    editor.redo()
    assert editor.chat.people == (CLAIRE,)


def test_another_part_moves_the_card_to_the_team(page: PeoplePage, editor: ChatEditor) -> None:
    press(page, _("Edit the details of {name}").format(name="Claire"))
    part = named(page, _("{what} – {person}").format(what=_("Part in the chat"), person="Claire"))
    part.setFocus()
    QTest.keyClick(part, Qt.Key.Key_Down)
    assert editor.chat.people[1].role is Role.CO_HOST
    assert QApplication.focusWidget() is part
    alone = _("You can lead alone. With two, it is easier.")
    assert not says(page, alone)
    editor.undo()
    assert says(page, alone)


def test_the_letter_is_proposed_and_changed_for_this_once(
    page: PeoplePage, editor: ChatEditor, outside: Outside, qtbot: QtBot
) -> None:
    press(page, _("Write the invitation to {name}").format(name="Claire"))
    label = _("{what} – {person}")
    body = named(page, label.format(what=_("Letter"), person="Claire"), GrowingEdit)
    assert "Bonjour Claire" in body.toPlainText()
    # No-break spaces stay as the template has them.
    hours = "21\u00a0h\u00a0à\u00a0Paris, 20\u00a0h\u00a0à\u00a0Dakar"
    assert f"samedi 5 décembre, {hours}" in body.toPlainText(), "their own hour first"
    assert "21\u00a0h\u00a0à\u00a0Paris" in body.toPlainText()
    type_text(body, "Chère ")
    editor.edit(replace(editor.chat, topic="Un autre sujet"))
    assert body.toPlainText().startswith("Chère Bonjour")
    press(page, label.format(what=_("Open in my mail program"), person="Claire"))
    qtbot.waitUntil(
        lambda: says(page, _("The e-mail is open in your mail program. Send it there."))
    )
    [(person, letter)] = outside.mails
    assert person == CLAIRE
    assert letter.body.startswith("Chère Bonjour")
    press(page, _("It is sent"))
    assert says(page, _("It is noted: the invitation to {name} is sent.").format(name="Claire"))
    assert editor.chat.people[1].invitation is Invitation.INVITED
    press(page, label.format(what=_("Back to the proposed e-mail"), person="Claire"))
    assert "Un autre sujet" in body.toPlainText()
    check_names(page)


@pytest.mark.parametrize("opens", [True, False])
def test_an_e_mail_that_is_too_long_for_a_mail_program_is_copied(
    page: PeoplePage, outside: Outside, qtbot: QtBot, opens: bool
) -> None:
    outside.mail_fits, outside.mail_opens = False, opens
    press(page, _("Write the invitation to {name}").format(name="Awa Ndiaye"))
    label = _("{what} – {person}")
    press(page, label.format(what=_("Open in my mail program"), person="Awa Ndiaye"))
    words = (
        _("Your mail program is open, and the text is copied: paste it there.")
        if opens
        else _("No mail program opened. The text is copied: paste it into an e-mail.")
    )
    qtbot.waitUntil(lambda: says(page, words))
    assert QGuiApplication.clipboard().text().startswith("Bonjour Awa Ndiaye")
    [(_person, letter)] = outside.mails
    assert letter.subject
    assert letter.body == ""


def test_without_a_mail_program_there_is_another_way(
    page: PeoplePage, outside: Outside, qtbot: QtBot
) -> None:
    outside.mail_opens = False
    press(page, _("Write the invitation to {name}").format(name="Awa Ndiaye"))
    label = _("{what} – {person}")
    press(page, label.format(what=_("Open in my mail program"), person="Awa Ndiaye"))
    other = _("No mail program opened. Save the e-mail as a file, or copy it.")
    qtbot.waitUntil(lambda: says(page, other))
    press(page, label.format(what=_("Copy the e-mail"), person="Awa Ndiaye"))
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Une invitation pour vous")
    assert "Bonjour Awa Ndiaye" in copied
    press(page, label.format(what=_("Copy the short message"), person="Awa Ndiaye"))
    assert len(QGuiApplication.clipboard().text()) < len(copied)


def test_a_letter_without_a_day_leads_to_it(
    page: PeoplePage, editor: ChatEditor, qtbot: QtBot
) -> None:
    editor.edit(replace(editor.chat, starts_at=None))
    press(page, _("Write the invitation to {name}").format(name="Claire"))
    assert says(page, "[jour]")
    label = _("{what} – {person}")
    press(page, label.format(what=_("Save for the calendar"), person="Claire"))
    assert says(page, _("Choose the day first: a calendar needs one."))
    with qtbot.waitSignal(page.step_wanted) as wanted:
        press(page, label.format(what=_("Choose the day"), person="Claire"))
    assert wanted.args == [StepId.SCHEDULE]


def write_to_claire(page: PeoplePage, editor: ChatEditor, words: str) -> None:
    """Open her letter; the pack is for those who have said yes."""
    button = _("Write the invitation to {name}")
    if words in ("Save the guest pack", "Save it as a web page"):
        accepted = replace(CLAIRE, invitation=Invitation.ACCEPTED)
        editor.edit(replace(editor.chat, people=(AWA, accepted)))
        button = _("Reminder and guest pack for {name}")
    press(page, button.format(name="Claire"))


def test_what_thanks_for_a_yes_is_there_only_after_it(page: PeoplePage, editor: ChatEditor) -> None:
    label = _("{what} – {person}")
    press(page, _("Write the invitation to {name}").format(name="Claire"))
    body = named(page, label.format(what=_("Letter"), person="Claire"), GrowingEdit)
    after_a_yes = {
        label.format(what=_(words), person="Claire")
        for words in ("Save the guest pack", "Reminder of the eve")
    }
    assert not after_a_yes & set(focusable_names(page))

    accepted, invited = (
        replace(CLAIRE, invitation=one) for one in (Invitation.ACCEPTED, Invitation.INVITED)
    )
    editor.edit(replace(editor.chat, people=(AWA, accepted)))
    assert after_a_yes <= set(focusable_names(page))
    press(page, label.format(what=_("Reminder of the eve"), person="Claire"))
    assert "Merci encore" in body.toPlainText()

    editor.edit(replace(editor.chat, people=(AWA, invited)))
    assert not after_a_yes & set(focusable_names(page))
    assert "Merci encore" not in body.toPlainText()


def test_the_whole_pack_is_copied_for_whoever_has_only_a_telephone(
    page: PeoplePage, editor: ChatEditor
) -> None:
    editor.edit(replace(editor.chat, questions=(Question("q", "Que faire ?"),)))
    write_to_claire(page, editor, "Save the guest pack")
    told = replace(CLAIRE, handle="", no_account=True, invitation=Invitation.ACCEPTED)
    editor.edit(replace(editor.chat, people=(AWA, told)))
    words = _("Copy it as a message (WhatsApp, SMS)")
    press(page, _("{what} – {person}").format(what=words, person="Claire"))
    text = QGuiApplication.clipboard().text()
    assert "Bonjour Claire" in text
    assert "Que faire ?" in text
    assert "Pas besoin de compte X" in text
    press(page, _("It is handed over"))
    assert editor.chat.people[1].has_questions


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        ("Save the e-mail as a file", "eml"),
        ("Save for the calendar", "ics"),
        ("Save the guest pack", "pdf"),
        ("Save it as a web page", "html"),
    ],
)
def test_files_are_written_where_the_person_says(
    page: PeoplePage,
    editor: ChatEditor,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    ending: str,
) -> None:
    save_to(monkeypatch, tmp_path / "pour-claire")
    write_to_claire(page, editor, words)
    press(page, _("{what} – {person}").format(what=_(words), person="Claire"))
    where = _("{file}, in the folder “{folder}”")
    said = where.format(file=f"pour-claire.{ending}", folder=tmp_path.name)
    qtbot.waitUntil(lambda: says(page, said))
    assert "Claire" in (tmp_path / f"pour-claire.{ending}").read_text("utf-8")


def test_the_pack_handed_over_is_ticked(
    page: PeoplePage,
    editor: ChatEditor,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save_to(monkeypatch, tmp_path / "dossier.html")
    write_to_claire(page, editor, "Save the guest pack")
    press(page, _("{what} – {person}").format(what=_("Save the guest pack"), person="Claire"))
    qtbot.waitUntil(lambda: says(page, "dossier.html"))
    press(page, _("It is handed over"))
    assert editor.chat.people[1].has_questions
    assert editor.chat.people[1].invitation is Invitation.ACCEPTED


def test_a_folder_that_refuses_is_told(
    page: PeoplePage,
    outside: Outside,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outside.broken = True
    save_to(monkeypatch, tmp_path / "a.eml")
    press(page, _("Write the invitation to {name}").format(name="Claire"))
    press(page, _("{what} – {person}").format(what=_("Save the e-mail as a file"), person="Claire"))
    qtbot.waitUntil(lambda: says(page, sentence(PermissionError())))


def test_a_dialog_given_up_changes_nothing(
    page: PeoplePage, monkeypatch: pytest.MonkeyPatch, outside: Outside
) -> None:
    outside.broken = True
    save_to(monkeypatch, "")
    press(page, _("Write the invitation to {name}").format(name="Claire"))
    press(page, _("{what} – {person}").format(what=_("Save the e-mail as a file"), person="Claire"))
    assert not says(page, sentence(PermissionError()))


def test_escape_closes_the_letter(page: PeoplePage) -> None:
    press(page, _("Write the invitation to {name}").format(name="Claire"))
    body = named(page, _("{what} – {person}").format(what=_("Letter"), person="Claire"))
    body.setFocus()
    QTest.keyClick(body, Qt.Key.Key_Escape)
    assert not body.isVisibleTo(page)


def test_nothing_is_wider_than_the_page_at_twice_the_size(
    qtbot: QtBot, bridge: Bridge, outside: Outside
) -> None:
    theme.apply(theme.LIGHT, 2.0)
    editor = ChatEditor(replace(CHAT, people=(replace(AWA, name="Anne-Charlotte " * 6), CLAIRE)))
    files = outside.files()
    page = PeoplePage(editor, texts_of, bridge, files, outside.pages.append)
    put_on_screen(qtbot, page, editor)
    press(page, _("Edit the details of {name}").format(name="Claire"))
    press(page, _("Write the invitation to {name}").format(name="Claire"))
    QApplication.processEvents()
    assert page.widget().minimumSizeHint().width() <= page.viewport().width()


@pytest.mark.parametrize(
    "words",
    [
        "Open in my mail program",
        "Save the e-mail as a file",
        "Copy the e-mail",
        "Copy the short message",
        "Save for the calendar",
        "Save the guest pack",
    ],
)
def test_nothing_leaves_with_something_to_fill_in(
    page: PeoplePage,
    editor: ChatEditor,
    outside: Outside,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
) -> None:
    save_to(monkeypatch, tmp_path / "pour-claire")
    editor.edit(replace(editor.chat, topic=""))
    QGuiApplication.clipboard().setText("avant")
    write_to_claire(page, editor, words)
    press(page, _("{what} – {person}").format(what=_(words), person="Claire"))
    held = _("Still to fill in: {blanks}. Until then this text does not leave.")
    assert says(page, held.format(blanks="[sujet]"))
    QApplication.processEvents()
    assert outside.mails == []
    assert list(tmp_path.iterdir()) == []
    assert QGuiApplication.clipboard().text() == "avant"


def test_a_blank_typed_into_a_letter_holds_it(page: PeoplePage) -> None:
    QGuiApplication.clipboard().setText("avant")
    press(page, _("Write the invitation to {name}").format(name="Claire"))
    label = _("{what} – {person}")
    body = named(page, label.format(what=_("Letter"), person="Claire"), GrowingEdit)
    type_text(body, "Inscrivez-vous : [lien]")
    press(page, label.format(what=_("Copy the e-mail"), person="Claire"))
    assert QGuiApplication.clipboard().text() == "avant"
    assert says(page, "[lien]")


def test_reminder_and_pack_open_on_the_pack_and_the_reminder(
    page: PeoplePage, editor: ChatEditor
) -> None:
    label = _("{what} – {person}")
    press(page, _("Write the invitation to {name}").format(name="Claire"))
    body = named(page, label.format(what=_("Letter"), person="Claire"), GrowingEdit)
    assert "Nous aimerions beaucoup vous y recevoir" in body.toPlainText()
    press(page, _("Close the e-mail to {name}").format(name="Claire"))
    accepted = replace(CLAIRE, invitation=Invitation.ACCEPTED)
    editor.edit(replace(editor.chat, people=(AWA, accepted)))
    press(page, _("Reminder and guest pack for {name}").format(name="Claire"))
    # Without the questions, they come before the reminder.
    assert "merci d’avoir accepté" in body.toPlainText()
    press(page, _("Close the e-mail to {name}").format(name="Claire"))
    given = replace(accepted, has_questions=True)
    editor.edit(replace(editor.chat, people=(AWA, given)))
    press(page, _("Reminder and guest pack for {name}").format(name="Claire"))
    assert "Merci encore" in body.toPlainText()
    pack = named(page, label.format(what=_("Save the guest pack"), person="Claire"))
    assert pack.mapTo(page, QPoint()).y() < body.mapTo(page, QPoint()).y()
    assert 0 <= pack.mapTo(page.viewport(), QPoint()).y() < page.viewport().height()


def test_the_short_message_is_read_before_it_is_copied(page: PeoplePage) -> None:
    press(page, _("Write the invitation to {name}").format(name="Claire"))
    press(page, _("{what} – {person}").format(what=_("Copy the short message"), person="Claire"))
    copied = QGuiApplication.clipboard().text()
    assert says(page, copied)


def test_the_short_message_stays_after_a_yes_and_reminds(
    page: PeoplePage, editor: ChatEditor
) -> None:
    accepted = replace(CLAIRE, invitation=Invitation.ACCEPTED, handle="", no_account=True)
    editor.edit(replace(editor.chat, people=(AWA, accepted)))
    press(page, _("Reminder and guest pack for {name}").format(name="Claire"))
    press(page, _("{what} – {person}").format(what=_("Reminder of the eve"), person="Claire"))
    press(page, _("{what} – {person}").format(what=_("Copy the short message"), person="Claire"))
    copied = QGuiApplication.clipboard().text()
    assert "approche" in copied and "nous les publierons avec votre nom" in copied
    assert says(page, copied)


def test_the_answer_stands_below_the_button_pressed(page: PeoplePage) -> None:
    label = _("{what} – {person}")
    press(page, _("Write the invitation to {name}").format(name="Claire"))
    card = page._cards[CLAIRE.id]
    assert card.letter is not None
    for words in ("Copy the short message", "Copy the e-mail"):
        button = named(page, label.format(what=_(words), person="Claire"))
        press(page, button.accessibleName())
        QApplication.processEvents()
        below = card.letter._outcome.mapTo(page, QPoint()).y() - button.mapTo(page, QPoint()).y()
        assert 0 < below < 120, words


def test_no_field_moves_when_somebody_is_told_not_to_be_on_x(page: PeoplePage) -> None:
    press(page, _("Edit the details of {name}").format(name="Claire"))
    label = _("{what} – {person}")
    fields = [
        named(page, label.format(what=_(what), person="Claire"))
        for what in ("Who is it, in one line?", "E-mail", "Part in the chat")
    ]

    def places() -> list[int]:
        QApplication.processEvents()
        return [field.mapTo(page.widget(), QPoint()).y() for field in fields]

    before = places()
    press(page, _("{name}: has no account on X").format(name="Claire"))
    assert places() == before


def test_a_letter_below_open_fields_comes_into_sight(page: PeoplePage, qtbot: QtBot) -> None:
    page.resize(1024, 560)
    press(page, _("Edit the details of {name}").format(name="Claire"))
    press(page, _("Write the invitation to {name}").format(name="Claire"))
    subject = named(page, _("{what} – {person}").format(what=_("Subject"), person="Claire"))
    bottom = page.viewport().height() - subject.height()
    qtbot.waitUntil(lambda: 0 <= subject.mapTo(page.viewport(), QPoint()).y() < bottom)


def test_what_a_guest_has_had_follows_from_what_came_after(qtbot: QtBot) -> None:
    told: list[Person] = []
    card = PersonCard(replace(AWA, invitation=Invitation.NOT_INVITED))
    qtbot.addWidget(card)
    card.edited.connect(lambda person, _field: told.append(person))
    card.show_person(card.person, "Awa", "")
    card._given.click()
    assert (told[-1].has_questions, told[-1].invitation) == (True, Invitation.INVITED)
    card.show_person(replace(AWA, invitation=Invitation.ACCEPTED), "Awa", "")
    before = len(told)
    card._invited.click()
    assert len(told) == before, "the yes is not taken back with it"
    assert card._invited.isChecked()


# --- prepared answers -------------------------------------------------------------------------

ASKED = (Question("x", "Quels signes ?"), Question("y", "Que faire ?"))


def open_answers(page: PeoplePage, editor: ChatEditor, awa: Person = AWA) -> None:
    editor.edit(replace(editor.chat, questions=ASKED, people=(awa,)))
    press(page, f"{_('Prepared answers')} – Awa Ndiaye")


def test_an_answer_is_typed_under_its_question_and_undone(
    page: PeoplePage, editor: ChatEditor
) -> None:
    open_answers(page, editor)
    label = _("Q{number}: {text}").format(number=2, text="Que faire ?")
    answer = named(page, f"{label} – Awa Ndiaye", GrowingEdit)
    answer.setFocus()
    type_text(answer, "Parler ")
    assert editor.chat.people[0].answers == (("y", "Parler "),)
    type_text(answer, "tôt")
    assert answer.toPlainText() == "Parler tôt", "the space stays"
    words = _("{count} prepared answer of {total}").format(count=1, total=2)
    assert named(page, f"{words} – Awa Ndiaye")
    editor.undo()
    assert editor.chat.people[0].answers == ()
    assert answer.toPlainText() == ""
    check_names(page)


def test_a_whole_message_is_sorted_by_question(page: PeoplePage, editor: ChatEditor) -> None:
    open_answers(page, editor)
    QGuiApplication.clipboard().setText("Bonjour !\nR1 Le silence.\nR2 Parler.")
    press(page, f"{_('Paste the guest’s message')} – Awa Ndiaye")
    assert dict(editor.chat.people[0].answers) == {"x": "Le silence.", "y": "Parler."}
    words = "{count} answers are in their places: read them once more."
    assert says(
        page,
        ngettext("{count} answer is in its place: read it once more.", words, 2).format(count=2),
    )
    QGuiApplication.clipboard().setText("Rien")
    press(page, f"{_('Paste the guest’s message')} – Awa Ndiaye")
    assert len(editor.chat.people[0].answers) == 2


def test_how_the_answers_come_is_asked_of_guests_off_x_alone(
    page: PeoplePage, editor: ChatEditor
) -> None:
    editor.edit(replace(editor.chat, people=(AWA,)))
    press(page, _("Edit the details of {name}").format(name="Awa Ndiaye"))
    name = _("{what} – {person}").format(
        what=_("How will the answers reach you?"), person="Awa Ndiaye"
    )
    assert name not in focusable_names(page)
    press(page, _("{name}: has no account on X").format(name="Awa Ndiaye"))
    ways = named(page, name, QComboBox)
    ways.setCurrentIndex(ways.findData(ReachedBy.PHONE))
    ways.activated.emit(ways.currentIndex())
    assert editor.chat.people[0].reached_by is ReachedBy.PHONE


# --- bad input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["👩🏾‍🏫 Awa 🌍", "A" * 60, "Ministère de la Femme, de la Famille et de l’Enfance", "عائشة"],
)
def test_any_name_fits_the_card_and_its_letter(
    page: PeoplePage, editor: ChatEditor, name: str
) -> None:
    editor.edit(replace(editor.chat, people=(replace(AWA, name=name),)))
    press(page, _("Write the invitation to {name}").format(name=name))
    assert page.inner.width() <= page.viewport().width()
    check_names(page)


def test_twelve_guests_are_told_and_shown(page: PeoplePage, editor: ChatEditor) -> None:
    twelve = tuple(replace(AWA, id=f"p{n}", name=f"Awa {n}") for n in range(12))
    editor.edit(replace(editor.chat, people=twelve))
    assert len(page.findChildren(PersonCard)) == 12
    words = _("{count} guests: each will speak little. Two or three suffice.")
    assert says(page, words.format(count=12))


def test_the_line_about_a_guest_says_that_it_is_public_and_warns(
    page: PeoplePage, editor: ChatEditor
) -> None:
    press(page, _("Edit the details of {name}").format(name="Awa Ndiaye"))
    public = _("This line is public: it stands in the announcements and on the pictures.")
    assert says(page, public)
    who = _("{what} – {person}").format(what=_("Who is it, in one line?"), person="Awa Ndiaye")
    line = named(page, who, QLineEdit)
    line.clear()
    type_text(line, "militante, mariée à 15 ans")
    assert "15 ans" in editor.chat.people[0].bio
    warned = _(
        "This line is public, and it seems to tell what this person lived through, or an age. Did "
        "they agree to that? If in doubt, leave it out."
    )
    assert says(page, warned)
    line.clear()
    type_text(line, "sage-femme depuis quinze ans")
    assert says(page, public) and not says(page, warned)


OUTDATED = "The questions have changed since: hand the pack over again."


def test_questions_changed_after_they_were_handed_over_are_told(
    page: PeoplePage, editor: ChatEditor
) -> None:
    asked = (Question("a", "Que faire ?"), Question("b", "Avec qui ?"))
    there = replace(CLAIRE, invitation=Invitation.ACCEPTED)
    editor.edit(replace(editor.chat, people=(AWA, there), questions=asked))
    press(page, _("{name}: has the questions").format(name="Claire"))
    assert says(page, _("All is ready for this person."))
    editor.edit(replace(editor.chat, questions=asked[::-1]))
    assert says(page, _(OUTDATED)) and not says(page, _("All is ready for this person."))
    editor.edit(replace(editor.chat, questions=asked))
    assert says(page, _("All is ready for this person.")), "they are the same again"

    editor.edit(replace(editor.chat, questions=(*asked, Question("c", "Quand ?"))))
    press(page, _("Reminder and guest pack for {name}").format(name="Claire"))
    label = _("{what} – {person}")
    words = _("Copy it as a message (WhatsApp, SMS)")
    press(page, label.format(what=words, person="Claire"))
    assert "Quand ?" in QGuiApplication.clipboard().text()
    assert not says(page, _(OUTDATED))


def test_the_letter_that_hands_the_pack_over_ticks_it(page: PeoplePage, editor: ChatEditor) -> None:
    asked = (Question("a", "Que faire ?"),)
    there = replace(CLAIRE, invitation=Invitation.ACCEPTED)
    editor.edit(replace(editor.chat, people=(AWA, there), questions=asked))
    press(page, _("Reminder and guest pack for {name}").format(name="Claire"))
    press(page, _("{what} – {person}").format(what=_("Copy the e-mail"), person="Claire"))
    assert "Que faire ?" in QGuiApplication.clipboard().text()
    press(page, _("It is handed over"))
    assert editor.chat.people[1].has_questions
