"""The hour of a chat that another computer publishes: what the public writes is sorted here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Concatenate, ParamSpec

from tchat_desktop.domain.chat import Chat, Occasion, Person
from tchat_desktop.domain.conversation import FeedPost, Marking, Post
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.undoing import Command, DoneCommand
from tchat_desktop.services.events import CommandUndone, OutboxChanged, PostsTakenIn, ServiceFailed
from tchat_desktop.services.feed import Feed
from tchat_desktop.services.hour_parts import HourStores
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import Clock, Report

P = ParamSpec("P")


class FollowedHour:
    """An hour that publishes nothing: it has no publisher, and what would publish does nothing.

    Its rows are those that the computer that publishes tells (`services/co_hosting.py`). `later`
    carries a job out off the GUI thread; errors are reported as ServiceFailed.
    """

    occasion = Occasion.LIVE
    is_over = False
    in_private = False

    def __init__(
        self,
        chat: Chat,
        rows: Sequence[OutboxPost],
        stores: HourStores,
        clock: Clock,
        report: Report,
        rules: NetworkRules,
        later: Callable[[Callable[[], object]], object],
    ) -> None:
        self.chat = chat
        self.planned = tuple(rows)
        self.clock = clock
        self._outbox = stores.outbox
        self._report = report
        self._later = later
        self._last: DoneCommand | None = None
        self._feed = Feed(
            None,
            stores.posts,
            clock,
            report,
            chat=chat,
            occasion=Occasion.LIVE,
            rows=self._rows,
            rules=rules,
        )

    def tell(self) -> None:
        """Report the rows and the posts again, for a screen that was just built."""

        def tell() -> None:
            self._tell_rows()
            self._feed.tell_posts()

        self._do(tell)

    def follow(self, chat: Chat) -> None:
        """Continue with the chat as it was edited."""
        self.chat = chat
        self._feed.follow(chat)

    # --- the conversation ------------------------------------------------------------------

    def mark(self, marking: Marking) -> None:
        """Store one mark of a participant's post."""

        def mark() -> None:
            marked = self._feed.mark(marking)
            if marked is not None:
                self._last = DoneCommand(Command.MARK, marked=marked)
            self._tell_rows()

        self._do(mark)

    def search(self, text: str, most: int) -> None:
        """Look for posts; PostsFound reports at most `most` of them."""
        self._do(lambda: self._feed.search(text, most))

    def add_by_hand(self, post: Post) -> None:
        """Add a post whose link was pasted."""
        self._do(lambda: self._feed.add_by_hand(post))

    def take_in(self, found: Sequence[Post]) -> None:
        """Take in the posts of a page that was pasted; PostsTakenIn reports what became of them."""

        def take_in() -> None:
            made = self._feed.take_in(found)
            if made.changes_something:
                self._last = DoneCommand(Command.PASTE, pasted=made)
            self._report(
                PostsTakenIn(self.chat.id, self.occasion, made, missing=self._feed.missing)
            )
            self._tell_rows()

        self._do(take_in)

    def complete(self, told: Sequence[Post]) -> None:
        """Give posts that are known by their links only the texts that the network tells."""
        self._do(lambda: self._feed.complete(told))

    def correct_by_hand(self, post_id: str, post: Post) -> None:
        """Replace a post that was added by hand with another one."""
        self._do(lambda: self._feed.correct(post_id, post))

    def remove_by_hand(self, post_id: str) -> None:
        """Remove a post that was added by hand."""
        self._do(lambda: self._feed.remove(post_id))

    def undo(self) -> None:
        """Take the last mark or paste back, if it is still as it was."""

        def undo() -> None:
            done, self._last = self._last, None
            undone = done is not None and self._feed.take_back(done)
            self._report(
                CommandUndone(self.chat.id, self.occasion, done, undone, tuple(self._rows()))
            )
            self._tell_rows()

        self._do(undo)

    # --- what only the other computer does -------------------------------------------------

    def try_again(self) -> None:
        """Do nothing: nothing begins here."""

    def end(self) -> None:
        """Do nothing: it ends on the other computer."""

    def reopen(self) -> None:
        """Do nothing: it is reopened on the other computer."""

    def waits_for_typing(self, _post: OutboxPost) -> bool:
        """Return False: no page opens here."""
        return False

    def do(
        self, command: Callable[Concatenate[Outbox, P], object], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Do nothing: the outbox is that of the other computer."""

    def go_on_without_keys(self) -> None:
        """Do nothing: the way is chosen on the other computer."""

    def go_on_with_keys(self) -> None:
        """Do nothing: the way is chosen on the other computer."""

    def read_now(self) -> None:
        """Do nothing: the tag is read on the other computer."""

    def publish_early(self, slot: str) -> None:
        """Publish nothing."""

    def reply(self, post: FeedPost, text: str) -> None:
        """Publish nothing."""

    def answer_for(self, guest: Person, question_id: str, text: str) -> None:
        """Publish nothing."""

    def write(self, text: str) -> None:
        """Publish nothing."""

    def name_on_purpose(self, text: str) -> None:
        """Do nothing: no text leaves from here."""

    def repost(self, post: FeedPost) -> None:
        """Publish nothing."""

    def _rows(self) -> Sequence[OutboxPost]:
        return self._outbox.rows(self.chat.id, self.occasion)

    def _moved_end(self) -> datetime | None:
        state = self._outbox.hour_state(self.chat.id, self.occasion)
        return state.ends_at if state.announced == self.chat.ends_at else None

    def _tell_rows(self) -> None:
        self._report(
            OutboxChanged(
                self.chat.id,
                self.occasion,
                tuple(self._rows()),
                paused=False,
                last=self._last,
                can_undo=self._last is not None,
                ends_at=self._moved_end(),
            )
        )

    def _do(self, job: Callable[[], object]) -> None:
        def carried_out() -> None:
            try:
                job()
            except Exception as error:
                # Whatever a job raises is told, as by the thread of an hour of one's own.
                self._report(ServiceFailed("followed hour", error))

        self._later(carried_out)
