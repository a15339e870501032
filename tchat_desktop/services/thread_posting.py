"""Publishes the thread that tells the recap, post by post, while its chat is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.outgoing import WAITING
from tchat_desktop.domain.thread_rows import IN_DOUBT, thread_followed
from tchat_desktop.services.events import HourNotBegun
from tchat_desktop.services.hour_parts import HourConditions, HourParts
from tchat_desktop.services.occasion_posting import OccasionPosting
from tchat_desktop.services.outbox import Outbox


class ThreadPosting(OccasionPosting["_ThreadRows"]):
    """Has its own outbox rows and posting thread; used once: `start`, commands, `stop`.

    Nothing leaves before `publish`, not even what waited when the app was closed: a thread that
    stopped half-way goes on where it stopped when the organiser asks for it. Each post waits until
    the one before is out and its id is known. Commands return at once; what comes of them is
    reported as OutboxChanged of the occasion THREAD, and HourNotBegun where another process has the
    right to publish.
    """

    def __init__(self, chat: Chat, parts: HourParts, conditions: HourConditions) -> None:
        super().__init__("thread", chat, parts, conditions, Occasion.THREAD, _ThreadRows)

    def publish(self, chat: Chat) -> None:
        """Have all posts of the thread that are not out leave with keys, one after the other."""

        def go_on() -> None:
            self._chat = chat
            self._rows.go_on(chat, Route.KEYS)

        self._later(go_on)

    def follow(self, chat: Chat) -> None:
        """Hold the thread if other people are hidden now than when it was asked to leave."""

        def hold() -> None:
            if self._begun and _who_shows(chat) != _who_shows(self._chat):
                self._chat = chat
                self._rows.pause()

        if self._worker is not None:
            self._worker.do(hold)

    def open(self, chat: Chat, slot: str) -> None:
        """Open the pre-filled page of a post now; the others wait until theirs is opened."""

        def open_page() -> None:
            self._chat = chat
            self._rows.go_on(chat, Route.ASSISTED)
            for row in self._rows.rows():
                if row.slot == slot:
                    self._rows.send_now(row.id)

        self._later(open_page)

    def pause(self) -> None:
        """Hold the thread: no further post leaves until `publish`."""
        self._later(self._rows.pause)

    def cancel(self) -> None:
        """Have no further post leave; what is out stays out."""
        self._later(self._rows.cancel)

    def confirm(self, post_id: str, link: str) -> None:
        """Note that a post is out, at `link`, which the next one answers."""

        def confirm() -> None:
            if self._rows.confirm_sent(post_id, link) is None:
                self._rows.correct_link(post_id, link)

        self._later(confirm)

    def not_out(self, post_id: str) -> None:
        """Note that a post is not out: it waits to be sent again, on purpose."""
        self._later(lambda: self._rows.not_out(post_id, again=False))

    def take_in(self, found: Sequence[Post], account: str) -> None:
        """Confirm the posts that a page shows, which was pasted; `account` is our bare name."""
        self._later(lambda: self._rows.confirm_found(found, account))

    def _later(self, command: Callable[[], object]) -> None:
        def job() -> None:
            if self._begun or self._take_up(self._hold_and_compare):
                command()
            else:
                self._report(HourNotBegun(self._chat.id, Occasion.THREAD, None))

        if self._worker is None:
            raise RuntimeError("the thread has not started")
        self._worker.do(job)

    def _hold_and_compare(self) -> None:
        self._rows.pause()
        self._confirm_from_collected()

    def _confirm_from_collected(self) -> None:
        """Confirm what is in doubt by what was read or pasted since: the own posts among it."""
        if any(row.state in IN_DOUBT for row in self._rows.rows()):
            collected = self._parts.stores.posts.all(self._chat.id, Occasion.LIVE)
            self._rows.confirm_found([item.post for item in collected], self._chat.account)


def _who_shows(chat: Chat) -> object:
    """What of a chat decides who and which posts may be shown."""
    draft = chat.recap
    return (
        chat.gone_from_x,
        draft.everybody,
        *(draft.hidden_authors, draft.initialled_authors, draft.named_authors),
        draft.masked_words,
    )


class _ThreadRows(Outbox):
    """The rows of the thread, which follow the chat and not a run sheet."""

    def go_on(self, chat: Chat, route: Route) -> None:
        """Change the rows to say what the thread says now, and end the hold."""
        with self._lock:
            replanning = thread_followed(
                chat, self._stored(), route, self._clock.now(), self._rules
            )
            self._told = None
            self._store.replan(replanning)
            self._hold(False)

    def cancel(self) -> None:
        """Put what has not left into the reserve, and hold whatever is still in doubt."""
        self.pause()
        for row in self.rows():
            if row.state in WAITING:
                self.skip(row.id)
