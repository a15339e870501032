"""A column that remembers how high it is at each width.

Qt asks for the height at the real width and at the wished one in turn, and its own boxes remember
one of them only: whatever changes on a page, every box of a long list is asked again.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout


class Column(QVBoxLayout):
    """Widgets below each other."""

    def __init__(self) -> None:
        super().__init__()
        self._heights: dict[int, int] = {}
        self._least: dict[int, int] = {}

    def invalidate(self) -> None:
        # Qt says so too while Python takes the layout apart: nothing is left then.
        for kept in ("_heights", "_least"):
            vars(self).get(kept, {}).clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def minimumHeightForWidth(self, width: int) -> int:
        if width not in self._least:
            self._least[width] = super().minimumHeightForWidth(width)
        return self._least[width]


class ListColumn(Column):
    """Widgets each as high as they need, whatever room there is for the moment.

    Qt lays out box by box, each a moment after the one inside it: when one widget comes or goes,
    all the others would first share the former height, and be laid out anew twice.
    """

    def setGeometry(self, rect: QRect) -> None:
        needed = self.heightForWidth(rect.width())
        super().setGeometry(QRect(rect.x(), rect.y(), rect.width(), needed))
