"""One run of the hour: the outbox, the thread that publishes, the one that reads, and the commands.

Commands are called from the screen and return at once; what came of them is reported as events.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Concatenate, ParamSpec

from tchat_desktop.domain.chat import Chat, Occasion, Person, Route
from tchat_desktop.domain.conversation import FeedPost, Marking, Post
from tchat_desktop.domain.decisions import opens_at
from tchat_desktop.domain.means import Means
from tchat_desktop.domain.network_rules import Action
from tchat_desktop.domain.outgoing import WAITING, OutboxPost
from tchat_desktop.domain.pace import ends
from tchat_desktop.domain.routes import action_of
from tchat_desktop.domain.undoing import Command
from tchat_desktop.services.events import HourNotBegun, HourTakenOver, ServiceFailed
from tchat_desktop.services.feed import Feed
from tchat_desktop.services.hour_parts import HourConditions, HourParts
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.poster import Poster
from tchat_desktop.services.reach import NetworkStatus
from tchat_desktop.services.worker import Worker

P = ParamSpec("P")

BEING_TYPED = timedelta(seconds=30)
"""What leaves so soon is not changed while the organiser types."""

_FREE = HourConditions()


class Hour:
    """Runs a chat from its first post to its last, by the `route` its posts take.

    `rows` is the run sheet as planned; rows that are on disk already, from before the app was
    closed, go on where they were, on hold or without keys if they were so. Use it once: `start`,
    commands, `stop`; commands that come after, or before it could begin (see `HourNotBegun`), are
    not done.
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
        # Whatever the chat is edited to until it could begin.
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
            typing=conditions.typing,
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

    def start(self, *, anew: bool = False) -> None:
        """Report what is there, then publish and read. `anew` forgets an earlier rehearsal first.

        Raises ValueError for `anew` on the real hour: what was published is not forgotten.
        """
        if anew and self.occasion is Occasion.LIVE:
            raise ValueError("the real hour is not started anew")
        self._anew = anew
        self._worker = Worker("hour", self._on_error)
        self._worker.do(self._begin)

    def try_again(self) -> None:
        """Begin after all, once what `HourNotBegun` told of is over."""
        if self._worker is not None:
            self._worker.do(self._begin)

    def stop(self, seconds: float = 5.0) -> bool:
        """Finish the commands and the post under way, then end the threads.

        Waits, so not for the GUI thread unless the app is closing. False if a thread is still busy
        after `seconds` each; what it was sending is then found again at the next start.
        """
        stopped = self._worker.stop(seconds) if self._worker else True
        # Both are stopped whatever the first one says.
        poster, feed = self._poster.stop(seconds), self._feed.stop(seconds)
        return stopped and poster and feed

    def tell(self) -> None:
        """Report the rows and the posts again, for a screen that was built meanwhile."""

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
        """Go on with the chat as it was edited; `plan` gives its run sheet, on another thread.

        What leaves within half a minute stays as it is, unless it is to follow `at_once`: its text
        may be half typed. The times, the tag and the way of the hour are those it began with.
        """

        def go_on() -> None:
            self.chat = chat
            self._feed.follow(chat)
            self.planned = tuple(plan())
            # An hour that could not begin yet begins with what is planned by then.
            if self._begun:
                self._outbox.follow(self.planned, timedelta() if at_once else BEING_TYPED)

        if self._worker is None:
            raise RuntimeError("the hour has not started")
        self._worker.do(go_on)

    @property
    def is_over(self) -> bool:
        """Whether its end was reported, and it was not gone on with since."""
        return self._poster.is_over

    def end(self) -> None:
        """The organiser ends the hour: what has not left is skipped, and HourEnded reported.

        Before it has begun, all goes to the reserve and the hour is still to come.
        """

        def end() -> None:
            rows = self._outbox.rows()
            for row in rows:
                if row.state in WAITING:
                    self._outbox.skip(row.id)
            self._outbox.note(Command.END)
            begins = opens_at(rows)
            if begins is None or self.clock.now() >= begins:
                self._poster.end_hour()

        self._later(end)

    def reopen(self) -> None:
        """The organiser ended the hour and goes on with it; what is in reserve is brought back."""

        def reopen() -> None:
            self._poster.reopen()
            self._outbox.note(Command.REOPEN)

        self._later(reopen)

    # --- posts on their way out ------------------------------------------------------------

    def do(
        self, command: Callable[Concatenate[Outbox, P], object], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Carry out a command of the outbox, `do(Outbox.skip, post_id)`.

        Only values may be handed in: they are let go of on the thread of the hour.
        """
        self._later(partial(command, self._outbox, *args, **kwargs))

    def waits_for_typing(self, post: OutboxPost) -> bool:
        """Whether a page that is due waits until the organiser has finished typing."""
        return self._outbox.leaving.waits_for_typing(post)

    @property
    def in_private(self) -> bool:
        """Whether a private answer is under way."""
        return self._outbox.leaving.in_private

    @property
    def at_work(self) -> bool:
        """Whether the organiser types, is about to paste, or answers in private."""
        return self._outbox.leaving.typing_for > 0

    def go_on_without_keys(self) -> None:
        """Let the posts to come open as pages."""

        def go_on() -> None:
            self._outbox.go_on_without_keys()
            self._outbox.note(Command.WITHOUT_KEYS)

        self._later(go_on)

    def go_on_with_keys(self) -> None:
        """Let them leave by keys again; those given to the page one by one stay so."""

        def go_on() -> None:
            self._outbox.go_on_with_keys()
            self._outbox.note(Command.WITH_KEYS)

        self._later(go_on)
        self.read_now()

    def undo(self) -> None:
        """Take back the last command, where that can be; CommandUndone tells what came of it."""
        self._later(lambda: self._outbox.undo(self._feed.unmark))

    def publish_early(self, slot: str) -> None:
        """Publish a post of the run sheet now, before the hour, by its key there."""

        def publish() -> None:
            found = [row for row in self._outbox.rows() if row.slot == slot]
            for row in found:
                self._outbox.send_now(row.id)

        self._later(publish)

    # --- the conversation, see Feed --------------------------------------------------------

    def reply(self, post: FeedPost, text: str, route: Route | None = None) -> None:
        """Answer a participant. That the post is answered shows by what becomes of the reply."""

        def reply() -> None:
            self._outbox.add_reply(post.post, text, route or self._reply_way(post.post, text))

        self._later(reply)

    def answer_for(self, guest: Person, question_id: str, text: str) -> None:
        """Publish what a guest without an account on X answered, see domain.guest_answers."""

        def publish() -> None:
            way = self._way(action_of(text, self._rules), text)
            self._outbox.add_guest_answer(guest, question_id, text, way)

        self._later(publish)

    def repost(self, post: FeedPost, route: Route | None = None) -> None:
        """Repost a participant's post."""
        self._later(lambda: self._outbox.add_repost(post.post, route or self._way(Action.REPOST)))

    def _way(self, action: Action, text: str = "") -> Route:
        """The hour's own way, unless keys may not do that or it would cost too much."""
        means = self._means()
        return self._route if means is None else means.choose(action, self._route, text).route

    def _reply_way(self, to: Post, text: str) -> Route:
        means = self._means()
        if means is None:
            return self._route
        return means.choose_reply(to, self.chat.account, self._route, text).route

    def _means(self) -> Means | None:
        """What the keys may still do; None in an hour that costs nothing."""
        purse = self._conditions.purse
        return purse.means(self._outbox.rows(), self._outbox.keys_told) if purse else None

    def mark(self, marking: Marking) -> None:
        """Keep one mark of a post."""

        def mark() -> None:
            marked = self._feed.mark(marking)
            if marked is not None:
                self._outbox.note(Command.MARK, marked)

        self._later(mark)

    def read_now(self) -> None:
        """Read the tag at once."""
        self._later(self._feed.read_now)

    def add_by_hand(self, post: Post) -> None:
        """Add a post found on X."""

        def add() -> None:
            self._feed.add_by_hand(post)
            self._outbox.note(Command.ADD_POST)

        self._later(add)

    def correct_by_hand(self, post_id: str, post: Post) -> None:
        """Put another post in the place of one added by hand."""

        def correct() -> None:
            self._feed.correct(post_id, post)
            self._outbox.note(Command.CORRECT_POST)

        self._later(correct)

    def remove_by_hand(self, post_id: str) -> None:
        """Take out a post added by hand."""

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
        if self._begun:
            return
        try:
            self._hindrance = None
            self._begun = (
                self._conditions.right is None or self._conditions.right.take()
            ) and self._taken_up()
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

    def _taken_up(self) -> bool:
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
        return True

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
