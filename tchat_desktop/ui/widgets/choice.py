"""One of several ways, as a card to press: a title and a sentence that says what it means."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.radio import goes_to_other, stop_at_chosen

_PADDING = 14
_DOT = 20


class WideChoice(QAbstractButton):
    """A radio button as wide as the page; put several into a QButtonGroup.

    Tab comes to the one that is chosen, the arrows go on to the others. Where choosing does more
    than change the chat, `arrows_choose` is False: then Space or Enter chooses.
    """

    def __init__(self, title: str, text: str, arrows_choose: bool = True) -> None:
        super().__init__()
        self._title, self._text = title, text
        self._arrows_choose = arrows_choose
        self.setCheckable(True)
        self.setProperty("role", "radio")
        self.toggled.connect(self._on_toggled)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        if not goes_to_other(self, event, chooses=self._arrows_choose):
            super().keyPressEvent(event)

    def _on_toggled(self, chosen: bool) -> None:
        group = self.group()
        if chosen and group is not None:
            stop_at_chosen(group)

    def sizeHint(self) -> QSize:
        width = theme.px(420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(48))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = width - theme.px(_PADDING * 2 + _DOT + 12)
        height = self._laid_out(self._title, self._title_font(), room)[1]
        if self._text:
            height += theme.px(3) + self._laid_out(self._text, self._text_font(), room)[1]
        return max(theme.px(48), round(height) + theme.px(_PADDING) * 2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        edge = 2 if chosen else 1
        line, ground = colours.field_line, colours.paper
        if chosen:
            line, ground = colours.plum, colours.tint
        elif self.underMouse():
            # Nothing of the plum of what is chosen: the mouse passes over what it does not choose.
            line, ground = colours.muted, colours.sand
        painter.setPen(QPen(QColor(line), edge))
        painter.setBrush(QColor(ground))
        box = QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        painter.drawRoundedRect(box, theme.px(10), theme.px(10))

        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        dot = theme.px(_DOT)
        x = self.width() - theme.px(_PADDING) - dot if mirrored else theme.px(_PADDING)
        circle = QRectF(x, (self.height() - dot) / 2, dot, dot).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(colours.plum if chosen else colours.field_line), 2))
        painter.setBrush(QColor(colours.paper))
        painter.drawEllipse(circle)
        if chosen:
            inset = dot * 0.24
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.plum))
            painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset))

        left = theme.px(_PADDING) if mirrored else theme.px(_PADDING + _DOT + 12)
        room = self.width() - theme.px(_PADDING * 2 + _DOT + 12)
        title, title_height = self._laid_out(self._title, self._title_font(), room)
        text, text_height = self._laid_out(self._text, self._text_font(), room)
        gap = theme.px(3) if self._text else 0
        top = (self.height() - title_height - gap - text_height) / 2
        painter.setPen(QColor(colours.plum if chosen else colours.ink))
        title.draw(painter, QRectF(left, top, room, 0).topLeft())
        painter.setPen(QColor(colours.muted))
        text.draw(painter, QRectF(left, top + title_height + gap, room, 0).topLeft())

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.px(15))
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _text_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.px(13.5))
        font.setWeight(QFont.Weight.Normal)
        return font

    def _laid_out(self, words: str, font: QFont, room: int) -> tuple[QTextLayout, float]:
        layout = QTextLayout(words, font)
        option = QTextOption()
        option.setTextDirection(self.layoutDirection())
        # Beside its circle, whichever way the words themselves run.
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        height = 0.0
        layout.beginLayout()
        while words:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(room)
            line.setPosition(QRectF(0, height, 0, 0).topLeft())
            height += line.height()
        layout.endLayout()
        return layout, height
