"""The fictitious page of a private message, to somebody who confides something or names a child."""

from __future__ import annotations

from PySide6.QtCore import Signal

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.protection import lines_to_give, name_out_request, private_answer
from tchat_desktop.domain.signals import Signal as Noticed
from tchat_desktop.domain.signals import is_grave, signals_in
from tchat_desktop.domain.texts import Texts
from tchat_desktop.services.ports import PublishLater
from tchat_desktop.services.rehearsal import SimulatedX
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.rehearsing.pretend_page import (
    PretendPage,
    as_page,
    no_network_words,
    publishing,
)
from tchat_desktop.ui.pages.shared.care_steps import minor_rule, numbers_words, without_number_words
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class PrivatePage(PretendPage):
    """A private message to one person, which nobody else sees."""

    sent = Signal()
    """Emitted when the message was sent."""

    def __init__(self, x: SimulatedX, post: Post, chat: Chat, texts: Texts) -> None:
        super().__init__()
        self._x = x
        self._post = post
        who = post.author_name or f"@{post.author}"
        self._text = GrowingEdit(lines=5)
        self._text.setAccessibleName(_("Private message"))
        self._text.textChanged.connect(self._on_typed)
        self._send = SteadyButton(_("Send"), "primary", "send", self._on_send)
        self._answer = ""
        self.ready: Button | None = None
        """The button that fills in the ready answer for a confidence, a minor or a named child."""
        card = Card(padding=theme.Space.CARD, spacing=theme.Space.PART)
        noticed = signals_in(post.text)
        if Noticed.NAMED_CHILD in noticed and not is_grave(noticed):
            self._answer = name_out_request(chat, texts)
            self.ready = Button(_("Put in the ready request"), clicked=self._on_ready)
            card.add(
                Text(_("Thank them, and ask them to take the child’s name out."), "small"),
                Text(_("Blame nobody, and do not write the name yourself.")),
                FlowLayout(self.ready),
            )
        else:
            card.add(Text(_("Thank them, ask for no detail, give a help number."), "small"))
        if is_grave(noticed):
            self._answer = private_answer(chat, texts)
            self.ready = Button(_("Put in the ready answer"), clicked=self._on_ready)
            card.add(Text(minor_rule()), FlowLayout(self.ready))
            missing = _("You have no checked help number yet: add one at “Protection”.")
            if not lines_to_give(chat):
                said = without_number_words(chat) or (missing,)
                card.add(*(Text(words, "small") for words in said))
            elif numbers := numbers_words(chat):
                card.add(Text(numbers, "small"))
        card.add(self._text)
        title = _("Private message to {who}").format(who=who)
        self.stand(title, as_page(card), publishing(self._send))
        self._on_typed()

    def network_back(self) -> None:
        # What was sent stays told.
        if not self._text.isReadOnly():
            super().network_back()

    def take_focus(self) -> None:
        """Put the focus in the text."""
        self._text.setFocus()

    def _on_ready(self) -> None:
        written = self._text.toPlainText().strip()
        self._text.setPlainText("\n".join(filter(None, (written, self._answer))))
        self._text.setFocus()

    def _on_typed(self) -> None:
        self._send.setEnabled(bool(self._text.toPlainText().strip()))

    def _on_send(self) -> None:
        try:
            self._x.tell_privately(self._post.id, self._text.toPlainText())
        except PublishLater:
            self._trouble.say(no_network_words(), "stop")
            return
        # A message that was sent can be read again, but not sent twice.
        self._text.setReadOnly(True)
        self._send.setEnabled(False)
        if self.ready is not None:
            self.ready.setEnabled(False)
        self._trouble.say(_("It is sent, here only."), "well")
        self.sent.emit()
