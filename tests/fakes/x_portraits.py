"""Pictures of accounts as X's picture host serves them, made here."""

from __future__ import annotations

import struct
import zlib


def portrait(side: int = 73, colour: tuple[int, int, int] = (75, 46, 131)) -> bytes:
    """A PNG of one colour with a lighter lower half."""
    light = bytes((value + 255) // 2 for value in colour)
    rows = [b"\0" + (bytes(colour) if y < side // 2 else light) * side for y in range(side)]
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, content)
        for kind, content in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(b"".join(rows))),
            (b"IEND", b""),
        )
    )


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few bytes that claims to be a picture of gigabytes."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + body + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum
