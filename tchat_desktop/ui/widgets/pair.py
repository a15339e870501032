"""Two widgets that stand side by side where there is room."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from tchat_desktop.ui import theme

SIDE_BY_SIDE = 560
"""From this width (at a text scale of 1) they stand side by side."""


class Pair(QWidget):
    """Two widgets side by side, or below each other where there is not enough room."""

    least = SIDE_BY_SIDE
    """The width from which they stand side by side, in pixels at a text scale of 1."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(14))
        self._box.addWidget(first, 1)
        self._box.addWidget(second, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side_by_side = self.width() >= theme.px(self.least)
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.LeftToRight if side_by_side else directions.TopToBottom)
