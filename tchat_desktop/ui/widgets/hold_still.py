"""Keeps what one is about to use where it is on screen, whatever appears or goes above it.

What that is the hand tells that acted last: after the mouse it is what lies under the pointer,
after a key what has the keyboard, and where that is not in sight, what one is likely to read. A
sentence that comes up, or a card that grows, would push it away, and the click would hit another
button.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QSinglePointEvent, QWindow
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

_BY_MOUSE = (
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.Wheel,
)


def stand_still(column: QWidget) -> None:
    """Tell that a column inside an area does not scroll with it, and is not held by it."""
    column.setProperty("stands_still", True)


class HoldStill(QObject):
    """Scrolls an area by as much as its content has moved what is held.

    Columns beside each other move on their own: the one that is held stands still.
    """

    _laid_out = Signal()

    def __init__(
        self, area: QScrollArea, at_eyes: Callable[[], QWidget | None] = lambda: None
    ) -> None:
        """`at_eyes` gives what is likely to be read in the area, or None."""
        super().__init__(area)
        self._area = area
        self._at_eyes = at_eyes
        # Asked of an area that is being taken down, it would crash.
        inner = area.widget()
        assert inner is not None
        self._inner = inner
        self._focused: QWidget | None = None
        self._pointer: QPoint | None = None
        """Where in the window the mouse is; None once a key was pressed, or it has left."""
        self._window: QWindow | None = None
        self._places: list[tuple[QWidget, int]] = []
        """What is held, the innermost first, with how far below the top of the area it was."""
        area.installEventFilter(self)
        self._inner.installEventFilter(self)
        area.verticalScrollBar().valueChanged.connect(self._note_places)
        # After every request for a layout that stands in line, and before the painting.
        self._laid_out.connect(self._on_laid_out, Qt.ConnectionType.QueuedConnection)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not vars(self):
            # Python has begun to take the page apart, and Qt still tells of it.
            return False
        kind = event.type()
        if watched is self._area:
            if kind == QEvent.Type.Show:
                self._watch_window()
        elif watched is self._inner:
            if kind in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
                self._laid_out.emit()
        elif kind in _BY_MOUSE and isinstance(event, QSinglePointEvent):
            self._on_pointer(event.position().toPoint())
        elif kind in (QEvent.Type.KeyPress, QEvent.Type.Leave):
            self._on_pointer(None)
        return False

    def _watch_window(self) -> None:
        """Every move of the mouse and every key come through the window, whoever they are for."""
        window = self._area.window().windowHandle()
        if window is None or window == self._window:
            return
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        window.installEventFilter(self)

    def _on_pointer(self, at: QPoint | None) -> None:
        if at is None and self._pointer is None:
            return
        self._pointer = at
        self._note_places()

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if not shiboken6.isValid(self._area):
            return
        inside = now is not None and self._scrolls(now)
        self._focused = now if inside else None
        # Half-way through a layout, places mean nothing, and what is new has none yet: until then
        # what was held is held.
        self._laid_out.emit()

    def _note_places(self) -> None:
        self._places = []
        if not self._area.isVisible():
            return
        held = self._held()
        while held is not None and held is not self._inner:
            self._places.append((held, self._place(held)))
            held = held.parentWidget()

    def _held(self) -> QWidget | None:
        """What is under the pointer in this area, else what has the keyboard, else what is read."""
        if self._pointer is not None:
            under = self._area.window().childAt(self._pointer)
            if under is not None and self._scrolls(under):
                return under
        focused = self._focused
        if focused is not None and shiboken6.isValid(focused) and self._is_seen(focused):
            return focused
        return self._at_eyes()

    def _is_seen(self, widget: QWidget) -> bool:
        top = self._place(widget)
        bottom = top + widget.height()
        return widget.isVisible() and top < self._area.height() and bottom > 0

    def _scrolls(self, widget: QWidget) -> bool:
        """Whether a widget scrolls with this area, and with no column of its own in it."""
        around: QWidget | None = widget
        while around is not None and around is not self._inner:
            if around.property("stands_still"):
                return False
            around = around.parentWidget()
        return around is self._inner and widget is not self._inner

    def _on_laid_out(self) -> None:
        if not self._area.isVisible():
            return
        # Columns inside a page are laid out in turns: half-way, places mean nothing.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        for held, at in self._places:
            # What was held may be gone, and what stood around it still be there.
            if shiboken6.isValid(held) and held.isVisible():
                moved = self._place(held) - at
                if moved and 0 <= at < self._area.viewport().height():
                    bar = self._area.verticalScrollBar()
                    bar.setValue(bar.value() + moved)
                break
        self._note_places()

    def _place(self, held: QWidget) -> int:
        """How far below the top of the area a widget is, in pixels."""
        return held.mapTo(self._inner, QPoint(0, 0)).y() + self._inner.y()
