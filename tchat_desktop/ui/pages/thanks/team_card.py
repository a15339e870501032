"""The card with a word to those who helped behind the scenes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication

from tchat_desktop.domain import letters
from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.texts import Texts, listed
from tchat_desktop.domain.thanks import spoken, team_of
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.thanks.sent_question import SentQuestion
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _


class TeamCard(Card):
    """Copies one e-mail to the co-hosts and moderators; hidden when there are none."""

    ticked = Signal(bool)
    """Emitted with whether the organiser says that the team is thanked."""

    def __init__(self, texts_of: Callable[[str], Texts]) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        self._texts_of = texts_of
        self._chat: Chat | None = None
        who = _("your team")
        self._blank = HintNotice("", "stop")
        self._blank.hide()
        self.question = SentQuestion(who)
        self.question.said_yes.connect(self._on_yes)
        self.tick = Tick(
            _("Thanked"), self._on_ticked, name=_("{who} is thanked").format(who=who)
        )  # fmt: skip
        self.add(
            Text(_("And your team?"), "advice"),
            Text(_("Those who helped you behind the scenes deserve a word as well.")),
            row(Button(_("Copy an e-mail"), "quiet", "mail", self._on_copy), None),
            self._blank,
            self.question,
            row(self.tick, None),
        )

    def show_chat(self, chat: Chat) -> None:
        """Show the card when there is somebody to write to."""
        self._chat = chat
        self.setVisible(bool(team_of(chat)))

    def show_thanked(self, thanked: bool) -> None:
        """Show whether the team is thanked."""
        self.tick.setChecked(thanked)
        if thanked:
            self.question.hide()

    def _on_copy(self) -> None:
        assert self._chat is not None
        texts = self._texts_of(self._chat.language)
        names = tuple(map(_name, team_of(self._chat)))
        letter = letters.team_thanks_letter(self._chat, listed(names, texts), texts)
        words = blank_words(letter.subject, letter.body)
        self._blank.say(words, "stop")
        if words:
            return
        QGuiApplication.clipboard().setText(f"{letter.subject}\n\n{letter.body}")
        self.question.ask(_("Copied. Paste it into your message."), _("Have you sent your word?"))

    def _on_yes(self) -> None:
        self.ticked.emit(True)

    def _on_ticked(self) -> None:
        self.ticked.emit(self.tick.isChecked())


def _name(person: Person) -> str:
    return spoken(person.name) or f"@{person.handle}"
