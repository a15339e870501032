"""What the hour has cost so far, of the amount not to go over."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.guide import StepId
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.routes import SendingConditions
from tchat_desktop.domain.spending import Reads, Spent, account_now, passes_ceiling, spent
from tchat_desktop.services.events import ReadsCounted
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.hour.side_cards import SideCard
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.text import Text, restyle
from tchat_desktop.wording.i18n import _, format_dollars

NEARLY = 0.8
"""From this part of the amount on, it is time to look."""


class MoneyCard(SideCard):
    """The sum in words; the bar only repeats it. Every line is always there: nothing jumps."""

    step_wanted = Signal(StepId)
    """The amount is changed there."""

    def __init__(self, chat: Chat, rules: NetworkRules, bridge: Bridge) -> None:
        super().__init__(_("The money"))
        self._chat_id = chat.id
        self._rules = rules
        self._limit_cents: float = chat.spending_limit_cents
        self._rows: tuple[OutboxPost, ...] = ()
        self._reads = Reads()
        self._shown: tuple[Spent, float] | None = None
        self._sum = Text("", "strong")
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Share of the amount that is spent"))
        self._certain = Text("", "small")
        change = Button(_("Change the amount"), "link", clicked=self._to_connection)
        self.add(self._sum, self._bar, self._certain, row(change, None))
        bridge.reads_counted.connect(self._on_reads_counted)
        self._show()

    def show_rows(self, rows: tuple[OutboxPost, ...]) -> None:
        """Show what the rows have cost."""
        self._rows = rows
        self._show()

    def show_limit(self, cents: float) -> None:
        """Show another amount not to go over, in US cents."""
        self._limit_cents = cents
        self._show()

    def account(self, route: Route, trouble: OutboxPost | None) -> SendingConditions:
        """What the rule of the ways has to know just now, with the `keys_trouble` there is."""
        return account_now(self._rows, self._rules, self._reads, route, self._limit_cents, trouble)

    def passes(self, row: OutboxPost, rows: tuple[OutboxPost, ...]) -> bool:
        """Whether that one of the rows would go over the amount if it left now."""
        return passes_ceiling(row, rows, self._limit_cents, self._rules, self._reads)

    def _show(self) -> None:
        so_far = spent(self._rows, self._rules, self._reads)
        limit_cents = self._limit_cents
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

    def _on_reads_counted(self, event: ReadsCounted) -> None:
        if event.chat_id == self._chat_id:
            self._reads = event.reads
            self._show()

    def _to_connection(self) -> None:
        self.step_wanted.emit(StepId.CONNECTION)
