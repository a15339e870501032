"""A sentence that says something is done, over the page for a moment: nothing moves for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.ui.widgets.text import Tone

SHOWN_MS = 8_000
"""Long enough to read a sentence twice."""

ABOVE = 76
"""Pixels free below it (at a text scale of 1): the foot with its buttons is never covered."""


class Toast(Notice):
    """Lies over the widget it is given, lets every click through, and goes by itself."""

    def __init__(self, over: QWidget) -> None:
        super().__init__()
        self.setParent(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._going = QTimer(self)
        self._going.setSingleShot(True)
        self._going.setInterval(SHOWN_MS)
        self._going.timeout.connect(self.hide)
        over.installEventFilter(self)

    def show_briefly(self, text: str, tone: Tone = "well") -> None:
        """Show that something is done, or was not."""
        self.say(text, tone)
        self._place()
        self.raise_()
        self._going.start()
        announce(self, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        over = self.parentWidget()
        width = min(over.width() - theme.px(32), theme.px(560))
        height = (
            self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        )
        top = max(0, over.height() - height - theme.px(ABOVE))
        self.setGeometry((over.width() - width) // 2, top, width, height)
