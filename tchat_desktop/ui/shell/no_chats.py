"""What the home screen shows in the place of the chats while there is none."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class NoChats(Card):
    """A drawing, and a sentence that says what will stand here; the button is right above."""

    def __init__(self) -> None:
        super().__init__()
        words = column(
            None,
            Text(_("Your chats will stand here"), "heading"),
            Text(
                _("Each with its day, what is ready and what comes next. Begin with a topic."),
                "lead",
            ),
            None,
            spacing=theme.Space.TITLE_LEAD,
        )
        beside = row(_Drawing(), spacing=theme.Space.LEAD_CONTENT)
        beside.addLayout(words, 1)
        self.add(beside)


class _Drawing(QWidget):
    """Three people who speak under one tag: bubbles, and the sign of a tag in the middle one."""

    _SIZE = QSize(190, 120)
    """As it is drawn; it is shown larger."""
    _ENLARGED = 1.4

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self._SIZE * self._ENLARGED * theme.scale()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self._ENLARGED * theme.scale()
        painter.scale(size, size)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.translate(self._SIZE.width(), 0)
            painter.scale(-1, 1)
        painter.setPen(Qt.PenStyle.NoPen)
        for box, tail, colour in (
            (QRectF(4, 8, 78, 46), 18, colours.teal_ground),
            (QRectF(108, 60, 78, 46), 60, colours.amber_ground),
        ):
            painter.setBrush(QColor(colour))
            painter.drawPath(_bubble(box, tail))
        middle = QRectF(52, 26, 88, 60)
        painter.setBrush(QColor(colours.plum))
        painter.drawPath(_bubble(middle, 26))
        self._paint_lines(painter)
        font = QFont(self.font())
        font.setPixelSize(34)
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(QColor(colours.on_plum))
        painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, "#")

    @staticmethod
    def _paint_lines(painter: QPainter) -> None:
        """What the two others say."""
        colours = theme.tokens()
        for colour, lines in (
            (colours.teal, (QRectF(14, 18, 30, 4), QRectF(14, 28, 24, 4))),
            (colours.amber, (QRectF(146, 84, 30, 4), QRectF(146, 94, 20, 4))),
        ):
            painter.setBrush(QColor(colour))
            for line in lines:
                painter.drawRoundedRect(line, 2, 2)


def _bubble(box: QRectF, tail: float) -> QPainterPath:
    """A rounded box with a point below it, `tail` from its edge."""
    path = QPainterPath()
    path.addRoundedRect(box, 14, 14)
    foot = box.left() + tail
    point = QPainterPath(QPointF(foot - 8, box.bottom() - 2))
    point.lineTo(foot - 6, box.bottom() + 12)
    point.lineTo(foot + 8, box.bottom() - 2)
    return path.united(point)
