"""Initials in a circle: who speaks, without fetching a picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tchat_desktop.ui import theme


def initials(name: str) -> str:
    """Two letters for a name: "Enseignante, Thiès" gives "ET", "Fatou" gives "FA"."""
    words = [word for word in name.replace(",", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + words[1][0] if len(words) > 1 else words[0][:2]).upper()


class Avatar(QWidget):
    """A circle with the initials of a name; decoration, so screen readers skip it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._initials = initials(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_name(self, name: str) -> None:
        """Show the initials of another name."""
        if initials(name) != self._initials:
            self._initials = initials(name)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(36), theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        paint_avatar(QPainter(self), QRectF(self.rect()), self._initials)


def paint_avatar(painter: QPainter, where: QRectF, letters: str) -> None:
    """Paint the circle and its letters."""
    colours = theme.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.tint))
    painter.drawEllipse(where)
    font = QFont(painter.font())
    font.setPixelSize(max(9, round(where.height() * 0.36)))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(colours.plum))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, letters)
