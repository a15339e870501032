"""How large the window opens, and where: as it was left, and never larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

SMALLEST = QSize(520, 300)
"""A screen of 1366 × 768 at 200 % has 683 × 384 of Qt's pixels, less its task bar and our title."""

WISHED = QSize(1280, 800)

FRAME = QSize(16, 40)
"""The most a window's own frame and title take; no system tells before the window is shown."""


def put(window: QWidget, left: str) -> None:
    """Give the window the place `taken` noted; "" for the first time."""
    if left and window.restoreGeometry(QByteArray.fromBase64(left.encode("ascii", "ignore"))):
        return
    size, whole = first_size(window.screen().availableGeometry())
    window.resize(size)
    if whole:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def first_size(available: QRect) -> tuple[QSize, bool]:
    """The size of the first window, and whether it takes all of the screen."""
    size = WISHED.boundedTo(available.size() - FRAME).expandedTo(SMALLEST)
    return size, size != WISHED


def taken(window: QWidget) -> str:
    """The place the window has, in letters a settings file can hold."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")
