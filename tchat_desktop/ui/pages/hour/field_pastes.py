"""A whole page that is pasted while the keyboard is in a field: taken as the page of the tag."""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from tchat_desktop.ui.pages.hour.board import HourBoard
from tchat_desktop.ui.typed_lately import field_of
from tchat_desktop.ui.widgets.bubble import tell
from tchat_desktop.wording.i18n import _


class FieldPastes(QObject):
    """Watches the field of a page that has the keyboard, so that no page of X lands in it.

    By keys, by its menu, with the middle button of the mouse or dropped: the posts go into the
    conversation, and the field keeps what it had. Words, and single links, go into the field.
    """

    def __init__(self, page: QWidget, board: HourBoard) -> None:
        super().__init__(board)
        self._page = page
        self._pasted = board.feed.pasted
        self._field: QLineEdit | QPlainTextEdit | None = None
        self._watched: tuple[QWidget, ...] = ()
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        qt.focusChanged.connect(self._on_focus_changed)
        self._on_focus_changed(None, QApplication.focusWidget())

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._field, self._watched = None, ()
        if new is None or not shiboken6.isValid(self._page) or not self._page.isAncestorOf(new):
            return
        self._field = field = field_of(new)
        if field is None:
            return
        # The mouse is told to the viewport; a box passes its keys on to the line inside.
        inside = field.viewport() if isinstance(field, QPlainTextEdit) else field
        self._watched = tuple({new, field, inside})
        for widget in self._watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            paste = QKeySequence.StandardKey.Paste
            return event.matches(paste) and self._takes(_copied())
        if kind is QEvent.Type.MouseButtonRelease:
            assert isinstance(event, QMouseEvent)
            return event.button() is Qt.MouseButton.MiddleButton and self._takes(_selected())
        if kind is QEvent.Type.Drop:
            assert isinstance(event, QDropEvent)
            return self._takes(event.mimeData())
        if kind is QEvent.Type.ContextMenu:
            assert isinstance(event, QContextMenuEvent)
            return self._pops_up(event)
        return super().eventFilter(watched, event)

    def _takes(self, mime: QMimeData | None) -> bool:
        """Take a page; False for what belongs in the field."""
        if self._field is None or not self._pasted.holds_page(mime):
            return False
        self._pasted.take(mime)
        words = _(
            "You pasted a whole page: its posts go into the conversation. This field keeps what "
            "it had."
        )
        tell(self._field, words)
        return True

    def _pops_up(self, event: QContextMenuEvent) -> bool:
        """Show the menu of the field with another “Paste”, while a page is on the clipboard."""
        if self._field is None or not self._pasted.holds_page(_copied()):
            return False
        menu = self._field.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        paste = next(one for one in menu.actions() if one.objectName() == "edit-paste")
        paste.triggered.disconnect()
        paste.triggered.connect(partial(self._on_chosen, self._field))
        menu.popup(event.globalPos())
        return True

    def _on_chosen(self, field: QLineEdit | QPlainTextEdit) -> None:
        # The menu had the keyboard until now.
        self._field = field
        self._takes(_copied())


def _copied() -> QMimeData | None:
    return QGuiApplication.clipboard().mimeData()


def _selected() -> QMimeData | None:
    """What was selected last in any window, where the middle button pastes that."""
    clipboard = QGuiApplication.clipboard()
    if not clipboard.supportsSelection():
        return None
    return clipboard.mimeData(QClipboard.Mode.Selection)
