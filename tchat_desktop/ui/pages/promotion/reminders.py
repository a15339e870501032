"""The announcements still to make, as reminders for the organiser's own calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import promotion
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.promotion import Reminder
from tchat_desktop.domain.texts import Texts, When
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.promotion.announcement_words import CHANNELS
from tchat_desktop.ui.pages.promotion.promotion_files import PromotionFiles
from tchat_desktop.ui.pages.shared.saving import Saving
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import column, row
from tchat_desktop.wording.i18n import _


class Reminders(QWidget):
    """A button that saves them, for the chat that is shown; hidden when there are none."""

    def __init__(self, bridge: Bridge, files: PromotionFiles, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._export = files.reminders
        self._now = now
        self._shown: tuple[Chat, Texts, When] | None = None
        self._save = Button(_(files.reminders.title), "link", "calendar", self._on_save)
        self._save.setAccessibleDescription(
            _("A file your calendar opens: it rings at the hour of each one.")
        )
        self.saving = Saving(bridge, files.open)
        self.setLayout(column(row(self._save, None), self.saving))

    def show_chat(self, chat: Chat, texts: Texts, when: When) -> None:
        """Offer the reminders of this chat."""
        self._shown = (chat, texts, when)
        self.setVisible(bool(promotion.still_to_make(chat, self._now())))

    def _on_save(self) -> None:
        if self._shown is None:
            return
        chat, texts, when = self._shown
        reminders = tuple(
            Reminder(
                one.id,
                due,
                _("To announce: {channel} – {topic}").format(
                    channel=_(CHANNELS[one.channel]), topic=chat.topic or f"#{chat.hashtag}"
                ),
                promotion.text_of(chat, one, texts, when),
            )
            for one, due in promotion.still_to_make(chat, self._now())
        )
        self.saving.save(self._export, (chat, reminders), chat, rehearsing=False)
