"""The conclusion of the recap, with words from the figures to start from."""

from __future__ import annotations

from PySide6.QtCore import Signal

from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class ClosingCard(Card):
    """The field for the organiser's last words, with a signal when it is typed in."""

    conclusion_edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._proposed = ""
        self.conclusion = GrowingEdit(lines=2)
        self.conclusion.setPlaceholderText(
            _("Example: See you next month, with the fathers this time. Thank you all!")
        )
        self.conclusion.textChanged.connect(self._on_edited)
        self._proposal = Text("", "small")
        start = _("Start from these words")
        name = _("{what} – {who}").format(what=start, who=_("To conclude"))
        self.use = Button(start, "link", clicked=self._on_use, name=name)
        self.add(Field(_("To conclude"), self.conclusion), self._proposal, row(self.use, None))
        self._show_proposal()

    @property
    def proposal(self) -> str:
        """The sentence on the conclusion that is proposed; "" when hidden."""
        return "" if self._proposal.isHidden() else self._proposal.text()

    def show_conclusion(self, text: str) -> None:
        """Show the conclusion; a field that is being typed in has the same text already."""
        self.conclusion.show_text(text)
        self._show_proposal()

    def propose(self, text: str) -> None:
        """Set the words to start from while none are written; "" when there are none."""
        self._proposed = text
        self._show_proposal()

    def _show_proposal(self) -> None:
        shown = bool(self._proposed) and not self.conclusion.toPlainText().strip()
        self._proposal.setText(_("From your figures: “{text}”").format(text=self._proposed))
        self._proposal.setVisible(shown)
        self.use.setVisible(shown)

    def _on_edited(self) -> None:
        self.conclusion_edited.emit(self.conclusion.toPlainText())

    def _on_use(self) -> None:
        self.conclusion.setFocus()
        self.conclusion_edited.emit(self._proposed)
