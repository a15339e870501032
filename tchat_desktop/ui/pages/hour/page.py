"""The page of the chat while it runs or is rehearsed; before that, a waiting screen."""

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
"""The height in pixels at 100 % of the feed that must be visible after a form was closed."""
MOST_PINNED = 0.4
"""The greatest share of the page's height for the strip; a higher one scrolls with the rest."""


class CockpitPage(Page):
    """Shows the running hour, the real one rather than a rehearsal, or else the waiting screen."""

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
        # Stored at once, so that a crash does not bring back a reply that was just sent.
        bridge.outbox_changed.connect(self._on_outbox_changed)
        self._wanted = Occasion.LIVE
        self._feed_at: int | None = None
        """The distance in pixels from the top of the view to the feed when a form was opened."""
        # An earlier rehearsal is not shown instead of the real hour.
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
        """Show that hour if it was started, even when the other one runs."""
        self._wanted = occasion
        self.show_chat(self._editor.chat)

    def show_chat(self, chat: Chat) -> None:
        """Show the hour that runs, or else the waiting screen."""
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
        """The step that the rail highlights: a rehearsal must not be taken for the real chat."""
        rehearsed = self.board is not None and self.board.hour.occasion is Occasion.REHEARSAL
        return StepId.REHEARSAL if rehearsed else self.step

    @property
    def leads_on(self) -> bool:
        """Whether the page ends with the way to the next step: not in a rehearsal."""
        return self.board is None or self.board.hour.occasion is not Occasion.REHEARSAL

    def unfinished(self) -> object | None:
        self._keep_typed()
        return self._typed, self._put_away

    @property
    def typed(self) -> Sequence[str]:
        self._keep_unsent()
        live = self._hours.hour(Occasion.LIVE)
        # The texts are stored on disk at the latest when the app ends, unless that fails.
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
            # The organiser has seen its end: the page waits for the real chat again.
            self._put_away, self._wanted = board.hour, Occasion.LIVE

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_strip()

    def _hour_to_show(self) -> HourPort | None:
        """Return the real hour, or a rehearsal that was started since, or None."""
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
            # The board listens to the bridge: it must be deleted together with the page.
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
            # In the viewport, so that screen readers find it there.
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
        """Store on disk what is typed in the real hour, so that it survives a crash."""
        self._keep_typed()
        board = self.board
        if board is not None and board.hour.occasion is Occasion.LIVE:
            tag = self._editor.chat.hashtag
            self._unsent.keep(self._typed[board.hour], board.view().rows, tag)

    def _on_unsent_found(self, typed: Unfinished) -> None:
        board = self.board
        # What the replaced page left is newer than what is on disk.
        if not self._goes_on and board is not None and board.hour.occasion is Occasion.LIVE:
            board.take_up(typed)

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        if event.occasion is Occasion.LIVE and event.chat_id == self._editor.chat.id:
            self._keep_unsent()

    def _place_strip(self) -> None:
        """Keep the strip visible above what scrolls, unless it would leave too little room."""
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
        # It keeps its parent: a layout loses its widgets when their parent changes.
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
            # Only after the end: then nothing leaves, and a copy is taken over without a question.
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
        """Whether the mouse, the focus or an open form is on this page."""
        board = self.board
        focus = QApplication.focusWidget()
        keyboard = focus is not None and self.inner.isAncestorOf(focus)
        return keyboard or self.viewport().underMouse() or (board is not None and board.has_form)

    def _on_ended(self) -> None:
        # While somebody works here, nothing moves: the strip and an announcement tell the end.
        if not self._is_at_work:
            self.verticalScrollBar().setValue(0)
        chat = self._editor.chat
        if self.board is None or self.board.hour.occasion is not Occasion.LIVE:
            return
        # At its planned end the chat needs no closing; ended earlier, it is closed. If nothing has
        # left, the day may have been wrong and can still be corrected.
        early = phase(chat, self._now()) is not ChatPhase.ENDED
        if early and chat.closed_at is None and self.board.has_begun:
            self._editor.edit(replace(chat, closed_at=self._now()), field="closed_at")

    def _follow_forms(self, board: HourBoard) -> None:
        """Scroll to each form that opens, and back to the feed when it closes."""
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
        """Remember where on screen the feed begins; a form opens inside or below it."""
        if self.board is not None:
            self._feed_at = self._feed_top() - self.verticalScrollBar().value()

    def _feed_top(self) -> int:
        assert self.board is not None
        top = self.board.guests if self.board.guests.isVisible() else self.board.feed
        return top.mapTo(self.inner, QPoint(0, 0)).y()

    def _on_form_closed(self) -> None:
        # After the form has given up its room, and again after the layout of what is around it.
        QTimer.singleShot(0, self, self._back_to_place)
        QTimer.singleShot(0, self, partial(QTimer.singleShot, 0, self, self._back_to_place))

    def _back_to_place(self) -> None:
        if self.board is None or self._feed_at is None:
            return
        self.verticalScrollBar().setValue(self._feed_top() - self._feed_at)
        feed = self.board.feed
        shown = feed.mapTo(self.viewport(), QPoint(0, feed.height())).y() - self.covered
        # If the form was opened far below, the feed may be out of sight there.
        if shown < theme.px(LEAST_SHOWN):
            self.bring_into_view(feed)

    @property
    def counts_to_check(self) -> bool:
        # The strip of a rehearsal counts its own posts; as a card it may be scrolled out of sight.
        board = self.board
        real = board is not None and board.hour.occasion is Occasion.LIVE
        return board is not None and real and self.covered > 0 and board.strip.counts_to_check

    @property
    def undoes_itself(self) -> bool:
        return self._hour_on_air is not None

    def undo(self) -> None:
        """Undo the last command given in the hour."""
        if self._hour_on_air is not None:
            self._hour_on_air.undo()

    @property
    def _hour_on_air(self) -> HourPort | None:
        """The hour on screen, or the real one that waits for its day, or None."""
        return self.board.hour if self.board is not None else self._hours.hour(Occasion.LIVE)

    def show_to_check(self) -> None:
        """Scroll to the posts that need a decision, first to the one in question."""
        if self.board is None:
            return
        if self.board.now.asked_id:
            self.board.now.take_focus()
            self._show_question()
        else:
            self.bring_into_view(self.board.check)
            self.board.check.take_focus()

    def _show_unconfirmed(self, post_id: str) -> None:
        """Scroll to a post of the run sheet that is not known to be published."""
        row = self.board.check.row_of(post_id) if self.board is not None else None
        if row is not None:
            self.bring_into_view(row)
            row.setFocus()

    def _show_care(self) -> None:
        """Scroll to the post of the public that has waited longest for attention."""
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
