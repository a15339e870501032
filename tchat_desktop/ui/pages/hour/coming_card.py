"""The card of all that is still to come: each post with its minute and its buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tchat_desktop.domain.course import coming, course, if_kept, if_sent_now
from tchat_desktop.domain.decisions import postponed
from tchat_desktop.domain.outgoing import WAITING, OutboxPost
from tchat_desktop.domain.spacing import Change
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour.changed_times import consequences
from tchat_desktop.ui.pages.hour.faces import keep_lines, set_words
from tchat_desktop.ui.pages.hour.next_card import POSTPONE_MINUTES
from tchat_desktop.ui.pages.hour.side_cards import SideCard
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import (
    beginning,
    hour_of,
    own_name,
    publish_now_words,
    row_name,
    state_words,
)
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.row_list import RowList
from tchat_desktop.ui.widgets.steady_button import (
    SETTLED,
    UNHURRIED,
    PublishButton,
    SteadyButton,
)
from tchat_desktop.ui.widgets.text import ElidedText, Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _

_TOLD_LINES = 5
"""Lines kept for what a button would change."""

Act = Callable[[OutboxPost], object]


class ComingCard(SideCard):
    """All that still leaves by itself. What a button would change is told before it is pressed.

    While the mouse is over the card, or the keyboard in its list, a post that has left keeps its
    place, so that nothing slides under a press.
    """

    def __init__(self, hour: HourPort, publish: Act, change: Act) -> None:
        super().__init__(_("Still to come"))
        self._hour = hour
        self._publish = publish
        self._change = change
        self._view: HourView | None = None
        self._told = keep_lines(Text("", "small"), _TOLD_LINES)
        self._told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._rows = RowList(_("Still to come"), theme.Space.PART)
        self._shown: dict[str, _ComingRow] = {}
        self.add(self._told, self._rows)
        self._tell(None)

    @property
    def told(self) -> str:
        """What is said above the list."""
        return self._told.text()

    def show_view(self, view: HourView) -> None:
        """Show the state of the hour."""
        self._view = view
        unknown = view.waits_for_word or view.ended or view.held_up
        posts = {} if unknown else {row.id: row for row in coming(view.rows)}
        kept = (
            [] if unknown or not self._is_used else [one for one in self._shown if one not in posts]
        )
        there = {row.id: row for row in view.rows}
        for one in kept:
            if one in there:
                posts[one] = there[one]
        before = self._shown
        made = {one: before.get(one) or _ComingRow(self, post) for one, post in posts.items()}
        self._shown = {one: made[one] for one in self._order(list(posts), kept)}
        for one, shown in self._shown.items():
            shown.show_post(posts[one], view)
        if tuple(self._shown.values()) != self._rows.rows:
            self._rows.show_rows(tuple(self._shown.values()))
        if not self._pointed_at:
            self._tell(None)

    def has_gone(self, view: HourView) -> bool:
        """Return whether a post that has left is still listed, and need not be any more."""
        there = {row.id for row in coming(view.rows)}
        return not self._is_used and any(one not in there for one in self._shown)

    def _order(self, posts: list[str], kept: list[str]) -> list[str]:
        """Return the ids in order: what has left stays where it was in the list."""
        order = [one for one in posts if one not in kept]
        before = list(self._shown)
        for one in kept:
            if one in posts:
                order.insert(min(before.index(one), len(order)), one)
        return order

    @property
    def _is_used(self) -> bool:
        """Whether the mouse is over the card, or the keyboard in its list."""
        focus = QApplication.focusWidget()
        return self.underMouse() or (focus is not None and self._rows.isAncestorOf(focus))

    @property
    def _pointed_at(self) -> bool:
        return any(row.pointed_at for row in self._shown.values())

    # --- what a button would change --------------------------------------------------------

    def foresee(self, post: OutboxPost, what: str) -> str:
        """Return and show what a button of a post would change."""
        view = self._view
        if view is None:
            return ""
        changes = self._changes(view, post, what)
        words = ""
        if changes:
            made = course(view.rows, changes, view.now, view.ends_at)
            words = consequences(made, view, view.ends_at)
        self._tell(f"{row_name(post)} – {words}" if words else None)
        return words

    def _changes(self, view: HourView, post: OutboxPost, what: str) -> list[Change]:
        if what == "later":
            return postponed(view.rows, post.id, POSTPONE_MINUTES, True, view.now)
        if what == "reserve":
            return if_kept(view.rows, post.id)
        return if_sent_now(view.rows, post.id, view.now) if what == "publish" else []

    def forget(self) -> None:
        """Show no more what a button would change."""
        self._tell(None)

    def _tell(self, words: str | None) -> None:
        if words is None:
            words = _("Point at a button, or go to it: what it would change is told here first.")
            view = self._view
            if view is not None and view.waits_for_word and not view.ended:
                words = _("The times depend on your choice.")
            elif view is not None and not self._shown:
                words = _("Nothing else is planned.")
        set_words(self._told, words)

    # --- the buttons -----------------------------------------------------------------------

    def publish(self, post: OutboxPost) -> None:
        """Publish a post at once."""
        self._publish(post)

    def later(self, post: OutboxPost) -> None:
        """Postpone a post and all those after it."""
        self._hour.do(Outbox.postpone, post.id, POSTPONE_MINUTES)

    def keep(self, post: OutboxPost) -> None:
        """Keep a post in reserve."""
        self._hour.do(Outbox.skip, post.id)

    def change(self, post: OutboxPost) -> None:
        """Open the editor of the text of a post, which is held meanwhile."""
        self._change(post)


class _ComingRow(QWidget):
    """The row of one post that is to come."""

    def __init__(self, card: ComingCard, post: OutboxPost) -> None:
        super().__init__()
        self._card = card
        self._post = post
        self.pointed_at = False
        """Whether the mouse or the keyboard is at one of its buttons."""
        self._name = ElidedText("", "strong")
        self._text = ElidedText("", "small")
        called = own_name(post)
        self._send = PublishButton(
            _("Publish"),
            "plain",
            clicked=self._on_publish,
            name=f"{publish_now_words(post)} – {called}",
        )
        self._later = SteadyButton(
            _("+ 5 min"),
            "plain",
            clicked=self._on_later,
            name=_("{post} and all after it 5 min later").format(post=called),
        )
        self._keep = SteadyButton(
            _("Reserve"),
            "plain",
            clicked=self._on_keep,
            name=_("Keep {post} in reserve").format(post=called),
        )
        change = _("Change the text of {post}").format(post=called)
        self._edit = Button("", "plain", "edit", self._on_edit, change)
        set_tip(self._edit, change)
        self._buttons: dict[QObject, str] = {
            self._send: "publish", self._later: "later", self._keep: "reserve", self._edit: "edit",
        }  # fmt: skip
        for button in (self._send, self._later, self._keep, self._edit):
            button.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.LINE))
        named = row(self._name, self._edit, spacing=theme.Space.LINE)
        named.setStretch(0, 1)
        layout.addLayout(named)
        layout.addWidget(self._text)
        layout.addLayout(FlowLayout(self._send, self._later, self._keep, spacing=theme.Space.HAIR))

    def show_post(self, post: OutboxPost, view: HourView) -> None:
        """Show the post as it is now."""
        self._post = post
        hour, waits = hour_of(post.due_at, view.chat), post.state in WAITING
        held = post.id in view.held
        name = f"{hour}  {row_name(post)}"
        if held:
            name = _("{post}, being changed").format(post=name)
        elif not waits:
            name = f"{row_name(post)}  {state_words(post, view.chat)[0]}"
        if name != self._name.accessibleName():
            self._name.show_text(name)
            self.setAccessibleName(f"{name}. {beginning(post.text, 70)}")
        if post.text != self._text.accessibleName():
            self._text.show_text(" ".join(post.text.split()))
        if not waits or held:
            self._let_go_of_keyboard()
        settled = UNHURRIED if view.rehearsing else SETTLED
        for button in (self._send, self._later, self._keep):
            button.means((post.id, post.text, post.route), settled)
        self._send.setEnabled(waits and not held and not view.paused)
        for plain in (self._later, self._keep, self._edit):
            plain.setEnabled(waits and not held)

    def _let_go_of_keyboard(self) -> None:
        """Move the keyboard from a button that is about to be of no use to the row."""
        focus = QApplication.focusWidget()
        if focus in self._buttons:
            self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        what = self._buttons.get(watched)
        if what is None:
            return False
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self.pointed_at = True
            words = self._card.foresee(self._post, what)
            if isinstance(watched, SteadyButton) and words != watched.accessibleDescription():
                watched.setAccessibleDescription(words)
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self.pointed_at = False
            self._card.forget()
        return False

    def _on_publish(self) -> None:
        self._card.publish(self._post)

    def _on_later(self) -> None:
        self._card.later(self._post)

    def _on_keep(self) -> None:
        self._card.keep(self._post)

    def _on_edit(self) -> None:
        self._card.change(self._post)
