"""A list by keyboard: one Tab stop; arrows go from item to item, Enter goes in, Escape comes back.

Without it, a person with a keyboard only goes through everything in every item, dozens of presses,
before what comes after the list.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.placing import lay_out_around
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.tab_order import (
    SEALED,
    put_behind_what_precedes,
    put_in_reading_order,
    takes_keyboard,
)

_OPEN = Qt.FocusPolicy.TabFocus
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ItemList(QObject):
    """Gives the widgets in a box the keyboard of a list.

    The item that had the keyboard last is the one that Tab comes to. Inside an item Tab goes
    through what is in it, and then on to what comes after the list.
    """

    entered = Signal(QWidget)
    """Emitted when Enter is pressed on an item; who listens may put the keyboard where it is best.

    Otherwise it comes to the first thing in the item that takes it.
    """

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self._box = box
        self._items: tuple[QWidget, ...] = ()
        self._current: QWidget | None = None
        self._inside: QWidget | None = None
        """The item whose fields Tab goes through, since one of them has the keyboard."""
        box.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    @property
    def box(self) -> QWidget:
        """The widget that the items stand in."""
        return self._box

    @property
    def items(self) -> tuple[QWidget, ...]:
        """The items from top to bottom."""
        return self._items

    @property
    def current(self) -> QWidget | None:
        """The item that Tab comes to."""
        return self._current

    def show_items(self, items: Sequence[QWidget]) -> None:
        """Take these widgets, in their order on screen, as the items."""
        before = self._items.index(self._current) if self._current in self._items else 0
        changed = self._items != tuple(items)
        new = [one for one in items if one not in self._items]
        reached = self._current, self._inside
        self._items = tuple(items)
        acts = all(isinstance(item, QAbstractButton) for item in items)
        self._box.setProperty("role", "toolbar" if acts and items else "list")
        for place, item in enumerate(items, 1):
            item.installEventFilter(self)
            if isinstance(item, QAbstractButton):
                # It is pressed, not read: whoever listens must hear that it is a button.
                continue
            item.setProperty("ringed", True)
            item.setProperty("role", "listitem")
            item.setProperty("position", [place, len(items)])
        if self._current not in self._items:
            self._current = self._items[min(before, len(items) - 1)] if items else None
        if self._inside not in self._items:
            self._inside = None
        self._seal(new if reached == (self._current, self._inside) else self._items)
        if changed and not put_behind_what_precedes(self._box):
            # The items may be newer than all else on the page, and would come last.
            put_in_reading_order(*self._around())

    def stand_on(self, item: QWidget) -> None:
        """Put the keyboard on an item, and scroll to it."""
        # Qt shows what was just put into a layout later, and gives it its place later still.
        item.show()
        lay_out_around(item)
        item.setFocus(Qt.FocusReason.TabFocusReason)
        area = self._area()
        if isinstance(area, SteadyScrollArea):
            area.scroll_to(item)
        elif area is not None:
            gap = theme.px(theme.Space.UNDER_HEADING)
            area.ensureWidgetVisible(item, gap, gap)

    def _around(self) -> Sequence[QWidget]:
        """What is read together with the list: what is pinned above the page, and the page."""
        area = self._area()
        page = area.widget() if area is not None else None
        if area is None or page is None:
            return (self._box,)
        inside = (one for one in area.viewport().children() if isinstance(one, QWidget))
        return (*(one for one in inside if one is not page), page)

    def _area(self) -> QScrollArea | None:
        """What the list scrolls in, once it stands somewhere."""
        area: QWidget | None = self._box
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        return area

    def let_go(self, gone: Collection[QWidget]) -> None:
        """Take the keyboard off items that are about to go, to the nearest one that stays."""
        at = self.item_of(QApplication.focusWidget())
        if at is None or at not in gone:
            return
        place = self._items.index(at)
        nearest = (*self._items[place:], *reversed(self._items[:place]))
        staying = next((one for one in nearest if one not in gone), None)
        if staying is not None:
            self.stand_on(staying)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not hasattr(self, "_box"):
            # Python has collected a page that nobody holds, and Qt tells of its widgets going.
            return False
        if isinstance(watched, QAbstractButton):
            # A button goes on to the next Tab stop by an arrow, which leads out of the list.
            if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
                return False
            return event.key() in (*_STEPS, *_ENDS) and self._takes(event)
        if watched is not self._box:
            if event.type() == QEvent.Type.LayoutRequest and watched in self._items:
                # Something may have come into it.
                self._seal([one for one in self._items if one is watched])
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._takes(event)
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        """Act on a key that nothing inside an item had a use for; whether it meant something."""
        at = QApplication.focusWidget()
        item = self.item_of(at)
        if item is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = Qt.Key(event.key())
        if at is not item:
            if key == Qt.Key.Key_Escape:
                self.stand_on(item)
            return key == Qt.Key.Key_Escape
        if key in _STEPS:
            mirrored = item.layoutDirection() == Qt.LayoutDirection.RightToLeft
            step = -_STEPS[key] if mirrored and key in _SIDEWAYS else _STEPS[key]
            place = self._items.index(item) + step
            self.stand_on(self._items[max(0, min(place, len(self._items) - 1))])
        elif key in _ENDS:
            self.stand_on(self._items[_ENDS[key]])
        elif key in _ENTER and not event.isAutoRepeat():
            self.entered.emit(item)
            if item.hasFocus():
                _step_into(item)
        return key in (*_STEPS, *_ENDS, *_ENTER)

    def item_of(self, widget: QWidget | None) -> QWidget | None:
        """The item a widget is, or stands in; None when it is none of this list."""
        while widget is not None and widget is not self._box:
            if widget in self._items:
                return widget
            widget = widget.parentWidget()
        return None

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not shiboken6.isValid(self._box):
            return
        item = self.item_of(new)
        inside = item if new is not item else None
        if (inside, item or self._current) != (self._inside, self._current):
            self._inside = inside
            self._current = item or self._current
            self._seal(self._items)

    def _seal(self, items: Sequence[QWidget]) -> None:
        """Let Tab come to the current item alone, and to what is in the one that is entered.

        `items` are those that may not be so yet.
        """
        if self._inside is not None and self._inside in items:
            # Something may have come into it since.
            put_in_reading_order(self._inside)
        for item in items:
            _let_tab(item, item is self._current)
            for one in item.findChildren(QWidget):
                if takes_keyboard(one):
                    _let_tab(one, item is self._inside)


def _step_into(item: QWidget) -> None:
    inside = item.nextInFocusChain()
    while inside is not None and item.isAncestorOf(inside):
        ready = inside.isVisible() and inside.isEnabled() and inside.focusProxy() is None
        if ready and takes_keyboard(inside):
            inside.setFocus(Qt.FocusReason.TabFocusReason)
            return
        inside = inside.nextInFocusChain()


def _let_tab(widget: QWidget, comes: bool) -> None:
    policy = widget.focusPolicy()
    wanted = (policy | _OPEN if comes else policy & ~_OPEN) | SEALED
    if policy != wanted:
        widget.setFocusPolicy(Qt.FocusPolicy(wanted))
