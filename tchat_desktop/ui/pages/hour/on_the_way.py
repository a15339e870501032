"""The card of replies and reposts that were asked for and have not left yet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour.side_cards import SideCard
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import beginning, own_name, row_name
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.row_list import RowList
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class OnTheWayCard(SideCard):
    """Lists the replies and reposts that wait, each with a button to drop it."""

    def __init__(self, hour: HourPort) -> None:
        super().__init__(_("Waiting to leave"))
        self._hour = hour
        self._none = Text(_("No reply or repost is waiting."), "small")
        self._rows = RowList(_("Waiting to leave"))
        self._shown: dict[OutboxPost, _WaitingRow] = {}
        self.add(self._none, self._rows)

    def show_view(self, view: HourView) -> None:
        """Show the posts that wait."""
        posts = tuple(view.on_the_way)
        if posts == tuple(self._shown):
            return
        before = self._shown
        self._shown = {post: before.get(post) or _WaitingRow(post, self._hour) for post in posts}
        self._rows.show_rows(tuple(self._shown.values()))
        self._none.setVisible(not posts)


class _WaitingRow(QWidget):
    """The row of one post that waits, with the button to drop it."""

    def __init__(self, post: OutboxPost, hour: HourPort) -> None:
        super().__init__()
        self._post = post
        self._hour = hour
        self.setAccessibleName(f"{own_name(post)}. {beginning(post.text, 70)}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.LINE))
        drop = _("Drop it")
        # Below each other: beside the name, a narrow card would cut off the button.
        layout.addWidget(Text(row_name(post), "strong"))
        layout.addWidget(Text(beginning(post.text, 70), "small"))
        button = SteadyButton(drop, "link", clicked=self._drop, name=f"{drop} – {own_name(post)}")
        layout.addLayout(row(button, None))

    def _drop(self) -> None:
        self._hour.do(Outbox.skip, self._post.id)
