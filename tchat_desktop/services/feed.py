"""What is said under the tag: read now and then, kept, and marked by the organiser."""

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
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, Reason
from tchat_desktop.domain.undoing import Marked
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
"""Seconds between two readings at the most while they fail."""
AFTER_REFUSAL = 300.0
"""Seconds before trying again what X refused for good: keys may be put right meanwhile."""
LOOK_AGAIN = 5.0
"""Seconds before looking whether the organiser has raised the ceiling; that asks nothing of X."""


class Feed:
    """The posts of one hour. With no reader nothing is polled: posts are added by hand.

    `rows` gives the outbox, to know which questions are out. Methods may block on the disk: never
    on the GUI thread; they raise StoreError.
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
        self._since_id = ""
        self._failures = 0
        self._trouble = ""
        self._held = Reason.NONE
        self._stopping = False
        self._woken = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to read the tag, when there is a way to read it."""
        if self._reader is not None:
            self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
            self._thread.start()

    def stop(self, seconds: float = 5.0) -> bool:
        """End the thread after the reading under way; False if that takes longer."""
        self._stopping = True
        self._woken.set()
        if self._thread is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def read_now(self) -> None:
        """Read the tag now: what prevented it may have been put right."""
        self._woken.set()

    def follow(self, chat: Chat) -> None:
        """Go on with the chat as it was edited."""
        self._chat = chat

    def clear(self) -> None:
        """Forget every post of this hour."""
        self._posts.clear(self._chat.id, self._occasion)

    def add_by_hand(self, post: Post) -> None:
        """Add a post the organiser pasted the link of."""
        self._keep([post])

    def correct(self, post_id: str, post: Post) -> None:
        """Put another post in the place of one that was added by hand."""
        self._entries.correct(self._chat, self._occasion, self._rows(), post_id, post)

    def remove(self, post_id: str) -> None:
        """Take out a post that was added by hand."""
        self._entries.remove(self._chat, self._occasion, post_id)

    def mark(self, marking: Marking) -> Marked | None:
        """Keep one of the organiser's marks of a post; None if it has it already, or is gone."""
        with self._posts.in_order:
            before = self._find(marking.post_id)
            if before is None or marking.on(before) == before:
                return None
            self._entries.mark(self._chat.id, self._occasion, marking)
            return Marked(before, marking)

    def unmark(self, marked: Marked) -> bool:
        """Take a mark back; False if the post is gone, or was marked otherwise since."""
        with self._posts.in_order:
            post = self._find(marked.made.post_id)
            if post is None or not marked.still_on(post):
                return False
            self._entries.mark(self._chat.id, self._occasion, marked.back)
            return True

    def _find(self, post_id: str) -> FeedPost | None:
        posts = self._posts.all(self._chat.id, self._occasion)
        return next((one for one in posts if one.post.id == post_id), None)

    def tell_posts(self) -> None:
        """Report every post kept, for a screen that was built meanwhile."""
        self._entries.tell(self._chat.id, self._occasion)

    def tell(self) -> None:
        """Report again why the tag is not read, for a screen that was built meanwhile."""
        if self._held is not Reason.NONE:
            self._report(ReadingHeld(self._chat.id, self._occasion, self._held))

    def poll(self) -> float:
        """Read the tag once; the seconds until the next reading. Raises StoreError."""
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
            # Only once they are on disk: what could not be kept is read again.
            self._since_id = newest_id(posts[-1], self._rules)
        return self._every

    def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            try:
                seconds = self.poll()
            except Exception as error:
                # The feed outlives whatever a reading or the disk can raise.
                self._tell_once(error)
                self._failures += 1
                seconds = self._pause()
            if not self._stopping:
                self._clock.wait(self._woken, seconds)

    def _keep(self, posts: Iterable[Post]) -> None:
        self._entries.add(self._chat, self._occasion, self._rows(), posts)

    def _pause_after(self, error: PublishError) -> float:
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
        if reason is not self._held:
            self._held = reason
            self._report(ReadingHeld(self._chat.id, self._occasion, reason))

    def _pause(self) -> float:
        """Seconds until the next reading: more after each failure in a row."""
        return min(LONGEST_PAUSE, self._every * 2.0 ** min(self._failures, 10))

    def _tell_once(self, error: Exception) -> None:
        if self._trouble != repr(error):
            self._trouble = repr(error)
            self._report(ServiceFailed("feed", error))
