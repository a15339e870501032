"""The card with a word to those who helped behind the scenes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from tchat_desktop.domain import letters
from tchat_desktop.domain.chat import Chat, Role
from tchat_desktop.domain.texts import Texts, listed
from tchat_desktop.domain.thanks import spoken
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _


class TeamCard(Card):
    """Copies one e-mail to the co-hosts and moderators; hidden when there are none."""

    def __init__(self, texts_of: Callable[[str], Texts]) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        self._texts_of = texts_of
        self._chat: Chat | None = None
        self._told = Text("", "small")
        self._told.hide()
        self.add(
            Text(_("And your team?"), "advice"),
            Text(_("Those who helped you behind the scenes deserve a word as well.")),
            row(Button(_("Copy an e-mail"), "quiet", "mail", self._on_copy), None),
            self._told,
        )

    def show_chat(self, chat: Chat) -> None:
        """Show the card when there is somebody to write to."""
        self._chat = chat
        self.setVisible(bool(_team(chat)))

    def _on_copy(self) -> None:
        assert self._chat is not None
        texts = self._texts_of(self._chat.language)
        letter = letters.team_thanks_letter(self._chat, listed(_team(self._chat), texts), texts)
        words = blank_words(letter.subject, letter.body)
        if not words:
            QGuiApplication.clipboard().setText(f"{letter.subject}\n\n{letter.body}")
        self._told.setText(words or _("Copied. Paste it into your message."))
        self._told.show()
        announce(self, self._told.text())


def _team(chat: Chat) -> tuple[str, ...]:
    """Return the names of those who help behind the scenes."""
    return tuple(
        spoken(person.name) or f"@{person.handle}"
        for person in chat.people
        if person.role is not Role.GUEST and (person.name.strip() or person.handle)
    )
