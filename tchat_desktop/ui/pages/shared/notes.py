"""Notes about one thing on a page: sentences, each with a button that leads to the remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.placing import take_away
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.step_titles import step_title
from tchat_desktop.wording.tone import Tone


@dataclass(frozen=True, slots=True)
class Note:
    """A problem in a sentence, and the step that solves it or None."""

    text: str
    tone: Tone
    step: StepId | None = None


class Notes(QWidget):
    """The notes about one thing, one below the other; hidden when there is none.

    `step_wanted` is emitted with the step that solves a problem.
    """

    step_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Sequence[Note], str] = ((), "")
        self._notices: list[HintNotice] = []
        self._steps: dict[Button, StepId] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(6))
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """The sentences on screen."""
        return tuple(notice.text for notice in self._notices)

    def show_notes(self, notes: Sequence[Note], about: str) -> None:
        """Show these notes; `about` names their subject for screen readers."""
        if self._shown == (notes, about):
            return
        self._shown = (notes, about)
        take_away(self._layout, *self._notices)
        self._notices, self._steps = [], {}
        for note in notes:
            notice = HintNotice(note.text, note.tone, self._button(note, about))
            self._notices.append(notice)
            self._layout.addWidget(notice)
        self.setVisible(bool(notes))

    def _button(self, note: Note, about: str) -> Button | None:
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
