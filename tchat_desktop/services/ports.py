"""What the app asks of the outside world: protocols that adapters fulfil."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from tchat_desktop.domain.account_keys import SignInProblem
from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.conversation import FeedPost, Marking, Post
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason
from tchat_desktop.domain.replanning import Replanning
from tchat_desktop.domain.spending import Reads


class Clock(Protocol):
    """The time of the chat, which a rehearsal runs faster than the wall."""

    def now(self) -> datetime:
        """The present instant, UTC."""

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Wait until `event` is set or `seconds` of this clock have passed; True when set."""


# --- storage -------------------------------------------------------------------------------


class StoreError(Exception):
    """The data could not be read or written; nothing that was saved before is lost."""


class StoreFull(StoreError):
    """The disk is full."""


class StoreReadOnly(StoreError):
    """The place of the data cannot be written."""


class StoreBusy(StoreError):
    """A post is just leaving; the data cannot be moved until it has."""


class StoreDamaged(StoreError):
    """The database is not one, or is cut short; it was set aside at `aside`, not deleted."""

    def __init__(self, aside: Path) -> None:
        super().__init__(str(aside))
        self.aside = aside


class StoreSuspect(StoreError):
    """What tells which posts are out is not as it was written: nothing may be published by it."""


class StoreNewer(StoreError):
    """The database was written by a later version of the app."""


@dataclass(frozen=True, slots=True)
class SavedChat:
    """A chat with the instant (UTC) of its last change."""

    chat: Chat
    changed_at: datetime


class ChatStore(Protocol):
    """Where chats are kept. Every method may raise StoreError."""

    def chats(self) -> Sequence[SavedChat]:
        """All chats, the last changed first."""

    def load(self, chat_id: str) -> Chat:
        """The chat of that id. Raises KeyError if there is none."""

    def save(self, chat: Chat, changed_at: datetime) -> None:
        """Write the chat; when this returns it is on disk."""

    def delete(self, chat_id: str) -> None:
        """Forget the chat, its outbox and its collected posts."""

    @property
    def damaged(self) -> Sequence[str]:
        """Ids of the chats that could not be read when they were last listed."""

    def restore(self, chat_id: str) -> bool:
        """Put a damaged chat back as its newest readable copy has it; False when none has it."""

    def back_up(self) -> object:
        """Copy everything, once a day."""


@dataclass(frozen=True, slots=True)
class HourState:
    """What the organiser decided for a whole hour, kept over a restart."""

    paused: bool = False
    without_keys: bool = False
    """Goes on by pre-filled pages although it was planned by keys."""


class OutboxStore(Protocol):
    """The rows of the outbox. Every method may raise StoreError."""

    def check(self) -> None:
        """Look whether every row is found, and is as it was written. Raises StoreSuspect."""

    def add(self, posts: Iterable[OutboxPost]) -> None:
        """Add rows; one whose (chat, occasion, slot) exists already is left as it is."""

    def rows(self, chat_id: str, occasion: Occasion) -> Sequence[OutboxPost]:
        """The rows of a chat by due instant."""

    def get(self, post_id: str) -> OutboxPost:
        """One row. Raises KeyError if there is none."""

    def move(self, post: OutboxPost, expected: PostState) -> bool:
        """Write the row, only if on disk its state is still `expected`; False if it is not.

        A row that keeps its state (another text, another instant) may be written too.
        Raises ValueError when the change of state is not allowed.
        """

    def replan(self, replanning: Replanning) -> None:
        """Write what becomes of rows as the run sheet changed: all of it, or nothing.

        A row whose state on disk is another by now stays as it is. Raises ValueError when a change
        of state is not allowed, or a row to forget was tried: what may be out is not forgotten.
        """

    def learn(self, learnt: Replanning) -> None:
        """Write what another computer made of posts (see domain.copies): all of it, or nothing.

        A row whose state on disk is another by now stays as it is. Raises ValueError for one that
        is leaving here, or is out: what is known here is not forgotten.
        """

    def tried_by_keys(self, since: datetime) -> Sequence[OutboxPost]:
        """The rows of every chat that were tried with keys, last changed at `since` or later."""

    def clear(self, chat_id: str, occasion: Occasion) -> None:
        """Forget the rows and the state of an hour (a rehearsal that starts anew)."""

    def hour_state(self, chat_id: str, occasion: Occasion) -> HourState:
        """What was kept last; as it begins when nothing was."""

    def keep_hour_state(self, chat_id: str, occasion: Occasion, state: HourState) -> None:
        """Write it; when this returns it is on disk."""


class PostStore(Protocol):
    """The collected posts of a chat and the organiser's marks. May raise StoreError."""

    @property
    def in_order(self) -> AbstractContextManager[object]:
        """Held from the disk to the report, by whoever writes and tells: what is told last stands.

        The thread that holds it may take it again.
        """

    def add(
        self, chat_id: str, occasion: Occasion, posts: Iterable[FeedPost]
    ) -> Sequence[FeedPost]:
        """Add posts; returns the ones that were new."""

    def mark(self, chat_id: str, occasion: Occasion, marking: Marking) -> bool:
        """Write one mark of a post, and nothing else of it; False if the post is not there."""

    def correct(
        self, chat_id: str, occasion: Occasion, post_id: str, post: Post, question_id: str
    ) -> FeedPost | None:
        """Put other words in the place of the post of that id; its other marks stay.

        Returns what stands there now, None if it was not there. Where there is one with the new
        id already, that one stays and the old one goes.
        """

    def remove(self, chat_id: str, occasion: Occasion, post_id: str) -> None:
        """Delete one post; no error when it was not there."""

    def all(self, chat_id: str, occasion: Occasion) -> Sequence[FeedPost]:
        """Every post, oldest first."""

    def clear(self, chat_id: str, occasion: Occasion) -> None:
        """Delete all the posts of an occasion."""


class PictureStore(Protocol):
    """The contents of the pictures shown with posts. Every method may raise StoreError."""

    def add(self, chat_id: str, content: bytes) -> str:
        """Keep the content of a picture; returns its id, the SHA-256 of it."""

    def content(self, chat_id: str, picture_id: str) -> bytes:
        """What a picture is made of. Raises KeyError if it is not kept."""

    def prune(self, chat_id: str, wanted: Collection[str]) -> None:
        """Forget the pictures of a chat but for those of the ids `wanted` and of its outbox."""


class LedgerStore(Protocol):
    """How much was read with keys, which X charges. Every method may raise StoreError."""

    def add(self, chat_id: str, day: date, reads: Reads) -> None:
        """Add to what was read for a chat on a day (UTC)."""

    def reads(self, chat_id: str) -> Reads:
        """All that was read for a chat."""


class UnsentStore(Protocol):
    """What was typed in the real hour and not handed in. Every method may raise StoreError."""

    def keep(self, chat_id: str, texts: Mapping[str, str]) -> None:
        """Keep these texts of a chat, by what each is for; those kept before go."""

    def texts(self, chat_id: str) -> Mapping[str, str]:
        """The texts of a chat, by what each is for."""


class ChatFileError(Exception):
    """A .tchat file cannot be used."""


class ChatFileDamaged(ChatFileError):
    """Empty, cut short, or not a .tchat file at all."""


class ChatFileNewer(ChatFileError):
    """Written by a later version of the app."""


class ChatFileTooLarge(ChatFileError):
    """Larger than any real chat."""


@dataclass(frozen=True, slots=True)
class ChatFile:
    """What a .tchat file holds, and what was left out when reading it."""

    chat: Chat
    posts: tuple[FeedPost, ...] = ()
    pictures: tuple[bytes, ...] = ()
    """The contents of the pictures of its posts."""
    left_out: tuple[str, ...] = ()
    """Names of fields that are not known or not allowed (such as keys)."""
    hour: tuple[OutboxPost, ...] = ()
    """The posts of the run sheet, when the chat was open as it was copied. Read from a file they
    have no ids."""
    hour_at: datetime | None = None
    """When it was copied then (UTC)."""


class ChatFiles(Protocol):
    """Reads and writes .tchat files."""

    def read(self, path: Path) -> ChatFile:
        """Raises ChatFileError, OSError."""

    def write(self, path: Path, file: ChatFile) -> None:
        """Write whole or not at all. Raises ChatFileTooLarge, OSError."""


# --- X -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Published:
    """The post is out, and X said so."""

    remote_id: str
    url: str
    note: Reason = Reason.NONE
    """What X left out of it; NONE when nothing."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The pre-filled page is open in the browser; the organiser will say when it is out."""

    page: str


class PublishError(Exception):
    """A post did not leave for certain, or its outcome is not known."""

    obstacle = Obstacle.UNKNOWN
    """What barred the way, when X could not be reached."""

    said = ""
    """X's own words about it, for the curious; `detail` is for the log."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

    def refused_for(self, reason: Reason) -> PublishRefused:
        """The same refusal, once it is known to be for good and for another reason."""
        refused = PublishRefused(reason, self.detail)
        refused.said = self.said
        return refused


class PublishRefused(PublishError):
    """Refused for good: trying again is useless."""


class PublishLater(PublishError):
    """Refused for now: may be tried again from `until` (UTC)."""

    def __init__(self, reason: Reason, until: datetime, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.until = until


class PublishUnknown(PublishError):
    """The request left; whether the post is out is not known."""


class PublishByHand(PublishError):
    """Cannot leave this way; the pre-filled page on x.com still can."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The answer to "is this post out?": `published` when found, else whether that is certain."""

    published: Published | None
    certain: bool


class Publisher(Protocol):
    """One way for a post to leave. Called on the posting thread only."""

    def publish(self, post: OutboxPost) -> Published | HandedOver:
        """Send a post, reply or repost. Raises PublishError, one of its four kinds."""

    def get_ready(self, post: OutboxPost) -> float | None:
        """Do a little of what can be done before a post is due; nothing of it is public.

        Returns the seconds after which there is more to do, None when there is nothing more.
        Raises PublishError: then it is done as the post leaves.
        """

    def look_up(self, post: OutboxPost, others: Sequence[OutboxPost]) -> LookedUp:
        """Look whether a post of unknown outcome is out. Raises PublishError.

        `others` are the rows beside it: a post of ours that is none of them may be this one, in
        words that X has changed.
        """


class PostingRight(Protocol):
    """The right to publish from the place of the data; one process at a time has it.

    May wait for the disk: never on the GUI thread.
    """

    def take(self) -> bool:
        """Whether it is ours now; False when another process has it. Raises OSError."""

    def release(self) -> None:
        """Let another process have it; no error when it is not ours."""


class TagReader(Protocol):
    """Reads what is said under the tag. Called on the feed's thread only."""

    def read(self, since_id: str) -> Sequence[Post]:
        """The posts newer than `since_id` ("" for all), oldest first. Raises PublishError."""


class Browser(Protocol):
    """Opens pages in the person's own browser."""

    def open(self, page: str) -> bool:
        """Open an https page; False when no browser could be started."""


class SecretVault(Protocol):
    """Keeps secrets in the system's keyring. Calls may block: never on the GUI thread."""

    def read(self, name: str) -> str | None:
        """The secret of that name. Raises VaultError."""

    def write(self, name: str, secret: str) -> None:
        """Keep a secret, read back to be sure. Raises VaultError."""

    def forget(self, name: str) -> None:
        """Really forget it; no error when it was not there. Raises VaultError."""


class VaultError(Exception):
    """The keyring did not do as asked; what it says holds no secret."""


class VaultMissing(VaultError):
    """There is no keyring on this computer, or it is switched off."""


class VaultLocked(VaultError):
    """It is locked, and its password was not given."""


class VaultFull(VaultError):
    """It has no room, or the secret is too long for it."""


class VaultUnsafe(VaultError):
    """It would keep secrets readable by anyone."""


class NotReached(ConnectionError):
    """X could not be reached; `obstacle` is what barred the way."""

    def __init__(self, obstacle: Obstacle, detail: str = "") -> None:
        super().__init__(f"{obstacle}: {detail}")
        self.obstacle = obstacle


class SignInError(Exception):
    """Signing in to X did not succeed; `detail` is for the log and holds no secret."""

    obstacle = Obstacle.UNKNOWN
    """What barred the way, when X could not be reached."""

    def __init__(self, problem: SignInProblem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem = problem
        self.detail = detail


Report = Callable[[object], None]
"""How a service tells what happened: called with a frozen dataclass, from any thread."""
