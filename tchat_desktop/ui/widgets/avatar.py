"""Who speaks, in a circle: initials, or the picture when there is one."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.wording.i18n import _


def initials(name: str) -> str:
    """Two letters for a name: "Enseignante, Thiès" gives "ET", "Fatou" gives "FA"."""
    words = [word for word in re.split(r"[\s,@＠]+", name) if word and word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + words[1][0] if len(words) > 1 else words[0][:2]).upper()


class Avatar(QWidget):
    """A circle with the initials of a name; decoration beside the name, unless it is a picture."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._initials = initials(name)
        self._picture: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_name(self, name: str) -> None:
        """Show the initials of another name."""
        if initials(name) != self._initials:
            self._initials = initials(name)
            self.update()

    def show_picture(self, picture: QImage | None, name: str) -> None:
        """Show the picture of somebody of that name; None shows the initials again."""
        known = picture is not None
        self.setAccessibleName(_("Picture of {name}").format(name=name) if known else "")
        if picture is not self._picture:
            self._picture = picture
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(36), theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter, where = QPainter(self), QRectF(self.rect())
        if self._picture is None:
            paint_avatar(painter, where, self._initials)
        else:
            _paint_picture(painter, where, self._picture)


def _paint_picture(painter: QPainter, where: QRectF, picture: QImage) -> None:
    """Paint the middle of a picture, round; the ground shows where it is clear."""
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    circle = QPainterPath()
    circle.addEllipse(where)
    painter.setClipPath(circle)
    painter.fillPath(circle, QColor(theme.tokens().tint))
    side = min(picture.width(), picture.height())
    left, top = (picture.width() - side) / 2, (picture.height() - side) / 2
    painter.drawImage(where, picture, QRectF(left, top, side, side))


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
