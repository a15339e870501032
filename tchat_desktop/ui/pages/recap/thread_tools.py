"""What the card of the thread needs from outside of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.texts import Texts
from tchat_desktop.ui.models.live_rows import LiveRows
from tchat_desktop.ui.pages.shared.pasting import PasteTools


class ThreadPort(Protocol):
    """What publishes a thread; every method returns at once (see `services/thread_posting.py`)."""

    def publish(self, chat: Chat) -> None:
        """Have all posts that are not out leave with keys, one after the other."""

    def open(self, chat: Chat, slot: str) -> None:
        """Open the pre-filled page of a post; the others wait until theirs is opened."""

    def pause(self) -> None:
        """Hold the thread."""

    def cancel(self) -> None:
        """Have no further post leave."""

    def confirm(self, post_id: str, link: str) -> None:
        """Note that the post of a row is out, at a link."""

    def not_out(self, post_id: str) -> None:
        """Note that the post of a row is not out."""

    def take_in(self, found: Sequence[Post], account: str) -> None:
        """Confirm what a page of one's own posts shows."""


@dataclass(frozen=True, slots=True)
class ThreadTools:
    """The rows of the thread, what publishes it, and what its texts are made with."""

    rows: LiveRows
    posting: Callable[[], ThreadPort]
    """Makes it when it is first asked for."""
    connected: Callable[[], bool]
    """Whether an account is connected, so that posts can leave with keys."""
    rules: NetworkRules
    """Those of the network with its prices."""
    texts_of: Callable[[str], Texts]
    pasting: PasteTools
    now: Callable[[], datetime]
