"""The form that corrects what was confirmed by hand: a post's link, or that it is online at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.by_hand import DOUBTS, is_before_page, link_problem
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.dialogs import confirms_not_online
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import hour_of, own_name, row_name
from tchat_desktop.ui.pages.shared.link_words import LINK_LOOKS, link_words
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.wording.i18n import _


class CorrectLink(QWidget):
    """The form under a post that has left; it neither opens a page nor publishes anything.

    `heard` returns whether the post with an id was written by the public.
    """

    closed = Signal()
    corrected = Signal(str)
    """Emitted after a change of the link, with a sentence that says so."""

    def __init__(
        self,
        post: OutboxPost,
        hour: HourPort,
        rows: Sequence[OutboxPost],
        heard: Callable[[str], bool],
    ) -> None:
        super().__init__()
        self._post = post
        self._hour = hour
        self._rows = rows
        self._heard = heard
        self._asked_about = ""
        """The doubtful link that was asked about; pressing the button again accepts it."""
        self.link = LineEdit(Cap.LINK)
        self.link.setText(post.url)
        self.link.setPlaceholderText(LINK_LOOKS)
        self.link.textEdited.connect(self._on_edited)
        self.link.returnPressed.connect(self._on_entered)
        self.field = Field(_("Link of the message"), self.link, keep_room=True)
        self.save = SteadyButton("", icon_name="check", clicked=self._on_save)
        self._show_save(_("Correct the link"))
        if post.kind is PostKind.REPOST:
            # X gives a repost no link of its own.
            self.field.hide()
            self.save.hide()
        words = _("It is not published…")
        self.not_online = SteadyButton(
            words, clicked=self._on_not_online, name=f"{words} – {own_name(post)}"
        )
        close = Button(_("Close"), "link", clicked=self.closed.emit, name=_("Close the correction"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.px(theme.Space.BESIDE))
        layout.setSpacing(theme.px(theme.Space.NEAR))
        layout.addWidget(self.field)
        layout.addLayout(FlowLayout(self.save, self.not_online, close, spacing=theme.Space.NEAR))
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.closed.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def take_focus(self) -> None:
        """Put the focus on the first field or button of the correction."""
        first = self.not_online if self.field.isHidden() else self.link
        first.setFocus()

    def _show_save(self, words: str) -> None:
        self.save.show_text(words, f"{words} – {own_name(self._post)}")
        self.save.means(self._asked_about)

    def _on_edited(self) -> None:
        self._asked_about = ""
        self.field.say("")
        self._show_save(_("Correct the link"))

    def _on_entered(self) -> None:
        """Save after Enter, unless a question has just appeared that must be read first."""
        if self.save.is_settled:
            self._on_save()
        else:
            self.save.refuse()

    def _on_save(self) -> None:
        link = self.link.text().strip()
        if link and not self._may_be(link):
            self.link.setFocus()
            self.link.selectAll()
            return
        self._hour.do(Outbox.correct_link, self._post.id, link)
        words = _("The link is corrected.") if link else _("The link is taken away.")
        announce(self, words)
        self.corrected.emit(f"✓ {words}")
        self.closed.emit()

    def _may_be(self, link: str) -> bool:
        """Return whether to accept a link; show why not, or what makes it doubtful."""
        account, now = self._hour.chat.account, self._hour.clock.now()
        problem = link_problem(link, self._post, self._rows, account, NETWORK, self._heard, now)
        if problem is not None and problem not in DOUBTS:
            self._say(link_words(problem, account), "stop")
            return False
        if link == self._asked_about or not (problem or is_before_page(link, self._post, NETWORK)):
            return True
        self._asked_about = link
        opened = hour_of(self._post.due_at, self._hour.chat)
        words = _("This link is from before its page was opened, at {hour}. Is it this message?")
        self._say(link_words(problem, account) if problem else words.format(hour=opened), "look")
        self._show_save(_("Yes, keep this link"))
        return False

    def _say(self, words: str, tone: str) -> None:
        self.field.say(words, tone)  # type: ignore[arg-type]
        announce(self.link, words)

    def _on_not_online(self) -> None:
        if confirms_not_online(self, row_name(self._post)):
            self._hour.do(Outbox.take_back, self._post.id)
