"""The card in the waiting room on how much of the checklist of the day is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.day_list import DayList
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _, format_hour


class DayCard(Card):
    """The summary of the checklist of the day, with a button that checks X and the computer."""

    list_wanted = Signal(StepId)
    """Emitted with the step on whose page the whole list stands."""

    def __init__(self, day: DayList) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        self._day = day
        self._summary = VerdictLine(" ", "plum")
        self._look = Button(_("Check now"), icon_name="redo", clicked=day.look)
        self._price = Text("", "small")
        # The button keeps its place, so that it does not move when pressed.
        self._when = Text(" ", "small")
        self.add(
            Text(_("Last checks"), "advice"),
            self._summary,
            FlowLayout(
                self._look, Button(_("See the list"), "link", "next", clicked=self._to_list)
            ),
            self._when,
            self._price,
        )
        day.changed.connect(self._on_changed)

    @property
    def summary(self) -> str:
        """The sentence shown."""
        return self._summary.text

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._day.look_if_soon()

    def _on_changed(self) -> None:
        words, tone = self._day.summary
        self._summary.say(words, tone)
        self._price.setText(self._day.price)
        self._price.setVisible(bool(self._day.price))
        self._look.show_text(_("Being checked…") if self._day.looking else _("Check now"))

        self._show_when()

    def _show_when(self) -> None:
        """Show when the last check was, so that a press is seen to work."""
        looked_at, chat = self._day.looked_at, self._day.chat
        if self._day.looking or looked_at is None or chat is None:
            return
        words = _("Checked at {hour}.").format(hour=format_hour(looked_at.astimezone(chat.zone)))
        if words != self._when.text():
            self._when.setText(words)
            announce(self, f"{words} {self._summary.text}")

    def _to_list(self) -> None:
        self.list_wanted.emit(StepId.REHEARSAL)
