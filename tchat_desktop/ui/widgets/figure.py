"""A figure in big: the number, what it counts, and what that means."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.text import Text


class Figure(QWidget):
    """One number over its label; with a meaning, a sentence says how it was counted.

    `width` is that of the figure at a text scale of 1, so that several stand in columns.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(width))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self._number = Text("", "hero", wrap=False)
        self._number.set_tone("plum")
        self._label = Text("", "label")
        self._meaning = Text("", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        layout.addWidget(self._number)
        layout.addWidget(self._label)
        layout.addWidget(self._meaning)
        layout.addStretch(1)

    def show_figure(self, number: str, label: str, meaning: str = "") -> None:
        """Show a number as it is written in the language of the screen."""
        for text, words in (
            (self._number, number),
            (self._label, label),
            (self._meaning, meaning),
        ):
            if text.text() != words:
                text.setText(words)
        self._meaning.setVisible(bool(meaning))
        self.setAccessibleName(f"{number} {label}")

    @property
    def words(self) -> str:
        """What is on screen: the number, what it counts and how."""
        return " ".join(
            text.text() for text in (self._number, self._label, self._meaning) if text.text()
        )
