"""Under a message of the thread that may be out: where it is, or that it is not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.by_hand import DOUBTS, LinkProblem, link_problem
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.found_own import says_something_else
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.live_rows import LiveRows
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.link_words import LINK_LOOKS, link_words
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.wording.i18n import _


class ThreadLink(QWidget):
    """Asks for the link of a message, which the next one answers.

    `account` returns the bare name of the organising account, `now` the present instant (UTC), and
    `said` the text of one of its posts on X, by its id, "" where that was not read.
    """

    confirmed = Signal(str, str)
    """Emitted with the id of the row and its link, "" for the last message without one."""
    not_out = Signal(str)
    """Emitted with the id of a row that the organiser did not find on X."""

    def __init__(
        self,
        rows: LiveRows,
        account: Callable[[], str],
        now: Callable[[], datetime],
        said: Callable[[str], str],
    ) -> None:
        super().__init__()
        self._rows = rows
        self._account = account
        self._now = now
        self._said = said
        self._row: OutboxPost | None = None
        self._is_last = False
        self._asked_about = ""
        """The doubtful link that was asked about; pressing the button again accepts it."""
        self.link = LineEdit(Cap.LINK)
        self.link.setPlaceholderText(LINK_LOOKS)
        self.link.textChanged.connect(self._on_typed)
        self.link.returnPressed.connect(self._on_confirm)
        self.field = Field(
            _("Its link on X"),
            self.link,
            _("On X: “Share” under your message, then “Copy link”."),
            keep_room=True,
        )
        self.confirm = SteadyButton("", icon_name="check", clicked=self._on_confirm)
        self.deny = SteadyButton("", "link", clicked=self._on_deny)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.NEAR))
        layout.addWidget(self.field)
        layout.addLayout(FlowLayout(self.confirm, self.deny, spacing=theme.Space.NEAR))
        self.hide()

    def show_row(self, row: OutboxPost | None, name: str, *, is_last: bool) -> None:
        """Ask about a row, called by `name`; about nothing with None."""
        self._row, self._is_last = row, is_last
        self.setVisible(row is not None)
        if row is None:
            self.link.setText("")
            return
        self.link.setAccessibleName(_("Its link on X – {who}").format(who=name))
        for button, words in (
            (self.confirm, _("It is published")),
            (self.deny, _("It is not published")),
        ):
            button.show_text(words, _("{what} – {who}").format(what=words, who=name))
            button.means((row.id, row.state))
        # What was said to be out is taken back on X alone.
        self.deny.setVisible(row.state is not PostState.SENT)

    def _on_typed(self) -> None:
        self._asked_about = ""
        self.field.say("")

    def _on_confirm(self) -> None:
        row, link = self._row, self.link.text().strip()
        if row is None:
            return
        if not link and not self._is_last:
            self._say(_("Paste its link: the next message answers it."), "look")
        elif not link or self._may_be(link, row):
            self.confirmed.emit(row.id, link)

    def _may_be(self, link: str, row: OutboxPost) -> bool:
        """Return whether to accept a link; show why not, or what makes it doubtful."""
        account = self._account()
        problem = link_problem(link, row, self._rows.rows, account, NETWORK, now=self._now())
        if problem is None:
            shown = self._said(NETWORK.links.pasted(link).id)
            if shown and says_something_else(shown, row.text, NETWORK):
                problem = LinkProblem.OTHER_WORDS
        if problem is None or (problem in DOUBTS and link == self._asked_about):
            return True
        if problem in DOUBTS:
            self._asked_about = link
        self._say(link_words(problem, account), "look" if problem in DOUBTS else "stop")
        return False

    def _say(self, words: str, tone: str) -> None:
        self.field.say(words, tone)  # type: ignore[arg-type]
        announce(self.link, words)
        self.link.setFocus()

    def _on_deny(self) -> None:
        if self._row is not None:
            self.not_out.emit(self._row.id)
