"""Where things stand on a picture: one arrangement for the wide shape, one for the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QImage

from tchat_desktop.domain.chat import Design
from tchat_desktop.domain.visuals import Visual
from tchat_desktop.ui.visuals.designs import GROUNDS, Ground
from tchat_desktop.ui.visuals.sheet import Face, Sheet

_BOLD = QFont.Weight.Bold
_HALF = QFont.Weight.DemiBold

_LARGEST, _SMALLEST = 150, 50
"""How much larger or smaller than usual the texts may be, in hundredths."""
_TITLES = (1.0, 0.8, 0.65)
"""How large the title may be beside the other texts, tried in turn."""
_BESIDE = (1.0, 0.92, 0.84, 0.76, 0.7)
"""How large the texts beside the code may be, tried until all of them are whole."""
_NARROWEST = 0.6
"""How much smaller a single text may be than the others, when a word is wider than its room."""


def compose(
    sheet: Sheet, visual: Visual, design: Design, colour: str, logo: QImage, more: str
) -> None:
    """Draw a whole picture. `more` tells how many guests are not named; a null `logo` is none."""
    ground = GROUNDS[design](sheet, colour)
    if sheet.width > 1.4 * sheet.height:
        _wide(sheet, ground, visual, logo, more)
    else:
        _tall(sheet, ground, visual, logo, more)


def _wide(sheet: Sheet, ground: Ground, visual: Visual, logo: QImage, more: str) -> None:
    unit = sheet.height / 100
    inside = ground.inside
    side = 25 * unit if visual.link or not logo.isNull() else 0
    gap = 6 * unit if side else 0
    column = QRectF(inside.x(), inside.y(), inside.width() - side - gap, inside.height())
    right = QRectF(inside.right() - side, inside.y(), side, inside.height())
    if not logo.isNull():
        sheet.picture(logo, QRectF(right.x(), right.y(), side, 17 * unit), "#ffffff")
    if visual.link:
        words = 8.2 * unit
        code = QRectF(right.x(), right.bottom() - side - words, side, side)
        sheet.code(visual.link, code)
        under = QRectF(right.x(), code.bottom() + 1.4 * unit, side, words - 1.4 * unit)
        sheet.text(visual.scan, under, Face(3.4 * unit, 2.4 * unit, ground.quiet, lines=2))
    foot = _foot(sheet, ground, visual, column, unit)
    _texts(sheet, ground, visual, more, column.adjusted(0, 0, 0, -foot - 2 * unit), unit)


def _tall(sheet: Sheet, ground: Ground, visual: Visual, logo: QImage, more: str) -> None:
    unit = sheet.width / 100
    inside = QRectF(ground.inside)
    if sheet.height > 1.6 * sheet.width:
        # The network writes its own things over the edges of a status.
        inside.adjust(0, 9 * unit, 0, -9 * unit)
    if not logo.isNull():
        sheet.picture(
            logo, QRectF(inside.right() - 21 * unit, inside.y(), 21 * unit, 13 * unit), "#ffffff"
        )
    side = 23 * unit if sheet.height < 1.2 * sheet.width else 29 * unit
    foot = QRectF(inside.x(), inside.bottom() - side, inside.width(), side)
    if visual.link:
        sheet.code(visual.link, QRectF(foot.right() - side, foot.y(), side, side))
        beside = foot.adjusted(0, 0, -side - 4 * unit, 0)
    else:
        beside = foot
    _beside_code(sheet, ground, visual, beside, unit)
    texts = inside.adjusted(0, 0, 0, -side - 4 * unit)
    _texts(sheet, ground, visual, more, texts, 1.15 * unit, 0 if logo.isNull() else 24 * unit)


def _beside_code(sheet: Sheet, ground: Ground, visual: Visual, room: QRectF, unit: float) -> None:
    """How to take part, what the code leads to, and who invites, down to the foot."""
    scan = visual.scan if visual.link else ""
    for by in _BESIDE:
        size = unit * by
        parts = (
            (visual.join, Face(4.4 * size, 2.8 * size, ground.text, _HALF, 3)),
            (scan, Face(3.6 * size, 2.6 * size, ground.quiet, lines=2)),
            (visual.organisation, Face(3.8 * size, 2.6 * size, ground.text, _HALF, 2)),
        )
        there = [part for part in parts if part[0]]
        high = sum(sheet.height_of(text, room.width(), face, is_pill=False) for text, face in there)
        if high + 1.8 * unit * max(0, len(there) - 1) <= room.height():
            break
    y = room.y()
    for text, face in parts:
        left = QRectF(room.x(), y, room.width(), max(0.0, room.bottom() - y))
        taken = sheet.text(text, left, face)
        y += taken + (1.8 * unit if taken else 0)


def _foot(sheet: Sheet, ground: Ground, visual: Visual, column: QRectF, unit: float) -> float:
    """How to take part and who invites, at the foot of the wide shape; returns their height."""
    lines = [
        (visual.join, Face(4.2 * unit, 3 * unit, ground.text, _HALF, 1)),
        (visual.organisation, Face(3.6 * unit, 2.8 * unit, ground.quiet, lines=1)),
    ]
    there = [(text, face) for text, face in lines if text]
    high = sum(face.most * 1.45 for _text, face in there)
    y = column.bottom() - high + 0.25 * 3.6 * unit
    for text, face in there:
        sheet.text(text, QRectF(column.x(), y, column.width(), face.most * 1.25), face)
        y += face.most * 1.45
    return high


@dataclass(frozen=True, slots=True)
class _Part:
    """A text of the arrangement; `chip` is the ground of one that has its own."""

    text: str
    face: Face
    after: float
    """The space below it."""
    less: float = 0
    """What it leaves free at its side."""
    chip: str = ""

    def scaled(self, by: float) -> _Part:
        face = replace(self.face, most=self.face.most * by, least=self.face.most * by * _NARROWEST)
        return replace(self, face=face, after=self.after * by)


def _texts(
    sheet: Sheet,
    ground: Ground,
    visual: Visual,
    more: str,
    room: QRectF,
    unit: float,
    beside_logo: float = 0,
) -> None:
    """What is said, all of it larger or smaller together until it fills its room."""
    guests = [f"{name}, {bio}" if bio else name for name, bio in visual.guests]
    names = [name for name, _bio in visual.guests]
    if more:
        guests.append(more)
        names.append(more)
    # A long title makes room for the day before a guest is left out.
    for who, title in ((who, title) for who in (guests, names, []) for title in _TITLES):
        parts = _parts(ground, visual, who, unit, beside_logo, title)
        for hundredths in range(_LARGEST, _SMALLEST - 1, -5):
            scaled = [part.scaled(hundredths / 100) for part in parts]
            if _height(sheet, scaled, room) <= room.height():
                _draw(sheet, scaled, room)
                return
    _draw(sheet, [part.scaled(_SMALLEST / 100) for part in parts], room)


def _parts(
    ground: Ground,
    visual: Visual,
    guests: Sequence[str],
    unit: float,
    beside_logo: float,
    title: float,
) -> list[_Part]:
    """The texts, each at its usual size; `title` is how large the title is beside the others."""
    when = "\n".join(part for part in (visual.day, visual.hours) if part)

    def face(size: float, colour: str, weight: QFont.Weight, lines: int) -> Face:
        return Face(size * unit, size * unit, colour, weight, lines)

    parts = (
        _Part(visual.kicker, face(3.6, ground.quiet, _HALF, 1), 1.8 * unit, beside_logo),
        _Part(visual.title, face(8.6 * title, ground.title, _BOLD, 5), 2.6 * unit, beside_logo),
        _Part(visual.tag, face(4.8, ground.on_chip, _BOLD, 1), 3 * unit, chip=ground.chip),
        _Part(when, face(4.6, ground.text, _HALF, 6), 2.2 * unit),
        _Part("\n".join(guests), face(3.9, ground.text, QFont.Weight.Normal, 10), 0),
    )
    return [part for part in parts if part.text]


def _height(sheet: Sheet, parts: Sequence[_Part], room: QRectF) -> float:
    """The height the parts take together; without end when one has more lines than it may."""
    taken = 0.0
    for part in parts:
        width = room.width() - part.less
        high = sheet.height_of(part.text, width, part.face, is_pill=bool(part.chip))
        taken += high + part.after
    return taken - parts[-1].after if parts else 0.0


def _draw(sheet: Sheet, parts: Sequence[_Part], room: QRectF) -> None:
    y = room.y()
    for part in parts:
        at = QRectF(room.x(), y, room.width() - part.less, max(0.0, room.bottom() - y))
        if part.chip:
            y += sheet.pill(part.text, at, part.face, part.chip)
        else:
            y += sheet.text(part.text, at, part.face)
        y += part.after
