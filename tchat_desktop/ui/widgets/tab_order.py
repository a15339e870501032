"""Tab follows the eye, also on pages whose rows come, go and move."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def follow_layout(page: QWidget) -> None:
    """Have Tab go through the fields of `page` in the order of its layouts.

    Qt would go in the order in which the fields were made. What has the keyboard keeps it.
    """
    layout = page.layout()
    if layout is None:
        return
    fields = list(_fields(layout))
    if not fields:
        return
    # The block of fields stays where its first one is among the fields of the window.
    members, first = set(fields), page.nextInFocusChain()
    while first not in members:
        first = first.nextInFocusChain()
    if first is not fields[0]:
        QWidget.setTabOrder(first, fields[0])
    for before, after in zip(fields, fields[1:], strict=False):
        if before.nextInFocusChain() is not after:
            QWidget.setTabOrder(before, after)


def _fields(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        widget = item.widget() if item else None
        if widget is not None:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield widget
            inner = widget.layout()
            if inner is not None:
                yield from _fields(inner)
        elif item is not None and item.layout() is not None:
            yield from _fields(item.layout())
