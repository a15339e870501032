"""Tab goes where the eye goes, also through what was added later."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLayout, QWidget

from tchat_desktop.ui.widgets.flow import FlowLayout

_BY_HAND = Qt.FocusPolicy.TabFocus | Qt.FocusPolicy.ClickFocus
SEALED = Qt.FocusPolicy(Qt.FocusPolicy.StrongFocus & ~_BY_HAND)
"""What is left of StrongFocus: it can be given the keyboard, but neither Tab nor a click does.

So it is with what stands in an item of a list until that item is entered.
"""

_COMES = Qt.FocusPolicy.TabFocus | SEALED


def takes_keyboard(widget: QWidget) -> bool:
    """Whether the keyboard comes here by Tab, at once or once the item it belongs to is entered."""
    return bool(widget.focusPolicy() & _COMES)


def nearest_stop(container: QWidget, gone: QWidget) -> QWidget | None:
    """What Tab comes to in a container nearest to the place of a widget that was put away."""
    place = QRect(gone.mapTo(container, QPoint(0, 0)), gone.size())

    def distance(widget: QWidget) -> tuple[int, int]:
        at = QRect(widget.mapTo(container, QPoint(0, 0)), widget.size())
        up, down = place.top() - at.bottom(), at.top() - place.bottom()
        left, right = place.left() - at.right(), at.left() - place.right()
        return max(0, up, down), max(0, left, right)

    stops = [
        one
        for one in container.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisible()
        and one.isEnabled()
        and one.focusProxy() is None
    ]
    return min(stops, key=distance, default=None)


def put_in_reading_order(*containers: QWidget | QLayout) -> None:
    """Let Tab follow the order of the layouts in the containers, one after another.

    Together they stay where the first of them was among the fields of the window, also when
    the one that is to come first was made last.
    """
    found = [widget for container in containers for widget in _focusable(container)]
    if not found:
        return
    members, earliest = set(found), found[0].window().nextInFocusChain()
    while earliest is not None and earliest not in members:
        earliest = earliest.nextInFocusChain()
    if earliest is not None and earliest is not found[0]:
        QWidget.setTabOrder(earliest, found[0])
    for before, after in pairwise(found):
        QWidget.setTabOrder(before, after)


def put_behind_what_precedes(box: QWidget) -> bool:
    """Let Tab come to what is in a box after what is read before it, and go on in its order.

    It looks at the box, and at what comes before it, alone: a page may hold hundreds of widgets.
    False where nothing before it takes the keyboard.
    """
    inner, parent = box, box.parentWidget()
    while parent is not None and not inner.isWindow():
        layout = parent.layout()
        for part in reversed(_before(layout, inner) or () if layout is not None else ()):
            stops = list(_focusable(part))
            if stops:
                for before, after in pairwise((stops[-1], *_focusable(box))):
                    QWidget.setTabOrder(before, after)
                return True
        inner, parent = parent, parent.parentWidget()
    return False


def _before(layout: QLayout, widget: QWidget) -> list[QWidget | QLayout] | None:
    """What stands before a widget in a layout and those inside it, None if it is not there."""
    parts: list[QWidget | QLayout] = []
    for part in _parts(layout):
        if part is widget:
            return parts
        if isinstance(part, QLayout) and (within := _before(part, widget)) is not None:
            return [*parts, *within]
        parts.append(part)
    return None


def _parts(layout: QLayout) -> Iterator[QWidget | QLayout]:
    if isinstance(layout, FlowLayout):
        yield from layout.widgets
        return
    for index in range(layout.count()):
        child = layout.itemAt(index)
        assert child is not None
        inner = child.widget() or child.layout()
        if inner is not None:
            yield inner


def _focusable(item: QWidget | QLayout) -> Iterator[QWidget]:
    if isinstance(item, QWidget):
        if takes_keyboard(item):
            yield item
        layout = item.layout()
        if layout is None:
            # A button inside a field.
            inside = item.findChildren(
                QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly
            )
            yield from (one for one in inside if takes_keyboard(one))
    else:
        layout = item
    if layout is None:
        return
    for part in _parts(layout):
        yield from _focusable(part)
