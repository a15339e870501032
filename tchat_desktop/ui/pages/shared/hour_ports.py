"""What the pages of the chat ask of the services; every command returns at once.

The changes made by a command are reported through the signals of the bridge: `outbox_changed`,
`posts_arrived`, `posts_found`, `post_marked`, `post_removed`, `posts_taken_in`, `reading_held`,
`hour_not_begun`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
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
        """Whether the end of the hour was reported, and it was not reopened since."""

    def tell(self) -> None:
        """Report the rows and the posts again, for a screen that was just built."""

    def try_again(self) -> None:
        """Try to begin again, after what prevented it has been put right."""

    def end(self) -> None: ...
    def reopen(self) -> None: ...
    def waits_for_typing(self, post: OutboxPost) -> bool:
        """Return whether the page of a post is held back until the organiser stops typing."""

    @property
    def in_private(self) -> bool:
        """Whether the organiser is answering somebody in private."""

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
        """Publish the answer of a guest who has no account on X."""

    def write(self, text: str) -> None:
        """Publish a post that the organiser has just written."""

    def name_on_purpose(self, text: str) -> None:
        """Let a text leave although it may name a child."""

    def repost(self, post: FeedPost) -> None: ...
    def mark(self, marking: Marking) -> None: ...
    def search(self, text: str, most: int) -> None:
        """Look for the posts in which all words of a text stand; `posts_found` tells them."""

    def add_by_hand(self, post: Post) -> None: ...
    def take_in(self, found: Sequence[Post]) -> None:
        """Take in the posts of a page that was pasted."""

    def complete(self, told: Sequence[Post]) -> None:
        """Give posts that are known by their links only their texts."""

    def correct_by_hand(self, post_id: str, post: Post) -> None: ...
    def remove_by_hand(self, post_id: str) -> None: ...


class HoursPort(Protocol):
    """The hours of the chat that is open."""

    def hour(self, occasion: Occasion) -> HourPort | None:
        """Return the hour of that occasion, or None if it was not started."""

    @property
    def followed(self) -> HourPort | None:
        """The hour that another computer publishes and that is moderated here, if there is one."""

    def follow_elsewhere(self) -> None:
        """Moderate here the hour of a chat that another computer publishes."""

    def held_back(self, at: datetime) -> None:
        """Note that another computer publishes the chat since `at` (UTC)."""

    def start_rehearsal(self) -> HourPort: ...
    def start_live(self) -> HourPort: ...
    def take_over(self) -> HourPort:
        """Start the real hour of a chat copied from another computer, and return it.

        Posts that may have been published by the other computer stay in reserve.
        """
