"""Bars minute by minute: how lively a conversation was, and when its questions came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.count_drawing import CountDrawing

BARS, ROW, TOP = 120, 20, 20
"""Heights in pixels at a text scale of 1: of the bars, of a row of labels, of the highest count."""
WIDEST_BAR = 12


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """A word at a minute, counted from 0."""

    minute: int
    label: str


class MinuteChart(CountDrawing):
    """Bars, one for each minute."""

    def __init__(self, name: str) -> None:
        super().__init__(name, TOP + BARS + 2 * ROW + 4)
        self._counts: tuple[int, ...] = ()
        self._marks: tuple[ChartLabel, ...] = ()
        self._hours: tuple[ChartLabel, ...] = ()

    def show_counts(
        self,
        counts: Sequence[int],
        marks: Sequence[ChartLabel],
        hours: Sequence[ChartLabel],
        words: str,
    ) -> None:
        """Show a count for each minute, marks right under the bars, hours below them."""
        self._counts, self._marks, self._hours = tuple(counts), tuple(marks), tuple(hours)
        self.show_words(words)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if not self._counts:
            return
        painter = self.painter()
        self._paint_bars(painter)
        below = theme.px(TOP + BARS)
        colours = theme.tokens()
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(0, below, self.width(), below)
        painter.setPen(QColor(colours.plum))
        for mark in self._marks:
            x = round(self._middle(mark.minute))
            painter.drawLine(x, below - theme.px(3), x, below + theme.px(3))
        self._paint_labels(painter, self._marks, below + theme.px(3), all_of_them=True)
        painter.setPen(QColor(colours.muted))
        self._paint_labels(painter, self._hours, below + theme.px(ROW + 3))

    def _middle(self, minute: int) -> float:
        """Where a minute is across the width, on the side where the language begins."""
        return self.mirrored((minute + 0.5) * self.width() / len(self._counts))

    def _paint_bars(self, painter: QPainter) -> None:
        colours = theme.tokens()
        most = max(self._counts)
        if not most:
            return
        wide = min(0.7 * self.width() / len(self._counts), theme.px(WIDEST_BAR))
        round_by = min(wide / 2, theme.px(2))
        floor = theme.px(TOP + BARS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.plum))
        for minute, count in enumerate(self._counts):
            if count:
                high = max(theme.px(3), theme.px(BARS) * count / most)
                bar = QRectF(self._middle(minute) - wide / 2, floor - high, wide, high)
                painter.drawRoundedRect(bar, round_by, round_by)
        # The highest one tells how many, so that the others can be read against it.
        painter.setPen(QColor(colours.ink))
        self._paint_labels(painter, [ChartLabel(self._counts.index(most), str(most))], 0)

    def _paint_labels(
        self,
        painter: QPainter,
        marks: Sequence[ChartLabel],
        top: float,
        *,
        all_of_them: bool = False,
    ) -> None:
        """Labels over their minutes, inside the picture. Those that would touch are left out, or
        stand as near as they can with `all_of_them`.
        """
        metrics = QFontMetricsF(painter.font())
        widths = [metrics.horizontalAdvance(mark.label) for mark in marks]
        lefts = [
            max(0.0, min(self._middle(mark.minute) - width / 2, self.width() - width))
            for mark, width in zip(marks, widths, strict=True)
        ]
        gap = theme.px(6)
        if all_of_them:
            lefts = spread(lefts, widths, gap, self.width())
        taken: list[tuple[float, float]] = []
        for mark, left, width in zip(marks, lefts, widths, strict=True):
            free = all(left >= end + gap or left + width <= start - gap for start, end in taken)
            if free or all_of_them:
                taken.append((left, left + width))
                where = QRectF(left - 1, top, width + 2, metrics.height())
                painter.drawText(where, Qt.AlignmentFlag.AlignCenter, mark.label)


def spread(lefts: Sequence[float], widths: Sequence[float], gap: float, room: float) -> list[float]:
    """Where labels begin so that none touches another, each as near as can be to where it was to.

    Their order from left to right stays. Where there is no room for all, the first ones leave it.
    """
    order = sorted(range(len(lefts)), key=lambda at: (lefts[at], at))
    placed = list(lefts)
    least = 0.0
    for at in order:
        placed[at] = max(placed[at], least)
        least = placed[at] + widths[at] + gap
    most = room
    for at in reversed(order):
        placed[at] = min(placed[at], most - widths[at])
        most = placed[at] - gap
    return placed
