"""Keeps what has the keyboard where it is on screen, whatever appears or goes above it.

A click takes the keyboard before it is done. A sentence that comes up because the field before was
left would push the button away from under the pointer, and the click would hit another one.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


class HoldStill(QObject):
    """Scrolls an area by as much as its content has moved the widget that has the keyboard."""

    _laid_out = Signal()

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._held: QWidget | None = None
        self._at = 0
        area.widget().installEventFilter(self)
        area.verticalScrollBar().valueChanged.connect(self._note_place)
        # After every request for a layout that stands in line, and before the painting.
        self._laid_out.connect(self._on_laid_out, Qt.ConnectionType.QueuedConnection)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._laid_out.emit()
        return False

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if not shiboken6.isValid(self._area):
            return
        inner = self._area.widget()
        self._held = now if now is not None and inner.isAncestorOf(now) else None
        self._note_place()

    def _note_place(self) -> None:
        if (held := self._shown()) is not None:
            self._at = self._place(held)

    def _on_laid_out(self) -> None:
        held = self._shown()
        if held is None:
            return
        moved = self._place(held) - self._at
        seen = 0 <= self._at < self._area.viewport().height()
        if moved and seen:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + moved)
        self._note_place()

    def _shown(self) -> QWidget | None:
        held = self._held
        known = held is not None and shiboken6.isValid(held) and self._area.isVisible()
        return held if known and held is not None and held.isVisible() else None

    def _place(self, held: QWidget) -> int:
        """How far below the top of the area the widget is, in pixels."""
        return held.mapTo(self._area.widget(), QPoint(0, 0)).y() + self._area.widget().y()
