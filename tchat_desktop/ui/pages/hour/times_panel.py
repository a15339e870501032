"""Other times for all that is to come: later, sooner, a later end or an early one, told first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from tchat_desktop.domain.course import coming, course
from tchat_desktop.domain.new_times import NewTimes, concluded, extended, shifted
from tchat_desktop.domain.replanning import has_begun
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour.changed_times import consequences
from tchat_desktop.ui.pages.hour.faces import keep_lines
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import hour_of
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.fold import Fold
from tchat_desktop.ui.widgets.quiet_inputs import QuietSpinBox
from tchat_desktop.ui.widgets.steady_button import SETTLED, UNHURRIED, SteadyButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import N_, _

MOST_MOVED = 60
"""The most minutes by which times are moved at once."""
USUAL_MINUTES = 5
_TOLD_LINES = 4
"""Lines kept for what a choice would change."""


class Choice(Enum):
    """What can be done with the times; the value is its words."""

    LATER = N_("Everything later")
    SOONER = N_("Everything sooner")
    EXTEND = N_("Only the end later")
    CONCLUDE = N_("Conclude in 1 minute")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a choice would bring about, in words, and whether it can be made."""

    words: str
    possible: bool


def foreseen(choice: Choice, minutes: int, view: HourView) -> Foreseen:
    """Return what a choice, with so many minutes, would bring about now."""
    if view.waits_for_word:
        return Foreseen(_("The times depend on your choice."), possible=False)
    if view.held:
        words = _("First save, or leave as it was, the message whose text you are changing.")
        return Foreseen(words, possible=False)
    if choice is Choice.CONCLUDE:
        return _concluded(view)
    if choice is Choice.EXTEND:
        made = extended(view.rows, minutes, view.now, view.ends_at)
        return Foreseen(_with_end(made, view), possible=True)
    return _shifted(minutes if choice is Choice.LATER else -minutes, view)


def _shifted(minutes: int, view: HourView) -> Foreseen:
    changes = shifted(view.rows, minutes, view.now)
    if changes:
        then = course(view.rows, changes, view.now, view.ends_at)
        return Foreseen(consequences(then, view, view.ends_at), possible=True)
    words = _("Nothing else is planned.")
    if coming(view.rows):
        words = _("The next message leaves within a minute: nothing can come sooner.")
    return Foreseen(words, possible=False)


def _concluded(view: HourView) -> Foreseen:
    if not has_begun(view.rows):
        return Foreseen(_("Nothing has left yet: there is nothing to conclude."), possible=False)
    made = concluded(view.rows, view.now, view.ends_at)
    if made is None:
        words = _("No words of the end are left to publish. “End the chat now” ends it.")
        if view.rehearsing:
            words = _("No words of the end are left to publish. “Stop the rehearsal” ends it.")
        return Foreseen(words, possible=False)
    return Foreseen(_with_end(made, view), possible=True)


def _with_end(made: NewTimes, view: HourView) -> str:
    words = _("The chat ends at {hour} instead of {former}.").format(
        hour=hour_of(made.ends_at, view.chat), former=hour_of(view.ends_at, view.chat)
    )
    if not made.changes:
        return f"{words} " + _("The messages to come keep their times.")
    then = course(view.rows, made.changes, view.now, made.ends_at, made.staying)
    return f"{words} {consequences(then, view, made.ends_at)}"


class TimesPanel(Fold):
    """Folded away until the organiser wants other times; one press of its button carries one out.

    Then it folds again, so that a second press does not do it twice.
    """

    changed = Signal()
    """Emitted when it was folded or unfolded."""

    def __init__(self, hour: HourPort) -> None:
        self._inside = QWidget()
        super().__init__(_("Change the times"), self._inside)
        self._hour = hour
        self._view: HourView | None = None
        self._minutes = QuietSpinBox(1, MOST_MOVED, _(" min"))
        self._minutes.setAccessibleName(_("By how many minutes"))
        self._minutes.setValue(USUAL_MINUTES)
        self._minutes.valueChanged.connect(self._on_chosen)
        self._group = QButtonGroup(self)
        self._choices = {QRadioButton(_(choice.value)): choice for choice in Choice}
        self._words = keep_lines(Text("", "small"), _TOLD_LINES)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._take = SteadyButton(_("Change them so"), clicked=self._on_take)
        layout = QVBoxLayout(self._inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.HAIR))
        for button in self._choices:
            self._group.addButton(button)
            layout.addWidget(button)
            button.toggled.connect(self._on_chosen)
        layout.addSpacing(theme.px(theme.Space.NEAR))
        layout.addLayout(row(self._minutes, None))
        layout.addSpacing(theme.px(theme.Space.NEAR))
        layout.addWidget(self._words)
        layout.addLayout(row(self._take, None))
        next(iter(self._choices)).setChecked(True)
        self.unfolded.connect(self._show)

    @property
    def words(self) -> str:
        """What is told of the choice."""
        return self._words.text()

    def choose(self, choice: Choice, minutes: int = USUAL_MINUTES) -> None:
        """Choose what to do, and by how many minutes."""
        self._minutes.setValue(minutes)
        next(one for one, made in self._choices.items() if made is choice).setChecked(True)

    def set_open(self, is_open: bool) -> None:
        super().set_open(is_open)
        self.changed.emit()

    def show_view(self, view: HourView) -> None:
        """Show the state of the hour."""
        self._view = view
        self.setHidden(view.ended)
        if self.is_open:
            self._show()

    @property
    def _choice(self) -> Choice:
        return next(choice for one, choice in self._choices.items() if one.isChecked())

    def _show(self) -> None:
        view = self._view
        if view is None or not self.is_open:
            return
        choice, minutes = self._choice, self._minutes.value()
        self._minutes.setEnabled(choice is not Choice.CONCLUDE)
        then = foreseen(choice, minutes, view)
        if then.words != self._words.text():
            self._words.setText(then.words)
            self._take.setAccessibleDescription(then.words)
        self._take.setEnabled(then.possible)
        self._take.means((choice, minutes, then), UNHURRIED if view.rehearsing else SETTLED)

    def _on_chosen(self) -> None:
        before = self._words.text()
        self._show()
        # Who does not see the words hears them before going on to the button.
        if self.is_open and self._words.text() != before:
            announce(self, self._words.text())

    def _on_take(self) -> None:
        choice, minutes = self._choice, self._minutes.value()
        match choice:
            case Choice.LATER:
                self._hour.do(Outbox.shift, minutes)
            case Choice.SOONER:
                self._hour.do(Outbox.shift, -minutes)
            case Choice.EXTEND:
                self._hour.do(Outbox.extend, minutes)
            case Choice.CONCLUDE:
                self._hour.do(Outbox.conclude)
        announce(self.button, self._words.text())
        self.button.setFocus()
        self.set_open(False)
