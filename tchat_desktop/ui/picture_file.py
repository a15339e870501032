"""A picture from the person's disk made fit for X: light enough, and without what it gives away.

Everything but animated GIFs is drawn anew, which drops where and when a photo was taken; of those
the notes are taken out. Slow: called off the GUI thread.
"""

from __future__ import annotations

import stat
import struct
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QPainter

from tchat_desktop.domain.x.pictures import LARGEST_PICTURE, kind_of, may_move

LARGEST_FILE = 60_000_000
"""Bytes of a file that is read at all."""
MOST_PIXELS = 220_000_000
"""Those of the finest telephones are 200 million."""
LONG_SIDE = 2048
"""Pixels of the longer side of what is kept: X shows no more."""
THINNEST = 4
"""Pixels of the shorter side: X takes nothing thinner."""
QUALITIES = (85, 75, 60)
"""Of JPEG, tried in this order until it is light enough."""
SHRINK = 0.75
"""What the sides are multiplied by when that does not help."""

_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


_GIF_IMAGE, _GIF_EXTENSION, _GIF_END = b"\x2c\x21\x3b"
_GIF_NOTES = (b"\x21\xfe", b"\x21\xff")
"""Comments, and what one program notes for itself."""
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""The notes that say how often it is played."""


class PictureProblem(Enum):
    """Why a file cannot be shown with a post."""

    NOT_A_PICTURE = auto()
    HEIC = auto()
    DAMAGED = auto()
    EMPTY = auto()
    NOT_READ = auto()
    GONE = auto()
    TOO_MANY_PIXELS = auto()
    TOO_HEAVY = auto()
    ANIMATION_TOO_HEAVY = auto()
    ANIMATION_TOO_LARGE = auto()


class PictureRefused(Exception):
    """The file cannot be used; nothing was changed. `size` is its bytes where that matters."""

    def __init__(self, problem: PictureProblem, size: int = 0) -> None:
        super().__init__(problem.name)
        self.problem = problem
        self.size = size


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture X takes."""

    content: bytes
    kind: str
    """Its media type."""
    file_size: int
    """Bytes of the file it was made from."""
    was_moving: bool = False
    """Whether it is but the first image of an animation that X does not take."""

    @property
    def was_too_heavy(self) -> bool:
        """Whether X would not have taken the file itself."""
        return self.file_size > LARGEST_PICTURE


def prepare_picture(path: Path) -> PreparedPicture:
    """Read a file and make a picture of it that X takes. Raises PictureRefused."""
    content = _read(path)
    kind = kind_of(content)
    if not kind:
        is_heic = content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS
        raise PictureRefused(PictureProblem.HEIC if is_heic else PictureProblem.NOT_A_PICTURE)
    if not _is_whole(content, kind):
        raise PictureRefused(PictureProblem.DAMAGED)
    image, frames = _decoded(content, LONG_SIDE)
    if frames > 1 and kind == "image/gif":
        if len(content) > LARGEST_PICTURE:
            raise PictureRefused(PictureProblem.ANIMATION_TOO_HEAVY, len(content))
        # X reads the size of the whole in the header of the file.
        width, height = struct.unpack_from("<HH", content, 6)
        if not may_move(width, height, frames):
            raise PictureRefused(PictureProblem.ANIMATION_TOO_LARGE)
        return PreparedPicture(_without_notes(content), kind, len(content))
    made = _light(image, may_be_flat=kind != "image/jpeg")
    return PreparedPicture(made, kind_of(made), len(content), was_moving=frames > 1)


def thumbnail(content: bytes, long_side: int) -> QImage:
    """A small one to show on screen; null when the content is no picture."""
    try:
        return _decoded(content, long_side)[0]
    except PictureRefused:
        return QImage()


def unreadable_forms() -> tuple[str, ...]:
    """The forms of pictures that this installation of Qt cannot read, though it should."""
    read = {bytes(one.data()).decode() for one in QImageReader.supportedImageFormats()}
    return tuple(form for form in ("gif", "jpeg", "png", "webp") if form not in read)


def _read(path: Path) -> bytes:
    try:
        about = path.stat()
        # Opening a pipe would wait for its other end.
        if not stat.S_ISREG(about.st_mode):
            raise PictureRefused(PictureProblem.NOT_A_PICTURE)
        if about.st_size > LARGEST_FILE:
            raise PictureRefused(PictureProblem.TOO_HEAVY, about.st_size)
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise PictureRefused(PictureProblem.GONE) from error
    except OSError as error:
        raise PictureRefused(PictureProblem.NOT_READ) from error
    if not content:
        raise PictureRefused(PictureProblem.EMPTY)
    if len(content) > LARGEST_FILE:
        raise PictureRefused(PictureProblem.TOO_HEAVY, len(content))
    return content


def _is_whole(content: bytes, kind: str) -> bool:
    """Whether the end of the file is there: Qt shows a grey half where it is not."""
    if kind == "image/jpeg":
        return content.find(b"\xff\xd9", _start_of_scan(content)) >= 0
    if kind == "image/png":
        return content.rfind(b"IEND") > 0
    if kind == "image/gif":
        return content.rstrip(b"\0").endswith(b";")
    return len(content) >= int.from_bytes(content[4:8], "little") + 8


def _start_of_scan(content: bytes) -> int:
    """Where the pixels of a JPEG begin; the small picture within its header has an end, too."""
    at = 2
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] != b"\xda":
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return at


def _without_notes(gif: bytes) -> bytes:
    """A GIF without comments and what editors note in it; as it was when it is built strangely."""
    try:
        at = 13 + _palette(gif[10])
        kept = [gif[:at]]
        while gif[at] != _GIF_END:
            start = at
            if gif[at] == _GIF_IMAGE:
                at = _end_of_blocks(gif, at + 11 + _palette(gif[at + 9]))
            elif gif[at] == _GIF_EXTENSION:
                at = _end_of_blocks(gif, at + 2)
            else:
                return gif
            note = gif[start : start + 2] in _GIF_NOTES
            if not note or gif[start + 3 : start + 14] in _GIF_LOOPS:
                kept.append(gif[start:at])
        return b"".join((*kept, gif[at : at + 1]))
    except IndexError:
        return gif


def _palette(flags: int) -> int:
    """Bytes of the colours that follow."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(gif: bytes, at: int) -> int:
    while gif[at]:
        at += 1 + gif[at]
    return at + 1


def _decoded(content: bytes, long_side: int) -> tuple[QImage, int]:
    """The picture the right way up, at most `long_side` pixels long, and of how many it is."""
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if not reader.canRead() or not size.isValid():
        raise PictureRefused(PictureProblem.DAMAGED)
    if size.width() * size.height() > MOST_PIXELS:
        raise PictureRefused(PictureProblem.TOO_MANY_PIXELS)
    frames = reader.imageCount() if reader.supportsAnimation() else 1
    # Twice as long as wanted, to be drawn smaller with care; a big photo is never whole in memory.
    reader.setScaledSize(_within(size, 2 * long_side))
    image = reader.read()
    if image.isNull():
        too_big = reader.error() == QImageReader.ImageReaderError.InvalidDataError
        allocated = size.width() * size.height() * 4 > reader.allocationLimit() * 1024 * 1024
        if too_big and allocated:
            raise PictureRefused(PictureProblem.TOO_MANY_PIXELS)
        raise PictureRefused(PictureProblem.DAMAGED)
    return _smaller(image, long_side), frames


def _within(size: QSize, long_side: int) -> QSize:
    if max(size.width(), size.height()) <= long_side:
        return size
    made = size.scaled(long_side, long_side, Qt.AspectRatioMode.KeepAspectRatio)
    return made.expandedTo(QSize(THINNEST, THINNEST))


def _smaller(image: QImage, long_side: int) -> QImage:
    size = _within(image.size(), long_side)
    if size == image.size():
        return image
    return image.scaled(
        size,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _light(image: QImage, may_be_flat: bool) -> bytes:
    """The picture as a file X takes. Flat drawings are lighter as PNG, photos as JPEG."""
    image = _bare(image)
    see_through = _is_see_through(image)
    if not see_through:
        image = image.convertToFormat(QImage.Format.Format_RGB32)
    while True:
        if may_be_flat or see_through:
            made = _written(image, "PNG", -1)
            if not see_through:
                made = min(made, _written(image, "JPG", QUALITIES[0]), key=len)
            if len(made) <= LARGEST_PICTURE:
                return made
        if not see_through:
            for quality in QUALITIES:
                made = _written(image, "JPG", quality)
                if len(made) <= LARGEST_PICTURE:
                    return made
        image = _smaller(image, int(max(image.width(), image.height()) * SHRINK))


def _bare(image: QImage) -> QImage:
    """The pixels alone, in the colours of the web: no texts, no profile, nothing of the camera."""
    if image.colorSpace().isValid():
        of_the_web = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
        # A profile nothing can be made of is better ignored than the picture refused.
        image = image if of_the_web.isNull() else of_the_web
    formats = QImage.Format
    shape = formats.Format_ARGB32_Premultiplied if image.hasAlphaChannel() else formats.Format_RGB32
    bare = QImage(image.size(), shape)
    bare.fill(Qt.GlobalColor.transparent)
    painter = QPainter(bare)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.drawImage(0, 0, image)
    painter.end()
    return bare


def _is_see_through(image: QImage) -> bool:
    if not image.hasAlphaChannel():
        return False
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)
    width = alpha.width()
    return any(
        bytes(_scan_line(alpha, line))[:width].count(255) != width for line in range(alpha.height())
    )


def _scan_line(image: QImage, line: int) -> memoryview:
    found = image.constScanLine(line)
    # PySide6's stubs only say that it is an object.
    assert isinstance(found, memoryview)
    return found


def _written(image: QImage, form: str, quality: int) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # PySide6 takes a str here and nothing else; its stubs say the contrary.
    image.save(buffer, form, quality)  # type: ignore[call-overload]
    return bytes(data.data())
