"""What stands around the hour: a co-host at another computer, notices, and the projector."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.followed_hour import FollowedHour
from tchat_desktop.ui.dialogs import confirms_taking_over
from tchat_desktop.ui.pages.hour.co_host_card import BothPublishNotice, CoHostCard, FollowCard
from tchat_desktop.ui.pages.hour.co_host_link import CoHostLink, KeptChoices
from tchat_desktop.ui.pages.hour.columns_beside import ColumnsBeside
from tchat_desktop.ui.pages.hour.feed_view import FeedView
from tchat_desktop.ui.pages.hour.notify_card import NotifyCard
from tchat_desktop.ui.pages.hour.projecting import Projecting
from tchat_desktop.ui.pages.page import Offer, Page
from tchat_desktop.ui.pages.shared.hour_ports import HourPort, HoursPort
from tchat_desktop.ui.shortcuts import Shortcut, named, sequence
from tchat_desktop.wording.i18n import _

Cards = tuple[QWidget, ...]


class HourAround(QObject):
    """Adds its cards to those of the real hour, and what it offers to the menu of the bar."""

    def __init__(
        self,
        editor: ChatEditor,
        hours: HoursPort,
        link: CoHostLink,
        choices: KeptChoices,
        projecting: Projecting,
        columns: ColumnsBeside,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._editor = editor
        self._projecting = projecting
        self._columns = columns
        self._now = now
        self._hours = hours
        self._choices = choices
        self.link = link
        link.setParent(self)
        self._page: Page | None = None
        self._feed: FeedView | None = None
        self._hour: HourPort | None = None
        """The hour whose cards were arranged last."""

    def stand_on(self, page: Page) -> None:
        """Go with a page."""
        self._page = page
        self.setParent(page)
        QShortcut(sequence(Shortcut.FULL_SCREEN), page, self._on_projector_wanted)
        QShortcut(sequence(Shortcut.COLUMNS), page, self._on_columns_wanted)

    def show_feed(self, feed: FeedView | None) -> None:
        """Have the window with the columns follow the feed on the page; None for none."""
        self._feed = feed
        self._columns.follow(feed, self._lead_to)

    def arranged(self, hour: HourPort, below: Cards, beside: Cards) -> tuple[Cards, Cards]:
        """Return the cards of both columns of an hour; the last one below the other is the feed.

        Where another computer publishes, the cards that publish are kept out of sight.
        """
        self._hour = hour
        if hour.occasion is not Occasion.LIVE:
            return below, beside
        card = CoHostCard(self.link)
        if not isinstance(hour, FollowedHour):
            beside = (*beside, card, NotifyCard(self._choices))
            return (BothPublishNotice(self.link), *below), beside
        follow = FollowCard(self.link)
        follow.here_wanted.connect(self._on_here_wanted)
        *publishing, feed = below
        return (follow, _out_of_sight(publishing), feed), (card, _out_of_sight(beside))

    @property
    def offers(self) -> Sequence[Offer]:
        """What the menu of the bar offers on the page of the hour."""
        return (
            Offer(_("Open for the projector"), self._on_projector_wanted),
            *((Offer(_("Open in columns"), self._on_columns_wanted),) if self._feed else ()),
            Offer(_("Save for the co-host…"), self._on_save_wanted),
            Offer(_("Take in what the co-host did…"), self._on_take_wanted),
        )

    @property
    def keys(self) -> Sequence[tuple[str, str]]:
        """The keys that work on the page of the hour for it, each with what it does."""
        columns = (named(Shortcut.COLUMNS), _("Open in columns"))
        projector = (named(Shortcut.FULL_SCREEN), _("Open for the projector"))
        return (projector, columns) if self._feed else (projector,)

    def _on_projector_wanted(self) -> None:
        hour = self._hours.hour(Occasion.REHEARSAL)
        if hour is None or hour is not self._hour:
            hour = self._hours.hour(Occasion.LIVE) or self._hours.followed
        if self._page is not None:
            # Not this object: the page, and it with it, may be built anew meanwhile.
            editor = self._editor
            self._projecting.open(
                self._page,
                lambda: editor.chat,
                self._now if hour is None else hour.clock.now,
                Occasion.LIVE if hour is None else hour.occasion,
                _nothing if hour is None else hour.tell,
            )

    def _on_columns_wanted(self) -> None:
        if self._page is not None:
            self._columns.open(self._page)

    def _lead_to(self, post_id: str) -> None:
        """Show a post in the cockpit, which may be on another step, with the keyboard on it."""
        if self._page is None or self._feed is None:
            return
        self._page.step_wanted.emit(self._page.step)
        window = self._page.window()
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()
        card = self._feed.show_post(post_id)
        if card is not None:
            self._feed.stand_on(post_id)
            self._page.bring_into_view(card)

    def _on_save_wanted(self) -> None:
        if self._page is not None:
            self.link.ask_where_to_save(self._page)

    def _on_take_wanted(self) -> None:
        if self._page is not None:
            self.link.ask_what_to_take(self._page)

    def _on_here_wanted(self) -> None:
        if self._page is not None and confirms_taking_over(self._page):
            self._hours.take_over()


def _nothing() -> None:
    """Tell nothing: the hour was not opened yet."""


def _out_of_sight(cards: Sequence[QWidget]) -> QWidget:
    """A box that is never shown, so that its cards are not, whatever they are told."""
    box = QWidget()
    box.setProperty("out_of_sight", True)
    column = QVBoxLayout(box)
    for card in cards:
        column.addWidget(card)
    box.hide()
    return box
