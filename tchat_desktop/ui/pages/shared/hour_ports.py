"""What the pages of the hour ask of the services; each command returns at once.

What a command changed is told through the bridge: `outbox_changed`, `posts_arrived`, `post_marked`,
`post_removed`, `reading_held`, `hour_not_begun`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Concatenate, ParamSpec, Protocol

from tchat_desktop.domain.chat import Chat, Occasion, Person
from tchat_desktop.domain.conversation import FeedPost, Marking, Post
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import Clock

P = ParamSpec("P")


class HourPort(Protocol):
    """One hour, real or rehearsed, from its first post to its last."""

    @property
    def chat(self) -> Chat: ...
    @property
    def occasion(self) -> Occasion: ...
    @property
    def planned(self) -> Sequence[OutboxPost]: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def is_over(self) -> bool:
        """Whether its end was reported, and it was not gone on with since."""

    def tell(self) -> None:
        """Report the rows and the posts again, for a screen that was built meanwhile."""

    def try_again(self) -> None:
        """Begin after all, once what hindered it is over."""

    def end(self) -> None: ...
    def reopen(self) -> None: ...
    def waits_for_typing(self, post: OutboxPost) -> bool:
        """Whether its page waits until the organiser has finished typing."""

    @property
    def in_private(self) -> bool:
        """Whether a private answer is under way."""

    def do(
        self, command: Callable[Concatenate[Outbox, P], object], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Carry out a command of the outbox: `do(Outbox.skip, post_id)`."""

    def go_on_without_keys(self) -> None: ...
    def go_on_with_keys(self) -> None: ...
    def read_now(self) -> None: ...
    def undo(self) -> None: ...
    def publish_early(self, slot: str) -> None: ...
    def reply(self, post: FeedPost, text: str) -> None: ...
    def answer_for(self, guest: Person, question_id: str, text: str) -> None:
        """Publish what a guest without an account on X answered."""

    def repost(self, post: FeedPost) -> None: ...
    def mark(self, marking: Marking) -> None: ...
    def add_by_hand(self, post: Post) -> None: ...
    def correct_by_hand(self, post_id: str, post: Post) -> None: ...
    def remove_by_hand(self, post_id: str) -> None: ...


class HoursPort(Protocol):
    """The hours of the chat that is open."""

    def hour(self, occasion: Occasion) -> HourPort | None:
        """The hour of that occasion, if it was started."""

    def start_rehearsal(self) -> HourPort: ...
    def start_live(self) -> HourPort: ...
    def take_over(self) -> HourPort:
        """Start the real hour of a copy; what may be out from elsewhere stays in reserve."""
