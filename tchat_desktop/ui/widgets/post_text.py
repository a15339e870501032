"""The text of someone's post: plain text always, its tags, mentions and links coloured."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from tchat_desktop.domain import post_text
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.text import Text


class PostText(Text):
    """Lays out and paints by itself, so that nothing in a post is ever taken for markup."""

    def __init__(self, text: str = "") -> None:
        super().__init__("", "body")
        self._ranges: list[tuple[int, int]] = []
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text == self.text() and text:
            return
        self._ranges = []
        for entity in post_text.entities(text):
            # Qt counts in UTF-16 units, Python in code points.
            start = _units(text[: entity.start])
            self._ranges.append((start, _units(text[entity.start : entity.end])))
        self.setText(text)

    def sizeHint(self) -> QSize:
        width = theme.px(420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), self.fontMetrics().lineSpacing())

    def heightForWidth(self, width: int) -> int:
        return self._laid_out(max(1, width))[1]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setPen(QColor(theme.tokens().ink))
        self._laid_out(self.width())[0].draw(painter, QPointF(0, 0))

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        # A line break in a post is a line break here too.
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        shape = QTextCharFormat()
        shape.setForeground(QColor(theme.tokens().plum))
        shape.setFontWeight(QFont.Weight.DemiBold)
        formats = []
        for start, length in self._ranges:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = start, length, shape
            formats.append(one)
        layout.setFormats(formats)
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, round(height + 0.5)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2
