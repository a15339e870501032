"""The class that runs a chat while it takes place, for real or as a rehearsal.

It owns the outbox, the posting thread, the reading thread and the thread of the commands. Screens
call its commands, which return at once; the results are reported as events (see services.events).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Concatenate, ParamSpec

from tchat_desktop.domain.chat import Chat, Occasion, Person, Route
from tchat_desktop.domain.conversation import FeedPost, Marking, Post
from tchat_desktop.domain.decisions import opens_at
from tchat_desktop.domain.means import Means
from tchat_desktop.domain.named_children import all_words, to_ask_about, with_naming_meant
from tchat_desktop.domain.network_rules import Action
from tchat_desktop.domain.outgoing import WAITING, OutboxPost
from tchat_desktop.domain.pace import ends
from tchat_desktop.domain.routes import action_of
from tchat_desktop.domain.undoing import Command, DoneCommand
from tchat_desktop.services.events import HourNotBegun, HourTakenOver, PostsTakenIn, ServiceFailed
from tchat_desktop.services.feed import Feed
from tchat_desktop.services.hour_parts import HourConditions, HourParts
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.poster import Poster
from tchat_desktop.services.reach import NetworkStatus
from tchat_desktop.services.worker import Worker

P = ParamSpec("P")

BEING_TYPED = timedelta(seconds=30)
"""Posts due this soon do not follow an edit, because the organiser may still be typing it."""

_FREE = HourConditions()


class Hour:
    """Runs a chat from its first post to its last; posts leave by `route` unless told otherwise.

    `rows` is the run sheet as planned. Rows that are on disk already, from before the app was
    closed, go on from their state there, on hold or without keys if that was decided. An Hour is
    used once: `start`, commands, `stop`. Commands given after `stop`, or before the hour could
    begin (see HourNotBegun), are not carried out. Commands given before `start` raise RuntimeError.
    """

    def __init__(
        self,
        chat: Chat,
        occasion: Occasion,
        route: Route,
        rows: Sequence[OutboxPost],
        parts: HourParts,
        conditions: HourConditions = _FREE,
    ) -> None:
        clock, report = parts.clock, parts.report
        self.chat = chat
        self.occasion = occasion
        self.planned = tuple(rows)
        self.clock = clock
        self._report = report
        self._route = route
        self._rules = parts.rules
        self._conditions = conditions
        # Kept as it was at first: the chat may be edited before the hour can begin.
        self._takes_over = chat.live_elsewhere is not None
        self._anew = False
        self._begun = False
        self._hindrance: Exception | None = None
        reach = NetworkStatus(report)
        ends_at = ends(chat, rows, clock.now())
        self._outbox = Outbox(
            parts.stores.outbox,
            clock,
            report,
            rules=parts.rules,
            chat_id=chat.id,
            occasion=occasion,
            route=route,
            gate=conditions.gate,
            sender=conditions.sender,
            ends_at=ends_at,
            asks=conditions.asks,
            hands=conditions.hands,
            names_child=self._names_child,
        )
        self._poster = Poster(
            self._outbox,
            parts.publishers,
            clock,
            report,
            ends_at=ends_at,
            reach=reach,
            prepare=conditions.prepare,
            finished=self._let_go,
        )
        self._feed = Feed(
            parts.reader,
            parts.stores.posts,
            clock,
            report,
            chat=chat,
            occasion=occasion,
            rows=self._outbox.rows,
            rules=parts.rules,
            reach=reach,
        )
        self._worker: Worker | None = None
        self._searched = ""

    @property
    def moved_end(self) -> datetime | None:
        """When the hour ends instead of its announced end (UTC); None where that holds."""
        return self._outbox.moved_end

    def start(self, *, anew: bool = False) -> None:
        """Load and report the rows and posts, then publish and read; all on threads of its own.

        With `anew` the rows and posts of an earlier rehearsal are deleted first. Raises ValueError
        for `anew` on the real hour, whose published posts must not be forgotten.
        """
        if anew and self.occasion is Occasion.LIVE:
            raise ValueError("the real hour is not started anew")
        self._anew = anew
        self._worker = Worker("hour", self._on_error)
        self._worker.do(self._begin)

    def try_again(self) -> None:
        """Try to begin again, after HourNotBegun was reported and its cause was removed."""
        if self._worker is not None:
            self._worker.do(self._begin)

    def stop(self, seconds: float = 5.0) -> bool:
        """Finish the commands and the post under way, then end the threads.

        It waits, so the GUI thread may call it only while the app closes. Return False if a thread
        is still busy after `seconds` each; a post it was sending is looked for at the next start.
        """
        stopped = self._worker.stop(seconds) if self._worker else True
        # Both are stopped, even if the first one returns False.
        poster, feed = self._poster.stop(seconds), self._feed.stop(seconds)
        return stopped and poster and feed

    def tell(self) -> None:
        """Report the rows and the posts again, for a screen that was built later."""

        def tell() -> None:
            if self._begun:
                self._outbox.tell()
                self._feed.tell()
                self._feed.tell_posts()
                self._tell_money()
            else:
                self._tell_hindrance()

        if self._worker is None:
            raise RuntimeError("the hour has not started")
        self._worker.do(tell)

    def follow(self, chat: Chat, plan: Callable[[], Sequence[OutboxPost]], at_once: bool) -> None:
        """Continue with the chat as edited; `plan` returns its rows, called on the hour's thread.

        Posts due within BEING_TYPED do not change unless `at_once`, because their new text may be
        half typed. Once the hour has begun, its times, tag and route stay those it began with.
        """

        def go_on() -> None:
            self.chat = chat
            self._feed.follow(chat)
            self.planned = tuple(plan())
            # An hour that could not begin yet uses `self.planned` when it does.
            if self._begun:
                self._outbox.follow(self.planned, timedelta() if at_once else BEING_TYPED)

        if self._worker is None:
            raise RuntimeError("the hour has not started")
        self._worker.do(go_on)

    @property
    def is_over(self) -> bool:
        """Whether HourEnded was reported and the hour was not reopened since."""
        return self._poster.is_over

    def end(self) -> None:
        """End the hour: posts that have not left are skipped, and HourEnded is reported.

        Before the first planned post they only go to the reserve, and the hour is still to come;
        a rehearsal is over whenever it is ended.
        """

        def end() -> None:
            rows = self._outbox.rows()
            for row in rows:
                if row.state in WAITING:
                    self._outbox.skip(row.id)
            self._outbox.note(Command.END)
            begins = opens_at(rows) if self.occasion is Occasion.LIVE else None
            if begins is None or self.clock.now() >= begins:
                self._poster.end_hour()

        self._later(end)

    def reopen(self) -> None:
        """Continue an hour after its end; the posts that were skipped stay in reserve."""

        def reopen() -> None:
            self._outbox.end_as_announced()
            self._poster.reopen()
            self._outbox.note(Command.REOPEN)

        self._later(reopen)

    # --- posts on their way out ------------------------------------------------------------

    def do(
        self, command: Callable[Concatenate[Outbox, P], object], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Carry out a command of the outbox on the thread of the hour: `do(Outbox.skip, post_id)`.

        Only plain values may be passed, no widgets: the arguments are released on that thread.
        """
        self._later(partial(command, self._outbox, *args, **kwargs))

    def waits_for_typing(self, post: OutboxPost) -> bool:
        """Return whether a page that is due waits until the organiser has finished typing."""
        return self._outbox.leaving.waits_for_typing(post)

    @property
    def in_private(self) -> bool:
        """Whether the organiser is writing a private answer."""
        return self._outbox.leaving.in_private

    @property
    def at_work(self) -> bool:
        """Whether the organiser types, is about to paste, or writes a private answer."""
        return self._outbox.leaving.typing_for > 0

    def go_on_without_keys(self) -> None:
        """Have the posts to come open as pre-filled pages instead of leaving with keys."""

        def go_on() -> None:
            self._outbox.go_on_without_keys()
            self._outbox.note(Command.WITHOUT_KEYS)

        self._later(go_on)

    def go_on_with_keys(self) -> None:
        """Have the posts leave with keys again, except those given to their page one by one."""

        def go_on() -> None:
            self._outbox.go_on_with_keys()
            self._outbox.note(Command.WITH_KEYS)

        self._later(go_on)
        self.read_now()

    def undo(self) -> None:
        """Undo the last command if possible; CommandUndone reports whether it was."""
        self._later(lambda: self._outbox.undo(self._feed.take_back))

    def publish_early(self, slot: str) -> None:
        """Publish a post of the run sheet now, before the chat begins; `slot` is its key there."""

        def publish() -> None:
            found = [row for row in self._outbox.rows() if row.slot == slot]
            for row in found:
                self._outbox.send_now(row.id)

        self._later(publish)

    def name_on_purpose(self, text: str) -> None:
        """Let that very text leave although it may name a child, as the organiser has decided.

        The screen also notes it in the chat, so that it holds after a restart.
        """

        def mean() -> None:
            self.chat = with_naming_meant(self.chat, text)

        self._later(mean)

    def _names_child(self, row: OutboxPost) -> bool:
        return bool(to_ask_about(all_words(row.text, row.picture), self.chat))

    # --- the conversation, see Feed --------------------------------------------------------

    def reply(self, post: FeedPost, text: str, route: Route | None = None) -> None:
        """Publish a reply to a participant's post; its row shows that the post is answered."""

        def reply() -> None:
            self._outbox.add_reply(post.post, text, route or self._reply_way(post.post, text))

        self._later(reply)

    def answer_for(self, guest: Person, question_id: str, text: str) -> None:
        """Publish the answer of a guest who has no account on X (see domain.guest_answers)."""

        def publish() -> None:
            way = self._way(action_of(text, self._rules), text)
            self._outbox.add_guest_answer(guest, question_id, text, way)

        self._later(publish)

    def write(self, text: str) -> None:
        """Publish a post that the organiser has just written."""

        def publish() -> None:
            self._outbox.add_impromptu(text, self._way(action_of(text, self._rules), text))

        self._later(publish)

    def repost(self, post: FeedPost, route: Route | None = None) -> None:
        """Repost a participant's post."""
        self._later(lambda: self._outbox.add_repost(post.post, route or self._way(Action.REPOST)))

    def _way(self, action: Action, text: str = "") -> Route:
        """Return the hour's route, or the page where keys may not do `action` or cost too much."""
        means = self._means()
        return self._route if means is None else means.choose(action, self._route, text).route

    def _reply_way(self, to: Post, text: str) -> Route:
        means = self._means()
        if means is None:
            return self._route
        return means.choose_reply(to, self.chat.account, self._route, text).route

    def _means(self) -> Means | None:
        """Return what the keys may still do; None in an hour that costs nothing."""
        purse = self._conditions.purse
        return purse.means(self._outbox.rows(), self._outbox.keys_told) if purse else None

    def mark(self, marking: Marking) -> None:
        """Store one mark of a participant's post."""

        def mark() -> None:
            marked = self._feed.mark(marking)
            if marked is not None:
                self._outbox.note_done(DoneCommand(Command.MARK, marked=marked))

        self._later(mark)

    def search(self, text: str, most: int) -> None:
        """Look for posts; PostsFound reports at most `most`, unless another search is asked for."""
        self._searched = text

        def search() -> None:
            # While somebody types, only the last of what they have typed is looked for.
            if self._searched == text:
                self._feed.search(text, most)

        self._later(search)

    def read_now(self) -> None:
        """Read the tag at once, without waiting for the next regular reading."""
        self._later(self._feed.read_now)

    def add_by_hand(self, post: Post) -> None:
        """Add a post that somebody found on X."""

        def add() -> None:
            self._feed.add_by_hand(post)
            self._outbox.note(Command.ADD_POST)

        self._later(add)

    def take_in(self, found: Sequence[Post]) -> None:
        """Take in the posts of a page that was pasted; PostsTakenIn reports what became of them.

        The organiser's own posts on it confirm the rows they are of.
        """

        def take_in() -> None:
            # First, because answers on the same page then find their question by its link.
            confirmed = self._outbox.confirm_found(found, self.chat.account)
            made = self._feed.take_in(found)
            if confirmed or made.changes_something:
                self._outbox.note_done(DoneCommand(Command.PASTE, confirmed, pasted=made))
            self._report(
                PostsTakenIn(self.chat.id, self.occasion, made, confirmed, self._feed.missing)
            )

        self._later(take_in)

    def complete(self, told: Sequence[Post]) -> None:
        """Give posts that are known by their links only the texts that the network tells.

        It is no command of its own, so that undo still takes the whole paste back.
        """
        self._later(lambda: self._feed.complete(told))

    def correct_by_hand(self, post_id: str, post: Post) -> None:
        """Replace a post added by hand with another one."""

        def correct() -> None:
            self._feed.correct(post_id, post)
            self._outbox.note(Command.CORRECT_POST)

        self._later(correct)

    def remove_by_hand(self, post_id: str) -> None:
        """Remove a post added by hand."""

        def remove() -> None:
            self._feed.remove(post_id)
            self._outbox.note(Command.REMOVE_POST)

        self._later(remove)

    # --- the thread of the commands --------------------------------------------------------

    def _later(self, command: Callable[[], object]) -> None:
        def job() -> None:
            if self._begun:
                command()

        if self._worker is None:
            raise RuntimeError("the hour has not started")
        self._worker.do(job)

    def _begin(self) -> None:
        """Load the data and start the threads, if this process has the right to publish."""
        if self._begun:
            return
        try:
            self._hindrance = None
            if self._conditions.right is None or self._conditions.right.take():
                self._take_up()
                self._begun = True
        except Exception as error:
            self._hindrance = error
            self._let_go()
            self._on_error(error)
        if not self._begun:
            self._tell_hindrance()
            return
        if self._takes_over:
            self._report(HourTakenOver(self.chat.id))
        self._poster.start()
        self._feed.start()

    def _take_up(self) -> None:
        """Load what is on disk and let it follow the run sheet."""
        if self._anew:
            self._outbox.clear()
            self._feed.clear()
        self._outbox.restore()
        self._outbox.follow(self.planned)
        if self._takes_over:
            self._outbox.set_aside_due()
        decided = self._outbox.without_keys
        if self._conditions.without_keys or decided:
            self._outbox.go_on_without_keys(keep=decided)
        self._feed.tell_posts()
        self._tell_money()

    def _let_go(self) -> None:
        if self._conditions.right is not None:
            self._conditions.right.release()

    def _tell_hindrance(self) -> None:
        self._report(HourNotBegun(self.chat.id, self.occasion, self._hindrance))

    def _tell_money(self) -> None:
        if self._conditions.purse is not None:
            self._conditions.purse.tell()

    def _on_error(self, error: Exception) -> None:
        self._report(ServiceFailed("hour", error))
