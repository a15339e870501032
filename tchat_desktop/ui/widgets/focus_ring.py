"""The ring around what has the keyboard: 2 pixels of plum, 2 pixels away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tchat_desktop.ui import theme

_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


class FocusRing(QWidget):
    """Follows the keyboard from widget to widget. Fields show focus by their own edge."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusIn and isinstance(watched, QAbstractButton):
            if event.reason() in _KEYBOARD:  # type: ignore[attr-defined]
                self._surround(watched)
        elif watched is self._target:
            if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.DeferredDelete):
                self._leave()
            elif kind in (QEvent.Type.Move, QEvent.Type.Resize):
                self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.tokens().plum), 2))
        radius = theme.px(12)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _surround(self, widget: QWidget) -> None:
        self._target = widget
        self.setParent(widget.parentWidget())
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        if self._target is not None:
            self.setGeometry(self._target.geometry().adjusted(-4, -4, 4, 4))

    def _leave(self) -> None:
        self._target = None
        self.hide()
        # Out of the tree, so that the page it was on can be deleted without it.
        self.setParent(None)
