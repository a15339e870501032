"""Adding a post of someone by hand: without keys, what is said under the tag is pasted here."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.conversation import NotAPostLink, Post, pasted_link
from tchat_desktop.domain.people import handle_problem, normalise_handle
from tchat_desktop.i18n import _
from tchat_desktop.ui.models.unfinished import PastedPost
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.text import Text


class AddPostPanel(Card):
    """Asks for the link of a post, its author and its text."""

    added = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=12)
        self._now: datetime | None = None
        self._link = LineEdit(Cap.LINK)
        self._link.setPlaceholderText("https://x.com/prof_exemple/status/1234567890")
        self._link.textEdited.connect(self._on_link_edited)
        self._link_field = Field(
            _("Link of the post"), self._link, _("On X: the share arrow, then “Copy link”.")
        )
        self._author = LineEdit(Cap.LINE)
        self._author.setPlaceholderText("@prof_exemple")
        self._author_field = Field(_("Who wrote it?"), self._author)
        self._text = GrowingEdit(lines=2, cap=Cap.POST)
        self._text_field = Field(_("Its text"), self._text)
        self.add(
            Text(_("Add a post by its link"), "heading"),
            self._link_field,
            self._author_field,
            self._text_field,
            FlowLayout(
                Button(_("Add"), icon_name="plus", clicked=self._on_add, name=_("Add this post")),
                Button(_("Close"), "link", clicked=self._on_close, name=_("Close without adding")),
            ),
        )
        self.hide()

    def open_panel(self) -> None:
        """Show the empty fields."""
        self.show()
        self._link.setFocus()

    def unfinished(self) -> PastedPost | None:
        """What is typed here; None while it is closed."""
        if self.isHidden():
            return None
        return PastedPost(self._link.text(), self._author.text(), self._text.toPlainText())

    def take_up(self, pasted: PastedPost) -> None:
        """Open with what was typed before."""
        self._link.setText(pasted.link)
        self._author.setText(pasted.author)
        self._text.show_text(pasted.text)
        self.show()

    def show_now(self, now: datetime) -> None:
        """Know the instant at which a post is added (UTC)."""
        self._now = now

    def _on_link_edited(self, text: str) -> None:
        self._link_field.say("")
        try:
            author = pasted_link(text).author
        except NotAPostLink:
            return
        if author and not self._author.text():
            self._author.setText(f"@{author}")

    def _on_add(self) -> None:
        try:
            link = pasted_link(self._link.text())
        except NotAPostLink:
            self._link_field.say(_("This is not the link of a post on X."), "stop")
            self._link.setFocus()
            return
        author = normalise_handle(self._author.text())
        wrong_author = handle_problem(self._author.text()) is not None
        self._author_field.say(
            _("Write the name on X, such as @prof_exemple.") if wrong_author else "", "stop"
        )
        text = self._text.toPlainText().strip()
        self._text_field.say("" if text else _("Paste the text of the post too."), "stop")
        if wrong_author or not text or self._now is None:
            (self._author if wrong_author else self._text).setFocus()
            return
        self.added.emit(
            Post(
                id=link.id,
                author=author,
                author_name=f"@{author}",
                text=text,
                created_at=self._now,
                url=link.url,
            )
        )

    def say_known(self) -> None:
        """The post was added before: say so, and keep what was typed."""
        self._link_field.say(_("This post is in the list already."), "look")
        self._link.setFocus()

    def _on_close(self) -> None:
        self.clear()
        self.hide()
        self.closed.emit()

    def clear(self) -> None:
        """Empty the fields for the next post."""
        self._link.clear()
        self._author.clear()
        self._text.clear()
        for field in (self._link_field, self._author_field, self._text_field):
            field.say("")
