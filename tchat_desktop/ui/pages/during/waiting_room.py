"""What the waiting room does: it keeps itself up to date, and hands wishes to the hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from tchat_desktop.domain import guide, run_sheet
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.run_items import RunItem
from tchat_desktop.domain.texts import Texts
from tchat_desktop.i18n import format_day, format_hour
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.course_words import OUT
from tchat_desktop.ui.dialogs import confirms_early
from tchat_desktop.ui.models.live_rows import LiveRows
from tchat_desktop.ui.pages.before.post_words import item_title
from tchat_desktop.ui.pages.during.ports import Hour, Hours
from tchat_desktop.ui.pages.during.waiting import WaitingScreen


class WaitingRoom(QObject):
    """Stands between the waiting screen and the hours. Nothing leaves without a question."""

    def __init__(
        self,
        screen: WaitingScreen,
        editor: ChatEditor,
        hours: Hours,
        live: LiveRows,
        texts_of: Callable[[str], Texts],
        open_page: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._editor = editor
        self._hours = hours
        self._live = live
        self._texts_of = texts_of
        self._now = now
        screen.early_wanted.connect(self._on_early_wanted)
        screen.done.page_wanted.connect(open_page)
        screen.done.out_wanted.connect(self._on_out_wanted)
        screen.done.not_out_wanted.connect(self._on_not_out_wanted)
        screen.done.back_wanted.connect(self._on_back_wanted)

    def show(self, connected: bool) -> None:
        """Bring the screen up to date; `connected` tells whether there is an account."""
        chat, now = self._editor.chat, self._now()
        opened = self._hours.hour(Occasion.LIVE) is not None
        self._screen.show_chat(chat, now, connected, self._live.rows, opened)
        sheet = run_sheet.build(chat, self._texts_of(chat.language))
        self._screen.show_statuses(guide.statuses(chat, sheet, now))

    def _on_early_wanted(self) -> None:
        item, chat = self._next_item(), self._editor.chat
        if item is None or chat.starts_at is None:
            return
        start = chat.starts_at.astimezone(chat.zone)
        by_page = chat.route is not Route.KEYS or item.by_page
        confirmed = confirms_early(
            self._screen, item_title(item), format_day(start), format_hour(start), by_page
        )
        if confirmed:
            self._hour().publish_early(item.key)

    def _next_item(self) -> RunItem | None:
        """The first post of the run sheet that is not out."""
        chat = self._editor.chat
        sheet = run_sheet.build(chat, self._texts_of(chat.language))
        for item in sheet.items:
            row = self._live.of(item.key)
            if row is None or row.state not in OUT | {PostState.SKIPPED}:
                return item
        return None

    def _hour(self) -> Hour:
        """The real hour, opened if it was not: nothing leaves by itself before its time."""
        return self._hours.hour(Occasion.LIVE) or self._hours.start_live()

    def _on_out_wanted(self, post_id: str) -> None:
        self._hour().confirm_sent(post_id)

    def _on_not_out_wanted(self, post_id: str) -> None:
        self._hour().not_out(post_id)

    def _on_back_wanted(self, post_id: str) -> None:
        self._hour().bring_back(post_id)
