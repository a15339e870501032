"""The editor of one post of the run sheet: its text and counter, its minutes, its picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.domain.run_sheet import RunItem
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.run_sheet.picture_panel import PicturePanel
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietSpinBox
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _

MOST_MINUTES = 60


class RunItemEditor(QWidget):
    """The editor of a post, shown in place of its text."""

    text_edited = Signal(str)
    minutes_edited = Signal(int)
    reset_wanted = Signal()
    closed = Signal()

    def __init__(self, item: RunItem, by_page: bool) -> None:
        super().__init__()
        self._text = PostEdit(item.text)
        self._counter = Counter()
        self._counter.belong_to(self._text)
        self._counter.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._minutes = QuietSpinBox(1, MOST_MINUTES, _(" min"))
        self._minutes.setMinimumHeight(max(theme.Height.TARGET, theme.px(theme.Height.TARGET)))
        self._reset = Button(_("Back to the proposed text"), "link", "undo")
        self._shared = Text(_("The question itself changes, on its page and everywhere."), "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.NEAR))
        layout.addWidget(self._text)
        layout.addWidget(self._shared)
        # Only now: without a parent, it would open as a window of its own.
        self._shared.setVisible(item.kind is PostKind.QUESTION)
        layout.addLayout(
            FlowLayout(self._minutes, self._counter, self._reset, spacing=theme.Space.UNDER_HEADING)
        )
        self.picture = PicturePanel()
        layout.addWidget(self.picture)
        self.show_item(item, by_page)
        self._text.textChanged.connect(self._on_text_changed)
        self._minutes.valueChanged.connect(self.minutes_edited)
        self._reset.clicked.connect(self._on_reset)
        escape = QShortcut(QKeySequence("Escape"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def show_item(self, item: RunItem, by_page: bool) -> None:
        """Show the post; spaces being typed at the end of the text are left alone."""
        typed = self._text.toPlainText()
        same = typed.split() == item.text.split()
        if typed != item.text and not (same and self._text.hasFocus()):
            self._text.blockSignals(True)
            self._text.setPlainText(item.text)
            self._text.blockSignals(False)
        if self._minutes.value() != item.minutes:
            self._minutes.blockSignals(True)
            self._minutes.setValue(item.minutes)
            self._minutes.blockSignals(False)
        self._counter.show_text(item.text, by_page)
        self._reset.setVisible(item.edited)
        self.picture.show_picture(item.picture)

    def show_name(self, name: str) -> None:
        """Name every part after its post, so that all accessible names on the page differ."""
        self._text.setAccessibleName(_("Text of {post}").format(post=name))
        self._minutes.setAccessibleName(_("Minutes of {post}").format(post=name))
        self._reset.setAccessibleName(_("Back to the proposed text of {post}").format(post=name))
        self.picture.show_name(name)

    def focus_text(self) -> None:
        """Put the cursor at the end of the text."""
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._text.setFocus()

    def _on_text_changed(self) -> None:
        self.text_edited.emit(self._text.toPlainText())

    def _on_reset(self) -> None:
        self.reset_wanted.emit()
        self._text.setFocus()
