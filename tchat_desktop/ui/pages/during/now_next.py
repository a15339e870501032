"""What is being talked about now, and what leaves next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import NotAPostLink, pasted_link
from tchat_desktop.domain.outgoing import (
    NEEDS_ORGANISER,
    WAITING,
    OutboxPost,
    PostKind,
    PostState,
    Reason,
)
from tchat_desktop.domain.post_text import is_valid_post
from tchat_desktop.domain.routes import Action, Platform, charged_as
from tchat_desktop.domain.spending import action_of_row
from tchat_desktop.i18n import _, ngettext
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.models.unfinished import UnfinishedText
from tchat_desktop.ui.pages.during.picture_help import PictureHelp
from tchat_desktop.ui.pages.during.ports import Hour
from tchat_desktop.ui.pages.during.way_words import leaves_words
from tchat_desktop.ui.pages.during.words import countdown, row_name, state_words
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.clock_text import ClockText
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.text import Chip, Text

POSTPONE_MINUTES = 5
POST_LINES = 4
"""Lines of a post shown, always: the feed below must not move when one post follows another."""


class NowCard(Card):
    """The post that left last; while one waits in the browser, the question whether it is out.

    Both faces share one place, so that nothing moves when one gives way to the other.
    """

    put_off = Signal()
    """The organiser has not published it yet, and does not want to be asked now."""

    def __init__(
        self, hour: Hour, open_page: Callable[[str], None], picture_help: PictureHelp
    ) -> None:
        super().__init__(edge="well", spacing=8)
        self._picture_help = picture_help
        _keep_room(picture_help, _has_pictures(hour))
        self._hour = hour
        self._open_page = open_page
        self._asked: OutboxPost | None = None
        self._put_off: set[str] = set()
        self._taken_up = UnfinishedText()
        self._since = Text("", "small")
        self._text = PostText(lines=POST_LINES)
        self._state = Chip()
        self._answers = Chip()
        self._faces = QStackedLayout()
        self.add(self._faces)
        self._faces.addWidget(
            _face(self._since, self._text, FlowLayout(self._state, self._answers))
        )
        self._faces.addWidget(self._ask_face())

    @property
    def asked_id(self) -> str:
        """The id of the post that is asked about, "" when none is."""
        return self._asked.id if self._asked is not None else ""

    def unfinished(self) -> UnfinishedText:
        """The link that is being pasted."""
        if self._asked is None:
            return self._taken_up
        return UnfinishedText(self._asked.id, self._link.text())

    def take_up(self, unfinished: UnfinishedText) -> None:
        """Go on with that link when its post is asked about."""
        self._taken_up = unfinished

    def show_view(self, view: HourView, answers: int) -> None:
        """Show the hour as it is now; `answers` is how many posts answer the question asked."""
        asked = next((row for row in view.handed_over if row.id not in self._put_off), None)
        if view.ended:
            # This card is gone then; what is not confirmed yet is among what is to be checked.
            asked = None
        if asked != self._asked:
            self._show_asked(asked)
        self._faces.setCurrentIndex(1 if asked is not None else 0)
        stopped = _has_stopped(view.pace.current)
        self._set_edge("look" if asked is not None or stopped else "well")
        self._show_current(view, answers)

    def _set_edge(self, edge: str) -> None:
        if self.property("edge") != edge:
            self.set_edge(edge)  # type: ignore[arg-type]

    def _ask_face(self) -> QWidget:
        self._question = _two_lines(Text("", "strong"))
        self._link = LineEdit(Cap.LINK)
        self._link.setPlaceholderText("https://x.com/…/status/…")
        self._link.returnPressed.connect(self._confirm)
        self._link_field = Field(_("Link of the post, if you have it at hand"), self._link)
        return _face(
            self._question,
            self._picture_help,
            self._link_field,
            FlowLayout(
                Button(_("Yes, it is published"), icon_name="check", clicked=self._confirm),
                Button(_("Open the page again"), "link", "outside", self._open_again),
                Button(_("Not yet"), "link", clicked=self._not_yet),
            ),
        )

    def _show_asked(self, asked: OutboxPost | None) -> None:
        if asked is not None and (self._asked is None or asked.id != self._asked.id):
            words = _("{post} is ready in your browser. Is it published?")
            self._question.setText(words.format(post=row_name(asked)))
            same = asked.id == self._taken_up.post_id
            self._link.setText(self._taken_up.text if same else "")
            self._taken_up = UnfinishedText()
            self._link_field.say("")
            self._picture_help.show_post(asked)
        self._asked = asked

    def _show_current(self, view: HourView, answers: int) -> None:
        current = view.pace.current
        for widget in (self._text, self._state, self._answers):
            widget.setVisible(current is not None)
        if current is None:
            self._since.setText(_("Nothing has left yet. The first post is on the right."))
            return
        since = view.now - (current.changed_at or current.due_at)
        minutes = max(0, int(since.total_seconds() // 60))
        stopped = _has_stopped(current)
        words = _("Was to leave: {post}") if stopped else _("Now · {post} · for {count} min")
        _say(self._since, words.format(post=row_name(current), count=minutes))
        self._text.show_text(current.text)
        self._state.say(*state_words(current, view.chat))
        words = ngettext("{count} answer", "{count} answers", answers)
        self._answers.say(words.format(count=answers), "plum")
        self._answers.setVisible(
            current.kind is PostKind.QUESTION and not (stopped and not answers)
        )

    def _confirm(self) -> None:
        if self._asked is None:
            return
        link = self._link.text().strip()
        if link:
            try:
                pasted_link(link)
            except NotAPostLink:
                self._link_field.say(
                    _("This is not the link of a post on X. Paste another, or leave it empty."),
                    "stop",
                )
                self._link.setFocus()
                return
        self._hour.confirm_sent(self._asked.id, link)

    def _open_again(self) -> None:
        if self._asked is not None and self._asked.detail.startswith("https://"):
            self._open_page(self._asked.detail)

    def _not_yet(self) -> None:
        """Stop asking; it stays among what is to be checked."""
        if self._asked is not None:
            self._put_off.add(self._asked.id)
            self._asked = None
            self.put_off.emit()


class NextCard(Card):
    """The post that leaves next, counted down, with what can be done about it."""

    def __init__(self, hour: Hour, platform: Platform) -> None:
        super().__init__(edge="plum", spacing=8)
        self._hour = hour
        self._platform = platform
        self._post: OutboxPost | None = None
        self._taken_up = UnfinishedText()
        self._when = _two_lines(Text("", "small"))
        self._clock = ClockText(_("Next post in"))
        self._text = PostText(lines=POST_LINES)
        self._state = Chip()
        self._picture = Chip(_("with a picture"), "plum")
        _keep_room(self._picture, _has_pictures(hour))
        self._send = Button(_("Publish now"), "primary", "send", self._send_now)
        self._later = Button(_("+ 5 min"), clicked=self._postpone, name=_("5 minutes later"))
        self._skip = Button(
            _("In reserve"), clicked=self._keep, name=_("Keep this post in reserve")
        )
        self._change = Button(_("Change"), "link", clicked=self._edit, name=_("Change this post"))
        self._buttons = (self._send, self._later, self._skip, self._change)
        self._edit_text = PostEdit(lines=3)
        self._edit_text.setAccessibleName(_("Text of the next post"))
        self._edit_text.textChanged.connect(self._on_typed)
        self._counter = Counter()
        self._save = Button(_("Keep this text"), icon_name="check", clicked=self._save_text)
        when = row(self._when, self._state, self._clock)
        when.setStretch(0, 1)
        self._way = _two_lines(Text("", "small"))
        self._by_page = Button(
            _("By the web page"), clicked=self._take_page, name=_("Send this post by the web page")
        )
        way = row(self._way, self._by_page)
        way.setStretch(0, 1)
        self._ways = QWidget()
        self._ways.setLayout(way)
        # Room for the button, which comes and goes with links.
        self._ways.setMinimumHeight(self._by_page.minimumHeight())
        self._faces = QStackedLayout()
        self.add(self._faces)
        self._faces.addWidget(
            _face(
                when,
                row(self._picture, None),
                self._text,
                self._ways,
                FlowLayout(*self._buttons, spacing=6),
            )
        )
        self._faces.addWidget(
            _face(
                self._edit_text,
                row(None, self._counter),
                FlowLayout(
                    self._save,
                    Button(_("Leave as it was"), "link", clicked=self._cancel),
                ),
            )
        )

    @property
    def editing(self) -> bool:
        """Whether the text is being changed."""
        return self._faces.currentIndex() == 1

    def unfinished(self) -> UnfinishedText:
        """The text that is being changed."""
        if not self.editing or self._post is None:
            return self._taken_up
        return UnfinishedText(self._post.id, self._edit_text.toPlainText())

    def take_up(self, unfinished: UnfinishedText) -> None:
        """Go on changing that text when its post is the next."""
        self._taken_up = unfinished

    def show_view(self, view: HourView) -> None:
        """Show the hour as it is now. A text being changed is left alone until it has left."""
        post = view.pace.following
        if self.editing and (post is None or self._post is None or post.id != self._post.id):
            self._faces.setCurrentIndex(0)
        self._post = post
        for widget in (self._text, *self._buttons):
            widget.setVisible(post is not None)
        is_barred = view.barred is not Reason.NONE
        held = post is not None and (view.paused or is_barred or _is_held(post))
        self._show_way(post, view.rehearsing, view.barred)
        self._state.setVisible(held)
        self._clock.setVisible(post is not None and not held)
        self._picture.setVisible(post is not None and post.picture is not None)
        if post is None:
            troubled = bool(view.troubled)
            nothing = _("Nothing else is to leave. See “To check” for what did not.")
            _say(self._when, nothing if troubled else _("Everything has left. Enjoy the answers."))
            return
        words = _("Next: {post}") if held else _("Next: {post}, in")
        _say(self._when, words.format(post=row_name(post)))
        self._clock.show_time(countdown(post.due_at - view.now))
        self._text.show_text(post.text)
        if view.paused:
            self._state.say(_("On hold"), "look")
        elif is_barred:
            self._state.say(_("Will not leave"), "look")
        else:
            self._state.say(*state_words(post, view.chat))
        waiting = post.state in WAITING
        self._send.setEnabled(waiting and not view.paused)
        for button in (self._later, self._skip, self._change):
            button.setEnabled(waiting)
        if post.id == self._taken_up.post_id and waiting:
            self._edit_text.show_text(self._taken_up.text)
            self._faces.setCurrentIndex(1)
        self._taken_up = UnfinishedText()

    def _show_way(self, post: OutboxPost | None, rehearsing: bool, barred: Reason) -> None:
        """How it leaves and what that costs; where it is dear or will not, the page is offered."""
        self._ways.setVisible(post is not None and not rehearsing)
        if post is None or rehearsing:
            return
        _say(self._way, leaves_words(post, self._platform, barred))
        dear = charged_as(post.text, action_of_row(post)) is Action.POST_WITH_LINK
        look = post.route is Route.KEYS and (dear or barred is not Reason.NONE)
        tone = "look" if look else ""
        if self._way.property("tone") != tone:
            self._way.set_tone("look" if look else None)
        self._by_page.setVisible(look)
        self._by_page.setEnabled(post.state in WAITING)
        # Where keys will not take it, the plum button is the way that does.
        is_barred = barred is not Reason.NONE
        self._by_page.set_kind("primary" if is_barred else "quiet")
        self._send.set_kind("quiet" if is_barred else "primary")

    def _take_page(self) -> None:
        if self._post is not None:
            self._hour.by_web_page(self._post.id)

    def _send_now(self) -> None:
        if self._post is not None:
            self._hour.send_now(self._post.id)

    def _postpone(self) -> None:
        if self._post is not None:
            self._hour.postpone(self._post.id, POSTPONE_MINUTES)

    def _keep(self) -> None:
        if self._post is not None:
            self._hour.skip(self._post.id)

    def _edit(self) -> None:
        if self._post is not None:
            self._edit_text.show_text(self._post.text)
            self._faces.setCurrentIndex(1)
            self._edit_text.setFocus()

    def _on_typed(self) -> None:
        text = self._edit_text.toPlainText()
        self._counter.show_text(text)
        self._save.setEnabled(is_valid_post(text))

    def _save_text(self) -> None:
        if self._post is not None:
            self._hour.edit_text(self._post.id, self._edit_text.toPlainText())
        self._cancel()

    def _cancel(self) -> None:
        self._faces.setCurrentIndex(0)
        self._change.setFocus()


def _has_pictures(hour: Hour) -> bool:
    return any(post.picture is not None for post in hour.planned)


def _keep_room(widget: QWidget, kept: bool) -> None:
    """Whether a widget takes its room also while it is hidden, so that nothing moves."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(kept)
    widget.setSizePolicy(policy)


def _has_stopped(post: OutboxPost | None) -> bool:
    return post is not None and post.state in NEEDS_ORGANISER


def _is_held(post: OutboxPost) -> bool:
    return post.state is not PostState.PLANNED or post.not_before is not None


def _face(*items: object) -> QWidget:
    widget = QWidget()
    layout = column(*items, None)  # type: ignore[arg-type]
    widget.setLayout(layout)
    return widget


def _two_lines(text: Text) -> Text:
    """Room for two lines, so that a longer name moves nothing."""
    text.setMinimumHeight(2 * text.fontMetrics().lineSpacing())
    return text


def _say(text: Text, words: str) -> None:
    if text.text() != words:
        text.setText(words)
