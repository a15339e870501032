"""An editor that shows the tag of the chat after the text, where the post will have it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextLine,
)

from tchat_desktop.domain.pasted_list import questions_in, without_mark
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.post_edit import PostEdit


class TaggedEdit(PostEdit):
    """The text of one question. The tag is painted, not typed, so nobody can break it.

    `entered` when Enter is pressed (a question is one paragraph; Shift+Enter breaks the line),
    `left` when the keyboard goes elsewhere, `list_pasted` when several questions are pasted.
    """

    entered = Signal()
    left = Signal()
    list_pasted = Signal(tuple)
    """The questions, without their numbers and bullets."""

    def __init__(self) -> None:
        self._tag = ""
        super().__init__(bare=True, lines=1)
        self.textChanged.connect(self._on_size_changed)

    def show_tag(self, tag: str) -> None:
        """Show another tag, with its # sign; "" for none."""
        if tag != self._tag:
            self._tag = tag
            self._on_size_changed()
            self.viewport().update()

    def extra_lines(self) -> int:
        return 1 if self._tag and self._tag_place()[1] else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = self.text_of(source)
        if found := questions_in(text):
            self.list_pasted.emit(found)
        elif text and self._all_is_replaced():
            self.take_in(without_mark(text))
        else:
            self.take_in(text)

    def _all_is_replaced(self) -> bool:
        """Whether what is pasted will be the whole text."""
        cursor = self.textCursor()
        rest = len(self.toPlainText()) - (cursor.selectionEnd() - cursor.selectionStart())
        return rest == 0

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._tag or self.document().isEmpty():
            return
        painter = QPainter(self.viewport())
        painter.setFont(self._tag_font())
        painter.setPen(QColor(theme.tokens().plum))
        # As the text around it reads, whatever the direction of the screens.
        painter.setLayoutDirection(self.document().lastBlock().textDirection())
        where, _ = self._tag_place()
        painter.drawText(where, self._tag)

    def _tag_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _tag_place(self) -> tuple[QPointF, bool]:
        """Where the tag's baseline starts, and whether that is a line of its own."""
        block = self.document().lastBlock()
        layout = block.layout()
        count = layout.lineCount()
        if not count:
            return QPointF(), False
        line = layout.lineAt(count - 1)
        origin = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
        metrics = QFontMetricsF(self._tag_font())
        width, space = metrics.horizontalAdvance(self._tag), metrics.horizontalAdvance(" ")
        margin = self.document().documentMargin()
        room = self.viewport().width() - margin
        top = origin.y() + line.y()
        mirrored = block.textDirection() == Qt.LayoutDirection.RightToLeft
        end = self._end_of(line, mirrored) + origin.x()
        x = end - space - width if mirrored else end + space
        if (x < margin) if mirrored else (x + width > room):
            x = max(margin, room - width) if mirrored else margin + origin.x()
            return QPointF(x, top + line.height() + line.ascent()), True
        return QPointF(x, top + line.ascent()), False

    def _end_of(self, line: QTextLine, mirrored: bool) -> float:
        used: QRectF = line.naturalTextRect()
        return used.left() if mirrored else used.right()
