"""An SVG drawing as a PNG picture, for programs that show no SVG. Called off the GUI thread."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtGui import QGuiApplication, QImage

from tchat_desktop.ui.visuals.rendering import png


def png_of(drawing: str) -> bytes:
    """The bytes of a PNG file of an SVG drawing in its own size, its texts in the app's font."""
    # The fonts that a drawing names for the web may not be on this computer.
    family = escape(QGuiApplication.font().family(), quote=True)
    named = re.compile('font-family="[^"]*"')
    drawing = named.sub(lambda _found: f'font-family="{family}"', drawing, count=1)
    return png(QImage.fromData(drawing.encode("utf-8")))
