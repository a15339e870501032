"""A text as large as its room allows, for who reads it from the other end of a hall."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from tchat_desktop.domain.visuals import is_right_to_left

_BEFORE_WORDS = re.compile(r"^(?:[A-Za-z]{1,8}\.?\s?[0-9]{1,2}\b|[#@]\w+|[^\w#@])*")
"""What stands before the words of a post, such as "R3" or a tag, in letters of another language."""
_RIGHT_TO_LEFT_MARK = "\u200f"
_STEP = 0.94
"""By how much a size is smaller than the one tried before."""


class FitText(QLabel):
    """Plain text whose letters have between `least` and `most` pixels, as they fit.

    What does not fit at the least size ends in "…". It stands at the side where its language
    begins.
    """

    def __init__(self, kind: QFont.Weight = QFont.Weight.Normal) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumSize(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._weight = kind
        self._whole = self._mark = ""
        self._least, self._most = 12.0, 60.0

    @property
    def whole(self) -> str:
        """The text, also where it does not fit."""
        return self._whole

    @property
    def pixels(self) -> int:
        """The present size of its letters."""
        return self.font().pixelSize()

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self._whole:
            self._whole = text
            self.setAccessibleName(text)
            # A label goes as its first letter does, which may be that of "R3".
            mirrored = is_right_to_left(_BEFORE_WORDS.sub("", text) or text)
            self._mark = _RIGHT_TO_LEFT_MARK if mirrored else ""
            self.fit()

    def be_sized(self, least: float, most: float) -> None:
        """Have letters of so many pixels at the least and at the most."""
        if (least, most) != (self._least, self._most):
            self._least, self._most = least, most
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Choose the size anew."""
        size = self._most
        while size > self._least and not self._has_room(self._whole, size):
            size *= _STEP
        size = max(size, self._least)
        self.setFont(self._of_size(size))
        self.setText(self._mark + self._cut(size))

    def _cut(self, size: float) -> str:
        """Return as many words as fit at that size."""
        if self._has_room(self._whole, size):
            return self._whole
        words = self._whole.split(" ")
        while len(words) > 1 and not self._has_room(" ".join(words) + "…", size):
            words.pop()
        return " ".join(words) + "…"

    def _of_size(self, size: float) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(1, round(size)))
        font.setWeight(self._weight)
        return font

    def _has_room(self, text: str, size: float) -> bool:
        flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
        width = max(1, self.width())
        taken = QFontMetrics(self._of_size(size)).boundingRect(
            QRect(0, 0, width, 1_000_000), flags, text
        )
        return taken.height() <= self.height() and taken.width() <= width
