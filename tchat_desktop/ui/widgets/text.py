"""Labels and chips. All show plain text: what people wrote is data, never markup."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.tone import Tone

TextKind = Literal[
    "title", "hero", "lead", "heading", "label", "strong", "body", "advice", "small", "counter",
    "clock", "number", "section",
]  # fmt: skip


_COUNTING = ("clock", "counter", "number")


class Text(QLabel):
    """A piece of plain text of one of the kinds the style sheet knows. It wraps."""

    def __init__(self, text: str = "", kind: TextKind = "body", wrap: bool = True) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        # Not "text": QLabel has a property of that name, the words it shows. Before the words: with
        # them a screen reader is told of the label, and of what it is.
        self.setProperty("kind", kind)
        if kind in _COUNTING:
            self.setFont(theme.tabular(self.font()))
        self.setText(text)
        self.setWordWrap(wrap)
        policy = self.sizePolicy()
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        # Qt asks for the height at the narrowest width, which pages then keep free below them;
        # the layouts ask for the height at the real width anyway.
        size = super().minimumSizeHint()
        return QSize(size.width(), min(size.height(), self.fontMetrics().lineSpacing()))

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the text by what it means; the words must say it too."""
        self.setProperty("tone", tone or "")
        restyle(self)


class ElidedText(QLabel):
    """One line that ends in "…" where the room ends; the whole text is its tool tip and name."""

    elided = Qt.TextElideMode.ElideRight
    """Where the "…" stands."""

    def __init__(self, text: str, kind: TextKind) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self._whole = ""
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the text by what it means; the words must say it too."""
        self.setProperty("tone", tone or "")
        restyle(self)

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, size.height())

    def minimumSizeHint(self) -> QSize:
        size = super().minimumSizeHint()
        return QSize(self.fontMetrics().horizontalAdvance("MMMM"), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def elide(self, room: int) -> str:
        """Return what of the text shows in so many pixels."""
        return self.fontMetrics().elidedText(self._whole, self.elided, room)

    def _fit(self) -> None:
        shown = self.elide(self.width())
        if shown != self.text():
            self.setText(shown)
        set_tip(self, self._whole if shown != self._whole else "")


class Chip(QLabel):
    """A word or two on a coloured ground that tell a state."""

    def __init__(self, text: str = "", tone: Tone = "plain") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("chip", tone)

    def say(self, text: str, tone: Tone) -> None:
        """Show another state."""
        say_on_chip(self, text, tone)


def say_on_chip(chip: QLabel, text: str, tone: Tone) -> None:
    """Show another state on a label drawn as a chip, and draw anew only what has changed."""
    if chip.text() != text:
        chip.setText(text)
    if chip.property("chip") != tone:
        chip.setProperty("chip", tone)
        restyle(chip)


def restyle(widget: QWidget) -> None:
    """Make the style sheet look again at a widget whose property changed."""
    # One that was never shown is looked at when it is; asking for its style costs some 10 ms once.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
