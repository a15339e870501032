"""The home screen: the chats as cards with their next action, and the three ways to begin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Notice
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, ngettext

if TYPE_CHECKING:
    from tchat_desktop.services.library import ChatSummary

CARD_WIDTH = 330
_WIDEST = 1100


class Home(SteadyScrollArea):
    """Where everything begins, and where one comes back to."""

    new_wanted = Signal()
    example_wanted = Signal()
    file_wanted = Signal()
    chat_wanted = Signal(str, object)
    new_edition_wanted = Signal(str)
    export_wanted = Signal(str)
    delete_wanted = Signal(str)
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
        self._layout.setSpacing(theme.px(14))
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
        lead.setMaximumWidth(theme.px(680))
        lead.setStyleSheet(f"font-size: {theme.px(17)}px")
        self._repair = Button(_("Restore the last backup"), clicked=self._on_repair)
        self.notice = Notice(button=self._repair)
        self.notice.hide()
        self._layout.addWidget(self.notice)
        self._layout.addWidget(Text(_("Hello. Shall we prepare a chat?"), "hero"))
        # In a row of its own: in a column, Qt reckons its height from the width of the column.
        bounded = QHBoxLayout()
        bounded.addWidget(lead, 100)
        bounded.addStretch(1)
        self._layout.addLayout(bounded)
        begin = FlowLayout(spacing=12)
        self._new = Button(_("New chat"), "primary", "plus", self.new_wanted.emit)
        begin.addWidget(self._new)
        begin.addWidget(
            Button(
                _("Try with the example (10 min or more)"),
                "quiet",
                "play",
                self.example_wanted.emit,
            )
        )
        begin.addWidget(Button(_("Open a .tchat file…"), "link", "", self.file_wanted.emit))
        self._layout.addLayout(begin)
        self._layout.addSpacing(theme.px(10))
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(18))
        self._layout.addLayout(self._grid)
        self._layout.addSpacing(theme.px(18))
        self._teaching = QGridLayout()
        self._teaching.setSpacing(theme.px(18))
        self._layout.addLayout(self._teaching)
        self._teachers: list[QWidget] = [
            AdviceCard(
                _("Is it your first chat?"),
                _(
                    "Rehearse: the whole chat in ten minutes or a little more, with an invented "
                    "public. Nothing is published."
                ),
            ),
            AdviceCard(
                _("No key, no bank card"),
                _("Each post opens ready in your browser. All you do is press “Post”."),
            ),
            AdviceCard(
                _("Your data stay with you"),
                _("Everything is on this computer. Nothing is sent, except what you publish."),
            ),
        ]
        self._cards: list[QWidget] = []
        self._damaged: tuple[str, ...] = ()
        self._columns = 0
        self._place()

    def show_chats(self, chats: Sequence[ChatSummary], now: datetime) -> None:
        """Show a card for each chat, the ones to come first."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        # Cards know the domain, which the first paint does not wait for.
        from tchat_desktop.ui.shell.chat_card import cards_of

        cards = cards_of(self, chats, now)
        # One filled button: going on with what comes next, else beginning.
        self._new.set_kind("quiet" if any(card.is_main for card in cards) else "primary")
        self._cards = list(cards)
        self._columns = 0
        self._place()

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

    def _on_repair(self) -> None:
        self.repair_wanted.emit(self._damaged)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        # Not the viewport's: Qt made it, and wrapping it makes every class of widget known first.
        width = self.width() - theme.px(12)
        room = min(width - theme.px(64), theme.px(_WIDEST))
        side = (width - room) // 2
        self._outer.setContentsMargins(side, theme.px(36), side, theme.px(28))
        columns = max(1, min(3, room // theme.px(CARD_WIDTH)))
        if columns == self._columns:
            return
        self._columns = columns
        for grid, widgets in ((self._grid, self._cards), (self._teaching, self._teachers)):
            for column in range(3):
                used = column < columns
                grid.setColumnStretch(column, 1 if used else 0)
                grid.setColumnMinimumWidth(column, room // columns - theme.px(18) if used else 0)
            for index, widget in enumerate(widgets):
                grid.addWidget(widget, index // columns, index % columns)
