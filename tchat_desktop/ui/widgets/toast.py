"""A sentence that says something is done, over the page for a moment: nothing moves for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.wording.tone import Tone

_SHOWN_MS = 8_000
"""Long enough to read a sentence twice."""

ABOVE = 76
"""Pixels free below it (at a text scale of 1): the foot with its buttons is never covered."""


STEP = 8
"""Pixels between two places that are tried (at a text scale of 1)."""


class Toast(Notice):
    """Lies over the widget it is given, lets every click through, and goes by itself."""

    def __init__(self, over: QWidget) -> None:
        super().__init__()
        self.setParent(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._going = QTimer(self)
        self._going.setSingleShot(True)
        self._going.setInterval(_SHOWN_MS)
        self._going.timeout.connect(self.hide)
        self._over = over
        over.installEventFilter(self)

    def show_briefly(self, text: str, tone: Tone = "well") -> None:
        """Show that something is done, or was not."""
        self.say(text, tone)
        self._place()
        self.raise_()
        self._going.start()
        announce(self, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        width = min(self._over.width() - theme.px(32), theme.px(560))
        height = (
            self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        )
        self.setGeometry(self._free_place(QSize(width, height)))

    def _free_place(self, size: QSize) -> QRect:
        """The lowest place above the foot under which there is nothing to press or to type in.

        In the middle, else at a side; where all is taken, in the middle above the foot.
        """
        over = self._over
        lowest = max(0, over.height() - size.height() - theme.px(ABOVE))
        side = theme.px(16)
        lefts = ((over.width() - size.width()) // 2, side, over.width() - size.width() - side)
        taken = _taken(over)
        for top in range(lowest, -1, -theme.px(STEP)):
            for left in lefts:
                place = QRect(QPoint(left, top), size)
                if not any(place.intersects(one) for one in taken):
                    return place
        return QRect(QPoint(lefts[0], lowest), size)


def _taken(over: QWidget) -> list[QRect]:
    """Where something can be pressed or typed in, as far as it is in sight, in pixels of `over`."""
    places = []
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit):
        for widget in over.findChildren(kind):
            seen = widget.visibleRegion().boundingRect()
            if not seen.isEmpty():
                places.append(seen.translated(widget.mapTo(over, QPoint(0, 0))))
    return places
