"""Figures in big: each with its number, what it counts, and what that means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.text import Text

FigureWords = tuple[str, str, str]
"""A number as the language writes it, what it counts, and how it was counted ("" to not say)."""


class FigureGrid(QWidget):
    """Figures in columns of the same width."""

    def __init__(self, columns: int, spacing: int = 16) -> None:
        super().__init__()
        self._columns = columns
        self._figures: list[_Figure] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(spacing))
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    @property
    def words(self) -> tuple[str, ...]:
        """What the figures on screen say."""
        return tuple(figure.words for figure in self._figures if not figure.isHidden())

    def show_figures(self, figures: Sequence[FigureWords]) -> None:
        """Show figures row by row; those there already are only rewritten."""
        while len(self._figures) < len(figures):
            figure, place = _Figure(), len(self._figures)
            self._figures.append(figure)
            self._grid.addWidget(figure, place // self._columns, place % self._columns)
        for index, figure in enumerate(self._figures):
            if index < len(figures):
                figure.show_words(figures[index])
            figure.setVisible(index < len(figures))


class _Figure(QWidget):
    def __init__(self) -> None:
        super().__init__()
        number = Text("", "hero", wrap=False)
        number.set_tone("plum")
        self._parts = (number, Text("", "label"), Text("", "small"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        for part in self._parts:
            layout.addWidget(part)
        layout.addStretch(1)

    @property
    def words(self) -> str:
        return " ".join(part.text() for part in self._parts if part.text())

    def show_words(self, words: FigureWords) -> None:
        for part, text in zip(self._parts, words, strict=True):
            if part.text() != text:
                part.setText(text)
        self._parts[2].setVisible(bool(words[2]))
