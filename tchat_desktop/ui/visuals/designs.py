"""Our designs: the ground of a picture and the colours of what stands on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath

from tchat_desktop.domain.chat import Design
from tchat_desktop.domain.visuals import INK, WHITE, ink_on, mix, readable_on
from tchat_desktop.ui.visuals.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Ground:
    """What a design leaves to the texts: where they stand, and in which colours (#rrggbb)."""

    inside: QRectF
    title: str
    text: str
    quiet: str
    chip: str
    on_chip: str


def _paper(sheet: Sheet, colour: str) -> Ground:
    """White, with the colour in a bar at the side and in the title."""
    whole = QRectF(0, 0, sheet.width, sheet.height)
    unit = min(sheet.width, sheet.height)
    bar = unit * 0.035
    sheet.fill(whole, WHITE)
    sheet.fill(QRectF(0, 0, bar, sheet.height), colour)
    margin = unit * 0.085
    return Ground(
        whole.adjusted(margin + bar, margin, -margin, -margin),
        title=readable_on(WHITE, colour),
        text=INK,
        quiet=readable_on(WHITE, mix(INK, WHITE, 0.35)),
        chip=mix(colour, WHITE, 0.88),
        on_chip=readable_on(mix(colour, WHITE, 0.88), colour),
    )


def _full(sheet: Sheet, colour: str) -> Ground:
    """All in the colour, with large pale discs."""
    whole = QRectF(0, 0, sheet.width, sheet.height)
    unit = min(sheet.width, sheet.height)
    ink = ink_on(colour)
    # Away from the text's own colour, so that it stays readable on them.
    pale = mix(colour, WHITE if ink != WHITE else "#000000", 0.12)
    sheet.fill(whole, colour)
    sheet.disc(QPointF(sheet.width, 0), unit * 0.42, pale)
    sheet.disc(QPointF(0, sheet.height), unit * 0.3, pale)
    margin = unit * 0.085
    return Ground(
        whole.adjusted(margin, margin, -margin, -margin),
        title=ink,
        text=ink,
        quiet=ink,
        chip=ink,
        on_chip=readable_on(ink, colour),
    )


def _bubble(sheet: Sheet, colour: str) -> Ground:
    """A white bubble, as of somebody who speaks, on the colour."""
    whole = QRectF(0, 0, sheet.width, sheet.height)
    unit = min(sheet.width, sheet.height)
    sheet.fill(whole, colour)
    edge = unit * 0.055
    tail = unit * 0.075
    inside = whole.adjusted(edge, edge, -edge, -edge - tail)
    path = QPainterPath()
    path.addRoundedRect(inside, unit * 0.06, unit * 0.06)
    start = inside.left() + unit * 0.12
    corner = QPainterPath()
    corner.moveTo(start, inside.bottom() - 1)
    corner.lineTo(start, inside.bottom() + tail)
    corner.lineTo(start + 1.4 * tail, inside.bottom() - 1)
    path.addPath(corner)
    painter = sheet.painter
    painter.save()
    if sheet.mirrored:
        painter.translate(sheet.width, 0)
        painter.scale(-1, 1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(WHITE))
    painter.drawPath(path)
    painter.restore()
    margin = unit * 0.06
    return Ground(
        inside.adjusted(margin, margin, -margin, -margin),
        title=INK,
        text=INK,
        quiet=readable_on(WHITE, mix(INK, WHITE, 0.35)),
        chip=colour,
        on_chip=ink_on(colour),
    )


GROUNDS: Mapping[Design, Callable[[Sheet, str], Ground]] = {
    Design.BUBBLE: _bubble,
    Design.FULL: _full,
    Design.PAPER: _paper,
}
"""What draws the ground of each design, in the main colour (#rrggbb)."""
