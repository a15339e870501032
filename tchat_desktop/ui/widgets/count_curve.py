"""A small curve: one count after another, each with its number above and its name below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.count_drawing import CountDrawing

CURVE, TOP, BELOW = 64, 26, 24
"""Heights in pixels at a text scale of 1: of the curve, of the numbers, of the names."""
AT_SIDES = 52
"""Pixels kept free on both sides, for the names of the first and the last."""


class CountCurve(CountDrawing):
    """A curve with a point for each count."""

    def __init__(self, name: str) -> None:
        super().__init__(name, TOP + CURVE + BELOW)
        self._counts: tuple[int, ...] = ()
        self._names: tuple[str, ...] = ()

    def show_counts(self, counts: Sequence[int], names: Sequence[str], words: str) -> None:
        """Show counts in their order, each with its name."""
        self._counts, self._names = tuple(counts), tuple(names)
        self.show_words(words)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if not self._counts:
            return
        painter = self.painter()
        colours = theme.tokens()
        points = [self._point(index) for index in range(len(self._counts))]
        painter.setPen(QPen(QColor(colours.plum), theme.px(2)))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(colours.plum))
        for point in points:
            painter.drawEllipse(point, theme.px(3.5), theme.px(3.5))
        metrics = QFontMetricsF(painter.font())
        for point, count, name in zip(points, self._counts, self._names, strict=True):
            painter.setPen(QColor(colours.ink))
            self._label(painter, metrics, point.x(), point.y() - theme.px(TOP - 2), str(count))
            painter.setPen(QColor(colours.muted))
            self._label(painter, metrics, point.x(), theme.px(TOP + CURVE + 6), name)

    def _point(self, index: int) -> QPointF:
        """Where a count is; the first is on the side where the language begins."""
        room = self.width() - 2 * theme.px(AT_SIDES)
        steps = max(1, len(self._counts) - 1)
        x = self.mirrored(theme.px(AT_SIDES) + room * index / steps)
        share = self._counts[index] / max(1, *self._counts)
        return QPointF(x, theme.px(TOP) + theme.px(CURVE) * (1 - share))

    def _label(
        self, painter: QPainter, metrics: QFontMetricsF, x: float, top: float, words: str
    ) -> None:
        """A label above or below a point; one that would touch the next is cut."""
        room = self.width() / max(1, len(self._counts))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(shown) + 2
        left = min(max(0.0, x - width / 2), self.width() - width)
        where = QRectF(left, top, width, metrics.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, shown)
