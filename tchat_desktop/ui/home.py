"""The home screen: the chats as cards with their next action, and the three ways to begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QMenu,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tchat_desktop.domain.chat import Chat, ChatPhase
from tchat_desktop.domain.guide import StepId
from tchat_desktop.i18n import _, city, format_day, format_delta, format_hour, ngettext
from tchat_desktop.ui import theme
from tchat_desktop.ui.steps import step_title
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card, Notice, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Chip, Text

CARD_WIDTH = 330
WIDEST = 1100


@dataclass(frozen=True, slots=True)
class ChatSummary:
    """What a card shows of a chat. `changed_at` is UTC; `progress` is from 0 to 1."""

    chat: Chat
    changed_at: datetime
    phase: ChatPhase
    progress: float
    next_step: StepId | None


class Home(QScrollArea):
    """Where everything begins, and where one comes back to."""

    new_wanted = Signal()
    example_wanted = Signal()
    file_wanted = Signal()
    chat_wanted = Signal(str, object)
    new_edition_wanted = Signal(str)
    export_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
                "A public conversation of one hour around a tag, on X (Twitter). We guide you "
                "from the idea to the thanks, even without a connection."
            ),
            "lead",
        )
        lead.setMaximumWidth(theme.px(680))
        lead.setStyleSheet(f"font-size: {theme.px(17)}px")
        self.notice = Notice()
        self.notice.hide()
        self._layout.addWidget(self.notice)
        self._layout.addWidget(Text(_("Hello. Shall we prepare a chat?"), "hero"))
        self._layout.addWidget(lead)
        begin = FlowLayout(spacing=12)
        begin.addWidget(Button(_("New chat"), "primary", "plus", self.new_wanted.emit))
        begin.addWidget(
            Button(_("Try with the example (5 min)"), "quiet", "play", self.example_wanted.emit)
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
                    "Rehearse: one hour in five minutes, with simulated participants. "
                    "Nothing is published."
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
        self._columns = 0
        self._place()

    def show_chats(self, chats: Sequence[ChatSummary], now: datetime) -> None:
        """Show a card for each chat, the ones to come first."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        order = [ChatPhase.LIVE, ChatPhase.UPCOMING, ChatPhase.DRAFT, ChatPhase.ENDED]
        ranked = sorted(chats, key=lambda one: order.index(one.phase))
        self._cards = [
            _ChatCard(self, summary, now, first=index == 0) for index, summary in enumerate(ranked)
        ]
        self._columns = 0
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        width = self.viewport().width()
        room = min(width - theme.px(64), theme.px(WIDEST))
        side = (width - room) // 2
        self._outer.setContentsMargins(side, theme.px(36), side, theme.px(28))
        columns = max(1, min(3, room // theme.px(CARD_WIDTH)))
        if columns == self._columns:
            return
        self._columns = columns
        for grid, widgets in ((self._grid, self._cards), (self._teaching, self._teachers)):
            for column in range(3):
                grid.setColumnStretch(column, 1 if column < columns else 0)
            for index, widget in enumerate(widgets):
                grid.addWidget(widget, index // columns, index % columns)


class _ChatCard(Card):
    """One chat: what it is, when, and the one next thing to do."""

    def __init__(self, home: Home, summary: ChatSummary, now: datetime, first: bool) -> None:
        coming = summary.phase in (ChatPhase.UPCOMING, ChatPhase.LIVE)
        super().__init__(edge="plum" if first and coming else None, spacing=8)
        self._home = home
        self._summary = summary
        chat = summary.chat
        topic = chat.topic or _("Chat without a topic yet")
        self.setAccessibleName(topic)
        self._menu_button = Button(
            _("More"),
            "icon",
            "more",
            self._show_menu,
            name=_("More about {chat}").format(chat=topic),
        )
        countdown = Text("", "advice", wrap=False)
        if chat.starts_at is not None and summary.phase is ChatPhase.UPCOMING:
            countdown.setText(_countdown(chat.starts_at - now))
        self.add(row(self._phase_chip(), None, countdown, self._menu_button))
        self.add(Text(topic, "heading"))
        if chat.hashtag:
            self.add(Text(f"#{chat.hashtag}", "number"))
        self.add(Text(self._when(chat), "small"))
        if summary.phase is ChatPhase.ENDED:
            self.add(self._buttons(StepId.RECAP, _("See the recap"), again=True))
            self.content.addStretch(1)
            return
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setRange(0, 100)
        bar.setValue(round(summary.progress * 100))
        bar.setAccessibleName(_("Preparation"))
        self.add(bar)
        self.content.addStretch(1)
        if summary.next_step is not None:
            words = _("Next step: {step}").format(step=step_title(summary.next_step))
            self.add(Text(words, "body"))
        text = _("Resume") if summary.phase is ChatPhase.DRAFT else _("Continue")
        self.add(self._buttons(summary.next_step, text, again=False))

    def _buttons(self, step: StepId | None, text: str, again: bool) -> FlowLayout:
        self._step = step
        primary = self._summary.phase in (ChatPhase.UPCOMING, ChatPhase.LIVE)
        name = f"{text} – {self.accessibleName()}"
        flow = FlowLayout(
            Button(text, "primary" if primary else "quiet", clicked=self._open, name=name)
        )
        if again:
            flow.addWidget(
                Button(
                    _("New edition"),
                    clicked=self._again,
                    name=_("New edition of {chat}").format(chat=self.accessibleName()),
                )
            )
        return flow

    def _phase_chip(self) -> Chip:
        text, tone = {
            ChatPhase.DRAFT: (_("Draft"), "plain"),
            ChatPhase.UPCOMING: (_("Coming up"), "plum"),
            ChatPhase.LIVE: (_("Live"), "stop"),
            ChatPhase.ENDED: (_("Finished"), "well"),
        }[self._summary.phase]
        return Chip(text, tone)  # type: ignore[arg-type]

    @staticmethod
    def _when(chat: Chat) -> str:
        start = chat.starts_local
        if start is None:
            return _("no date yet")
        return _("{day}, {hour} in {city}").format(
            day=format_day(start), hour=format_hour(start), city=city(chat.time_zone)
        )

    def _open(self) -> None:
        self._home.chat_wanted.emit(self._summary.chat.id, self._step)

    def _again(self) -> None:
        self._home.new_edition_wanted.emit(self._summary.chat.id)

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("Save a .tchat copy…"), self._export)
        menu.addAction(_("New edition"), self._again)
        menu.addSeparator()
        menu.addAction(_("Delete…"), self._delete)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))

    def _export(self) -> None:
        self._home.export_wanted.emit(self._summary.chat.id)

    def _delete(self) -> None:
        self._home.delete_wanted.emit(self._summary.chat.id)


def _countdown(span: timedelta) -> str:
    """Days as days: "in 12 days" says more than "in 2 weeks"."""
    if span.days:
        return ngettext("in {count} day", "in {count} days", span.days).format(count=span.days)
    return format_delta(span)
