"""Icons in one style: our own line drawings, painted in the colour asked for."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tchat_desktop.paths import resource
from tchat_desktop.ui import theme


def icon(name: str, colour: str = "") -> QIcon:
    """The icon of that name in a colour; the colour of the text when none is given."""
    return QIcon(pixmap(name, colour or theme.tokens().ink, theme.px(18)))


@cache
def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """The icon as a picture of `size` pixels a side, sharp on dense screens."""
    drawing = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    density = 2
    picture = QPixmap(size * density, size * density)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size * density, size * density))
    painter.end()
    picture.setDevicePixelRatio(density)
    return picture
