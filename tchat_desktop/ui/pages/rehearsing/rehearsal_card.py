"""The card beside a rehearsal: its time, its invented public, and its simulated loss of network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.services.rehearsal_hour import BY_HAND, SPEED, RehearsalHour
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import icon
from tchat_desktop.ui.pages.rehearsing.window import FictitiousPages
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import row_name
from tchat_desktop.ui.typed_lately import text_in_hand
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone

BEFORE = timedelta(seconds=5)
"""How long before the next message a jump in time ends, so that it is seen to leave."""
UNSEEN = timedelta(minutes=1)
"""How long a post that asks for care waits under the tag, in rehearsal time, before a hint."""


class RehearsalCard(Card):
    """Sets the speed of a rehearsal: fast, slow while something is done by hand, or stopped.

    Time stands still while the page of the chat is hidden.
    """

    pages_changed = Signal()
    """Emitted when a fictitious page was opened or closed."""

    def __init__(self, hour: RehearsalHour, pages: FictitiousPages) -> None:
        super().__init__(edge="plum", padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        self._hour = hour
        self._pages = pages
        self._stopped = False
        self._cut = False
        self._too_early = ""
        self._waits = ""
        """The id of a post that asks for care and that nobody has looked at; "" for none."""
        self._heard: Callable[[str], bool] | None = None
        self._is_read: Callable[[], bool] | None = None
        self._pace = Text("")
        self._stop = Button(_("Stop the time"), icon_name="sand-clock", clicked=self._on_stop)
        self._next_at: datetime | None = None
        self._go_on = SteadyButton(
            _("Go on to the next message"), icon_name="play", clicked=self._on_go_on
        )
        # The jump brings more than the next minute.
        words = _("Go on to the next message: it leaves by itself.")
        if hour.by_hand:
            words = _("Go on to the next message: its page opens.")
        set_tip(self._go_on, words)
        self._go_on.setAccessibleDescription(words)
        self._repair = Button(
            _("Repair the network"), "primary", "network", clicked=self._on_repair
        )
        self._to_page = Button(_("Open its page"), icon_name="outside", clicked=self._on_to_page)
        self._to_tag = Button(
            _("Open the page of the tag"), icon_name="outside", clicked=pages.open_tag
        )
        # Without keys the posts of the public are only on the page of the tag.
        self._to_tag.setVisible(hour.by_hand)
        buttons = (self._go_on, self._stop, self._to_tag, self._repair, self._to_page)
        self.add(
            Text(_("Your rehearsal"), "advice"),
            self._pace,
            FlowLayout(*buttons, spacing=theme.Space.NEAR),
        )
        self._repair.hide()
        self._to_page.hide()
        pages.changed.connect(self.pages_changed)
        self.show_now()

    @property
    def is_cut(self) -> bool:
        """Whether the simulated network is lost."""
        return self._hour.x.is_cut

    def keep_in_sight(self, *others: QWidget) -> None:
        """Have the fictitious pages cover this card and `others` as little as possible."""
        self._pages.leave_uncovered(*others, self)

    def hear_public(self, heard: Callable[[str], bool]) -> None:
        """Set the function that returns whether the post with an id is in the conversation."""
        self._heard = heard

    def read_slowly(self, is_read: Callable[[], bool]) -> None:
        """Set the function that returns whether something is being read or filled in.

        Meanwhile the time goes as in the real chat.
        """
        self._is_read = is_read

    @property
    def closed_unsent(self) -> frozenset[str]:
        """The ids of the posts whose page was closed without posting."""
        return self._hour.x.closed_unsent

    def put_away(self) -> None:
        """Release the widgets kept uncovered: the card is about to be deleted."""
        self._pages.leave_uncovered()
        self._pages.changed.disconnect(self.pages_changed)

    def show_now(self, ended: bool = False, next_at: datetime | None = None) -> None:
        """Follow the hour; `next_at` is when its next message is due, in UTC, or None.

        Called every second while the card is visible.
        """
        self._next_at = next_at
        if ended and not self.isHidden():
            self._pages.close()
            self.hide()
        cut = self._hour.x.is_cut
        if cut is not self._cut:
            self._cut = cut
            self._repair.setVisible(cut)
            self._pace.set_tone("stop" if cut else None)
            if not cut:
                self._pages.tell_network_back()
            announce(self, _no_network() if cut else _("The network is back."))
        self._show_lesson()
        self._show_waiting()
        self._show_edge()
        # A message that waits on its page would be late after a jump.
        barred = cut or self._hour.outdated or self._pages.is_posting or self._hour.at_work
        far = next_at is not None and next_at - self._hour.clock.now() > BEFORE
        self._go_on.setEnabled(far and not barred)
        self._run(self._wanted())

    def _show_lesson(self) -> None:
        """Announce a message that was wrongly confirmed, while it can still be published."""
        page = self._hour.said_too_early
        if page == self._too_early:
            return
        self._too_early = page
        self._to_page.setVisible(bool(page))
        if page:
            announce(self, self._lesson())

    def _show_waiting(self) -> None:
        """Announce that somebody waits under the tag, because without keys nothing else says so."""
        waits = self._unseen()
        if waits == self._waits:
            return
        self._waits = waits
        if waits:
            announce(self, _someone_waits())

    def _unseen(self) -> str:
        """Return the id of a post that has waited too long, neither pasted nor seen; else ""."""
        now = self._hour.clock.now()
        heard = self._heard
        if heard is None or self._cut or not self._hour.by_hand:
            return ""
        return next(
            (
                post.id
                for post in self._hour.x.needing_care()
                if now - post.created_at >= UNSEEN
                and not (heard(post.id) or self._pages.was_seen(post.id))
            ),
            "",
        )

    def _show_edge(self) -> None:
        edge: Tone = "stop" if self._cut else "look" if self._waits else "plum"
        if self.property("edge") != edge:
            self.set_edge(edge)

    def _lesson(self) -> str:
        row = self._hour.x.row_of(self._too_early)
        assert row is not None
        words = _(
            "You said that {post} is published, but “Post” was not pressed on its page: nobody "
            "saw it. Here it does no harm. On the day, look at the page first."
        )
        return words.format(post=row_name(row))

    def _on_to_page(self) -> None:
        self._pages.open_page(self._too_early)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The sentences change all the time: there is room for the longest, so that nothing moves.
        metrics, room = self._pace.fontMetrics(), QRect(0, 0, self._pace.width(), 1000)
        wrapped = Qt.TextFlag.TextWordWrap
        heights = (
            metrics.boundingRect(room, wrapped, words).height()
            for words in (*_pace_words().values(), _someone_waits())
        )
        self._pace.setMinimumHeight(max(heights))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._hour.rehearsal_clock.run_at(0)

    def _wanted(self) -> float:
        if self._stopped or self._hour.outdated:
            return 0
        at_work = self._pages.at_work or self._hour.at_work or text_in_hand()
        read = self._is_read is not None and self._is_read()
        # A question in a window of its own, or a menu, is being read too.
        asked = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        by_hand = self._cut or at_work or read or asked is not None
        return BY_HAND if by_hand else SPEED

    def _run(self, speed: float) -> None:
        if not self.isVisible():
            return
        self._hour.rehearsal_clock.run_at(speed)
        words = _pace_words()[speed]
        if self._waits:
            words = _someone_waits()
        if self._too_early:
            words = self._lesson()
        if self._cut:
            words = _no_network()
        if self._hour.outdated:
            words = _(
                "Your chat has another day, length, tag or way by now. Begin the rehearsal anew: "
                "this one is of the chat as it was."
            )
        if words != self._pace.text():
            self._pace.setText(words)

    def _on_stop(self) -> None:
        self._stopped = not self._stopped
        self._show_stopped()
        self.show_now(next_at=self._next_at)

    def _show_stopped(self) -> None:
        self._stop.show_text(_("Let the time go on") if self._stopped else _("Stop the time"))
        self._stop.setIcon(icon("play" if self._stopped else "sand-clock"))

    def _on_go_on(self) -> None:
        if self._next_at is not None:
            self._hour.rehearsal_clock.go_on_to(self._next_at - BEFORE)
            self._stopped = False
            self._show_stopped()
            self.show_now(next_at=self._next_at)

    def _on_repair(self) -> None:
        self._hour.x.reconnect()
        self._hour.read_now()
        self.show_now()


def rehearsal_card(hour: HourPort, pages: FictitiousPages) -> RehearsalCard | None:
    """Return the card of an hour that is rehearsed on screen; None for any other."""
    if isinstance(hour, RehearsalHour) and hour.watched:
        return RehearsalCard(hour, pages)
    return None


def _pace_words() -> dict[float, str]:
    return {
        0: _("Time stands still. Take yours."),
        BY_HAND: _(
            "Time goes as slowly as in the real chat while you write, paste, read what has to be "
            "read, or have the page of a message open."
        ),
        SPEED: _("Time goes six times as fast: an hour in ten minutes, plus what you write."),
    }


def _someone_waits() -> str:
    return _(
        "Somebody has written something under the tag that asks for your care: open the page of "
        "the tag."
    )


def _no_network() -> str:
    return _(
        "The network is gone, as it happens. Nothing is lost. In the real chat: share the "
        "connection of your phone, or plug the box in again."
    )
