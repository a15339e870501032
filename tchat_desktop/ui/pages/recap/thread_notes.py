"""What stands under the thread before it leaves: what it omits, and what in it is no longer so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.anonymity import MASK
from tchat_desktop.domain.thread_rows import ThreadLine
from tchat_desktop.domain.thread_source import ThreadSource
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.recap.thread_gap_words import (
    former_words,
    gaps_words,
    out_of_hands_words,
)
from tchat_desktop.ui.pages.recap.thread_state import ThreadState
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _


def is_former(line: ThreadLine, source: ThreadSource | None) -> bool:
    """Return whether a message says what is no longer in the recap; of None nothing is known."""
    if MASK in line.text:
        return True
    return source is not None and bool(source.former(line.post, line.text))


class ThreadNotes(QWidget):
    """The lines on a thread beside its recap; `redo` is called to make it again."""

    def __init__(self, redo: Callable[[], None]) -> None:
        super().__init__()
        self._gaps = Text("", "small")
        self._gaps.hide()
        self._out = HintNotice("", "look")
        self.redo = Button(_("Make the thread again"), icon_name="undo", clicked=redo)
        self._former = HintNotice("", "stop", self.redo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.NEAR))
        for one in (self._gaps, self._out, self._former):
            layout.addWidget(one)
        self.hide()

    @property
    def left_out(self) -> str:
        """What the thread leaves out of the recap, and why; "" when there is nothing."""
        return self._gaps.text()

    @property
    def former(self) -> str:
        """The sentence on messages that say what is no longer in the recap; "" for none."""
        return self._former.text

    @property
    def out(self) -> str:
        """The same on messages that are out."""
        return self._out.text

    def show_thread(self, state: ThreadState, source: ThreadSource | None) -> None:
        """Show them for the thread as it is, and the recap of now."""
        lines = state.lines
        gaps = source.gaps([line.text for line in lines]) if source is not None else ()
        self._gaps.setText(gaps_words(gaps, len(lines)) if state.left and not state.at_work else "")
        self._gaps.setVisible(bool(self._gaps.text()))
        former = [
            (place, line.is_out) for place, line in enumerate(lines, 1) if is_former(line, source)
        ]
        self._out.say(out_of_hands_words([place for place, is_out in former if is_out]), "look")
        words = former_words(sum(not is_out for _place, is_out in former))
        if words and words != self._former.text:
            announce(self, words)
        self._former.say(words, "stop")
        self.setVisible(bool(self.left_out or self.out or self.former))
