"""Something to tick off: a square and its words; the check mark tells what is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import pixmap
from tchat_desktop.ui.theme import Radius, Tokens
from tchat_desktop.ui.widgets.buttons import Button

SIDE = 18
"""Of the square, in pixels at a text scale of 1."""
GAP = 4
"""Between it and its words on one side, its button's edge on the other."""
_DENSITY = 2


class Tick(Button):
    """A square that is ticked or not; `clicked` tells that the person pressed it."""

    def __init__(
        self, text: str, clicked: Callable[[], object] | None = None, name: str = ""
    ) -> None:
        super().__init__(text, "tick", "check", clicked, name)
        self.setIconSize(QSize(theme.px(SIDE) + 2 * theme.px(GAP), theme.px(SIDE)))
        self.toggled.connect(self._show_state)
        self._show_state()

    def _show_state(self) -> None:
        found = QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
            enabled = mode == QIcon.Mode.Normal
            picture = _square(self.isChecked(), enabled, theme.px(SIDE), theme.tokens())
            found.addPixmap(picture, mode)
        self.setIcon(found)


@cache
def _square(ticked: bool, enabled: bool, side: int, colours: Tokens) -> QPixmap:
    """The square in these colours; filled with its check mark once it is ticked."""
    gap = theme.px(GAP)
    picture = QPixmap((side + 2 * gap) * _DENSITY, side * _DENSITY)
    picture.setDevicePixelRatio(_DENSITY)
    picture.fill(Qt.GlobalColor.transparent)
    full = colours.plum if enabled else colours.muted
    edge = full if ticked else colours.field_line
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(edge), 1.5))
    painter.setBrush(QColor(full if ticked else colours.paper))
    # The edge begins with the first pixel, else it is but half of its colour.
    box = QRectF(gap, 0, side, side).adjusted(0.75, 0.75, -0.75, -0.75)
    painter.drawRoundedRect(box, theme.px(Radius.TICK), theme.px(Radius.TICK))
    if ticked:
        inset = round(side * 0.1)
        mark = pixmap("check", colours.on_plum if enabled else colours.paper, side - 2 * inset)
        painter.drawPixmap(gap + inset, inset, mark)
    painter.end()
    return picture
