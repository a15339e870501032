"""The posts under the tag as the screen shows them: filtered, searched, new ones kept waiting.

What one post costs does not grow with the number of posts: orders and counts are kept
(`feed_order.FeedOrder`), and many posts are looked at for what asks for care a few at a time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post, asks
from tchat_desktop.domain.echoes import Echo
from tchat_desktop.domain.figures import guest_handles, is_by_public, own_accounts
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.guest_answers import with_guest_answers
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.signals import (
    exposes,
    is_confidence,
    is_grave,
    is_urgent,
    noticed,
    signals_of,
)
from tchat_desktop.ui.models.feed_authors import FeedAuthors
from tchat_desktop.ui.models.feed_entry import (
    AnswersTo,
    Arrival,
    CareKind,
    FeedEntry,
    FeedFilter,
    Gathered,
    PostFilter,
    searched_words,
)
from tchat_desktop.ui.models.feed_order import FeedOrder, Filed

READ_AT_ONCE = 8
"""Posts that arrive together and are looked at for what asks for care before they are shown."""
TAKEN_AT_ONCE = 100
"""Posts that arrive together and are taken in before they are shown."""
_NOTHING_SENT = Echo()
"""One for all the posts about which nothing was sent: there may be a hundred thousand."""


class FeedModel:
    """Holds every post of an hour, by id. New ones wait until they are asked for."""

    def __init__(self, chat: Chat, rules: NetworkRules) -> None:
        self._chat = chat
        self._rules = rules
        self._guests = guest_handles(chat)
        own = {comparable_handle(one.typed_account) for one in chat.people}
        self._at_home = frozenset({*own, comparable_handle(chat.account)})
        self._house = fold(chat.organisation).strip()
        self._ours = own_accounts(chat, (), ())
        self._left: frozenset[str] = frozenset()
        """The ids on X of the organiser's posts that have left."""
        self._said: frozenset[str] = frozenset()
        """The ids of the answers published for guests."""
        self._doubles: frozenset[str] = frozenset()
        """The ids of these on X, under which they may be collected a second time."""
        self._entries: dict[str, FeedEntry] = {}
        self._order = FeedOrder()
        self._authors = FeedAuthors()
        self._echoes: Mapping[str, Echo] = {}
        self._coming: dict[str, tuple[FeedPost, bool]] = {}
        """The posts still to be taken in, and whether they wait then; by `_turns`."""
        self._turns: deque[str] = deque()
        self._unread: dict[str, None] = {}
        self._care: dict[str, CareKind] = {}
        self._confidences: set[str] = set()

    def __len__(self) -> int:
        return len(self._entries) + len(self._coming)

    @property
    def waiting(self) -> int:
        """How many new posts wait to be shown."""
        return len(self._order.waiting)

    @property
    def is_busy(self) -> bool:
        """Whether `go_on` has something left to do."""
        return bool(self._coming or self._unread)

    # --- posts come, change and go -----------------------------------------------------------

    def add(self, posts: Sequence[FeedPost], wait: bool) -> None:
        """Add posts, oldest first; known ones are replaced where they are.

        Of many, the newest are there at once and the others by and by, with `go_on`.
        """
        for feed in posts[:-TAKEN_AT_ONCE]:
            self._coming[feed.post.id] = (feed, wait)
            self._turns.append(feed.post.id)
        for feed in posts[-TAKEN_AT_ONCE:]:
            self._put(feed, wait)
        if len(posts) <= READ_AT_ONCE:
            for feed in posts:
                self._read(feed.post.id)

    def go_on(self) -> None:
        """Take in one more post, or look at the newest one not looked at for what asks for care."""
        if self._coming:
            self._take_in(self._turns.popleft())
        elif self._unread:
            self._read(next(reversed(self._unread)))

    def _take_in(self, post_id: str) -> None:
        feed, wait = self._coming.pop(post_id, (None, False))
        if feed is not None:
            self._put(feed, wait)

    def mark(self, marking: Marking) -> FeedEntry | None:
        """Show another mark of a post; the post as it is then, None when it is not known."""
        known = self.get(marking.post_id)
        if known is None:
            return None
        waits = marking.post_id in self._order.waiting
        self._put(marking.on(known.feed), waits, reread=False)
        if marking.mark in (Mark.HARMLESS, Mark.CONFIDED, Mark.NAMES_CHILD):
            self._read(marking.post_id)
        return self._entries[marking.post_id]

    def show_rows(self, rows: Sequence[OutboxPost], found: Mapping[str, Echo]) -> set[str]:
        """Show what was sent about the posts, and what was published for guests.

        `found` are the `echoes` of the rows. Returns the ids of the posts that have changed.
        """
        before, self._echoes = self._echoes, found
        changed = {
            post_id
            for post_id in before.keys() | found.keys()
            if before.get(post_id) != found.get(post_id)
        } & self._entries.keys()
        for post_id in changed:
            entry = self._entries[post_id]
            self._entries[post_id] = replace(entry, echo=found.get(post_id, _NOTHING_SENT))
            self._file(post_id)
        self._show_own(rows)
        return changed | self._show_guests(rows)

    def remove(self, post_id: str) -> bool:
        """Forget a post; False when it is not known."""
        entry = self.get(post_id)
        if entry is None:
            return False
        del self._entries[post_id]
        first = self._authors.of(entry.who).first
        self._order.take(post_id)
        self._authors.take(entry.who, post_id)
        self._care.pop(post_id, None)
        self._confidences.discard(post_id)
        self._unread.pop(post_id, None)
        self._file_first(entry.who, first)
        if self._is_own(entry.feed):
            self._judge(entry.who)
        return True

    def reveal(self) -> Sequence[str]:
        """Let the new posts in; their ids."""
        return self._order.let_in()

    # --- what is shown -----------------------------------------------------------------------

    def get(self, post_id: str) -> FeedEntry | None:
        """A post by its id, shown or waiting."""
        self._take_in(post_id)
        return self._entries.get(post_id)

    def by_author(self, author: str) -> list[str]:
        """The ids of the posts of an author, a bare name, shown or waiting."""
        name, coming = fold(author), (feed for feed, _waits in self._coming.values())
        feeds = (*(one.feed for one in self._entries.values()), *coming)
        return [feed.post.id for feed in feeds if fold(feed.post.author) == name]

    def counts(self) -> Mapping[Filed, int]:
        """How many posts each filter lets through, those that wait among them; 0 for most."""
        return self._order.counts

    def newest(
        self, which: PostFilter, most: int, among: Collection[str] | None = None
    ) -> tuple[list[FeedEntry], int]:
        """The newest posts that pass, at most `most`, and how many pass in all.

        `among` are the ids of a search, None for no search; with it, what passes in all is counted
        up to twice `most`.
        """
        if among is None:
            in_all = self._order.shown(which)
            found = self._order.newest(which, most)
        else:
            found = self._order.newest(which, 2 * most, among)
            in_all = len(found)
        return [self._entries[one] for one in found[:most]], in_all

    def latest(self, which: Filed, most: int) -> list[FeedEntry]:
        """The newest posts that pass, at most `most`, those that wait among them."""
        return [self._entries[one] for one in islice(self._order.all_of(which), most)]

    def is_among(self, post_id: str, which: Filed) -> bool:
        """Whether a post passes, shown or waiting."""
        return self._order.passes(post_id, which)

    def with_others(self, entries: list[FeedEntry], post_ids: Collection[str]) -> list[FeedEntry]:
        """These entries and those of some posts as well, the newest first."""
        there = {one.feed.post.id for one in entries}
        others = [self.get(one) for one in post_ids if one not in there]
        more = [one for one in others if one is not None]
        if not more:
            return entries
        return sorted([*entries, *more], key=lambda one: one.feed.post.created_at, reverse=True)

    def is_before(self, post: Post, entry: FeedEntry) -> bool:
        """Whether a post came in before another one: of two of the same instant it stands first."""
        return self._order.is_before(post.id, entry.feed.post.id)

    def passes(self, feed: FeedPost, which: PostFilter, search: str) -> bool:
        """Whether a post would be among those shown."""
        words = searched_words(feed)
        found = all(word in words for word in fold(search).split())
        return found and which in self._filters(self._entry(feed), new=True)

    def given_unanswered(self) -> int:
        """How many posts were given to a guest and are neither answered nor hidden."""
        return self._order.counts[FeedFilter.GIVEN]

    # --- what asks for care ------------------------------------------------------------------

    def needing_care(self) -> int:
        """How many posts that could expose somebody are neither answered nor hidden."""
        return sum(self._order.counts[one] for one in CareKind)

    def urgent(self) -> int:
        """How many of these confide something."""
        return self._order.counts[CareKind.CONFIDES]

    def first_needing_care(self) -> str:
        """Id of the one to see first; "" when there is none.

        A confidence goes first, then a minor, then a name; of alike the one that waited longest.
        """
        return next(filter(None, map(self._order.oldest, CareKind)), "")

    # --- people ------------------------------------------------------------------------------

    def answers_to(self, question_id: str) -> int:
        """How many posts answer a question, counted as after the chat, with those for guests."""
        return self._order.counts[AnswersTo(question_id)]

    def answer_times(self, question_id: str, most: int = 20) -> list[datetime]:
        """When the newest answers to a question were written (UTC), the newest first."""
        ids = islice(self._order.all_of(AnswersTo(question_id)), most)
        return [self._entries[one].feed.post.created_at for one in ids]

    def has_answered(self, author: str) -> bool:
        """Whether somebody has answered a question already."""
        return bool(self._authors.of(comparable_handle(author)).answers)

    def arrivals(self, without: Collection[str] = ()) -> Iterator[Arrival]:
        """The first post of each author, the last to arrive first.

        Without those to be spared, and without guests and the organisers: they are at home here.
        Nor is anybody among them whose @name, in the form used for comparing, is in `without`.
        """
        for post_id in self._order.all_of(FeedFilter.NEWCOMERS):
            entry = self._entries[post_id]
            if entry.who not in without:
                yield Arrival(entry, entry.feed.post.created_at)

    def count_arrivals(self, without: Collection[str] = ()) -> int:
        """How many `arrivals` there are; there may be thousands, and this is asked every second."""
        first = (self._authors.of(who).first for who in without)
        left_out = sum(self._order.lets(FeedFilter.NEWCOMERS, one) for one in first)
        return self._order.counts[FeedFilter.NEWCOMERS] - left_out

    def has_arrived(self, post_id: str) -> bool:
        """Whether a post is one of the `arrivals`."""
        return self._order.lets(FeedFilter.NEWCOMERS, post_id)

    # --- inside ------------------------------------------------------------------------------

    def _put(self, feed: FeedPost, wait: bool, *, reread: bool = True) -> None:
        """Put a post in its place; the one it replaces stays shown if it was."""
        post, entry = feed.post, self._entry(feed)
        self._coming.pop(post.id, None)
        before = self._entries.get(post.id)
        wait = wait and (before is None or post.id in self._order.waiting)
        if before is not None and before.who != entry.who:
            self.remove(post.id)
        reread = reread and (before is None or before.feed != feed)
        self._entries[post.id] = entry
        first = self._authors.of(entry.who).first
        place = self._order.place_of(post.id, post.created_at)
        self._authors.put(entry.who, place, hidden=feed.hidden, answers=bool(feed.question_id))
        if reread:
            self._unread[post.id] = None
            self._authors.of(entry.who).unread.add(post.id)
        self._order.put(place, self._filters(entry), wait)
        self._file_first(entry.who, first)
        if self._is_own(feed):
            self._judge(entry.who)

    def _read(self, post_id: str) -> None:
        """Note whether a post asks for care; put right, or said harmless, it may no longer."""
        entry = self._entries[post_id]
        feed, written = entry.feed, self._authors.of(entry.who)
        spared = written.is_spared
        self._unread.pop(post_id, None)
        written.unread.discard(post_id)
        _note(written.delicate, post_id, bool(noticed(feed)))
        _note(self._confidences, post_id, is_confidence(feed, self._chat))
        self._care.pop(post_id, None)
        found = signals_of(feed, self._chat)
        if exposes(found):
            kind = CareKind.MINOR if is_grave(found) else CareKind.NAMES
            self._care[post_id] = CareKind.CONFIDES if is_urgent(found) else kind
        self._file(post_id)
        if written.is_spared is not spared:
            self._file_first(entry.who, "")

    def _file(self, post_id: str) -> None:
        self._order.file(post_id, self._filters(self._entries[post_id]))

    def _file_first(self, who: str, former: str) -> None:
        """File anew the post that was the first of somebody, and the one that is now."""
        for post_id in {former, self._authors.of(who).first} & self._entries.keys():
            self._file(post_id)

    def _entry(self, feed: FeedPost) -> FeedEntry:
        post = feed.post
        who, is_ours = comparable_handle(post.author), post.id in self._said
        from_guest = is_ours or (bool(who) and who in self._guests)
        return FeedEntry(
            feed=feed,
            is_question=not from_guest and asks(feed),
            from_guest=from_guest,
            echo=self._echoes.get(post.id, _NOTHING_SENT),
            who=who,
            is_ours=is_ours,
        )

    def _filters(self, entry: FeedEntry, *, new: bool = False) -> frozenset[Filed]:
        """Which filters let a post through; one that is `new` is not filed yet."""
        feed, answered = entry.feed, entry.is_answered
        if feed.post.id in self._doubles:
            return frozenset()
        if feed.hidden:
            return frozenset((FeedFilter.HIDDEN,))
        public = entry.is_ours or is_by_public(feed, self._ours)
        found: list[Filed] = [FeedFilter.ALL]
        if entry.is_question and public:
            found.append(FeedFilter.QUESTIONS)
        if entry.from_guest:
            found.append(FeedFilter.GUESTS)
        if entry.waits and public:
            found.append(FeedFilter.UNANSWERED)
        if feed.starred:
            found.append(FeedFilter.STARRED)
        if feed.assigned_to and not answered and not entry.is_ours:
            found.append(FeedFilter.GIVEN)
        if not new and self._is_newcomer(entry):
            found.append(FeedFilter.NEWCOMERS)
        if public and self._is_counted(feed):
            found += (AnswersTo(feed.question_id), Gathered.ANSWERS)
        if not answered and (care := self._care.get(feed.post.id)) is not None:
            found.append(care)
        return frozenset(found)

    def _is_counted(self, feed: FeedPost) -> bool:
        """Whether the figures count a post as an answer; not before it was looked at."""
        aside = feed.post.id in self._unread or feed.post.id in self._confidences
        return bool(feed.question_id) and not aside

    def _is_newcomer(self, entry: FeedEntry) -> bool:
        """Whether a post is the first of somebody who may be welcomed for it."""
        written = self._authors.of(entry.who)
        spared = entry.who in self._at_home or not entry.who or written.is_spared
        return not spared and written.first == entry.feed.post.id

    def _show_own(self, rows: Sequence[OutboxPost]) -> None:
        """Learn from what has left which accounts are the organiser's, where none was given."""
        before = self._left
        if not self._chat.account:
            sent = (one.remote_id for one in rows if one.state is PostState.SENT)
            self._left = frozenset(sent) - {""}
        for post_id in (before ^ self._left) & self._entries.keys():
            self._judge(self._entries[post_id].who)

    def _is_own(self, feed: FeedPost) -> bool:
        """Whether a post tells that its author is the organiser (see figures.own_accounts)."""
        if self._chat.account:
            return False
        named = bool(self._house) and fold(feed.post.author_name).strip() == self._house
        return named or feed.post.id in self._left

    def _judge(self, who: str) -> None:
        """Find out anew whether an account is the organiser's, and file what it wrote."""
        wrote = [one for one in self._authors.of(who).places if one in self._entries]
        own = any(self._is_own(self._entries[one].feed) for one in wrote)
        if not who or own is (who in self._ours):
            return
        self._ours = self._ours | {who} if own else self._ours - {who}
        for post_id in wrote:
            self._file(post_id)

    def _show_guests(self, rows: Sequence[OutboxPost]) -> set[str]:
        """Put what was published for guests among the posts; the ids that have changed."""
        theirs = [one for one in rows if one.guest_id and one.state is PostState.SENT]
        said = {one.post.id: one for one in with_guest_answers(self._chat, (), theirs, self._rules)}
        gone, doubles = self._said - said.keys(), self._doubles
        self._said = frozenset(said)
        self._doubles = frozenset(one.remote_id for one in theirs) - {""}
        for post_id in gone:
            self.remove(post_id)
        new = [one for one in said.values() if not self._is_known(one)]
        self.add(new, wait=False)
        doubled = (doubles ^ self._doubles) & self._entries.keys()
        for post_id in doubled:
            self._file(post_id)
        return {*gone, *doubled, *(one.post.id for one in new)}

    def _is_known(self, feed: FeedPost) -> bool:
        entry = self._entries.get(feed.post.id)
        return entry is not None and entry.feed == feed


def _note(ids: set[str], post_id: str, belongs: bool) -> None:
    if belongs:
        ids.add(post_id)
    else:
        ids.discard(post_id)
