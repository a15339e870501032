"""The posts that participants write under the tag: read regularly, stored, and marked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.conversation import (
    FeedPost,
    Marking,
    Post,
    is_from_organiser,
    newest_id,
)
from tchat_desktop.domain.found_posts import SortedPosts
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, Reason
from tchat_desktop.domain.pages_seen import PagesSeen, Stretch, stretch_of
from tchat_desktop.domain.undoing import DoneCommand, Marked
from tchat_desktop.services.entries import Entries
from tchat_desktop.services.events import ReadingHeld, ServiceFailed
from tchat_desktop.services.ports import (
    Clock,
    PostStore,
    PublishError,
    PublishLater,
    Report,
    TagReader,
)
from tchat_desktop.services.reach import NetworkStatus

EVERY = 30.0
"""Seconds between two readings of the tag."""
LONGEST_PAUSE = 240.0
"""The most seconds between two readings while they fail."""
AFTER_REFUSAL = 300.0
"""Seconds before trying again when X refused for good: the keys may be corrected meanwhile."""
LOOK_AGAIN = 5.0
"""Seconds before checking whether the organiser raised the ceiling; that asks nothing of X."""


class Feed:
    """The participants' posts in one hour; without `reader` they are only added by hand.

    `rows` returns the rows of the outbox, which show the published questions. With a reader,
    `start` runs a thread of its own that reads every `every` seconds. Methods may block on the
    disk: never call them on the GUI thread. They raise StoreError.
    """

    def __init__(
        self,
        reader: TagReader | None,
        posts: PostStore,
        clock: Clock,
        report: Report,
        *,
        chat: Chat,
        occasion: Occasion,
        rows: Callable[[], Sequence[OutboxPost]],
        rules: NetworkRules,
        reach: NetworkStatus | None = None,
        every: float = EVERY,
    ) -> None:
        self._reader = reader
        self._rules = rules
        self._posts = posts
        self._entries = Entries(posts, report, rules)
        self._clock = clock
        self._report = report
        self._chat = chat
        self._occasion = occasion
        self._rows = rows
        self._reach = reach or NetworkStatus(report)
        self._every = every
        self._pages = PagesSeen()
        self._since_id = ""
        self._failures = 0
        self._trouble = ""
        self._held = Reason.NONE
        self._stopping = False
        self._woken = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the reading thread, if there is a reader."""
        if self._reader is not None:
            self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
            self._thread.start()

    def stop(self, seconds: float = 5.0) -> bool:
        """End the thread after the reading under way; False if that takes longer than `seconds`."""
        self._stopping = True
        self._woken.set()
        if self._thread is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def read_now(self) -> None:
        """Have the tag read now: what prevented it may have been resolved. Returns at once."""
        self._woken.set()

    def follow(self, chat: Chat) -> None:
        """Continue with the chat as it was edited."""
        self._chat = chat

    def clear(self) -> None:
        """Delete every collected post of this hour."""
        self._posts.clear(self._chat.id, self._occasion)

    def add_by_hand(self, post: Post) -> None:
        """Add a post whose link the organiser pasted."""
        self._keep([post])

    def take_in(self, found: Iterable[Post]) -> SortedPosts:
        """Take in the posts of a page; return what became of each."""
        found, now = tuple(found), self._clock.now()
        page = stretch_of(found, self._chat, self._rules)
        if page is not None:
            self._pages.add(page, self._there)
        return self._entries.take_in(self._chat, self._occasion, self._rows(), found, now)

    @property
    def missing(self) -> tuple[Stretch, ...]:
        """Where posts may be missing between the pages that were taken in.

        The pretend page of a rehearsal does not go further back: there it would be of no use.
        """
        if self._occasion is Occasion.REHEARSAL:
            return ()
        return self._pages.missing(self._chat.starts_at)

    def _there(self) -> Iterable[Post]:
        return (one.post for one in self._posts.all(self._chat.id, self._occasion))

    def complete(self, told: Iterable[Post]) -> None:
        """Give posts that are there what they lack and these tell."""
        self._entries.complete(self._chat, self._occasion, told, self._clock.now())

    def correct(self, post_id: str, post: Post) -> None:
        """Replace a post that was added by hand with another one."""
        self._entries.correct(self._chat, self._occasion, self._rows(), post_id, post)

    def remove(self, post_id: str) -> None:
        """Remove a post that was added by hand."""
        self._entries.remove(self._chat, self._occasion, post_id)

    def mark(self, marking: Marking) -> Marked | None:
        """Store one mark of a post and return it; None if the post has it already or is gone."""
        with self._posts.in_order:
            before = self._find(marking.post_id)
            if before is None or marking.on(before) == before:
                return None
            self._entries.mark(self._chat.id, self._occasion, marking)
            return Marked(before, marking)

    def take_back(self, done: DoneCommand) -> bool:
        """Take back a mark, or the posts of a page; False if they are gone, or others since."""
        if done.pasted is not None:
            self._pages.take_back(done.pasted.new)
            return self._entries.take_out(self._chat, self._occasion, done.pasted)
        return done.marked is not None and self.unmark(done.marked)

    def unmark(self, marked: Marked) -> bool:
        """Take a mark back; False if the post is gone, or was marked differently since."""
        with self._posts.in_order:
            post = self._find(marked.made.post_id)
            if post is None or not marked.still_on(post):
                return False
            self._entries.mark(self._chat.id, self._occasion, marked.back)
            return True

    def _find(self, post_id: str) -> FeedPost | None:
        return self._posts.find(self._chat.id, self._occasion, post_id)

    def search(self, text: str, most: int) -> None:
        """Report the posts in which all words of a text stand, at most `most`."""
        self._entries.search(self._chat.id, self._occasion, text, most)

    def tell_posts(self) -> None:
        """Report every stored post, for a screen that was built later."""
        self._entries.tell(self._chat.id, self._occasion)

    def tell(self) -> None:
        """Report again why the tag is not read, for a screen that was built later."""
        if self._held is not Reason.NONE:
            self._report(ReadingHeld(self._chat.id, self._occasion, self._held))

    def poll(self) -> float:
        """Read the tag once; return the seconds until the next reading. Raises StoreError."""
        if self._reader is None:
            return self._every
        try:
            posts = self._reader.read(self._since_id)
        except PublishError as error:
            if error.reason is Reason.SPENDING_LIMIT:
                # Nothing was asked of X, so nothing is known of the network.
                self._hold(error.reason)
                return LOOK_AGAIN
            reachable = error.reason not in (Reason.NETWORK, Reason.ANSWER_LOST)
            self._reach.seen(reachable, error.obstacle)
            return self._pause_after(error)
        self._reach.seen(True)
        self._failures = 0
        self._trouble = ""
        self._hold(Reason.NONE)
        self._keep(post for post in posts if not is_from_organiser(post, self._chat))
        if posts:
            # Only once the posts are on disk: those that could not be stored are read again.
            self._since_id = newest_id(posts[-1], self._rules)
        return self._every

    def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            try:
                seconds = self.poll()
            except Exception as error:
                # The thread must go on after any error of a reading or of the disk.
                self._tell_once(error)
                self._failures += 1
                seconds = self._pause()
            if not self._stopping:
                self._clock.wait(self._woken, seconds)

    def _keep(self, posts: Iterable[Post]) -> None:
        self._entries.add(self._chat, self._occasion, self._rows(), posts)

    def _pause_after(self, error: PublishError) -> float:
        """Return the seconds to wait after a failed reading; report a refusal for good."""
        self._failures += 1
        if isinstance(error, PublishLater):
            until = (error.until - self._clock.now()) / timedelta(seconds=1)
            return max(until, self._every if error.reason is Reason.NETWORK else self._pause())
        if error.reason in (Reason.NETWORK, Reason.ANSWER_LOST):
            return self._pause()
        self._tell_once(error)
        self._hold(error.reason)
        return AFTER_REFUSAL

    def _hold(self, reason: Reason) -> None:
        """Report why the tag is not read, when the reason has changed; NONE: it is read again."""
        if reason is not self._held:
            self._held = reason
            self._report(ReadingHeld(self._chat.id, self._occasion, reason))

    def _pause(self) -> float:
        """Return the seconds until the next reading: twice as many after each failure in a row."""
        return min(LONGEST_PAUSE, self._every * 2.0 ** min(self._failures, 10))

    def _tell_once(self, error: Exception) -> None:
        """Report an error, unless it is the same as the last one."""
        if self._trouble != repr(error):
            self._trouble = repr(error)
            self._report(ServiceFailed("feed", error))
