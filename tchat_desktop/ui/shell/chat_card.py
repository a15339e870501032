"""The card of a chat on the home screen: what it is, when, and the one next thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat, ChatPhase
from tchat_desktop.domain.clean_text import with_capital
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.hour_words import needing_care_words
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.fold import Fold
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _, format_day, format_delta, format_hour, ngettext
from tchat_desktop.wording.step_titles import step_title
from tchat_desktop.wording.when_words import city_of

if TYPE_CHECKING:
    from tchat_desktop.services.library import ChatSummary
    from tchat_desktop.ui.shell.home import Home

ORDER = (ChatPhase.LIVE, ChatPhase.UPCOMING, ChatPhase.DRAFT, ChatPhase.ENDED)
"""The chats to come stand first."""

_SIDE_BY_SIDE = 540
"""The width in pixels at 100 % from which the main card has two columns."""


def cards_of(home: Home, chats: Sequence[ChatSummary], now: datetime) -> list[ChatCard]:
    """A card for each chat, in the order of the home screen."""

    def rank(one: ChatSummary) -> tuple[int, float]:
        starts_at = one.chat.starts_at if one.phase is ChatPhase.UPCOMING else None
        return ORDER.index(one.phase), starts_at.timestamp() if starts_at is not None else 0.0

    ranked = sorted(chats, key=rank)
    cards = [ChatCard(home, one, now, first=index == 0) for index, one in enumerate(ranked)]
    for place, card in enumerate(cards, 1):
        roles.give(card, "listitem", position=(place, len(cards)))
    return cards


def away_fold(home: Home, chats: Sequence[ChatSummary], now: datetime) -> Fold:
    """The chats that were put away, folded until they are wanted."""
    inside = QWidget()
    inside.setLayout(column(*(ChatCard(home, one, now, first=False) for one in chats)))
    words = ngettext("{count} chat put away", "{count} chats put away", len(chats))
    return Fold(words.format(count=len(chats)), inside)


class ChatCard(Card):
    """One chat: what it is, when, and the one next thing to do."""

    def __init__(self, home: Home, summary: ChatSummary, now: datetime, first: bool) -> None:
        self.is_main = first and summary.phase in (ChatPhase.UPCOMING, ChatPhase.LIVE)
        """Whether to go on with it is the main thing on the home screen."""
        super().__init__(edge="plum" if self.is_main else None, spacing=8)
        self._home = home
        self._summary = summary
        chat = summary.chat
        topic = with_capital(chat.topic) or _("Chat without a topic yet")
        self.setAccessibleName(topic)
        if summary.phase is ChatPhase.DRAFT:
            # Its own tone: a sheet that is still being written.
            self.setStyleSheet(f"ChatCard {{ background: {theme.tokens().sand} }}")
        self._menu_button = Button(
            _("More"),
            "icon",
            "more",
            self._show_menu,
            name=_("More about {chat}").format(chat=topic),
        )
        countdown = Text("", "small", wrap=False)
        countdown.set_tone("plum")
        if chat.starts_at is not None and summary.phase is ChatPhase.UPCOMING:
            countdown.setText(format_delta(chat.starts_at - now))
        self.add(row(self._phase_chip(), None, countdown, self._menu_button))
        what = column(Text(topic, "title" if self.is_main else "heading"), spacing=8)
        if chat.hashtag:
            what.addWidget(Text(f"#{chat.hashtag}", "number"))
        what.addWidget(Text(self._when(chat), "small"))
        if chat.confidences_waiting and summary.phase is not ChatPhase.DRAFT:
            words = needing_care_words(chat.confidences_waiting, chat.confidences_waiting)
            name = _("Read this message – {chat}").format(chat=topic)
            read = Button(
                _("Read this message"), icon_name="alert", clicked=self._see_to_it, name=name
            )
            # The words stand above their button: a card is narrow.
            self.add(HintNotice(words, "stop"), row(read, None))
        bar = self._progress()
        if bar is not None:
            what.addWidget(bar)
        if not self.is_main:
            what.addStretch(1)
        # The main one has the window's width: what comes next stands beside what it is.
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._sides.setSpacing(theme.px(8))
        self._sides.addLayout(what, 3)
        self._sides.addLayout(self._next(), 2)
        self.content.addLayout(self._sides, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.is_main and self.width() >= theme.px(_SIDE_BY_SIDE)
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._sides.setSpacing(theme.px(theme.Space.SECTION if beside else 8))

    def _progress(self) -> QProgressBar | None:
        """How far the preparation is; None where it was not begun or is over."""
        if self._summary.phase is ChatPhase.ENDED or not self._summary.progress:
            return None
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setRange(0, 100)
        bar.setValue(round(self._summary.progress * 100))
        bar.setAccessibleName(_("Preparation"))
        return bar

    def _next(self) -> QVBoxLayout:
        """The one next thing to do, in words and as a button."""
        summary, below = self._summary, column(None, spacing=8)
        if summary.phase is ChatPhase.ENDED:
            below.addLayout(self._buttons(StepId.RECAP, _("See the recap"), again=True))
            return below
        words = ""
        if summary.phase is ChatPhase.LIVE:
            words = _("The chat is under way. Its posts leave only while it is open.")
        elif summary.next_step is not None:
            words = _("Next step: {step}").format(step=step_title(summary.next_step))
        if words:
            below.addWidget(Text(words, "heading" if self.is_main else "body"))
        begun = summary.phase in (ChatPhase.DRAFT, ChatPhase.LIVE)
        text = _("Resume") if begun else _("Continue")
        below.addLayout(self._buttons(summary.next_step, text, again=False))
        return below

    def _buttons(self, step: StepId | None, text: str, again: bool) -> FlowLayout:
        self._step = step
        name = f"{text} – {self.accessibleName()}"
        buttons = [
            Button(text, "primary" if self.is_main else "quiet", clicked=self._open, name=name)
        ]
        if again:
            new = _("New edition of {chat}").format(chat=self.accessibleName())
            buttons.append(Button(_("New edition"), clicked=self._again, name=new))
        for one in buttons:
            one.setProperty("hero", True)
        return FlowLayout(*buttons)

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
            day=format_day(start), hour=format_hour(start), city=city_of(chat, chat.time_zone)
        )

    def _open(self) -> None:
        self._home.chat_wanted.emit(self._summary.chat.id, self._step)

    def _see_to_it(self) -> None:
        on = self._summary.phase is ChatPhase.LIVE
        step = StepId.HOUR if on else StepId.THANKS
        self._home.care_wanted.emit(self._summary.chat.id, step)

    def _again(self) -> None:
        self._home.new_edition_wanted.emit(self._summary.chat.id)

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("Save a .tchat copy…"), self._export)
        menu.addAction(_("New edition"), self._again)
        menu.addAction(_("Save everything in one file…"), self._take_along)
        away = self._summary.chat.put_away
        menu.addAction(_("Back among my chats") if away else _("Put away"), self._put_away)
        menu.addSeparator()
        menu.addAction(_("Forget somebody…"), self._home.forgetting_wanted.emit)
        menu.addAction(_("Delete…"), self._delete)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))

    def _export(self) -> None:
        self._home.export_wanted.emit(self._summary.chat.id)

    def _take_along(self) -> None:
        self._home.archive_wanted.emit(self._summary.chat.id)

    def _put_away(self) -> None:
        chat = self._summary.chat
        self._home.put_away_wanted.emit(chat.id, not chat.put_away)

    def _delete(self) -> None:
        self._home.delete_wanted.emit(self._summary.chat.id)
