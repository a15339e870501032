"""What the pictures of counts have in common: a height of their own, small labels, and words."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from tchat_desktop.ui import theme


class CountDrawing(QWidget):
    """A picture; whoever shows it gives the same in words, for those who do not see it.

    `height` is in pixels at a text scale of 1.
    """

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self._high = height
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(self._high))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(self._high))

    def show_words(self, words: str) -> None:
        """Say the same as the picture, and draw it anew."""
        self.setAccessibleDescription(words)
        self.update()

    def painter(self) -> QPainter:
        """Return what paints on it, with the font of its labels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Each label reads in the direction of its own words.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        font = QFont(self.font())
        font.setPixelSize(theme.px(12.5))
        painter.setFont(font)
        return painter

    def mirrored(self, x: float) -> float:
        """Return where `x` is, counted from the side where the language begins."""
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return self.width() - x if right_to_left else x
