"""The icon of the app in every format, read by what others wrote: Qt."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QImageReader
from PySide6.QtWidgets import QApplication

from tests.packaging.scripts import script

icon = script("icon")
PLUM, WHITE = QColor("#4b2e83"), QColor("#ffffff")


@pytest.fixture(scope="module")
def written(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    icon.write(folder)
    return folder


@pytest.mark.parametrize("name", sorted(icon.DRAWINGS))
def test_a_windows_icon_holds_every_size(written: Path, name: str) -> None:
    reader = QImageReader(str(written / f"{name}.ico"))
    sides = []
    for number in range(reader.imageCount()):
        assert reader.jumpToImage(number)
        image = reader.read()
        sides.append(image.width())
        wanted = icon.drawn(icon.DRAWINGS[name], image.width())
        assert image.convertToFormat(QImage.Format.Format_ARGB32) == wanted
    assert sides == [16, 24, 32, 48, 64, 128, 256]


@pytest.mark.parametrize("name", sorted(icon.DRAWINGS))
def test_a_mac_icon_says_how_long_each_part_is(written: Path, name: str) -> None:
    data = (written / f"{name}.icns").read_bytes()
    assert data[:4] == b"icns" and int.from_bytes(data[4:8], "big") == len(data)
    place, parts = 8, {}
    while place < len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "big")
        parts[data[place : place + 4]] = data[place + 8 : place + length]
        place += length
    assert place == len(data)
    for kind, side in icon.ICNS_SIDES.items():
        assert QImage.fromData(parts[kind], "PNG").size() == QSize(side, side)
    for kind, side in icon.ICNS_SMALL.items():
        assert parts[kind].startswith(b"ARGB")
        # Each run of up to 128 bytes has one byte before it.
        assert len(parts[kind]) == 4 + side * side * 4 * 129 // 128


@pytest.mark.parametrize("side", icon.PNG_SIDES)
def test_a_picture_has_its_size_and_nothing_behind_it(written: Path, side: int) -> None:
    image = QImage(str(written / f"tchat-{side}.png"))
    assert image.size() == QSize(side, side)
    assert image.pixelColor(0, 0).alpha() < 100


def test_the_hash_can_be_read_at_16_pixels(written: Path) -> None:
    """Two bars each way in pure white on pure plum, and plum in the middle of them."""
    image = QImage(str(written / "tchat-16.png"))
    across = [image.pixelColor(x, 7) for x in range(16)]
    down = [image.pixelColor(7, y) for y in range(14)]
    bars = [5, 6, 9, 10]
    assert [x for x, colour in enumerate(across) if colour == WHITE] == bars
    assert [y for y, colour in enumerate(down) if colour == WHITE] == [4, 5, 8, 9]
    assert [x for x, colour in enumerate(across) if colour == PLUM] == [
        *range(5),
        7,
        8,
        *range(11, 16),
    ]
