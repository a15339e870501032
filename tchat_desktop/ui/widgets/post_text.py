"""The text of someone's post: plain text always, its tags, mentions and links coloured."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy

from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip


class PostText(Text):
    """Lays out and paints by itself, so that nothing in a post is ever taken for markup.

    With `lines` it is that high at least whatever the text, uses the room it is given beyond, and
    what does not fit is left out; a screen reader still reads all of it. With `most` it is as high
    as its text, up to so many lines.
    """

    def __init__(self, text: str = "", lines: int = 0, most: int = 0) -> None:
        super().__init__("", "body")
        self._lines = lines
        self.most = most
        self._ranges: list[tuple[int, int]] = []
        self._sizes: dict[int, tuple[int, int]] = {}
        self._painted: tuple[tuple[int, int, str], QTextLayout] | None = None
        """What was painted last, with the size and the colours it was laid out for."""
        if lines:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text == self.text() and text:
            return
        self._ranges = []
        self._forget()
        place = units = 0
        for entity in NETWORK.entities(text):
            # Qt counts in UTF-16 units, Python in code points.
            units += _units(text[place : entity.start])
            length = _units(text[entity.start : entity.end])
            self._ranges.append((units, length))
            place, units = entity.end, units + length
        self.setText(text)
        if self._lines:
            set_tip(self, text)
            self.update()

    def lines_in(self, text: str, width: int) -> int:
        """How many lines a text needs in that width."""
        return self._laid_out(max(1, width), _as_lines(text))[0].lineCount()

    def unfold(self, text: str) -> None:
        """Show all of another text."""
        self.most = 0
        self._forget()
        self.show_text(text)
        self.updateGeometry()
        self.update()

    def is_cut(self, width: int) -> bool:
        """Whether more lines than are shown would stand in that width."""
        return bool(self.most) and self._measured(width)[1] > self.most

    def sizeHint(self) -> QSize:
        width = theme.px(420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), self.fontMetrics().lineSpacing() * max(1, self._lines))

    def heightForWidth(self, width: int) -> int:
        if self._lines:
            return ceil(self._lines * QFontMetricsF(self.font()).lineSpacing())
        return self._measured(width)[0]

    def _measured(self, width: int) -> tuple[int, int]:
        """The height in pixels and the lines of the text in a width."""
        # Boxes within boxes ask hundreds of times for the same few widths.
        if width not in self._sizes:
            layout, height = self._laid_out(max(1, width), self._shown())
            self._sizes[width] = height, layout.lineCount()
        return self._sizes[width]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._forget()

    def _forget(self) -> None:
        self._sizes.clear()
        self._painted = None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setPen(QColor(theme.tokens().ink))
        # A scroll paints all that is in sight, and nothing of it has changed.
        now = (self.width(), self.height(), theme.tokens().plum)
        if self._painted is None or self._painted[0] != now:
            self._painted = now, self._drawn()
        self._painted[1].draw(painter, QPointF(0, 0))

    def _drawn(self) -> QTextLayout:
        text = self._shown()
        layout = self._laid_out(self.width(), text)[0]
        lines = self._lines_here()
        if lines and layout.lineCount() > lines:
            layout = self._elided(text, layout.lineAt(lines - 1).textStart(), lines)
        return layout

    def _lines_here(self) -> int:
        if not self._lines:
            return self.most
        return max(self._lines, int(self.height() / QFontMetricsF(self.font()).lineSpacing()))

    def _elided(self, text: str, start: int, lines: int) -> QTextLayout:
        """The text up to the line that begins at `start`, which ends in "…"."""
        kept, rest = _split(text, start)
        line = rest.split("\u2028")[0].rstrip() + "…"
        room, metrics = self.width(), self.fontMetrics()
        while True:
            end = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
            layout = self._laid_out(self.width(), kept + end)[0]
            # A tag is bolder than what the metrics know.
            if layout.lineCount() <= lines or room <= 0:
                return layout
            room -= metrics.averageCharWidth()

    def _shown(self) -> str:
        return _as_lines(self.text())

    def _laid_out(self, width: int, text: str) -> tuple[QTextLayout, int]:
        layout = QTextLayout(text, self.font())
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        # A post runs as its own language does, whatever the language of the screens.
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
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
            if self.most and layout.lineCount() > self.most:
                break
            height += line.height()
        layout.endLayout()
        return layout, round(height + 0.5)


def _as_lines(text: str) -> str:
    """A line break in a post is a line break here too; posts of people may have many."""
    return text.replace("\n", "\u2028")


def _split(text: str, units: int) -> tuple[str, str]:
    encoded = text.encode("utf-16-le", errors="surrogatepass")
    return (
        encoded[: 2 * units].decode("utf-16-le", errors="replace"),
        encoded[2 * units :].decode("utf-16-le", errors="replace"),
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2
