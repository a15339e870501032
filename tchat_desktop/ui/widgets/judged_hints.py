"""Hints about one thing, of which those that are a matter of judgement can be put aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.tone import Tone


@dataclass(frozen=True, slots=True)
class JudgedHint:
    """A hint in a sentence. With a `mark` it can be put aside; a fault has none."""

    text: str
    tone: Tone
    mark: str = ""


class MeantButton(Button):
    """Puts the hint of a mark aside: "It is meant so"."""

    wanted = Signal(str)
    """Emitted with the mark."""

    def __init__(self) -> None:
        super().__init__(_("It is meant so"), "link", clicked=self._on_pressed)
        self._mark = ""
        self.hide()

    def show_mark(self, mark: str, hint: str) -> None:
        """Stand for the hint of a mark; "" hides the button, for a fault."""
        self._mark = mark
        name = _("{what} – {who}").format(what=_("It is meant so"), who=hint)
        if name != self.accessibleName():
            self.setAccessibleName(name)
        self.setVisible(bool(mark))

    def _on_pressed(self) -> None:
        self.wanted.emit(self._mark)


class AsideButton(Button):
    """Tells how many hints were put aside, and takes them all back; hidden without any."""

    wanted = Signal(tuple)
    """Emitted with the marks."""

    def __init__(self) -> None:
        super().__init__("", "link", "undo", self._on_pressed)
        self._marks: tuple[str, ...] = ()
        self.hide()

    def show_marks(self, marks: Sequence[str], about: str) -> None:
        """Stand for the hints of those marks; `about` is what they are about."""
        self._marks = tuple(marks)
        words = ngettext(
            "{count} remark put aside: see it again",
            "{count} remarks put aside: see them again",
            len(marks),
        ).format(count=len(marks))
        name = _("{what} – {who}").format(what=words, who=about)
        if marks and name != self.accessibleName():
            self.show_text(words, name)
        self.setVisible(bool(marks))

    def _on_pressed(self) -> None:
        self.wanted.emit(self._marks)


class JudgedHints(QWidget):
    """The hints, one below the other, and how many were put aside; hidden without any."""

    meant = Signal(str)
    """Emitted with the mark of the hint that the organiser puts aside."""
    told_again = Signal(tuple)
    """Emitted with the marks of the hints that they want to see again."""
    rearranged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[HintNotice, MeantButton]] = []
        self.aside = AsideButton()
        self.aside.wanted.connect(self._on_told_again)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.LINE))
        self._layout.addLayout(row(self.aside, None))
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """The sentences on screen."""
        return tuple(notice.text for notice, _button in self._lines if notice.text)

    def show_hints(self, hints: Sequence[JudgedHint], meant: Sequence[str], about: str) -> None:
        """Show the hints but for those whose marks are `meant`; `about` names their subject."""
        told = [hint for hint in hints if not hint.mark or hint.mark not in meant]
        while len(self._lines) < len(told):
            self._add_line()
        for index, (notice, button) in enumerate(self._lines):
            hint = told[index] if index < len(told) else JudgedHint("", "look")
            notice.say(hint.text, hint.tone)
            button.show_mark(hint.mark, hint.text)
        self.aside.show_marks([one.mark for one in hints if one not in told], about)
        self.setVisible(bool(hints))

    def _add_line(self) -> None:
        button = MeantButton()
        button.wanted.connect(self._on_meant)
        notice = HintNotice("", "look", button)
        self._layout.insertWidget(len(self._lines), notice)
        self._lines.append((notice, button))
        self.rearranged.emit()

    def _on_meant(self, mark: str) -> None:
        self.meant.emit(mark)
        # The pressed button is gone: the keyboard comes to where it can be taken back.
        if self.aside.isVisible():
            self.aside.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_told_again(self, marks: tuple[str, ...]) -> None:
        self.told_again.emit(marks)
        first = next((button for _n, button in self._lines if button.isVisible()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
