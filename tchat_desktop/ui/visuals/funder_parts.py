"""The parts of the page for a funder: the curve, the questions, what was said, the method.

Each says how much room it needs and would like, and draws itself into what it is given. Lengths
are tenths of a millimetre.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QPen

from tchat_desktop.domain.funder_sheet import (
    FunderSheet,
    SheetCount,
    SheetCurve,
    SheetQuote,
    SheetShared,
    SheetTable,
    more_words,
)
from tchat_desktop.ui.visuals.sheet import Face, Sheet, fitted

INK, MUTED, LINE, PLUM, TINT, TEAL = (
    "#231a36",
    "#625b73",
    "#e3dcea",
    "#4b2e83",
    "#f1ebfa",
    "#0b7a75",
)
BOLD = QFont.Weight.Bold
HALF = QFont.Weight.DemiBold
_PLAIN = QFont.Weight.Normal
LEAST_LETTERS = 32.0
"""The height of the smallest letters: nine points."""
_ROW = 40.0
"""A line of the smallest letters."""
_ENDLESS = 1e6


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part of the middle: the height it needs and the one it wants, and what draws it."""

    least: float
    wanted: float
    draw: Callable[[QRectF], object]


def set_face(
    size: float, colour: str, lines: int = 1, weight: QFont.Weight = _PLAIN, least: float = 0.62
) -> Face:
    """How a text is set; its letters may become smaller, and never smaller than `LEAST_LETTERS`."""
    return Face(max(LEAST_LETTERS, size), max(LEAST_LETTERS, size * least), colour, weight, lines)


def height(sheet: Sheet, text: str, width: float, set_in: Face) -> float:
    """The height of a text in its largest letters, with no more lines than its face has."""
    if not text.strip():
        return 0.0
    largest = Face(set_in.most, set_in.most, set_in.colour, set_in.weight, set_in.lines)
    _size, rows = fitted(text, QSizeF(width, _ENDLESS), largest)
    return len(rows) * sheet.line_height(set_in.most)


def sheet_parts(sheet: Sheet, page: FunderSheet, width: float) -> list[SheetPart]:
    """The parts of the middle of the page, from the top to the bottom."""
    parts: list[SheetPart] = []
    if page.curve is not None or page.also:
        parts.append(_counted(sheet, page, width))
    if page.questions:
        rows = len(page.questions) + bool(more_words(page))
        parts.append(
            SheetPart(
                52 + _ROW * rows, 56 + 54.0 * rows, lambda room: _questions(sheet, page, room)
            )
        )
    shared, table = page.shared, page.comparison
    if shared is not None:
        high = 52 + _ROW * len(shared.lines)
        parts.append(SheetPart(high, high, lambda room: _shared(sheet, shared, room)))
    if page.quotes:
        parts.append(
            SheetPart(
                52 + sum(_quote_height(sheet, one, width, 2) + 14 for one in page.quotes),
                56 + sum(_quote_height(sheet, one, width, 5) + 20 for one in page.quotes),
                lambda room: _quotes(sheet, page, room),
            )
        )
    if table is not None:
        rows = 1 + len(table.rows)
        parts.append(
            SheetPart(52 + _ROW * rows, 56 + 46.0 * rows, lambda room: _table(sheet, table, room))
        )
    return parts


def _counted(sheet: Sheet, page: FunderSheet, width: float) -> SheetPart:
    """The curve, and beside it what else was counted."""
    curve, also = page.curve, page.also
    gap = 60.0
    half = (width - gap) / 2
    if curve is None:
        high = _also_height(sheet, also, width)
        return SheetPart(high, high, lambda room: _also(sheet, page.also_title, also, room))
    if not also:
        return SheetPart(320, 420, lambda room: _curve(sheet, curve, room))
    high = _also_height(sheet, also, half)

    def draw(room: QRectF) -> None:
        _curve(sheet, curve, QRectF(room.x(), room.y(), half, room.height()))
        beside = QRectF(room.x() + half + gap, room.y(), half, room.height())
        _also(sheet, page.also_title, also, beside)

    return SheetPart(max(320, high), max(400, high), draw)


def _heading(sheet: Sheet, text: str, room: QRectF) -> float:
    where = QRectF(room.x(), room.y(), room.width(), 48)
    return sheet.text(text, where, set_face(38, PLUM, 1, BOLD))


def _also_height(sheet: Sheet, also: Sequence[SheetCount], width: float) -> float:
    return 52 + sum(_count_height(sheet, one, width) + 12 for one in also)


def _count_height(sheet: Sheet, one: SheetCount, width: float) -> float:
    name = height(sheet, _named(one), width, _NAMED)
    return name + height(sheet, one.counts, width, _COUNTS)


_NAMED = set_face(LEAST_LETTERS, INK, 2, HALF)
_COUNTS = set_face(LEAST_LETTERS, MUTED, 3)


def _named(one: SheetCount) -> str:
    return f"{one.name} – {one.value}"


def _also(sheet: Sheet, title: str, also: Sequence[SheetCount], room: QRectF) -> None:
    y = room.y() + _heading(sheet, title, room) + 6
    for one in also:
        for text, set_in in ((_named(one), _NAMED), (one.counts, _COUNTS)):
            high = height(sheet, text, room.width(), set_in)
            y += sheet.text(text, QRectF(room.x(), y, room.width(), high), set_in)
        y += 12


def _curve(sheet: Sheet, curve: SheetCurve, room: QRectF) -> None:
    y = room.y() + _heading(sheet, curve.title, room)
    said = set_face(LEAST_LETTERS, MUTED, 2)
    high = height(sheet, curve.said, room.width(), said)
    y += sheet.text(curve.said, QRectF(room.x(), y, room.width(), high), said) + 4
    rows = mark_rows(curve.marks, room.width())
    above = 38.0 * (1 + max(rows, default=0)) if curve.marks else 10.0
    # Where it really is: time goes from left to right, in Arabic too.
    chart = sheet.place(QRectF(room.x(), y + above, room.width(), room.bottom() - y - above - 42))
    most = max(curve.counts, default=0) or 1
    wide = chart.width() / max(1, len(curve.counts))
    painter = sheet.painter
    for label, share, row in ((*mark, row) for mark, row in zip(curve.marks, rows, strict=True)):
        x, top = chart.x() + share * chart.width(), chart.y() - 38.0 * row
        painter.setPen(QPen(QColor(LINE), 2))
        painter.drawLine(QPointF(x, top), QPointF(x, chart.bottom()))
        _word(sheet, label, QRectF(min(x - 40, chart.right() - 70), top - 38, 80, 36))
    for minute, count in enumerate(curve.counts):
        if count:
            tall = max(4.0, chart.height() * count / most)
            bar = QRectF(chart.x() + minute * wide + wide * 0.19, chart.bottom() - tall,
                         wide * 0.62, tall)  # fmt: skip
            painter.fillRect(bar, QColor(TEAL if count == most else PLUM))
    painter.fillRect(QRectF(chart.x(), chart.bottom(), chart.width(), 2), QColor(MUTED))
    for hour, at in zip(curve.hours, (0.0, 0.5, 1.0), strict=True):
        place = QRectF(chart.x() + at * (chart.width() - 200), chart.bottom() + 4, 200, 38)
        _word(sheet, hour, place, at)


_MARK = 66.0
"""The least distance of two marks of questions in a row."""


def mark_rows(marks: Sequence[tuple[str, float]], width: float) -> list[int]:
    """In which row each mark stands, from the chart upwards, so that no two touch."""
    ends: list[float] = []
    rows = []
    for _label, share in marks:
        x = share * width
        row = next((row for row, end in enumerate(ends) if x - end >= _MARK), len(ends))
        ends[row : row + 1] = [x]
        rows.append(row)
    return rows


def _word(sheet: Sheet, text: str, room: QRectF, at: float = 0.5) -> None:
    """A short text at the left (0), in the middle (0.5) or at the right (1) of its room."""
    set_in = set_face(LEAST_LETTERS, MUTED, 1, HALF)
    wide = min(room.width(), sheet.width_of(text, set_in))
    place = QRectF(room.x() + at * (room.width() - wide), room.y(), wide + 2, room.height())
    # Where it really is: the sheet turns places round in Arabic, and this one is meant as it is.
    sheet.text(text, sheet.place(place), set_in)


def _questions(sheet: Sheet, page: FunderSheet, room: QRectF) -> None:
    y = room.y() + _heading(sheet, page.questions_title, room) + 4
    left = more_words(page)
    high = min(70.0, (room.bottom() - y) / (len(page.questions) + bool(left)))
    most = max(one.replies for one in page.questions) or 1
    size = max(LEAST_LETTERS, min(34.0, high * 0.62))
    for one in page.questions:
        number = QRectF(room.x(), y, 90, high)
        sheet.text(one.label, number, set_face(size, PLUM, 1, BOLD))
        words = QRectF(room.x() + 90, y, room.width() * 0.68 - 100, high)
        sheet.text(one.text, words, set_face(size, INK, 2 if high > 2.4 * size else 1))
        bar = QRectF(room.x() + room.width() * 0.68 + 20, y + size * 0.14, 0, size * 0.86)
        longest = room.right() - bar.x() - 110
        bar.setWidth(max(4.0, longest * one.replies / most))
        sheet.fill(bar, PLUM if one.replies else LINE, 6)
        count = QRectF(bar.right() + 14, y, 95, high)
        sheet.text(str(one.replies), count, set_face(size, INK, 1, BOLD))
        y += high
    if left:
        sheet.text(left, QRectF(room.x() + 90, y, room.width() - 90, high), set_face(size, MUTED))


def _shared(sheet: Sheet, shared: SheetShared, room: QRectF) -> None:
    title = f"{shared.title} – {shared.counts}"
    y = room.y() + _heading(sheet, title, room) + 4
    for line in shared.lines:
        sheet.text(line, QRectF(room.x(), y, room.width(), _ROW), set_face(LEAST_LETTERS, INK))
        y += _ROW


_WHO = set_face(LEAST_LETTERS, MUTED, 2)
_QUOTE_EDGE = 34


def _quote_height(sheet: Sheet, quote: SheetQuote, width: float, lines: int) -> float:
    inside = width - _QUOTE_EDGE
    said = height(sheet, quote.text, inside, set_face(33, INK, lines))
    return said + 4 + height(sheet, _signed(quote), inside, _WHO)


def _signed(quote: SheetQuote) -> str:
    return " · ".join(one for one in (quote.who, quote.address) if one)


def _quotes(sheet: Sheet, page: FunderSheet, room: QRectF) -> None:
    y = room.y() + _heading(sheet, page.quotes_title, room) + 6
    wide = room.width() - _QUOTE_EDGE
    needed = [_quote_height(sheet, one, room.width(), 8) for one in page.quotes]
    gap = 16.0
    free = room.bottom() - y - gap * (len(needed) - 1)
    # A long one leaves no more to the others than they need.
    share = min(1.0, free / max(1.0, sum(needed)))
    fair = free / len(needed)
    spare = sum(max(0.0, fair - one) for one in needed)
    lacking = sum(max(0.0, one - fair) for one in needed)
    for quote, one in zip(page.quotes, needed, strict=True):
        given = one if share == 1.0 or one <= fair else fair + spare * (one - fair) / lacking
        signed = height(sheet, _signed(quote), wide, _WHO)
        sheet.fill(QRectF(room.x(), y, 6, given), PLUM, 3)
        words = QRectF(room.x() + _QUOTE_EDGE, y, wide, given - signed - 4)
        taken = sheet.text(quote.text, words, set_face(33, INK, 8))
        who = QRectF(room.x() + _QUOTE_EDGE, y + taken + 4, wide, signed)
        sheet.text(_signed(quote), who, _WHO)
        y += given + gap


def _table(sheet: Sheet, table: SheetTable, room: QRectF) -> None:
    y = room.y() + _heading(sheet, table.title, room) + 4
    high = (room.bottom() - y) / (1 + len(table.rows))
    first = room.width() * 0.42
    each = (room.width() - first) / max(1, len(table.head) - 1)
    for place, row in enumerate((table.head, *table.rows)):
        for column, cell in enumerate(row):
            x = room.x() + (0 if column == 0 else first + (column - 1) * each)
            wide = (first if column == 0 else each) - 16
            last = column == len(row) - 1
            weight = BOLD if last and column else HALF if place == 0 else _PLAIN
            colour = MUTED if place == 0 else PLUM if last and column else INK
            sheet.text(cell, QRectF(x, y, wide, high), set_face(LEAST_LETTERS, colour, 1, weight))
        y += high
        sheet.fill(QRectF(room.x(), y - 2, room.width(), 1.5), LINE)


_NOTE = set_face(LEAST_LETTERS, INK, 8)
_NOTE_GAP = 40.0


def _columns(notes: Sequence[tuple[str, str]], width: float) -> tuple[float, float]:
    """The widths of the method, and of the cost and the contact beside it."""
    wide = width * 0.62 if len(notes) > 1 else width
    return wide, width - wide


def notes_height(sheet: Sheet, notes: Sequence[tuple[str, str]], width: float) -> float:
    """The height of the notes at the foot of the page."""
    if not notes:
        return 0.0
    wide, narrow = _columns(notes, width)
    first, *others = (
        44 + height(sheet, text, (wide - _NOTE_GAP) if place == 0 else narrow, _note(place))
        for place, (_heading_of, text) in enumerate(notes)
    )
    return 22 + max(first, sum(others) + 10 * len(others))


def _note(place: int) -> Face:
    """The method may be long; what stands beside it is short."""
    return _NOTE if place == 0 else set_face(LEAST_LETTERS, INK, 3)


def draw_notes(sheet: Sheet, notes: Sequence[tuple[str, str]], room: QRectF) -> None:
    """The method, wide, and beside it the cost and the contact."""
    sheet.fill(QRectF(room.x(), room.y(), room.width(), 2), LINE)
    wide, narrow = _columns(notes, room.width())
    top = y = room.y() + 22
    for place, (title, text) in enumerate(notes):
        x, width = room.x(), wide - _NOTE_GAP
        if place:
            x, width = room.x() + wide, narrow
        at = y if place > 1 else top
        at += (
            sheet.text(title, QRectF(x, at, width, 40), set_face(LEAST_LETTERS, PLUM, 1, BOLD)) + 2
        )
        high = height(sheet, text, width, _note(place))
        at += sheet.text(text, QRectF(x, at, width, high), _note(place))
        y = at + 10
