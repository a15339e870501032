"""A field: its label, its editor, a hint, and the verdict on what was typed, beside each other."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.text import Text, Tone, restyle


class Field(QWidget):
    """An editor under its label, with room for a sentence about what was typed."""

    def __init__(self, label: str, editor: QWidget, hint: str = "") -> None:
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
        if hint:
            layout.addWidget(Text(hint, "small"))
        layout.addWidget(editor)
        self._hint = hint
        self._verdict = Text("", "small")
        self._verdict.hide()
        layout.addWidget(self._verdict)

    @property
    def verdict(self) -> str:
        """What is said about what was typed."""
        return self._verdict.text()

    def say(self, text: str, tone: Tone = "look") -> None:
        """Tell the verdict on what was typed; an empty text takes it away."""
        self._verdict.setText(text)
        self._verdict.set_tone(tone)
        self._verdict.setVisible(bool(text))
        self.editor.setProperty("problem", tone == "stop" and bool(text))
        # A screen reader says the verdict together with the field it is about.
        self.editor.setAccessibleDescription(text or self._hint)
        restyle(self.editor)
