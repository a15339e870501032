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


def app_icon() -> QIcon:
    """The icon of the app, in the sizes that title bars, switchers and docks ask for."""
    source = resource("icon.svg").read_text("utf-8")
    found = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        found.addPixmap(_drawn(source, side))
    return found


@cache
def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """The icon as a picture of `size` pixels a side."""
    side = size * _DENSITY
    drawing = resource("icons", f"{name}.svg").read_text("utf-8")
    picture = _drawn(drawing.replace("currentColor", colour), side)
    picture.setDevicePixelRatio(_DENSITY)
    return picture


def _drawn(drawing: str, side: int) -> QPixmap:
    """An SVG as a picture of `side` pixels."""
    sized = drawing.replace("<svg ", f'<svg width="{side}" height="{side}" ', 1)
    picture = QPixmap()
    picture.loadFromData(sized.encode(), "SVG")
    return picture
