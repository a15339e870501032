"""The card of a chat on the home screen: what it is, when, and the one next thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QProgressBar

from tchat_desktop.domain.chat import Chat, ChatPhase
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.wording.i18n import _, format_day, format_delta, format_hour
from tchat_desktop.wording.step_titles import step_title
from tchat_desktop.wording.when_words import city_of

if TYPE_CHECKING:
    from tchat_desktop.services.library import ChatSummary
    from tchat_desktop.ui.shell.home import Home

ORDER = (ChatPhase.LIVE, ChatPhase.UPCOMING, ChatPhase.DRAFT, ChatPhase.ENDED)
"""The chats to come stand first."""


def cards_of(home: Home, chats: Sequence[ChatSummary], now: datetime) -> list[ChatCard]:
    """A card for each chat, in the order of the home screen."""
    ranked = sorted(chats, key=lambda one: ORDER.index(one.phase))
    return [ChatCard(home, summary, now, first=index == 0) for index, summary in enumerate(ranked)]


class ChatCard(Card):
    """One chat: what it is, when, and the one next thing to do."""

    def __init__(self, home: Home, summary: ChatSummary, now: datetime, first: bool) -> None:
        self.is_main = first and summary.phase in (ChatPhase.UPCOMING, ChatPhase.LIVE)
        """Whether to go on with it is the main thing on the home screen."""
        super().__init__(edge="plum" if self.is_main else None, spacing=8)
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
            countdown.setText(format_delta(chat.starts_at - now))
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
        if summary.phase is ChatPhase.LIVE:
            self.add(
                Text(_("The chat is under way. Its posts leave only while it is open."), "body")
            )
        elif summary.next_step is not None:
            words = _("Next step: {step}").format(step=step_title(summary.next_step))
            self.add(Text(words, "body"))
        begun = summary.phase in (ChatPhase.DRAFT, ChatPhase.LIVE)
        text = _("Resume") if begun else _("Continue")
        self.add(self._buttons(summary.next_step, text, again=False))

    def _buttons(self, step: StepId | None, text: str, again: bool) -> FlowLayout:
        self._step = step
        name = f"{text} – {self.accessibleName()}"
        flow = FlowLayout(
            Button(text, "primary" if self.is_main else "quiet", clicked=self._open, name=name)
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
            day=format_day(start), hour=format_hour(start), city=city_of(chat, chat.time_zone)
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
