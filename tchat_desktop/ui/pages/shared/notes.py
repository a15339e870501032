"""Notes about one thing on a page: sentences, each with a button that leads to the remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.judged_hints import AsideButton, MeantButton
from tchat_desktop.ui.widgets.placing import take_away
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice, ToneSign
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.step_titles import step_title
from tchat_desktop.wording.tone import Tone


@dataclass(frozen=True, slots=True)
class Note:
    """A problem in a sentence, and the step that solves it or None.

    One that `asks` has a button to decide about it. `action` is what the button that leads to the
    step says, if not its title. One with a `mark` can be put aside.
    """

    text: str
    tone: Tone
    step: StepId | None = None
    asks: bool = False
    action: str = ""
    mark: str = ""


class ToSettle(QFrame):
    """All that is still to settle elsewhere, in one box: a line for each step that settles it.

    `step_wanted` is emitted with that step.
    """

    step_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("notice", "look")
        self._notes: tuple[Note, ...] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(theme.Space.TITLE_LEAD))
        layout = row(spacing=theme.Space.UNDER_HEADING)
        layout.setContentsMargins(*(theme.px(theme.Space.UNDER_HEADING),) * 4)
        layout.addWidget(ToneSign("look"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._lines, 1)
        self.setLayout(layout)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines on screen."""
        return tuple(line.text for line in self._shown())

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show these notes, those of one step in one line."""
        if tuple(notes) == self._notes:
            return
        self._notes = tuple(notes)
        take_away(self._lines, *self._shown())
        for step in dict.fromkeys(note.step for note in notes):
            here = [note for note in notes if note.step == step]
            line = _Line(here)
            line.wanted.connect(self.step_wanted)
            self._lines.addWidget(line)
        self.setVisible(bool(notes))

    def _shown(self) -> list[_Line]:
        return [one for one in self.findChildren(_Line) if not one.isHidden()]


class _Line(QWidget):
    """What one step settles, and the button that leads there."""

    wanted = Signal(object)

    def __init__(self, notes: Sequence[Note]) -> None:
        super().__init__()
        self._step = notes[0].step
        self.text = " ".join(note.text for note in notes)
        words = Text(self.text, "small")
        words.set_tone("look")
        layout = row(words, spacing=theme.Space.UNDER_HEADING)
        layout.setStretch(0, 1)
        if self._step is not None:
            step = step_title(self._step)
            action = next((note.action for note in notes if note.action), "")
            about = _("{post}: go to “{step}”").format(post=self.text, step=step)
            go = Button(
                action or _("Go to “{step}”").format(step=step),
                "link",
                clicked=self._on_clicked,
                name=action or about,
            )
            layout.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)

    def _on_clicked(self) -> None:
        self.wanted.emit(self._step)


class Notes(QWidget):
    """The notes about one thing, one below the other; hidden when there is none.

    `step_wanted` is emitted with the step that solves a problem, `asked` when the organiser wants
    to decide about one, `meant` with the mark of one that they put aside, `told_again` with those
    of the ones they want to see again.
    """

    step_wanted = Signal(object)
    asked = Signal()
    meant = Signal(str)
    told_again = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Sequence[Note], str, tuple[str, ...]] = ((), "", ())
        self._aside: AsideButton | None = None
        self._notices: list[HintNotice] = []
        self._steps: dict[Button, StepId] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.NEAR))
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """The sentences on screen."""
        return tuple(notice.text for notice in self._notices)

    def show_notes(self, notes: Sequence[Note], about: str, aside: tuple[str, ...] = ()) -> None:
        """Show these notes; `about` names their subject for screen readers.

        `aside` are the marks of those that were put aside.
        """
        if self._shown == (notes, about, aside):
            return
        self._shown = (notes, about, aside)
        take_away(self._layout, *self._notices)
        self._notices, self._steps = [], {}
        for note in notes:
            button = self._button(note, about)
            notice = HintNotice(note.text, note.tone, button)
            self._notices.append(notice)
            self._layout.addWidget(notice)
            if isinstance(button, MeantButton):
                # Not before it stands there: without a parent it would open as a window.
                button.show_mark(note.mark, note.text)
        self._show_aside(aside, about)
        self.setVisible(bool(notes or aside))

    def _show_aside(self, aside: tuple[str, ...], about: str) -> None:
        if self._aside is None and aside:
            self._aside = AsideButton()
            self._aside.wanted.connect(self.told_again)
        if self._aside is not None:
            self._layout.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignLeading)
            self._aside.show_marks(aside, about)

    def _button(self, note: Note, about: str) -> Button | None:
        if note.asks:
            words = _("Decide")
            name = _("{what} – {who}").format(what=words, who=f"{about}, {note.text}")
            return Button(words, clicked=self.asked.emit, name=name)
        if note.mark:
            meant = MeantButton()
            meant.wanted.connect(self.meant)
            return meant
        if note.step is None:
            return None
        step = step_title(note.step)
        button = Button(
            _("Go to “{step}”").format(step=step),
            name=_("{post}: go to “{step}”").format(post=f"{about}, {note.text}", step=step),
        )
        button.clicked.connect(self._on_step_wanted)
        self._steps[button] = note.step
        return button

    def _on_step_wanted(self) -> None:
        button = self.sender()
        assert isinstance(button, Button)
        self.step_wanted.emit(self._steps[button])
