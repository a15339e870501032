"""The ring around what has the keyboard: 2 pixels of plum, 2 pixels away."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tchat_desktop.ui import theme


class FocusRing(QWidget):
    """Follows Tab from button to button. Fields show focus by their own edge."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._tabbing = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app.focusChanged.connect(self._on_focus_changed)

    def tabbing(self, tabbing: bool) -> None:
        """Whether focus moves by Tab just now; else only a ring that is there already moves on."""
        self._tabbing = tabbing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if self._target is not None:
            if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
                self._place()
            elif event.type() in (QEvent.Type.Hide, QEvent.Type.DeferredDelete):
                self._leave()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.tokens().plum), 2))
        radius = theme.px(12)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        by_keyboard = self._tabbing or self._target is not None
        self._leave()
        if by_keyboard and new is not None and _is_ringed(new):
            self._target = new
            host = _host(new)
            self._watched = _boxes_up_to(new, host)
            for one in self._watched:
                one.installEventFilter(self)
            self.setParent(host)
            self._place()
            self.show()
            self.raise_()

    def _place(self) -> None:
        host = self.parentWidget()
        if self._target is not None and host is not None:
            where = QRect(self._target.mapTo(host, QPoint(0, 0)), self._target.size())
            # At the very edge it comes closer rather than lose a side.
            self.setGeometry(where.adjusted(-4, -4, 4, 4).intersected(host.rect()))

    def _leave(self) -> None:
        if self._target is None:
            return
        for one in self._watched:
            if shiboken6.isValid(one):
                one.removeEventFilter(self)
        self._target, self._watched = None, []
        self.hide()
        # Out of the tree, so that the page it was on can be deleted without it.
        self.setParent(None)


def stand_for_keyboard(place: QWidget) -> None:
    """Let the keyboard stand on something to read, where nothing can be pressed by mistake."""
    place.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    place.setProperty("ringed", True)


def _is_ringed(widget: QWidget) -> bool:
    rings = isinstance(widget, QAbstractButton) or bool(widget.property("ringed"))
    return rings and not widget.isWindow()


def _host(target: QWidget) -> QWidget:
    """What the ring is drawn on: all that scrolls with the widget, or the whole window.

    The box the widget stands in would cut the ring where it leaves no room around it.
    """
    host = target.parentWidget()
    assert host is not None
    while not host.isWindow() and (around := host.parentWidget()) is not None:
        if around.objectName() == "qt_scrollarea_viewport":
            break
        host = around
    return host


def _boxes_up_to(target: QWidget, host: QWidget) -> list[QWidget]:
    """The widget and the boxes it stands in: it moves when one of them does."""
    found = [target]
    while (box := found[-1].parentWidget()) is not None and box is not host:
        found.append(box)
    return found
