"""The icon of the app and that of its .tchat files, in the formats the systems want.

python packaging/icon.py FOLDER

writes tchat.ico and document.ico (Windows), tchat.icns and document.icns (macOS), and
tchat-<pixels>.png and document-<pixels>.png (Linux), all from two drawings: resources/icon.svg,
which the window shows too, and packaging/document.svg.
"""

from __future__ import annotations

import argparse
import os
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
DRAWINGS = {"tchat": ROOT / "resources" / "icon.svg", "document": ROOT / "packaging/document.svg"}
ICO_SIDES = (16, 24, 32, 48, 64, 128, 256)
PNG_SIDES = (16, 24, 32, 48, 64, 128, 256, 512)
ICNS_SIDES = {
    b"ic07": 128,
    b"ic08": 256,
    b"ic09": 512,
    b"ic10": 1024,
    b"ic11": 32,
    b"ic12": 64,
    b"ic13": 256,
    b"ic14": 512,
}
"""PNG parts of an .icns by their type: from ic10 on for twice the density."""

ICNS_SMALL = {b"ic04": 16, b"ic05": 32}
"""The two that macOS does not read as PNG."""

ICNS_SHARE = 0.86
"""How much of the square a drawing takes on macOS, whose own icons leave a border."""


def drawn(drawing: Path, side: int, share: float = 1.0) -> QImage:
    """A drawing as a picture of `side` pixels, in the middle of a `share` of it."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    border = side * (1 - share) / 2
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(
        painter, QRectF(border, border, side - 2 * border, side - 2 * border)
    )
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """The picture as a PNG file."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(held.data())


def ico(drawing: Path) -> bytes:
    """A Windows icon: its largest picture a PNG, the others bitmaps, which all tools read."""
    parts = [(side, drawn(drawing, side)) for side in ICO_SIDES]
    bodies = [png(image) if side == 256 else _bitmap(image) for side, image in parts]
    head = struct.pack("<HHH", 0, 1, len(parts))
    offset = len(head) + 16 * len(parts)
    for (side, _), body in zip(parts, bodies, strict=True):
        # A side of 256 is written 0.
        head += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(body), offset)
        offset += len(body)
    return head + b"".join(bodies)


def icns(drawing: Path) -> bytes:
    """A macOS icon."""
    parts = [(kind, _argb(drawn(drawing, side, ICNS_SHARE))) for kind, side in ICNS_SMALL.items()]
    parts += [(kind, png(drawn(drawing, side, ICNS_SHARE))) for kind, side in ICNS_SIDES.items()]
    body = b"".join(struct.pack(">4sI", kind, 8 + len(part)) + part for kind, part in parts)
    return struct.pack(">4sI", b"icns", 8 + len(body)) + body


def _bitmap(image: QImage) -> bytes:
    """Pixels from the last line up, and a mask that leaves all to their alpha."""
    side = image.width()
    down = bytes(image.constBits())
    pixels = b"".join(down[4 * side * y :][: 4 * side] for y in reversed(range(side)))
    mask = bytes((side + 31) // 32 * 4 * side)
    head = struct.pack("<IiiHHII16x", 40, side, 2 * side, 1, 32, 0, len(pixels) + len(mask))
    return head + pixels + mask


def _argb(image: QImage) -> bytes:
    """Alpha, red, green and blue one after the other, in runs of up to 128 bytes as they are."""
    pixels = bytes(image.constBits())
    packed = b"ARGB"
    for channel in (3, 2, 1, 0):
        values = pixels[channel::4]
        for start in range(0, len(values), 128):
            run = values[start : start + 128]
            packed += bytes([len(run) - 1]) + run
    return packed


def write(folder: Path) -> list[Path]:
    """Write every file into a folder, which is made; returns them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _qt = QGuiApplication.instance() or QGuiApplication(["icon"])
    folder.mkdir(parents=True, exist_ok=True)
    contents = {}
    for name, drawing in DRAWINGS.items():
        contents[f"{name}.ico"] = ico(drawing)
        contents[f"{name}.icns"] = icns(drawing)
        for side in PNG_SIDES:
            contents[f"{name}-{side}.png"] = png(drawn(drawing, side))
    for file, content in contents.items():
        (folder / file).write_bytes(content)
    return [folder / file for file in contents]


def main() -> int:
    """Write them and say so."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    for path in write(parser.parse_args().folder):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
