"""A row whose elastic widget takes the room that is left; so the last is at the far end."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from tchat_desktop.ui.widgets.flow import FlowLayout, Sized


class SpreadRow(FlowLayout):
    """One row while there is room; else the elastic widget and what follows begin another row."""

    def __init__(self, elastic: QWidget, *widgets: QWidget, least: int, spacing: int = 12) -> None:
        """`elastic` is one of the widgets; `least` is the width in pixels that it needs."""
        self._elastic = elastic
        self._least = least
        super().__init__(*widgets, spacing=spacing)

    def _rows(self, width: int) -> list[list[Sized]]:
        shown = self._shown()
        rows = self._wrapped(shown, width)
        if len(rows) > 1 and self._elastic in shown:
            at = shown.index(self._elastic)
            rows = self._wrapped(shown[:at], width) + self._wrapped(shown[at:], width)
        return [self._filled(row, width) for row in rows]

    def _size_in(self, widget: QWidget, width: int) -> QSize:
        size = super()._size_in(widget, width)
        if widget is self._elastic:
            size.setWidth(min(self._least, width))
        return size

    def _filled(self, row: list[Sized], width: int) -> list[Sized]:
        left = width - sum(size.width() for _widget, size in row) - self._gap * (len(row) - 1)
        return [(widget, self._grown(widget, size, left)) for widget, size in row]

    def _grown(self, widget: QWidget, size: QSize, left: int) -> QSize:
        if widget is not self._elastic:
            return size
        width = size.width() + max(0, left)
        height = widget.heightForWidth(width) if widget.hasHeightForWidth() else size.height()
        return QSize(width, height)
