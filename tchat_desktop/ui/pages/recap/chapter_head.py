"""The head of a chapter of the organiser: its title to change, and the buttons that move it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.sortable import DragHandle
from tchat_desktop.wording.i18n import _


class ChapterHead(QWidget):
    """Emits what is wanted and changes nothing itself."""

    title_edited = Signal(str)
    step_wanted = Signal(int)
    """Emitted with the distance to move the chapter; -1 is up."""
    delete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.handle = DragHandle(_("Move the chapter"))
        self.handle.step_wanted.connect(self.step_wanted)
        self.title = LineEdit(Cap.LINE)
        self.title.textEdited.connect(self._on_title_edited)
        self.title.editingFinished.connect(self._on_title_left)
        self.up = Button(_("Up"), "icon", "up", self._on_up)
        self.down = Button(_("Down"), "icon", "down", self._on_down)
        self.delete = Button(_("Delete"), "icon", "trash", self.delete_wanted.emit)
        across = row(
            self.handle, self.title, self.up, self.down, self.delete, spacing=theme.Space.NEAR
        )
        across.setStretch(1, 1)
        across.setContentsMargins(0, 0, 0, 0)
        self.setLayout(across)

    def show_title(self, title: str) -> None:
        """Show the title; a field that is being typed in has it already, or is empty."""
        self._shown = title
        if self.title.text() != title and not (self.title.hasFocus() and not self.title.text()):
            self.title.setText(title)
        named = beginning(title)
        self.title.setAccessibleName(_("Title of the chapter “{title}”").format(title=named))
        for widget, words in (
            (self.handle, _("Move the chapter “{title}”")),
            (self.up, _("Move the chapter “{title}” up")),
            (self.down, _("Move the chapter “{title}” down")),
            (self.delete, _("Delete the chapter “{title}”")),
        ):
            widget.setAccessibleName(words.format(title=named))

    def _on_title_edited(self, title: str) -> None:
        if title.strip():
            self.title_edited.emit(title)

    def _on_title_left(self) -> None:
        # A chapter without a title would stand nowhere: it keeps the last one.
        if not self.title.text().strip():
            self.title.setText(self._shown)

    def _on_up(self) -> None:
        self.step_wanted.emit(-1)

    def _on_down(self) -> None:
        self.step_wanted.emit(1)
