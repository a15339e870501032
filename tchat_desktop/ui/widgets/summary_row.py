"""A thing told in one line: its name, the beginning of its text, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button, ButtonKind
from tchat_desktop.ui.widgets.text import Text

NAME_WIDTH = 96
"""Pixels at 100 % that a name has at the least."""
_LEAST_TEXT = 180
"""Pixels at 100 % below which the text stands under the name instead of beside it."""


class SummaryName(Text):
    """The name of a row, which takes a second line where it is long."""

    def __init__(self) -> None:
        super().__init__("", "strong")
        self.setFixedWidth(theme.px(NAME_WIDTH))

    @property
    def least_width(self) -> int:
        """The width in pixels in which no word of the name is cut."""
        self.ensurePolished()
        words = [self.fontMetrics().horizontalAdvance(word) for word in self.text().split()]
        return max(theme.px(NAME_WIDTH), *(word + 2 for word in words), 0)


def align_names(names: Sequence[SummaryName]) -> None:
    """Give the names of a list one width, so that the texts beside them are aligned."""
    width = max((name.least_width for name in names), default=0)
    for name in names:
        if name.width() != width:
            name.setFixedWidth(width)


class OnDemand(Button):
    """A button of a row that is drawn only while somebody is at that row.

    It is there all the time for the keyboard and for screen readers.
    """

    def __init__(
        self,
        text: str,
        kind: ButtonKind = "link",
        icon_name: str = "",
        clicked: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(text, kind, icon_name, clicked)
        self._drawn = False

    def show_drawn(self, drawn: bool) -> None:
        """Draw the button, or leave its place empty."""
        if drawn != self._drawn:
            self._drawn = drawn
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawn or self.hasFocus() or self.underMouse():
            super().paintEvent(event)


class SummaryRow(QWidget):
    """The name at the start, the text beside it, the rest at the end.

    Where the row is too narrow for that, they stand below each other.
    """

    def __init__(self, head: Sequence[QWidget], text: QWidget, tail: Sequence[QWidget]) -> None:
        super().__init__()
        self._head, self._text, self._tail = _group(head), text, _group(tail)
        self._rows = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(2))
        self._grid.setColumnStretch(1, 1)
        # Ignored, so that the wish of the unfolded row never widens the page.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        start, end = (group.sizeHint().width() for group in (self._head, self._tail))
        gap = self._grid.horizontalSpacing()
        self.setMinimumWidth(max(start, end))
        beside = start + end + 2 * gap
        if self.width() >= beside + theme.px(_LEAST_TEXT):
            rows = 1
        else:
            rows = 2 if self.width() >= beside else 3
        if rows != self._rows:
            self._rows = rows
            self._place(rows)

    def _place(self, rows: int) -> None:
        for one in (self._head, self._text, self._tail):
            self._grid.removeWidget(one)
        middle, leading = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeading
        self._grid.addWidget(self._head, 0, 0, middle | leading)
        if rows == 1:
            self._grid.addWidget(self._text, 0, 1)
        else:
            self._grid.addWidget(self._text, 1, 0, 1, 3)
        if rows == 3:
            self._grid.addWidget(self._tail, 2, 0, 1, 3, middle | leading)
        else:
            self._grid.addWidget(self._tail, 0, 2, middle | Qt.AlignmentFlag.AlignTrailing)
        self.updateGeometry()


def _group(widgets: Sequence[QWidget]) -> QWidget:
    group = QWidget()
    layout = QHBoxLayout(group)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.px(4))
    for widget in widgets:
        layout.addWidget(widget)
    return group
