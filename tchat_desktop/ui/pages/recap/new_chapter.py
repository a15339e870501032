"""The line by which the organiser adds a chapter of their own to the recap."""

from __future__ import annotations

from PySide6.QtCore import Signal

from tchat_desktop.domain.caps import Cap
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.wording.i18n import _


class NewChapter(Card):
    """Asks for a title first: a chapter without one would stand nowhere."""

    wanted = Signal(str)
    """Emitted with the title of the chapter."""

    def __init__(self) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        self.title = LineEdit(Cap.LINE)
        self.title.setPlaceholderText(_("Example: What we take away"))
        self.title.returnPressed.connect(self._on_wanted)
        self._field = Field(
            _("Add a chapter of your own"),
            self.title,
            _("Your words and highlights of any question, where you want among the questions."),
        )
        self._add = Button(_("Add the chapter"), "quiet", "plus", self._on_wanted)
        self.add(self._field, row(self._add, None))
        self._add.setEnabled(False)
        self.title.textChanged.connect(self._on_typed)

    def _on_typed(self, title: str) -> None:
        self._add.setEnabled(bool(title.strip()))
        if title:
            self._field.say("")

    def _on_wanted(self) -> None:
        title = self.title.text().strip()
        if not title:
            self._field.say(_("Give it a title first."))
            self.title.setFocus()
            return
        self.title.clear()
        self.wanted.emit(title)
