"""The line for a post of one's own: always there, with the tag, and higher while one writes."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.etiquette import same_already, strangers
from tchat_desktop.domain.numbering import taken_number, without_number
from tchat_desktop.domain.routes import RouteChoice
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.cautions import CautionLine, TextCautions
from tchat_desktop.ui.pages.hour.way_words import choice_words
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import row_name
from tchat_desktop.ui.shortcuts import Shortcut, named, sequence
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.mention_words import stranger_words

OPEN_LINES = 3
"""The lines of the field while one writes; a longer text scrolls."""


class Composer(QWidget):
    """One line until it is pressed or typed in; then it has the count, and the button that sends.

    It does not fold by itself when the keyboard leaves it: what is below would move under the
    mouse that is pressing it.
    """

    opened = Signal()
    closed = Signal()
    reshaped = Signal()

    def __init__(
        self, hour: HourPort, choose: Callable[[str], RouteChoice], cautions: TextCautions
    ) -> None:
        super().__init__()
        self._hour = hour
        self._choose = choose
        self._cautions = cautions
        self._view: HourView | None = None
        self._folds = False
        self._edit = _Line()
        self._edit.keep_lines(1)
        keys = named(Shortcut.WRITE)
        self._edit.setPlaceholderText(_("Write a message of your own ({keys})").format(keys=keys))
        self._edit.setAccessibleName(_("A message of your own"))
        self._edit.pressed.connect(self._unfold)
        self._edit.textChanged.connect(self._on_typed)
        self._counter = Counter()
        # It keeps its room: the feed below must not move as one types.
        self._told = CautionLine()
        rehearsing = hour.occasion is Occasion.REHEARSAL
        words = _("Publish in the rehearsal") if rehearsing else _("Publish")
        name = _("{what}: {post}").format(what=words, post=_("A message of your own"))
        self._send = PublishButton(words, "quiet", "send", self._on_send, name)
        set_tip(self._send, named(Shortcut.SEND))
        self._close = Button(_("Close"), "link", clicked=self._fold, name=_("Close the message"))
        self._unnumber = Button("", "link", "close", self._on_unnumbered)
        self._unnumber.hide()
        self._below = self._stand()
        write = QShortcut(sequence(Shortcut.WRITE), self, self.begin)
        write.setContext(Qt.ShortcutContext.WindowShortcut)
        send = QShortcut(sequence(Shortcut.SEND), self._edit, self._on_send)
        send.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._fold)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _stand(self) -> QWidget:
        """Put everything in its place; return what shows only while one writes."""
        below = QWidget()
        inner = QVBoxLayout(below)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(theme.Space.LINE))
        inner.addLayout(row(self._send, self._close, self._unnumber, None, self._counter))
        inner.addWidget(self._told)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addWidget(self._edit)
        layout.addWidget(below)
        below.hide()
        return below

    @property
    def is_open(self) -> bool:
        """Whether somebody writes."""
        return not self._below.isHidden()

    def unfinished(self) -> str:
        """Return what was typed and not sent; "" where there is only the tag."""
        text = self._edit.toPlainText()
        return "" if text.strip() == self._tag else text

    def take_up(self, text: str) -> None:
        """Continue with a text that was typed before."""
        if text:
            self._edit.show_text(text)
            self._unfold()

    def show_view(self, view: HourView) -> None:
        """Follow the hour: nothing is published in a rehearsal that is over."""
        rows_before = self._view.rows if self._view is not None else ()
        self._view = view
        if self._is_over and self._edit.isEnabled():
            self._fold()
            self._edit.setEnabled(False)
            self._edit.setPlaceholderText(over_words())
            set_tip(self._edit, over_words())
            return
        if self.is_open and rows_before != view.rows:
            self._show_text()

    def follow(self) -> None:
        """Stay away: posts are published on another computer."""
        self.hide()

    def begin(self) -> None:
        """Put the keyboard into the field, ready to write."""
        if self._is_over:
            return
        self._edit.setFocus()
        self._unfold()

    @property
    def _tag(self) -> str:
        tag = self._hour.chat.hashtag
        return f"#{tag}" if tag else ""

    @property
    def _is_over(self) -> bool:
        view = self._view
        return view is not None and view.ended and view.occasion is Occasion.REHEARSAL

    def _unfold(self) -> None:
        if self.is_open:
            return
        self._below.show()
        self._edit.keep_lines(OPEN_LINES)
        self._add_tag()
        self._show_text()
        self.reshaped.emit()
        self.opened.emit()

    def _add_tag(self) -> None:
        """Put the tag behind what is typed already; the cursor stays before it."""
        text, cursor = self._edit.toPlainText(), self._edit.textCursor()
        if not self._tag or self._tag in text:
            return
        at = cursor.position()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(f" {self._tag}")
        cursor.setPosition(at)
        self._edit.setTextCursor(cursor)

    def _fold(self) -> None:
        """Fold to one line; what was typed stays in it."""
        if not self.is_open:
            return
        self._folds = True
        if not self.unfinished():
            self._edit.clear()
        self._edit.keep_lines(1)
        self._edit.setFocus()
        self._below.hide()
        self._folds = False
        self.reshaped.emit()
        self.closed.emit()

    def _on_typed(self) -> None:
        if self._folds:
            return
        if self.is_open:
            self._show_text()
        elif self._edit.hasFocus() and self._edit.toPlainText():
            self._unfold()

    def _show_text(self) -> None:
        text = self._edit.toPlainText()
        choice = self._choose(text)
        self._counter.show_text(text, choice.route is Route.ASSISTED)
        lacks = blank_words(text) or self._why_not(text)
        rows = self._view.rows if self._view is not None else ()
        number = taken_number(text, rows)
        self._unnumber.setVisible(number is not None)
        if number is not None:
            self._unnumber.show_text(_("Write it without Q{number}").format(number=number))
        self._send.setEnabled(NETWORK.takes(text) and bool(self.unfinished()) and not lacks)
        if lacks:
            self._told.say(lacks, "stop")
            return
        chat = self._hour.chat
        found = strangers(text, chat, NETWORK)
        misspelt = " ".join(stranger_words(one) for one in found if one.meant)
        if number is not None:
            clash = _("Q{number} is the number of one of your questions: the answers would mix.")
            misspelt = f"{clash.format(number=number)} {misspelt}".strip()
        if not self._cautions.show(self._told, text, chat, misspelt=misspelt):
            self._told.say(choice_words(choice, reply=False), None)

    def _why_not(self, text: str) -> str:
        """Return why this very text cannot be published; "" when it can."""
        if self._is_over:
            return over_words()
        same = same_already(text, self._view.rows) if self._view is not None else None
        if same is None:
            return ""
        words = _("“{post}” says the same already: X may refuse a text that is the same.")
        return words.format(post=row_name(same))

    def _on_unnumbered(self) -> None:
        """Take the number of a question away from the beginning of the text."""
        text = self._edit.toPlainText()
        bare = text.lstrip()
        cursor = self._edit.textCursor()
        cursor.setPosition(0)
        end = len(text) - len(without_number(bare))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        # As one types, so that it can be undone there.
        cursor.removeSelectedText()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._edit.setFocus()

    def _on_send(self) -> None:
        if not self.is_open or not self._send.isEnabled():
            return
        text = self._edit.toPlainText().strip()
        if not self._cautions.guard.lets_leave(self, text):
            if shiboken6.isValid(self):
                self._edit.setFocus()
            return
        self._edit.clear()
        self._hour.write(text)
        self._fold()


def over_words() -> str:
    """Return why nothing can be published once a rehearsal is over."""
    return _("The rehearsal is over: nothing is published any more.")


class _Line(PostEdit):
    """The field, which tells when it is pressed."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__(lines=1, most=1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.pressed.emit()
