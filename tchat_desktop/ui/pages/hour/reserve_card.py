"""The card of the posts in reserve: when each would leave, and the button that brings it back."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.decisions import COUNTDOWN, brought_back
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour.composer import over_words
from tchat_desktop.ui.pages.hour.side_cards import SideCard
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import (
    beginning,
    hour_of,
    own_name,
    publish_now_words,
    row_name,
)
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.row_list import RowList
from tchat_desktop.ui.widgets.steady_button import PublishButton, SteadyButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _


class ReserveCard(SideCard):
    """The posts in reserve, which can still be published."""

    def __init__(self, hour: HourPort) -> None:
        super().__init__(_("In reserve"))
        self._hour = hour
        self._none = Text(_("Questions you keep for later show here."), "small")
        self._back = Text("", "small")
        self._back.set_tone("well")
        self._back.hide()
        self._wanted = ""
        """The id of the post that was brought back last."""
        self._rows = RowList(_("In reserve"))
        self._shown: dict[tuple[str, str, bool], _ReserveRow] = {}
        self.add(self._none, self._back, self._rows)

    def show_view(self, view: HourView) -> None:
        """Show the posts in reserve; rows that remain keep their place and focus."""
        self._show_back(view)
        wanted = {(post.id, post.text, view.ended): post for post in view.in_reserve}
        why_not = over_words() if view.ended and view.rehearsing else ""
        before = self._shown
        self._shown = {
            key: before.get(key) or _ReserveRow(post, self, view.ended, why_not)
            for key, post in wanted.items()
        }
        for key, post in wanted.items():
            self._shown[key].show_when(_when_words(post, view))
        self._rows.show_rows(tuple(self._shown.values()))
        self._none.setVisible(not wanted and self._back.isHidden())

    def bring_back(self, post: OutboxPost) -> None:
        """Bring a post back; what that means is shown here once it is done."""
        self._wanted = post.id
        self._hour.do(Outbox.bring_back, post.id)

    def publish(self, post: OutboxPost) -> None:
        """Publish a post at once, after the end."""
        self._hour.do(Outbox.send_now, post.id)

    def _show_back(self, view: HourView) -> None:
        post = next((row for row in view.rows if row.id == self._wanted), None)
        if post is None:
            return
        if post.state is not PostState.PLANNED:
            # The post left or went back to the reserve: the message is outdated.
            self._back.hide()
            return
        hour = hour_of(post.due_at, view.chat)
        words = _("✓ {post} leaves at {hour}: see “Next”, at the top.")
        words = words.format(post=row_name(post), hour=hour)
        if words != self._back.text() or self._back.isHidden():
            self._back.setText(words)
            self._back.show()
            announce(self, words)


class _ReserveRow(QWidget):
    """The row of one post in reserve."""

    def __init__(self, post: OutboxPost, card: ReserveCard, ended: bool, why_not: str) -> None:
        super().__init__()
        self._post = post
        self.setAccessibleName(f"{own_name(post)}. {beginning(post.text, 70)}")
        self._card = card
        self._when = Text("", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.LINE))
        layout.addWidget(Text(row_name(post), "strong"))
        layout.addWidget(Text(beginning(post.text, 70), "small"))
        layout.addWidget(self._when)
        button: Button
        if ended:
            # After the end nothing leaves by itself: the button publishes at once, and says so.
            words = publish_now_words(post)
            name = f"{words} – {own_name(post)}"
            button = PublishButton(words, clicked=self._publish, name=name)
        else:
            words = _("Put into the run sheet")
            name = f"{words} – {own_name(post)}"
            button = SteadyButton(words, clicked=self._bring_back, name=name)
        if why_not:
            # In a rehearsal that is over it would do nothing.
            button.setEnabled(False)
            set_tip(button, why_not)
            button.setAccessibleDescription(why_not)
        layout.addLayout(FlowLayout(button))

    def show_when(self, words: str) -> None:
        """Show when the post would leave."""
        self._when.setVisible(bool(words))
        if words != self._when.text():
            self._when.setText(words)

    def _bring_back(self) -> None:
        self._card.bring_back(self._post)

    def _publish(self) -> None:
        self._card.publish(self._post)


def _when_words(post: OutboxPost, view: HourView) -> str:
    """Return when a post would leave if it were brought back now, and what comes after it."""
    back = None if view.ended else brought_back(post, view.rows, view.now)
    if back is None:
        return ""
    coming = (row for row in view.rows if row.planned is not None and row.due_at >= back.due_at)
    following = next((row for row in coming if row.state is PostState.PLANNED), None)
    if back.due_at - view.now <= COUNTDOWN:
        words = _("It would leave a minute after your click.")
        if following is not None:
            words = _("It would leave a minute after your click, before: {post}.")
    else:
        words = _("It would leave at {hour}.")
        if following is not None:
            words = _("It would leave at {hour}, before: {post}.")
    name = row_name(following) if following is not None else ""
    return words.format(hour=hour_of(back.due_at, view.chat), post=name)
