"""The card for the link in the announcements: a form, an event, a page of the organisation."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import Signal

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.links import with_scheme
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.wording.i18n import _


class LinkCard(Card):
    """A field for the link, with a verdict when people could not open it.

    `edited` is emitted with the link as typed, without spaces around it.
    """

    edited = Signal(str)
    words_edited = Signal(str)
    """Emitted with what is behind the link, as typed."""

    def __init__(self) -> None:
        super().__init__()
        self.edit = LineEdit(Cap.LINK)
        self.edit.setPlaceholderText("https://")
        self.edit.textEdited.connect(self._on_edited)
        self.edit.editingFinished.connect(self._on_finished)
        self._field = Field(
            _("Link to share (optional)"),
            self.edit,
            _("A form, a Facebook event, a page of your site. It joins the announcements."),
        )
        self.words = LineEdit(Cap.NAME)
        self.words.setPlaceholderText(_("Example: Our guide for schools"))
        self.words.textEdited.connect(self.words_edited)
        self.problem = ""
        self.add(
            self._field,
            Field(
                _("What is behind it? (optional)"),
                self.words,
                _("If it is about something else than signing up: the texts then say so."),
            ),
        )

    def show_link(self, link: str, words: str) -> None:
        """Show the link and what is behind it; a space typed at its end is left alone."""
        if self.words.text() != words:
            self.words.setText(words)
        if self.edit.text().strip() != link:
            self.edit.setText(link)
        problem = ""
        if link and not is_open_link(with_scheme(link)):
            problem = _(
                "A link begins with https:// and has no space. It is kept as typed: check it in "
                "your browser."
            )
        if problem != self.problem:
            self.problem = problem
            self._field.say(problem, "stop")

    def _on_edited(self, text: str) -> None:
        self.edited.emit(text.strip())

    def _on_finished(self) -> None:
        """Show the link in the form in which it is shared."""
        whole = with_scheme(self.edit.text())
        if whole != self.edit.text().strip():
            self.edit.setText(whole)
            self.edited.emit(whole)


def is_open_link(link: str) -> bool:
    """Return whether it is an https address with a host and no space; nothing else is opened."""
    if any(letter.isspace() for letter in link):
        return False
    try:
        parts = urlsplit(link)
        return parts.scheme == "https" and "." in (parts.hostname or "")
    except ValueError:
        return False
