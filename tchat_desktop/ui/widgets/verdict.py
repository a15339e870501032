"""What was found about something typed: a sign for the eye, and a sentence that says it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import pixmap
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.ui.widgets.text import Text, say_on_chip
from tchat_desktop.wording.tone import Tone

_CHIP_EDGE = 9
"""Pixels at 100 % on both sides of the words: the padding of a chip."""

_SIGNS = {"well": "check", "look": "bulb", "stop": "alert", "plum": "bulb", "plain": "bulb"}


class ToneSign(QLabel):
    """The sign of a tone: a check, a bulb, an exclamation mark. Decoration beside words."""

    def __init__(self, tone: Tone) -> None:
        super().__init__()
        # As high as a line, so that it stands in the middle of the first one.
        self.setFixedSize(theme.px(20), QFontMetrics(QApplication.font()).lineSpacing())
        self.show_tone(tone)

    def show_tone(self, tone: Tone) -> None:
        """Show the sign of another tone."""
        self.setPixmap(pixmap(_SIGNS[tone], theme.tokens().tone(tone)[0], theme.px(18)))


class VerdictLine(QWidget):
    """One verdict on a line of its own: sign and sentence."""

    def __init__(self, text: str = "", tone: Tone = "well") -> None:
        super().__init__()
        self._sign = ToneSign(tone)
        self._text = Text()
        self._text.set_tone(tone)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        self._text.setText(text)
        # Never shown here: without a parent yet, it would open as a window.
        if not text:
            self.hide()

    @property
    def text(self) -> str:
        """The sentence on screen."""
        return self._text.text()

    def say(self, text: str, tone: Tone) -> None:
        """Show another verdict; an empty text hides the line."""
        if self._text.text() != text:
            self._text.setText(text)
        if self._text.property("tone") != tone:
            self._text.set_tone(tone)
            self._sign.show_tone(tone)
        self.setVisible(bool(text))


class VerdictChip(Text):
    """A verdict on a coloured ground, as wide as its words; where there is less room it wraps.

    For a FlowLayout, which gives it that width.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("chip", "well")
        self.hide()

    def say(self, text: str, tone: Tone) -> None:
        """Show another verdict; an empty text hides it."""
        say_on_chip(self, text, tone)
        self.setVisible(bool(text))

    def sizeHint(self) -> QSize:
        # Of a text that wraps, QLabel would rather have several lines.
        self.ensurePolished()
        metrics = self.fontMetrics()
        # Beside words that may wrap, QLabel keeps about the width of a letter.
        edges = 2 * theme.px(_CHIP_EDGE) + metrics.horizontalAdvance("m")
        width = metrics.horizontalAdvance(self.text()) + edges
        return QSize(width, self.heightForWidth(width))


class HintNotice(Notice):
    """A notice that opens with the sign of its tone."""

    def __init__(self, text: str = "", tone: Tone = "look", button: Button | None = None) -> None:
        super().__init__(text, tone, button)
        self._sign = ToneSign(tone)
        self._words.insertWidget(0, self._sign, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, text: str, tone: Tone, button: Button | None = None) -> None:
        """Show another sentence; the button stays unless another one is given."""
        if (text, tone) != (self.text, self.property("notice")) or button is not None:
            self._sign.show_tone(tone)
            super().say(text, tone, button or self._button)
        else:
            # It may have been put away meanwhile.
            self.setVisible(bool(text))
