"""The page of the rehearsal: the chat in ten minutes, the debrief, and the checklist of the day."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent

from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.debrief import RehearsalReport
from tchat_desktop.domain.guide import Missing
from tchat_desktop.domain.step_rules import is_rehearsed
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.rehearsal_hour import rehearsed_way
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.rehearsal.debrief import Debrief
from tchat_desktop.ui.pages.rehearsal.preflight import Preflight
from tchat_desktop.ui.pages.rehearsal.rehearsals import Rehearsals
from tchat_desktop.ui.pages.shared.day_list import DayList
from tchat_desktop.ui.pages.shared.hour_ports import HoursPort
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _, format_day
from tchat_desktop.wording.step_titles import step_title


class RehearsalPage(Page):
    """The page on which the chat is tried out with an invented public."""

    step = StepId.REHEARSAL

    def __init__(
        self,
        editor: ChatEditor,
        hours: HoursPort,
        rehearsals: Rehearsals,
        day: DayList,
        open_page: Callable[[str], None],
    ) -> None:
        super().__init__(
            step_title(StepId.REHEARSAL),
            _(
                "Your whole chat, for you alone: ten minutes if you let the time run, longer "
                "if you write and answer. Nothing is published."
            ),
        )
        self._editor = editor
        self._hours = hours
        self._rehearsals = rehearsals
        self._seen: RehearsalReport | None = editor.chat.rehearsal

        self._state = Text("", "small")
        self._way = Text("")
        self._start = Button("", "primary", "play", self._on_start)
        self._again = Button(_("Start again"), icon_name="undo", clicked=self._begin)
        begin = Card(edge="plum", spacing=theme.Space.PART)
        begin.add(
            self._way,
            Text(
                _(
                    "2. An invented public answers your own questions. There will be an awkward "
                    "question, a troll, somebody who confides something, one who names a child, "
                    "and a network cut."
                )
            ),
            Text(
                _(
                    "3. Stop the time whenever you like, and try everything: pause, reply, keep "
                    "in reserve. Nothing can go wrong."
                )
            ),
            FlowLayout(self._start, self._again),
            self._state,
        )
        self._no_questions = HintNotice(
            _("There are not enough questions yet: the rehearsal will be short."),
            "look",
            Button(_("Write the questions"), clicked=self._to_questions),
        )
        self._no_tag = HintNotice(
            _("There is no tag that X accepts yet."),
            "look",
            Button(_("Choose the tag"), clicked=self._to_tag),
        )
        self.debrief = Debrief()
        self._day = day
        self.preflight = Preflight(day, open_page)
        self.preflight.step_wanted.connect(self.step_wanted)
        self.add(self.debrief, begin, self._no_questions, self._no_tag, self.preflight)
        self.add_advice(
            AdviceCard(
                _("Rehearse with your co-host"),
                _("One presses the buttons, the other reads the posts aloud. Then change parts."),
            ),
            AdviceCard(
                _("An hour before, an hour after"),
                _("Be free then too: people arrive early, and the best answers come late."),
            ),
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_chat(self._editor.chat)
        if self._seen != self._editor.chat.rehearsal:
            # After a rehearsal the organiser wants to read the debrief, which is at the top.
            self._seen = self._editor.chat.rehearsal
            self.verticalScrollBar().setValue(0)

    def show_to_check(self) -> None:
        """Scroll to the list of last checks, and put the keyboard there."""
        self.preflight.setFocus()
        self.bring_to_top(self.preflight)

    def show_chat(self, chat: Chat) -> None:
        """Show what is missing, and whether a rehearsal runs or has run."""
        self._day.show_chat(chat)
        missing = self._day.missing
        self._no_questions.setVisible(Missing.TOO_FEW_QUESTIONS in missing)
        self._no_tag.setVisible(bool({Missing.NO_TAG, Missing.TAG_INVALID} & missing))
        running = self._rehearsals.running is not None
        words = (
            _("Go back to the rehearsal") if running else _("Start the rehearsal (10 min or more)")
        )
        if not running and chat.rehearsed_at is not None:
            words = _("Rehearse once more (10 min or more)")
        if self._start.accessibleName() != words:
            self._start.show_text(words)
        # After a rehearsal the main button is the one that leads on.
        done = not running and is_rehearsed(chat)
        self._start.set_kind("quiet" if done else "primary")
        self._again.setVisible(running)
        self._way.setText(_way_words(rehearsed_way(chat)))
        late = not running and not self._day.time_to_rehearse
        self._start.setHidden(late)
        words = self._state_words(chat, running)
        if late:
            words = _("The chat is about to begin or under way: no time left to rehearse.")
        self._state.setText(words)
        self._state.setVisible(bool(words))
        report = None if running else chat.rehearsal
        self.debrief.setVisible(report is not None)
        if report is not None:
            self.debrief.show_report(report)

    @staticmethod
    def _state_words(chat: Chat, running: bool) -> str:
        if running:
            return _("A rehearsal is under way.")
        if chat.rehearsed_at is None:
            return ""
        day = format_day(chat.rehearsed_at.astimezone(chat.zone))
        return _("You rehearsed on {day}.").format(day=day)

    def _on_start(self) -> None:
        if self._rehearsals.running is None:
            self._begin()
        else:
            self.step_wanted.emit(StepId.HOUR)

    def _begin(self) -> None:
        self._hours.start_rehearsal()
        self.show_chat(self._editor.chat)
        self.step_wanted.emit(StepId.HOUR)

    def _to_questions(self) -> None:
        self.step_wanted.emit(StepId.QUESTIONS)

    def _to_tag(self) -> None:
        self.step_wanted.emit(StepId.HASHTAG)


def _way_words(way: Route) -> str:
    """Return how the messages leave in the rehearsal, which depends on the chosen route."""
    if way is Route.ASSISTED:
        return _(
            "1. As without keys: each message opens on a pretend page. You press “Post” there, "
            "then you say here that it is published, and you paste the page of the tag."
        )
    return _(
        "1. As with your keys: the messages leave by themselves, and the public shows by itself."
    )
