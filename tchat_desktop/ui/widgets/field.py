"""A field: its label, its editor, a hint, and the verdict on what was typed, beside each other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.text import Text, restyle
from tchat_desktop.wording.tone import Tone


class Field(QWidget):
    """An editor under its label, with room for a sentence about what was typed.

    With `keep_room` that room, of two lines, is there from the start, and the hint stands in it
    meanwhile: what is below does not move under the pointer.
    """

    def __init__(
        self, label: str, editor: QWidget, hint: str = "", keep_room: bool = False
    ) -> None:
        super().__init__()
        self.editor = editor
        editor.setAccessibleName(label)
        if hint:
            editor.setAccessibleDescription(hint)
        title = Text(label, "label")
        title.setBuddy(editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(5))
        layout.addWidget(title)
        self._hint = hint
        self._verdict = Text("", "small")
        self._shared = keep_room
        if hint and not keep_room:
            layout.addWidget(Text(hint, "small"))
        layout.addWidget(editor)
        layout.addWidget(self._verdict)
        if keep_room:
            self._verdict.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
            self._verdict.setMinimumHeight(2 * self._verdict.fontMetrics().lineSpacing())
        self.say("")

    @property
    def verdict(self) -> str:
        """What is said about what was typed."""
        said = self._verdict.text()
        return "" if self._shared and said == self._hint else said

    def say(self, text: str, tone: Tone = "look") -> None:
        """Tell the verdict on what was typed; an empty text takes it away."""
        shown = text or self._hint if self._shared else text
        wrong = tone == "stop" and bool(text)
        if wrong and text != self.verdict and self.isVisible():
            announce(self.editor, text)
        self._verdict.setText(shown)
        self._verdict.set_tone(tone if text else None)
        self._verdict.setVisible(bool(shown) or self._shared)
        self.editor.setProperty("problem", wrong)
        # A screen reader says the verdict together with the field it is about.
        self.editor.setAccessibleDescription(text or self._hint)
        restyle(self.editor)
