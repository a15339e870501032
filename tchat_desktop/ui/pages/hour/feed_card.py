"""The card of one post of the conversation, with what the organiser can do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.domain.people import profile_page
from tchat_desktop.domain.signals import Signal as Noticed
from tchat_desktop.domain.signals import is_grave, signals_of
from tchat_desktop.domain.texts import CANNED, THANKS
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.feed_entry import FeedEntry
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.given_line import GivenLine
from tchat_desktop.ui.pages.hour.post_actions import PostActions, PostWays
from tchat_desktop.ui.pages.hour.post_marks import holder_of, marks_of, spoken_name
from tchat_desktop.ui.pages.hour.post_menu import GiveMenu, MenuWays, PostMenu
from tchat_desktop.ui.pages.hour.reply_panel import ReplyPanel
from tchat_desktop.ui.pages.hour.share_question import ShareQuestion
from tchat_desktop.ui.pages.shared.care_notice import CareNotice, CareWays
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.pages.shared.private_answer import PrivateWays
from tchat_desktop.ui.widgets.avatar import Avatar
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.folded_post import FoldedPost
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.wording.i18n import _, format_delta
from tchat_desktop.wording.tone import Tone

BELOW_WORDS = 2
"""The index of the notice in the layout of a card: below the author and the text."""


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
    mute: Callable[[str, bool], None]
    """Hides all that an author writes and will write, or shows it again."""
    is_muted: Callable[[str], bool]
    publishes: bool = True
    """Whether replies and reposts leave from this computer."""
    why_not: str = ""
    """Why nothing is published any more; "" while it is."""


class FeedCard(Card):
    """The card of a post with its author, age, marks and buttons. The reply opens inside it.

    `reply_wanted` is emitted with the id of the post.
    """

    reply_wanted = Signal(object)
    canned_wanted = Signal(object, int)
    """Emitted with the id of the post and the place of the short reply to begin with."""
    welcome_wanted = Signal(object)
    """Emitted with the id of a post whose author is to be welcomed."""
    correct_wanted = Signal(object)
    """Emitted with a post entered by hand that is to be corrected."""

    def __init__(self, entry: FeedEntry, chat: Chat, actions: FeedActions) -> None:
        super().__init__(padding=theme.Space.UNDER_HEADING, spacing=theme.Space.NEAR)
        self.entry = entry
        self._chat = chat
        self._actions = actions
        post = entry.feed.post
        self._who = post.author_name or f"@{post.author}"
        self._age = Text("", "small", wrap=False)
        self._chips: list[Chip] = []
        """As many as the post has had marks at once: most posts have one or none."""
        name = Text(beginning(self._who, 32), "strong", wrap=False)
        handle = Text(f"@{post.author}", "small", wrap=False)
        self._about = about = _("{name}: {words}").format(
            name=self._who, words=beginning(post.text.strip() or _("text still missing"))
        )
        ways = PostWays(self._on_reply, self._on_star, self._on_repost, self.open_menu)
        self.acts = acts = PostActions(about, ways)
        self._reply, self._star = acts.reply, acts.star
        self._repost, self._more = acts.repost, acts.more
        body = QVBoxLayout()
        body.setSpacing(theme.px(theme.Space.LINE))
        # Only the @name of the author of a pasted post is known.
        named = (name,) if self._who == handle.text() else (name, handle)
        self._head = FlowLayout(*named, self._age, spacing=theme.Space.NEAR)
        body.addLayout(self._head)
        if post.text.strip():
            body.addWidget(FoldedPost(post.text, about))
        else:
            body.addLayout(self._missing_text())
        self._given = GivenLine(chat, post)
        self._care: CareNotice | None = None
        """The notice below the text of the post, made once something was noticed in it."""
        self._share: ShareQuestion | None = None
        """What is asked below the buttons of the post, made together with the notice."""
        body.addWidget(acts)
        if entry.is_ours:
            acts.hide()
        body.addWidget(self._given)
        self._body = body
        across = row(column(Avatar(self._who), None), body, spacing=theme.Space.UNDER_HEADING)
        across.setStretch(1, 1)
        self.add(across)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.show_entry(entry)

    def _missing_text(self) -> FlowLayout:
        """What stands for the text of a post that is known by its link only."""
        complete = Button(
            _("Enter its text"),
            "link",
            clicked=self._on_correct,
            name=_("Enter the text of the message by {who}").format(who=self._who),
        )
        return FlowLayout(Text(_("Its text is still missing."), "small"), complete)

    def show_entry(self, entry: FeedEntry) -> None:
        """Show the present marks of the post."""
        self.entry = entry
        marks = marks_of(entry, self._chat)
        self._show_marks([(words, tone) for words, tone in marks if words])
        waits = not entry.is_answered and not entry.feed.hidden
        # A confidence must not be copied into a message to somebody else.
        passed_on = waits and not is_grave(signals_of(entry.feed, self._chat))
        self._given.show_guest(holder_of(entry, self._chat) if passed_on else None)
        self._show_care(entry)
        if self._care is not None:
            self._care.show_seen_to(entry.is_answered, hidden=entry.feed.hidden)
        if self._share is not None:
            reposted = entry.echo.repost is not None
            self._share.show_done(reposted=reposted, starred=entry.feed.starred)
        self.acts.show_entry(entry, self._guards_star, self._guard is not None)
        if not self._actions.publishes:
            self.acts.follow()
        if self._actions.why_not:
            self.acts.stop(self._actions.why_not)
        name = spoken_name(self._about, marks)
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def stop_publishing(self, actions: FeedActions) -> None:
        """Take over actions that publish nothing any more, with the reason."""
        self._actions = actions
        self.show_entry(self.entry)

    @property
    def shows_care(self) -> bool:
        """Whether a notice that asks for care is in sight, and the post waits for it."""
        guard = self._guard
        waits = not (self.entry.is_answered or self.entry.feed.hidden)
        return guard is not None and waits and not guard.visibleRegion().isEmpty()

    def _show_marks(self, shown: Sequence[tuple[str, Tone]]) -> None:
        while len(self._chips) < len(shown):
            chip = Chip()
            self._chips.append(chip)
            self._head.addWidget(chip)
        for place, chip in enumerate(self._chips):
            if place < len(shown):
                chip.say(*shown[place])
            chip.setVisible(place < len(shown))

    def show_age(self, now: datetime) -> None:
        """Show how long ago the post was written; `now` is in UTC."""
        age = self.entry.feed.post.created_at - now
        # Seconds would change what is shown all the time.
        words = format_delta(age) if age <= -timedelta(minutes=1) else _("just now")
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

    def focus_repost(self) -> None:
        """Put the focus on the button that reposts, unless that is done."""
        if self._repost.isEnabled():
            self._repost.setFocus(Qt.FocusReason.TabFocusReason)

    def open_answer(self) -> None:
        """Open the reply as its button does."""
        self._reply.click()

    def open_canned(self, at: int) -> None:
        """Open the reply with the short one at that place, where replies leave from here."""
        if self._reply.isEnabled():
            self._ask_nothing()
            self.canned_wanted.emit(self.entry.feed.post.id, at)

    def welcome(self) -> None:
        """Open the reply with a word of welcome, where replies leave from here."""
        if self._may_reply:
            self._ask_nothing()
            self.welcome_wanted.emit(self.entry.feed.post.id)

    def thank(self) -> None:
        """Open the reply with a word of thanks, where replies leave from here."""
        if self._may_reply:
            self.open_canned(CANNED.index(THANKS))

    @property
    def _may_reply(self) -> bool:
        """Whether a ready word may be offered: not to somebody who may have confided something."""
        grave = is_grave(signals_of(self.entry.feed, self._chat))
        return self._actions.publishes and not self.entry.is_ours and not grave

    def give(self) -> None:
        """Show to whom the post can be given."""
        menu = GiveMenu(self.entry, self._chat, self._actions.mark, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if menu.actions():
            menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def mark_answered(self) -> None:
        """Say that the post needs no answer any more, or that it does; not where one has left."""
        if not self.entry.echo.is_answered:
            self._mark(Mark.ANSWERED, not self.entry.feed.answered)

    def star(self) -> None:
        """Make the post a highlight, or no longer, as its button does."""
        self._star.click()

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
        ways = CareWays(self.hide_post, self._on_harmless, private)
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

    def open_menu(self) -> None:
        """Show the menu of the actions that are used less often; a post of ours has none."""
        if not self.entry.is_ours:
            self.menu().popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Return the menu of the actions that are used less often."""
        ways = MenuWays(
            self._actions.mark,
            self.hide_post,
            self._on_correct,
            self._actions.open_page,
            self._mute,
            self.thank,
            self.welcome,
        )
        muted = self._actions.is_muted(self.entry.feed.post.author)
        replies = self._may_reply
        return PostMenu(self.entry, self._chat, ways, self, muted=muted, replies=replies)

    def _mute(self, muted: bool) -> None:
        self._put_private_away()
        self._actions.mute(self.entry.feed.post.author, muted)

    def _on_correct(self) -> None:
        self.correct_wanted.emit(self.entry.feed.post)

    def _put_private_away(self) -> None:
        if self._care is not None:
            self._care.private.put_away()

    def hide_post(self) -> None:
        """Hide the post here, or show it again."""
        self._put_private_away()
        self._mark(Mark.HIDDEN, not self.entry.feed.hidden)
