"""Picture files as they come from cameras, drawing programs and bad luck."""

from __future__ import annotations

import base64
import os
import struct
import zlib
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage


def noise(width: int, height: int, transparent: bool = False) -> QImage:
    """What no format makes small, as a photo of a crowd."""
    shape = QImage.Format.Format_ARGB32 if transparent else QImage.Format.Format_RGB32
    return QImage(os.urandom(width * height * 4), width, height, width * 4, shape).copy()


def flat(width: int = 400, height: int = 300, colour: str = "#4b2e83") -> QImage:
    """A poster of one colour."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    return image


def encoded(image: QImage, form: str, quality: int = -1) -> bytes:
    """A picture as a file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, form, quality)
    return bytes(data.data())


def decoded(content: bytes) -> QImage:
    """The picture of a file."""
    image = QImage()
    assert image.loadFromData(content)
    return image


GPS = b"GPS:14.6937N,17.4441W"
"""Where the canary photo was taken: a school in Dakar."""


def with_exif(jpeg: bytes, orientation: int) -> bytes:
    """The JPEG with what a telephone adds: which side is up, when it was taken, and where."""
    taken = b"2026:11:20 08:15:00\0"
    entries = 3
    data_at = 8 + 2 + entries * 12 + 4
    tiff = b"MM\0\x2a" + struct.pack(">I", 8) + struct.pack(">H", entries)
    tiff += struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff += struct.pack(">HHII", 0x0132, 2, len(taken), data_at)
    tiff += struct.pack(">HHII", 0x010E, 2, len(GPS) + 1, data_at + len(taken))
    tiff += struct.pack(">I", 0) + taken + GPS + b"\0"
    body = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def gif(frames: int, padding: int = 0) -> bytes:
    """A GIF of one white point that does not change, `padding` bytes heavier."""
    comment = b"".join(b"\x21\xfe\xff" + b"x" * 255 + b"\0" for _ in range(-(-padding // 259)))
    frame = b"\x21\xf9\x04\0\x0a\0\0\0" + b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"
    head = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0"
    return head + comment + frame * frames + b";"


MOVING_WEBP = base64.b64decode(
    "UklGRogAAABXRUJQVlA4WAoAAAACAAAAAQAAAQAAQU5JTQYAAAAAAAAAAABBTk1GKgAAAAAAAAAAAAEAAAEAAPQBAA"
    "JWUDhMEQAAAC8BQAAAB1CXLnWw/4GI6H8AAEFOTUYqAAAAAAAAAAAAAQAAAQAA9AEAAFZQOEwRAAAALwFAAAAH0P/+"
    "97//gYjofwAA"
)
"""Two images of four points, one after the other."""


def png_bomb(side: int) -> bytes:
    """A small file of that many white pixels a side."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    packer = zlib.compressobj(9)
    line = b"\0" * (1 + -(-side // 8))
    pixels = b"".join(packer.compress(line) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def write(path: Path, content: bytes) -> Path:
    """Write a file; returns its path."""
    path.write_bytes(content)
    return path
