"""The conversation: filters, a search, and the posts as cards, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post, is_by_hand
from tchat_desktop.domain.echoes import echoes
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.muting import is_muted
from tchat_desktop.domain.numbering import numbers_of_rows
from tchat_desktop.domain.outgoing import OutboxPost, Reason
from tchat_desktop.domain.people import profile_page
from tchat_desktop.domain.protection import name_out_request, private_answer
from tchat_desktop.domain.signals import Signal as Noticed
from tchat_desktop.domain.signals import is_grave
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts, is_welcome, welcome_to
from tchat_desktop.services.events import PostsFound
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.feed import FeedModel
from tchat_desktop.ui.models.feed_entry import FeedEntry, FeedFilter
from tchat_desktop.ui.models.feed_search import FeedSearch
from tchat_desktop.ui.models.unfinished import UnfinishedFeed
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.cautions import TextCautions
from tchat_desktop.ui.pages.hour.entered_posts import EnteredPosts
from tchat_desktop.ui.pages.hour.feed_card import FeedActions, FeedCard
from tchat_desktop.ui.pages.hour.feed_empty import FeedEmpty
from tchat_desktop.ui.pages.hour.feed_intake import FeedIntake
from tchat_desktop.ui.pages.hour.feed_list import FeedList
from tchat_desktop.ui.pages.hour.feed_tools import FeedTools
from tchat_desktop.ui.pages.hour.hour_keys import HourKey
from tchat_desktop.ui.pages.hour.reply_panel import Choose, ReplyPanel
from tchat_desktop.ui.pages.hour.tag_paste import TagPaste
from tchat_desktop.ui.pages.hour.way_words import held_words
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.pasting import PasteTools
from tchat_desktop.ui.shortcuts import Shortcut
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.ui.widgets.placing import lay_out_around
from tchat_desktop.wording.i18n import _, ngettext

TO_TELL = timedelta(minutes=5)
"""Within this time of the end, nobody is asked any more to tell something."""

CARDS_AT_ONCE = 20
"""The number of cards shown at first, and added at each press of the button."""
LET_IN = 3
"""While fewer cards than this are shown, new posts are shown without waiting."""


class FeedView(QWidget):
    """Shows the newest posts that match; new ones wait behind a button, so that nothing moves."""

    changed = Signal()
    """Emitted when posts, or what is said of them, have changed in the model."""
    reply_opened = Signal()
    mute_wanted = Signal(str, bool)
    """Emitted with the bare name on X of an author whose posts are to come hidden, or not."""
    private_opened = Signal(QWidget)
    """Emitted with the widget in which an answer in private was opened."""
    step_wanted = Signal(StepId)
    """Emitted with the step in which the reason for not reading the tag can be removed."""

    def __init__(
        self,
        hour: HourPort,
        texts_of: Callable[[str], Texts],
        open_page: Callable[[str], None],
        tag_page: str,
        by_hand: bool,
        choose: Choose,
        cautions: TextCautions,
        pasting: PasteTools,
    ) -> None:
        super().__init__()
        self._pasting = pasting
        self._cautions = cautions
        self._chat = hour.chat
        self._hour = hour
        self._texts_of = texts_of
        self._open_page = open_page
        self._tag_page = tag_page
        self._by_hand = by_hand
        self.model = FeedModel(hour.chat, NETWORK)
        self._intake = FeedIntake(self.model, self)
        self._intake.went_on.connect(self._on_taken_in)
        self._intake.done.connect(self._on_all_taken_in)
        self._intake.went_on.connect(self.changed)
        self._intake.done.connect(self.changed)
        self._actions = FeedActions(
            hour.mark,
            hour.repost,
            open_page,
            self._private_answer,
            self.private_opened.emit,
            lambda what: hour.do(Outbox.begin_in_private, what),
            lambda what: hour.do(Outbox.end_in_private, what),
            self._mute,
            lambda author: is_muted(author, hour.chat),
        )
        self._search = FeedSearch(hour.search)
        self._most = CARDS_AT_ONCE
        self._now: datetime | None = None
        self._muted: frozenset[str] = frozenset()
        """The folded names of those whose posts were all hidden here."""
        self._lets_in = False
        """Whether posts were shown without waiting that are still being read."""
        self._answering = self._to_reopen = self._looked_for = ""
        self._build(choose)
        self._show_all()

    def _build(self, choose: Choose) -> None:
        self.add = EnteredPosts(self._hour, self.model, self._filtered_by)
        see = Button(_("See the tag on X"), "link", "outside", self._see_tag)
        see.setEnabled(bool(self._tag_page))
        self.pasted = TagPaste(self._hour, self._pasting, self._without_text)
        self.pasted.listen(self)
        self.pasted.found_in_field.connect(self.add.clear)
        self.add.page_pasted.connect(self.pasted.paste_for_field)
        ways = (self.pasted.button, self.pasted.open)
        self._tools = FeedTools(self._by_hand, ways, self.add.open_panel, see)
        self._tools.other_wanted.connect(self._on_other_wanted)
        self._tools.new_wanted.connect(self._on_new_wanted)
        self.filters, self.search, self.new = (
            self._tools.filters, self._tools.search, self._tools.new,
        )  # fmt: skip
        self.add.closed.connect(self._tools.paste.setFocus)
        self._unread = Notice()
        self._unread.hide()
        self._empty = FeedEmpty(self._by_hand, self._on_all_wanted)
        unmute = partial(self._mute, muted=False)
        self._list = FeedList(self._card_of, self._hour.mark, self.model.is_before, unmute)
        self._list.keyboard.entered.connect(self._on_entered)
        self._cards, self.places = self._list.cards, self._list.places
        self._older = Button("", "quiet", "down", self._show_older)
        rehearsing = self._hour.occasion is Occasion.REHEARSAL
        self.reply = ReplyPanel(
            self._chat,
            self._texts_of,
            choose,
            self._cautions,
            rehearsing,
            lambda: self._hour.chat,
        )
        self.reply.invites = self._invites
        self.reply.sent.connect(self._hour.reply)
        self.reply.closed.connect(self._on_reply_closed)
        self.reply.marked.connect(self._hour.mark)
        self.reply.profile_wanted.connect(self._on_profile_wanted)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.PART))
        for widget in (
            self._tools, self._unread, self.pasted, self.add, self._empty, self._list, self._older,
        ):  # fmt: skip
            layout.addWidget(widget)
        # The panel belongs here while it is closed, and to a card while it is open.
        self.reply.setParent(self)
        self.reply.hide()

    def unfinished(self) -> UnfinishedFeed:
        """Return the filter, the search, and what is being written."""
        return UnfinishedFeed(
            drafts=dict(self.reply.drafts),
            replying_to=self.reply.feed.post.id if self.reply.feed else self._to_reopen,
            shown=self.filters.chosen,
            search=self.search.text(),
            pasted=self.add.unfinished(),
        )

    @property
    def keys(self) -> Sequence[HourKey]:
        """The keys of what stands around the posts, each with its button."""
        older = HourKey(Shortcut.OLDER_POSTS, _("Show older posts"), self._older)
        return (*self._tools.keys, *self.pasted.keys, older)

    @property
    def posts(self) -> FeedList:
        """The list of the cards."""
        return self._list

    def put_first(self, widget: QWidget) -> None:
        """Put a widget above the filters."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, widget)

    def follow(self) -> None:
        """Offer nothing that publishes: that is done on another computer."""
        self._actions = replace(self._actions, publishes=False)

    def stop_publishing(self, why_not: str) -> None:
        """Switch off what publishes, for a reason that its buttons tell."""
        if why_not == self._actions.why_not:
            return
        self._actions = replace(self._actions, why_not=why_not)
        self.reply.close_panel()
        for card in self._cards.values():
            card.stop_publishing(self._actions)

    @property
    def shows_care(self) -> bool:
        """Whether a notice about a post that asks for care is in sight."""
        return any(card.shows_care for card in self._cards.values())

    def take_up(self, unfinished: UnfinishedFeed) -> None:
        """Restore the filter and the search, and continue writing once the post is there."""
        self.reply.drafts.update(unfinished.drafts)
        self._to_reopen = unfinished.replying_to
        self._tools.take_up(unfinished.shown, unfinished.search)
        if unfinished.pasted is not None:
            self.add.take_up(unfinished.pasted)

    # --- what happened ---------------------------------------------------------------------

    def add_posts(self, posts: Iterable[FeedPost], wait: bool) -> None:
        """Take in posts; with `wait` they stay behind the button, unless hardly any are shown."""
        wait = wait and (len(self._cards) >= LET_IN or self._list.is_in_use)
        posts = tuple(posts)
        self.model.add(posts, wait)
        self._search.follow(posts)
        self._intake.start()
        self._lets_in |= self.model.is_busy and not wait
        if any(one.post.id in self._cards for one in posts):
            wait = False
        self._tools.show_waiting(self.model.waiting)
        if wait:
            self.filters.show_counts(self.model.counts())
        else:
            self._show_all()
        if self._to_reopen and self.model.get(self._to_reopen) is not None:
            post_id, self._to_reopen = self._to_reopen, ""
            self._open_reply(post_id, "")
        self.changed.emit()

    def _on_taken_in(self) -> None:
        """Show what has come of many posts that arrived at once."""
        self._tools.show_waiting(self.model.waiting)
        if len(self._cards) < self._most or not self._older.isVisible():
            self._show_all()
        self.filters.show_counts(self.model.counts())

    def _on_all_taken_in(self) -> None:
        """Show what was let in and belongs here only now: an answer counts once it was read."""
        self._on_taken_in()
        if self._lets_in:
            self._lets_in = False
            self._show_all()

    def show_found(self, found: PostsFound) -> None:
        """Show what a search found; what the last one found was shown until now."""
        if self._search.hear(found):
            self._show_all()

    def show_rows(self, rows: Sequence[OutboxPost]) -> None:
        """Show the state of the replies and reposts; the cards stay where they are."""
        self.add.show_rows(rows)
        self.reply.numbers = numbers_of_rows(rows)
        self.filters.show_numbers(self.reply.numbers)
        before = len(self.model)
        changed = self.model.show_rows(rows, echoes(rows, self._answers))
        if len(self.model) != before:
            self._show_all()
        for post_id in changed & self._cards.keys():
            entry = self.model.get(post_id)
            if entry is not None:
                self._cards[post_id].show_entry(entry)
        if changed:
            self.filters.show_counts(self.model.counts())
            self.changed.emit()

    def _answers(self, reply: OutboxPost) -> bool:
        """Return whether a reply is more than a word of welcome."""
        texts = self._texts_of(self._chat.language)
        return not is_welcome(reply.text, reply.target_author, self._chat, texts)

    def show_reading(self, reason: Reason) -> None:
        """Show why the tag is not read; Reason.NONE when it is.

        The buttons to paste posts stay once they are shown, so that nothing typed is lost.
        """
        if reason is Reason.NONE:
            self._unread.say("", "look")
            return
        if reason is Reason.SPENDING_LIMIT:
            button = Button(_("Raise the amount"), clicked=self._to_connection)
        else:
            name = _("Try again to read the tag")
            button = Button(_("Try again"), clicked=self._hour.read_now, name=name)
        self._unread.say(held_words(reason), "look", button)
        self._tools.by_hand.show()

    def remove_post(self, post_id: str) -> None:
        """Remove a post that was taken out, with the draft of the reply to it."""
        if self.model.remove(post_id):
            self._show_all()
        self.reply.drafts.pop(post_id, None)
        self.changed.emit()

    def show_mark(self, marking: Marking) -> None:
        """Show the change of a mark; the post keeps its place until the filter changes."""
        entry = self.model.mark(marking)
        if entry is None:
            return
        self.reply.hear(marking)
        if marking.post_id in self._list.to_come:
            self._show_all()
        card = self._cards.get(marking.post_id)
        if card is not None:
            card.show_entry(entry)
            if entry.feed.hidden and self.filters.chosen is not FeedFilter.HIDDEN:
                if marking.post_id == self._answering:
                    # The draft is kept.
                    self.reply.close_panel()
                muted = fold(entry.feed.post.author) in self._muted
                self._list.keep_place(marking.post_id, muted=muted)
        elif marking.post_id in self.places.lines and not entry.feed.hidden:
            undone_here = self._list.is_on_place(marking.post_id)
            self._show_all()
            if undone_here:
                self._list.stand_on_first([marking.post_id])
        self.filters.show_counts(self.model.counts())
        self.changed.emit()

    def show_now(self, now: datetime) -> None:
        """Update the ages of the posts; `now` is in UTC."""
        self._now = now
        self.add.show_now(now)
        for card in self._cards.values():
            card.show_age(now)

    def reveal(self) -> None:
        """Show the posts that wait; the places of hidden posts are given up."""
        self._let_in()
        self._tools.show_waiting(0)

    def _let_in(self) -> Sequence[str]:
        """Show the posts that wait; return their ids."""
        self._search.look_for(self.search.text())
        self._list.give_up_places()
        let_in = self.model.reveal()
        self._show_all()
        return let_in

    def _on_new_wanted(self) -> None:
        """Show the posts that wait, with the keyboard on the first of them."""
        let_in = self._let_in()
        # A filter may show none of them; then the keyboard goes to the filters.
        if not self.reply.isVisible() and not self._list.stand_on_first(let_in):
            self.filters.button(self.filters.chosen).setFocus()
        self._tools.show_waiting(0)

    def welcome(self, post_id: str) -> None:
        """Open a word of welcome as the reply to a post."""
        entry = self.model.get(post_id)
        if entry is not None:
            texts, post = self._texts_of(self._chat.language), entry.feed.post
            self._open_reply(
                post_id, welcome_to(post, self._chat, texts, invites=self._invites(post))
            )

    def _invites(self, post: Post) -> bool:
        """Return whether to ask the author to tell more: there is time, and they have not yet."""
        ends, now = self._chat.ends_at, self._now
        near = ends is not None and now is not None and ends - now < TO_TELL
        return not near and not self.model.has_answered(post.author)

    # --- cards -----------------------------------------------------------------------------

    def _show_all(self) -> None:
        entries, in_all = self.model.newest(self.filters.chosen, self._most, self._search.ids)
        self._search.look_deeper(in_all, self._most + CARDS_AT_ONCE)
        rest = in_all - len(entries)
        self._list.give_up_places(still_hidden=self._is_hidden)
        # The post being replied to stays, and the one looked for, whatever the filter.
        entries = self.model.with_others(entries, {self._answering, self._looked_for})
        wanted = {entry.feed.post.id: entry.feed.post for entry in entries}
        answering = self._cards.get(self._answering)
        if answering is not None and wanted.get(self._answering) != answering.entry.feed.post:
            # Before its card goes; the draft is kept.
            self.reply.close_panel()
        self._list.show_entries(entries)
        self.filters.show_counts(self.model.counts())
        words = ngettext(
            "Show {count} older post", "Show {count} older posts", min(rest, CARDS_AT_ONCE)
        )
        self._older.show_text(words.format(count=min(rest, CARDS_AT_ONCE)))
        self._older.setVisible(rest > 0)
        self._empty.show_why(self._tools.hides_some)
        self._empty.setVisible(not entries)
        self._list.setVisible(bool(entries) or bool(self.places.lines))

    def _card_of(self, entry: FeedEntry) -> FeedCard:
        card = FeedCard(entry, self._chat, self._actions)
        card.reply_wanted.connect(self._on_reply_wanted)
        card.canned_wanted.connect(self._on_canned_wanted)
        card.welcome_wanted.connect(self.welcome)
        card.correct_wanted.connect(self.add.open_post)
        if self._now is not None:
            card.show_age(self._now)
        return card

    def _on_entered(self, item: QWidget) -> None:
        """Go to the reply where it is open; else to the first thing in the post."""
        if item.isAncestorOf(self.reply) and self.reply.isVisible():
            self.reply.take_focus()

    def _is_hidden(self, post_id: str) -> bool:
        entry = self.model.get(post_id)
        return entry is not None and entry.feed.hidden

    def _show_older(self) -> None:
        self._most += CARDS_AT_ONCE
        self._show_all()

    def _private_answer(self, noticed: Sequence[Noticed]) -> str:
        ready = private_answer if is_grave(noticed) else name_out_request
        return ready(self._chat, self._texts_of(self._chat.language))

    def _mute(self, author: str, muted: bool) -> None:
        """Hide or show the posts of an author that are here, and those to come."""
        self._muted = self._muted | {fold(author)} if muted else self._muted - {fold(author)}
        self.mute_wanted.emit(author, muted)
        for post_id in self.model.by_author(author):
            self._hour.mark(Marking(post_id, Mark.HIDDEN, muted))

    def show_needing_care(self) -> FeedCard | None:
        """Show the post that has waited longest for attention; return its card or None."""
        return self.show_post(self.model.first_needing_care())

    def show_post(self, post_id: str) -> FeedCard | None:
        """Show a post whatever the filter and the search; return its card, None without one."""
        if self.model.get(post_id) is None:
            return None
        self._list.finish()
        if post_id not in self._cards:
            self._tools.clear()
            self._looked_for = post_id
            self.reveal()
        self._list.finish()
        return self._cards.get(post_id)

    def stand_on(self, post_id: str) -> None:
        """Put the keyboard on a post that is shown."""
        self._list.stand_on_first([post_id])

    @property
    def chat(self) -> Chat:
        """The chat as it was when its hour began."""
        return self._chat

    @property
    def is_rehearsed(self) -> bool:
        """Whether the public is invented."""
        return self._hour.occasion is Occasion.REHEARSAL

    def _on_other_wanted(self) -> None:
        """Show another list from its beginning, with the posts that wait."""
        self._most, self._looked_for = CARDS_AT_ONCE, ""
        self.reveal()

    def _on_all_wanted(self) -> None:
        """Show all posts; the button that asked for it goes, and the keyboard to the filters."""
        self._tools.clear()
        self.filters.button(FeedFilter.ALL).setFocus()
        self._on_other_wanted()

    # --- replies and posts by hand ---------------------------------------------------------

    def _on_reply_wanted(self, post_id: str) -> None:
        self._open_reply(post_id, "")

    def _on_canned_wanted(self, post_id: str, at: int) -> None:
        self._open_reply(post_id, "")
        self.reply.canned.use(at)

    def _open_reply(self, post_id: str, text: str) -> None:
        if self._actions.why_not:
            return
        self._answering = post_id
        if post_id not in self._cards:
            self._show_all()
            self._list.finish()
        card = self._cards.get(post_id)
        if card is not None:
            card.open_reply(self.reply, text)
            self.reply_opened.emit()

    def _on_profile_wanted(self, handle: str) -> None:
        self._open_page(profile_page(handle, NETWORK))

    def _on_reply_closed(self) -> None:
        """Take the panel out of the card at once, so that it is not deleted with the card."""
        self.reply.setParent(self)
        card = self._cards.get(self._answering)
        self._answering = ""
        if card is not None:
            card.focus_reply()
            lay_out_around(card)

    def _without_text(self) -> Sequence[Post]:
        """Return the posts that are known by their links only."""
        entries, _count = self.model.newest(FeedFilter.ALL, len(self.model))
        posts = (entry.feed.post for entry in entries)
        return [post for post in posts if is_by_hand(post) and not post.text.strip()]

    def _filtered_by(self, post: Post) -> str:
        """Return the name of the filter or the search that hides a post, "" when it is shown."""
        search = self.search.text().strip()
        if self.model.passes(FeedPost(post), self.filters.chosen, search):
            return ""
        return search or self.filters.name(self.filters.chosen)

    def _to_connection(self) -> None:
        self.step_wanted.emit(StepId.CONNECTION)

    def _see_tag(self) -> None:
        self._open_page(self._tag_page)
