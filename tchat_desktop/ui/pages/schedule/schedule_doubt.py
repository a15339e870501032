"""The question which day was meant, when a typed date is contradictory or past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import Signal

from tchat_desktop.domain.typed_time import Reading, ReadingDoubt
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow_box import FlowBox
from tchat_desktop.wording.i18n import _, format_day, format_hour, format_weekday


class DayQuestion(FlowBox):
    """A button for each day that may be meant."""

    answered = Signal(object, object)
    """Emitted with the date, and the hour that was typed with it or None."""

    def __init__(self) -> None:
        super().__init__()
        self._hour: time | None = None
        self.hide()

    def ask(self, reading: Reading) -> None:
        """Offer the days that a typed text may mean."""
        self._hour = reading.hour
        self.show_widgets([_Offer(day, reading.hour, self._on_taken) for day in reading.meant])
        self.setVisible(bool(reading.meant))

    def _on_taken(self, day: date) -> None:
        self.answered.emit(day, self._hour)


class _Offer(Button):
    """A button with one day in words, and the hour if one was typed."""

    def __init__(self, day: date, hour: time | None, take: Callable[[date], None]) -> None:
        super().__init__(_in_words(day, hour), clicked=self._on_pressed)
        self._day, self._take = day, take

    def _on_pressed(self) -> None:
        self._take(self._day)


def doubt_words(reading: Reading) -> str:
    """Return why the organiser is asked which day was meant."""
    if reading.doubt is ReadingDoubt.PAST:
        return _("{day} has passed. Which day do you mean?").format(
            day=_capital(format_day(reading.day, with_year=True))
        )
    return _("{date} is a {weekday}. Which day do you mean?").format(
        date=format_day(reading.day, with_year=True, with_weekday=False),
        weekday=format_weekday(reading.day),
    )


def _in_words(day: date, hour: time | None) -> str:
    words = format_day(day, with_year=True)
    if hour is None:
        return words
    shown = format_hour(datetime.combine(day, hour))
    return _("{day} at {hour}").format(day=words, hour=shown)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
