"""International days near the chat or about its topic, on which people talk about it anyway."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.schedule import NEAR, RelatedDay
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import take_away
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, format_day, format_delta, language, ngettext

_MOST = 3


class RelatedDays(Card):
    """A few days with a button to choose each; hidden when there are none."""

    day_wanted = Signal(object)
    """Emitted with the date that was chosen."""
    event_wanted = Signal(object)
    """Emitted with the InternationalDay that is to be the occasion of the chat."""
    rearranged = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=theme.Space.BESIDE)
        self._shown: tuple[RelatedDay, ...] | None = None
        self._lines: list[_DayLine] = []
        days = QWidget()
        days.setAccessibleName(_("International days"))
        self._column = column()
        days.setLayout(self._column)
        self._items = ItemList(days)
        self.add(
            Text(_("International days"), "heading"),
            Text(_("On these days people talk of it already, and the media too."), "small"),
            days,
        )

    def show_days(self, days: tuple[RelatedDay, ...], chat: Chat, today: date) -> None:
        """Show the nearest days that are still to come."""
        days = tuple(one for one in days if one.on >= today)[:_MOST]
        dated = chat.starts_at is not None
        if days == self._shown and all(line.dated == dated for line in self._lines):
            return
        self._shown = days
        take_away(self._column, *self._lines)
        self._lines = [_DayLine(one, dated, today) for one in days]
        for line in self._lines:
            line.taken.connect(self.day_wanted)
            line.named.connect(self.event_wanted)
            self._column.addWidget(line)
        self.setVisible(bool(days))
        self.rearranged.emit()
        self._items.show_items(self._lines)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons that choose a day or name the occasion, from top to bottom."""
        return tuple(button for line in self._lines for button in line.buttons)


class _DayLine(QWidget):
    """The line of one day: a sentence and its button."""

    taken = Signal(object)
    named = Signal(object)

    def __init__(self, one: RelatedDay, dated: bool, today: date) -> None:
        super().__init__()
        self.dated = dated
        self._on = one.on
        self._day = one.day
        name, day = one.day.name(language()), format_day(one.on)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.UNDER_HEADING))
        sentence = _sentence(one, name, day, dated, today)
        self.setAccessibleName(sentence)
        layout.addWidget(Text(sentence), 1)
        self.buttons: list[Button] = []
        if one.distance or not dated:
            self._add(layout, Button(_("Use this day")), f"{day}, {name}")
            self.buttons[-1].clicked.connect(self._on_taken)
        if dated and abs(one.distance) <= NEAR:
            self._add(layout, Button(_("It is the occasion"), "link"), f"{day}, {name}")
            self.buttons[-1].clicked.connect(self._on_named)

    def _add(self, layout: QHBoxLayout, button: Button, who: str) -> None:
        button.setAccessibleName(_("{what} – {who}").format(what=button.text(), who=who))
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.buttons.append(button)

    def _on_named(self) -> None:
        self.named.emit(self._day)

    def _on_taken(self) -> None:
        self.taken.emit(self._on)


def _sentence(one: RelatedDay, name: str, day: str, dated: bool, today: date) -> str:
    if not dated:
        away = (one.on - today).days
        if away == 0:
            return _("Today: {name}, {day}").format(name=name, day=day)
        when = format_delta(timedelta(days=away))
        return _("{when}: {name}, {day}").format(
            when=when[:1].upper() + when[1:], name=name, day=day
        )
    if one.distance == 0:
        return _("The day of your chat: {name}").format(name=name)
    if abs(one.distance) > NEAR:
        return _("Also about your topic: {name}, {day}").format(name=name, day=day)
    if one.distance > 0:
        words = ngettext(
            "{count} day after your chat: {name}, {day}",
            "{count} days after your chat: {name}, {day}",
            one.distance,
        )
    else:
        words = ngettext(
            "{count} day before your chat: {name}, {day}",
            "{count} days before your chat: {name}, {day}",
            -one.distance,
        )
    return words.format(count=abs(one.distance), name=name, day=day)
