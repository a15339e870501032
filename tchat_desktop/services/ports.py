"""The protocols through which services reach the outside world; adapters implement them.

Methods that wait for the disk, the network or the keyring are never called on the GUI thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from tchat_desktop.domain.account_keys import SignInProblem
from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.conversation import FeedPost, Marking, Post
from tchat_desktop.domain.forgetting import Erased, KnownPerson
from tchat_desktop.domain.found_posts import FoundPosts
from tchat_desktop.domain.new_version import NewVersion
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason
from tchat_desktop.domain.replanning import Replanning
from tchat_desktop.domain.shared_hour import SharedHour
from tchat_desktop.domain.spending import Reads


class Clock(Protocol):
    """The clock of the chat, which a rehearsal may run faster than real time."""

    def now(self) -> datetime:
        """The present instant in UTC."""

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Wait until `event` is set or `seconds` of this clock have passed; True when set."""


# --- storage -------------------------------------------------------------------------------


class StoreError(Exception):
    """The data could not be read or written; what was saved before is not lost."""


class StoreFull(StoreError):
    """The disk is full."""


class StoreReadOnly(StoreError):
    """The data directory cannot be written to."""


class StoreBusy(StoreError):
    """The data cannot be moved while a post is being sent."""


class StoreDamaged(StoreError):
    """The database file is not valid or is cut short; it was moved to `aside`, not deleted."""

    def __init__(self, aside: Path) -> None:
        super().__init__(str(aside))
        self.aside = aside


class StoreSuspect(StoreError):
    """The outbox is not as it was written, so it does not tell what may be published safely."""


class StoreNewer(StoreError):
    """The database was written by a later version of the app."""


@dataclass(frozen=True, slots=True)
class SavedChat:
    """A chat with the instant of its last change (UTC)."""

    chat: Chat
    changed_at: datetime


class ChatStore(Protocol):
    """Stores chats. Every method may raise StoreError."""

    def chats(self) -> Sequence[SavedChat]:
        """All chats, the last changed first."""

    def load(self, chat_id: str) -> Chat:
        """The chat of that id. Raises KeyError if there is none."""

    def save(self, chat: Chat, changed_at: datetime) -> None:
        """Write the chat, changed at an instant in UTC; when this returns it is on disk."""

    @property
    def damaged(self) -> Sequence[str]:
        """Ids of the chats that could not be read when they were last listed."""

    def restore(self, chat_id: str) -> bool:
        """Restore a damaged chat from its newest readable backup; False when none has it."""

    def back_up(self) -> object:
        """Back everything up, unless that was done today already."""


@dataclass(frozen=True, slots=True)
class HourState:
    """What the organiser decided for a whole hour; it is stored, so that a restart keeps it."""

    paused: bool = False
    without_keys: bool = False
    """The hour goes on by pre-filled pages although it was planned with keys."""
    ends_at: datetime | None = None
    """When the hour ends instead of `announced` (UTC); None: as announced."""
    announced: datetime | None = None
    """The end of the hour (UTC) when `ends_at` was decided; with another one it does not hold."""


class OutboxStore(Protocol):
    """Stores the rows of the outbox. Every method may raise StoreError."""

    def check(self) -> None:
        """Check that every row is there and is as it was written. Raises StoreSuspect."""

    def add(self, posts: Iterable[OutboxPost]) -> None:
        """Add rows; a row whose (chat, occasion, slot) is stored already is left as it is."""

    def rows(self, chat_id: str, occasion: Occasion) -> Sequence[OutboxPost]:
        """The rows of a chat, ordered by due instant."""

    def get(self, post_id: str) -> OutboxPost:
        """One row. Raises KeyError if there is none."""

    def move(self, post: OutboxPost, expected: PostState) -> bool:
        """Write a row if its state on disk is still `expected`; False, with nothing done, if not.

        The row may also keep its state and change in text, time and the like. Raises ValueError
        when the change of state is not in `outgoing.ALLOWED`.
        """

    def replan(self, replanning: Replanning) -> None:
        """Write the changes of a changed run sheet in one transaction.

        A row whose state on disk has changed meanwhile stays as it is. Raises ValueError when a
        change of state is not allowed, or a row to remove was tried, since it may be published.
        """

    def learn(self, learnt: Replanning) -> None:
        """Write what another computer did with posts (domain.copies) in one transaction.

        A row whose state on disk has changed meanwhile stays as it is. Raises ValueError for a row
        that is being sent, or was sent, from here.
        """

    def tried_by_keys(self, since: datetime) -> Sequence[OutboxPost]:
        """The rows of all chats that were tried with keys and changed at `since` (UTC) or later."""

    def clear(self, chat_id: str, occasion: Occasion) -> None:
        """Delete the rows and the state of an hour, for a rehearsal that starts anew."""

    def hour_state(self, chat_id: str, occasion: Occasion) -> HourState:
        """The stored state of an hour, or the default if none was stored."""

    def keep_hour_state(self, chat_id: str, occasion: Occasion, state: HourState) -> None:
        """Write the state of an hour; when this returns it is on disk."""


class PostStore(Protocol):
    """Stores the collected posts of chats with the organiser's marks. May raise StoreError."""

    @property
    def in_order(self) -> AbstractContextManager[object]:
        """A reentrant lock to hold while writing and reporting, so that reports come in order."""

    def add(
        self, chat_id: str, occasion: Occasion, posts: Iterable[FeedPost]
    ) -> Sequence[FeedPost]:
        """Add posts that are not stored yet; returns those that were new."""

    def mark(self, chat_id: str, occasion: Occasion, marking: Marking) -> bool:
        """Write one mark of a post, and nothing else; False if the post is not there."""

    def correct(
        self, chat_id: str, occasion: Occasion, post_id: str, post: Post, question_id: str
    ) -> FeedPost | None:
        """Replace the post of an id by `post`, under another question; the marks stay.

        Returns the stored post, None if there was none of that id. If a post with the new id is
        stored already, that one stays and the old one is deleted.
        """

    def complete(
        self, chat_id: str, occasion: Occasion, posts: Iterable[Post]
    ) -> Sequence[FeedPost]:
        """Give stored posts other contents, in one transaction; every mark and question stays.

        Returns the stored posts; those that are not there are passed over.
        """

    def remove(self, chat_id: str, occasion: Occasion, *post_ids: str) -> None:
        """Delete posts in one transaction; no error for one that was not there."""

    def find(self, chat_id: str, occasion: Occasion, post_id: str) -> FeedPost | None:
        """One post, None when it is not stored."""

    def search(
        self, chat_id: str, occasion: Occasion, words: Sequence[str], most: int
    ) -> Sequence[str]:
        """The ids of the posts in which all of the folded words stand, as parts of words too.

        The words are looked for in the text, the name and the @name of the author; the last added
        come first, at most `most` of them.
        """

    def all(self, chat_id: str, occasion: Occasion) -> Sequence[FeedPost]:
        """Every post, oldest first."""

    def clear(self, chat_id: str, occasion: Occasion) -> None:
        """Delete all the posts of an occasion."""


class PictureStore(Protocol):
    """Stores the contents of the pictures shown with posts. Every method may raise StoreError."""

    def add(self, chat_id: str, content: bytes) -> str:
        """Store the content of a picture; returns its id, which is its SHA-256 in hexadecimal."""

    def content(self, chat_id: str, picture_id: str) -> bytes:
        """The content of a picture. Raises KeyError if it is not stored."""

    def prune(self, chat_id: str, wanted: Collection[str]) -> None:
        """Delete the pictures of a chat whose ids are neither `wanted` nor in its outbox."""


class LedgerStore(Protocol):
    """Stores how much was read through the API, which X charges. May raise StoreError."""

    def add(self, chat_id: str, day: date, reads: Reads) -> None:
        """Add to the amounts read for a chat on a day (UTC)."""

    def reads(self, chat_id: str) -> Reads:
        """The amounts read for a chat on all days together."""


class UnsentStore(Protocol):
    """Stores texts that were typed during the real hour and not sent. May raise StoreError."""

    def keep(self, chat_id: str, texts: Mapping[str, str]) -> None:
        """Replace the stored texts of a chat; the keys tell which field each is of."""

    def texts(self, chat_id: str) -> Mapping[str, str]:
        """The stored texts of a chat, by the field each is of."""


@dataclass(frozen=True, slots=True)
class CopiesDone:
    """What became of the copies of the data when something was erased for good."""

    rewritten: int = 0
    removed: int = 0
    """Backups that could not be read, and so could restore nothing either."""
    left: tuple[Path, ...] = ()
    """Damaged files that were set aside and cannot be read: they are as they were."""


class Eraser(Protocol):
    """Takes something out of the data and out of every copy of them, for good.

    Its methods wait for the disk, for long where there is much; every one may raise StoreError.
    """

    def people(self, said: str) -> Sequence[KnownPerson]:
        """Everybody of whom something is kept, and who bears what is said in a name or account."""

    def forget(self, person: KnownPerson) -> tuple[Erased, CopiesDone]:
        """Take a person out of all chats."""

    def forget_chat(self, chat_id: str) -> CopiesDone:
        """Take out a chat with everything that belongs to it."""


class KeptKind(StrEnum):
    """The kinds of files that the app keeps."""

    CHATS = "chats"
    BACKUPS = "backups"
    SET_ASIDE = "set_aside"
    TEXTS = "texts"
    LOGS = "logs"
    CRASHES = "crashes"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """The files of one kind, as they are on the disk."""

    kind: KeptKind
    paths: tuple[Path, ...]
    bytes: int


class KeptFolder(Protocol):
    """The files that the app keeps. Its methods wait for the disk and may raise OSError."""

    @property
    def path(self) -> Path:
        """The folder of the chats."""

    def files(self) -> Sequence[KeptFiles]:
        """What is there, kind by kind; nothing of a kind of which there is nothing."""

    def remove(self, kind: KeptKind) -> None:
        """Delete the files of a kind that no chat needs."""

    def forget_lines(self, names: Callable[[str], bool]) -> None:
        """Take the lines for which `names` is true out of what was written down of errors."""

    def forget_texts(self, mask: Callable[[str], str]) -> None:
        """Mask the kept texts."""


class FileInUse(PermissionError):
    """The file cannot be replaced: another program has it open. It is as it was."""


class ChatFileError(Exception):
    """A .tchat file cannot be used."""


class ChatFileDamaged(ChatFileError):
    """The file is empty, cut short, or not a .tchat file at all."""


class ChatFileNewer(ChatFileError):
    """The file was written by a later version of the app."""


class ChatFileTooLarge(ChatFileError):
    """The file is larger than that of any real chat."""


class TakingStopped(Exception):
    """The person stopped what was being written; nothing of it is there."""


class SharedFileError(Exception):
    """The file of another computer cannot be taken in; nothing was changed."""


class SharedFileDamaged(SharedFileError):
    """The file is empty, cut short, too large, or not such a file at all."""


class SharedFileNewer(SharedFileError):
    """The file was written by a later version of the app."""


class OfAnotherChat(SharedFileError):
    """The file is of another chat; its message is the topic of that one."""


class ClockAhead(SharedFileError):
    """The file is from a time to come: a clock is wrong, and would win against every other."""


class SharedFiles(Protocol):
    """Reads and writes the files by which two computers share an hour."""

    def read(self, path: Path, chat: Chat, now: datetime) -> SharedHour:
        """What a file tells of that chat. Raises SharedFileError, OSError."""

    def write(self, path: Path, chat: Chat, shared: SharedHour) -> None:
        """Write a file completely or not at all. Raises OSError."""

    def as_told(
        self, posts: Iterable[FeedPost], rows: Iterable[OutboxPost]
    ) -> tuple[tuple[FeedPost, ...], tuple[OutboxPost, ...]]:
        """Posts and rows that are here, in the form in which `read` would give them back."""


class SharedStore(Protocol):
    """Stores what was shared of the hour of a chat. Every method may raise StoreError."""

    def shared(self, chat: Chat) -> SharedHour | None:
        """What is shared; None before anything was, or where it cannot be read."""

    def keep(self, chat: Chat, shared: SharedHour) -> None:
        """Replace what is shared."""

    def followed(self, chat_id: str) -> str:
        """The path of the file that is followed; "" for none."""

    def follow(self, chat: Chat, path: str) -> None:
        """Follow a file from now on; "" for none."""


class ListFormatUnknown(ValueError):
    """A file of questions is of a kind that is not read; its message is the ending, "" for none."""


class ListUnreadable(ValueError):
    """A file of questions is damaged, too large, or has no text."""


class PageUnreadable(ValueError):
    """A file is no saved page of posts; its message is the ending, "" for none."""


@dataclass(frozen=True, slots=True)
class ChatFile:
    """The content of a .tchat file, and what was left out when reading it."""

    chat: Chat
    posts: tuple[FeedPost, ...] = ()
    pictures: tuple[bytes, ...] = ()
    """The contents of the pictures shown with its posts."""
    left_out: tuple[str, ...] = ()
    """Names of the fields that are not known or not allowed (such as keys)."""
    hour: tuple[OutboxPost, ...] = ()
    """The outbox rows of the run sheet, if the hour was open; read from a file they have no ids."""
    hour_at: datetime | None = None
    """When the file was made (UTC), if the hour was open; else None."""


class ChatFiles(Protocol):
    """Reads and writes .tchat files."""

    def read(self, path: Path) -> ChatFile:
        """The content of a file. Raises ChatFileError, OSError."""

    def write(self, path: Path, file: ChatFile) -> None:
        """Write a file completely or not at all. Raises ChatFileTooLarge, OSError."""


# --- X -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Published:
    """The post is published, as X confirmed. `remote_id` is its id on X."""

    remote_id: str
    url: str
    note: Reason = Reason.NONE
    """What X left out of the post; NONE when it took all."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The pre-filled page is open in the browser; the organiser will say when it is published."""

    page: str


class PublishError(Exception):
    """A post was certainly not published, or (PublishUnknown) it is not known whether it was."""

    obstacle = Obstacle.UNKNOWN
    """Why X could not be reached, as far as that is known."""

    said = ""
    """X's own words about it, to show to the organiser; `detail` is for the log."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

    def refused_for(self, reason: Reason) -> PublishRefused:
        """This error as a PublishRefused, for another reason that has become known."""
        refused = PublishRefused(reason, self.detail)
        refused.said = self.said
        return refused


class PublishRefused(PublishError):
    """The post was refused, and would be again."""


class PublishLater(PublishError):
    """The post was not published but may be tried again from `until` (UTC)."""

    def __init__(self, reason: Reason, until: datetime, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.until = until


class PublishUnknown(PublishError):
    """The request left, and it is not known whether the post is published."""


class PublishByHand(PublishError):
    """The post cannot be published with the keys, but still by the pre-filled page of x.com."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The outcome of looking for a post: `published` if it was found.

    If it was not, `certain` tells whether it is certainly not published.
    """

    published: Published | None
    certain: bool


class Publisher(Protocol):
    """One route by which posts are published. Called on the posting thread only."""

    def publish(self, post: OutboxPost) -> Published | HandedOver:
        """Publish a post, reply or repost. Raises PublishError, one of its four kinds."""

    def get_ready(self, post: OutboxPost) -> float | None:
        """Do one step of what can be prepared before a post is due; nothing of it is public.

        Returns the seconds until the next step, None when there is none. Raises PublishError; the
        preparation is then done when the post leaves.
        """

    def look_up(self, post: OutboxPost, others: Sequence[OutboxPost]) -> LookedUp:
        """Look whether a post of unknown outcome is published. Raises PublishError.

        `others` are the other rows of the outbox: a post of the account that matches none of them
        may be this one, if X has changed its text.
        """


class PostingRight(Protocol):
    """The right to publish from a data directory, which one process at a time has.

    Its methods may wait for the disk: never call them on the GUI thread.
    """

    def take(self) -> bool:
        """Take the right; False when another process has it. Raises OSError."""

    def release(self) -> None:
        """Give the right back; no error when it was not taken."""


class TagReader(Protocol):
    """Reads the posts under a tag. Called on the feed's thread only."""

    def read(self, since_id: str) -> Sequence[Post]:
        """The posts newer than `since_id` ("" for all), oldest first. Raises PublishError."""


class PostPages(Protocol):
    """Finds the posts in what was copied from a page of the network, or saved."""

    def is_page(self, markup: bytes, text: str) -> bool:
        """Whether a copy is clearly a page with several posts; told at once, as a field asks it."""

    def copied(self, markup: bytes, text: str) -> FoundPosts:
        """The posts in a copied page, b"" for none, and in the plain text of the same."""

    def saved(self, path: Path) -> FoundPosts:
        """The posts in a file. Raises PageUnreadable, OSError."""


class PostTexts(Protocol):
    """Tells what a post says that is known by its link only."""

    def told(self, post: Post) -> Post:
        """The post with its author and text; waits for the network.

        Raises LookupError for a post that is deleted or not public, NotReached.
        """


class PostChecks(Protocol):
    """Tells how posts are on the network now, after they were collected."""

    @property
    def at_once(self) -> int:
        """How many posts are asked about in one request."""

    @property
    def pause(self) -> float:
        """The seconds to leave between two requests."""

    @property
    def by_keys(self) -> bool:
        """Whether keys are used, so that it costs something and its answers are certain."""

    def told(self, posts: Sequence[Post]) -> Mapping[str, Post | None]:
        """Each post as it is now, by its id; None for one that is not public any more.

        A post of which nothing is told is left out. It waits for the network. Raises NotReached,
        PublishError.
        """


class Browser(Protocol):
    """Opens pages in the default browser of the person."""

    def open(self, page: str) -> bool:
        """Open an https page; False when no browser could be started."""


class VersionSource(Protocol):
    """Tells which version of the app is the newest."""

    @property
    def host(self) -> str:
        """The host that is asked."""

    def newest(self) -> NewVersion:
        """The newest version; waits for the network. Raises VersionNotLearned."""


class VersionNotLearned(Exception):
    """Which version is the newest could not be learned; the message is for the log."""


class SecretVault(Protocol):
    """Keeps secrets in the system's keyring. Calls may block: never use it on the GUI thread."""

    def read(self, name: str) -> str | None:
        """The secret of that name, None if there is none. Raises VaultError."""

    def write(self, name: str, secret: str) -> None:
        """Store a secret, and read it back to be sure. Raises VaultError."""

    def forget(self, name: str) -> None:
        """Delete a secret; no error when it was not there. Raises VaultError."""


class VaultError(Exception):
    """The keyring failed; the message holds no secret."""


class VaultMissing(VaultError):
    """There is no keyring on this computer, or it is switched off."""


class VaultLocked(VaultError):
    """The keyring is locked, and its password was not given."""


class VaultFull(VaultError):
    """The keyring has no room, or the secret is too long for it."""


class VaultUnsafe(VaultError):
    """The keyring would keep secrets unencrypted."""


class NotReached(ConnectionError):
    """X could not be reached; `obstacle` tells why, as far as that is known."""

    def __init__(self, obstacle: Obstacle, detail: str = "") -> None:
        super().__init__(f"{obstacle}: {detail}")
        self.obstacle = obstacle


class SignInError(Exception):
    """Signing in to X failed; `detail` is for the log and holds no secret."""

    obstacle = Obstacle.UNKNOWN
    """Why X could not be reached, as far as that is known."""

    def __init__(self, problem: SignInProblem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem = problem
        self.detail = detail


Report = Callable[[object], None]
"""Called by services, on any thread, with an event (a frozen dataclass of services.events)."""
