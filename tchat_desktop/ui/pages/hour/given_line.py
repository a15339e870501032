"""The line under a post that was given to a guest: only the organiser can tell the guest."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.conversation import Post
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class GivenLine(QWidget):
    """Says that the guest must be told, and copies a message for that; hidden without guest.

    Few posts are given to somebody: what is in it is made then.
    """

    def __init__(self, chat: Chat, post: Post) -> None:
        super().__init__()
        self._chat = chat
        self._post = post
        self._guest: Person | None = None
        self.hide()

    @cached_property
    def copy(self) -> Button:
        """The button that copies the message."""
        return Button("", "quiet", "copy", self._on_copy)

    @cached_property
    def _words(self) -> Text:
        return Text("", "small", wrap=False)

    def show_guest(self, guest: Person | None) -> None:
        """Show whom the post was given to; None for nobody, or once it is answered."""
        known, self._guest = self._guest, guest
        if guest is None or guest == known:
            self.setVisible(guest is not None)
            return
        if self.layout() is None:
            self.setLayout(FlowLayout(self.copy, self._words, spacing=theme.Space.BESIDE))
        name = beginning(_name(guest), 30)
        self._words.setText(_("{guest} is not told by the app.").format(guest=name))
        words = _("Copy the message for {guest}").format(guest=name)
        self.copy.show_text(words)
        self.show()

    def _on_copy(self) -> None:
        if self._guest is None:
            return
        tag = f" #{self._chat.hashtag}" if self._chat.hashtag else ""
        words = _(
            "{guest}, here is a question for you in our chat{tag}, by {who}: “{text}” {link} "
            "Could you answer it?"
        ).format(
            guest=_name(self._guest),
            tag=tag,
            who=f"@{self._post.author}",
            text=" ".join(self._post.text.split()),
            link=self._post.url,
        )
        QApplication.clipboard().setText(words.replace("  ", " "))
        told = _("Copied. Send it by WhatsApp, text message or e-mail.")
        self._words.setText(told)
        announce(self, told)


def _name(guest: Person) -> str:
    return guest.name.strip() or f"@{guest.handle}"
