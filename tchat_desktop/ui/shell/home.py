"""The home screen: the chats as cards with their next action, and the three ways to begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Notice, column, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, ngettext

if TYPE_CHECKING:
    from tchat_desktop.services.library import ChatSummary

CARD_WIDTH = 330
_WIDEST = 1100
_SIDE, _NARROW_SIDE = 32, 14
"""Room beside the cards; less of it where the window is narrow."""
_TOP, _HIGHEST_TOP = 36, 96
"""Room above, which grows with the window, so that what is below does not all stay empty."""
_NEEDED = 640
"""The height that the greeting, a row of cards and the advice take."""
_LOW = 560
"""Below this height the greeting is short: what to go on with stays in sight."""


class Home(SteadyScrollArea):
    """Where everything begins, and where one comes back to."""

    new_wanted = Signal()
    example_wanted = Signal()
    file_wanted = Signal()
    chat_wanted = Signal(str, object)
    care_wanted = Signal(str, object)
    """Emitted with the id of a chat in which a confidence waits, and the step that opens it."""
    new_edition_wanted = Signal(str)
    export_wanted = Signal(str)
    delete_wanted = Signal(str)
    archive_wanted = Signal(str)
    """Emitted with the id of a chat of which everything is wanted in one file."""
    put_away_wanted = Signal(str, bool)
    """Emitted with the id of a chat, and whether it is to be put away or back."""
    data_wanted = Signal()
    """Emitted when the person wants to know what is kept on this computer."""
    forgetting_wanted = Signal()
    repair_wanted = Signal(object)
    """The ids of damaged chats that should come back as their last copies have them."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("My chats"))
        inner = QWidget()
        inner.setObjectName("page")
        self.setWidget(inner)
        outer = QVBoxLayout(inner)
        self._column = QWidget()
        self._layout = QVBoxLayout(self._column)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.GAP))
        outer.addWidget(self._column)
        outer.addStretch(1)
        self._outer = outer

        lead = Text(
            _(
                "A public conversation of one hour on X (Twitter), around a tag (a "
                "hashtag,\u00a0#). We guide you from the idea to the thanks. To prepare "
                "it, no need of the Internet."
            ),
            "lead",
        )
        self._lead = lead
        lead.setMaximumWidth(theme.px(680))
        lead.setStyleSheet(f"font-size: {theme.px(17)}px")
        self._repair = Button(_("Restore the last backup"), clicked=self._on_repair)
        self.notice = Notice(button=self._repair)
        self.notice.hide()
        self._layout.addWidget(self.notice)
        # In a row of its own: in a column, Qt reckons its height from the width of the column.
        bounded = row(lead)
        bounded.setStretch(0, 100)
        bounded.addStretch(1)
        self._layout.addLayout(
            column(
                Text(_("Hello. Shall we prepare a chat?"), "hero"),
                bounded,
                spacing=theme.Space.TITLE_LEAD,
            )
        )
        self._layout.addLayout(self._build_beginnings())
        self._layout.addSpacing(theme.px(theme.Space.LEAD_CONTENT - theme.Space.GAP))
        # Two grids alike: what stands below one another has the same edges.
        self._chats = QWidget()
        self._grids = (QGridLayout(self._chats), QGridLayout())
        for grid in self._grids:
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setSpacing(theme.px(theme.Space.GAP))
        self._layout.addWidget(self._chats)
        self._layout.addLayout(self._grids[1])
        self._news_place = QWidget()
        self._news = QVBoxLayout(self._news_place)
        self._news.setContentsMargins(0, 0, 0, 0)
        self._away_place, self._foot = QVBoxLayout(), QVBoxLayout()
        for place in (self._away_place, self._foot):
            self._layout.addLayout(place)
        self._teachers: list[QWidget] = list(self._build_teachers())
        # Until the disk has answered: without a word the chats would seem to be gone.
        self._cards: list[QWidget] = [Text(_("Reading your chats…"), "lead")]
        self._featured: QWidget | None = None
        self._news_card: QWidget | None = None
        self._away: QWidget | None = None
        self._damaged: tuple[str, ...] = ()
        self._columns = 0
        self._place()

    def _build_beginnings(self) -> FlowLayout:
        """The three ways to begin."""
        begin = FlowLayout(spacing=12)
        self._new = Button(_("New chat"), "primary", "plus", self.new_wanted.emit)
        self._example = Button(_example_words(), "quiet", "play", self.example_wanted.emit)
        for one in (
            self._new,
            self._example,
            Button(_("Open a .tchat file…"), "link", "", self.file_wanted.emit),
        ):
            one.setProperty("hero", True)
            begin.addWidget(one)
        return begin

    def _build_teachers(self) -> Iterator[AdviceCard]:
        """What a newcomer is told, below the chats."""
        yield AdviceCard(
            _("Is it your first chat?"),
            _(
                "Rehearse: the whole chat in ten minutes or a little more, with an invented "
                "public. Nothing is published."
            ),
        )
        yield AdviceCard(
            _("No key, no bank card"),
            _("Each post opens ready in your browser. All you do is press “Post”."),
        )
        kept = _("See what is kept on this computer, and erase")
        yield AdviceCard(
            _("Your data stay with you"),
            _("Everything is on this computer. Nothing is sent, except what you publish."),
            Button(_("See and erase"), "link", clicked=self.data_wanted.emit, name=kept),
        )

    def show_chats(self, chats: Sequence[ChatSummary], now: datetime) -> None:
        """Show a card for each chat, the ones to come first."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        # Cards know the domain, which the first paint does not wait for.
        from tchat_desktop.ui.shell.chat_card import cards_of
        from tchat_desktop.ui.shell.no_chats import NoChats

        away = [one for one in chats if one.chat.put_away]
        chats = [one for one in chats if not one.chat.put_away]
        cards = cards_of(self, chats, now)
        self._show_away(away, now)
        # One filled button: going on with what comes next, else beginning.
        self._new.set_kind("quiet" if any(card.is_main for card in cards) else "primary")
        self._cards = list(cards) or [NoChats()]
        self._featured = None if cards and not cards[0].is_main else self._cards[0]
        self._tell_list(cards)
        self._columns = 0
        self._place()
        self._keep_order()

    def _show_away(self, chats: Sequence[ChatSummary], now: datetime) -> None:
        """Show the chats that were put away, folded at the end; nothing where there is none."""
        former, self._away = self._away, None
        if former is not None:
            former.hide()
            former.deleteLater()
        if chats:
            from tchat_desktop.ui.shell.chat_card import away_fold

            self._away = away_fold(self, chats, now)
            self._away_place.addWidget(self._away)

    def _tell_list(self, cards: Sequence[QWidget]) -> None:
        """Have a screen reader say that the chats are a list, and the place of each in it."""
        from tchat_desktop.ui.widgets import roles

        if not cards:
            roles.give(self._chats, "group")
            return
        roles.give(self._chats, "list", _("Chats"))
        for place, card in enumerate(cards, 1):
            roles.give(card, "listitem", position=(place, len(cards)))

    def show_damaged(self, chat_ids: Sequence[str]) -> None:
        """Say that chats of these ids could not be read, if there are any."""
        self._damaged = tuple(chat_ids)
        words = ngettext(
            "{count} chat of this folder is damaged and cannot be opened. It is not deleted; the "
            "others are well.",
            "{count} chats of this folder are damaged and cannot be opened. They are not deleted; "
            "the others are well.",
            len(self._damaged),
        ).format(count=len(self._damaged))
        self.notice.say(words if self._damaged else "", "look", self._repair)

    def show_news(self, card: QWidget | None) -> None:
        """Show a card below the chats, in the place of the former one; None for none."""
        former = self._news_card
        self._news_card = card
        if former is not None:
            former.hide()
            former.deleteLater()
        if card is not None:
            self._news.addWidget(card)
        self._keep_order()

    def show_foot(self, foot: QWidget) -> None:
        """Show a line at the end of the screen."""
        self._foot.addWidget(foot)

    def _keep_order(self) -> None:
        put_in_reading_order(*self._cards, self._news, self._away_place, self._foot)

    def _on_repair(self) -> None:
        self.repair_wanted.emit(self._damaged)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        # Not the viewport's: Qt made it, and wrapping it makes every class of widget known first.
        width = self.width() - theme.px(12)
        beside = _SIDE if width >= theme.px(CARD_WIDTH + 4 * _SIDE) else _NARROW_SIDE
        room = min(width - theme.px(2 * beside), theme.px(_WIDEST))
        side = (width - room) // 2
        empty = (self.height() - theme.px(_NEEDED)) // 3
        top = min(max(theme.px(_TOP), empty), theme.px(_HIGHEST_TOP))
        self._outer.setContentsMargins(side, top, side, theme.px(_TOP))
        self._lead.setVisible(self.height() >= theme.px(_LOW))
        self._fit_example(room)
        columns = max(1, min(3, room // theme.px(CARD_WIDTH)))
        if columns == self._columns:
            return
        self._columns = columns
        self._fill_grid(columns)

    def _fit_example(self, room: int) -> None:
        """Say less on the button where it would be wider than the window; its name stays whole."""
        whole = _example_words()
        self._example.show_text(whole)
        if self._example.sizeHint().width() > room:
            self._example.show_text(_("Try with the example"), whole)

    def _fill_grid(self, columns: int) -> None:
        """The featured card, the others, the news, and the advice, in as many columns."""
        chats, below = self._grids
        for grid in self._grids:
            for place in range(3):
                grid.setColumnStretch(place, 1 if place < columns else 0)
                grid.setColumnMinimumWidth(place, 1 if place < columns else 0)
        line = 0
        if self._featured is not None:
            chats.addWidget(self._featured, line, 0, 1, columns)
            line += 1
        others = [one for one in self._cards if one is not self._featured]
        for index, widget in enumerate(others):
            chats.addWidget(widget, line + index // columns, index % columns)
        below.addWidget(self._news_place, 0, 0, 1, columns)
        for index, widget in enumerate(self._teachers):
            below.addWidget(widget, 1 + index // columns, index % columns)


def _example_words() -> str:
    """What the button that opens the example says."""
    return _("Try with the example (10 min or more)")
