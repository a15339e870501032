"""What must be ready on the day: one sentence for the whole, then a line for each thing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QWidget

from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.guide import Missing, StepId
from tchat_desktop.domain.preflight import Check, Verdict
from tchat_desktop.i18n import _, format_hour, ngettext
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.before.accounts_port import Connections
from tchat_desktop.ui.pages.before.preflight_lines import ITEMS, FoundLine, ItemLine
from tchat_desktop.ui.pages.before.preflight_words import check_words
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text, Tone
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.ui.widgets.verdict import HintNotice, VerdictLine

SOON = timedelta(hours=2)
"""So long before the start, X and the computer are looked at as soon as the list is opened."""
X_PAGE = "https://x.com/home"
_BY_PAGES = (Route.ASSISTED, Route.KEYS)
"""The ways in which some posts open in the browser."""


class Preflight(Card):
    """The list of the day. What only the organiser can see is ticked by hand, for this day."""

    step_wanted = Signal(StepId)

    def __init__(
        self,
        check: Callable[[bool], tuple[Check, ...]],
        connections: Connections,
        open_page: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        """`check` waits for X and the keyring: done in turn with what else asks them. It is told
        whether it may cost something.
        """
        super().__init__(spacing=8)
        self._check = check
        self._connections = connections
        self._open_page = open_page
        self._now = now
        self._chat: Chat | None = None
        self._looking = False
        self._looked_at: datetime | None = None
        self._checks: tuple[Check, ...] = ()
        self._words: tuple[str, ...] = ()
        self._found: list[QWidget] = []
        self._summary = HintNotice()
        self._lines = [ItemLine(item, self.step_wanted.emit) for item in ITEMS]
        self.look = Button(_("Check now"), icon_name="redo", clicked=self._on_look)
        self._when = Text("", "small")
        self._rows = column(spacing=0)
        self._signed_in = Tick(_("I am signed in to x.com in my browser"))
        self._signed_in.toggled.connect(self._on_ticked)
        self._to_x = Button(_("Open x.com"), "link", "outside", self._on_to_x)
        self._by_hand = _group(_("What only you can see"), FlowLayout(self._signed_in, self._to_x))
        self.add(
            Text(_("Last checks"), "heading"),
            self._summary,
            _group(_("Your chat"), column(*self._lines, spacing=0)),
            _group(_("X and this computer"), self._when, self._rows, FlowLayout(self.look)),
            self._by_hand,
        )

    def show_missing(self, chat: Chat, missing: Collection[Missing]) -> None:
        """Show what is ready and what is not."""
        if self._chat is not None and chat.route is not self._chat.route:
            # What was found was for another way.
            self._forget_found()
        self._chat = chat
        wanted = set(missing)
        if chat.route is Route.REHEARSAL:
            wanted.add(Missing.NO_ROUTE)
        for line in self._lines:
            line.show_ready(not (line.item.kinds & wanted))
        self._signed_in.setChecked(self._connections.signed_in_on == self._today())
        self._by_hand.setHidden(chat.route not in _BY_PAGES)
        self._show_summary()
        self._look_if_soon()

    @property
    def found(self) -> tuple[str, ...]:
        """What the last look found, in words."""
        return self._words

    @property
    def ready(self) -> int:
        """How many things of the chat are ready."""
        return sum(line.ready for line in self._lines)

    @property
    def summary(self) -> str:
        """The sentence for the whole."""
        return self._summary.text

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_if_soon()

    # --- looking ---------------------------------------------------------------------------

    def _look_if_soon(self) -> None:
        """Shortly before the hour, look at what costs nothing without being told."""
        chat = self._chat
        if chat is None or chat.starts_at is None or chat.ends_at is None:
            return
        is_soon = chat.starts_at - SOON <= self._now() < chat.ends_at
        if is_soon and self._looked_at is None and self.isVisible():
            self._look(paying=False)

    def _on_look(self) -> None:
        self._look(paying=True)

    def _look(self, paying: bool) -> None:
        if self._looking:
            return
        self._looking = True
        self.look.show_text(_("Being checked…"))
        job = partial(self._check, paying)
        self._connections.run(self, job, self._on_found, self._on_not_looked)

    def _on_found(self, checks: tuple[Check, ...]) -> None:
        self._looked_at = self._now()
        self._checks = checks
        go, open_page, again = self.step_wanted.emit, self._open_page, self._on_look
        lines = [FoundLine(check, go, open_page, again) for check in checks]
        self._show_found(lines, tuple(check_words(check) for check in checks))

    def _on_not_looked(self, _error: Exception) -> None:
        self._looked_at, self._checks = None, ()
        words = _("This could not be checked. Try again in a moment.")
        self._show_found([VerdictLine(words, "look")], (words,))

    def _show_found(self, lines: Sequence[QWidget], words: tuple[str, ...]) -> None:
        self._looking = False
        self.look.show_text(_("Check everything again"))
        for line in self._found:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._found = list(lines)
        for line in lines:
            self._rows.addWidget(line)
        self._words = words
        self._show_summary()
        announce(self, " ".join((*words, self._summary.text)))

    def _forget_found(self) -> None:
        self._looked_at, self._checks = None, ()
        self._show_found((), ())
        self.look.show_text(_("Check now"))

    # --- the whole -------------------------------------------------------------------------

    def _show_summary(self) -> None:
        words, tone = self._summary_words()
        self._summary.say(words, tone)
        when = _("Check an hour before the chat, then again ten minutes before.")
        if self._looked_at is not None and self._chat is not None:
            hour = format_hour(self._looked_at.astimezone(self._chat.zone))
            when = _("Checked at {hour}. Check again ten minutes before the chat.").format(
                hour=hour
            )
        if self._chat is not None and self._chat.route is Route.KEYS:
            when += " " + _("With keys, each check costs one cent.")
        if when != self._when.text():
            self._when.setText(when)

    def _summary_words(self) -> tuple[str, Tone]:
        verdicts = [check.verdict for check in self._checks]
        things = sum(not line.ready for line in self._lines)
        things += sum(verdict is not Verdict.WELL for verdict in verdicts)
        if self._looked_at is not None:
            # Long before the day, nobody need be signed in.
            things += not (self._by_hand.isHidden() or self._signed_in.isChecked())
        if things:
            words = ngettext("{count} thing to look at", "{count} things to look at", things)
            return words.format(count=things), "stop" if Verdict.STOP in verdicts else "look"
        if self._looked_at is None:
            return _("Your chat is ready. X and this computer are still to be checked."), "plum"
        return _("Everything is ready."), "well"

    def _today(self) -> date:
        zone = self._chat.zone if self._chat is not None else None
        return self._now().astimezone(zone).date()

    def _on_ticked(self, ticked: bool) -> None:
        self._connections.signed_in_on = self._today() if ticked else None
        self._show_summary()

    def _on_to_x(self) -> None:
        self._open_page(X_PAGE)


def _group(title: str, *items: QWidget | QLayout) -> QWidget:
    """What belongs together, under its name, with air above."""
    part = QWidget()
    inside = column(Text(title, "label"), *items, spacing=4)
    inside.setContentsMargins(0, theme.px(10), 0, 0)
    part.setLayout(inside)
    return part
