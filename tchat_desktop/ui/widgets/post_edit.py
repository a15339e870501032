"""An editor for the text of a post: grows with it, colours tags, counts as X counts."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocumentFragment,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.clean_text import cleaned
from tchat_desktop.domain.visuals import is_right_to_left
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.bubble import tell, tell_full
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _, ngettext

_FIRST_SAID = 20
"""How many characters are left when a screen reader says so for the first time."""

_RICH_TIMES = 20
"""Characters of markup looked at for each one a field may hold."""


class GrowingEdit(QPlainTextEdit):
    """A plain text editor as high as its text, so that the page scrolls and not the field.

    With `most` it is so many lines high at the most, and scrolls. Tab goes on to the next field.
    What is pasted, from Word or a web page, is cleaned, and no more of it is taken than `cap`
    leaves room for.
    """

    come_to = Signal()
    """Emitted when the keyboard comes to the field."""

    def __init__(
        self,
        text: str = "",
        bare: bool = False,
        lines: int = 1,
        most: int = 0,
        cap: Cap = Cap.TEXT,
    ) -> None:
        super().__init__(text)
        self._lines = lines
        self._most = most
        self._cap = cap
        self.setProperty("bare", bare)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalScrollBar().rangeChanged.connect(self._stay)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._mirrored = False
        self.document().contentsChanged.connect(self._lean)
        self._lean()
        self.document().setDocumentMargin(theme.px(3))
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self._on_size_changed()

    def _lean(self) -> None:
        """Stand at the right where the text is written from right to left, as in Arabic."""
        mirrored = is_right_to_left(self.toPlainText())
        if mirrored is self._mirrored:
            return
        self._mirrored = mirrored
        option = self.document().defaultTextOption()
        flag = Qt.AlignmentFlag
        option.setAlignment(flag.AlignRight | flag.AlignAbsolute if mirrored else flag.AlignLeft)
        self.document().setDefaultTextOption(option)

    def keep_lines(self, lines: int) -> None:
        """Be so many lines high from now on, whatever the text; a longer one scrolls."""
        self._lines = self._most = lines
        self._on_size_changed()

    def show_text(self, text: str) -> None:
        """Show a text that came from elsewhere, keeping the cursor when it means the same."""
        if cleaned(self.toPlainText()) != cleaned(text):
            self.setPlainText(text)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.take_in(self.text_of(source))

    def text_of(self, source: QMimeData) -> str:
        """What is pasted or dropped, as plain text, cleaned."""
        text = source.text()
        if not text and source.hasHtml():
            rich = source.html()[: _RICH_TIMES * self._cap]
            text = QTextDocumentFragment.fromHtml(rich).toPlainText()
        return cleaned(text)

    def take_in(self, text: str) -> None:
        """Put a text where the cursor is, in place of what is selected, as far as there is room."""
        room = self._room()
        if len(text) > room:
            tell_full(self, self._cap)
        self.textCursor().insertText(text[:room])
        self.ensureCursorVisible()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.come_to.emit()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text() and not self._room():
            tell_full(self, self._cap)
        else:
            super().keyPressEvent(event)
            if not self.hasFocus():
                # The key sent the keyboard elsewhere: Qt would leave a caret drawn here for ever.
                super().focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))

    def _room(self) -> int:
        """How many characters may still come in, in place of what is selected."""
        cursor = self.textCursor()
        selected = cursor.selectionEnd() - cursor.selectionStart()
        return max(0, self._cap - self.document().characterCount() + 1 + selected)

    def toPlainText(self) -> str:
        """The text as it was typed: Qt's own method would turn no-break spaces into others."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def extra_lines(self) -> int:
        """How many lines to leave free below the text."""
        return 0

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_size_changed()

    def _on_size_changed(self) -> None:
        lines = max(self._lines, self._line_count() + self.extra_lines())
        if self._most:
            lines = min(lines, self._most)
        frame = 2 if self.property("bare") else theme.px(14)
        # Lines are laid out at whole pixels, rounded up; QFontMetrics rounds to the nearest.
        line = ceil(QFontMetricsF(self.font()).lineSpacing())
        height = max(32, lines * line + 2 * theme.px(3) + frame + 2)
        if height != self.minimumHeight():
            self.setFixedHeight(height)
        # Resizing lays the text out again, which may call this anew in the midst of the call above:
        # whoever comes last must leave both limits alike.
        if self.maximumHeight() != self.minimumHeight():
            self.setFixedHeight(self.minimumHeight())

    def _stay(self, _least: int, most: int) -> None:
        # Lines wrap anywhere, yet Qt gives a blank at the end of one room to scroll to.
        if most:
            self.horizontalScrollBar().setMaximum(0)

    def _line_count(self) -> int:
        """The lines of the whole text as it wraps."""
        layout, block, lines = self.document().documentLayout(), self.document().begin(), 0
        while block.isValid():
            # A block out of sight is laid out only when asked: the size of the document would
            # count it as one line.
            layout.blockBoundingRect(block)
            lines += max(1, block.layout().lineCount())
            block = block.next()
        return lines


class _EntityColours(QSyntaxHighlighter):
    def highlightBlock(self, text: str) -> None:
        shape = QTextCharFormat()
        shape.setForeground(QColor(theme.tokens().plum))
        shape.setFontWeight(QFont.Weight.DemiBold)
        for entity in NETWORK.entities(text):
            # Qt counts in UTF-16 units, Python in code points.
            start = len(text[: entity.start].encode("utf-16-le", "surrogatepass")) // 2
            length = len(text[entity.start : entity.end].encode("utf-16-le", "surrogatepass")) // 2
            self.setFormat(start, length, shape)


class PostEdit(GrowingEdit):
    """The text of a post; tags, mentions and links are coloured as they will be on X."""

    def __init__(self, text: str = "", bare: bool = False, lines: int = 2, most: int = 0) -> None:
        super().__init__(text, bare, lines, most, Cap.POST)
        self._colours = _EntityColours(self.document())
        self._ready = ""
        """The ready text that was put in last."""

    def put_instead(self, text: str, nothing: str = "") -> None:
        """Put a ready text in the place of all there is; that words of one's own go is told.

        Through the cursor, so that undo brings them back. `nothing` is what stands in a field
        in which nobody has written.
        """
        before = self.toPlainText().strip()
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        if before not in ("", nothing, self._ready, text.strip()):
            tell(
                self,
                _("This text replaces yours. {keys} brings yours back.").format(
                    keys=named(Shortcut.UNDO)
                ),
            )
        self._ready = text.strip()


class Counter(Text):
    """How much room is left in a post, as X counts; says so in words when it is too much."""

    def __init__(self) -> None:
        super().__init__("", "counter", wrap=False)
        widest = self.fontMetrics().horizontalAdvance("999 caractères de trop  ")
        self.setMinimumWidth(min(widest, theme.px(170)))
        self.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._field: GrowingEdit | None = None
        self._least_said = _FIRST_SAID + 1
        self._described = ""
        """What a screen reader finds with the field of how much is left."""

    def belong_to(self, field: GrowingEdit) -> None:
        """Tell of this field: a screen reader finds the count with it, and hears it run out."""
        self._field = field
        # Not at each key: a description that changes is said at once.
        field.come_to.connect(self._describe)

    def _describe(self) -> None:
        field = self._field
        if field is not None and not self.isHidden():
            said = field.accessibleDescription().removesuffix(self._described).strip()
            self._described = self.text()
            field.setAccessibleDescription(f"{said} {self._described}".strip())

    def keep_width_of_figures(self) -> None:
        """Be as wide as the figures need; a sentence, that it is too much, is wider for a while."""
        self.show_left(NETWORK.longest_post)
        self.ensurePolished()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(f"{self.text()} "))

    def show_text(self, text: str, by_page: bool = True, reply: bool = False) -> None:
        """Count a text as it will be posted, by the page or with keys."""
        self.show_left(NETWORK.remaining(text), text if by_page else "", reply)

    def show_left(self, left: int, text: str = "", reply: bool = False) -> None:
        """Show how many weighted characters are left; below zero, how many are too many.

        Of a `text` that goes by the page and fits, it says when that page cannot hold it: the page
        of a `reply` names the post it answers too.
        """
        no_page = left >= 0 and NETWORK.fits_post_but_no_page(text, reply=reply)
        set_tip(
            self,
            _(
                "X takes this text, but the page that opens ready in the browser cannot hold it. "
                "Without access keys, shorten it, or copy it and paste it on X at its time."
            )
            if no_page
            else "",
        )
        if no_page:
            self.set_tone("look")
            self.setText(_("Too long for the browser"))
        elif left < 0:
            self.set_tone("stop")
            words = ngettext("{count} character too many", "{count} characters too many", -left)
            self.setText(words.format(count=-left))
        else:
            self.set_tone("look" if left < 20 else None)
            self.setText(
                ngettext("{count} left of {most}", "{count} left of {most}", left).format(
                    count=left, most=NETWORK.longest_post
                )
            )
        self._say_once(left)

    def _say_once(self, left: int) -> None:
        """Have a screen reader say the count where it runs out, and not at each key."""
        field = self._field
        if field is None:
            return
        reached = next((level for level in (-1, 0, _FIRST_SAID) if left <= level), _FIRST_SAID + 1)
        if reached < self._least_said and field.hasFocus():
            announce(field, self.text())
            self._describe()
        self._least_said = reached
