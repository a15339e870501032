"""The page of the report: the figures of the chat, notes for next time, the next edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtGui import QShowEvent

from tchat_desktop.domain import figures as counting
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.figures import Figures
from tchat_desktop.domain.first_names import FirstNames
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.material import FormerEdition, Material
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.report.comparison import Comparison
from tchat_desktop.ui.pages.report.next_card import NextEditionCard
from tchat_desktop.ui.pages.report.reply_bars import ReplyBars
from tchat_desktop.ui.pages.report.report_words import (
    apart_words,
    chart_legend,
    figure_words,
    liveliest,
    spent_words,
    spoken_chart,
)
from tchat_desktop.ui.pages.shared.after_page import AfterPage, Teaching
from tchat_desktop.ui.pages.shared.careful import PostsTable, may_save
from tchat_desktop.ui.pages.shared.hour_words import hour_of
from tchat_desktop.ui.pages.shared.material_watch import Gather
from tchat_desktop.ui.pages.shared.saving import Export, RecapFiles, Saving
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card, row
from tchat_desktop.ui.widgets.figure import FigureGrid
from tchat_desktop.ui.widgets.minute_chart import ChartLabel, MinuteChart
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import N_, _

_QUARTER = 15
"""Minutes between two hours written below the chart."""

Former = Callable[[Chat], FormerEdition | None]
"""Returns what was kept of the last edition, or None; reads the disk."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """The last edition with its figures and the authors of its posts."""

    edition: FormerEdition
    figures: Figures
    authors: frozenset[str]


class ReportPage(AfterPage):
    """The report on the chat, and what comes next. Without `former` no comparison is made."""

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
        now: Callable[[], datetime],
        former: Former | None = None,
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
        )
        self._bridge = bridge
        self._files = files
        self._former = former
        self._compared: _Compared | None = None
        self._asked_former: tuple[object, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._figures = Figures()
        self.fill(self._build_figures(), self._build_chart(), self._build_questions())
        self.comparison = Comparison()
        self.comparison.hide()
        self.fill(self.comparison)
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
            # The notes, at the end, may have had the focus: the page is scrolled to the figures all
            # the same.
            self.verticalScrollBar().setValue(0)

    def show_chat(self, chat: Chat) -> None:
        """Show the figures, the lessons, and whether the chat is closed."""
        super().show_chat(chat)
        self.next.show_chat(chat)
        material = self.watch.material
        # Before the figures are there it would take the focus and scroll the page to its end.
        self.next.setVisible(material is not None or self._unread)
        self._save_card.setVisible(material is not None and not material.is_empty)

    def _on_failed(self, error: Exception) -> None:
        self._unread = True
        super()._on_failed(error)
        self.next.show()

    def show_material(self, chat: Chat, material: Material) -> None:
        """Count again, but only when something that counts has changed."""
        shown = (material, replace(chat, lessons="", thanked=(), closed_at=None), self._compared)
        if shown == self._shown:
            return
        self._shown = shown
        before = self._compared
        authors = before.authors if before else None
        counted = counting.count(chat, material.posts, material.rows, NETWORK, authors)
        self._figures = replace(counted, spent_cents=material.spent.at_most)
        self._show_figures(chat)
        if before is not None:
            compared = counting.compare(self._figures, before.figures)
            changes = [one for one in compared if one.now or one.before]
            self.comparison.show_changes(before.edition.chat, changes)
        # A rehearsal is not compared: its participants are invented.
        self.comparison.setVisible(before is not None and not self.rehearsing)
        self._ask_former(chat)

    def _build_figures(self) -> Card:
        card = Card(spacing=theme.Space.GAP)
        self._big = FigureGrid(columns=3)
        self._apart = Text("", "small")
        self._spent = Text("", "small")
        card.add(
            Text(_("In figures"), "heading"),
            self._big,
            self._apart,
            self._spent,
            Text(
                _(
                    "Reach: X knows how many people have read, we do not, so no number is made up "
                    "here. On X, the statistics of your own posts tell how often they were seen."
                ),
                "small",
            ),
        )
        return card

    def _build_chart(self) -> Card:
        card = Card()
        self.chart = MinuteChart(_("Posts minute by minute"))
        self._legend = Text("", "small")
        self._liveliest = Text("", "small")
        heading = Text(_("Minute by minute"), "heading")
        card.add(heading, self._legend, self.chart, self._liveliest)
        return card

    def _build_questions(self) -> Card:
        self._questions_card = Card(spacing=theme.Space.GAP)
        self.replies = ReplyBars()
        self._questions_card.add(Text(_("Question by question"), "heading"), self.replies)
        return self._questions_card

    def _build_aside(self, bridge: Bridge) -> None:
        self.saving = Saving(bridge, self._files.open)
        self._table = PostsTable(bridge, self.saving, self._on_look)
        self.save_figures = tuple(
            Button(_(one.title), "quiet", "download", partial(self._save_figures, one))
            for one in self._files.figures
        )
        self.save_posts = tuple(
            Button(_(one.title), "quiet", "download", partial(self._save_posts, one))
            for one in self._files.posts
        )
        self._save_card = Card(padding=theme.Space.INNER, spacing=theme.Space.PART)
        self._save_card.add(
            Text(_("For your reports"), "advice"),
            Text(_("Tables that open in Excel, LibreOffice or Google Sheets.")),
            *(row(one, None) for one in (*self.save_figures, *self.save_posts)),
            self.saving,
        )
        self._save_card.hide()
        self.add_advice(
            self._save_card,
            AdviceCard(
                _("A word for the donor"),
                _(
                    "One sentence someone wrote says more than ten figures. Join the recap page to "
                    "these numbers."
                ),
            ),
        )

    def _show_figures(self, chat: Chat) -> None:
        self._big.show_figures(figure_words(self._figures))
        self._apart.setText(apart_words(self._figures))
        self._apart.setVisible(bool(self._apart.text()))
        self._spent.setText(spent_words(self._figures))
        self._spent.setVisible(bool(self._spent.text()))
        begin, length = self._figures.begins_at, len(self._figures.minutes)
        hours = [
            # The end stands over the last minute, because there is no minute after it.
            ChartLabel(min(minute, length - 1), hour_of(begin + timedelta(minutes=minute), chat))
            for minute in (*range(0, length, _QUARTER), length)
            if begin is not None and length
        ]
        marks = [
            ChartLabel(one.asked_minute, f"Q{one.number}")
            for one in self._figures.questions
            if one.asked_minute is not None and one.number is not None
        ]
        spoken = spoken_chart(self._figures, chat)
        self.chart.show_counts(self._figures.minutes, marks, hours, spoken)
        self.chart.setVisible(any(self._figures.minutes))
        self._legend.setText(chart_legend(self._figures))
        self._legend.setVisible(any(self._figures.minutes))
        self._liveliest.setText(liveliest(self._figures, chat))
        self.replies.show_questions(self._figures.questions)
        self._questions_card.setVisible(bool(self._figures.questions))

    def _ask_former(self, chat: Chat) -> None:
        former = self._former
        asked = (chat.starts_at, chat.hashtag, chat.topic)
        if former is None or asked == self._asked_former:
            return
        self._asked_former = asked

        def job() -> _Compared | None:
            edition = former(chat)
            if edition is None:
                return None
            posts, rows = edition.material.posts, edition.material.rows
            authors = frozenset(one.post.author for one in posts)
            return _Compared(edition, counting.count(edition.chat, posts, rows, NETWORK), authors)

        self._bridge.run(self, job, self._on_former, self._on_no_former)

    def _on_former(self, compared: _Compared | None) -> None:
        self._compared = compared
        self.show_chat(self._editor.chat)

    def _on_no_former(self, _error: Exception) -> None:
        self._on_former(None)

    def _on_again(self) -> None:
        self.new_edition_wanted.emit(self._editor.chat.id)

    def _save_figures(self, export: Export[tuple[Chat, Figures]]) -> None:
        chat, counted = self._editor.chat, self._figures
        material = self.watch.material
        posts = material.posts if material is not None else ()
        left = FirstNames(chat, posts, NETWORK).left_in(one.text for one in counted.questions)
        if not may_save(self.saving, (), left, self._on_look):
            return
        self.saving.save(export, (chat, counted), chat, self.rehearsing)

    def _on_look(self) -> None:
        self.check_wanted.emit(StepId.RECAP)

    def _save_posts(self, export: Export[tuple[Chat, Material]]) -> None:
        material = self.watch.material
        if material is not None:
            self._table.save(export, self._editor.chat, material)
