"""The one place where something moves on screen: to show where a thing went, and for no more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import shiboken6
from PySide6.QtCore import QEasingCurve, QPoint, QRect, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.stillness import wants_stillness

GLIDE_MS = 140
"""Long enough for the eye to follow, too short to be waited for."""


@cache
def is_still() -> bool:
    """Whether nothing is to move; asked of the system once a run."""
    return wants_stillness()


def follow(widgets: Sequence[QWidget]) -> None:
    """Called just before these widgets of a page get other places: shows how each goes there.

    Pictures of them move, over the page; the widgets have their new places at once, so that a
    press, a key or a screen reader never waits. Where the system asks for stillness nothing moves.
    """
    seen = [one for one in widgets if not one.visibleRegion().isEmpty()]
    if seen and not is_still():
        _Glide(seen, _viewport(seen[0]))


def _viewport(widget: QWidget) -> QWidget:
    """What the widget scrolls in, or its window."""
    host = widget
    while not host.isWindow() and host.objectName() != "qt_scrollarea_viewport":
        around = host.parentWidget()
        assert around is not None
        host = around
    return host


class _Glide(QWidget):
    """The pictures on their way; it lets every press through, and goes by itself."""

    def __init__(self, widgets: Sequence[QWidget], host: QWidget) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._host = host
        self._widgets = widgets
        self._pictures = [one.grab() for one in widgets]
        self._starts = [one.mapTo(host, QPoint(0, 0)) for one in widgets]
        self._ends = self._starts
        self._way = QVariantAnimation(self)
        self._way.setDuration(GLIDE_MS)
        self._way.setStartValue(0.0)
        self._way.setEndValue(1.0)
        self._way.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._way.valueChanged.connect(self.update)
        self._way.finished.connect(self.deleteLater)
        # At once, with everything where it was: the eye must not see the end before the way.
        self._cover()
        self.show()
        self.raise_()
        # By then the page is laid out, and has scrolled what one holds back to where it was.
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        if not all(shiboken6.isValid(one) for one in self._widgets):
            self.deleteLater()
            return
        self._ends = [one.mapTo(self._host, QPoint(0, 0)) for one in self._widgets]
        if self._ends == self._starts:
            self.deleteLater()
            return
        self._cover()
        self._way.start()

    def _cover(self) -> None:
        """Lie over all the ways, as far as they are in sight."""
        places = QRect()
        for picture, start, end in self._each():
            size = picture.deviceIndependentSize().toSize()
            places = places.united(QRect(start, size)).united(QRect(end, size))
        self.setGeometry(places & self._host.rect())

    def _each(self) -> list[tuple[QPixmap, QPoint, QPoint]]:
        return list(zip(self._pictures, self._starts, self._ends, strict=True))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        done = self._way.currentValue() or 0.0
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens().sand))
        for picture, start, end in self._each():
            painter.drawPixmap(start + (end - start) * done - self.pos(), picture)
