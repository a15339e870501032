"""The card about what comes next: notes for next time, the next edition, and closing this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal

from tchat_desktop.domain.chat import Chat, ChatPhase, phase
from tchat_desktop.domain.schedule import next_edition
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import dialogs, theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _, format_day, format_hour, ngettext
from tchat_desktop.wording.step_titles import step_title


class NextEditionCard(Card):
    """Writes the lessons and the closing into the chat; a new edition is asked for by signal."""

    again_wanted = Signal()

    def __init__(self, editor: ChatEditor, now: Callable[[], datetime]) -> None:
        super().__init__(spacing=theme.Space.UNDER_HEADING)
        self._editor = editor
        self._now = now
        self.lessons = GrowingEdit(lines=2)
        self.lessons.setPlaceholderText(_("Example: the two guests, and the hour of the evening."))
        self.lessons.textChanged.connect(self._on_lessons_edited)
        self.to_change = GrowingEdit(lines=2)
        self.to_change.setPlaceholderText(
            _("Example: fewer questions, more time for each; ask the fathers to come.")
        )
        self.to_change.textChanged.connect(self._on_to_change_edited)
        self._date = Text("")
        self.again = Button(
            _("Prepare the next edition"), "primary", "next", self.again_wanted.emit
        )
        self._coming = Text("")
        self._coming.hide()
        self._some_are_coming = False
        self._state = VerdictLine()
        self.close_button = Button("", clicked=self._on_close)
        self.add(
            Text(_("And next time?"), "heading"),
            Text(
                _(
                    "If you like, while it is fresh. Your notes go along to the next edition; "
                    "nobody else reads them."
                ),
                "small",
            ),
            Field(_("What went well, to keep?"), self.lessons),
            Field(_("What would you do otherwise?"), self.to_change),
            self._coming,
            self._date,
            self._state,
            FlowLayout(self.again, self.close_button, spacing=theme.Space.UNDER_HEADING),
        )

    @property
    def date(self) -> str:
        """The sentence on the next edition; "" while it is not time for it."""
        return "" if self._date.isHidden() else self._date.text()

    @property
    def coming(self) -> str:
        """The sentence on whom to invite next time; "" while there is nobody, or it is not time."""
        return "" if self._coming.isHidden() else self._coming.text()

    @property
    def state(self) -> str:
        """The sentence on whether the chat is closed; "" when there is nothing to say."""
        return self._state.text

    def show_chat(self, chat: Chat) -> None:
        """Show the lessons, when the next edition could be, and whether the chat is closed."""
        self.lessons.show_text(chat.lessons)
        self.to_change.show_text(chat.to_change)
        over = self._is_over(chat)
        self._coming.setVisible(self._some_are_coming and over)
        words = self._about_next(chat)
        if self._date.text() != words:
            self._date.setText(words)
        self._date.setVisible(over)
        begun = over or phase(chat, self._now()) is ChatPhase.LIVE
        self.again.setVisible(begun)
        self.again.set_kind("primary" if over else "quiet")
        closed = chat.closed_at
        self.close_button.show_text(_("Close this chat") if closed is None else _("Open it again"))
        if closed is not None:
            local = closed.astimezone(chat.zone)
            words = _("The chat is over since {day}. Everything stays here.").format(
                day=format_day(local)
            )
            self._state.say(words, "well")
        elif not over:
            self._state.say(
                _(
                    "The chat is not over yet. If you close it now, it goes among the "
                    "finished chats."
                ),
                "plain",
            )
        else:
            self._state.say("", "plain")

    def show_coming(self, count: int) -> None:
        """Say how many people the next edition can invite; 0 says nothing."""
        words = ngettext(
            "{count} person to invite next time: the step “{step}” of the next edition has a word "
            "ready for them.",
            "{count} people to invite next time: the step “{step}” of the next edition has a word "
            "ready for each.",
            count,
        )
        self._coming.setText(words.format(count=count, step=step_title(StepId.PROMOTION)))
        self._some_are_coming = count > 0
        self._coming.setVisible(self._some_are_coming and self._is_over(self._editor.chat))

    def _is_over(self, chat: Chat) -> bool:
        return phase(chat, self._now()) is ChatPhase.ENDED

    def _about_next(self, chat: Chat) -> str:
        date = next_edition(chat, self._now())
        if date is None:
            return _("A new edition keeps your questions, your texts and your guests.")
        local = date.astimezone(chat.zone)
        return _("The next one could be on {day} at {hour}. You can change it.").format(
            day=format_day(local), hour=format_hour(local)
        )

    def _on_lessons_edited(self) -> None:
        text = self.lessons.toPlainText()
        self._editor.edit(replace(self._editor.chat, lessons=text), field="lessons")

    def _on_to_change_edited(self) -> None:
        text = self.to_change.toPlainText()
        self._editor.edit(replace(self._editor.chat, to_change=text), field="to_change")

    def _on_close(self) -> None:
        if self._editor.chat.closed_at is not None and not dialogs.confirms_reopening(self):
            return
        # What was edited while it was asked stays.
        chat = self._editor.chat
        closed = self._now() if chat.closed_at is None else None
        self._editor.edit(replace(chat, closed_at=closed))
