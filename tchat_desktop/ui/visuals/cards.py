"""The pictures shared after the chat, on the grounds of those that announced it: a post, the
figures, our thanks. Slow (some tens of milliseconds): called off the GUI thread."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QImage, QPainter

from tchat_desktop.domain.chat import Design
from tchat_desktop.domain.picture_cards import CardKind, PictureCard, cut_to_fit
from tchat_desktop.domain.visuals import SIZES, Shape
from tchat_desktop.ui.visuals.designs import GROUNDS, Ground
from tchat_desktop.ui.visuals.sheet import Face, Sheet, fits, fitted

CARD_SHAPES = (Shape.WIDE, Shape.SQUARE)
"""The shapes the pictures have."""

_BOLD = QFont.Weight.Bold
_HALF = QFont.Weight.DemiBold
_LETTERS = {Shape.WIDE: (11.0, 4.0), Shape.SQUARE: (10.0, 3.0)}
"""The largest and the least letters of a post, in hundredths of the shorter side."""
_LONG_WORD = re.compile(r"\S{24,}")
_SIGN = re.compile(r"(?<!\w)(?=[#@][A-Za-z])")
_BREAKS = re.compile(r"(.{18}|[/?&=_.-](?=\w))")


def card_picture(
    card: PictureCard, shape: Shape, design: Design, colour: str, logo: QImage, width: int = 0
) -> QImage:
    """The picture in one of CARD_SHAPES, in its full size or `width` pixels wide.

    A null `logo` is none.
    """
    full, high = SIZES[shape]
    scale = width / full if width else 1.0
    image = QImage(round(full * scale), round(high * scale), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    try:
        painter.scale(scale, scale)
        compose_card(Sheet(painter, full, high, card.right_to_left), card, shape, design, colour,
                     logo)  # fmt: skip
    finally:
        painter.end()
    return image


def compose_card(
    sheet: Sheet, card: PictureCard, shape: Shape, design: Design, colour: str, logo: QImage
) -> None:
    """Draw a whole picture."""
    ground = GROUNDS[design](sheet, colour)
    unit = min(sheet.width, sheet.height) / 100
    inside = ground.inside
    top = _head(sheet, ground, card, logo, unit)
    foot = _foot(sheet, ground, card, unit)
    room = QRectF(inside.x(), top, inside.width(), max(unit, foot - top))
    if card.kind is CardKind.QUOTE:
        _quote(sheet, ground, card, room, unit, _LETTERS[shape])
    elif card.kind is CardKind.FIGURES:
        _figures(sheet, ground, card, room, unit, across=shape is Shape.WIDE)
    else:
        _thanks(sheet, ground, card, room, unit)


def _head(sheet: Sheet, ground: Ground, card: PictureCard, logo: QImage, unit: float) -> float:
    """Who made it and of which chat it is; returns where the rest begins."""
    inside = ground.inside
    width, y = inside.width(), inside.y()
    least = y
    if not logo.isNull():
        box = QRectF(inside.right() - 22 * unit, y, 22 * unit, 13 * unit)
        sheet.picture(logo, box, "#ffffff")
        width -= 25 * unit
        least = box.bottom()
    for text, face in (
        (card.banner, Face(3.6 * unit, 2.6 * unit, ground.title, _BOLD, 1)),
        (card.organisation, Face(3.6 * unit, 2.6 * unit, ground.text, _BOLD, 1)),
        (card.kicker, Face(3.2 * unit, 2.6 * unit, ground.quiet, lines=2)),
    ):
        taken = sheet.text(text, QRectF(inside.x(), y, width, 12 * unit), face)
        y += taken + (0.6 * unit if taken else 0)
    return max(y, least) + 2.4 * unit


def _foot(sheet: Sheet, ground: Ground, card: PictureCard, unit: float) -> float:
    """Who wrote the post, and the tag; returns where the room above ends."""
    inside = ground.inside
    y = inside.bottom()
    if card.tag:
        face = Face(3.8 * unit, 2.4 * unit, ground.on_chip, _BOLD, 1)
        high = sheet.height_of("#", inside.width(), face, is_pill=True)
        y -= high
        sheet.pill(card.tag, QRectF(inside.x(), y, inside.width(), high), face, ground.chip)
        y -= 2.2 * unit
    if not card.name:
        return y
    name = Face(4.2 * unit, 2.8 * unit, ground.text, _BOLD, 1)
    detail = Face(3.2 * unit, 2.4 * unit, ground.quiet, lines=1)
    high = sheet.line_height(name.most) + (sheet.line_height(detail.most) if card.detail else 0)
    y -= high
    taken = sheet.text(card.name, QRectF(inside.x(), y, inside.width(), high), name)
    sheet.text(card.detail, QRectF(inside.x(), y + taken, inside.width(), high - taken), detail)
    return y - 2 * unit


def _quote(
    sheet: Sheet,
    ground: Ground,
    card: PictureCard,
    room: QRectF,
    unit: float,
    letters: tuple[float, float],
) -> None:
    """The words of the post as large as they fit; cut where they do not, with where they go on."""
    most, least = (size * unit for size in letters)
    face = Face(most, least, ground.title, _HALF, 60)
    text = _breakable(card.text)
    if not fits(text, room.size(), face):
        room = QRectF(room)
        if card.read_on:
            under = Face(3 * unit, 2.2 * unit, ground.quiet, lines=1)
            room.setHeight(room.height() - sheet.line_height(under.most) - unit)
            at = QRectF(room.x(), room.bottom() + unit, room.width(), 4 * unit)
            sheet.text(card.read_on, at, under)
        text = cut_to_fit(text, lambda cut: fits(cut, room.size(), face))
    _in_the_middle(sheet, text, room, face)


def _figures(
    sheet: Sheet, ground: Ground, card: PictureCard, room: QRectF, unit: float, *, across: bool
) -> None:
    """The figures beside one another, or one below the other, all of one size."""
    title = Face(6 * unit, 3.6 * unit, ground.title, _BOLD, 2)
    y = room.y() + sheet.text(card.heading, room, title) + 3 * unit
    left = QRectF(room.x(), y, room.width(), max(unit, room.bottom() - y))
    count = len(card.facts)
    places = [
        QRectF(left.x() + left.width() / count * at, y, left.width() / count - 3 * unit, 17 * unit)
        if across
        else QRectF(left.x(), y + left.height() / count * at, 27 * unit, left.height() / count)
        for at in range(count)
    ]
    most = 15 * unit
    size = min(
        fitted(number, place.size(), Face(most, 4 * unit, "", _BOLD, 1))[0]
        for (number, _label), place in zip(card.facts, places, strict=True)
    )
    big = Face(size, size, ground.title, _BOLD, 1)
    words = Face(4 * unit, 2.8 * unit, ground.text, lines=4)
    for (number, label), place in zip(card.facts, places, strict=True):
        taken = sheet.text(number, place, big)
        if across:
            at = QRectF(place.x(), place.y() + taken, place.width(), left.bottom() - y - taken)
        else:
            # Beside the number, in the middle of its height.
            high = min(taken, sheet.height_of(label, room.width() - 30 * unit, words,
                                              is_pill=False))  # fmt: skip
            at = QRectF(room.x() + 30 * unit, place.y() + (taken - high) / 2,
                        room.width() - 30 * unit, place.height())  # fmt: skip
        sheet.text(label, at, words)


def _thanks(sheet: Sheet, ground: Ground, card: PictureCard, room: QRectF, unit: float) -> None:
    """The word of thanks, large, and to whom."""
    title = Face(15 * unit, 6 * unit, ground.title, _BOLD, 2)
    y = room.y() + sheet.text(card.heading, room, title) + 1.5 * unit
    left = QRectF(room.x(), y, room.width(), max(unit, room.bottom() - y))
    sheet.text(card.text, left, Face(5 * unit, 2.8 * unit, ground.text, lines=9))


def _in_the_middle(sheet: Sheet, text: str, room: QRectF, face: Face) -> None:
    """Draw a text with as much room above it as below."""
    size, rows = fitted(text, room.size(), face)
    high = len(rows) * sheet.line_height(size)
    at = room.adjusted(0, max(0.0, (room.height() - high) / 2), 0, 0)
    turned = "\n".join(_turned(row, right_to_left=sheet.mirrored) for row in rows)
    # As large as was found: a text that is given more room would be set larger.
    sheet.text(turned, at, replace(face, most=size, least=size))


def _turned(row: str, *, right_to_left: bool) -> str:
    """A line that goes as its text does, though it begins with a word that goes the other way."""
    mark, kinds = ("\u200f", ("R", "AL")) if right_to_left else ("\u200e", ("L",))
    goes = any(unicodedata.bidirectional(letter) in kinds for letter in row)
    return mark + row if goes else row


def _breakable(text: str) -> str:
    """The text, whose long words may go on in the next line, and each # and @ is at its letters."""
    told = _LONG_WORD.sub(lambda word: _BREAKS.sub("\\1\u200b", word[0]), text)
    return _SIGN.sub("\u200e", told)
