"""Tab goes where the eye goes, also through what was added later."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from tchat_desktop.ui.widgets.flow import FlowLayout


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


def _focusable(item: QWidget | QLayout) -> Iterator[QWidget]:
    if isinstance(item, QWidget):
        if item.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield item
        layout = item.layout()
    else:
        layout = item
    if layout is None:
        return
    if isinstance(layout, FlowLayout):
        for widget in layout.widgets:
            yield from _focusable(widget)
        return
    for index in range(layout.count()):
        child = layout.itemAt(index)
        assert child is not None
        inner = child.widget() or child.layout()
        if inner is not None:
            yield from _focusable(inner)
