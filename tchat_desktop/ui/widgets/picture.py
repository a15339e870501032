"""A drawing of ours in the colours in force, with a text for those who do not see it."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy

from tchat_desktop.platform.paths import resource
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.tool_tip import set_tip

_DENSITY = 2
_SHARED = ("ink", "muted", "line", "paper", "sand", "plum", "tint", "teal", "teal_ground",
           "amber", "amber_ground", "coral", "coral_ground")  # fmt: skip
"""Drawings are made with these colours of the light look; each stands for that of the look worn."""


class Drawing(QLabel):
    """The drawing `folder/name.svg` of the resources, `width` by `height` at a text scale of 1."""

    def __init__(self, folder: str, name: str, alt: str, width: int, height: int) -> None:
        super().__init__()
        size = QSize(theme.px(width), theme.px(height))
        self.setPixmap(_drawn(folder, name, theme.tokens().name, size.width(), size.height()))
        self.setAccessibleName(alt)
        set_tip(self, alt)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)


@cache
def _drawn(folder: str, name: str, look: str, width: int, height: int) -> QPixmap:
    drawing = resource(folder, f"{name}.svg").read_text("utf-8")
    worn = next(one for one in theme.ALL if one.name == look)
    for colour in _SHARED:
        drawing = drawing.replace(getattr(theme.LIGHT, colour), f"@{colour}@")
    for colour in _SHARED:
        drawing = drawing.replace(f"@{colour}@", getattr(worn, colour))
    size = f'<svg width="{width * _DENSITY}" height="{height * _DENSITY}" '
    picture = QPixmap()
    picture.loadFromData(drawing.replace("<svg ", size, 1).encode(), "SVG")
    picture.setDevicePixelRatio(_DENSITY)
    return picture
