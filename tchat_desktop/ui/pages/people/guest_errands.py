"""What is done with the letters to guests: opening them in the mail program, saving, copying."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import letters
from tchat_desktop.domain.chat import Chat, Person, has_agreed
from tchat_desktop.domain.handed_out import asked_now, with_handed
from tchat_desktop.domain.letters import GuestPack, Letter
from tchat_desktop.domain.texts import Texts
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.file_dialogs import ask_where_to_save
from tchat_desktop.ui.last_folder import FileKind, remember_folder
from tchat_desktop.ui.pages.people.letter_panel import Errand, LetterKind
from tchat_desktop.ui.pages.people.person_card import PersonCard
from tchat_desktop.wording import error_words
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.file_words import where_words
from tchat_desktop.wording.i18n import N_, _
from tchat_desktop.wording.when_words import when_for


@dataclass(frozen=True, slots=True)
class GuestFiles:
    """The files that can be written for a guest; called off the GUI thread; may raise OSError."""

    mail_draft: Callable[[Chat, Person, Letter, Path], Path]
    """Writes the letter as a draft that any mail program opens (.eml), and returns the path.

    The event for the calendar is attached, and the guest pack once the guest has accepted."""
    calendar: Callable[[Chat, Person, Path], Path]
    """Writes the chat as an event for the guest's calendar (.ics); it must have a date."""
    pack: Callable[[Chat, Person, Path], Path]
    """Writes what a guest needs for the day: the questions, the hour, how to answer (.pdf)."""
    pack_page: Callable[[Chat, Person, Path], Path]
    """Writes the same as a page, which screen readers and telephones read best (.html)."""
    mail_fits: Callable[[Person, Letter], bool]
    """Returns whether every system passes the whole letter on to the mail program; at once."""
    open_mail: Callable[[Person, Letter], bool]
    """Opens the letter in the mail program; returns False if none opened."""


_FILES = {
    Errand.DRAFT: (N_("Save the e-mail"), N_("letter"), "eml", N_("E-mail ready to send")),
    Errand.CALENDAR: (
        N_("Save for the calendar"),
        N_("chat"),
        "ics",
        N_("Invitation for the calendar"),
    ),
    Errand.PACK: (
        N_("Save the guest pack"),
        N_("guest-pack"),
        "pdf",
        N_("Document to read and print"),
    ),
    Errand.PACK_PAGE: (
        N_("Save the guest pack"),
        N_("guest-pack"),
        "html",
        N_("Page to read in a browser"),
    ),
}
_SAVED = {
    Errand.DRAFT: N_("Saved: {file}. Open it: your mail program shows the e-mail, ready to send."),
    Errand.CALENDAR: N_("Saved: {file}. Send it along: one press puts the chat in a calendar."),
    Errand.PACK: N_("Saved: {file}. Send it by e-mail or WhatsApp, or print it."),
    Errand.PACK_PAGE: N_("Saved: {file}. Any browser opens it, on a telephone too."),
}


class GuestErrands(QObject):
    """Writes the letters on the attached cards, and carries out what they ask for."""

    def __init__(
        self,
        window: QWidget,
        editor: ChatEditor,
        texts_of: Callable[[str], Texts],
        bridge: Bridge,
        files: GuestFiles,
    ) -> None:
        super().__init__(window)
        self._editor = editor
        self._texts_of = texts_of
        self._bridge = bridge
        self._files = files

    def attach(self, card: PersonCard) -> None:
        """Take care of the letter of a card from now on."""
        card.letter_wanted.connect(self._on_letter_wanted)
        card.errand_wanted.connect(self._on_errand_wanted)

    def show_letter(self, card: PersonCard) -> None:
        """Show the proposed letter on a card whose letter is open."""
        assert card.letter is not None
        chat, person = self._editor.chat, card.person
        card.letter.show_acceptance(has_agreed(person))
        write = {
            LetterKind.INVITATION: letters.invitation,
            LetterKind.HANDING: letters.pack_letter,
            LetterKind.REMINDER: letters.reminder,
        }[card.letter.kind]
        letter = write(chat, person, self._texts(person), when_for(chat, person))
        card.letter.show_short(self._short(person, card.letter.kind))
        words = blank_words(letter.subject, letter.body)
        card.letter.show_letter(letter, words, no_date=chat.starts_at is None)

    def _on_letter_wanted(self) -> None:
        self.show_letter(self._card())

    def _on_errand_wanted(self, _person_id: str, errand: Errand) -> None:
        card = self._card()
        assert card.letter is not None
        chat, person, letter = self._editor.chat, card.person, card.letter.letter
        if errand is Errand.CALENDAR and chat.starts_at is None:
            card.tell(errand, _("Choose the day first: a calendar needs one."), "look")
        elif words := blank_words(*self._texts_in(errand, card, letter)):
            card.tell(errand, words, "stop")
        elif errand is Errand.COPY:
            self._copy(card, errand, f"{letter.subject}\n\n{letter.body}")
        elif errand is Errand.MESSAGE:
            self._copy(card, errand, self._short(person, card.letter.kind))
        elif errand is Errand.PACK_MESSAGE:
            self._copy(card, errand, self._pack(person).message)
        elif errand is Errand.MAIL:
            self._open_mail(card, letter)
        else:
            self._save(card, errand, letter)

    def _short(self, person: Person, kind: LetterKind) -> str:
        """Return the letter in a few lines, for a messaging app."""
        chat = self._editor.chat
        if kind is LetterKind.HANDING:
            return ""
        write = {
            LetterKind.INVITATION: letters.invitation_message,
            LetterKind.REMINDER: letters.reminder_message,
        }[kind]
        return write(chat, person, self._texts(person), when_for(chat, person))

    def _pack(self, person: Person) -> GuestPack:
        chat = self._editor.chat
        return letters.guest_pack(chat, person, self._texts(person), when_for(chat, person))

    def _texts(self, person: Person) -> Texts:
        return self._texts_of(letters.letter_language(self._editor.chat, person))

    def _texts_in(self, errand: Errand, card: PersonCard, letter: Letter) -> tuple[str, ...]:
        """Return the texts that would be sent with an errand."""
        assert card.letter is not None
        chat, person = self._editor.chat, card.person
        if errand is Errand.MESSAGE:
            return (self._short(person, card.letter.kind),)
        texts, when = self._texts(person), when_for(chat, person)
        if errand is Errand.CALENDAR:
            return (letters.calendar_note(chat, person, texts, when),)
        if errand in (Errand.PACK, Errand.PACK_PAGE, Errand.PACK_MESSAGE):
            return self._pack(person).texts
        return letter.subject, letter.body

    def _card(self) -> PersonCard:
        card = self.sender()
        assert isinstance(card, PersonCard)
        return card

    def _note(self, card: PersonCard, errand: Errand, chat: Chat) -> None:
        """Note which questions left with what was made of this chat, if any did."""
        if card.hands_over(errand) or (errand is Errand.DRAFT and has_agreed(card.person)):
            made = with_handed(self._editor.chat, card.person.id, asked_now(chat))
            self._editor.note(handed_out=made)

    def _copy(self, card: PersonCard, errand: Errand, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._note(card, errand, self._editor.chat)
        card.tell(errand, _("Copied. Paste it into your message."))

    def _open_mail(self, card: PersonCard, letter: Letter) -> None:
        chat, person, open_mail = self._editor.chat, card.person, self._files.open_mail
        well = _("The e-mail is open in your mail program. Send it there.")
        not_well = _("No mail program opened. Save the e-mail as a file, or copy it.")
        if not self._files.mail_fits(person, letter):
            # Windows cuts it without a word, and some mail programs then open nothing.
            QGuiApplication.clipboard().setText(letter.body)
            letter = replace(letter, body="")
            well = _("Your mail program is open, and the text is copied: paste it there.")
            not_well = _("No mail program opened. The text is copied: paste it into an e-mail.")

        def opened(done: bool) -> None:
            if done:
                self._note(card, Errand.MAIL, chat)
            card.tell(Errand.MAIL, well if done else not_well, "well" if done else "look")

        def failed(error: Exception) -> None:
            card.tell(Errand.MAIL, error_words.sentence(error), "stop")

        self._bridge.run(card, lambda: open_mail(person, letter), opened, failed)

    def _save(self, card: PersonCard, errand: Errand, letter: Letter) -> None:
        title, stem, ending, kind = _FILES[errand]
        chat, person, files = self._editor.chat, card.person, self._files
        stem = f"{_(stem)}-{person.name or person.handle}"
        path = ask_where_to_save(card, _(title), stem, ending, _(kind))
        if path is None:
            return

        def write() -> Path:
            if errand is Errand.DRAFT:
                return files.mail_draft(chat, person, letter, path)
            made = {
                Errand.CALENDAR: files.calendar,
                Errand.PACK: files.pack,
                Errand.PACK_PAGE: files.pack_page,
            }
            return made[errand](chat, person, path)

        def done(written: Path) -> None:
            remember_folder(FileKind.EXPORT, written)
            self._note(card, errand, chat)
            card.tell(errand, _(_SAVED[errand]).format(file=where_words(written)))

        def failed(error: Exception) -> None:
            card.tell(errand, error_words.sentence(error), "stop")

        self._bridge.run(card, write, done, failed)
