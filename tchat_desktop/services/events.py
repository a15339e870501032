"""What services report: past-tense facts as frozen values, handed to the screens by the bridge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import FeedPost, Marking
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import OutboxPost, Reason
from tchat_desktop.domain.spending import Reads
from tchat_desktop.domain.undoing import DoneCommand


@dataclass(frozen=True, slots=True)
class ChatSaved:
    """The chat is on disk as it was at `at` (UTC)."""

    chat_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SaveFailed:
    """The chat could not be written; it will be tried again. `error` is a StoreError or OSError."""

    chat_id: str
    error: Exception


@dataclass(frozen=True, slots=True)
class OutboxChanged:
    """The outbox of an hour, whole, after a change; by due instant."""

    chat_id: str
    occasion: Occasion
    rows: tuple[OutboxPost, ...]
    paused: bool
    without_keys: bool = False
    """Whether an hour with keys goes on by pre-filled pages."""
    keys_told: OutboxPost | None = None
    """The row that told of the keys last, as it was then: see `domain.keys_rule`."""
    held: frozenset[str] = frozenset()
    """The ids of the posts that do not leave because somebody is changing them."""
    waits_for_word: bool = False
    """Whether the run sheet waits for what the organiser makes of the posts missed."""
    last: DoneCommand | None = None
    """What the organiser's last command did; None before the first, and once it was undone."""
    can_undo: bool = False
    """Whether that can still be taken back."""


@dataclass(frozen=True, slots=True)
class CommandUndone:
    """The organiser asked to undo the last command: `done`, None without one; `undone` if it was.

    `rows` are those of the outbox afterwards.
    """

    chat_id: str
    occasion: Occasion
    done: DoneCommand | None
    undone: bool
    rows: tuple[OutboxPost, ...]


@dataclass(frozen=True, slots=True)
class PostsArrived:
    """Posts under the tag, oldest first: new ones, and known ones whose words changed."""

    chat_id: str
    occasion: Occasion
    posts: tuple[FeedPost, ...]


@dataclass(frozen=True, slots=True)
class PostRemoved:
    """A post entered by hand was taken out again."""

    chat_id: str
    occasion: Occasion
    post_id: str


@dataclass(frozen=True, slots=True)
class PostMarked:
    """A collected post has another mark than before; nothing is said of its others."""

    chat_id: str
    occasion: Occasion
    marking: Marking


@dataclass(frozen=True, slots=True)
class PageOpened:
    """In a rehearsal, a page that the real hour would have opened in the browser."""

    chat_id: str
    page: str


@dataclass(frozen=True, slots=True)
class ReadsCounted:
    """All that was read for a chat with keys, which X charges."""

    chat_id: str
    reads: Reads


@dataclass(frozen=True, slots=True)
class ReadingHeld:
    """The tag is no longer read, for a reason the organiser can put right; NONE: it is again."""

    chat_id: str
    occasion: Occasion
    reason: Reason


@dataclass(frozen=True, slots=True)
class NetworkChanged:
    """Whether X can be reached, as seen by the last thing tried."""

    reachable: bool
    obstacle: Obstacle = Obstacle.UNKNOWN
    """What bars the way while it cannot, as far as that is known."""


@dataclass(frozen=True, slots=True)
class HourNotBegun:
    """Nothing leaves from here: the data refused (`error`), or another process has the right."""

    chat_id: str
    occasion: Occasion
    error: Exception | None


@dataclass(frozen=True, slots=True)
class HourTakenOver:
    """An hour that was open on another computer goes on here: what may be out is set aside."""

    chat_id: str


@dataclass(frozen=True, slots=True)
class HourEnded:
    """Nothing is left to post, and the time of the chat is over (or it was stopped)."""

    chat_id: str
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class ServiceFailed:
    """Something no service foresaw; `where` names the service, `error` says what."""

    where: str
    error: Exception
