"""Icons in one style: our own line drawings, painted in the colour asked for."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QIcon, QPixmap

from tchat_desktop.platform.paths import resource
from tchat_desktop.ui import theme

_DENSITY = 2
"""Pixels drawn for one shown, so that icons are sharp on dense screens."""


def icon(name: str, colour: str = "") -> QIcon:
    """The icon of that name in a colour; the colour of the text when none is given."""
    return QIcon(pixmap(name, colour or theme.tokens().ink, theme.px(18)))


@cache
def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """The icon as a picture of `size` pixels a side."""
    side = size * _DENSITY
    drawing = resource("icons", f"{name}.svg").read_text("utf-8")
    drawing = drawing.replace("currentColor", colour)
    drawing = drawing.replace("<svg ", f'<svg width="{side}" height="{side}" ', 1)
    picture = QPixmap()
    picture.loadFromData(drawing.encode(), "SVG")
    picture.setDevicePixelRatio(_DENSITY)
    return picture
