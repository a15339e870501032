"""Le tchat: the cockpit of the hour, real or rehearsed; before it, a calm screen that waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication

from tchat_desktop.domain.chat import Chat, ChatPhase, Occasion, phase
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.services.accounts import Connection
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.services.ports import PictureStore, UnsentStore
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.models.live_rows import LiveRows
from tchat_desktop.ui.models.unfinished import Unfinished
from tchat_desktop.ui.models.unsent import UnsentTexts
from tchat_desktop.ui.pages.hour.board import HourBoard
from tchat_desktop.ui.pages.hour.day_card import DayCard
from tchat_desktop.ui.pages.hour.typed_words import typed_words
from tchat_desktop.ui.pages.hour.waiting import WaitingScreen, is_far
from tchat_desktop.ui.pages.hour.waiting_room import WaitingRoom
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.rehearsing.window import FictitiousPages
from tchat_desktop.ui.pages.shared.day_list import DayList
from tchat_desktop.ui.pages.shared.hour_ports import HourPort, HoursPort
from tchat_desktop.ui.widgets.steady_button import FocusCare
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.step_titles import step_title

SECOND_MS = 1000
LEAST_SHOWN = 120
"""Pixels of the conversation that must be in sight after one of its forms was closed."""
MOST_PINNED = 0.4
"""Part of the height the strip may take for itself; with large text it scrolls with the rest."""


class CockpitPage(Page):
    """Shows the hour that runs; the real one before a rehearsal; the waiting screen else."""

    step = StepId.HOUR

    def __init__(
        self,
        editor: ChatEditor,
        hours: HoursPort,
        bridge: Bridge,
        texts_of: Callable[[str], Texts],
        open_page: Callable[[str], None],
        now: Callable[[], datetime],
        pictures: PictureStore,
        rules: NetworkRules,
        account: Callable[[], Connection | None],
        live: LiveRows,
        day: DayList,
        unsent: UnsentStore,
    ) -> None:
        super().__init__(
            step_title(StepId.HOUR),
            _("Everything is counted down, and nothing leaves without your knowing."),
            wide=True,
        )
        self._editor = editor
        self._hours = hours
        self._bridge = bridge
        self._texts_of = texts_of
        self._open_page = open_page
        self._now = now
        self._pictures = pictures
        self._rules = rules
        self._account = account
        self._live = live
        live.changed.connect(self._on_second)
        self._put_away: HourPort | None = None
        self._was_closed = False
        self._typed: dict[HourPort, Unfinished] = {}
        self._goes_on = False
        self._unsent = UnsentTexts(bridge, unsent, editor.chat.id, self._on_unsent_found)
        # A reply that was just sent is not given back by a crash a moment later.
        bridge.outbox_changed.connect(self._on_outbox_changed)
        self._wanted = Occasion.LIVE
        self._feed_at: int | None = None
        """How far below the top of the page the conversation began when a form was opened."""
        # A rehearsal from before does not stand in front of the real hour.
        begun = hours.hour(Occasion.LIVE) is not None
        self._rehearsal = hours.hour(Occasion.REHEARSAL) if begun else None
        self.board: HourBoard | None = None
        self.fictitious = FictitiousPages(hours, bridge, self, texts_of)
        self.waiting = WaitingScreen()
        self.waiting.live_wanted.connect(self._on_live_wanted)
        self.waiting.rehearsal_wanted.connect(self._on_rehearsal_wanted)
        self.waiting.step_wanted.connect(self.step_wanted)
        self._room = WaitingRoom(self.waiting, editor, hours, self._live, texts_of, open_page, now)
        self._day = day
        self.day_card = DayCard(day)
        self.day_card.step_wanted.connect(self.step_wanted)
        self.waiting.show_below_the_clock(self.day_card)
        self.add(self.waiting)
        self.verticalScrollBar().valueChanged.connect(self._place_strip)
        FocusCare(self)
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self._on_second)

    def show_occasion(self, occasion: Occasion) -> None:
        """Show that hour if it was started, also when the other one runs."""
        self._wanted = occasion
        self.show_chat(self._editor.chat)

    def show_chat(self, chat: Chat) -> None:
        """Show the hour that runs, if one does; else how long there is to wait."""
        hour = self._hour_to_show()
        self._day.show_chat(chat)
        if (self.board.hour if self.board else None) is not hour:
            self._put_on(hour)
            self.filled.emit()
        reopened = self._was_closed and chat.closed_at is None
        self._was_closed = chat.closed_at is not None
        if reopened and self.board is not None:
            self.board.reopen()
        self.day_card.setVisible(hour is None and self._day.is_coming)
        if self.board is None:
            self._room.show(self._account() is not None)
        else:
            self.board.show_limit(chat.spending_limit_cents)

    @property
    def shown_as(self) -> StepId:
        """A rehearsal has the screen of the real hour, and must not be taken for it."""
        rehearsed = self.board is not None and self.board.hour.occasion is Occasion.REHEARSAL
        return StepId.REHEARSAL if rehearsed else self.step

    @property
    def leads_on(self) -> bool:
        """A rehearsal thanks nobody: the real chat is still to come."""
        return self.board is None or self.board.hour.occasion is not Occasion.REHEARSAL

    def unfinished(self) -> object | None:
        self._keep_typed()
        return self._typed, self._put_away

    @property
    def typed(self) -> Sequence[str]:
        self._keep_unsent()
        live = self._hours.hour(Occasion.LIVE)
        # It is on disk, or about to be before the app ends; unless the disk takes nothing.
        if not self._unsent.refused or live is None or live not in self._typed:
            return ()
        on_screen = self.board is not None and self.board.hour is live
        return typed_words(
            self._typed[live], self.board.view().rows if self.board and on_screen else ()
        )

    def take_up(self, unfinished: object) -> None:
        assert isinstance(unfinished, tuple)
        self._typed, self._put_away = unfinished
        self._goes_on = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.board is not None:
            self.board.refresh()
        self._on_second()
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()
        self._keep_unsent()
        board = self.board
        if board is not None:
            board.give_room_back()
        if board is not None and board.is_over and board.hour.occasion is Occasion.REHEARSAL:
            # Its end was seen: next time this page waits for the real chat again.
            self._put_away, self._wanted = board.hour, Occasion.LIVE

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_strip()

    def _hour_to_show(self) -> HourPort | None:
        """The real hour when there is one, unless a rehearsal was started since."""
        live = self._hours.hour(Occasion.LIVE)
        if live is not None and is_far(self._editor.chat, self._now()):
            live = None
        rehearsal = self._hours.hour(Occasion.REHEARSAL)
        if rehearsal is not self._rehearsal:
            self._rehearsal = rehearsal
            self._wanted = Occasion.REHEARSAL
        if rehearsal is self._put_away:
            rehearsal = None
        if self._wanted is Occasion.REHEARSAL:
            return rehearsal or live
        return live or rehearsal

    def _put_on(self, hour: HourPort | None) -> None:
        self._keep_typed()
        if self.board is not None:
            self.board.put_away()
            for widget in (self.board.strip, self.board.main, self.board.side):
                widget.hide()
                widget.deleteLater()
            self.board.deleteLater()
            self.board = None
        for widget in (self.title, self.lead, self.waiting):
            widget.setVisible(hour is None)
        if hour is not None:
            self.board = HourBoard(
                hour,
                self._bridge,
                self._texts_of,
                self._open_page,
                self._pictures,
                self._rules,
                self._account,
                self.fictitious,
            )
            typed = self._typed.get(hour)
            if typed is None and hour.occasion is Occasion.LIVE:
                typed = self._unsent.last
            if typed is not None:
                self.board.take_up(typed)
            # It hears the bridge, and must hear nothing more once the page is gone.
            self.board.setParent(self)
            self.board.end_card.step_wanted.connect(self.step_wanted)
            self.board.end_card.care_wanted.connect(self._show_care)
            self.board.end_card.check_wanted.connect(self._show_unconfirmed)
            self.board.end_card.closed.connect(self._on_closed)
            self.board.check.step_wanted.connect(self.step_wanted)
            self.board.check.answer_wanted.connect(self._show_question)
            self.board.money.step_wanted.connect(self.step_wanted)
            self.board.feed.step_wanted.connect(self.step_wanted)
            self.board.strip.check_wanted.connect(self.show_to_check)
            self.board.strip.care_wanted.connect(self._show_care)
            self.board.strip.text_wanted.connect(self._show_text)
            self.board.strip.reshaped.connect(self._place_strip)
            self._follow_forms(self.board)
            self.board.ended.connect(self._on_ended)
            # In the viewport, where screen readers find it, and not beside it.
            self.board.strip.setParent(self.viewport())
            self.board.strip.show()
            self.add(self.board.main)
            self.add_advice(self.board.side)
            self.verticalScrollBar().setValue(0)
        self._place_strip()

    def _keep_typed(self) -> None:
        if self.board is not None:
            self._typed[self.board.hour] = self.board.unfinished()

    def _keep_unsent(self) -> None:
        """Have what is typed in the real hour on disk, where a crash leaves it."""
        self._keep_typed()
        board = self.board
        if board is not None and board.hour.occasion is Occasion.LIVE:
            tag = self._editor.chat.hashtag
            self._unsent.keep(self._typed[board.hour], board.view().rows, tag)

    def _on_unsent_found(self, typed: Unfinished) -> None:
        board = self.board
        # What the page before this one left is newer.
        if not self._goes_on and board is not None and board.hour.occasion is Occasion.LIVE:
            board.take_up(typed)

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        if event.occasion is Occasion.LIVE and event.chat_id == self._editor.chat.id:
            self._keep_unsent()

    def _place_strip(self) -> None:
        """Keep the strip in sight above what scrolls, unless it would leave too little room."""
        if self.board is None:
            self.leave_room_above(0)
            self.covered = 0
            return
        strip, width = self.board.strip, self.viewport().width()
        pinned = strip.heightForWidth(width) <= MOST_PINNED * self.height()
        strip.set_pinned(pinned)
        # As a card it has other margins.
        height = strip.heightForWidth(width)
        self.leave_room_above(height)
        self.covered = height if pinned else 0
        # It never changes its parent: a layout of our own loses its widgets when it does.
        top = 0 if pinned else -self.verticalScrollBar().value()
        strip.setGeometry(0, top, width, height)
        strip.raise_()

    def _on_second(self) -> None:
        if self._hour_to_show() is not (self.board.hour if self.board else None):
            self.show_chat(self._editor.chat)
        elif self.board is not None:
            self.board.show_now()
            self._keep_unsent()
        else:
            self._room.show(self._account() is not None)

    def _on_live_wanted(self) -> None:
        if self._editor.chat.live_elsewhere is not None:
            # After the end only: a copy is taken over without a question, as nothing leaves.
            self._hours.take_over()
        else:
            self._hours.start_live()
        self.show_occasion(Occasion.LIVE)

    def _on_rehearsal_wanted(self) -> None:
        self._hours.start_rehearsal()
        self.show_occasion(Occasion.REHEARSAL)

    def _on_closed(self) -> None:
        self._put_away = self._hours.hour(Occasion.REHEARSAL)
        self.show_occasion(Occasion.LIVE)

    @property
    def _is_at_work(self) -> bool:
        """Whether somebody reads, types or is about to press on this page."""
        board = self.board
        focus = QApplication.focusWidget()
        keyboard = focus is not None and self.inner.isAncestorOf(focus)
        return keyboard or self.viewport().underMouse() or (board is not None and board.has_form)

    def _on_ended(self) -> None:
        # Elsewhere the strip and the announcement say it: nothing moves under one's hands.
        if not self._is_at_work:
            self.verticalScrollBar().setValue(0)
        chat = self._editor.chat
        if self.board is None or self.board.hour.occasion is not Occasion.LIVE:
            return
        # At its end it is over by itself: to close it is for the organiser alone. Of an hour on a
        # wrong day nothing has left: the day can still be put right.
        early = phase(chat, self._now()) is not ChatPhase.ENDED
        if early and chat.closed_at is None and self.board.has_begun:
            self._editor.edit(replace(chat, closed_at=self._now()), field="closed_at")

    def _follow_forms(self, board: HourBoard) -> None:
        """Show each form that opens, and after it the conversation where it was."""
        add, feed, guests = board.feed.add, board.feed, board.guests
        for opened, form in (
            (add.opened, add),
            (feed.reply_opened, feed.reply),
            (guests.opened, guests),
        ):
            opened.connect(self._note_place)
            opened.connect(partial(self.bring_into_view, form))
        feed.private_opened.connect(self.bring_into_view)
        add.emptied.connect(partial(self.bring_into_view, add))
        for closed in (add.closed, feed.reply.closed, guests.closed):
            closed.connect(self._on_form_closed)

    def _note_place(self) -> None:
        """Remember where on screen the conversation begins; a form opens inside or below it."""
        if self.board is not None:
            self._feed_at = self._feed_top() - self.verticalScrollBar().value()

    def _feed_top(self) -> int:
        assert self.board is not None
        top = self.board.guests if self.board.guests.isVisible() else self.board.feed
        return top.mapTo(self.inner, QPoint(0, 0)).y()

    def _on_form_closed(self) -> None:
        # Once it has given its room back, and once what stands around it has taken its place.
        QTimer.singleShot(0, self, self._back_to_place)
        QTimer.singleShot(0, self, partial(QTimer.singleShot, 0, self, self._back_to_place))

    def _back_to_place(self) -> None:
        if self.board is None or self._feed_at is None:
            return
        self.verticalScrollBar().setValue(self._feed_top() - self._feed_at)
        feed = self.board.feed
        shown = feed.mapTo(self.viewport(), QPoint(0, feed.height())).y() - self.covered
        # Opened from far below, beside which there is no conversation.
        if shown < theme.px(LEAST_SHOWN):
            self.bring_into_view(feed)

    @property
    def counts_to_check(self) -> bool:
        # The strip of a rehearsal counts its own; as a card it is scrolled out of sight.
        board = self.board
        real = board is not None and board.hour.occasion is Occasion.LIVE
        return board is not None and real and self.covered > 0 and board.strip.counts_to_check

    @property
    def undoes_itself(self) -> bool:
        return self._hour_on_air is not None

    def undo(self) -> None:
        """Take the last command of the hour back."""
        if self._hour_on_air is not None:
            self._hour_on_air.undo()

    @property
    def _hour_on_air(self) -> HourPort | None:
        """The hour on screen, or the real one that waits for its day."""
        return self.board.hour if self.board is not None else self._hours.hour(Occasion.LIVE)

    def show_to_check(self) -> None:
        """Go to what waits for a word: the post that is asked about comes first."""
        if self.board is None:
            return
        if self.board.now.asked_id:
            self.board.now.take_focus()
            self._show_question()
        else:
            self.bring_into_view(self.board.check)
            self.board.check.take_focus()

    def _show_unconfirmed(self, post_id: str) -> None:
        """Go to a post of the run sheet that is not known to be out."""
        row = self.board.check.row_of(post_id) if self.board is not None else None
        if row is not None:
            self.bring_into_view(row)
            row.setFocus()

    def _show_care(self) -> None:
        """Go to the post of the public that has waited longest for attention."""
        card = self.board.feed.show_needing_care() if self.board is not None else None
        if card is not None:
            card.focus_care()
            self.bring_into_view(card)

    def _show_text(self) -> None:
        if self.board is not None:
            self.bring_into_view(self.board.next)
            self.board.next.changing.edit.setFocus()

    def _show_question(self) -> None:
        if self.board is not None:
            self.bring_into_view(self.board.now)
