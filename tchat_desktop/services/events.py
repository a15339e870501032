"""What services report to the screens: events as frozen values, named in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import FeedPost, Marking
from tchat_desktop.domain.found_posts import SortedPosts
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import OutboxPost, Reason
from tchat_desktop.domain.pages_seen import Stretch
from tchat_desktop.domain.spending import Reads
from tchat_desktop.domain.undoing import DoneCommand, RowChange


@dataclass(frozen=True, slots=True)
class ChatSaved:
    """The chat is stored on disk as it was at `at` (UTC)."""

    chat_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SaveFailed:
    """The chat could not be stored; the app will try again. `error` is a StoreError or OSError."""

    chat_id: str
    error: Exception


@dataclass(frozen=True, slots=True)
class OutboxChanged:
    """Something in the outbox of an hour changed; `rows` are all its rows, by due instant."""

    chat_id: str
    occasion: Occasion
    rows: tuple[OutboxPost, ...]
    paused: bool
    without_keys: bool = False
    """Whether an hour planned with keys goes on with pre-filled pages."""
    keys_told: OutboxPost | None = None
    """The last row whose outcome showed whether keys work, as it was then (domain.keys_rule)."""
    held: frozenset[str] = frozenset()
    """The ids of the posts that do not leave because their text is being edited."""
    waits_for_word: bool = False
    """Whether the run sheet waits until the organiser has decided about missed posts."""
    last: DoneCommand | None = None
    """What the organiser's last command did; None before the first, and once it was undone."""
    can_undo: bool = False
    """Whether `last` can still be undone."""
    ends_at: datetime | None = None
    """When the hour ends (UTC) if the organiser has moved its announced end; None if not."""


@dataclass(frozen=True, slots=True)
class CommandUndone:
    """The organiser asked to undo the last command; `undone` says whether that was done.

    `done` is that command, None if there was none. `rows` are those of the outbox afterwards.
    """

    chat_id: str
    occasion: Occasion
    done: DoneCommand | None
    undone: bool
    rows: tuple[OutboxPost, ...]


@dataclass(frozen=True, slots=True)
class PostsArrived:
    """Posts under the tag, oldest first: new ones, and known ones whose text changed."""

    chat_id: str
    occasion: Occasion
    posts: tuple[FeedPost, ...]


@dataclass(frozen=True, slots=True)
class PostsTakenIn:
    """The posts of a page were taken in; `made` says what became of each.

    `confirmed` are the rows of the outbox, before and after, that the organiser's own posts on the
    page show to be published. In the times of `missing` other posts may have been written, which
    none of the pages showed.
    """

    chat_id: str
    occasion: Occasion
    made: SortedPosts
    confirmed: tuple[RowChange, ...] = ()
    missing: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class PostsFound:
    """The collected posts that a search found, by their ids.

    With `whole` these are all, else only the last that came.
    """

    chat_id: str
    occasion: Occasion
    search: str
    ids: frozenset[str]
    whole: bool


@dataclass(frozen=True, slots=True)
class PostRemoved:
    """A post entered by hand was removed."""

    chat_id: str
    occasion: Occasion
    post_id: str


@dataclass(frozen=True, slots=True)
class PostMarked:
    """One mark of a collected post changed; its other marks are as before."""

    chat_id: str
    occasion: Occasion
    marking: Marking


@dataclass(frozen=True, slots=True)
class PageOpened:
    """A rehearsal showed a page that the real hour would have opened in the browser."""

    chat_id: str
    page: str


@dataclass(frozen=True, slots=True)
class ReadsCounted:
    """`reads` is all that was read with keys for a chat; X charges it."""

    chat_id: str
    reads: Reads


@dataclass(frozen=True, slots=True)
class ReadingHeld:
    """The tag is no longer read, for a reason the organiser can remove; NONE: it is read again."""

    chat_id: str
    occasion: Occasion
    reason: Reason


@dataclass(frozen=True, slots=True)
class NetworkChanged:
    """Whether X can be reached changed, according to the last request."""

    reachable: bool
    obstacle: Obstacle = Obstacle.UNKNOWN
    """Why X cannot be reached, as far as that is known."""


@dataclass(frozen=True, slots=True)
class HourNotBegun:
    """An hour could not begin, so nothing is published from here.

    `error` is what prevented it; None when another process has the right to publish.
    """

    chat_id: str
    occasion: Occasion
    error: Exception | None


@dataclass(frozen=True, slots=True)
class HourTakenOver:
    """An hour that was open on another computer continues here; posts due by now are in reserve."""

    chat_id: str


@dataclass(frozen=True, slots=True)
class HourEnded:
    """No post is left to publish, and the time of the chat is over or the organiser ended it."""

    chat_id: str
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class ServiceFailed:
    """An unforeseen error happened in a service; `where` is its name."""

    where: str
    error: Exception
