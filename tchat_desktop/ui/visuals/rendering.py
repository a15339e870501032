"""Pictures and posters made from what they say. Slow (some tens of milliseconds): called off the
GUI thread, but for nothing that is shown while typing."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter

from tchat_desktop.domain.chat import Design
from tchat_desktop.domain.visuals import SIZES, Shape, Visual, of_shape
from tchat_desktop.ui.visuals.composing import compose
from tchat_desktop.ui.visuals.paper import a4_writer
from tchat_desktop.ui.visuals.questions import HEIGHTS, compose_questions
from tchat_desktop.ui.visuals.sheet import Sheet

_DOTS = 150
"""Dots an inch of the poster: its code and texts are lines, sharp at any size."""


def picture(
    visual: Visual,
    shape: Shape,
    design: Design,
    colour: str,
    logo: QImage,
    more: str = "",
    width: int = 0,
) -> QImage:
    """The picture in a shape, in its full size or `width` pixels wide."""
    visual = of_shape(visual, shape)
    full, least = SIZES[shape]
    scale = width / full if width else 1.0
    # The questions are given more room before any of them is cut.
    for high in HEIGHTS if visual.questions else (least,):
        image = QImage(round(full * scale), round(high * scale), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        try:
            painter.scale(scale, scale)
            sheet = Sheet(painter, full, high, visual.right_to_left)
            if visual.questions:
                whole = compose_questions(sheet, visual, design, colour, logo)
            else:
                compose(sheet, visual, design, colour, logo, more)
                whole = True
        finally:
            painter.end()
        if whole:
            break
    return image


def png(image: QImage) -> bytes:
    """The picture as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def poster(visual: Visual, design: Design, colour: str, logo: QImage, more: str = "") -> bytes:
    """The sheet of A4 as the bytes of a PDF file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = a4_writer(buffer, visual.title)
    writer.setResolution(_DOTS)
    full, high = SIZES[Shape.POSTER]
    painter = QPainter(writer)
    try:
        compose(
            Sheet(painter, full, high, visual.right_to_left), visual, design, colour, logo, more
        )
    finally:
        painter.end()
    return bytes(buffer.data().data())
