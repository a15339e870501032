"""The dial of the hour: the time gone as an arc, each question as a dot at its minute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tchat_desktop.ui import theme

SIDE, RING, DOT = 76, 7, 4
"""In pixels at a text scale of 1: the side of the dial, the width of its ring, a dot's radius."""
_TOP = 90
"""Where the hour begins, in degrees as Qt counts them: at the top."""


@dataclass(frozen=True, slots=True)
class DialDot:
    """A question on the dial: at which part of the hour, from 0 to 1, and whether it was asked."""

    at: float
    asked: bool


class HourDial(QWidget):
    """A picture; whoever shows it says the same in words beside it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._gone = 0.0
        self._dots: tuple[DialDot, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def gone(self) -> float:
        """The part of the hour that is gone, from 0 to 1."""
        return self._gone

    @property
    def dots(self) -> tuple[DialDot, ...]:
        """The questions shown."""
        return self._dots

    def show_hour(self, gone: float, dots: Sequence[DialDot], words: str) -> None:
        """Show the part of the hour that is gone, and its questions; `words` say the same."""
        shown = (round(min(1.0, max(0.0, gone)), 3), tuple(dots))
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
        if shown != (self._gone, self._dots):
            self._gone, self._dots = shown
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(SIDE), theme.px(SIDE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, wide = theme.tokens(), theme.px(RING)
        inset = theme.px(DOT) + 1.0
        ring = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(QColor(colours.line), wide))
        painter.drawEllipse(ring)
        pen = QPen(QColor(colours.plum), wide)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        # Qt counts in sixteenths of a degree, against the clock.
        painter.drawArc(ring, _TOP * 16, -round(self._gone * 360 * 16))
        for dot in self._dots:
            turn = radians(_TOP - dot.at * 360)
            middle = ring.center()
            radius = ring.width() / 2
            at = QPointF(middle.x() + radius * cos(turn), middle.y() - radius * sin(turn))
            painter.setPen(
                QPen(
                    QColor(colours.teal if dot.asked else colours.muted), theme.px(theme.Space.HAIR)
                )
            )
            painter.setBrush(QColor(colours.teal if dot.asked else colours.paper))
            painter.drawEllipse(at, float(theme.px(DOT)), float(theme.px(DOT)))
