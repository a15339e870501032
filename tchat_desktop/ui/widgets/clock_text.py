"""A clock that keeps its width while it counts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetrics

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.text import Text


class ClockText(Text):
    """A countdown such as "1:42"; what stands beside it never moves."""

    def __init__(self, name: str, widest: str = "00:00") -> None:
        super().__init__("", "number", wrap=False)
        self._name = name
        self._widest = widest
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._keep_width()

    def show_time(self, text: str) -> None:
        """Show a time; said to a screen reader only when asked for."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(f"{self._name} {text}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._keep_width()

    def _keep_width(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(theme.px(theme.BODY))
        font.setBold(True)
        self.setMinimumWidth(QFontMetrics(font).horizontalAdvance(self._widest) + theme.px(2))
