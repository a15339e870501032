"""The ring around what has the keyboard: 2 pixels of plum, 2 pixels away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tchat_desktop.ui import theme


class FocusRing(QWidget):
    """Follows Tab from button to button. Fields show focus by their own edge."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._target: QWidget | None = None
        self._tabbing = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app.focusChanged.connect(self._on_focus_changed)

    def tabbing(self, tabbing: bool) -> None:
        """Whether focus moves by Tab just now; else only a ring that is there already moves on."""
        self._tabbing = tabbing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._target:
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
        if by_keyboard and isinstance(new, QAbstractButton):
            self._target = new
            new.installEventFilter(self)
            self.setParent(new.parentWidget())
            self._place()
            self.show()
            self.raise_()

    def _place(self) -> None:
        if self._target is not None:
            self.setGeometry(self._target.geometry().adjusted(-4, -4, 4, 4))

    def _leave(self) -> None:
        if self._target is None:
            return
        self._target.removeEventFilter(self)
        self._target = None
        self.hide()
        # Out of the tree, so that the page it was on can be deleted without it.
        self.setParent(None)
