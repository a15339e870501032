"""The card of the next post: its countdown, its text, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import ceil

import shiboken6
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGridLayout, QWidget

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.course import course, if_kept
from tchat_desktop.domain.decisions import postponed
from tchat_desktop.domain.named_children import all_words
from tchat_desktop.domain.network_rules import Action, NetworkRules
from tchat_desktop.domain.outgoing import WAITING, OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.routes import charged_as
from tchat_desktop.domain.spacing import Change
from tchat_desktop.domain.spending import action_of_row
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.dialogs import confirms_early, confirms_second_page
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.models.unfinished import UnfinishedText
from tchat_desktop.ui.pages.hour.cautions import TextCautions
from tchat_desktop.ui.pages.hour.change_text import ChangeText
from tchat_desktop.ui.pages.hour.changed_times import consequences
from tchat_desktop.ui.pages.hour.faces import (
    POST_LINES,
    Faces,
    face,
    low_card,
    set_words,
)
from tchat_desktop.ui.pages.hour.foreseen_tip import ForeseenTip
from tchat_desktop.ui.pages.hour.hour_keys import HourKey
from tchat_desktop.ui.pages.hour.way_words import leaves_words
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import (
    countdown,
    publish_now_words,
    row_name,
    state_words,
)
from tchat_desktop.ui.shortcuts import Shortcut
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.clock_text import ClockText
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.steady_button import (
    SETTLED,
    UNHURRIED,
    PublishButton,
    SteadyButton,
)
from tchat_desktop.ui.widgets.text import Chip, ElidedText, Text
from tchat_desktop.wording.i18n import _, format_day, format_hour

MOST_EDITED = 10
"""The greatest number of lines of the editor; a longer text scrolls."""
POSTPONE_MINUTES = 5
EARLY = timedelta(minutes=2)
"""If the chat begins later than in this time, the organiser must confirm to publish."""
GONE_SHOWN = 8.0
"""Seconds for which the card says that the post before has gone."""


class NextPostCard(Card):
    """The next post with its countdown, its text, and its buttons."""

    _view: HourView | None = None

    def __init__(self, hour: HourPort, rules: NetworkRules, cautions: TextCautions) -> None:
        super().__init__(edge="plum", spacing=0)
        low_card(self)
        self._cautions = cautions
        self._hour = hour
        self._rules = rules
        self._post: OutboxPost | None = None
        self._meant = ""
        """The id of the post that the buttons act on, or did last; "" before the first."""
        self._today: date | None = None
        self._early: datetime | None = None
        """The start on the organiser's clock if publishing must be confirmed; else None."""
        self._asks = False
        """Whether the card beside asks about a post that was opened, which is more urgent."""
        self._opened: list[OutboxPost] = []
        """The posts of the run sheet whose pages are open and not answered for."""
        self._taken_up = UnfinishedText()
        self._when = ElidedText("", "small")
        self._nothing, self._clock = Text("", "small"), ClockText(_("Next post in"))
        self._text = PostText(lines=1)
        self._text.ensurePolished()
        self._state, self._picture = Chip(), Chip(_("with a picture"), "plum")
        # It keeps the width for the longest label.
        self._send = PublishButton(_short_words("Q88"), "primary", clicked=self._send_now)
        self._send.keep_size()
        self._later = SteadyButton(_("+ 5 min"), clicked=self._postpone, name=_("All 5 min later"))
        self._skip = SteadyButton(
            _("Reserve"), clicked=self._keep, name=_("Keep this post in reserve")
        )
        ForeseenTip(self._later, Shortcut.NEXT_LATER, self._if_later)
        ForeseenTip(self._skip, Shortcut.NEXT_IN_RESERVE, self._if_kept)
        self._change = Button(_("Change this post"), "icon", "edit", clicked=self._edit)
        self._buttons = (self._send, self._later, self._skip, self._change)
        self.changing = ChangeText(hour, cautions)
        self.changing.closed.connect(self._on_closed)
        self._gone = _FormerLine()
        # In one place, so that each has the whole width: a hidden text keeps its share of a row.
        when = row(_in_one_place(self._when, self._gone), self._picture, self._state, self._clock)
        when.setStretch(0, 1)
        # Never cut: it is about the safety of a child.
        self._named = Text("", "small")
        self._named.set_tone("stop")
        self._way = Text("", "small")
        self._way.set_tone("look")
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
        # The way takes room from the text, not from what is below.
        middle = QWidget()
        middle.setLayout(
            column(
                self._text,
                self._nothing,
                self._named,
                self._ways,
                spacing=theme.Space.LINE,
            )
        )
        middle.setMinimumHeight(POST_LINES * ceil(QFontMetricsF(self._text.font()).lineSpacing()))
        self._faces = Faces(
            face(when, middle, FlowLayout(*self._buttons, spacing=theme.Space.LINE)), self.changing
        )
        self.add(*self._faces.all)

    @property
    def keys(self) -> Sequence[HourKey]:
        """The keys of the next post, each with its button."""
        publish = _("“Next”: go to the button that publishes the post")
        by_page = _("“Next”: go to the button that opens it in the browser")
        later = _("“Next”: 5 minutes later, with all that follows")
        return (
            HourKey(Shortcut.PUBLISH_NEXT, publish, self._send, leads=True),
            HourKey(Shortcut.NEXT_BY_PAGE, by_page, self._by_page, leads=True),
            HourKey(Shortcut.NEXT_LATER, later, self._later),
            HourKey(Shortcut.NEXT_IN_RESERVE, _("“Next”: keep it in reserve"), self._skip),
            HourKey(Shortcut.CHANGE_NEXT, _("“Next”: change its text"), self._change),
        )

    @property
    def editing(self) -> bool:
        """Whether the text is being changed."""
        return self._faces.current == 1

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
        self._gone.show_between(self._post, post, view)
        self._view, self._post = view, post
        begins_in = None if view.rehearsing else view.begins_in
        far = begins_in is not None and begins_in > EARLY
        self._early = view.chat.starts_local if far else None
        self._today = view.now.astimezone(view.chat.zone).date()
        self._asks = bool(view.handed_over)
        self._opened = [one for one in view.handed_over if one.planned is not None]
        self._send.set_kind("quiet" if self._asks else "primary")
        for widget in (self._when, self._text, *self._buttons):
            widget.setVisible(post is not None)
        # One stands in the place of the other: the card has no room for both.
        self._when.setHidden(post is None or not self._gone.isHidden())
        self._nothing.setVisible(post is None)
        is_barred = view.barred is not Reason.NONE
        # A clock at 0:00 would say that it leaves now.
        behind = view.waits_behind is not None
        held = post is not None and (view.paused or is_barred or behind or _is_held(post))
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
            set_words(self._nothing, nothing if view.to_check else gone)
            return
        words = _("Next: {post}") if held else _("Next: {post}, in")
        coming = view.leaves_next
        waits = view.waits_for_typing and coming is not None and coming.id == post.id
        # The strip says what the page waits for.
        words = _("{post}: the page is ready") if waits else words
        words = words.format(post=row_name(post))
        if words != self._when.accessibleName():
            self._when.show_text(words)
        send = name = _("Open now")
        if not waits:
            send, name = _send_words(post, view.rehearsing)
        if name != self._send.accessibleName():
            self._send.show_text(send, name)
        self._state.setVisible(held and not waits)
        self._clock.show_time(countdown(post.due_at - view.now))
        self._text.show_text(post.text)
        self._show_state(post, view)
        self._show_buttons(post, view)

    def _show_buttons(self, post: OutboxPost, view: HourView) -> None:
        # Mostly it is the countdown that brings another post: a press may be for the one before.
        another = self._meant not in ("", post.id)
        self._meant = post.id
        for button in (self._send, self._later, self._skip, self._by_page):
            settled = UNHURRIED if view.rehearsing else SETTLED
            button.means((post.id, post.text, post.route), settled, by_itself=another)
        waiting = post.state in WAITING
        self._send.setEnabled(waiting and not view.paused)
        for plain in (self._later, self._skip, self._change):
            plain.setEnabled(waiting)

    def _show_state(self, post: OutboxPost, view: HourView) -> None:
        if view.paused:
            self._state.say(_("On hold"), "look")
        elif view.barred is not Reason.NONE:
            self._state.say(_("Will not leave"), "look")
        elif view.waits_behind is not None and view.leaves_next is post:
            self._state.say(_("Just after {post}").format(post=row_name(view.waits_behind)), "plum")
        else:
            self._state.say(*state_words(post, view.chat))

    def _go_on_changing(self, view: HourView) -> None:
        """Reopen the editor for the text taken over, once the rows are known."""
        if not view.rows:
            return
        wanted, self._taken_up = self._taken_up, UnfinishedText()
        for post in view.rows:
            if post.id == wanted.post_id:
                self._open_editor(post, wanted.text)

    def _show_way(self, post: OutboxPost | None, rehearsing: bool, barred: Reason) -> None:
        """Show a route that is dear or barred, and offer X's page; or the name of a child."""
        named = self._cautions.guard.words(all_words(post.text, post.picture)) if post else ""
        leaves = "" if post is None or rehearsing else leaves_words(post, self._rules, barred)
        # How it leaves is the same for most posts: it is said where it is asked for.
        if leaves != self._text.accessibleDescription():
            self._text.setAccessibleDescription(leaves)
        is_barred = barred is not Reason.NONE
        look = False
        if post is not None and not rehearsing:
            dear = charged_as(post.text, action_of_row(post), self._rules) is Action.POST_WITH_LINK
            look = post.route is Route.KEYS and (dear or is_barred)
            self._by_page.setEnabled(post.state in WAITING)
        self._ways.setVisible(look)
        set_words(self._named, named)
        self._named.setVisible(bool(named))
        set_words(self._way, leaves)
        # When keys will not publish it, the button for X's page is the primary one.
        self._by_page.set_kind("primary" if is_barred else "quiet")
        self._send.set_kind("quiet" if is_barred or self._asks else "primary")

    def _take_page(self) -> None:
        if self._post is not None and self._lets_leave(self._post):
            self._hour.do(Outbox.by_web_page, self._post.id)

    def _send_now(self) -> None:
        if self._post is not None:
            self.publish(self._post)

    def publish(self, post: OutboxPost) -> None:
        """Publish a post that is to come, once what has to be asked first was."""
        if self._early is not None and not self._confirms(post, self._early):
            return
        if self._opened and post.route is Route.ASSISTED:
            # It may be that which was meant: its time came before the press did.
            opened = row_name(self._opened[-1])
            if not confirms_second_page(self, opened, row_name(post)):
                return
        if self._lets_leave(post):
            self._hour.do(Outbox.send_now, post.id)

    def _lets_leave(self, post: OutboxPost) -> bool:
        """Return whether a post may leave; if not, it is opened to be changed."""
        if self._cautions.guard.lets_leave(self, all_words(post.text, post.picture)):
            return True
        if shiboken6.isValid(self):
            self.change(post)
        return False

    def _confirms(self, post: OutboxPost, start: datetime) -> bool:
        day, hour, by_page = format_day(start), format_hour(start), post.route is Route.ASSISTED
        if start.date() == self._today:
            day = ""
        return confirms_early(self, row_name(post), day, hour, by_page)

    def _if_later(self) -> str:
        words, view = _("This message and all those after it leave 5 minutes later."), self._view
        if view is None or self._post is None:
            return words
        changes = postponed(view.rows, self._post.id, POSTPONE_MINUTES, True, view.now)
        return f"{words} {_foreseen(view, changes)}"

    def _if_kept(self) -> str:
        words = _("It leaves only when you bring it back.")
        if self._view is None or self._post is None:
            return words
        return f"{words} {_foreseen(self._view, if_kept(self._view.rows, self._post.id))}"

    def _postpone(self) -> None:
        if self._post is not None:
            self._hour.do(Outbox.postpone, self._post.id, POSTPONE_MINUTES)

    def _keep(self) -> None:
        if self._post is not None:
            self._hour.do(Outbox.skip, self._post.id)

    def _edit(self) -> None:
        if self._post is not None:
            self.change(self._post)

    def change(self, post: OutboxPost) -> None:
        """Open the editor for a post that is to come; a text being changed already stays."""
        if not self.editing:
            self._open_editor(post, post.text)
        self.changing.edit.setFocus()

    def _open_editor(self, post: OutboxPost, text: str) -> None:
        # The editor is a little narrower than the text, so it needs a further line.
        lines = self._text.lines_in(text, self.width())
        self.changing.open_editor(post, text, min(lines + 1, MOST_EDITED))
        self._faces.show_face(1)

    def _on_closed(self) -> None:
        self._faces.show_face(0)
        self._change.setFocus()


def _foreseen(view: HourView, changes: Sequence[Change]) -> str:
    return consequences(course(view.rows, changes, view.now, view.ends_at), view, view.ends_at)


def _in_one_place(*texts: QWidget) -> QGridLayout:
    place = QGridLayout()
    for text in texts:
        place.addWidget(text, 0, 0)
    return place


class _FormerLine(ElidedText):
    """Says for a moment that the post shown before has gone, and that this is another one."""

    def __init__(self) -> None:
        super().__init__("", "small")
        self.set_tone("plum")
        self._former: OutboxPost | None = None
        self._until = 0.0
        """In seconds of the clock of the buttons."""

    def show_between(
        self, before: OutboxPost | None, post: OutboxPost | None, view: HourView
    ) -> None:
        """Show what became of the post `before`, once `post` takes its place."""
        now = SteadyButton.clock()
        if before is not None and post is not None and post.id != before.id:
            self._former, self._until = before, now + GONE_SHOWN
        words = ""
        if self._former is not None and post is not None and now < self._until:
            # It may still be on its way, and be out a moment later.
            state = next((row.state for row in view.rows if row.id == self._former.id), None)
            if state is PostState.HANDED_OVER:
                words = _("{post}: page open. Here is the next:")
            elif state is PostState.SENT:
                words = _("{post} has gone. Here is the next:")
            words = words.format(post=row_name(self._former))
        if words != self.accessibleName():
            self.show_text(words)
        self.setVisible(bool(words))


def _send_words(post: OutboxPost, rehearsing: bool) -> tuple[str, str]:
    """Return the label of the button that publishes, and its name; with the name of a question.

    The name guards against a press that was meant for the post shown just before.
    """
    if post.kind is PostKind.QUESTION and post.number:
        words = _("Publish {post} in the rehearsal") if rehearsing else _("Publish {post} now")
        return _short_words(row_name(post)), words.format(post=row_name(post))
    return _("Publish"), publish_now_words(post)


def _short_words(name: str) -> str:
    return _("Publish {post}").format(post=name)


def _is_held(post: OutboxPost) -> bool:
    return post.state is not PostState.PLANNED or post.not_before is not None
