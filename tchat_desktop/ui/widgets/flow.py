"""A layout that fills rows like words in a paragraph, so that long words never push a row out."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.placing import take_away

Sized = tuple[QWidget, QSize]
"""A widget with the size it gets."""


class FlowLayout(QHBoxLayout):
    """Rows of widgets that wrap where the width ends; right to left where the language is.

    Qt keeps the items and this class says where the widgets go. It never asks for an item:
    PySide6 keeps the Python side of items that Qt has deleted (6.11, reproduced), and hands it out
    again for a new one at the same address.

    Like Qt's own boxes it keeps what it found out until Qt says that something has changed: boxes
    within boxes ask hundreds of times for the same few widths.
    """

    def __init__(self, *widgets: QWidget, spacing: int = 8) -> None:
        super().__init__()
        self._widgets: list[QWidget] = []
        self._kept_rows: dict[int, list[list[Sized]]] = {}
        self._heights: dict[int, int] = {}
        self._smallest: QSize | None = None
        self._gap = theme.px(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addWidget(self, widget: QWidget) -> None:  # type: ignore[override] # nothing stretches here
        self._widgets.append(widget)
        super().addWidget(widget)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """The widgets, in order."""
        self._shown()
        return tuple(self._widgets)

    def clear(self) -> None:
        """Do away with every widget."""
        take_away(self, *self.widgets)
        self._widgets.clear()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        # Qt says so too while Python takes the layout apart (seen with 3.13): nothing is left then.
        if vars(self).get("_kept_rows"):
            self._kept_rows.clear()
            self._heights.clear()
        self._smallest = None
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            heights = [_height(row) for row in self._rows_in(width)]
            self._heights[width] = sum(heights) + self._gap * max(0, len(heights) - 1)
        return self._heights[width]

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def setGeometry(self, rect: QRect) -> None:
        QLayout.setGeometry(self, rect)
        self._place(rect)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        if self._smallest is None:
            size = QSize()
            for widget in self._shown():
                size = size.expandedTo(
                    widget.minimumSizeHint()
                    .expandedTo(widget.minimumSize())
                    .boundedTo(widget.maximumSize())
                )
            self._smallest = size
        return QSize(self._smallest)

    def _shown(self) -> list[QWidget]:
        owner = self.parentWidget()
        self._widgets = [
            one
            for one in self._widgets
            if shiboken6.isValid(one) and (owner is None or one.parentWidget() is owner)
        ]
        return [
            one
            for one in self._widgets
            if not one.isHidden() or one.sizePolicy().retainSizeWhenHidden()
        ]

    def _place(self, rect: QRect) -> None:
        owner = self.parentWidget()
        mirrored = owner is not None and owner.isRightToLeft()
        top = rect.y()
        for row in self._rows_in(rect.width()):
            height, x = _height(row), 0
            for widget, size in row:
                left = rect.width() - x - size.width() if mirrored else x
                above = top + (height - size.height()) // 2
                widget.setGeometry(rect.x() + left, above, size.width(), size.height())
                x += size.width() + self._gap
            top += height + self._gap

    def _rows_in(self, width: int) -> list[list[Sized]]:
        width = max(width, 1)
        if width not in self._kept_rows:
            self._kept_rows[width] = self._rows(width)
        return self._kept_rows[width]

    def _rows(self, width: int) -> list[list[Sized]]:
        return self._wrapped(self._shown(), width)

    def _wrapped(self, widgets: Sequence[QWidget], width: int) -> list[list[Sized]]:
        rows: list[list[Sized]] = []
        room = -1
        for widget in widgets:
            size = self._size_in(widget, width)
            if size.width() > room:
                rows.append([])
                room = width
            rows[-1].append((widget, size))
            room -= size.width() + self._gap
        return rows

    def _size_in(self, widget: QWidget, width: int) -> QSize:
        """The size a widget wants where so much room is left for it."""
        least = widget.minimumSizeHint().expandedTo(widget.minimumSize())
        size = widget.sizeHint().expandedTo(least).boundedTo(widget.maximumSize())
        if size.width() > width:
            size.setWidth(width)
            if widget.hasHeightForWidth():
                size.setHeight(widget.heightForWidth(width))
        return size


def _height(row: Sequence[Sized]) -> int:
    return max(size.height() for _widget, size in row)
