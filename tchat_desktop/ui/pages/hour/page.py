"""The page of the chat while it runs or is rehearsed; before that, a waiting screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from tchat_desktop.domain.chat import Chat, ChatPhase, Occasion, phase
from tchat_desktop.domain.muting import with_muted
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import CANNED, Texts
from tchat_desktop.services.accounts import Connection
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.services.followed_hour import FollowedHour
from tchat_desktop.services.ports import PictureStore, UnsentStore
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.models.live_rows import LiveRows
from tchat_desktop.ui.models.unfinished import Unfinished
from tchat_desktop.ui.models.unsent import UnsentTexts
from tchat_desktop.ui.pages.hour.around import HourAround
from tchat_desktop.ui.pages.hour.board import HourBoard
from tchat_desktop.ui.pages.hour.board_leads import BoardLeads
from tchat_desktop.ui.pages.hour.board_place import BoardPlace
from tchat_desktop.ui.pages.hour.day_card import DayCard
from tchat_desktop.ui.pages.hour.field_pastes import FieldPastes
from tchat_desktop.ui.pages.hour.form_place import FormPlace
from tchat_desktop.ui.pages.hour.in_sight import ToldInSight
from tchat_desktop.ui.pages.hour.key_list import keys_of_hour
from tchat_desktop.ui.pages.hour.typed_words import typed_words
from tchat_desktop.ui.pages.hour.waiting import WaitingScreen, is_far
from tchat_desktop.ui.pages.hour.waiting_room import WaitingRoom
from tchat_desktop.ui.pages.page import Offer, Page
from tchat_desktop.ui.pages.rehearsing.window import FictitiousPages
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.day_list import DayList
from tchat_desktop.ui.pages.shared.hour_ports import HourPort, HoursPort
from tchat_desktop.ui.pages.shared.pasting import PasteTools
from tchat_desktop.ui.shortcuts import Shortcut, named, sequence
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.focus_care import FocusCare
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.step_titles import step_title

SECOND_MS = 1000


ChangeTexts = Callable[[QWidget, str], QDialog]
"""Opens the window over a widget that changes the ready-made text of that key; returns it."""


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
        pasting: PasteTools,
        announced: LiveRows | None = None,
        around: HourAround | None = None,
        change_texts: ChangeTexts | None = None,
    ) -> None:
        super().__init__(
            step_title(StepId.HOUR),
            _("Everything is counted down, and nothing leaves without your knowing."),
            wide=True,
        )
        self.reach_beneath_bar()
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
        self._announced = announced
        live.changed.connect(self._on_second)
        self._pasting = pasting
        self._around = around
        self._change_texts = change_texts
        if around is not None:
            around.stand_on(self)
        self._put_away: HourPort | None = None
        self._was_closed = False
        self._typed: dict[HourPort, Unfinished] = {}
        self._goes_on = False
        self._unsent = UnsentTexts(bridge, unsent, editor.chat.id, self._on_unsent_found)
        # Stored at once, so that a crash does not bring back a reply that was just sent.
        bridge.outbox_changed.connect(self._on_outbox_changed)
        self._wanted = Occasion.LIVE
        # An earlier rehearsal is not shown instead of the real hour.
        begun = hours.hour(Occasion.LIVE) is not None
        self._rehearsal = hours.hour(Occasion.REHEARSAL) if begun else None
        self.board: HourBoard | None = None
        self._place: BoardPlace | None = None
        self._leads: BoardLeads | None = None
        self.fictitious = FictitiousPages(hours, bridge, self, texts_of)
        self.waiting = WaitingScreen()
        self.waiting.live_wanted.connect(self._on_live_wanted)
        self.waiting.follow_wanted.connect(self._on_follow_wanted)
        self.waiting.rehearsal_wanted.connect(self._on_rehearsal_wanted)
        self.waiting.step_wanted.connect(self.step_wanted)
        self._room = WaitingRoom(self.waiting, editor, hours, self._live, texts_of, open_page, now)
        self._day = day
        self.day_card = DayCard(day)
        self.day_card.list_wanted.connect(self.check_wanted)
        self.waiting.show_below_the_clock(self.day_card)
        self.add(self.waiting)
        FocusCare(self, lambda: self.heading)
        QShortcut(sequence(Shortcut.HOUR_STATE), self, self._on_state_asked)
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

    @property
    def heading(self) -> QWidget:
        return self.title if self.board is None else self.board.strip.title

    @property
    def aside(self) -> QWidget:
        beside = self._place.side if self._place is not None else None
        return beside if beside is not None and beside.isVisibleTo(self) else self._aside

    def at_eyes(self) -> QWidget | None:
        return self._place.at_eyes() if self._place is not None else None

    def scroll_to(self, widget: QWidget) -> None:
        beside = self._place.side if self._place is not None else None
        if beside is not None and beside.isAncestorOf(widget):
            beside.scroll_to(widget)
        else:
            super().scroll_to(widget)

    @property
    def parts(self) -> Sequence[QWidget]:
        return super().parts if self.board is None else (self.board.strip, self.inner)

    @property
    def offers(self) -> Sequence[Offer]:
        return self._around.offers if self._around is not None else ()

    @property
    def keys(self) -> Sequence[tuple[str, str]]:
        state = (named(Shortcut.HOUR_STATE), _("Hear the state of the hour"))
        around = self._around.keys if self._around is not None else ()
        if self.board is None:
            return (state, *around)
        publishes = not isinstance(self.board.hour, FollowedHour)
        return (state, *around, *keys_of_hour(self.board.keys, publishes=publishes))

    @property
    def regions(self) -> Sequence[QWidget]:
        if self.board is None:
            return (self,)
        return (self.board.strip, self.board.main, self.board.feed)

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

    def _announced_rows(self) -> Sequence[OutboxPost]:
        return self._announced.rows if self._announced is not None else ()

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
        if board is not None and self._place is not None:
            board.give_room_back()
            self._place.give_room_back()
        if board is not None and board.is_over and board.hour.occasion is Occasion.REHEARSAL:
            # The organiser has seen its end: the page waits for the real chat again.
            self._put_away, self._wanted = board.hour, Occasion.LIVE

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._place is not None:
            self._place.place()

    def _hour_to_show(self) -> HourPort | None:
        """Return the real hour, or a rehearsal that was started since, or None."""
        live = self._hours.hour(Occasion.LIVE) or self._hours.followed
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

    def _on_state_asked(self) -> None:
        if self.board is not None:
            self.board.say_state()
        else:
            announce(self, self.waiting.said)

    def _put_on(self, hour: HourPort | None) -> None:
        # Of this window, which may be behind a question that was just answered.
        focus = self.window().focusWidget()
        had_keyboard = focus is not None and self.isAncestorOf(focus)
        self._keep_typed()
        if self.board is not None:
            self.board.put_away()
            assert self._place is not None
            self._place.put_away()
            for widget in (self.board.main, self.board.side):
                widget.hide()
                widget.deleteLater()
            self.board.deleteLater()
            self.board = self._place = self._leads = None
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
                ChildGuard(self._editor, lambda: hour),
                self._announced_rows if hour.occasion is Occasion.LIVE else tuple,
                self._pasting,
                self._around,
            )
            typed = self._typed.get(hour)
            if typed is None and hour.occasion is Occasion.LIVE:
                typed = self._unsent.last
            if typed is not None:
                self.board.take_up(typed)
            # The board listens to the bridge: it must be deleted together with the page.
            self.board.setParent(self)
            self.board.end_card.step_wanted.connect(self.step_wanted)
            self.board.end_card.closed.connect(self._on_closed)
            self.board.check.step_wanted.connect(self.step_wanted)
            self.board.money.step_wanted.connect(self.step_wanted)
            self.board.feed.step_wanted.connect(self.step_wanted)
            self.board.feed.mute_wanted.connect(self._on_mute_wanted)
            self.board.confidences_counted.connect(self._on_confidences_counted)
            canned = self.board.feed.reply.canned
            canned.may_change(self._change_texts is not None)
            canned.change_wanted.connect(self._on_texts_wanted)
            FormPlace(self, self.board)
            FieldPastes(self, self.board)
            ToldInSight(self, self.board, self._bridge)
            self._leads = BoardLeads(self, self.board)
            self.board.ended.connect(self._on_ended)
            self.add(self.board.main)
            self._place = BoardPlace(self, self.board)
            self._place.place()
            self.verticalScrollBar().setValue(0)
        if self._around is not None:
            self._around.show_feed(self.board.feed if self.board is not None else None)
        if had_keyboard:
            self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _on_second(self) -> None:
        if self._hour_to_show() is not (self.board.hour if self.board else None):
            self.show_chat(self._editor.chat)
        elif self.board is not None:
            self.board.show_now()
            if self._place is not None:
                self._place.lower(self.viewport().underMouse())
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

    def _on_follow_wanted(self) -> None:
        self._hours.follow_elsewhere()
        self.show_occasion(Occasion.LIVE)

    def _on_rehearsal_wanted(self) -> None:
        self._hours.start_rehearsal()
        self.show_occasion(Occasion.REHEARSAL)

    def _on_closed(self) -> None:
        self._put_away = self._hours.hour(Occasion.REHEARSAL)
        self.show_occasion(Occasion.LIVE)

    def _on_mute_wanted(self, author: str, muted: bool) -> None:
        """Note it in the chat, unless it is somebody made up for a rehearsal."""
        if self.board is not None and self.board.hour.occasion is Occasion.LIVE:
            chat = with_muted(self._editor.chat, author, muted)
            self._editor.note(muted_authors=chat.muted_authors)

    def _on_confidences_counted(self, count: int) -> None:
        # The home screen tells of them, also once the chat is closed.
        if count != self._editor.chat.confidences_waiting:
            self._editor.note(confidences_waiting=count)

    def _on_texts_wanted(self) -> None:
        if self._change_texts is not None:
            self._change_texts(self, CANNED[0]).finished.connect(self._on_texts_changed)

    def _on_texts_changed(self) -> None:
        if self.board is not None:
            self.board.feed.reply.show_canned()

    def _on_ended(self) -> None:
        if self._place is not None:
            self._place.tell_end()
        chat = self._editor.chat
        if self.board is None or self.board.hour.occasion is not Occasion.LIVE:
            return
        # At its planned end the chat needs no closing; ended earlier, it is closed. If nothing has
        # left, the day may have been wrong and can still be corrected.
        early = phase(chat, self._now()) is not ChatPhase.ENDED
        if early and chat.closed_at is None and self.board.has_begun:
            self._editor.edit(replace(chat, closed_at=self._now()), field="closed_at")

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
        if self._leads is not None:
            self._leads.show_to_check()
