"""A sentence that says something is done, over the page for a moment: nothing moves for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.wording.tone import Tone

_SHOWN_MS = 8_000
"""Long enough to read a sentence twice."""

ABOVE = 76
"""Pixels free below it (at a text scale of 1): the foot with its buttons is never covered."""


_PRESSED = (QAbstractButton, QLineEdit, QPlainTextEdit)

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

    def show_briefly(self, text: str, tone: Tone = "well", *, speaks: bool = True) -> None:
        """Show that something is done, or was not; it `speaks` unless that is said elsewhere."""
        self.say(text, tone)
        self._place()
        self.raise_()
        self._going.start()
        if speaks:
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
        """The place above the foot under which there is nothing to press or to type in.

        Of several, the one that covers the fewest texts, then the lowest; in the middle, else at a
        side. Where all is taken, in the middle above the foot.
        """
        over = self._over
        lowest = max(0, over.height() - size.height() - theme.px(ABOVE))
        side = theme.px(16)
        lefts = ((over.width() - size.width()) // 2, side, over.width() - size.width() - side)
        taken, texts = _taken(over, _PRESSED), _taken(over, (QLabel,))
        places = (
            QRect(QPoint(left, top), size)
            for top in range(lowest, -1, -theme.px(STEP))
            for left in lefts
        )
        free = [place for place in places if not any(place.intersects(one) for one in taken)]
        # The first of those that are equal is the lowest one.
        return min(
            free,
            key=lambda place: sum(place.intersects(one) for one in texts),
            default=QRect(QPoint(lefts[0], lowest), size),
        )


def _taken(over: QWidget, kinds: Sequence[type[QWidget]]) -> list[QRect]:
    """Where such widgets are in sight, in pixels of `over`; a label without words is none."""
    places = []
    for kind in kinds:
        for widget in over.findChildren(kind):
            seen = widget.visibleRegion().boundingRect()
            empty = isinstance(widget, QLabel) and not widget.text()
            own = isinstance(widget.parent(), Toast)
            if not seen.isEmpty() and not empty and not own:
                places.append(seen.translated(widget.mapTo(over, QPoint(0, 0))))
    return places
