"""The editor for the text of a post that is to leave; the post is held while it is open."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.named_children import all_words
from tchat_desktop.domain.outgoing import WAITING, OutboxPost
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.models.unfinished import UnfinishedText
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.cautions import CautionLine, TextCautions
from tchat_desktop.ui.pages.hour.faces import set_words, two_lines
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import row_name
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone

_LINES = 4
"""The least number of lines of the editor; a longer text scrolls."""


class ChangeText(QWidget):
    """An editor that holds its post from when it is opened until it is closed."""

    closed = Signal()

    def __init__(self, hour: HourPort, cautions: TextCautions) -> None:
        super().__init__()
        self._cautions = cautions
        self._hour = hour
        self._post: OutboxPost | None = None
        self._view: HourView | None = None
        self._held = two_lines(Text("", "small"))
        # It has its greatest height from the start: nothing moves while one types.
        self.edit = PostEdit(lines=_LINES, most=_LINES)
        self.edit.setAccessibleName(_("Text of the next post"))
        self.edit.textChanged.connect(self._on_typed)
        self._counter = Counter()
        self._lacks = CautionLine()
        self.save = Button(_("Keep this text"), icon_name="check", clicked=self._on_save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addWidget(self._held)
        layout.addWidget(self.edit)
        layout.addWidget(self._lacks)
        leave_it = Button(_("Leave as it was"), "link", clicked=self.close_editor)
        layout.addLayout(FlowLayout(self.save, leave_it, self._counter))
        layout.addStretch(1)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close_editor)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def post_id(self) -> str:
        """The id of the post being changed, "" when none is."""
        return self._post.id if self._post is not None else ""

    def unfinished(self) -> UnfinishedText:
        """Return the text that is being changed, with the id of its post."""
        return UnfinishedText(self.post_id, self.edit.toPlainText() if self._post else "")

    def open_editor(self, post: OutboxPost, text: str, lines: int) -> None:
        """Hold a post and open the editor with a text, in that many lines."""
        self.edit.keep_lines(max(_LINES, lines))
        self._post = post
        self._hour.do(Outbox.hold, post.id)
        self.edit.show_text(text)
        self._on_typed()

    def show_view(self, view: HourView) -> None:
        """Show what happens to the post meanwhile; the typed text is left alone."""
        self._view = view
        self._decide()

    def _decide(self) -> None:
        """Enable the button if the text can be used, or show the reason why not."""
        view, text = self._view, self.edit.toPlainText()
        if self._post is None or view is None:
            return
        post = next((one for one in view.rows if one.id == self._post.id), None)
        waits = post is not None and post.state in WAITING
        lacks = blank_words(text)
        words = _("{post}: it does not leave while you write.")
        if post is not None and post.due_at <= view.now:
            words = _("{post}: it leaves a minute after you finish, and the rest as much later.")
        if not waits:
            words = _("{post}: it left already. Copy your text if you still need it.")
        words = words.format(post=row_name(self._post))
        set_words(self._held, words)
        if lacks:
            self._lacks.say(lacks, "stop")
        else:
            self._cautions.show(self._lacks, self._all_words, self._hour.chat)
        tone: Tone = "plum" if waits else "stop"
        if self._held.property("tone") != tone:
            self._held.set_tone(tone)
        self.save.setEnabled(waits and NETWORK.takes(text) and not lacks)

    def close_editor(self) -> None:
        """Discard the changes, and let the post leave again at its time."""
        if self._post is not None:
            post, self._post = self._post, None
            self._hour.do(Outbox.release, post.id)
            self.closed.emit()

    def _on_typed(self) -> None:
        text = self.edit.toPlainText()
        by_page = self._post is None or self._post.route is Route.ASSISTED
        self._counter.show_text(text, by_page)
        self._decide()

    @property
    def _all_words(self) -> str:
        picture = self._post.picture if self._post is not None else None
        return all_words(self.edit.toPlainText(), picture)

    def _on_save(self) -> None:
        if not self._cautions.guard.lets_leave(self, self._all_words):
            if shiboken6.isValid(self):
                self.edit.setFocus()
        elif self._post is not None:
            self._hour.do(Outbox.edit_text, self._post.id, self.edit.toPlainText())
            self.close_editor()
