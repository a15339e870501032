"""The question, in place, whether a word that was opened elsewhere has been sent."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class SentQuestion(QWidget):
    """Asks about a word to `who`; hidden until `ask`. It ticks nothing itself."""

    said_yes = Signal()
    next_wanted = Signal()
    """Emitted instead of `said_yes` when the word to the next person is wanted at once."""

    def __init__(self, who: str, yes: str = "") -> None:
        """`yes` is said on the button instead of "Yes, it is sent"."""
        super().__init__()
        named = _("{what} – {who}")
        self._told = Text("")
        self._asked = Text("", "strong")
        yes = yes or _("Yes, it is sent")
        on, not_yet = _("Sent: on to the next person"), _("Not yet")
        self.yes = Button(yes, "quiet", "check", self._on_yes, named.format(what=yes, who=who))
        self.on = Button(on, "primary", "next", self._on_next, named.format(what=on, who=who))
        self.not_yet = Button(
            not_yet, "link", clicked=self.hide, name=named.format(what=not_yet, who=who)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._told)
        layout.addWidget(self._asked)
        layout.addLayout(FlowLayout(self.on, self.yes, self.not_yet))
        self.hide()

    def ask(self, told: str, asked: str, *, goes_on: bool = False) -> None:
        """Say what was opened and what to do there, and ask whether it is sent.

        With `goes_on` the next person is offered too.
        """
        self._told.setText(told)
        self._asked.setText(asked)
        self.on.setVisible(goes_on)
        self.show()
        announce(self, f"{told} {asked}")

    @property
    def told(self) -> str:
        """What was opened, and what to do there."""
        return self._told.text()

    def _on_yes(self) -> None:
        self.hide()
        self.said_yes.emit()

    def _on_next(self) -> None:
        self.hide()
        self.next_wanted.emit()
