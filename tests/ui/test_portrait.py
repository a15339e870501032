"""Pictures from outside are looked into with care."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.pages.shared.portrait import LONGEST_SIDE, portrait
from tests.fakes import x_portraits

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>'


def written(kind: str, side: int = 8) -> bytes:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(0xFF4B2E83)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


def test_a_picture_is_told_by_its_content(qtbot: QtBot) -> None:
    assert portrait(x_portraits.portrait()).width() == 73
    assert portrait(written("JPG")).width() == 8


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Wi-Fi</html>",
        SVG,
        written("BMP"),
        x_portraits.bomb(),
        x_portraits.portrait(LONGEST_SIDE + 1),
        x_portraits.portrait()[:60],
    ],
)
def test_anything_else_is_refused(content: bytes, qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="picture"):
        portrait(content)
