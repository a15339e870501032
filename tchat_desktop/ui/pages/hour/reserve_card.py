"""The card of the posts in reserve: when each would leave, and the button that brings it back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from tchat_desktop.domain.course import course
from tchat_desktop.domain.decisions import COUNTDOWN, brought_back
from tchat_desktop.domain.new_times import inserted, places
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour.changed_times import consequences
from tchat_desktop.ui.pages.hour.composer import over_words
from tchat_desktop.ui.pages.hour.faces import keep_lines
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
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.row_list import RowList
from tchat_desktop.ui.widgets.steady_button import PublishButton, SteadyButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _

_TOLD_LINES = 5
"""Lines kept for what a question would bring about, so that nothing moves as they change."""


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
        for shown in self._shown.values():
            shown.show_view(view)
        self._rows.show_rows(tuple(self._shown.values()))
        self._none.setVisible(not wanted and self._back.isHidden())

    def bring_back(self, post: OutboxPost, before_id: str = "") -> None:
        """Bring a post back, before another one if there is an id of that.

        What that means is shown here once it is done.
        """
        self._wanted = post.id
        if before_id:
            self._hour.do(Outbox.insert, post.id, before_id)
        else:
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
        self._place = QuietComboBox()
        self._place.setAccessibleName(_("Where to put {post}").format(post=own_name(post)))
        # As wide as the card, whatever the names of the posts.
        self._place.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._place.currentIndexChanged.connect(self._show_when)
        self._places: tuple[tuple[str, str], ...] = ()
        self._view: HourView | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.LINE))
        layout.addWidget(Text(row_name(post), "strong"))
        layout.addWidget(Text(beginning(post.text, 70), "small"))
        layout.addWidget(self._place)
        placed = post.kind is PostKind.QUESTION and not ended
        self._place.setHidden(not placed)
        if placed:
            keep_lines(self._when, _TOLD_LINES).setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._when)
        self._button: Button
        if ended:
            # After the end nothing leaves by itself: the button publishes at once, and says so.
            words = publish_now_words(post)
            name = f"{words} – {own_name(post)}"
            self._button = PublishButton(words, clicked=self._publish, name=name)
        else:
            words = _("Put into the run sheet")
            name = f"{words} – {own_name(post)}"
            self._button = SteadyButton(words, clicked=self._bring_back, name=name)
        if why_not:
            # In a rehearsal that is over it would do nothing.
            self._button.setEnabled(False)
            set_tip(self._button, why_not)
            self._button.setAccessibleDescription(why_not)
        layout.addLayout(FlowLayout(self._button))

    def show_view(self, view: HourView) -> None:
        """Show where the post can be put, and what that would bring about."""
        self._view = view
        self._show_places(view)
        self._show_when()

    def _show_places(self, view: HourView) -> None:
        """Offer the places there are; one that was chosen stays so while it is there."""
        wanted = [("", _("At its own place"))]
        for one in places(view.rows):
            words = _("Before {post}, {hour}")
            hour = hour_of(one.due_at, view.chat)
            wanted.append((one.id, words.format(post=row_name(one), hour=hour)))
        if tuple(wanted) == self._places or self._place.view().isVisible():
            return
        self._places = tuple(wanted)
        chosen = self._place.currentData()
        with QSignalBlocker(self._place):
            self._place.clear()
            for post_id, words in wanted:
                self._place.addItem(words, post_id)
            self._place.setCurrentIndex(max(0, self._place.findData(chosen)))

    @property
    def _before_id(self) -> str:
        """The id of the post before which this one is to be put; "" for its own place."""
        return "" if self._place.isHidden() else str(self._place.currentData() or "")

    def _show_when(self) -> None:
        if self._view is None:
            return
        before_id = self._before_id
        words = _when_words(self._post, self._view, before_id)
        self._when.setVisible(bool(words))
        if words != self._when.text():
            self._when.setText(words)
        if isinstance(self._button, SteadyButton):
            self._button.means(before_id)
            self._button.setAccessibleDescription(words)

    def _bring_back(self) -> None:
        self._card.bring_back(self._post, self._before_id)

    def _publish(self) -> None:
        self._card.publish(self._post)


def _when_words(post: OutboxPost, view: HourView, before_id: str) -> str:
    """Return when a post would leave if it were brought back now, and what that brings about."""
    if view.ended:
        return ""
    if before_id:
        changes = inserted(view.rows, post.id, before_id, view.now)
    else:
        back = brought_back(post, view.rows, view.now)
        changes = [(post, back)] if back is not None else []
    if not changes:
        return ""
    then = course(view.rows, changes, view.now, view.ends_at)
    made = next(row for row in then.moved if row.id == post.id)
    others = replace(then, moved=tuple(row for row in then.moved if row.id != post.id))
    words = _("It would leave at {hour}.")
    if made.due_at - view.now <= COUNTDOWN:
        words = _("It would leave a minute after your click.")
    said = words.format(hour=hour_of(made.due_at, view.chat))
    return f"{said} {consequences(others, view, view.ends_at)}"
