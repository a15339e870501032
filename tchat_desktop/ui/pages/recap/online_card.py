"""The card for when the recap is online: its address, and the texts that tell of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.links import web_address
from tchat_desktop.domain.recap import Recap
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.shared.saving import RecapFiles
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import N_, _

_PLACES = {
    "post": N_("On X"),
    "page": N_("On Facebook, LinkedIn and others"),
    "message": N_("By WhatsApp and other messages"),
}
"""Where the texts are told, by their keys."""


class _Told(QWidget):
    """One text, with what can be done with it."""

    def __init__(self, place: str, open_wanted: Callable[[str], None] | None) -> None:
        super().__init__()
        self._open_wanted = open_wanted
        self._text = Text("")
        self._outcome = VerdictLine()
        name = "{words} – {place}"
        self.copy = Button(
            _("Copy"), "quiet", "copy", self._on_copy, name.format(words=_("Copy"), place=place)
        )
        buttons = [self.copy]
        if open_wanted is not None:
            self.open = Button(_("Open on X"), "quiet", "outside", self._on_open)
            buttons.append(self.open)
        layout = Column()
        self.setLayout(layout)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.HAIR))
        layout.addWidget(Text(place, "label"))
        layout.addWidget(self._text)
        layout.addLayout(FlowLayout(*buttons))
        layout.addWidget(self._outcome)

    @property
    def text(self) -> str:
        """The text on screen."""
        return self._text.text()

    def show_text(self, text: str) -> None:
        """Show the text; what was said of another one goes."""
        if text != self.text:
            self._text.setText(text)
            self._outcome.say("", "well")

    def _say(self, words: str) -> None:
        self._outcome.say(words, "well")
        announce(self, words)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self._say(_("Copied: paste it where it goes."))

    def _on_open(self) -> None:
        if self._open_wanted is not None:
            self._open_wanted(self.text)
            self._say(_("Your browser is opening it: press “Post” there."))


class OnlineCard(Card):
    """The field for the address of the recap, and once it is there, a text for each place.

    `link_edited` is emitted with the address as typed, without spaces around it.
    """

    link_edited = Signal(str)

    def __init__(self, bridge: Bridge, files: RecapFiles, open_page: Callable[[str], None]) -> None:
        super().__init__(spacing=theme.Space.PART)
        self._bridge = bridge
        self._files = files
        self._open_page = open_page
        self._asked: tuple[object, ...] = ()
        self.link = LineEdit(Cap.LINK)
        self.link.setPlaceholderText("https://")
        self.link.textEdited.connect(self._on_edited)
        self.field = Field(
            _("Address of the page (optional)"),
            self.link,
            _("Paste it here: the e-mail, the thank-yous and the texts below will give it."),
        )
        self.told = {
            key: _Told(_(place), self._on_open if key == "post" else None)
            for key, place in _PLACES.items()
        }
        self.add(Text(_("Is your recap online?"), "heading"), self.field, *self.told.values())
        self._show_texts({})

    def show_recap(self, recap: Recap, link: str) -> None:
        """Show the address as typed, and the texts for it."""
        if self.link.text().strip() != link:
            self.link.setText(link)
        wrong = bool(link) and not web_address(link)
        words = _("A link begins with https:// and has no space. Check it in your browser.")
        self.field.say(words if wrong else "", "stop")
        asked = (recap.page_link, recap.figures, recap.hashtag, recap.language, recap.simulated)
        if asked != self._asked:
            self._asked = asked
            write = self._files.news
            shown = partial(self._on_written, asked)
            self._bridge.run(self, lambda: write(recap), shown, self._on_unwritten)

    def _on_written(self, asked: tuple[object, ...], texts: Mapping[str, str]) -> None:
        # An answer for an address that is half typed comes after the next one was asked for.
        if asked == self._asked:
            self._show_texts(texts)

    def _on_unwritten(self, _error: Exception) -> None:
        self._show_texts({})

    def _show_texts(self, texts: Mapping[str, str]) -> None:
        for key, told in self.told.items():
            told.show_text(texts.get(key, ""))
            told.setVisible(key in texts)

    def _on_edited(self, text: str) -> None:
        self.link_edited.emit(text.strip())

    def _on_open(self, text: str) -> None:
        self._open_page(self._files.post_page(text))
