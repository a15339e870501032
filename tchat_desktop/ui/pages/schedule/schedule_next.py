"""A chat that comes back: when its next editions would be."""

from __future__ import annotations

from datetime import datetime

from tchat_desktop.domain.chat import Chat, Rhythm
from tchat_desktop.domain.schedule import next_editions
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import N_, _, format_day, format_hour

_SHOWN = 3

_RHYTHMS = {
    Rhythm.WEEKLY: N_("Every week, the same day and hour:"),
    Rhythm.MONTHLY: N_("Every month, the same weekday of the month:"),
    Rhythm.QUARTERLY: N_("Every three months, the same weekday of the month:"),
    Rhythm.YEARLY: N_("Every year, the same date:"),
}


class NextEditions(Card):
    """The dates to come of a regular chat; hidden for a single one, and without a date."""

    def __init__(self) -> None:
        super().__init__(spacing=theme.Space.BESIDE)
        self._rhythm, self._dates = Text(""), Text("", "strong")
        self.add(
            Text(_("The next times"), "heading"),
            self._rhythm,
            self._dates,
            Text(
                _(
                    "Nothing is announced yet: after this chat, “What’s next” proposes the first "
                    "of these dates, with all that serves again."
                ),
                "small",
            ),
        )
        self.hide()

    @property
    def text(self) -> str:
        """The dates on screen; "" without any."""
        return "" if self.isHidden() else self._dates.text()

    def show_chat(self, chat: Chat, now: datetime) -> None:
        """Show the next dates of a chat, on the organiser's clock; `now` is UTC."""
        dates = next_editions(chat, now, _SHOWN)
        if dates:
            local = [one.astimezone(chat.zone) for one in dates]
            self._rhythm.setText(_(_RHYTHMS[chat.rhythm]))
            days = " · ".join(format_day(one, with_year=one.year != now.year) for one in local)
            self._dates.setText(
                _("{days}, at {hour}").format(days=days, hour=format_hour(local[0]))
            )
        self.setVisible(bool(dates))
