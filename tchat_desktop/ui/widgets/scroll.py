"""A scrolling area whose bar keeps its place, so that nothing jumps when there is more to show."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from tchat_desktop.ui import theme

BAR = 12
"""How wide the bar can be taken hold of, in pixels at a text scale of 1."""
THUMB = 6
"""How wide what is seen of it is."""
LINGERS_MS = 1_200
"""How long it is seen after the last turn of the wheel."""


class SteadyScrollArea(QScrollArea):
    """Scrolls up and down only. The room of the bar is kept; the bar shows when it is needed.

    It is seen while the pointer is over the area, a moment after it scrolled, and for that long
    when the area comes on screen: who sees nothing of it would not know that there is more.

    The bar is our own: Qt counts its bars among the children a screen reader sees, only while they
    show, and crashes when the reader asks for one that has just gone (Qt 6.11, reproduced).
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.covered = 0
        """The height in pixels of what covers the top without scrolling; see `cover`."""
        self._bar = _Bar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._width = theme.px(BAR)
        self._beneath = False
        left, right = self._room_of_bar
        self.setViewportMargins(left, 0, right, 0)
        inner = self.verticalScrollBar()
        inner.rangeChanged.connect(self._follow)
        inner.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(inner.setValue)

    def reach_beneath_bar(self) -> None:
        """Let what is shown be as wide as the area: the bar lies over its margin."""
        self._beneath = True
        self.setViewportMargins(0, 0, 0, 0)

    @property
    def free_width(self) -> int:
        """The width in pixels beside the bar."""
        return self.width() - self._width

    @property
    def beneath_bar(self) -> tuple[int, int]:
        """What of the left and of the right of the content lies beneath the bar, in pixels."""
        return self._room_of_bar if self._beneath else (0, 0)

    @property
    def _room_of_bar(self) -> tuple[int, int]:
        left = self._width if self.isRightToLeft() else 0
        return left, self._width - left

    def cover(self, height: int) -> None:
        """Tell that something covers the top without scrolling; the bar begins below it."""
        if height != self.covered:
            self.covered = height
            self._place_bar()

    def scroll_to(self, widget: QWidget) -> None:
        """Scroll as little as possible to show all of a widget, or its top if it is too high.

        The widget does not end up under what covers the top.
        """
        gap, bar = theme.px(12), self.verticalScrollBar()
        inner = self.widget()
        assert inner is not None
        top = widget.mapTo(inner, QPoint(0, 0)).y() - gap
        bottom = top + widget.height() + 2 * gap
        if bottom > bar.value() + self.viewport().height():
            bar.setValue(bottom - self.viewport().height())
        if top < bar.value() + self.covered:
            bar.setValue(top - self.covered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_bar()
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bar.linger()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._bar.stay(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._bar.stay(False)

    def _place_bar(self) -> None:
        left = 0 if self.isRightToLeft() else self.width() - self._width
        top = self.covered
        self._bar.setGeometry(QRect(left, top, self._width, self.height() - top))

    def _follow(self) -> None:
        inner = self.verticalScrollBar()
        self._bar.setPageStep(inner.pageStep())
        self._bar.setSingleStep(inner.singleStep())
        self._bar.setRange(inner.minimum(), inner.maximum())
        self._bar.setValue(inner.value())


class _Bar(QScrollBar):
    """Paints its thumb only, while it is to be seen and there is something to scroll."""

    def __init__(self, orientation: Qt.Orientation, parent: SteadyScrollArea) -> None:
        super().__init__(orientation, parent)
        self._stays = False
        self._lingering = QTimer(self)
        self._lingering.setSingleShot(True)
        self._lingering.setInterval(LINGERS_MS)
        self._lingering.timeout.connect(self.update)
        self.valueChanged.connect(self.linger)

    def linger(self) -> None:
        """Be seen for a moment."""
        self._lingering.start()
        self.update()

    def stay(self, stays: bool) -> None:
        """Whether to be seen until told otherwise."""
        self._stays = stays
        self.update()

    @property
    def is_seen(self) -> bool:
        """Whether the thumb is painted; always where the system asks for high contrast."""
        if self.minimum() == self.maximum():
            return False
        return (
            self._stays
            or self.isSliderDown()
            or self._lingering.isActive()
            or theme.is_high_contrast()
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if not self.is_seen:
            return
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style, part = self.style(), QStyle.SubControl.SC_ScrollBarSlider
        whole = style.subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self)
        colours = theme.tokens()
        held = self.isSliderDown() or whole.contains(self.mapFromGlobal(self.cursor().pos()))
        thumb = QRectF(0, 0, theme.px(THUMB), whole.height() - theme.px(4))
        thumb.moveCenter(QPointF(self.width() / 2, whole.center().y() + 0.5))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.muted if held else colours.field_line))
        painter.drawRoundedRect(thumb, thumb.width() / 2, thumb.width() / 2)
