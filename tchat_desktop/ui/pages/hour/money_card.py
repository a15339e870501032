"""The card on what the chat has cost so far, and on its spending limit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from tchat_desktop.domain.means import Means
from tchat_desktop.domain.spending import Spent, spent
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui.pages.hour.side_cards import SideCard
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.text import Text, restyle
from tchat_desktop.wording.i18n import _, format_dollars

NEARLY = 0.8
"""The share of the limit (0 to 1) from which on the card warns."""


class MoneyCard(SideCard):
    """The amount in words and as a bar. Every line is always visible, so that nothing moves."""

    step_wanted = Signal(StepId)
    """Emitted with the step in which the limit is changed."""

    def __init__(self) -> None:
        super().__init__(_("The money"))
        self._shown: tuple[Spent, float] | None = None
        self._sum = Text("", "strong")
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Share of the amount that is spent"))
        self._certain = Text("", "small")
        change = Button(_("Change the amount"), "link", clicked=self._to_connection)
        self.add(self._sum, self._bar, self._certain, row(change, None))

    def show_means(self, means: Means) -> None:
        """Show the amount spent and the limit."""
        so_far = spent(means.charged, means.rules, means.reads)
        limit_cents = means.limit_cents
        if self._shown == (so_far, limit_cents):
            return
        self._shown = (so_far, limit_cents)
        self._sum.setText(
            _("{amount} of {limit}").format(
                amount=format_dollars(so_far.at_most), limit=format_dollars(limit_cents)
            )
        )
        if so_far.perhaps:
            words = _("By our own count, of which {amount} not certain.")
            self._certain.setText(words.format(amount=format_dollars(so_far.perhaps)))
        else:
            self._certain.setText(_("By our own count; X’s console decides."))
        part = so_far.at_most / limit_cents if limit_cents else 1.0
        self._bar.setValue(round(100 * min(1.0, part)))
        tone = "look" if part >= NEARLY else "well"
        if self._bar.property("tone") != tone:
            self._bar.setProperty("tone", tone)
            restyle(self._bar)

    def _to_connection(self) -> None:
        self.step_wanted.emit(StepId.CONNECTION)
