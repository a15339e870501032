"""One message of the thread: its number, its text with the counter, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.thread_rows import ThreadLine
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.live_rows import LiveRows
from tchat_desktop.ui.pages.recap.thread_link import ThreadLink
from tchat_desktop.ui.pages.recap.thread_words import state_of
from tchat_desktop.ui.shortcuts import Shortcut
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.card_action import card_action
from tchat_desktop.ui.widgets.folding_row import FoldingRow
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tchat_desktop.ui.widgets.sortable import DragHandle
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _


@dataclass(frozen=True, slots=True)
class PostView:
    """What one message shows."""

    line: ThreadLine
    place: int
    """From 1."""
    count: int
    problem: str
    """What to look at, in a sentence; "" for nothing."""
    barred: bool
    """Whether the message does not leave like this."""
    fixed: bool
    """Whether the thread has begun, so that messages are not moved."""
    removable: bool
    """Whether the message can be taken out."""
    by_page: bool
    opens: bool
    """Whether messages are opened in the browser, one by one."""
    is_next: bool
    """Whether it is the one to open now."""
    played: bool
    """Whether all of it is a rehearsal."""


class ThreadPostRow(QWidget):
    """Shows one message; it only emits signals and changes nothing itself."""

    edited = Signal(str, str)
    """Emitted with the id of the message and its new text."""
    move_wanted = Signal(str, int)
    """Emitted with the id of the message and the distance to move; -1 is up."""
    removed = Signal(str)
    open_wanted = Signal(str)
    see_wanted = Signal(str)
    """Emitted with the address of the message on X."""

    def __init__(
        self,
        post_id: str,
        rows: LiveRows,
        account: Callable[[], str],
        now: Callable[[], datetime],
        said: Callable[[str], str],
    ) -> None:
        super().__init__()
        self.post_id = post_id
        self._url = ""
        self.handle = DragHandle(_("Move"))
        self.handle.step_wanted.connect(self._on_step)
        self._number = Text("", "number", wrap=False)
        self._state = Chip("")
        self.counter = Counter()
        self.see = Button(_("See on X"), "link", "outside", self._on_see)
        self.open = Button(_("Open on X"), "quiet", "outside", self._on_open)
        self.more = Button(_("More"), "icon", "more")
        self._build_menu()
        self.text = PostEdit(lines=2)
        self.text.textChanged.connect(self._on_edited)
        self.counter.belong_to(self.text)
        self.take_out = Button(_("Take this message out"), "link", "trash", self._on_remove)
        self._problem = HintNotice("", "look", self.take_out)
        self._problem.hide()
        self.link = ThreadLink(rows, account, now, said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.px(theme.Space.PART))
        layout.setSpacing(theme.px(theme.Space.NEAR))
        layout.addWidget(
            FoldingRow(
                [self.handle, self._number, self._state],
                [self.counter, self.see, self.more],
                spacing=theme.Space.TITLE_LEAD,
            )
        )
        layout.addWidget(self.text)
        layout.addWidget(self._problem)
        layout.addLayout(row(self.open, None))
        layout.addWidget(self.link)

    @property
    def number(self) -> str:
        """The number of the message as it is published, "2/7"."""
        return self._number.text()

    @property
    def state(self) -> str:
        """How far it is, in words; "" while nothing was asked of it."""
        return "" if self._state.isHidden() else self._state.text()

    @property
    def problem(self) -> str:
        """What to look at, in a sentence."""
        return self._problem.text

    def show_view(self, view: PostView) -> None:
        """Show the message."""
        line = view.line
        self._number.setText(f"{view.place}/{view.count}")
        name = _("Message {number} of {count}").format(number=view.place, count=view.count)
        self.setAccessibleName(name)
        self.text.setAccessibleName(name)
        self.text.show_text(line.post.text)
        self.text.setReadOnly(line.is_out)
        words, tone = state_of(line)
        self._state.say(words, tone)
        self._state.setVisible(bool(words))
        self.counter.show_text(line.text, by_page=view.by_page, reply=view.place > 1)
        self.counter.setHidden(line.is_out)
        self._problem.say(view.problem, "stop" if view.barred else "look")
        self._show_buttons(view, name)
        asks = line.state in (PostState.UNKNOWN, PostState.HANDED_OVER) or (
            line.state is PostState.SENT and view.is_next
        )
        found = line.row if asks and not view.played else None
        self.link.show_row(found, name, is_last=view.place == view.count)

    def _show_buttons(self, view: PostView, name: str) -> None:
        line = view.line
        self._url = line.url
        self.see.setVisible(bool(line.url) and not view.played)
        self.handle.setHidden(view.fixed)
        self.more.setVisible(view.removable)
        self.take_out.setVisible(view.removable and view.barred)
        self.up.setEnabled(not view.fixed and view.place > 1)
        self.down.setEnabled(not view.fixed and view.place < view.count)
        unsaid = line.state is PostState.UNKNOWN and line.row is None
        self.open.setVisible((view.opens and not line.is_out) or (unsaid and not view.played))
        self.open.setEnabled(view.is_next and not view.barred)
        words = _("Check this message") if unsaid else _("Open on X")
        self.open.show_text(words, _("{what} – {who}").format(what=words, who=name))
        late = "" if view.is_next else _("Give the link of the message before it first.")
        set_tip(self.open, late)
        for button, what in (
            (self.see, _("See on X")),
            (self.more, _("More")),
            (self.take_out, _("Take this message out")),
            (self.handle, _("Move")),
        ):
            button.setAccessibleName(_("{what} – {who}").format(what=what, who=name))

    def _build_menu(self) -> None:
        menu = QMenu(self)
        make = partial(card_action, self)
        self.up = make(_("Move up"), lambda: self._on_step(-1), Shortcut.MOVE_UP)
        self.down = make(_("Move down"), lambda: self._on_step(1), Shortcut.MOVE_DOWN)
        self.remove = make(_("Take out"), self._on_remove)
        menu.addActions([self.up, self.down])
        menu.addSeparator()
        menu.addAction(self.remove)
        self.more.setMenu(menu)

    def _on_step(self, step: int) -> None:
        if not self.handle.isHidden():
            self.move_wanted.emit(self.post_id, step)

    def _on_remove(self) -> None:
        self.removed.emit(self.post_id)

    def _on_edited(self) -> None:
        self.edited.emit(self.post_id, self.text.toPlainText())

    def _on_open(self) -> None:
        self.open_wanted.emit(self.post_id)

    def _on_see(self) -> None:
        self.see_wanted.emit(self._url)
