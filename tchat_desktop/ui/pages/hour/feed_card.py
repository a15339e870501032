"""The card of one post of the conversation, with what the organiser can do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.conversation import NO, YES, FeedPost, Mark, Marking, is_by_hand
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, PostState
from tchat_desktop.domain.people import profile_page
from tchat_desktop.domain.signals import Signal as Noticed
from tchat_desktop.domain.signals import is_grave, signals_in, signals_of
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import icon
from tchat_desktop.ui.models.feed import FeedEntry
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.care_notice import CareNotice, CareWays
from tchat_desktop.ui.pages.hour.given_line import GivenLine
from tchat_desktop.ui.pages.hour.private_answer import PrivateWays
from tchat_desktop.ui.pages.hour.reply_panel import ReplyPanel
from tchat_desktop.ui.pages.hour.share_question import ShareQuestion
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.avatar import Avatar
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.folded_post import FoldedPost
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.wording.i18n import N_, _, format_delta, pgettext
from tchat_desktop.wording.tone import Tone

BELOW_WORDS = 2
"""The index of the notice in the layout of a card: below the author and the text."""


class SentStage(Enum):
    """The progress of a reply or repost by the organiser, as a card shows it."""

    NONE = auto()
    WAITS = auto()
    ASKS = auto()
    OUT = auto()


_REPOSTS = {
    SentStage.NONE: N_("Repost"),
    SentStage.WAITS: N_("Repost waiting"),
    SentStage.ASKS: N_("Repost to check"),
    SentStage.OUT: N_("Reposted"),
}


def _stage(state: PostState | None) -> SentStage:
    if state is None:
        return SentStage.NONE
    if state is PostState.SENT:
        return SentStage.OUT
    return SentStage.ASKS if state in NEEDS_ORGANISER else SentStage.WAITS


@dataclass(frozen=True, slots=True)
class FeedActions:
    """What a card may ask for; each call returns at once."""

    mark: Callable[[Marking], None]
    repost: Callable[[FeedPost], None]
    open_page: Callable[[str], None]
    private_answer: Callable[[Sequence[Noticed]], str]
    """Returns the ready answer for a private message, given what was noticed in the post."""
    in_sight: Callable[[QWidget], object]
    """Called with a widget that was opened and is to be scrolled into view."""
    begin_in_private: Callable[[str], None]
    end_in_private: Callable[[str], None]
    """Both are called with the id of the post whose author is answered in private."""


class FeedCard(Card):
    """The card of a post with its author, age, marks and buttons. The reply opens inside it.

    `reply_wanted` is emitted with the id of the post.
    """

    reply_wanted = Signal(object)
    correct_wanted = Signal(object)
    """Emitted with a post entered by hand that is to be corrected."""

    def __init__(self, entry: FeedEntry, chat: Chat, actions: FeedActions) -> None:
        super().__init__(padding=14, spacing=6)
        self.entry = entry
        self._chat = chat
        self._actions = actions
        post = entry.feed.post
        self._who = post.author_name or f"@{post.author}"
        self.setAccessibleName(_("Post by {who}").format(who=self._who))
        self._age = Text("", "small", wrap=False)
        self._chips = [Chip() for _index in range(6)]
        name = Text(beginning(self._who, 32), "strong", wrap=False)
        handle = Text(f"@{post.author}", "small", wrap=False)
        self._about = about = f"{self._who}: {beginning(post.text)}"
        self._reply = Button(
            _("Reply"),
            icon_name="reply",
            clicked=self._on_reply,
            name=_("Reply to {post}").format(post=about),
        )
        self._repost = PublishButton(
            _("Repost"),
            icon_name="repost",
            clicked=self._on_repost,
        )
        self._star = Button(
            _("Highlight"),
            icon_name="star",
            clicked=self._on_star,
        )
        self._more = Button(
            _("More"),
            "icon",
            "more",
            self._show_menu,
            name=_("More about {post}").format(post=about),
        )
        body = QVBoxLayout()
        body.setSpacing(theme.px(6))
        # Only the @name of the author of a pasted post is known.
        named = (name,) if self._who == handle.text() else (name, handle)
        head = FlowLayout(*named, self._age, *self._chips, spacing=6)
        body.addLayout(head)
        body.addWidget(FoldedPost(post.text, about))
        self._given = GivenLine(chat, post)
        self._care: CareNotice | None = None
        """The notice below the text of the post, made once something was noticed in it."""
        self._share: ShareQuestion | None = None
        """What is asked below the buttons of the post, made together with the notice."""
        body.addLayout(FlowLayout(self._reply, self._repost, self._star, self._more, spacing=6))
        body.addWidget(self._given)
        self._body = body
        across = row(column(Avatar(self._who), None), body, spacing=12)
        across.setStretch(1, 1)
        self.add(across)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.show_entry(entry)

    def show_entry(self, entry: FeedEntry) -> None:
        """Show the present marks of the post."""
        self.entry = entry
        for chip, words in zip(self._chips, self._marks(), strict=True):
            chip.setVisible(bool(words[0]))
            if words[0]:
                chip.say(*words)
        waits = not entry.is_answered and not entry.feed.hidden
        # A confidence must not be copied into a message to somebody else.
        passed_on = waits and not is_grave(signals_of(entry.feed, self._chat))
        self._given.show_guest(self._holder if passed_on else None)
        self._show_care(entry)
        if self._care is not None:
            self._care.show_seen_to(entry.is_answered, hidden=entry.feed.hidden)
        if self._share is not None:
            reposted = entry.echo.repost is not None
            self._share.show_done(reposted=reposted, starred=entry.feed.starred)
        feed = entry.feed
        colours = theme.tokens()
        # The icon shows beforehand that a press only asks.
        asks = icon("alert", colours.coral)
        star = icon("star-full" if feed.starred else "star", colours.ink)
        self._star.setIcon(asks if self._guards_star and not feed.starred else star)
        arrows = icon("repost", colours.ink)
        self._repost.setIcon(asks if self._guard is not None else arrows)
        if feed.starred:
            self._say_on(self._star, _("Highlighted"), _("Chosen as a highlight: {post}"))
        else:
            self._say_on(self._star, _("Highlight"), _("Highlight {post}"))
        repost = entry.echo.repost
        self._say_on(self._repost, _(_REPOSTS[_stage(repost)]), _("{what}: {post}"))
        self._repost.setEnabled(repost is None)

    def _say_on(self, button: Button, words: str, name: str) -> None:
        name = name.format(what=words, post=self._about)
        if button.accessibleName() != name:
            button.show_text(words, name)

    def show_age(self, now: datetime) -> None:
        """Show how long ago the post was written; `now` is in UTC."""
        words = format_delta(min(self.entry.feed.post.created_at - now, timedelta()))
        if words != self._age.text():
            self._age.setText(words)

    def open_reply(self, panel: ReplyPanel, text: str) -> None:
        """Open the reply panel inside this card."""
        self._body.addWidget(panel)
        panel.show_post(self.entry.feed, text)

    @property
    def own_height(self) -> int:
        """The present height in pixels, without a panel that has just been closed."""
        for one in (self._care, self):
            if one is not None and (layout := one.layout()) is not None:
                layout.activate()
        fits = self.heightForWidth(self.width())
        return min(self.height(), fits) if fits > 0 else self.height()

    def focus_care(self) -> None:
        """Put the focus on what is proposed for a post that asks for care."""
        if self._guard is not None:
            self._guard.take_focus()

    def focus_reply(self) -> None:
        """Put the focus on the button that opens the reply."""
        self._reply.setFocus()

    def _marks(self) -> list[tuple[str, Tone]]:
        feed = self.entry.feed
        guest = self._holder
        question = self.entry.is_question
        answered = pgettext("mark", "answered") if self.entry.is_answered else ""
        asked = _("question from the public") if question and not self.entry.is_answered else ""
        reply = {SentStage.WAITS: _("reply waiting"), SentStage.ASKS: _("reply to check")}.get(
            _stage(self.entry.echo.reply), ""
        )
        given = _("given to {guest}").format(guest=beginning(guest.name, 20)) if guest else ""
        return [
            ("★ " + pgettext("mark", "highlight") if feed.starred else "", "look"),
            (asked, "stop"),
            ("✓ " + answered if answered else "", "well"),
            (reply, "look"),
            (pgettext("mark", "guest") if self.entry.from_guest else given, "plum"),
            (
                _("a child’s name?") if Noticed.NAMED_CHILD in signals_of(feed, self._chat) else "",
                "stop",
            ),
        ]

    @property
    def _holder(self) -> Person | None:
        """The guest the post was given to, or None."""
        given = self.entry.feed.assigned_to
        return next((one for one in self._chat.guests if one.id == given), None)

    def _on_reply(self) -> None:
        self._ask_nothing()
        self.reply_wanted.emit(self.entry.feed.post.id)

    def _show_care(self, entry: FeedEntry) -> None:
        """Update the notice from the words of the post and the organiser's marks."""
        noticed = signals_of(entry.feed, self._chat)
        if noticed and (self._care is None or self._care.signals != noticed):
            self._go_on_from_notice()
            self._put_private_away()
            for one in (self._care, self._share):
                if one is not None:
                    self._body.removeWidget(one)
                    one.hide()
                    one.deleteLater()
            self._care = self._care_notice(entry, noticed)
            self._body.insertWidget(BELOW_WORDS, self._care)
            who = f"@{entry.feed.post.author}"
            share = (self._repost_all_the_same, self._star_all_the_same)
            self._share = ShareQuestion(noticed, who, *share)
            self._body.insertWidget(self._body.indexOf(self._given), self._share)
        if self._care is not None and self._share is not None:
            self._care.setHidden(not noticed)
            if not noticed:
                self._share.put_away()

    def _care_notice(self, entry: FeedEntry, noticed: Sequence[Noticed]) -> CareNotice:
        answer = self._actions.private_answer(noticed)
        post_id, actions = entry.feed.post.id, self._actions
        private = PrivateWays(
            self._chat,
            answer,
            self._on_private_opened,
            self._on_profile,
            self._on_seen_to,
            begin=lambda: actions.begin_in_private(post_id),
            end=lambda: actions.end_in_private(post_id),
        )
        ways = CareWays(self._on_hidden, self._on_harmless, private)
        return CareNotice(noticed, f"@{entry.feed.post.author}", ways)

    @property
    def _guard(self) -> CareNotice | None:
        """The notice of a post that asks for care; None for any other."""
        return None if self._care is None or self._care.isHidden() else self._care

    @property
    def _asks_first(self) -> ShareQuestion | None:
        """What is asked before a repost or a highlight; None where nothing is."""
        return None if self._guard is None else self._share

    @property
    def _guards_star(self) -> bool:
        return self._asks_first is not None and self._asks_first.guards_star

    def _ask_nothing(self) -> None:
        """Withdraw what is asked about the post, because something else is done about it."""
        if self._care is not None:
            self._care.ask_nothing()
        if self._share is not None:
            self._share.put_away()

    def _on_harmless(self) -> None:
        self._go_on_from_notice()
        self._put_private_away()
        self._mark(Mark.HARMLESS, True)

    def _on_care_after_all(self) -> None:
        self._mark(Mark.HARMLESS, False)

    def _on_confided(self) -> None:
        self._mark(Mark.CONFIDED, True)

    def _on_names_child(self) -> None:
        self._mark(Mark.NAMES_CHILD, True)

    def _on_names_no_child(self) -> None:
        self._mark(Mark.NAMES_CHILD, False)

    def _on_seen_to(self) -> None:
        self._go_on_from_notice()
        # The organiser has answered it in private: it is a confidence now, whatever its words.
        if self._care is not None and is_grave(self._care.signals) and not self.entry.feed.confided:
            self._mark(Mark.CONFIDED, True)
        self._mark(Mark.ANSWERED, True)

    def _repost_all_the_same(self) -> None:
        self._go_on_from_notice()
        self._repost_it()

    def _star_all_the_same(self) -> None:
        self._go_on_from_notice()
        self._mark(Mark.STARRED, True)

    def _go_on_from_notice(self) -> None:
        """Move the focus out of what is about to be hidden: the notice and the question."""
        at = QApplication.focusWidget()
        asked = (one for one in (self._care, self._share) if one is not None)
        if at is not None and any(one.isAncestorOf(at) for one in asked):
            self._reply.setFocus()

    def _on_private_opened(self, notice: QWidget) -> None:
        if self._share is not None:
            self._share.put_away()
        self._actions.in_sight(notice)

    def _on_profile(self) -> None:
        self._actions.open_page(profile_page(self.entry.feed.post.author, NETWORK))

    def _on_repost(self) -> None:
        # A second press only warns again: another button reposts all the same.
        if (question := self._asks_first) is not None:
            question.warn_of_repost()
            self._actions.in_sight(question)
        else:
            self._repost_it()

    def _repost_it(self) -> None:
        self._actions.repost(self.entry.feed)

    def _on_star(self) -> None:
        question = self._asks_first
        if question is not None and question.guards_star and not self.entry.feed.starred:
            question.warn_of_star()
            self._actions.in_sight(question)
        else:
            self._star_it()

    def _star_it(self) -> None:
        self._mark(Mark.STARRED, not self.entry.feed.starred)

    def _mark(self, mark: Mark, value: bool | str) -> None:
        self._actions.mark(Marking(self.entry.feed.post.id, mark, value))

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Return the menu of the actions that are used less often."""
        menu = QMenu(self)
        feed = self.entry.feed
        if not self.entry.echo.is_answered:
            words = _("Mark as not answered") if feed.answered else _("Mark as answered")
            menu.addAction(words, self._on_answered)
        if feed.harmless and signals_in(feed.post.text):
            menu.addAction(_("It asks for care after all"), self._on_care_after_all)
        elif not is_grave(signals_of(feed, self._chat)):
            menu.addAction(_("It is a confidence"), self._on_confided)
        if feed.names_child:
            menu.addAction(_("No child is named after all"), self._on_names_no_child)
        elif Noticed.NAMED_CHILD not in signals_of(feed, self._chat):
            menu.addAction(_("A child is named"), self._on_names_child)
        if not self.entry.from_guest:
            asked = self.entry.is_question
            words = _("It is not a question") if asked else _("It is a question")
            menu.addAction(words, self._on_asks)
        words = _("Show again") if feed.hidden else _("Hide this post")
        menu.addAction(words, self._on_hidden)
        guests = [guest for guest in self._chat.guests if guest.name or guest.handle]
        if guests:
            given = menu.addMenu(_("Give to a guest"))
            for guest in guests:
                action = QAction(
                    (guest.name or f"@{guest.handle}").replace("&", "&&"), given, checkable=True
                )
                action.setChecked(guest.id == feed.assigned_to)
                action.setData(guest.id)
                action.triggered.connect(self._on_given)
                given.addAction(action)
        menu.addSeparator()
        if is_by_hand(feed.post):
            menu.addAction(_("Correct or take out…"), self._on_correct)
        menu.addAction(_("Copy the text"), self._copy)
        if feed.post.url.startswith("https://"):
            menu.addAction(_("See on X"), self._see)
        return menu

    def _on_asks(self) -> None:
        self._mark(Mark.ASKS, NO if self.entry.is_question else YES)

    def _on_answered(self) -> None:
        self._mark(Mark.ANSWERED, not self.entry.feed.answered)

    def _on_correct(self) -> None:
        self.correct_wanted.emit(self.entry.feed.post)

    def _put_private_away(self) -> None:
        if self._care is not None:
            self._care.private.put_away()

    def _on_hidden(self) -> None:
        self._put_private_away()
        self._mark(Mark.HIDDEN, not self.entry.feed.hidden)

    def _on_given(self) -> None:
        picked = self.sender()
        assert isinstance(picked, QAction)
        guest = picked.data()
        self._mark(Mark.ASSIGNED, "" if guest == self.entry.feed.assigned_to else guest)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.entry.feed.post.text)

    def _see(self) -> None:
        self._actions.open_page(self.entry.feed.post.url)
