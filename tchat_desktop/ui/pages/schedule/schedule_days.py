"""International days near the chat or about its topic, on which people talk about it anyway."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.schedule import NEAR, RelatedDay
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.placing import take_away
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, format_day, format_delta, language, ngettext

_MOST = 3


class RelatedDays(Card):
    """A few days with a button to choose each; hidden when there are none."""

    day_wanted = Signal(object)
    """Emitted with the date that was chosen."""
    rearranged = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self._shown: tuple[RelatedDay, ...] | None = None
        self._lines: list[_DayLine] = []
        self.add(
            Text(_("International days"), "heading"),
            Text(_("On these days people talk of it already, and the media too."), "small"),
        )

    def show_days(self, days: tuple[RelatedDay, ...], chat: Chat, today: date) -> None:
        """Show the nearest days that are still to come."""
        days = tuple(one for one in days if one.on >= today)[:_MOST]
        dated = chat.starts_at is not None
        if days == self._shown and all(line.dated == dated for line in self._lines):
            return
        self._shown = days
        take_away(self.content, *self._lines)
        self._lines = [_DayLine(one, dated, today) for one in days]
        for line in self._lines:
            line.taken.connect(self.day_wanted)
            self.add(line)
        self.setVisible(bool(days))
        self.rearranged.emit()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons that choose a day, from top to bottom."""
        return tuple(line.button for line in self._lines if line.button is not None)


class _DayLine(QWidget):
    """The line of one day: a sentence and its button."""

    taken = Signal(object)

    def __init__(self, one: RelatedDay, dated: bool, today: date) -> None:
        super().__init__()
        self.dated = dated
        self._on = one.on
        name, day = one.day.name(language()), format_day(one.on)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addWidget(Text(_sentence(one, name, day, dated, today)), 1)
        self.button: Button | None = None
        if one.distance or not dated:
            self.button = Button(
                _("Use this day"),
                clicked=self._on_taken,
                name=_("Use {day}, {name}").format(day=day, name=name),
            )
            layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

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
