"""A table of figures that is read and not edited, with heads that a screen reader tells."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
)

_NUMBERS = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_WORDS = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_LEAST_COLUMNS = 2
"""How many columns of figures are shown however narrow the table is."""


class FigureTable(QTableWidget):
    """Words in the first column, figures in the others; it is as high as its rows."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("figures", True)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        # The arrows go from cell to cell, and Tab goes on to what follows.
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)

    def show_rows(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show rows below their heads; the first cell of each says what the others are of."""
        self.setColumnCount(len(heads))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(list(heads))
        for place, cells in enumerate(rows):
            for column, words in enumerate(cells):
                self._write(place, column, words)
        modes = QHeaderView.ResizeMode
        for column in range(len(heads)):
            mode = modes.ResizeToContents if column else modes.Stretch
            self.horizontalHeader().setSectionResizeMode(column, mode)
            if head := self.horizontalHeaderItem(column):
                head.setTextAlignment(_NUMBERS if column else _WORDS)
        self._fit()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hide the first columns of figures where there is not enough room for all.

        Nothing is cut, and nobody has to scroll sideways; the last ones are the newest.
        """
        columns = self.columnCount()
        wide = [
            max(self.sizeHintForColumn(one), self.horizontalHeader().sectionSizeHint(one))
            for one in range(columns)
        ]
        room = self.viewport().width()
        least = max(1, columns - _LEAST_COLUMNS)
        first = next((one for one in range(1, least) if wide[0] + sum(wide[one:]) <= room), least)
        for column in range(1, columns):
            self.setColumnHidden(column, column < first)

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The rows on screen, the heads first."""
        columns = range(self.columnCount())
        heads = tuple(item.text() for one in columns if (item := self.horizontalHeaderItem(one)))
        rows = (
            tuple(item.text() for one in columns if (item := self.item(row, one)))
            for row in range(self.rowCount())
        )
        return (heads, *rows)

    def sizeHint(self) -> QSize:
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        high = rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        return QSize(super().sizeHint().width(), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def _write(self, row: int, column: int, words: str) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(_NUMBERS if column else _WORDS)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.setItem(row, column, item)
        if item.text() != words:
            item.setText(words)
