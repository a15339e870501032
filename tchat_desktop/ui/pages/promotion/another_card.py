"""The card by which another announcement is added: where it is published, and how long before."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Signal

from tchat_desktop.domain.chat import Channel, Chat
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.promotion.announcement_words import CHANNELS, NOW, RUNGS, lead_words
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class AnotherCard(Card):
    """Asks for an announcement; it adds none itself."""

    wanted = Signal(str, int)
    """Emitted with the `Channel` and the minutes before the chat."""
    proposed_wanted = Signal()
    """Emitted when the proposed announcements that are missing are to be added."""

    def __init__(self) -> None:
        super().__init__()
        self._channel = QuietComboBox()
        for channel, words in CHANNELS.items():
            self._channel.addItem(_(words), channel)
        self.rung = QuietComboBox()
        missing = _("Add the proposed ones that are missing")
        self._missing = Button(missing, "link", "bulb", self.proposed_wanted.emit)
        self.add(
            Text(_("Another announcement"), "heading"),
            FlowLayout(
                Field(_("Where?"), self._channel),
                Field(_("When?"), self.rung),
                spacing=theme.Space.INNER,
            ),
            FlowLayout(Button(_("Add"), "quiet", "plus", self._on_add), self._missing),
        )

    def show_chat(self, chat: Chat, now: datetime, some_are_missing: bool) -> None:
        """Offer the days that are still to come: all of them without a date, at least the last.

        The proposed announcements are offered while some of them are missing.
        """
        self._missing.setVisible(some_are_missing)
        left = timedelta.max if chat.starts_at is None else chat.starts_at - now
        rungs = [one for one in RUNGS if timedelta(minutes=one) <= left] or [NOW]
        if rungs == [self.rung.itemData(place) for place in range(self.rung.count())]:
            return
        chosen = self.rung.currentData()
        self.rung.clear()
        for minutes in rungs:
            self.rung.addItem(lead_words(minutes), minutes)
        self.rung.setCurrentIndex(max(0, self.rung.findData(chosen)))

    def _on_add(self) -> None:
        self.wanted.emit(Channel(self._channel.currentData()), self.rung.currentData())
