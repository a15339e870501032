"""Boxes that leave the wheel to the page: a value must not change because someone scrolled.

They paint their own arrows: once a style sheet shapes a box, the style draws none.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QWidget,
)

from tchat_desktop.domain.caps import Cap
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import pixmap
from tchat_desktop.ui.widgets.proposed_line import ProposedLine


class QuietComboBox(QComboBox):
    """A combo box that changes by click or key only."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        # Only with this one does the style sheet shape the lines of the list.
        self.setItemDelegate(QStyledItemDelegate(self))
        self._heeds_lines = False

    def showPopup(self) -> None:
        super().showPopup()
        if not self._heeds_lines:
            self._heeds_lines = True
            self.view().selectionModel().selectionChanged.connect(self._on_line_selected)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            # A screen reader meets it too, inside the box.
            line.setAccessibleName(name)

    def _on_line_selected(self) -> None:
        # Pointer and arrows select a line first and make it the current one then.
        QTimer.singleShot(0, self, self._take_line)

    def _take_line(self) -> None:
        """Take a line that is selected without being the current one: so voices choose.

        The accessibility interface can only select a line, and Qt waits for a click or Enter.
        """
        view = self.view()
        rows = {index.row() for index in view.selectionModel().selectedIndexes()}
        chosen = rows - {view.currentIndex().row()}
        if view.isVisible() and chosen:
            row = chosen.pop()
            self.hidePopup()
            self.setCurrentIndex(row)
            self.activated.emit(row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        where = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxArrow,
            self,
        )
        _paint_arrow(self, "down", where)


class QuietSpinBox(QSpinBox):
    """A spin box that changes by click or key only."""

    def __init__(self, least: int, most: int, suffix: str = "") -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLineEdit(ProposedLine(self))
        self.setRange(least, most)
        self.setSuffix(suffix)
        # The padding of the style sheet does not reach the editor inside.
        self.lineEdit().setMaxLength(Cap.NAME)
        self.lineEdit().setTextMargins(theme.px(9), 0, theme.px(4), 0)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        # A screen reader meets it too, inside the box.
        self.lineEdit().setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        for name, part in (
            ("up", QStyle.SubControl.SC_SpinBoxUp),
            ("down", QStyle.SubControl.SC_SpinBoxDown),
        ):
            where = self.style().subControlRect(
                QStyle.ComplexControl.CC_SpinBox, option, part, self
            )
            _paint_arrow(self, name, where)


class LowSpinBox(QuietSpinBox):
    """A spin box that is low enough for the line of a card."""

    def __init__(self, least: int, most: int, suffix: str = "") -> None:
        super().__init__(least, most, suffix)
        self.setProperty("low", True)
        self.lineEdit().setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self.lineEdit().setTextMargins(theme.px(4), 0, 0, 0)


def _paint_arrow(box: QWidget, name: str, where: QRect) -> None:
    size = min(theme.px(14), where.height())
    corner = where.center() - QPoint(size // 2, size // 2)
    QPainter(box).drawPixmap(corner, pixmap(name, theme.tokens().muted, size))
