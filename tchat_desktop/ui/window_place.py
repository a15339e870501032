"""How large the window opens, and where: as it was left, and never larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtWidgets import QWidget

SMALLEST = QSize(520, 300)
"""A screen of 1366 × 768 at 200 % has 683 × 384 of Qt's pixels, less its task bar and our title."""

WISHED = QSize(1280, 800)

MAXIMISED_UNDER = QSize(1400, 860)
"""On a screen that leaves less than this, the window takes all of it."""

FRAME = QSize(16, 40)
"""The most a window's own frame and title take; no system tells before the window is shown."""


def restore(window: QWidget, left: str) -> bool:
    """Give a window the place that `taken` noted, "" for none; whether it has it."""
    noted = QByteArray.fromBase64(left.encode("ascii", "ignore"))
    return bool(left) and window.restoreGeometry(noted)


def show(window: QWidget, left: str) -> None:
    """Show the window at the place `taken` noted; "" for the first time."""
    if restore(window, left):
        window.show()
        return
    size, whole = first_size(window.screen().availableGeometry())
    window.resize(size)
    if whole:
        window.showMaximized()
    else:
        window.show()


def first_size(available: QRect) -> tuple[QSize, bool]:
    """The size of the first window, and whether it takes all of the screen."""
    size = WISHED.boundedTo(available.size() - FRAME).expandedTo(SMALLEST)
    return (
        size,
        available.width() < MAXIMISED_UNDER.width()
        or available.height() < MAXIMISED_UNDER.height(),
    )


def taken(window: QWidget) -> str:
    """The place the window has, in letters a settings file can hold."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")
