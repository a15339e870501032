"""A column of cards to put in order, by dragging a handle or from the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QCursor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from tchat_desktop.ui import motion, theme
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.placing import put_in_order, take_away

_SCROLL_EVERY_MS = 30


class DragHandle(Button):
    """Six dots to drag a card by. With the keyboard on it, the arrows move the card.

    `drag_moved` and `drag_ended` carry the place of the pointer on the screen.
    """

    drag_moved = Signal(QPoint)
    drag_ended = Signal(QPoint)
    drag_cancelled = Signal()
    step_wanted = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(name, "icon", "drag")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._pressed_at: QPoint | None = None
        self._dragging = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return
        place = event.globalPosition().toPoint()
        if (place - self._pressed_at).manhattanLength() > 6:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragging:
            self.drag_moved.emit(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        dragging = self._dragging
        self._stop()
        if dragging:
            self.drag_ended.emit(event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self._stop()
            self.drag_cancelled.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_wanted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _stop(self) -> None:
        self._pressed_at = None
        self._dragging = False
        self.setCursor(Qt.CursorShape.OpenHandCursor)


class _DropLine(QWidget):
    """Where the card will go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().plum))
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)


class SortableColumn(QWidget):
    """Cards below each other. `dropped` says which card is to go to which index.

    The column only asks: the owner changes the order and calls `show_cards`, which keeps the
    keyboard where it is. A card may also be dragged to one of the `neighbours`.
    """

    dropped = Signal(QWidget, int)
    received = Signal(QWidget, int)
    """Emitted with a card of a neighbour that was dropped here, and the index to put it at."""

    def __init__(self, spacing: int = 12, area: QWidget | None = None) -> None:
        """`area` is the widget in which cards can be dropped, the column itself if there is none.

        It may be larger, so that something can be dropped into a column without cards.
        """
        super().__init__()
        self.neighbours: Callable[[], Sequence[SortableColumn]] = tuple
        roles.give(self, "list")
        self._area = area or self
        self._cards: list[QWidget] = []
        self._handles: dict[DragHandle, QWidget] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(spacing))
        self._line = _DropLine(self._area)
        self._target = self
        self._dragged: DragHandle | None = None
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_SCROLL_EVERY_MS)
        self._scrolling.timeout.connect(self._on_scroll_due)

    @property
    def cards(self) -> tuple[QWidget, ...]:
        """The cards from top to bottom."""
        return tuple(self._cards)

    def adopt(self, card: QWidget, handle: DragHandle) -> None:
        """Let a card be dragged by its handle; `show_cards` then places it."""
        self._handles[handle] = card
        handle.drag_moved.connect(self._on_drag_moved)
        handle.drag_ended.connect(self._on_drag_ended)
        handle.drag_cancelled.connect(self._end_drag)

    def show_cards(self, cards: list[QWidget]) -> None:
        """Place the cards in that order; those no longer there are deleted."""
        if cards == self._cards:
            return
        for gone in [card for card in self._cards if card not in cards]:
            self._handles = {h: card for h, card in self._handles.items() if card is not gone}
            if self._dragged is not None and self._dragged not in self._handles:
                # It went from under the mouse, as by an undo: nobody will let go of it.
                self._end_drag()
            take_away(self._layout, gone)
        if set(cards) == set(self._cards):
            motion.follow(cards)
        put_in_order(self._layout, cards)
        self._cards = list(cards)
        for place, card in enumerate(cards, 1):
            roles.give(card, "listitem", position=(place, len(cards)))

    def show_note(self, note: QWidget, index: int) -> None:
        """Put a note where a card was; it stays in place until `show_note` is called again."""
        self._layout.removeWidget(note)
        self._layout.insertWidget(index, note)

    def _on_drag_moved(self, place: QPoint) -> None:
        handle = self.sender()
        assert isinstance(handle, DragHandle)
        if self._dragged is None:
            self._dragged = handle
            self._scrolling.start()
        self._show_target(place)

    def _on_drag_ended(self, place: QPoint) -> None:
        handle, target = self._dragged, self._target
        self._end_drag()
        if handle is None or handle not in self._handles:
            return
        card = self._handles[handle]
        gap = target._gap_at(place)
        if target is not self:
            target.received.emit(card, gap)
            return
        here = self._cards.index(card)
        index = gap - 1 if gap > here else gap
        if index != here:
            self.dropped.emit(card, index)

    def _end_drag(self) -> None:
        self._dragged = None
        self._scrolling.stop()
        self._target._line.hide()
        self._target = self

    def _show_target(self, place: QPoint) -> None:
        """Show where the card would go, in the column nearest to a place on the screen."""
        columns = (self, *(one for one in self.neighbours() if one is not self))
        target = min(columns, key=lambda one: one._distance(place))
        if target is not self._target:
            self._target._line.hide()
            self._target = target
        target._show_line(place)

    def _distance(self, place: QPoint) -> int:
        """How far a place on the screen is above or below the area of the column."""
        y = self._area.mapFromGlobal(place).y()
        return max(-y, y - self._area.height(), 0)

    def _gap_at(self, place: QPoint) -> int:
        """Between which cards a place on the screen lies: 0 is before the first."""
        y = self.mapFromGlobal(place).y()
        return sum(1 for card in self._cards if y > card.geometry().center().y())

    def _show_line(self, place: QPoint) -> None:
        gap, thick = self._gap_at(place), theme.px(4)
        space = self._layout.spacing()
        top = self.mapTo(self._area, QPoint()).y() if self._area is not self else 0
        if not self._cards:
            y = self._area.height() - thick
        elif gap < len(self._cards):
            y = top + self._cards[gap].geometry().top() - (space + thick) // 2
        else:
            y = top + self._cards[-1].geometry().bottom() + (space - thick) // 2
        high, wide = self._area.height(), self._area.width()
        self._line.setGeometry(0, max(0, min(y, high - thick)), wide, thick)
        self._line.show()
        self._line.raise_()

    def _on_scroll_due(self) -> None:
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is None:
            return
        place = QCursor.pos()
        y = area.viewport().mapFromGlobal(place).y()
        edge, bar = theme.px(48), area.verticalScrollBar()
        if y < edge:
            bar.setValue(bar.value() - theme.px(14))
        elif y > area.viewport().height() - edge:
            bar.setValue(bar.value() + theme.px(14))
        else:
            return
        self._show_target(place)
