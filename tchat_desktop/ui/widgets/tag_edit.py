"""A tag, large, with its # sign always there: nobody has to know who types it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionFrame

from tchat_desktop.domain.caps import Cap
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.line_edit import LineEdit


class TagEdit(LineEdit):
    """A line whose # sign is painted before the text."""

    def __init__(self) -> None:
        super().__init__(Cap.NAME)
        font = QFont(self.font())
        font.setPixelSize(theme.px(22))
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)
        # The sign comes before a word in Latin letters, also where screens read right to left.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._sign_width = round(QFontMetricsF(font).horizontalAdvance("#")) + theme.px(3)
        self.setTextMargins(self._sign_width, 0, 0, 0)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhNoAutoUppercase | Qt.InputMethodHint.ImhNoPredictiveText
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        metrics = QFontMetricsF(self.font())
        baseline = inside.center().y() + (metrics.ascent() - metrics.descent()) / 2 + 0.5
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.tokens().plum))
        painter.drawText(QPointF(inside.left() + theme.px(2), baseline), "#")
