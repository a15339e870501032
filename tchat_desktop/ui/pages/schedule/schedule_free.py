"""The advice to be free around the chat, with its hours."""

from __future__ import annotations

from datetime import datetime

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.schedule import busy_from, busy_until
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, format_hour


class FreeHours(Card):
    """Tells from when until when to be free; hidden once the hour has passed."""

    def __init__(self) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        self._hours = Text("")
        self.add(Text(_("Be free an hour before and after"), "advice"), self._hours)

    def show_chat(self, chat: Chat, now: datetime) -> None:
        """Show the hours around a chat, on the organiser's clock; `now` is UTC."""
        start, end = busy_from(chat), busy_until(chat)
        # An hour that has passed needs no advice about free time.
        self.setHidden(start is not None and start <= now)
        if start is None or end is None:
            text = _("Before, to check everything. After, because the best answers come late.")
        else:
            text = _(
                "From {start} to {end}: before, to check everything; after, because the best "
                "answers come late."
            ).format(
                start=format_hour(start.astimezone(chat.zone)),
                end=format_hour(end.astimezone(chat.zone)),
            )
        if self._hours.text() != text:
            self._hours.setText(text)
