"""Pictures of accounts, decoded from bytes that are not to be trusted."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader

_KINDS = (b"png", b"jpeg", b"gif", b"webp")
LONGEST_SIDE = 1024
"""The greatest side, in pixels: a file of a few bytes may claim a picture of gigabytes."""


def portrait(content: bytes) -> QImage:
    """Return the picture in some bytes, whatever their type is said to be.

    Raises ValueError when there is no picture in them.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    kind, size = bytes(reader.format().data()), reader.size()
    if kind not in _KINDS or not size.isValid():
        raise ValueError("not a picture")
    if max(size.width(), size.height()) > LONGEST_SIDE:
        raise ValueError("too large a picture")
    image = reader.read()
    if image.isNull():
        raise ValueError("a damaged picture")
    return image
