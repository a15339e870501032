"""The checklist of the day: a sentence for the whole, then a line for each thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QWidget

from tchat_desktop.domain.preflight import PreflightCheck
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.x import links
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.day_list import DayList
from tchat_desktop.ui.pages.shared.preflight_lines import ITEMS, FoundLine, ItemLine
from tchat_desktop.ui.pages.shared.preflight_words import check_words
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import take_away
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.ui.widgets.verdict import HintNotice, VerdictLine
from tchat_desktop.wording.i18n import _, format_hour


class Preflight(Card):
    """The checklist of the day; the organiser ticks by hand what only they can see."""

    step_wanted = Signal(StepId)

    def __init__(self, day: DayList, open_page: Callable[[str], None]) -> None:
        super().__init__(spacing=theme.Space.BESIDE)
        self._day = day
        self._open_page = open_page
        self._shown: tuple[bool, tuple[PreflightCheck, ...]] = (False, ())
        self._words: tuple[str, ...] = ()
        self._found: list[QWidget] = []
        self._summary = HintNotice()
        self._lines = [ItemLine(item, self.step_wanted.emit) for item in ITEMS]
        self.look = Button(_("Check now"), icon_name="redo", clicked=self._on_look)
        self._when = Text("", "small")
        self._own = ItemList(_listed(_("Your chat"), self._lines))
        self._own.show_items(self._lines)
        self._rows = _listed(_("X and this computer"), ())
        self._found_items = ItemList(self._rows)
        self._signed_in = Tick(_("I am signed in to x.com in my browser"))
        self._signed_in.toggled.connect(day.tick_signed_in)
        self._to_x = Button(_("Open x.com"), "link", "outside", self._on_to_x)
        self._by_hand = _group(_("What only you can see"), FlowLayout(self._signed_in, self._to_x))
        self.add(
            Text(_("Last checks"), "heading"),
            self._summary,
            _group(_("Your chat"), self._own.box),
            _group(_("X and this computer"), self._when, self._rows, FlowLayout(self.look)),
            self._by_hand,
        )
        day.changed.connect(self._on_changed)

    @property
    def found(self) -> tuple[str, ...]:
        """The findings of the last check, in words."""
        return self._words

    @property
    def ready(self) -> int:
        """The number of items of the chat that are ready."""
        return sum(line.ready for line in self._lines)

    @property
    def summary(self) -> str:
        """The sentence for the whole."""
        return self._summary.text

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_changed()

    def _on_changed(self) -> None:
        day = self._day
        for line in self._lines:
            line.show_ready(day.is_ready(line.item), day.chat)
        self._signed_in.setChecked(day.signed_in)
        self._by_hand.setHidden(not day.by_pages)
        self._show_look()
        self._show_summary()
        if self._shown != (day.failed, day.checks):
            self._shown = (day.failed, day.checks)
            self._show_found()
        if self.isVisible():
            day.look_if_soon()

    def _on_look(self) -> None:
        self._day.look(paying=True)

    def _show_look(self) -> None:
        words = _("Check now")
        if self._day.looking:
            words = _("Being checked…")
        elif self._day.looked_at is not None or self._day.failed:
            words = _("Check everything again")
        if self.look.accessibleName() != words:
            self.look.show_text(words)

    def _show_found(self) -> None:
        lines: Sequence[QWidget]
        if self._day.failed:
            words = _("This could not be checked. Try again in a moment.")
            lines, self._words = [VerdictLine(words, "look")], (words,)
        else:
            go, open_page, again = self.step_wanted.emit, self._open_page, self._on_look
            lines = [FoundLine(check, go, open_page, again) for check in self._day.checks]
            self._words = tuple(check_words(check) for check in self._day.checks)
        rows = self._rows.layout()
        assert rows is not None
        take_away(rows, *self._found)
        self._found = list(lines)
        for line in lines:
            rows.addWidget(line)
        self._found_items.show_items(self._found)
        announce(self, " ".join((*self._words, self._summary.text)))

    def _show_summary(self) -> None:
        words, tone = self._day.summary
        self._summary.say(words, tone)
        chat, looked_at = self._day.chat, self._day.looked_at
        when = _("Check an hour before the chat, then again ten minutes before.")
        if looked_at is not None and chat is not None:
            hour = format_hour(looked_at.astimezone(chat.zone))
            when = _("Checked at {hour}. Check again ten minutes before the chat.").format(
                hour=hour
            )
        if self._day.price:
            when += " " + self._day.price
        if when != self._when.text():
            self._when.setText(when)

    def _on_to_x(self) -> None:
        self._open_page(links.HOME)


def _listed(name: str, lines: Sequence[QWidget]) -> QWidget:
    box = QWidget()
    box.setAccessibleName(name)
    box.setLayout(column(*lines, spacing=0))
    return box


def _group(title: str, *items: QWidget | QLayout) -> QWidget:
    """Return a group of widgets under a title, with space above."""
    part = QWidget()
    heading = Text(title, "label")
    roles.give(heading, "heading")
    inside = column(heading, *items, spacing=theme.Space.LINE)
    inside.setContentsMargins(0, theme.px(theme.Space.PART), 0, 0)
    part.setLayout(inside)
    return part
