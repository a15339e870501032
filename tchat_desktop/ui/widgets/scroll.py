"""A scrolling area whose bar keeps its place, so that nothing jumps when there is more to show."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar

from tchat_desktop.ui import theme


class SteadyScrollArea(QScrollArea):
    """Scrolls up and down only. The room of the bar is kept; the bar shows when it is needed.

    The bar is our own: Qt counts its bars among the children a screen reader sees, only while they
    show, and crashes when the reader asks for one that has just gone (Qt 6.11, reproduced).
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = _Bar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._width = theme.px(12)
        left = self._width if self.isRightToLeft() else 0
        self.setViewportMargins(left, 0, self._width - left, 0)
        inner = self.verticalScrollBar()
        inner.rangeChanged.connect(self._follow)
        inner.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(inner.setValue)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = 0 if self.isRightToLeft() else self.width() - self._width
        self._bar.setGeometry(QRect(left, 0, self._width, self.height()))
        self._follow()

    def _follow(self) -> None:
        inner = self.verticalScrollBar()
        self._bar.setPageStep(inner.pageStep())
        self._bar.setSingleStep(inner.singleStep())
        self._bar.setRange(inner.minimum(), inner.maximum())
        self._bar.setValue(inner.value())


class _Bar(QScrollBar):
    """Leaves its room empty while there is nothing to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.minimum() < self.maximum():
            super().paintEvent(event)
