"""The page of the report: the figures of the chat, notes for next time, the next edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtGui import QShowEvent

from tchat_desktop.domain.chat import Chat, FunderDraft
from tchat_desktop.domain.echoes import answering
from tchat_desktop.domain.report import ChatReport, build_report, goals
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.visuals import look_of
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.material import Material
from tchat_desktop.services.ports import PictureStore
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.report.comparison import Comparison
from tchat_desktop.ui.pages.report.detail_words import (
    details,
    guess_words,
    method_words,
    shared_words,
)
from tchat_desktop.ui.pages.report.funder_card import FunderCard
from tchat_desktop.ui.pages.report.next_card import NextEditionCard
from tchat_desktop.ui.pages.report.reply_bars import ReplyBars
from tchat_desktop.ui.pages.report.report_files import ReportFiles
from tchat_desktop.ui.pages.report.report_words import (
    chart_legend,
    figure_words,
    liveliest,
    minute_table,
    spoken_chart,
)
from tchat_desktop.ui.pages.report.told_lines import ToldLines
from tchat_desktop.ui.pages.shared.after_page import AfterPage, Teaching
from tchat_desktop.ui.pages.shared.care_card import CareTools
from tchat_desktop.ui.pages.shared.hour_words import hour_of
from tchat_desktop.ui.pages.shared.logo_choice import LogoChoice
from tchat_desktop.ui.pages.shared.material_watch import Former, Gather, no_former
from tchat_desktop.ui.pages.shared.number_field import NumberField
from tchat_desktop.ui.pages.shared.saving import RecapFiles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card
from tchat_desktop.ui.widgets.figure import FigureGrid
from tchat_desktop.ui.widgets.figure_table import FigureTable
from tchat_desktop.ui.widgets.fold import Fold
from tchat_desktop.ui.widgets.minute_chart import ChartLabel, MinuteChart
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import N_, _

_QUARTER = 15
"""Minutes between two hours written below the chart."""


Coming = Callable[[Chat], int]
"""Returns how many people the next edition can invite; reads the disk."""


class ReportPage(AfterPage):
    """The report on the chat, and what comes next. Without `former` no comparison is made.

    Without `coming` nobody is counted who can be invited next time.
    """

    step = StepId.REPORT
    after_rehearsal = N_(
        "Of what you type here, your notes for next time stay; the figures do not."
    )

    def __init__(
        self,
        editor: ChatEditor,
        bridge: Bridge,
        gather: Gather,
        files: RecapFiles,
        care: CareTools,
        pictures: PictureStore,
        now: Callable[[], datetime],
        former: Former = no_former,
        coming: Coming | None = None,
    ) -> None:
        super().__init__(
            StepId.REPORT,
            _("What your chat gave, in figures you can show, and what you keep for next time."),
            Teaching(
                _("What will you be able to show?"),
                _(
                    "After the chat: how many people wrote, which questions had most "
                    "answers, how the conversation went minute by minute. Only what "
                    "was really counted."
                ),
                _("Example: “48 participants, 335 posts, 7 questions asked, all with replies”"),
            ),
            editor,
            bridge,
            gather,
            now,
            care,
            former,
        )
        self._bridge = bridge
        self._files = files
        self._texts_of = care.texts_of
        self._coming = coming
        self._shown: tuple[object, ...] = ()
        self._version = 0
        self._ask_hoped = False
        """Whether no number was hoped for when the page was shown."""
        self._told = False
        """Whether a report was made: until then nothing of it is shown."""
        self.report = ChatReport()
        """What is on screen."""
        self.comparison = Comparison()
        self.comparison.hide()
        self.funder = FunderCard(bridge, files, self._on_look)
        self._logo = LogoChoice(
            self, editor, bridge, pictures, self.funder.show_logo, self.funder.say
        )
        self.funder.logo_wanted.connect(self._logo.choose)
        self.funder.draft_edited.connect(self._on_funder_edited)
        self.funder.logo_dropped.connect(self._on_logo_dropped)
        self.fill(
            self._build_figures(),
            self._build_chart(),
            self._build_questions(),
            self.comparison,
            self._build_details(),
            self._build_shared(),
            self._build_method(),
            self.funder,
        )
        self._unread = False
        """Whether the figures could not be read; the notes can be written all the same."""
        self.next = NextEditionCard(editor, now)
        self.next.again_wanted.connect(self._on_again)
        self.add(self.next)
        self._build_aside(bridge)

    @property
    def figures(self) -> tuple[str, ...]:
        """The texts of the large figures."""
        return self._big.words

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._ask_hoped = not self._editor.chat.hoped_participants
            self._show_goals(self._editor.chat)
            # The notes, at the end, may have had the focus: the page is scrolled to the figures all
            # the same.
            self.verticalScrollBar().setValue(0)

    def show_chat(self, chat: Chat) -> None:
        """Show the figures, the lessons, and whether the chat is closed."""
        super().show_chat(chat)
        self.funder.show_chat(chat)
        self._logo.show(chat)
        self.next.show_chat(chat)
        self._show_goals(chat)
        material = self.watch.material
        awaited = material is not None and not material.is_empty and not self._told
        self.body.setHidden(material is None or material.is_empty or awaited)
        if awaited:
            self.reading_line.setVisible(not self._unread)
        # Before the figures are there it would take the focus and scroll the page to its end.
        self.next.setVisible((material is not None and not awaited) or self._unread)
        self.files.setVisible(material is not None and not material.is_empty)
        if self.rehearsing:
            self.next.show_coming(0)

    def _show_goals(self, chat: Chat) -> None:
        """Show what was hoped for beside what came, and ask for it where no number was given.

        The field stays until the page is shown anew: nothing moves while somebody types.
        """
        self._ask_hoped |= not chat.hoped_participants
        self.hoped.show_number(chat.hoped_participants)
        self.hoped.setVisible(self._ask_hoped and not self.rehearsing)
        hoped = goals(chat, self.report.figures)
        if self._told and hoped != self.report.goals:
            self.report = replace(self.report, goals=hoped)
            self._show_report(chat)
            self._offer_files()

    def _offer_files(self) -> None:
        material = self.watch.material
        if material is not None:
            self.funder.show_dossier(self.files.show_report(material, self.report))

    def _on_hoped(self, number: int) -> None:
        chat = replace(self._editor.chat, hoped_participants=number)
        self._editor.edit(chat, field="hoped_participants")

    def _on_failed(self, error: Exception) -> None:
        self._unread = True
        super()._on_failed(error)
        self.next.show()

    def show_material(self, chat: Chat, material: Material) -> None:
        """Count again, but only when something that counts has changed."""
        aside = replace(chat, lessons="", to_change="", thanked=(), closed_at=None, funder=None)
        aside = replace(aside, hoped_participants=0, hoped_replies=0)
        shown = (material, aside)
        if shown == self._shown or self.watch.awaits_former:
            return
        self._shown = shown
        self._version += 1
        self._count_coming(chat)
        version = self._version

        def job() -> ChatReport:
            return build_report(
                chat,
                material.posts,
                material.rows,
                NETWORK,
                former=material.former,
                spent_cents=material.spent.at_most,
                answers=answering(chat, self._texts_of(chat.language)),
            )

        def done(report: ChatReport) -> None:
            # After another edit this one is out of date.
            if version == self._version:
                self.report = replace(report, goals=goals(self._editor.chat, report.figures))
                self.funder.show_dossier(self.files.show_report(material, self.report))
                self._on_told()

        self._bridge.run(self, job, done, self._on_failed)

    def _on_told(self) -> None:
        """Show the report that was made."""
        first, self._told = not self._told, True
        self._show_report(self._editor.chat)
        self.show_chat(self._editor.chat)
        if first:
            self.verticalScrollBar().setValue(0)

    def _build_figures(self) -> Card:
        card = Card(spacing=theme.Space.GAP)
        self._big = FigureGrid(columns=3)
        self.hoped = NumberField(
            _("How many people did you hope for? (a number)"),
            _("Example: 30"),
            self._on_hoped,
            _("If you like: it stands beside what came, here and in the files."),
        )
        self.hoped.hide()
        self._goals = Text("", "small")
        card.add(Text(_("In figures"), "heading"), self._big, self._goals, self.hoped)
        return card

    def _build_chart(self) -> Card:
        card = Card()
        self.chart = MinuteChart(_("Posts minute by minute"))
        self._legend = Text("", "small")
        self._liveliest = Text("", "small")
        self.minutes = FigureTable(_("Posts minute by minute"))
        self.minutes_fold = Fold(_("Read these figures in a table"), self.minutes)
        heading = Text(_("Minute by minute"), "heading")
        card.add(heading, self._legend, self.chart, self._liveliest, self.minutes_fold)
        return card

    def _build_details(self) -> Card:
        card = Card(spacing=theme.Space.GAP)
        self.details = ToldLines()
        card.add(Text(_("Also asked by those who support you"), "heading"), self.details)
        return card

    def _build_shared(self) -> Card:
        self._shared_card = Card(spacing=theme.Space.GAP)
        self.shared = ToldLines()
        self._shared_card.add(
            Text(_("Most shared"), "heading"),
            Text(
                _(
                    "Posts of participants, with their reposts as X told when they were "
                    "collected. Yours and those of people you hide are left out."
                ),
                "small",
            ),
            self.shared,
        )
        return self._shared_card

    def _build_method(self) -> Card:
        card = Card(spacing=theme.Space.UNDER_HEADING)
        self.method = ToldLines()
        card.add(Text(_("How this was counted"), "heading"), self.method)
        return card

    def _build_questions(self) -> Card:
        self._questions_card = Card(spacing=theme.Space.GAP)
        self.replies = ReplyBars()
        self._questions_card.add(Text(_("Question by question"), "heading"), self.replies)
        return self._questions_card

    def _build_aside(self, bridge: Bridge) -> None:
        self.files = ReportFiles(bridge, self._files, lambda: self._editor.chat, self._on_look)
        self.files.hide()
        self.add_advice(
            self.files,
            AdviceCard(
                _("A word for the donor"),
                _(
                    "One sentence someone wrote says more than ten figures. Join the recap page to "
                    "these numbers."
                ),
            ),
            AdviceCard(
                _("What stays on this computer"),
                _(
                    "The posts and the names, until you erase them. Does somebody ask you to be "
                    "forgotten? It is done there."
                ),
                Button(
                    _("See and erase"),
                    "link",
                    clicked=self.data_wanted.emit,
                    name=_("{what} – {who}").format(
                        what=_("See and erase"), who=_("What stays on this computer")
                    ),
                ),
            ),
        )

    def _show_report(self, chat: Chat) -> None:
        figures = self.report.figures
        self._big.show_figures(figure_words(figures, self.report.goals))
        self._goals.setText(guess_words(self.report.goals))
        self._goals.setVisible(bool(self._goals.text()))
        begin, length = figures.begins_at, len(figures.minutes)
        hours = [
            # The end stands over the last minute, because there is no minute after it.
            ChartLabel(min(minute, length - 1), hour_of(begin + timedelta(minutes=minute), chat))
            for minute in (*range(0, length, _QUARTER), length)
            if begin is not None and length
        ]
        marks = [
            ChartLabel(one.asked_minute, f"Q{one.number}")
            for one in figures.questions
            if one.asked_minute is not None and one.number is not None
        ]
        spoken = spoken_chart(figures, chat)
        self.chart.show_counts(figures.minutes, marks, hours, spoken)
        self.chart.setVisible(any(figures.minutes))
        self._legend.setText(chart_legend(figures))
        self._legend.setVisible(any(figures.minutes))
        self._liveliest.setText(liveliest(figures, chat))
        self.minutes.show_rows(*minute_table(figures, chat))
        self.minutes_fold.setVisible(any(figures.minutes))
        self.replies.show_questions(figures.questions)
        self._questions_card.setVisible(bool(figures.questions))
        self._show_further(chat)
        if self.report.former:
            self.comparison.show_editions(chat, self.report.former, self.report.comparison)
        self.comparison.setVisible(bool(self.report.former))

    def _show_further(self, chat: Chat) -> None:
        lines = (
            (_("{name}: {value}").format(name=name, value=value), meaning)
            for name, value, meaning in details(self.report, chat)
        )
        self.details.show_lines(tuple(lines))
        shared = ((*shared_words(one), one.text) for one in self.report.most_shared)
        self.shared.show_lines([(f"{times} · {author}", text) for author, times, text in shared])
        self._shared_card.setVisible(bool(self.report.most_shared))
        self.method.show_lines([("", words) for words in method_words(self.report, chat)])

    def _count_coming(self, chat: Chat) -> None:
        """Count who can be invited to the next edition; who is invented is not."""
        coming = self._coming
        if coming is not None and not self.rehearsing:
            self._bridge.run(
                self, lambda: coming(chat), self.next.show_coming, self._on_not_counted
            )

    def _on_not_counted(self, _error: Exception) -> None:
        self.next.show_coming(0)

    def _on_funder_edited(self, draft: FunderDraft, field: str) -> None:
        self._editor.edit(replace(self._editor.chat, funder=draft), field=field)

    def _on_logo_dropped(self) -> None:
        chat = self._editor.chat
        self._editor.edit(replace(chat, visuals=replace(look_of(chat), logo=None)))

    def _on_again(self) -> None:
        self.new_edition_wanted.emit(self._editor.chat.id)

    def _on_look(self) -> None:
        self.check_wanted.emit(StepId.RECAP)
