"""Words of thanks to one person: a reply to their post, an e-mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from tchat_desktop.domain import letters
from tchat_desktop.domain.chat import Person, Route
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.people import profile_page
from tchat_desktop.domain.texts import Texts
from tchat_desktop.domain.thanks import ThanksWay, did, first_time
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.file_dialogs import ask_where_to_save
from tchat_desktop.ui.last_folder import FileKind, remember_folder
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.thanks.person_thanks import PersonThanks
from tchat_desktop.ui.pages.thanks.thanks_draft import ThanksDraft
from tchat_desktop.ui.pages.thanks.ways import ThanksWays
from tchat_desktop.wording import error_words
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.file_words import where_words
from tchat_desktop.wording.i18n import _


class Sending:
    """Hands a word to a person over, and asks in their row whether it is sent."""

    def __init__(
        self,
        editor: ChatEditor,
        bridge: Bridge,
        texts_of: Callable[[str], Texts],
        open_page: Callable[[str], None],
        ways: ThanksWays,
    ) -> None:
        self._editor = editor
        self._bridge = bridge
        self._texts_of = texts_of
        self._open_page = open_page
        self._ways = ways

    def reply(self, line: PersonThanks, to: FeedPost | None, goes_on: bool) -> None:
        """Answer a post with the word in the row: with the keys of the open hour, or on its page.

        The hour chooses by the one rule of routes, and its outbox keeps the reply.
        """
        draft = line.draft
        if to is None or draft is None or not draft.may_leave():
            return
        hour = self._ways.hour() if self._editor.chat.route is Route.KEYS else None
        words = _("Your browser opens the reply: press “Reply” there, then come back.")
        if hour is not None:
            hour.reply(to, draft.text)
            words = _("Your reply leaves. The step of the chat tells what becomes of it.")
        else:
            try:
                page = self._ways.reply_page(draft.text, to.post.id)
            except ValueError:
                too_long = _("This text is too long for the browser. Copy it, and paste it on X.")
                draft.say(too_long, "look")
                return
            self._open_page(page)
        line.ask(words, ThanksWay.REPLY, goes_on=goes_on)

    def message(self, line: PersonThanks) -> None:
        """Copy the private word of a row, and open the profile from which it can be sent.

        No page of X takes the name and the text of a private message.
        """
        draft = line.private_draft
        if draft is None or not draft.may_leave():
            return
        QGuiApplication.clipboard().setText(draft.text)
        self._open_page(profile_page(line.person.handle, NETWORK))
        told = _(
            "The word is copied and the profile opens: click “Message” there, and paste it. No "
            "such button? They receive no messages from you: thank them in person."
        )
        line.ask(told, ThanksWay.PRIVATE)

    def post(self, line: PersonThanks, text: str) -> None:
        """Open the page of X that publishes the word of a row, which mentions its person."""
        draft = line.draft
        assert draft is not None
        try:
            page = self._ways.post_page(text)
        except ValueError:
            draft.say(
                _("This text is too long for the browser. Copy it, and paste it on X."), "look"
            )
            return
        self._open_page(page)
        line.ask(
            _("Your browser is opening it: press “Post” there, then come back."), ThanksWay.POST
        )

    def open_mail(self, line: PersonThanks, guest: Person) -> None:
        """Open the letter in the mail program; its text is copied where that would cut it."""
        draft, letter = self._letter(line, guest)
        if letter is None:
            return
        open_mail = self._ways.open_mail
        well = _("The e-mail is open in your mail program. Send it there.")
        not_well = _("No mail program opened. Save the e-mail as a file, or copy it.")
        if not self._ways.mail_fits(guest, letter):
            QGuiApplication.clipboard().setText(letter.body)
            letter = replace(letter, body="")
            well = _("Your mail program is open, and the text is copied: paste it there.")
            not_well = _("No mail program opened. The text is copied: paste it into an e-mail.")
        opened_letter = letter

        def opened(done: bool) -> None:
            if done:
                line.ask(well, ThanksWay.EMAIL)
            else:
                draft.say(not_well, "look")

        def failed(error: Exception) -> None:
            draft.say(error_words.sentence(error), "stop")

        self._bridge.run(draft, lambda: open_mail(guest, opened_letter), opened, failed)

    def save_mail(self, line: PersonThanks, guest: Person) -> None:
        """Save the letter as a file that the mail program opens as a draft."""
        draft, letter = self._letter(line, guest)
        if letter is None:
            return
        save_mail = self._ways.save_mail
        stem = "-".join((_("letter"), guest.name or guest.handle))
        kind = _("E-mail ready to send")
        path = ask_where_to_save(draft, _("Save the e-mail"), stem, "eml", kind)
        if path is None:
            return

        def saved(written: Path) -> None:
            remember_folder(FileKind.EXPORT, written)
            words = _("Saved: {file}. Open it: your mail program shows the e-mail, ready to send.")
            line.ask(words.format(file=where_words(written)), ThanksWay.EMAIL)

        def failed(error: Exception) -> None:
            draft.say(error_words.sentence(error), "stop")

        self._bridge.run(draft, lambda: save_mail(guest, letter, path), saved, failed)

    def copy_mail(self, line: PersonThanks, guest: Person) -> None:
        """Copy the letter with its subject, for a mail program in the browser."""
        _draft, letter = self._letter(line, guest)
        if letter is None:
            return
        QGuiApplication.clipboard().setText(f"{letter.subject}\n\n{letter.body}")
        told = _("The e-mail is copied. Paste it in a message to {address}.")
        line.ask(told.format(address=guest.email), ThanksWay.EMAIL)

    def _letter(self, line: PersonThanks, guest: Person) -> tuple[ThanksDraft, Letter | None]:
        """Return the panel of a row, and the letter to its person; None if something is missing."""
        chat, person, draft = self._editor.chat, line.person, line.panel
        assert draft is not None
        texts = self._texts_of(letters.letter_language(chat, guest))
        name = guest.name or person.name
        letter = letters.thanks_letter(
            chat, name, texts, did(person, texts), first_time(person, texts)
        )
        if words := blank_words(letter.subject, letter.body):
            draft.say(words, "stop")
            return draft, None
        return draft, letter
