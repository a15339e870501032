"""Asks off the GUI thread what the day of the chat is in the places of its audience."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.days_off import DayOff, DaysOff, LocalDay
from tchat_desktop.domain.schedule import local_times
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.wording.i18n import language, territory


class DaysOffWatch(QObject):
    """Knows the days off of the day that was asked about last; it asks anew when it changes."""

    changed = Signal()

    def __init__(self, parent: QObject, bridge: Bridge, days_off: DaysOff) -> None:
        super().__init__(parent)
        self._bridge, self._days_off = bridge, days_off
        self._asked: tuple[LocalDay, ...] = ()
        self._found: tuple[DayOff, ...] = ()

    def of(self, chat: Chat) -> tuple[DayOff, ...]:
        """What is known of the day of a chat; the rest is asked for, and `changed` tells it."""
        places = tuple(
            LocalDay(one.zone, territory(one.zone), one.local.date()) for one in local_times(chat)
        )
        if places != self._asked:
            self._asked, self._found = places, ()
            if places:
                self._ask(places)
        return self._found

    def _ask(self, places: tuple[LocalDay, ...]) -> None:
        days_off, code = self._days_off, language()

        def told(found: Sequence[DayOff]) -> None:
            if places == self._asked:
                self._found = tuple(found)
                self.changed.emit()

        self._bridge.run(self, lambda: days_off(places, code), told, self._on_failed)

    def _on_failed(self, _error: Exception) -> None:
        """Nothing is known of that day then: a hint is missing, and nothing else."""
