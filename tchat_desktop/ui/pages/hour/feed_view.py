"""The conversation: filters, a search, and the posts as cards, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post
from tchat_desktop.domain.echoes import echoes
from tchat_desktop.domain.outgoing import OutboxPost, Reason
from tchat_desktop.domain.people import profile_page
from tchat_desktop.domain.protection import name_out_request, private_answer
from tchat_desktop.domain.signals import Signal as Noticed
from tchat_desktop.domain.signals import is_grave
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts, is_welcome, welcome_to
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.feed import FeedEntry, FeedFilter, FeedModel
from tchat_desktop.ui.models.unfinished import UnfinishedFeed
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.entered_posts import EnteredPosts
from tchat_desktop.ui.pages.hour.feed_card import FeedActions, FeedCard
from tchat_desktop.ui.pages.hour.hidden_line import HiddenPlaces
from tchat_desktop.ui.pages.hour.reply_panel import Choose, ReplyPanel
from tchat_desktop.ui.pages.hour.way_words import empty_words, held_words
from tchat_desktop.ui.pages.shared.feed_filters import FeedFilters, filter_name
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.pair import Pair
from tchat_desktop.ui.widgets.placing import put_in_order, take_away
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, ngettext

TO_TELL = timedelta(minutes=5)
"""Within this time of the end, nobody is asked any more to tell something."""

CARDS_AT_ONCE = 20
"""The number of cards shown at first, and added at each press of the button."""
SEARCH_MS = 150
LET_IN = 3
"""While fewer cards than this are shown, new posts are shown without waiting."""


class FeedView(QWidget):
    """Shows the newest posts that match; new ones wait behind a button, so that nothing moves."""

    shown_changed = Signal()
    reply_opened = Signal()
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
    ) -> None:
        super().__init__()
        self._chat = hour.chat
        self._hour = hour
        self._texts_of = texts_of
        self._open_page = open_page
        self._tag_page = tag_page
        self._by_hand = by_hand
        self.model = FeedModel(hour.chat)
        self._actions = FeedActions(
            hour.mark,
            hour.repost,
            open_page,
            self._private_answer,
            self.private_opened.emit,
            lambda what: hour.do(Outbox.begin_in_private, what),
            lambda what: hour.do(Outbox.end_in_private, what),
        )
        self._most = CARDS_AT_ONCE
        self._cards: dict[str, FeedCard] = {}
        self._now: datetime | None = None
        self._answering = self._to_reopen = ""
        self._build(choose)
        self._show_all()

    def _build(self, choose: Choose) -> None:
        self.filters = FeedFilters(self._by_hand)
        self.filters.changed.connect(self._on_filter_changed)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SEARCH_MS)
        self._settle.timeout.connect(self._on_filter_changed)
        self.search = LineEdit(Cap.NAME)
        self.search.setPlaceholderText(_("Search the posts"))
        self.search.setAccessibleName(_("Search the posts"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(theme.px(190))
        self.search.textChanged.connect(self._settle.start)
        self.new = Button(self._new_words(0), icon_name="up", clicked=self.reveal)
        self.new.setEnabled(False)
        self.add = EnteredPosts(self._hour, self.model, self._filtered_by)
        self.add.closed.connect(self.search.setFocus)
        self._empty = Text("", "lead")
        self._list = Column()
        self.places = HiddenPlaces(self._list, self._hour.mark)
        self._list.setSpacing(theme.px(12))
        self._older = Button("", "quiet", "down", self._show_older)
        self.reply = ReplyPanel(
            self._chat, self._texts_of, choose, self._hour.occasion is Occasion.REHEARSAL
        )
        self.reply.invites = self._invites
        self.reply.sent.connect(self._hour.reply)
        self.reply.closed.connect(self._on_reply_closed)
        self.reply.confided.connect(self._on_confided)
        self.reply.profile_wanted.connect(self._on_profile_wanted)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(10))
        layout.addWidget(self.filters)
        layout.addWidget(self._tools())
        self._unread = Notice()
        self._unread.hide()
        for widget in (self._unread, self._pasting, self.add, self._empty):
            layout.addWidget(widget)
        layout.addLayout(self._list)
        layout.addWidget(self._older)
        # The panel belongs here while it is closed, and to a card while it is open.
        self.reply.setParent(self)
        self.reply.hide()

    def _tools(self) -> QWidget:
        """Return the search with the button for new posts or, without keys, to paste them."""
        self._pasting = QWidget()
        self._pasting.hide()
        see = Button(_("See the tag on X"), "link", "outside", self._see_tag)
        see.setEnabled(bool(self._tag_page))
        words = _("Add a post by its link")
        paste = Button(words, icon_name="plus", clicked=self.add.open_panel)
        if self._by_hand:
            self.new.setParent(self)
            self.new.hide()
            tools = QWidget()
            tools.setLayout(FlowLayout(self.search, paste, see))
            return tools
        self._pasting.setLayout(FlowLayout(paste, see))
        return Pair(self.search, self.new)

    def unfinished(self) -> UnfinishedFeed:
        """Return the filter, the search, and what is being written."""
        return UnfinishedFeed(
            drafts=dict(self.reply.drafts),
            replying_to=self.reply.feed.post.id if self.reply.feed else self._to_reopen,
            shown=self.filters.chosen,
            search=self.search.text(),
            pasted=self.add.unfinished(),
        )

    def take_up(self, unfinished: UnfinishedFeed) -> None:
        """Restore the filter and the search, and continue writing once the post is there."""
        self.reply.drafts.update(unfinished.drafts)
        self._to_reopen = unfinished.replying_to
        self.filters.choose(unfinished.shown)
        self.search.setText(unfinished.search)
        if unfinished.pasted is not None:
            self.add.take_up(unfinished.pasted)

    # --- what happened ---------------------------------------------------------------------

    def add_posts(self, posts: Iterable[FeedPost], wait: bool) -> None:
        """Take in posts; with `wait` they stay behind the button, unless hardly any are shown."""
        before = self.model.waiting
        under_mouse = any(card.underMouse() for card in self._cards.values())
        wait = wait and (len(self._cards) >= LET_IN or under_mouse)
        posts = tuple(posts)
        self.model.add(posts, wait)
        if any(one.post.id in self._cards for one in posts):
            wait = False
        if self.model.waiting != before:
            self.new.show_text(self._new_words(self.model.waiting))
            self.new.setEnabled(True)
        if wait:
            self.filters.show_counts(self.model.counts())
        else:
            self._show_all()
        if self._to_reopen and self.model.get(self._to_reopen) is not None:
            post_id, self._to_reopen = self._to_reopen, ""
            self._open_reply(post_id, "")

    def show_rows(self, rows: Sequence[OutboxPost]) -> None:
        """Show the state of the replies and reposts; the cards stay where they are."""
        self.add.show_rows(rows)
        changed = self.model.show_echoes(echoes(rows, self._answers))
        for post_id in changed & self._cards.keys():
            entry = self.model.get(post_id)
            if entry is not None:
                self._cards[post_id].show_entry(entry)
        if changed:
            self.filters.show_counts(self.model.counts())

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
        self._pasting.show()

    def remove_post(self, post_id: str) -> None:
        """Remove a post that was taken out, with the draft of the reply to it."""
        if self.model.remove(post_id):
            self._show_all()
        self.reply.drafts.pop(post_id, None)

    def show_mark(self, marking: Marking) -> None:
        """Show the change of a mark; the post keeps its place until the filter changes."""
        entry = self.model.mark(marking)
        if entry is None:
            return
        card = self._cards.get(marking.post_id)
        if card is not None:
            card.show_entry(entry)
            if entry.feed.hidden and self.filters.chosen is not FeedFilter.HIDDEN:
                self.places.keep(entry.feed, card, card.own_height)
                self._remove(marking.post_id)
        elif marking.post_id in self.places.lines and not entry.feed.hidden:
            self._show_all()
        self.filters.show_counts(self.model.counts())

    def show_now(self, now: datetime) -> None:
        """Update the ages of the posts; `now` is in UTC."""
        self._now = now
        self.add.show_now(now)
        for card in self._cards.values():
            card.show_age(now)

    def reveal(self) -> None:
        """Show the posts that wait; the places of hidden posts are given up."""
        self.places.give_up()
        self.model.reveal()
        self.new.show_text(self._new_words(0))
        self.new.setEnabled(False)
        self._show_all()

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
        entries, in_all = self.model.newest(self.filters.chosen, self.search.text(), self._most)
        rest = in_all - len(entries)
        self.places.give_up(still_hidden=self._is_hidden)
        entries = self._with_answered(entries)
        # A card is made for the text of a post: after a correction it is made anew.
        wanted = {entry.feed.post.id: entry.feed.post for entry in entries}
        gone = [one for one, card in self._cards.items() if wanted.get(one) != card.entry.feed.post]
        for post_id in gone:
            self._remove(post_id)
        for entry in entries:
            index = self._index_of(entry, entries)
            card = self._cards.get(entry.feed.post.id)
            if card is None:
                card = FeedCard(entry, self._chat, self._actions)
                card.reply_wanted.connect(self._on_reply_wanted)
                card.correct_wanted.connect(self.add.open_post)
                if self._now is not None:
                    card.show_age(self._now)
                self._cards[entry.feed.post.id] = card
            put_in_order(self._list, [card], index)
            card.show_entry(entry)
        self.filters.show_counts(self.model.counts())
        words = ngettext(
            "Show {count} older post", "Show {count} older posts", min(rest, CARDS_AT_ONCE)
        )
        self._older.show_text(words.format(count=min(rest, CARDS_AT_ONCE)))
        self._older.setVisible(rest > 0)
        filtered = self.filters.chosen is not FeedFilter.ALL or bool(self.search.text())
        self._empty.setText(empty_words(filtered, self._by_hand))
        self._empty.setVisible(not entries)
        self.shown_changed.emit()

    def _with_answered(self, entries: list[FeedEntry]) -> list[FeedEntry]:
        """Return the entries with the post being replied to, even if the filter excludes it."""
        entry = self.model.get(self._answering)
        if entry is None or any(one.feed.post.id == self._answering for one in entries):
            return entries
        return sorted([*entries, entry], key=lambda one: one.feed.post.created_at, reverse=True)

    def _index_of(self, entry: FeedEntry, entries: Sequence[FeedEntry]) -> int:
        """Return the index of a card among the others and the lines in place of hidden posts."""
        at, place = entry.feed.post.created_at, entries.index(entry)
        lines = [line.feed.post for line in self.places.lines.values()]
        return place + sum(
            post.created_at > at or (post.created_at == at and self.model.is_before(post, entry))
            for post in lines
        )

    def _is_hidden(self, post_id: str) -> bool:
        entry = self.model.get(post_id)
        return entry is not None and entry.feed.hidden

    def _remove(self, post_id: str) -> None:
        card = self._cards.pop(post_id)
        if post_id == self._answering:
            # The draft is kept.
            self.reply.close_panel()
        take_away(self._list, card)

    def _show_older(self) -> None:
        self._most += CARDS_AT_ONCE
        self._show_all()

    def _private_answer(self, noticed: Sequence[Noticed]) -> str:
        ready = private_answer if is_grave(noticed) else name_out_request
        return ready(self._chat, self._texts_of(self._chat.language))

    def _on_confided(self, post_id: str) -> None:
        self._hour.mark(Marking(post_id, Mark.CONFIDED, True))

    def show_needing_care(self) -> FeedCard | None:
        """Show the post that has waited longest for attention; return its card or None."""
        post_id = self.model.first_needing_care()
        if not post_id:
            return None
        if post_id not in self._cards:
            self.search.clear()
            self.filters.choose(FeedFilter.ALL)
            self._most = max(self._most, len(self.model))
            self.reveal()
        return self._cards.get(post_id)

    def _on_filter_changed(self) -> None:
        """Show another list from its beginning, with the posts that wait."""
        self._most = CARDS_AT_ONCE
        self.reveal()

    @staticmethod
    def _new_words(count: int) -> str:
        if not count:
            return _("No new post for now")
        return ngettext("{count} new post", "{count} new posts", count).format(count=count)

    # --- replies and posts by hand ---------------------------------------------------------

    def _on_reply_wanted(self, post_id: str) -> None:
        self._open_reply(post_id, "")

    def _open_reply(self, post_id: str, text: str) -> None:
        self._answering = post_id
        if post_id not in self._cards:
            self._show_all()
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

    def _filtered_by(self, post: Post) -> str:
        """Return the name of the filter or the search that hides a post, "" when it is shown."""
        search = self.search.text().strip()
        if self.model.passes(FeedPost(post), self.filters.chosen, search):
            return ""
        return search or filter_name(self.filters.chosen)

    def _to_connection(self) -> None:
        self.step_wanted.emit(StepId.CONNECTION)

    def _see_tag(self) -> None:
        self._open_page(self._tag_page)
