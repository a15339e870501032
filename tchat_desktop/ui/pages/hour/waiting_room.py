"""The logic of the waiting screen: it keeps the screen up to date, and passes commands on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import shiboken6
from PySide6.QtCore import QObject

from tchat_desktop.domain import guide, run_sheet
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.named_children import all_words
from tchat_desktop.domain.outgoing import OUT, OutboxPost, PostState
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui.dialogs import confirms_early, confirms_taking_over
from tchat_desktop.ui.models.live_rows import LiveRows
from tchat_desktop.ui.pages.hour.waiting import WaitingScreen
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.hour_ports import HourPort, HoursPort
from tchat_desktop.ui.pages.shared.hour_words import row_name
from tchat_desktop.wording.i18n import countries_of, format_day, format_hour


class WaitingRoom(QObject):
    """Connects the waiting screen with the hours. Nothing is published without a question."""

    def __init__(
        self,
        screen: WaitingScreen,
        editor: ChatEditor,
        hours: HoursPort,
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
        self._guard = ChildGuard(editor, lambda: hours.hour(Occasion.LIVE))
        self._texts_of = texts_of
        self._now = now
        screen.early_wanted.connect(self._on_early_wanted)
        screen.here_wanted.connect(self._on_here_wanted)
        screen.done.page_wanted.connect(open_page)
        screen.done.out_wanted.connect(self._on_out_wanted)
        screen.done.not_out_wanted.connect(self._on_not_out_wanted)
        screen.done.back_wanted.connect(self._on_back_wanted)

    def show(self, connected: bool) -> None:
        """Update the screen; `connected` tells whether an account is connected."""
        chat, now = self._editor.chat, self._now()
        opened = self._hours.hour(Occasion.LIVE) is not None
        self._screen.show_chat(chat, now, connected, self._live.rows, opened)
        sheet = run_sheet.build_run_sheet(chat, self._texts_of(chat.language))
        self._screen.show_statuses(guide.statuses(chat, sheet, now, countries_of(chat)))

    def _on_early_wanted(self) -> None:
        post, start = self._next_post(), self._editor.chat.starts_local
        if post is None or start is None:
            return
        day, hour, by_page = format_day(start), format_hour(start), post.route is Route.ASSISTED
        if start.date() == self._now().astimezone(start.tzinfo).date():
            day = ""
        if not confirms_early(self._screen, row_name(post), day, hour, by_page):
            return
        if self._guard.lets_leave(self._screen, all_words(post.text, post.picture)):
            self._hour().publish_early(post.slot)
        elif shiboken6.isValid(self._screen):
            # Where its text is changed before the chat.
            self._screen.step_wanted.emit(StepId.RUN_SHEET)

    def _on_here_wanted(self) -> None:
        if confirms_taking_over(self._screen):
            self._hours.take_over()

    def _next_post(self) -> OutboxPost | None:
        """Return the first post of the run sheet that is neither published nor in reserve."""
        chat = self._editor.chat
        if chat.starts_at is None or chat.route is None:
            return None
        sheet = run_sheet.build_run_sheet(chat, self._texts_of(chat.language))
        planned = run_sheet.plan(chat, sheet, Occasion.LIVE, chat.route, chat.starts_at)
        for post in planned:
            there = self._live.of(post.slot)
            if there is None or there.state not in OUT | {PostState.SKIPPED}:
                return post
        return None

    def _hour(self) -> HourPort:
        """Return the real hour, started if need be: nothing leaves by itself before its time."""
        return self._hours.hour(Occasion.LIVE) or self._hours.start_live()

    def _on_out_wanted(self, post_id: str) -> None:
        self._hour().do(Outbox.confirm_sent, post_id)

    def _on_not_out_wanted(self, post_id: str) -> None:
        self._hour().do(Outbox.not_out, post_id)

    def _on_back_wanted(self, post_id: str) -> None:
        self._hour().do(Outbox.bring_back, post_id)
