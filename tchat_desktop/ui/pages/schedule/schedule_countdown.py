"""The countdown to the chat: what to have done by when, each with the way to its page."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tchat_desktop.domain.countdown import DueState, Milestone
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import take_away
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import N_, _, format_day, ngettext
from tchat_desktop.wording.step_titles import step_title
from tchat_desktop.wording.tone import Tone

_TO_DO = {
    StepId.HASHTAG: N_("choose the tag"),
    StepId.PEOPLE: N_("invite your guests, and send them the questions"),
    StepId.QUESTIONS: N_("write the questions"),
    StepId.PROMOTION: N_("publish the first announcement"),
    StepId.PROTECTION: N_("check the help numbers"),
    StepId.RUN_SHEET: N_("read the run sheet through"),
    StepId.CONNECTION: N_("choose how posts leave"),
    StepId.REHEARSAL: N_("rehearse once to the end"),
    StepId.HOUR: N_("open the chat an hour before it begins"),
}
_TONES: dict[DueState, Tone] = {
    DueState.DONE: "well",
    DueState.LATE: "look",
    DueState.SOON: "plum",
    DueState.AHEAD: "plain",
}


class Countdown(Card):
    """The list of what to do; hidden without a date, and once the chat has begun."""

    step_wanted = Signal(object)
    """Emitted with the step whose page was asked for."""
    rearranged = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=theme.Space.BESIDE)
        self._shown: tuple[tuple[Milestone, ...], date] | None = None
        self._lines: list[_Line] = []
        self._left = Text("", "small")
        lines = QWidget()
        lines.setAccessibleName(_("The countdown"))
        self._column = column(spacing=theme.Space.LINE)
        lines.setLayout(self._column)
        self._items = ItemList(lines)
        self.add(Text(_("The countdown"), "heading"), self._left, lines)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines on screen."""
        return tuple(line.text for line in self._lines)

    def show_milestones(self, milestones: tuple[Milestone, ...], today: date) -> None:
        """Show what is to be done, the earliest first."""
        if (milestones, today) == self._shown:
            return
        self._shown = (milestones, today)
        take_away(self._column, *self._lines)
        self._lines = [_Line(one, today) for one in milestones]
        for line in self._lines:
            line.wanted.connect(self.step_wanted)
            self._column.addWidget(line)
        self._left.setText(_left_words(milestones))
        self.setVisible(bool(milestones))
        self.rearranged.emit()
        self._items.show_items(self._lines)


class _Line(QWidget):
    """One thing to do: its day, what it is, how it stands, and the button to its page."""

    wanted = Signal(object)

    def __init__(self, one: Milestone, today: date) -> None:
        super().__init__()
        self._step = one.step
        self.text = _sentence(one, today)
        self.setAccessibleName(self.text)
        self.setMinimumHeight(max(theme.Height.TARGET, theme.px(theme.Height.TARGET)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.UNDER_HEADING))
        layout.addWidget(VerdictLine(self.text, _TONES[one.state]), 1)
        if one.state in (DueState.LATE, DueState.SOON):
            words = _("Go there")
            name = _("{what} – {who}").format(what=words, who=step_title(one.step))
            button = Button(words, "link", clicked=self._on_pressed, name=name)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_pressed(self) -> None:
        self.wanted.emit(self._step)


def _sentence(one: Milestone, today: date) -> str:
    what = _(_TO_DO[one.step])
    if one.state is DueState.DONE:
        return _("Done: {what}").format(what=what)
    if one.state is DueState.LATE:
        return _("Now, it was due on {day}: {what}").format(day=format_day(one.by), what=what)
    if one.by == today:
        return _("Today: {what}").format(what=what)
    if one.days_before == 0:
        return _("On the day, {day}: {what}").format(day=format_day(one.by), what=what)
    return _("By {day}: {what}").format(day=format_day(one.by), what=what)


def _left_words(milestones: tuple[Milestone, ...]) -> str:
    left = sum(one.state is not DueState.DONE for one in milestones)
    late = sum(one.state is DueState.LATE for one in milestones)
    words = ngettext("{count} thing left to do.", "{count} things left to do.", left)
    said = words.format(count=left)
    if late:
        more = ngettext("{count} is late.", "{count} are late.", late)
        said += " " + more.format(count=late)
    return said
