"""The picture that shares all the questions in advance: as many as there are, still readable.

The picture becomes higher before the letters become too small for a telephone, and questions that
are longer still end in "…": the description of the picture has them whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QImage

from tchat_desktop.domain.chat import Design
from tchat_desktop.domain.visuals import Visual
from tchat_desktop.ui.visuals.designs import GROUNDS, Ground
from tchat_desktop.ui.visuals.sheet import Face, Sheet

HEIGHTS = (1350, 1620, 1920)
"""Pixels, of which the first that has room is taken."""

_LARGEST, _SMALLEST = 44, 24
"""Pixels of the letters of a question; the least is as large as small print on a telephone."""
_MOST_LINES = 6
_NUMBER = 2.3
"""The room for "Q10", in sizes of its letters."""
_BOLD = QFont.Weight.Bold
_HALF = QFont.Weight.DemiBold


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the questions are set: the size of their letters, and the most lines of each."""

    size: float
    lines: int = _MOST_LINES
    apart: float = 0.45
    """The room between two questions, in sizes of the letters."""

    def face(self, colour: str, weight: QFont.Weight = QFont.Weight.Normal) -> Face:
        return Face(self.size, self.size, colour, weight, self.lines)

    @property
    def gap(self) -> float:
        """The room between two questions."""
        return self.size * self.apart

    @property
    def indent(self) -> float:
        """Where the text of a question begins, beside its number."""
        return self.size * _NUMBER


_SETTINGS = tuple(_Setting(float(size)) for size in range(_LARGEST, _SMALLEST - 1, -1))


def compose_questions(
    sheet: Sheet, visual: Visual, design: Design, colour: str, logo: QImage
) -> bool:
    """Draw the whole picture; returns whether every question is on it to its last word."""
    ground = GROUNDS[design](sheet, colour)
    inside, unit = ground.inside, sheet.width / 100
    y = _head(sheet, ground, visual, logo, unit)
    side = 18 * unit
    foot = QRectF(inside.x(), inside.bottom() - side, inside.width(), side)
    _foot(sheet, ground, visual, foot, unit)
    room = QRectF(inside.x(), y, inside.width(), foot.y() - 3 * unit - y)
    return _list(sheet, ground, visual.questions, room)


def _head(sheet: Sheet, ground: Ground, visual: Visual, logo: QImage, unit: float) -> float:
    """What the chat is, above; returns where the questions begin."""
    inside = ground.inside
    width = inside.width()
    if not logo.isNull():
        place = QRectF(inside.right() - 19 * unit, inside.y(), 19 * unit, 11 * unit)
        sheet.picture(logo, place, "#ffffff")
        width -= 22 * unit
    when = ", ".join(part for part in (visual.day, visual.hours) if part)
    y = inside.y()
    for text, face, after in (
        (visual.kicker, Face(3.2 * unit, 2.4 * unit, ground.quiet, _HALF, 1), 1.2),
        (visual.title, Face(5.6 * unit, 3.6 * unit, ground.title, _BOLD, 3), 1.6),
        (when, Face(3.4 * unit, 2.5 * unit, ground.text, _HALF, 3), 1.6),
    ):
        taken = sheet.text(text, QRectF(inside.x(), y, width, 26 * unit), face)
        y += taken + (after * unit if taken else 0)
    if visual.tag:
        face = Face(3.8 * unit, 2.4 * unit, ground.on_chip, _BOLD, 1)
        place = QRectF(inside.x(), y, inside.width(), 9 * unit)
        y += sheet.pill(visual.tag, place, face, ground.chip) + 3 * unit
    return y


def _foot(sheet: Sheet, ground: Ground, visual: Visual, foot: QRectF, unit: float) -> None:
    """How to take part and who invites, beside the code."""
    side = foot.height()
    beside = foot
    if visual.link:
        sheet.code(visual.link, QRectF(foot.right() - side, foot.y(), side, side))
        beside = foot.adjusted(0, 0, -side - 4 * unit, 0)
    y = beside.y()
    for text, face in (
        (visual.join, Face(3.6 * unit, 2.5 * unit, ground.text, _HALF, 2)),
        (visual.scan if visual.link else "", Face(3 * unit, 2.4 * unit, ground.quiet, lines=2)),
        (visual.organisation, Face(3.2 * unit, 2.4 * unit, ground.text, _HALF, 2)),
    ):
        left = QRectF(beside.x(), y, beside.width(), max(0.0, beside.bottom() - y))
        taken = sheet.text(text, left, face)
        y += taken + (1.4 * unit if taken else 0)


def _list(sheet: Sheet, ground: Ground, questions: Sequence[tuple[str, str]], room: QRectF) -> bool:
    """Draw the questions as large as they have room; returns whether they are whole."""
    for setting in _SETTINGS:
        if _height(sheet, questions, room.width(), setting) <= room.height():
            _draw(sheet, ground, questions, room, setting)
            return True
    least = replace(_SETTINGS[-1], apart=0.35)
    for lines in range(_MOST_LINES - 1, 0, -1):
        cut = replace(least, lines=lines)
        if _height(sheet, questions, room.width(), cut, cut=True) <= room.height():
            _draw(sheet, ground, questions, room, cut)
            return False
    _draw(sheet, ground, questions, room, replace(least, lines=1))
    return False


def _height(
    sheet: Sheet,
    questions: Sequence[tuple[str, str]],
    width: float,
    setting: _Setting,
    *,
    cut: bool = False,
) -> float:
    """The height of the list; without end when a question has more lines, unless they are `cut`."""
    heights = []
    for _number, text in questions:
        high = sheet.height_of(text, width - setting.indent, setting.face(""), is_pill=False)
        heights.append(min(high, setting.lines * sheet.line_height(setting.size)) if cut else high)
    return sum(heights) + setting.gap * (len(heights) - 1)


def _draw(
    sheet: Sheet,
    ground: Ground,
    questions: Sequence[tuple[str, str]],
    room: QRectF,
    setting: _Setting,
) -> None:
    y = room.y()
    for number, text in questions:
        high = min(room.bottom() - y, setting.lines * sheet.line_height(setting.size))
        if high < setting.size:
            return
        at = QRectF(room.x(), y, setting.indent, high)
        sheet.text(number, at, setting.face(ground.title, _BOLD))
        beside = QRectF(room.x() + setting.indent, y, room.width() - setting.indent, high)
        y += sheet.text(text, beside, setting.face(ground.text)) + setting.gap
