"""What the designs draw with: texts that fit their place, a code to scan, a picture in a box.

All lengths are pixels of the picture. Texts are measured with the fonts of the computer, so a
place is given and the size of the letters is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QTextLayout, QTextOption

from tchat_desktop.domain.visuals import INK, WHITE, is_right_to_left

_LEADING = 1.18
"""The height of a line, in sizes of its letters."""
_STEP = 0.94
"""What the size of letters is multiplied by until a text fits."""
_ENDLESS = 1e6
_QUIET = 4
"""Light modules round a code (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Face:
    """How a text is set: the largest and the least size of its letters, and how bold."""

    most: float
    least: float
    colour: str
    weight: QFont.Weight = QFont.Weight.Normal
    lines: int = 4
    """The most lines; what does not fit at the least size ends in "…"."""


class Sheet:
    """A painter of one picture; `mirrored` puts what stands left to the right, as Arabic asks."""

    def __init__(self, painter: QPainter, width: float, height: float, mirrored: bool) -> None:
        self.painter = painter
        self.width, self.height = width, height
        self.mirrored = mirrored
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )

    def place(self, where: QRectF) -> QRectF:
        """Where a place really is: the same, or its mirror image."""
        if not self.mirrored:
            return where
        return QRectF(self.width - where.right(), where.y(), where.width(), where.height())

    def fill(self, where: QRectF, colour: str, radius: float = 0) -> None:
        """Fill a place with a colour."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(colour))
        self.painter.drawRoundedRect(self.place(where), radius, radius)

    def disc(self, centre: QPointF, radius: float, colour: str) -> None:
        """Draw a disc."""
        at = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(colour))
        self.painter.drawEllipse(self.place(at))

    def height_of(self, text: str, width: float, face: Face, *, is_pill: bool) -> float:
        """The height a text takes; without end when it has more lines than its face allows."""
        pad = _pad(face) if is_pill else 0.0
        size, rows = fitted(text, QSizeF(width - 2 * pad, _ENDLESS), face)
        whole = _rows(text, size, width - 2 * pad, face.weight)
        if len(whole) > face.lines:
            return _ENDLESS
        return len(rows) * size * _LEADING + 0.7 * pad

    def width_of(self, text: str, face: Face) -> float:
        """The width a text takes on one line in its largest letters."""
        return _width(text, face.most, face.weight)

    def line_height(self, size: float) -> float:
        """The height of a line of letters of that size."""
        return size * _LEADING

    def text(self, text: str, where: QRectF, face: Face) -> float:
        """Draw a text from the top of a place, as large as it fits; returns the height it takes."""
        if not text.strip():
            return 0.0
        size, rows = fitted(text, where.size(), face)
        place = self.place(where)
        self.painter.setPen(QColor(face.colour))
        y = place.y()
        for row in rows:
            layout = _layout(row, size, face.weight, self.mirrored)
            _lay(layout, max(place.width(), _width(row, size, face.weight) + 1))
            layout.draw(self.painter, QPointF(place.x(), y))
            y += size * _LEADING
        return y - place.y()

    def pill(self, text: str, where: QRectF, face: Face, ground: str) -> float:
        """Draw a text on a round ground as wide as itself; returns the height it takes."""
        pad = _pad(face)
        inner = QSizeF(where.width() - 2 * pad, where.height())
        size, rows = fitted(text, inner, face)
        wide = max(_width(row, size, face.weight) for row in rows) + 2 * pad
        high = size * _LEADING + 0.7 * pad
        self.fill(QRectF(where.x(), where.y(), wide, high), ground, high / 2)
        text_at = QRectF(where.x() + pad, where.y() + (high - size * _LEADING) / 2, wide, high)
        text_at.setWidth(wide - 2 * pad + 1)
        self.text(rows[0], text_at, Face(size, size, face.colour, face.weight, 1))
        return high

    def code(self, content: str, where: QRectF) -> None:
        """Draw a QR code: dark on white, with its quiet margin, whatever the design."""
        import segno

        self.fill(where, WHITE, where.width() * 0.06)
        matrix = segno.make(content, micro=False, error="m").matrix
        modules = len(matrix)
        # Whole pixels, so that no module is blurred.
        side = max(1, int(where.width() // (modules + 2 * _QUIET)))
        left = where.x() + (where.width() - side * modules) / 2
        place = self.place(QRectF(left, 0, side * modules, 1))
        top = where.y() + (where.height() - side * modules) / 2
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for y, row in enumerate(matrix):
            for x, dark in enumerate(row):
                if dark:
                    at = QRectF(round(place.x()) + x * side, round(top) + y * side, side, side)
                    self.painter.fillRect(at, QColor(INK))
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def picture(self, image: QImage, where: QRectF, ground: str = "") -> None:
        """Draw a picture whole in the middle of a place, on a ground of its own if one is given."""
        if image.isNull():
            return
        if ground:
            self.fill(where, ground, where.height() * 0.16)
            pad = where.height() * 0.12
            where = where.adjusted(pad, pad, -pad, -pad)
        size = QSizeF(image.size()).scaled(where.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = self.place(where)
        at = QRectF(QPointF(), size)
        at.moveCenter(place.center())
        self.painter.drawImage(at, image)


def _pad(face: Face) -> float:
    """The room beside a text on a round ground."""
    return face.most * 0.55


def fitted(text: str, room: QSizeF, face: Face) -> tuple[float, Sequence[str]]:
    """The size of letters at which a text fits its room, and its lines."""
    size = face.most
    while True:
        rows = _rows(text, size, room.width(), face.weight)
        if _is_whole(rows, size, room, face):
            return size, _balanced(text, size, room.width(), face.weight, len(rows))
        if size <= face.least:
            break
        size = max(face.least, size * _STEP)
    most = max(1, min(face.lines, int((room.height() + 1) // (size * _LEADING))))
    kept = list(rows[:most])
    if len(rows) > most or _width(kept[-1], size, face.weight) > room.width() + 1:
        kept[-1] = _elided(kept[-1], size, room.width(), face.weight)
    return size, kept


def fits(text: str, room: QSizeF, face: Face) -> bool:
    """Whether a text is whole in its room with the least letters of its face."""
    return _is_whole(_rows(text, face.least, room.width(), face.weight), face.least, room, face)


def _is_whole(rows: Sequence[str], size: float, room: QSizeF, face: Face) -> bool:
    if len(rows) > face.lines or len(rows) * size * _LEADING > room.height() + 1:
        return False
    return all(_width(row, size, face.weight) <= room.width() + 1 for row in rows)


def _balanced(
    text: str, size: float, width: float, weight: QFont.Weight, count: int
) -> tuple[str, ...]:
    """The text on so many lines, about as long as one another: no word stands alone on the last."""
    best = _rows(text, size, width, weight)
    if count == 1 or "\n" in text:
        return best
    for twentieths in range(19, 9, -1):
        narrower = width * twentieths / 20
        rows = _rows(text, size, narrower, weight)
        if len(rows) > count or any(_width(row, size, weight) > narrower + 1 for row in rows):
            break
        best = rows
    return best


def _elided(row: str, size: float, width: float, weight: QFont.Weight) -> str:
    words = row.rstrip()
    while words and _width(f"{words}…", size, weight) > width:
        words = words[:-1].rstrip()
    return f"{words}…"


@lru_cache(maxsize=2000)
def _rows(text: str, size: float, width: float, weight: QFont.Weight) -> tuple[str, ...]:
    rows = []
    for paragraph in text.split("\n"):
        layout = _layout(paragraph, size, weight)
        for start, length in _lay(layout, width):
            # Qt counts in UTF-16.
            units = paragraph.encode("utf-16-le")[2 * start : 2 * (start + length)]
            rows.append(units.decode("utf-16-le", "replace").strip())
    return tuple(rows)


@lru_cache(maxsize=4000)
def _width(row: str, size: float, weight: QFont.Weight) -> float:
    layout = _layout(row, size, weight)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(_ENDLESS)
    layout.endLayout()
    return line.naturalTextWidth()


def _layout(text: str, size: float, weight: QFont.Weight, mirrored: bool = False) -> QTextLayout:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(max(1, round(size)))
    font.setWeight(weight)
    # A name on X that is copied out of a PDF has to be the same letters.
    font.setFeature(QFont.Tag("liga"), 0)
    layout = QTextLayout(text, font)
    option = QTextOption()
    # A line goes as its own letters do; at which side it begins is the picture's.
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if is_right_to_left(text) else Qt.LayoutDirection.LeftToRight
    )
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    return layout


def _lay(layout: QTextLayout, width: float) -> list[tuple[int, int]]:
    """Lay the lines out; returns the start and length of each."""
    found = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, 0))
        found.append((line.textStart(), line.textLength()))
    layout.endLayout()
    return found
