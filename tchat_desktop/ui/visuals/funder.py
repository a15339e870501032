"""The page for a funder, painted: one sheet of A4 whatever the texts, to show and to save.

Every part has its room. A text that is long is set smaller, and where even that does not do, it is
cut and ends in "…". Lengths are tenths of a millimetre.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from tchat_desktop.domain.funder_sheet import (
    FunderSheet,
    SheetCurve,
    SheetFigure,
    SheetQuote,
    SheetTable,
)
from tchat_desktop.ui.visuals.paper import a4_writer
from tchat_desktop.ui.visuals.sheet import Face, Sheet

_WIDTH, _HEIGHT = 2100, 2970
_EDGE = 140
_INSIDE = _WIDTH - 2 * _EDGE
_DOTS = 254
"""Dots an inch: one for each tenth of a millimetre."""
_INK, _MUTED, _LINE, _PLUM, _TINT, _TEAL = (
    "#231a36",
    "#625b73",
    "#e3dcea",
    "#4b2e83",
    "#f1ebfa",
    "#0b7a75",
)
_AMBER = "#fff3dc"
_BOLD = QFont.Weight.Bold
_HALF = QFont.Weight.DemiBold
_PLAIN = QFont.Weight.Normal
_GAP = 44
"""Between two parts."""


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
    y = _head(sheet, page, logo, 120)
    if page.impact:
        y = _impact(sheet, page.impact, y)
    y = _figures(sheet, page.figures, y)
    foot = _HEIGHT - 90 - _notes_height(page)
    _notes(sheet, page.notes, foot)
    if page.nothing:
        sheet.text(page.nothing, QRectF(_EDGE, y + 60, _INSIDE, 200), _face(38, _MUTED, 3))
    parts = _parts(sheet, page)
    if not parts:
        return
    wanted = sum(high for high, _draw in parts) + _GAP * (len(parts) - 1)
    room = foot - _GAP - y
    # What is free is given to all of them, what lacks is taken from all of them.
    scale = min(1.25, (room - _GAP * (len(parts) - 1)) / (wanted - _GAP * (len(parts) - 1)))
    for high, draw in parts:
        draw(QRectF(_EDGE, y, _INSIDE, high * scale))
        y += high * scale + _GAP


_Part = tuple[float, Callable[[QRectF], None]]
"""A part of the middle: the height it would like, and what draws it into its room."""


def _parts(sheet: Sheet, page: FunderSheet) -> list[_Part]:
    parts: list[_Part] = []
    curve, questions = page.curve, page.questions
    if curve is not None:
        parts.append((420.0, lambda room: _curve(sheet, curve, room)))
    if questions:
        high = 70 + 62.0 * len(questions) + (40 if page.questions_more else 0)
        parts.append((high, lambda room: _questions(sheet, page, room)))
    if page.quotes:
        high = 80 + 165.0 * len(page.quotes)
        parts.append((high, lambda room: _quotes(sheet, page.quotes_title, page.quotes, room)))
    table = page.comparison
    if table is not None:
        high = 80 + 46.0 * (1 + len(table.rows))
        parts.append((high, lambda room: _table(sheet, table, room)))
    return parts


def _face(
    size: float, colour: str, lines: int = 1, weight: QFont.Weight = _PLAIN, least: float = 0.62
) -> Face:
    return Face(size, size * least, colour, weight, lines)


def _head(sheet: Sheet, page: FunderSheet, logo: QImage, y: float) -> float:
    """Who writes to whom, about what; returns where the next part begins."""
    if page.banner:
        room = QRectF(_EDGE, y, _INSIDE, 70)
        sheet.fill(room, _AMBER, 16)
        sheet.text(page.banner, room.adjusted(24, 14, -24, -10), _face(34, _INK, 1, _HALF))
        y += 96
    left = float(_EDGE)
    high = 130.0
    if not logo.isNull():
        wide = min(460.0, high * logo.width() / max(1, logo.height()))
        sheet.picture(logo, QRectF(left, y, wide, high))
        left += wide + 36
    middle = (_EDGE + _INSIDE + left) / 2
    sheet.text(
        page.organisation,
        QRectF(left, y + 14, middle - left - 30, high - 14),
        _face(46, _INK, 2, _BOLD),
    )
    beside = QRectF(middle, y + 14, _EDGE + _INSIDE - middle, 56)
    sheet.text(page.kicker, beside, _face(34, _MUTED, 1, _HALF))
    sheet.text(page.funder, beside.translated(0, 56), _face(38, _PLUM, 1, _HALF))
    y += high + 30
    sheet.fill(QRectF(_EDGE, y, _INSIDE, 3), _PLUM)
    y += 30
    y += sheet.text(page.title, QRectF(_EDGE, y, _INSIDE, 170), _face(72, _INK, 2, _BOLD, 0.5)) + 8
    when = QRectF(_EDGE, y, _INSIDE, 50)
    taken = sheet.text(" · ".join(one for one in (page.when, page.tag) if one), when,
                       _face(36, _MUTED))  # fmt: skip
    return y + taken + 30


def _impact(sheet: Sheet, text: str, y: float) -> float:
    face = _face(42, _INK, 4, _HALF, 0.55)
    high = min(
        170.0, sheet.height_of(text, _INSIDE - 80, Face(42, 42, _INK, _HALF, 9), is_pill=False)
    )
    room = QRectF(_EDGE, y, _INSIDE, high + 44)
    sheet.fill(room, _TINT, 20)
    sheet.fill(QRectF(_EDGE, y, 10, high + 44), _PLUM, 5)
    sheet.text(text, room.adjusted(44, 22, -36, -18), face)
    return y + high + 44 + 36


def _figures(sheet: Sheet, figures: Sequence[SheetFigure], y: float) -> float:
    """The figures side by side, each with what it counts."""
    if not figures:
        return y
    columns = 3 if len(figures) in (3, 5, 6) else min(4, len(figures))
    gap = 40.0
    wide = (_INSIDE - gap * (columns - 1)) / columns
    with_goal = any(one.goal for one in figures)
    high = 236.0 if with_goal else 186.0
    for place, one in enumerate(figures):
        x = _EDGE + (place % columns) * (wide + gap)
        top = y + (place // columns) * (high + 16)
        number = QRectF(x, top, wide, 84)
        sheet.text(one.number, number, _face(78, _PLUM, 1, _BOLD))
        below = top + 88
        below += sheet.text(one.label, QRectF(x, below, wide, 42), _face(34, _INK, 1, _HALF))
        if one.goal:
            below += sheet.text(one.goal, QRectF(x, below, wide, 40), _face(31, _TEAL, 1, _HALF))
        left = top + high - below
        sheet.text(one.counts, QRectF(x, below, wide, left), _face(27, _MUTED, 2, least=0.75))
    rows = -(-len(figures) // columns)
    return y + rows * (high + 16) + 10


def _heading(sheet: Sheet, text: str, room: QRectF) -> float:
    return sheet.text(
        text, QRectF(room.x(), room.y(), room.width(), 56), _face(38, _PLUM, 1, _BOLD)
    )


def _curve(sheet: Sheet, curve: SheetCurve, room: QRectF) -> None:
    y = room.y() + _heading(sheet, curve.title, room)
    y += sheet.text(curve.said, QRectF(room.x(), y, room.width(), 40), _face(29, _MUTED)) + 8
    chart = QRectF(room.x(), y + 34, room.width(), room.bottom() - y - 34 - 42)
    most = max(curve.counts, default=0) or 1
    wide = chart.width() / max(1, len(curve.counts))
    painter = sheet.painter
    # Time goes from left to right, in Arabic too.
    for minute, count in enumerate(curve.counts):
        if count:
            high = max(4.0, chart.height() * count / most)
            bar = QRectF(chart.x() + minute * wide + wide * 0.19, chart.bottom() - high,
                         wide * 0.62, high)  # fmt: skip
            painter.fillRect(bar, QColor(_TEAL if count == most else _PLUM))
    painter.fillRect(QRectF(chart.x(), chart.bottom(), chart.width(), 2), QColor(_MUTED))
    reached = -100.0
    for label, share in curve.marks:
        x = chart.x() + share * chart.width()
        painter.setPen(QPen(QColor(_MUTED), 1.5))
        painter.drawLine(QPointF(x, chart.y()), QPointF(x, chart.bottom()))
        if x - reached > 60:
            _word(sheet, label, QRectF(min(x - 40, chart.right() - 70), chart.y() - 36, 80, 34))
            reached = x
    for hour, at in zip(curve.hours, (0.0, 0.5, 1.0), strict=True):
        place = QRectF(chart.x() + at * (chart.width() - 200), chart.bottom() + 6, 200, 38)
        _word(sheet, hour, place, at)


def _word(sheet: Sheet, text: str, room: QRectF, at: float = 0.5) -> None:
    """A short text at the left (0), in the middle (0.5) or at the right (1) of its room."""
    face = _face(27, _MUTED, 1, _HALF)
    wide = min(room.width(), sheet.width_of(text, face))
    place = QRectF(room.x() + at * (room.width() - wide), room.y(), wide + 2, room.height())
    # Where it really is: the sheet turns places round in Arabic, and this one is meant as it is.
    sheet.text(text, sheet.place(place), face)


def _questions(sheet: Sheet, page: FunderSheet, room: QRectF) -> None:
    y = room.y() + _heading(sheet, page.questions_title, room) + 6
    rows = len(page.questions) + bool(page.questions_more)
    high = min(70.0, (room.bottom() - y) / rows)
    most = max(one.replies for one in page.questions) or 1
    size = min(31.0, high * 0.62)
    for one in page.questions:
        number = QRectF(room.x(), y, 90, high)
        sheet.text(one.label, number, _face(size, _PLUM, 1, _BOLD))
        words = QRectF(room.x() + 90, y, room.width() * 0.62 - 100, high)
        sheet.text(one.text, words, _face(size, _INK, 2 if high > 2.4 * size else 1, least=0.7))
        bar = QRectF(room.x() + room.width() * 0.62 + 20, y + size * 0.14, 0, size * 0.86)
        longest = room.right() - bar.x() - 130
        bar.setWidth(max(4.0, longest * one.replies / most))
        sheet.fill(bar, _PLUM if one.replies else _LINE, 6)
        count = QRectF(bar.right() + 14, y, 110, high)
        sheet.text(str(one.replies), count, _face(size, _INK, 1, _BOLD))
        y += high
    if page.questions_more:
        sheet.text(page.questions_more, QRectF(room.x() + 90, y, room.width() - 90, high),
                   _face(size, _MUTED))  # fmt: skip


def _quotes(sheet: Sheet, title: str, quotes: Sequence[SheetQuote], room: QRectF) -> None:
    y = room.y() + _heading(sheet, title, room) + 8
    each = (room.bottom() - y - 18 * (len(quotes) - 1)) / len(quotes)
    for quote in quotes:
        inside = QRectF(room.x() + 34, y, room.width() - 34, each)
        sheet.fill(QRectF(room.x(), y, 6, each), _PLUM, 3)
        words = inside.adjusted(0, 0, 0, -44)
        taken = sheet.text(quote.text, words, _face(33, _INK, 8, least=0.64))
        who = " · ".join(one for one in (quote.who, quote.address) if one)
        sheet.text(who, QRectF(inside.x(), y + taken + 4, inside.width(), 40), _face(27, _MUTED))
        y += each + 18


def _table(sheet: Sheet, table: SheetTable, room: QRectF) -> None:
    y = room.y() + _heading(sheet, table.title, room) + 6
    high = (room.bottom() - y) / (1 + len(table.rows))
    size = min(30.0, high * 0.68)
    first = room.width() * 0.46
    each = (room.width() - first) / max(1, len(table.head) - 1)
    for place, row in enumerate((table.head, *table.rows)):
        for column, cell in enumerate(row):
            x = room.x() + (0 if column == 0 else first + (column - 1) * each)
            wide = (first if column == 0 else each) - 16
            last = column == len(row) - 1
            weight = _BOLD if last and column else _HALF if place == 0 else _PLAIN
            colour = _MUTED if place == 0 else _PLUM if last and column else _INK
            sheet.text(cell, QRectF(x, y, wide, high), _face(size, colour, 1, weight))
        y += high
        sheet.fill(QRectF(room.x(), y - high * 0.14, room.width(), 1.5), _LINE)


def _notes_height(page: FunderSheet) -> float:
    return 270.0 if page.notes else 0.0


def _notes(sheet: Sheet, notes: Sequence[tuple[str, str]], y: float) -> None:
    """The method, wide, and beside it the cost and the contact."""
    if not notes:
        return
    sheet.fill(QRectF(_EDGE, y, _INSIDE, 2), _LINE)
    y += 22
    first, *others = notes
    wide = _INSIDE * (0.6 if others else 1.0)
    _note(sheet, first, QRectF(_EDGE, y, wide - 40, _HEIGHT - 90 - y))
    each = (_HEIGHT - 90 - y) / max(1, len(others))
    for note in others:
        _note(sheet, note, QRectF(_EDGE + wide, y, _INSIDE - wide, each - 10))
        y += each


def _note(sheet: Sheet, note: tuple[str, str], room: QRectF) -> None:
    heading, text = note
    taken = sheet.text(heading, QRectF(room.x(), room.y(), room.width(), 40),
                       _face(29, _PLUM, 1, _BOLD))  # fmt: skip
    sheet.text(text, room.adjusted(0, taken + 2, 0, 0), _face(27, _INK, 9, least=0.66))
