"""The card of the next post: its countdown, its text, and what can be done about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtWidgets import QStackedLayout, QWidget

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.coming import all_by_page
from tchat_desktop.domain.network_rules import Action, NetworkRules
from tchat_desktop.domain.outgoing import WAITING, OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.routes import charged_as
from tchat_desktop.domain.spending import action_of_row
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui.dialogs import confirms_early
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.models.unfinished import UnfinishedText
from tchat_desktop.ui.pages.hour.change_text import ChangeText
from tchat_desktop.ui.pages.hour.faces import (
    face,
    has_pictures,
    keep_lines,
    keep_room,
    set_words,
    two_lines,
)
from tchat_desktop.ui.pages.hour.now_card import POST_LINES
from tchat_desktop.ui.pages.hour.way_words import leaves_words
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import (
    countdown,
    publish_now_words,
    row_name,
    state_words,
)
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.clock_text import ClockText
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.steady_button import (
    SETTLED,
    UNHURRIED,
    PublishButton,
    SteadyButton,
)
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _, format_day, format_hour

POSTPONE_MINUTES = 5
EARLY = timedelta(minutes=2)
"""If the chat begins later than in this time, the organiser must confirm to publish."""


class NextPostCard(Card):
    """The next post with its countdown, its text, and its buttons."""

    def __init__(self, hour: HourPort, rules: NetworkRules) -> None:
        super().__init__(edge="plum", spacing=8)
        self._hour = hour
        self._rules = rules
        self._post: OutboxPost | None = None
        self._early: datetime | None = None
        """The start on the organiser's clock if publishing must be confirmed; else None."""
        self._asks = False
        """Whether the card beside asks about a post that was opened, which is more urgent."""
        self._taken_up = UnfinishedText()
        self._when = two_lines(Text("", "small"))
        self._clock = ClockText(_("Next post in"))
        self._text = PostText(lines=POST_LINES)
        self._state = Chip()
        self._picture = Chip(_("with a picture"), "plum")
        keep_room(self._picture, has_pictures(hour))
        # It keeps the width for the longest label.
        words = _named_words("Q88", hour.occasion is Occasion.REHEARSAL)
        self._send = PublishButton(words, "primary", "send", self._send_now)
        self._later = SteadyButton(_("All 5 min later"), clicked=self._postpone)
        set_tip(self._later, _("This message and all those after it leave 5 minutes later."))
        self._skip = SteadyButton(
            _("In reserve"), clicked=self._keep, name=_("Keep this post in reserve")
        )
        self._change = Button(_("Change"), "link", clicked=self._edit, name=_("Change this post"))
        self._send.keep_size()
        # In two rows, also when the card is narrow.
        self._buttons = (self._send, self._change, self._later, self._skip)
        self.changing = ChangeText(hour)
        self.changing.closed.connect(self._on_closed)
        when = row(self._when, self._state, self._clock)
        when.setStretch(0, 1)
        by_hand = all_by_page(hour.planned)
        # There is little room for the text beside the button.
        self._way = keep_lines(Text("", "small"), 2 if by_hand else 3)
        self._by_page = PublishButton(
            _("In the browser"),
            "primary",
            clicked=self._take_page,
            name=_("Send this post in the browser"),
        )
        # It is shown for links only, and is the primary button when keys cannot be used.
        self._by_page.keep_size()
        self._by_page.set_kind("quiet")
        way = row(self._way, self._by_page)
        way.setStretch(0, 1)
        self._ways = QWidget()
        self._ways.setLayout(way)
        if not by_hand:
            self._ways.setMinimumHeight(self._by_page.sizeHint().height())
        self._faces = QStackedLayout()
        self.add(self._faces)
        self._faces.addWidget(
            face(
                when,
                row(self._picture, None),
                self._text,
                self._ways,
                FlowLayout(*self._buttons, spacing=6),
            )
        )
        keep_room(self.changing)
        self._faces.addWidget(self.changing)

    @property
    def editing(self) -> bool:
        """Whether the text is being changed."""
        return self._faces.currentIndex() == 1

    def unfinished(self) -> UnfinishedText:
        """Return the text that is being changed, with the id of its post."""
        return self.changing.unfinished() if self.editing else self._taken_up

    def take_up(self, unfinished: UnfinishedText) -> None:
        """Continue changing that text once the rows are known."""
        self._taken_up = unfinished

    def show_view(self, view: HourView) -> None:
        """Show the state of the hour. A text being changed is left alone."""
        self._go_on_changing(view)
        self.changing.show_view(view)
        post = view.pace.following
        self._post = post
        # Room for the longest post: the whole text is shown, and the feed below does not move.
        self._text.keep_room_for(
            frozenset(row.text for row in view.rows if row.planned is not None)
        )
        begins_in = None if view.rehearsing else view.begins_in
        far = begins_in is not None and begins_in > EARLY
        self._early = view.chat.starts_local if far else None
        self._asks = bool(view.handed_over)
        self._send.set_kind("quiet" if self._asks else "primary")
        for widget in (self._text, *self._buttons):
            widget.setVisible(post is not None)
        is_barred = view.barred is not Reason.NONE
        held = post is not None and (view.paused or is_barred or _is_held(post))
        self._show_way(post, view.rehearsing, view.barred)
        self._state.setVisible(held)
        self._clock.setVisible(post is not None and not held)
        self._picture.setVisible(post is not None and post.picture is not None)
        if post is None:
            nothing = _("Nothing else is to leave. See “To check” for what did not.")
            gone = _("Everything has left. Enjoy the answers.")
            kept = ", ".join(row_name(row) for row in view.left_out)
            if kept:
                gone = _("Nothing else leaves by itself. In reserve: {posts}").format(posts=kept)
            set_words(self._when, nothing if view.to_check else gone)
            return
        words = _("Next: {post}") if held else _("Next: {post}, in")
        coming = view.leaves_next
        waits = view.waits_for_typing and coming is not None and coming.id == post.id
        # The strip says what the page waits for.
        words = _("{post}: the page is ready") if waits else words
        set_words(self._when, words.format(post=row_name(post)))
        send = _("Open now") if waits else _send_words(post, view.rehearsing)
        if send != self._send.accessibleName():
            self._send.show_text(send)
        self._state.setVisible(held and not waits)
        self._clock.show_time(countdown(post.due_at - view.now))
        self._text.show_text(post.text)
        if view.paused:
            self._state.say(_("On hold"), "look")
        elif is_barred:
            self._state.say(_("Will not leave"), "look")
        else:
            self._state.say(*state_words(post, view.chat))
        for button in (self._send, self._later, self._skip, self._by_page):
            settled = UNHURRIED if view.rehearsing else SETTLED
            button.means((post.id, post.text, post.route), settled)
        waiting = post.state in WAITING
        self._send.setEnabled(waiting and not view.paused)
        for plain in (self._later, self._skip, self._change):
            plain.setEnabled(waiting)

    def _go_on_changing(self, view: HourView) -> None:
        """Reopen the editor for the text taken over, once the rows are known."""
        if not view.rows:
            return
        wanted, self._taken_up = self._taken_up, UnfinishedText()
        for post in view.rows:
            if post.id == wanted.post_id:
                self._open_editor(post, wanted.text)

    def _show_way(self, post: OutboxPost | None, rehearsing: bool, barred: Reason) -> None:
        """Show the route of the post and its price; offer X's page if it is expensive or barred."""
        self._ways.setVisible(post is not None and not rehearsing)
        if post is None or rehearsing:
            return
        set_words(self._way, leaves_words(post, self._rules, barred))
        dear = charged_as(post.text, action_of_row(post), self._rules) is Action.POST_WITH_LINK
        look = post.route is Route.KEYS and (dear or barred is not Reason.NONE)
        tone = "look" if look else ""
        if self._way.property("tone") != tone:
            self._way.set_tone("look" if look else None)
        self._by_page.setVisible(look)
        self._by_page.setEnabled(post.state in WAITING)
        # When keys will not publish it, the button for X's page is the primary one.
        is_barred = barred is not Reason.NONE
        self._by_page.set_kind("primary" if is_barred else "quiet")
        self._send.set_kind("quiet" if is_barred or self._asks else "primary")

    def _take_page(self) -> None:
        if self._post is not None:
            self._hour.do(Outbox.by_web_page, self._post.id)

    def _send_now(self) -> None:
        post, early = self._post, self._early
        if post is None or (early is not None and not self._confirms(post, early)):
            return
        self._hour.do(Outbox.send_now, post.id)

    def _confirms(self, post: OutboxPost, start: datetime) -> bool:
        day, hour, by_page = format_day(start), format_hour(start), post.route is Route.ASSISTED
        return confirms_early(self, row_name(post), day, hour, by_page)

    def _postpone(self) -> None:
        if self._post is not None:
            self._hour.do(Outbox.postpone, self._post.id, POSTPONE_MINUTES)

    def _keep(self) -> None:
        if self._post is not None:
            self._hour.do(Outbox.skip, self._post.id)

    def _edit(self) -> None:
        if self._post is not None:
            self._open_editor(self._post, self._post.text)
            self.changing.edit.setFocus()

    def _open_editor(self, post: OutboxPost, text: str) -> None:
        # The editor is a little narrower than the text, so it needs a further line.
        self.changing.open_editor(post, text, self._text.lines_kept + 1)
        self._faces.setCurrentIndex(1)

    def _on_closed(self) -> None:
        self._faces.setCurrentIndex(0)
        self._change.setFocus()


def _send_words(post: OutboxPost, rehearsing: bool) -> str:
    """Return the label of the button that publishes; with the name of a question.

    The name guards against a press that was meant for the post shown just before.
    """
    if post.kind is PostKind.QUESTION and post.number:
        return _named_words(row_name(post), rehearsing)
    return publish_now_words(post)


def _named_words(name: str, rehearsing: bool) -> str:
    words = _("Publish {post} in the rehearsal") if rehearsing else _("Publish {post} now")
    return words.format(post=name)


def _is_held(post: OutboxPost) -> bool:
    return post.state is not PostState.PLANNED or post.not_before is not None
