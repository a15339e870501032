"""The title and the introduction of the recap, with a proposal to start from."""

from __future__ import annotations

from PySide6.QtCore import Signal

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class OpeningCard(Card):
    """The fields for the organiser's words, with a signal for each when it is typed in."""

    title_edited = Signal(str)
    introduction_edited = Signal(str)

    def __init__(self) -> None:
        super().__init__(spacing=theme.Space.UNDER_HEADING)
        self._proposed = ""
        self.title = LineEdit(Cap.LINE)
        self.title.textEdited.connect(self.title_edited)
        self.introduction = GrowingEdit(lines=2)
        self.introduction.textChanged.connect(self._on_introduction_edited)
        self._proposal = Text("", "small")
        self.use = Button(_("Start from these words"), "link", clicked=self._on_use)
        self.add(
            Field(_("Title of the recap"), self.title),
            Field(_("To introduce it"), self.introduction),
            self._proposal,
            row(self.use, None),
        )

    @property
    def proposal(self) -> str:
        """The sentence on the introduction used while none is written; "" when hidden."""
        return "" if self._proposal.isHidden() else self._proposal.text()

    def show_chat(self, chat: Chat) -> None:
        """Show the words of the recap; a field that is being typed in has the same text already."""
        if self.title.text() != chat.recap.title:
            self.title.setText(chat.recap.title)
        self.title.setPlaceholderText(chat.topic)
        self.introduction.show_text(chat.recap.introduction)
        self._show_proposal()

    def propose(self, text: str) -> None:
        """Set the introduction used while none is written; "" when there is none."""
        self._proposed = text
        self._show_proposal()

    def _show_proposal(self) -> None:
        shown = bool(self._proposed) and not self.introduction.toPlainText().strip()
        if shown:
            words = _("As long as it is empty, the page says: “{text}”")
            self._proposal.setText(words.format(text=self._proposed))
        self._proposal.setVisible(shown)
        self.use.setVisible(shown)

    def _on_introduction_edited(self) -> None:
        self.introduction_edited.emit(self.introduction.toPlainText())

    def _on_use(self) -> None:
        self.introduction.setFocus()
        self.introduction_edited.emit(self._proposed)
