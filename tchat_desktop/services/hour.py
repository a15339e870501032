"""One run of the hour: the outbox, the thread that publishes, the one that reads, and the commands.

Commands are called from the screen and return at once; what came of them is reported as events.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tchat_desktop.domain.catching_up import Proposal
from tchat_desktop.domain.chat import Chat, Occasion, Person, Route
from tchat_desktop.domain.conversation import FeedPost, Marking, Post
from tchat_desktop.domain.decisions import opens_at
from tchat_desktop.domain.network_rules import Action, NetworkRules
from tchat_desktop.domain.outgoing import WAITING, OutboxPost
from tchat_desktop.domain.routes import action_of, route_for, summons
from tchat_desktop.domain.undoing import Command
from tchat_desktop.services.events import HourNotBegun, HourTakenOver, ServiceFailed
from tchat_desktop.services.feed import Feed
from tchat_desktop.services.ledger import Purse
from tchat_desktop.services.outbox import Gate, Outbox, no_gate, nobody, not_typing
from tchat_desktop.services.ports import (
    Clock,
    OutboxStore,
    PostingRight,
    PostStore,
    Publisher,
    Report,
    TagReader,
)
from tchat_desktop.services.poster import Poster, nothing
from tchat_desktop.services.reach import NetworkStatus
from tchat_desktop.services.worker import Worker

BEING_TYPED = timedelta(seconds=30)
"""What leaves so soon is not changed while the organiser types."""


@dataclass(frozen=True, slots=True)
class HourStores:
    """Where an hour keeps what it does; used from three threads at once."""

    outbox: OutboxStore
    posts: PostStore


class Hour:
    """Runs a chat from its first post to its last.

    `rows` is the run sheet as planned; rows that are on disk already, from before the app was
    closed, go on where they were, on hold or without keys if they were so. `right` is taken before
    anything leaves, where nobody else has seen to it. `without_keys` tells that no account is
    connected: an hour with keys then begins by the pages. Use it once: `start`, commands, `stop`;
    commands that come after, or before it could begin (see `HourNotBegun`), are not done. With
    `asks` somebody is there to decide what becomes of posts that were missed. See Outbox for
    `typing`, which is asked from any thread.
    """

    def __init__(
        self,
        chat: Chat,
        occasion: Occasion,
        rows: Sequence[OutboxPost],
        stores: HourStores,
        report: Report,
        *,
        rules: NetworkRules,
        route: Route,
        publishers: Mapping[Route, Publisher],
        reader: TagReader | None,
        clock: Clock,
        gate: Gate = no_gate,
        sender: Callable[[], str] = nobody,
        purse: Purse | None = None,
        prepare: Callable[[], object] = nothing,
        right: PostingRight | None = None,
        without_keys: bool = False,
        asks: bool = False,
        typing: Callable[[], float] = not_typing,
    ) -> None:
        self.chat = chat
        self.occasion = occasion
        self.planned = tuple(rows)
        self.clock = clock
        self._report = report
        self._route = route
        self._purse = purse
        self._rules = rules
        self._right = right
        self._without_keys = without_keys
        # Whatever the chat is edited to until it could begin.
        self._takes_over = chat.live_elsewhere is not None
        self._anew = False
        self._begun = False
        self._hindrance: Exception | None = None
        reach = NetworkStatus(report)
        ends_at = _end(chat, rows, clock)
        self._outbox = Outbox(
            stores.outbox,
            clock,
            report,
            rules=rules,
            chat_id=chat.id,
            occasion=occasion,
            route=route,
            gate=gate,
            sender=sender,
            ends_at=ends_at,
            asks=asks,
            typing=typing,
        )
        self._poster = Poster(
            self._outbox,
            publishers,
            clock,
            report,
            ends_at=ends_at,
            reach=reach,
            prepare=prepare,
            finished=self._let_go,
        )
        self._feed = Feed(
            reader,
            stores.posts,
            clock,
            report,
            chat=chat,
            occasion=occasion,
            rows=self._outbox.rows,
            rules=rules,
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

        self._do(end)

    def reopen(self) -> None:
        """The organiser ended the hour and goes on with it; what is in reserve is brought back."""

        def reopen() -> None:
            self._poster.reopen()
            self._outbox.note(Command.REOPEN)

        self._do(reopen)

    # --- posts on their way out, see Outbox ------------------------------------------------

    def waits_for_typing(self, post: OutboxPost) -> bool:
        """Whether a page that is due waits until the organiser has finished typing."""
        return self._outbox.waits_for_typing(post)

    @property
    def in_private(self) -> bool:
        """Whether a private answer is under way."""
        return self._outbox.in_private

    @property
    def at_work(self) -> bool:
        """Whether the organiser types, is about to paste, or answers in private."""
        return self._outbox.typing_for > 0

    def begin_in_private(self, what: str) -> None:
        """A private answer begins: no page opens by itself until it ends, for minutes at most."""
        self._do(lambda: self._outbox.begin_in_private(what))

    def end_in_private(self, what: str) -> None:
        """It is answered, or put away."""
        self._do(lambda: self._outbox.end_in_private(what))

    def pause(self) -> None:
        """Hold everything."""
        self._do(self._outbox.pause)

    def resume(self) -> None:
        """Let posts leave again."""
        self._do(self._outbox.resume)

    def go_on_without_keys(self) -> None:
        """Let the posts to come open as pages."""

        def go_on() -> None:
            self._outbox.go_on_without_keys()
            self._outbox.note(Command.WITHOUT_KEYS)

        self._do(go_on)

    def go_on_with_keys(self) -> None:
        """Let them leave by keys again; those given to the page one by one stay so."""

        def go_on() -> None:
            self._outbox.go_on_with_keys()
            self._outbox.note(Command.WITH_KEYS)

        self._do(go_on)
        self.read_now()

    def hold(self, post_id: str) -> None:
        """Keep a post from leaving while it is being changed; a restart forgets it."""
        self._do(lambda: self._outbox.hold(post_id))

    def release(self, post_id: str) -> None:
        """Let it leave again."""
        self._do(lambda: self._outbox.release(post_id))

    def skip(self, post_id: str) -> None:
        """Keep a post in reserve."""
        self._do(lambda: self._outbox.skip(post_id))

    def bring_back(self, post_id: str) -> None:
        """Plan a skipped post again."""
        self._do(lambda: self._outbox.bring_back(post_id))

    def postpone(self, post_id: str, minutes: int, and_following: bool = True) -> None:
        """Shift a post, and those after it, by minutes."""
        self._do(lambda: self._outbox.postpone(post_id, minutes, and_following))

    def catch_up(self, proposal: Proposal) -> None:
        """Go on as proposed, see domain.catching_up."""
        self._do(lambda: self._outbox.catch_up(proposal))

    def keep_times(self) -> None:
        """Go on at the times of the run sheet; what was missed waits in reserve."""
        self._do(self._outbox.keep_times)

    def undo(self) -> None:
        """Take back the last command, where that can be; CommandUndone tells what came of it."""
        self._do(lambda: self._outbox.undo(self._feed.unmark))

    def publish_early(self, slot: str) -> None:
        """Publish a post of the run sheet now, before the hour, by its key there."""

        def publish() -> None:
            found = [row for row in self._outbox.rows() if row.slot == slot]
            for row in found:
                self._outbox.send_now(row.id)

        self._do(publish)

    def send_now(self, post_id: str) -> None:
        """Publish a post at once; also tries a failed or late one again."""
        self._do(lambda: self._outbox.send_now(post_id))

    def by_web_page(self, post_id: str) -> None:
        """Publish a post through the pre-filled page."""
        self._do(lambda: self._outbox.by_web_page(post_id))

    def without_picture(self, post_id: str) -> None:
        """Publish a post at once, without its picture."""
        self._do(lambda: self._outbox.without_picture(post_id))

    def edit_text(self, post_id: str, text: str) -> None:
        """Change the text of a post that has not left."""
        self._do(lambda: self._outbox.edit_text(post_id, text))

    def confirm_sent(self, post_id: str, link: str = "") -> None:
        """The post is out; check the link with `Links.pasted` first."""
        self._do(lambda: self._outbox.confirm_sent(post_id, link))

    def correct_link(self, post_id: str, link: str) -> None:
        """Another address, or none, for a post confirmed by hand; check the link first."""
        self._do(lambda: self._outbox.correct_link(post_id, link))

    def take_back(self, post_id: str) -> None:
        """A post confirmed by hand is not online: it is to be checked again."""
        self._do(lambda: self._outbox.take_back(post_id))

    def not_out(self, post_id: str, again: bool = True) -> None:
        """The post is not out: publish it in a minute, or keep it in reserve."""
        self._do(lambda: self._outbox.not_out(post_id, again))

    # --- the conversation, see Feed --------------------------------------------------------

    def reply(self, post: FeedPost, text: str, route: Route | None = None) -> None:
        """Answer a participant. That the post is answered shows by what becomes of the reply."""

        def reply() -> None:
            summoned = summons(post.post.text, self.chat.account, self._rules)
            way = route or self._way(Action.REPLY, text, summoned)
            self._outbox.add_reply(post.post, text, way)

        self._do(reply)

    def answer_for(self, guest: Person, question_id: str, text: str) -> None:
        """Publish what a guest without an account on X answered, see domain.guest_answers."""

        def publish() -> None:
            way = self._way(action_of(text, self._rules), text)
            self._outbox.add_guest_answer(guest, question_id, text, way)

        self._do(publish)

    def repost(self, post: FeedPost, route: Route | None = None) -> None:
        """Repost a participant's post."""
        self._do(lambda: self._outbox.add_repost(post.post, route or self._way(Action.REPOST)))

    def _way(self, action: Action, text: str = "", summoned: bool = False) -> Route:
        """The hour's own way, unless keys may not do that or it would cost too much."""
        if self._purse is None:
            return self._route
        account = self._purse.account(self._outbox.rows(), self._route, self._outbox.keys_told)
        return route_for(action, account, self._rules, text, summoned).route

    def mark(self, marking: Marking) -> None:
        """Keep one mark of a post."""

        def mark() -> None:
            marked = self._feed.mark(marking)
            if marked is not None:
                self._outbox.note(Command.MARK, marked)

        self._do(mark)

    def read_now(self) -> None:
        """Read the tag at once."""
        self._do(self._feed.read_now)

    def add_by_hand(self, post: Post) -> None:
        """Add a post found on X."""

        def add() -> None:
            self._feed.add_by_hand(post)
            self._outbox.note(Command.ADD_POST)

        self._do(add)

    def correct_by_hand(self, post_id: str, post: Post) -> None:
        """Put another post in the place of one added by hand."""

        def correct() -> None:
            self._feed.correct(post_id, post)
            self._outbox.note(Command.CORRECT_POST)

        self._do(correct)

    def remove_by_hand(self, post_id: str) -> None:
        """Take out a post added by hand."""

        def remove() -> None:
            self._feed.remove(post_id)
            self._outbox.note(Command.REMOVE_POST)

        self._do(remove)

    # --- the thread of the commands --------------------------------------------------------

    def _do(self, command: Callable[[], object]) -> None:
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
            self._begun = (self._right is None or self._right.take()) and self._taken_up()
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
        if self._without_keys or decided:
            self._outbox.go_on_without_keys(keep=decided)
        self._feed.tell_posts()
        self._tell_money()
        return True

    def _let_go(self) -> None:
        if self._right is not None:
            self._right.release()

    def _tell_hindrance(self) -> None:
        self._report(HourNotBegun(self.chat.id, self.occasion, self._hindrance))

    def _tell_money(self) -> None:
        if self._purse is not None:
            self._purse.tell()

    def _on_error(self, error: Exception) -> None:
        self._report(ServiceFailed("hour", error))


def _end(chat: Chat, rows: Sequence[OutboxPost], clock: Clock) -> datetime:
    """When the time of the chat is over; for a chat without a date, at its last post."""
    if chat.ends_at is not None:
        return chat.ends_at
    last = max((row.due_at for row in rows), default=clock.now())
    return last + timedelta(minutes=1)
