"""Something most people do not need, folded away under a button that says what it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import icon
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.wording.i18n import _


class Fold(QWidget):
    """A button that unfolds what is below it; `content` is shown and hidden with it."""

    unfolded = Signal()

    def __init__(self, title: str, content: QWidget) -> None:
        super().__init__()
        self._title = title
        self.content = content
        self.button = Button(title, "link", "down", self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addLayout(row(self.button, None))
        layout.addWidget(content)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        """Whether the content is shown."""
        return not self.content.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Fold or unfold."""
        self.content.setHidden(not is_open)
        self.button.setIcon(icon("up" if is_open else "down", theme.tokens().plum))
        state = _("unfolded") if is_open else _("folded")
        self.button.setAccessibleDescription(state)

    def _on_clicked(self) -> None:
        self.set_open(not self.is_open)
        if self.is_open:
            self.unfolded.emit()
