"""Two groups at both ends of a row, which stand below each other where the row is too narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from tchat_desktop.ui import theme


class FoldingRow(QWidget):
    """What comes first at the start, the rest at the end; folds rather than clip."""

    def __init__(self, start: Sequence[QWidget], end: Sequence[QWidget], spacing: int = 8) -> None:
        super().__init__()
        self._gap = theme.px(spacing)
        self._groups = (self._group(start), self._group(end))
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(4))
        for group in self._groups:
            self._layout.addWidget(group)
        self._layout.insertStretch(1, 1)
        # Ignored, so that the wish of the unfolded row never widens the page.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def _group(self, widgets: Sequence[QWidget]) -> QWidget:
        group = QWidget()
        layout = QHBoxLayout(group)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._gap)
        for widget in widgets:
            layout.addWidget(widget)
        layout.addStretch(0)
        return group

    def _fold(self) -> None:
        start, end = (group.sizeHint().width() for group in self._groups)
        narrow = self.width() < start + end + 2 * self._gap
        direction = QBoxLayout.Direction
        wanted = direction.TopToBottom if narrow else direction.LeftToRight
        self.setMinimumWidth(max(start, end))
        if self._layout.direction() != wanted:
            self._layout.setDirection(wanted)
            self.updateGeometry()
