"""The page for a funder, painted: one sheet of A4 whatever the texts, to show and to save.

Every part has its room, and no letters are smaller than nine points. Where all of it has no room,
there is less on the page; a text that is too long is cut and ends in "…". Lengths are tenths of a
millimetre.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from tchat_desktop.domain.funder_sheet import FunderSheet, SheetFigure, shorter
from tchat_desktop.ui.visuals.funder_parts import (
    BOLD,
    HALF,
    INK,
    LEAST_LETTERS,
    MUTED,
    PLUM,
    TEAL,
    TINT,
    SheetPart,
    draw_notes,
    height,
    notes_height,
    set_face,
    sheet_parts,
)
from tchat_desktop.ui.visuals.paper import a4_writer
from tchat_desktop.ui.visuals.sheet import Sheet

_WIDTH, _HEIGHT = 2100, 2970
_EDGE = 120
_INSIDE = _WIDTH - 2 * _EDGE
_DOTS = 254
"""Dots an inch: one for each tenth of a millimetre."""
_AMBER = "#fff3dc"
_GAP = 30
"""Between two parts."""
_FOOT = 64
"""Left free below all."""


def funder_pdf(page: FunderSheet, logo: QImage) -> bytes:
    """The bytes of a PDF file of one page; a null `logo` is none."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = a4_writer(buffer, page.title)
    writer.setResolution(_DOTS)
    painter = QPainter(writer)
    try:
        painter.scale(writer.width() / _WIDTH, writer.height() / _HEIGHT)
        compose_funder(Sheet(painter, _WIDTH, _HEIGHT, page.right_to_left), page, logo)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def funder_picture(page: FunderSheet, logo: QImage, width: int) -> QImage:
    """The page as a picture `width` pixels wide, as it will be printed."""
    scale = width / _WIDTH
    image = QImage(width, round(_HEIGHT * scale), QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    try:
        painter.scale(scale, scale)
        compose_funder(Sheet(painter, _WIDTH, _HEIGHT, page.right_to_left), page, logo)
    finally:
        painter.end()
    return image


def compose_funder(sheet: Sheet, page: FunderSheet, logo: QImage) -> None:
    """Draw the whole page."""
    y = _head(sheet, page, logo, 84)
    if page.impact:
        y = _impact(sheet, page.impact, y)
    y = _figures(sheet, page.figures, y)
    foot = _HEIGHT - _FOOT - notes_height(sheet, page.notes, _INSIDE)
    if page.notes:
        draw_notes(sheet, page.notes, QRectF(_EDGE, foot, _INSIDE, _HEIGHT - _FOOT - foot))
    if page.nothing:
        sheet.text(page.nothing, QRectF(_EDGE, y + 60, _INSIDE, 200), set_face(38, MUTED, 3))
    room = foot - _GAP - y
    for shown in shorter(page):
        parts = sheet_parts(sheet, shown, _INSIDE)
        gaps = _GAP * (len(parts) - 1)
        if sum(part.least for part in parts) + gaps <= room:
            break
    if not parts:
        return
    for part, high in zip(parts, _heights(parts, room - gaps), strict=True):
        part.draw(QRectF(_EDGE, y, _INSIDE, high))
        y += high + _GAP


def _heights(parts: Sequence[SheetPart], room: float) -> list[float]:
    """How high each part is: between what it needs and what it wants, and a little more if free."""
    least, wanted = (sum(part.least for part in parts), sum(part.wanted for part in parts))
    if room < wanted:
        share = max(0.0, room - least) / max(1.0, wanted - least)
        return [part.least + (part.wanted - part.least) * share for part in parts]
    more = min(1.2, room / max(1.0, wanted))
    return [part.wanted * more for part in parts]


def _head(sheet: Sheet, page: FunderSheet, logo: QImage, y: float) -> float:
    """Who writes to whom, about what; returns where the next part begins."""
    if page.banner:
        room = QRectF(_EDGE, y, _INSIDE, 70)
        sheet.fill(room, _AMBER, 16)
        sheet.text(page.banner, room.adjusted(24, 14, -24, -10), set_face(34, INK, 1, HALF))
        y += 90
    left = float(_EDGE)
    high = 108.0
    if not logo.isNull():
        wide = min(460.0, high * logo.width() / max(1, logo.height()))
        sheet.picture(logo, QRectF(left, y, wide, high))
        left += wide + 36
    middle = (_EDGE + _INSIDE + left) / 2
    sheet.text(
        page.organisation,
        QRectF(left, y + 4, middle - left - 30, high),
        set_face(46, INK, 2, BOLD),
    )
    beside = QRectF(middle, y + 4, _EDGE + _INSIDE - middle, 50)
    sheet.text(page.kicker, beside, set_face(34, MUTED, 1, HALF))
    sheet.text(page.funder, beside.translated(0, 50), set_face(38, PLUM, 1, HALF))
    y += high + 20
    sheet.fill(QRectF(_EDGE, y, _INSIDE, 3), PLUM)
    y += 18
    y += sheet.text(page.title, QRectF(_EDGE, y, _INSIDE, 170), set_face(72, INK, 2, BOLD, 0.5)) + 8
    when = QRectF(_EDGE, y, _INSIDE, 50)
    taken = sheet.text(" · ".join(one for one in (page.when, page.tag) if one), when,
                       set_face(36, MUTED))  # fmt: skip
    return y + taken + 22


def _impact(sheet: Sheet, text: str, y: float) -> float:
    set_in = set_face(40, INK, 3, HALF)
    high = height(sheet, text, _INSIDE - 80, set_in)
    room = QRectF(_EDGE, y, _INSIDE, high + 40)
    sheet.fill(room, TINT, 20)
    sheet.fill(QRectF(_EDGE, y, 10, high + 40), PLUM, 5)
    sheet.text(text, QRectF(_EDGE + 44, y + 20, _INSIDE - 80, high), set_in)
    return y + high + 40 + 20


def _figures(sheet: Sheet, figures: Sequence[SheetFigure], y: float) -> float:
    """The figures side by side, each with what it counts."""
    columns = 3 if len(figures) in (3, 5, 6) else min(4, max(1, len(figures)))
    gap = 40.0
    wide = (_INSIDE - gap * (columns - 1)) / columns
    small = set_face(LEAST_LETTERS, MUTED, 3)
    for start in range(0, len(figures), columns):
        row = figures[start : start + columns]
        high = 0.0
        for place, one in enumerate(row):
            x, below = _EDGE + place * (wide + gap), y
            sheet.text(one.number, QRectF(x, below, wide, 84), set_face(76, PLUM, 1, BOLD))
            below += 86
            below += sheet.text(one.label, QRectF(x, below, wide, 42), set_face(34, INK, 1, HALF))
            if one.goal:
                below += sheet.text(
                    one.goal, QRectF(x, below, wide, 40), set_face(32, TEAL, 1, HALF)
                )
            counts = height(sheet, one.counts, wide, small)
            below += sheet.text(one.counts, QRectF(x, below, wide, counts), small)
            high = max(high, below - y)
        y += high + 10
    return y + 12
