"""Labels and chips. All show plain text: what people wrote is data, never markup."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

TextKind = Literal[
    "title", "hero", "lead", "heading", "label", "strong", "body", "advice", "small", "counter",
    "clock", "number", "section",
]  # fmt: skip
Tone = Literal["well", "look", "stop", "plum", "plain"]


class Text(QLabel):
    """A piece of plain text of one of the kinds the style sheet knows. It wraps."""

    def __init__(self, text: str = "", kind: TextKind = "body", wrap: bool = True) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        # Not "text": QLabel has a property of that name, the words it shows.
        self.setProperty("kind", kind)
        self.setWordWrap(wrap)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the text by what it means; the words must say it too."""
        self.setProperty("tone", tone or "")
        restyle(self)


class ElidedText(QLabel):
    """One line that ends in "…" where the room ends; the whole text is its tool tip."""

    def __init__(self, text: str, kind: TextKind) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("text", kind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance("M") * 4, super().minimumSizeHint().height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        self.setToolTip(self.text() if words != self.text() else "")
        align = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(
            painter, self.rect(), int(align), self.palette(), True, words, self.foregroundRole()
        )


class Chip(QLabel):
    """A word or two on a coloured ground that tell a state."""

    def __init__(self, text: str = "", tone: Tone = "plain") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("chip", tone)

    def say(self, text: str, tone: Tone) -> None:
        """Show another state."""
        if self.text() != text:
            self.setText(text)
        if self.property("chip") != tone:
            self.setProperty("chip", tone)
            restyle(self)


def restyle(widget: QWidget) -> None:
    """Make the style sheet look again at a widget whose property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
