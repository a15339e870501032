"""The widgets of one hour: its strip, its two main cards, its feed, and the cards beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import (
    OutboxPost,
    PostKind,
    PostState,
    Reason,
)
from tchat_desktop.domain.people import profile_page
from tchat_desktop.domain.replanning import has_begun
from tchat_desktop.domain.texts import Texts
from tchat_desktop.services.accounts import Connection
from tchat_desktop.services.events import (
    HourEnded,
    HourNotBegun,
    NetworkChanged,
    OutboxChanged,
    PostMarked,
    PostRemoved,
    PostsArrived,
    PostsFound,
    PostsTakenIn,
    ReadingHeld,
    ReadsCounted,
)
from tchat_desktop.services.followed_hour import FollowedHour
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import PictureStore
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.dialogs import confirms_end, confirms_end_of_rehearsal
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.models.unfinished import Unfinished
from tchat_desktop.ui.pages.hour.around import HourAround
from tchat_desktop.ui.pages.hour.arrivals_card import ArrivalsCard
from tchat_desktop.ui.pages.hour.board_columns import BoardColumns, HourPair
from tchat_desktop.ui.pages.hour.catching_up import CatchingUp
from tchat_desktop.ui.pages.hour.cautions import TextCautions
from tchat_desktop.ui.pages.hour.coming_card import ComingCard
from tchat_desktop.ui.pages.hour.composer import Composer, over_words
from tchat_desktop.ui.pages.hour.end_card import EndCard
from tchat_desktop.ui.pages.hour.feed_view import FeedView
from tchat_desktop.ui.pages.hour.gone_card import GoneCard
from tchat_desktop.ui.pages.hour.guest_answer import GuestAnswerCard
from tchat_desktop.ui.pages.hour.held_up import HeldUpCard
from tchat_desktop.ui.pages.hour.hour_keys import HourKeys
from tchat_desktop.ui.pages.hour.hour_state import StateShown
from tchat_desktop.ui.pages.hour.hour_voice import HourVoice
from tchat_desktop.ui.pages.hour.money_card import MoneyCard
from tchat_desktop.ui.pages.hour.next_card import NextPostCard
from tchat_desktop.ui.pages.hour.now_card import NowCard
from tchat_desktop.ui.pages.hour.on_the_way import OnTheWayCard
from tchat_desktop.ui.pages.hour.outbox_panel import CheckCard
from tchat_desktop.ui.pages.hour.pace_advice import wished_for
from tchat_desktop.ui.pages.hour.pace_card import PaceCard
from tchat_desktop.ui.pages.hour.picture_help import PictureHelp
from tchat_desktop.ui.pages.hour.prepared_answers import PreparedAnswersCard
from tchat_desktop.ui.pages.hour.reserve_card import ReserveCard
from tchat_desktop.ui.pages.hour.side_cards import ToneCard
from tchat_desktop.ui.pages.hour.strip import StatusStrip
from tchat_desktop.ui.pages.hour.told_in_time import ToldInTime, hour_words
from tchat_desktop.ui.pages.hour.way_words import held_words
from tchat_desktop.ui.pages.rehearsing.rehearsal_card import rehearsal_card
from tchat_desktop.ui.pages.rehearsing.window import FictitiousPages
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.pasting import PasteTools
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.network_words import obstacle_words

_OfAnHour = (
    OutboxChanged
    | PostsArrived
    | PostsFound
    | PostMarked
    | PostRemoved
    | PostsTakenIn
    | ReadingHeld
    | HourNotBegun
    | HourEnded
)


class HourBoard(QObject):
    """Shows one hour, following the events of the bridge, and passes the organiser's commands on.

    It owns three widgets that the page places: `strip`, `main` and `side`.
    """

    ended = Signal()
    confidences_counted = Signal(int)
    """Emitted in the real hour with how many messages wait that confide something."""

    def __init__(
        self,
        hour: HourPort,
        bridge: Bridge,
        texts_of: Callable[[str], Texts],
        open_page: Callable[[str], None],
        pictures: PictureStore,
        rules: NetworkRules,
        account: Callable[[], Connection | None],
        fictitious: FictitiousPages,
        guard: ChildGuard,
        announced: Callable[[], Sequence[OutboxPost]],
        pasting: PasteTools,
        around: HourAround | None = None,
    ) -> None:
        super().__init__()
        self.hour = hour
        self._around = around
        self._bridge = bridge
        self._state = StateShown(hour, rules, account, announced)
        chat = hour.chat
        self._rows_due = QTimer(self, singleShot=True, interval=0)
        self._rows_due.timeout.connect(self._show_rows)
        rehearsing = hour.occasion is Occasion.REHEARSAL
        self._tag_page = tag_page = rules.links.search(chat.hashtag) if chat.hashtag else ""
        own_page = profile_page(chat.account, rules) if chat.account else tag_page
        by_hand = self._state.by_hand
        self.rehearsal = rehearsal_card(hour, fictitious)
        # In a rehearsal nothing opens in the browser.
        open_page = fictitious.open_page if self.rehearsal is not None else open_page
        self._open_page = open_page

        self.strip = StatusStrip(rehearsing)
        self._voice = HourVoice(self.strip)
        self._told = ToldInTime()
        self.end_card = EndCard(rehearsing)
        self.held_up = HeldUpCard(hour.try_again)
        self.catching_up = CatchingUp(hour)
        self.now = NowCard(hour, open_page, PictureHelp(bridge, pictures), self._is_heard)
        self._cautions = cautions = TextCautions(guard)
        self.next = NextPostCard(hour, rules, cautions)
        self.guests = GuestAnswerCard(hour, texts_of, cautions)
        self.prepared = PreparedAnswersCard(hour, texts_of, guard)
        self.composer = Composer(hour, self._state.choose_post, cautions)
        choose = self._state.choose_reply
        self.feed = FeedView(
            hour, texts_of, self.open_page, tag_page, by_hand, choose, cautions, pasting
        )
        self._time = PaceCard(hour)
        self.feed.put_first(self.composer)
        self.money = MoneyCard()
        if rehearsing or by_hand:
            self.money.hide()
        self._tone = ToneCard()
        self.check = CheckCard(hour, open_page, own_page, account, cautions)
        self._arrivals = ArrivalsCard()
        self.gone = GoneCard(hour, open_page, self._is_heard)
        self._on_the_way = OnTheWayCard(hour)
        self._reserve = ReserveCard(hour)
        self.coming = ComingCard(hour, self.next.publish, self.next.change)
        self._columns = BoardColumns(HourPair(self.now, self.next), self.end_card, self.catching_up)
        self._stand()
        self.keys = HourKeys(
            self.main,
            (*self.strip.keys, *self.now.keys, *self.next.keys, *self.guests.keys, *self.feed.keys),
        )
        self._connect()
        self.show_now()
        hour.tell()

    def _stand(self) -> None:
        of_times = (self._time, self.catching_up.times, self.coming)
        late, pair = self.catching_up.late, self._columns.pair
        below: tuple[QWidget, ...] = (
            self.end_card, self.held_up, late, pair, self.prepared, self.guests, self.feed,
        )  # fmt: skip
        beside: tuple[QWidget, ...] = (
            *of_times[:2], self.check, self.coming, self.money, self._tone, self._arrivals,
            self._on_the_way, self.gone, self._reserve,
        )  # fmt: skip
        if self.rehearsal is not None:
            beside = (self.rehearsal, *beside)
            self.rehearsal.keep_in_sight(self.now, self.next, self.strip, self.feed)
            self.rehearsal.hear_public(self._is_heard)
            self.rehearsal.read_slowly(self._is_read)
            self.rehearsal.pages_changed.connect(self.show_now)
        if self._around is not None:
            below, beside = self._around.arranged(self.hour, below, beside)
        self._columns.stand(below, beside, of_times)
        if isinstance(self.hour, FollowedHour):
            self.strip.follow()
            self.feed.follow()
            self.composer.follow()

    @property
    def main(self) -> QWidget:
        """The wider column."""
        return self._columns.main

    @property
    def side(self) -> QWidget:
        """The column beside `main`."""
        return self._columns.side

    def _connect(self) -> None:
        hour = self.hour
        self.strip.pause_wanted.connect(partial(hour.do, Outbox.pause))
        self.strip.resume_wanted.connect(partial(hour.do, Outbox.resume))
        self.strip.open_wanted.connect(self._on_open_wanted)
        self.strip.tag_wanted.connect(self._on_tag_wanted)
        self.now.put_off.connect(self.refresh)
        self.next.changing.closed.connect(self._on_text_closed)
        self.check.answer_wanted.connect(self.now.take_focus)
        self._time.end_wanted.connect(self._on_end_wanted)
        self._time.times.changed.connect(self._order_tabs)
        self._arrivals.welcome_wanted.connect(self.feed.welcome)
        self.prepared.use_wanted.connect(self.guests.take_ready)
        self.guests.reshaped.connect(self._order_tabs)
        self.composer.reshaped.connect(self._order_tabs)
        self.gone.rebuilt.connect(self._order_tabs)
        self.catching_up.appeared.connect(self._on_missed)
        for told, heard in self._heard():
            told.connect(heard)

    def _heard(self) -> Sequence[tuple[SignalInstance, Callable[..., None]]]:
        bridge = self._bridge
        return (
            (bridge.outbox_changed, self._on_outbox_changed),
            (bridge.posts_arrived, self._on_posts_arrived),
            (bridge.posts_found, self._on_posts_found),
            (bridge.post_marked, self._on_post_marked),
            (bridge.post_removed, self._on_post_removed),
            (bridge.posts_taken_in, self._on_posts_taken_in),
            (bridge.reading_held, self._on_reading_held),
            (bridge.reads_counted, self._on_reads_counted),
            (bridge.network_changed, self._on_network_changed),
            (bridge.hour_not_begun, self._on_hour_not_begun),
            (bridge.hour_ended, self._on_hour_ended),
        )

    @property
    def is_over(self) -> bool:
        """Whether the hour has ended."""
        return self._state.ended

    @property
    def has_begun(self) -> bool:
        """Whether any post of the hour has left."""
        return has_begun(self._state.rows)

    @property
    def has_form(self) -> bool:
        """Whether a form is open here, in which something may be typed."""
        return bool(self.open_forms) or self.next.editing

    @property
    def open_forms(self) -> Sequence[QWidget]:
        """The forms that are open in the column of the feed."""
        open_here = {
            self.feed.add: not self.feed.add.isHidden(),
            self.feed.reply: not self.feed.reply.isHidden(),
            self.guests: self.guests.is_open,
            self.composer: self.composer.is_open,
        }
        return [form for form, is_open in open_here.items() if is_open]

    def show_now(self) -> None:
        """Update what depends on the time; called every second while the page is visible."""
        view = self.view()
        current = view.pace.current
        asked = current is not None and current.kind is PostKind.QUESTION
        question = current.question_id if current is not None and asked else ""
        answers = self.feed.model.answers_to(question) if question else 0
        self.now.show_view(view, answers)
        self.strip.show_view(view)
        if not view.rehearsing:
            self.confidences_counted.emit(view.urgent)
        self.next.show_view(view)
        self.prepared.show_view(view)
        self.guests.show_view(view)
        self._time.show_view(view, self._state.ends_at(view.now))
        if self.coming.has_gone(view):
            self._rows_due.start()
        self.composer.show_view(view)
        self.feed.show_now(view.now)
        self._arrivals.show_view(self.feed.model, view, by_hand=self._state.by_hand)
        self.end_card.show_outcome(
            self.has_begun,
            view.unconfirmed,
            len(view.to_check) > len(view.unconfirmed),
            self.feed.model.given_unanswered(),
            view.unpublished,
        )
        if view.ended and view.rehearsing:
            self.feed.stop_publishing(over_words())
        if self.rehearsal is not None:
            self.rehearsal.show_now(view.ended, self._state.next_at())
        self.catching_up.show_view(view, self._state.ends_at(view.now))
        self._columns.show_view(view, self.next.editing)
        self._voice.say(self._told.due(view))

    def say_state(self) -> None:
        """Have a screen reader say the state of the hour."""
        self._voice.say(hour_words(self.view()))

    def give_room_back(self) -> None:
        """Give up the room kept for hidden cards; called while the page is hidden."""
        self._columns.give_room_back(self._state.ended)
        self.strip.give_room_back()

    @property
    def columns(self) -> BoardColumns:
        """The columns of the cards, which keep room so that nothing moves."""
        return self._columns

    def reopen(self) -> None:
        """Resume an hour that was ended before its time."""
        now = self.hour.clock.now()
        if self._state.ended and now < self._state.announced_end(now):
            self._state.ended = False
            self.hour.reopen()
            self.refresh()

    def refresh(self) -> None:
        """Update everything but the feed, including what was done on other pages."""
        self.show_now()
        self._show_rows()

    def show_limit(self, cents: float) -> None:
        """Take over another spending limit, in US cents."""
        self._state.limit_cents = cents
        self.money.show_means(self._state.means())

    def view(self) -> HourView:
        """Return the state of the hour at this instant."""
        now, waits = self.hour.clock.now(), self.catching_up.wanted
        proposal = None
        if not self._state.paused and not waits:
            times, by_hand = self.feed.model.answer_times, self._state.by_hand
            wish = wished_for(self._state.rows, now, self._state.ends_at(now), times, by_hand)
            proposal = self.catching_up.wished(wish)
        return self._state.view(
            cut=self.rehearsal is not None and self.rehearsal.is_cut,
            closed_unsent=self.rehearsal.closed_unsent if self.rehearsal else frozenset(),
            waits_for_word=waits,
            needing_care=self.feed.model.needing_care(),
            urgent=self.feed.model.urgent(),
            proposal=proposal,
        )

    def open_page(self, page: str) -> None:
        """Open a page of the conversation; opening the page of the tag is noted as a look at it."""
        if page == self._tag_page:
            self._state.looked_at = self.hour.clock.now()
        self._open_page(page)
        self.show_now()

    def _is_heard(self, post_id: str) -> bool:
        """Return whether the post with that id was written by the public."""
        return self.feed.model.get(post_id) is not None

    def _is_read(self) -> bool:
        """Return whether a form is open here, or something in sight has to be read first."""
        return self.has_form or self.catching_up.wanted or self.feed.shows_care

    def unfinished(self) -> Unfinished:
        """Return what was typed and not sent, for the board that replaces this one."""
        texts = (self.next.unfinished(), self.now.unfinished(), self.guests.unfinished())
        written, away = self.composer.unfinished(), self._arrivals.unfinished()
        return Unfinished(self.feed.unfinished(), *texts, self.check.unfinished(), written, away)

    def take_up(self, unfinished: Unfinished) -> None:
        """Take over what was typed on the board that this one replaces."""
        self.feed.take_up(unfinished.feed)
        self.next.take_up(unfinished.change)
        self.now.take_up(unfinished.link)
        self.guests.take_up(unfinished.answer)
        self.check.take_up(unfinished.mended)
        self.composer.take_up(unfinished.written)
        self._arrivals.take_up(unfinished.away)

    def put_away(self) -> None:
        """Stop listening: the widgets are about to be deleted, one after the other."""
        if self.rehearsal is not None:
            self.rehearsal.put_away()
        for told, heard in self._heard():
            told.disconnect(heard)
        self._rows_due.stop()
        # Events that were queued before still arrive, and would start the timer again.
        self._rows_due.timeout.disconnect(self._show_rows)

    # --- events ----------------------------------------------------------------------------

    def _is_ours(self, event: _OfAnHour) -> bool:
        return event.chat_id == self.hour.chat.id and event.occasion is self.hour.occasion

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        if not self._is_ours(event):
            return
        before = {row.id: row.state for row in self._state.rows}
        decided = event.paused if event.paused is not self._state.paused else None
        self._state.hear(event)
        self.catching_up.hear(event)
        self.feed.pasted.show_last(event.last)
        self._hold_up(False)
        self.show_now()
        # A post that leaves causes three changes at once: the lists are updated once for all of
        # them.
        self._rows_due.start()
        self._voice.tell_changes(before, event.rows, decided)

    def _show_rows(self) -> None:
        view = self.view()
        self._columns.hold_side()
        self.coming.show_view(view)
        self.check.show_view(view, self.now.asked_id)
        self.gone.show_view(view)
        self._on_the_way.show_view(view)
        self._reserve.show_view(view)
        self.money.show_means(view.means)
        self.feed.show_rows(view.rows)
        self._cautions.show_view(view)
        self._tone.show_share(self._cautions.share)
        self._order_tabs()

    def _on_posts_arrived(self, event: PostsArrived) -> None:
        if self._is_ours(event):
            self.feed.add_posts(event.posts, wait=not self._state.by_hand)
            if self._state.by_hand:
                self._state.looked_at = self.hour.clock.now()
            self._told.show_questions(self.feed.model.counts()[FeedFilter.QUESTIONS])
            self.show_now()

    def _on_posts_found(self, event: PostsFound) -> None:
        if self._is_ours(event):
            self.feed.show_found(event)

    def _on_post_marked(self, event: PostMarked) -> None:
        if self._is_ours(event):
            self.feed.show_mark(event.marking)

    def _on_post_removed(self, event: PostRemoved) -> None:
        if self._is_ours(event):
            self.feed.remove_post(event.post_id)

    def _on_posts_taken_in(self, event: PostsTakenIn) -> None:
        if self._is_ours(event):
            self._state.looked_at = self.hour.clock.now()
            self.feed.pasted.show_made(event)
            self.show_now()

    def _on_reading_held(self, event: ReadingHeld) -> None:
        if self._is_ours(event):
            held = event.reason is not Reason.NONE
            self._state.by_hand = held or not self._state.with_keys
            self.feed.show_reading(event.reason)
            self._order_tabs()
            if held:
                self._voice.say(held_words(event.reason))

    def _on_reads_counted(self, event: ReadsCounted) -> None:
        if event.chat_id == self.hour.chat.id:
            self._state.reads = event.reads
            self.money.show_means(self._state.means())

    def _on_network_changed(self, event: NetworkChanged) -> None:
        state = self._state
        if (event.reachable, event.obstacle) == (state.reachable, state.obstacle):
            return
        state.reachable, state.obstacle = event.reachable, event.obstacle
        self.show_now()
        back = _("X answers again.")
        self._voice.say(back if event.reachable else obstacle_words(event.obstacle))

    def _on_hour_not_begun(self, event: HourNotBegun) -> None:
        if self._is_ours(event):
            self.held_up.say(event.error)
            self._hold_up(True)
            self.show_now()
            self._order_tabs()
            self._voice.say(self.held_up.words.text())

    def _hold_up(self, held_up: bool) -> None:
        if held_up is self._state.held_up:
            return
        self._state.held_up = held_up
        self.held_up.setVisible(held_up)
        for widget in (self.feed, self.side):
            widget.setHidden(held_up)

    def _on_hour_ended(self, event: HourEnded) -> None:
        if not self._is_ours(event):
            return
        self._state.ended = True
        self.refresh()
        self._voice.say(self.strip.sentence)
        self.ended.emit()

    # --- wishes ----------------------------------------------------------------------------

    def _on_missed(self) -> None:
        words = _("Posts were not published in their time. Nothing leaves until you have chosen.")
        self._voice.say(words)
        self._voice.call()

    def _on_text_closed(self) -> None:
        self.show_now()
        # It grew at the organiser's wish, and goes back to what it was at their word.
        self._columns.pair.give_room_back()

    def _on_end_wanted(self) -> None:
        if self._confirms_end():
            self.hour.end()

    def _confirms_end(self) -> bool:
        if self.hour.occasion is not Occasion.REHEARSAL:
            return confirms_end(self.main)
        done = (PostState.SENT, PostState.DRAFT, PostState.SKIPPED)
        left = sum(row.planned is not None and row.state not in done for row in self._state.rows)
        return confirms_end_of_rehearsal(self.main, left)

    def _on_open_wanted(self, post_id: str) -> None:
        self.hour.do(Outbox.send_now, post_id)

    def _on_tag_wanted(self) -> None:
        self.open_page(self._tag_page)

    def _order_tabs(self) -> None:
        put_in_reading_order(self.strip, self.main, self.side)
