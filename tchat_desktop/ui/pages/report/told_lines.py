"""Lines that tell something, each with what it counts below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.card import column
from tchat_desktop.ui.widgets.text import Text

TwoLines = tuple[str, str]
"""A line, and what stands below it in small; "" for none of both."""


class ToldLines(QWidget):
    """Lines below each other; those there already are only rewritten."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._below = column(spacing=theme.Space.UNDER_HEADING)
        self.setLayout(self._below)

    @property
    def words(self) -> tuple[TwoLines, ...]:
        """The lines on screen."""
        return tuple(line.words for line in self._lines if not line.isHidden())

    def show_lines(self, lines: Sequence[TwoLines]) -> None:
        """Show lines in their order."""
        while len(self._lines) < len(lines):
            line = _Line()
            self._lines.append(line)
            self._below.addWidget(line)
        for index, line in enumerate(self._lines):
            if index < len(lines):
                line.show_words(lines[index])
            line.setVisible(index < len(lines))


class _Line(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._parts = (Text("", "strong"), Text("", "small"))
        self.setLayout(column(*self._parts, spacing=theme.Space.LINE))

    @property
    def words(self) -> TwoLines:
        return self._parts[0].text(), self._parts[1].text()

    def show_words(self, words: TwoLines) -> None:
        for part, text in zip(self._parts, words, strict=True):
            if part.text() != text:
                part.setText(text)
            part.setVisible(bool(text))
