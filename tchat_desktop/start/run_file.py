"""Posts the run sheet of a .tchat file with the keys in the keyring, and reports each step."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from tchat_desktop.adapters.awake import Awake
from tchat_desktop.adapters.posting_lock import PostingLock
from tchat_desktop.adapters.run_clock_file import RunClock, RunClockFile
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain.account_keys import AccountSeen, is_other_account
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostState, left_at
from tchat_desktop.domain.spending import spent
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.platform.logs import Redaction
from tchat_desktop.services import run
from tchat_desktop.services.clock import ScaledClock, SystemClock
from tchat_desktop.services.events import (
    HourEnded,
    HourNotBegun,
    NetworkChanged,
    OutboxChanged,
    ServiceFailed,
)
from tchat_desktop.services.ledger import Purse
from tchat_desktop.services.library import AnotherVersion, NotPosted, OpenedElsewhere
from tchat_desktop.services.ports import Clock, OutboxStore, SecretVault, StoreError
from tchat_desktop.services.run import Changes, NothingToPost, OnHold, is_settled
from tchat_desktop.start import posting
from tchat_desktop.start.data_directory import DataDirectory
from tchat_desktop.start.hours import Hours, planned
from tchat_desktop.start.network import network_rules
from tchat_desktop.wording.i18n import N_, _, format_dollars, ngettext

log = logging.getLogger(__name__)

SENT_ALL = 0
FAILED = 1
NEEDS_SOMEBODY = 3
"""Exit code when a post waits for the organiser to decide."""

LEAD = timedelta(minutes=1)
"""How long before the first post the clock of an accelerated run starts."""
TICK = 0.2
"""Real seconds between two writings of that clock to its file."""

_WHY_NOT: dict[type[NotPosted], str] = {
    OpenedElsewhere: N_(
        "This chat was open on another computer when the file was made. Open it in the app first. "
        "Nothing was posted."
    ),
    AnotherVersion: N_(
        "Another version of this chat is kept in this folder. Export it anew, or choose another "
        "folder. Nothing was posted."
    ),
    OnHold: N_(
        "Everything is on hold in this chat. Nothing was posted. Open it in the app, press "
        "“Resume”, then start this again."
    ),
    NothingToPost: N_("This chat has nothing to post yet."),
}


class RunFailed(Exception):
    """The run is not possible; the message is for the person."""


class RunFile:
    """One run of a file. `say` is called with each line, with secrets masked.

    `speed` is how much faster than real time the clock runs; None is real time. A chat whose hour
    is paused is refused, because only the window shows which posts leave on resuming. An hour that
    had gone on without keys uses them again.
    """

    def __init__(
        self,
        path: Path,
        folder: Path,
        say: Callable[[str], None],
        redaction: Redaction,
        api_url: str | None = None,
        speed: float | None = None,
        vault: SecretVault | None = None,
    ) -> None:
        self._path = path
        self._folder = folder
        self._tell_person = say
        self._clean = redaction.clean
        self._speed = speed
        self._api_url = api_url
        self._wall = SystemClock()
        self._accounts = posting.make_accounts(redaction.learn, self._wall.now, api_url, vault)
        self._events: queue.SimpleQueue[object] = queue.SimpleQueue()

    def run(self) -> int:
        """Post until no post can change state by itself any more; returns the exit code.

        Raises RunFailed, VaultError, ChatFileError, StoreError, OSError.
        """
        file = TchatFiles().read(self._path)
        if file.left_out:
            names = ", ".join(file.left_out)
            self._say(_("Left out of the file, which may not hold it: {names}").format(names=names))
        account = self._account()
        with (
            self._alone(),
            closing(DataDirectory(self._folder, self._wall, self._events.put)) as data,
        ):
            try:
                chat = data.library.bring_in_to_post(file)
                time = _RunTime(RunClockFile(self._folder, chat.id), self._wall, self._speed)
                rows = self._plan(chat, data.outbox, time)
            except NotPosted as error:
                raise RunFailed(_(_WHY_NOT[type(error)])) from error
            self._introduce(chat, account, rows)
            return self._post(chat, rows, data, time)

    def _say(self, line: str) -> None:
        self._tell_person(self._clean(line))

    # --- before the first post ---------------------------------------------------------------

    def _account(self) -> AccountSeen:
        """The account kept in the keyring. Raises RunFailed if there is none, VaultError."""
        connection = self._accounts.restore()
        if connection is None:
            raise RunFailed(
                _("No access keys are in the keyring of this computer. Connect an account first.")
            )
        return connection.account

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the right to publish. Raises RunFailed when another process has it."""
        lock = PostingLock(self._folder)
        if not lock.take():
            raise RunFailed(_("Posts are already leaving from this folder. Nothing was started."))
        try:
            yield
        finally:
            lock.release()

    def _plan(self, chat: Chat, outbox: OutboxStore, time: _RunTime) -> Sequence[OutboxPost]:
        """The rows of the hour. A chat without a date begins with the run, if that has a `speed`.

        Raises RunFailed for a chat without a date at real speed, NotPosted, StoreError.
        """
        starts_at = chat.starts_at
        if starts_at is None:
            if self._speed is None:
                raise RunFailed(_("This chat has no day yet. Nothing was posted."))
            starts_at = time.began_at
        rows = planned(chat, Occasion.LIVE, Route.KEYS, starts_at)
        return run.plan_run(chat, rows, outbox, self._wall, network_rules())

    def _introduce(self, chat: Chat, account: AccountSeen, rows: Sequence[OutboxPost]) -> None:
        """Say which chat, which account and which posts are to come."""
        to_come = [row for row in rows if row.state in run._MOVING]
        parts = [chat.topic or chat.hashtag, f"@{account.handle}"]
        if to_come:
            count = len(to_come)
            parts += [
                ngettext("{count} post to come", "{count} posts to come", count).format(
                    count=count
                ),
                f"{_stamp(to_come[0].due_at, chat)} – {_stamp(to_come[-1].due_at, chat)}",
            ]
        self._say(" · ".join(part for part in parts if part))
        if is_other_account(account, chat.account):
            self._say(_("The chat is prepared for @{handle}.").format(handle=chat.account))

    # --- the run ---------------------------------------------------------------------------

    def _post(
        self, chat: Chat, rows: Sequence[OutboxPost], data: DataDirectory, time: _RunTime
    ) -> int:
        """Post the rows of the hour; returns the exit code."""
        changes = Changes(rows)
        # Imported before the clock of an accelerated run starts, on which it would take long.
        posting.import_posting()
        time.start(rows)
        purse = Purse(data.ledger, chat.id, network_rules(), lambda: chat.spending_limit_cents)
        hours = Hours(
            data, time.clock, self._events.put, self._accounts, self._clean, self._api_url
        )
        began_at = time.began_at if self._speed is not None else None
        hour = hours.unwatched(chat, rows, purse, self._speed or 1.0, began_at)
        with Awake():
            hour.start()
            try:
                rows = self._follow(chat, time, changes)
            finally:
                time.keep()
                hour.stop()
        self._tell_money(rows, purse)
        return self._conclude(rows)

    def _follow(self, chat: Chat, time: _RunTime, changes: Changes) -> Sequence[OutboxPost]:
        """Report events until the hour is settled; returns its rows.

        Raises RunFailed, or the error of the hour, when it could not begin.
        """
        rows: Sequence[OutboxPost] = ()
        while True:
            try:
                event = self._events.get(timeout=TICK)
            except queue.Empty:
                time.keep()
                continue
            # Written before the line: after a kill the clock must not go on from before that line.
            time.keep()
            match event:
                case OutboxChanged():
                    rows = event.rows
                    for before, row in changes.among(rows):
                        self._tell(chat, before, row)
                    if is_settled(rows):
                        return rows
                case HourEnded():
                    return rows
                case HourNotBegun():
                    # This process has the right to publish, so the reason is another one.
                    raise event.error or RunFailed(_("Nothing was started."))
                case NetworkChanged():
                    found = _("X answers again") if event.reachable else _("X cannot be reached")
                    self._say(f"{_stamp(time.clock.now(), chat)}  {found}")
                case ServiceFailed():
                    log.error("%s failed: %r", event.where, event.error)
                    self._say(f"{_stamp(time.clock.now(), chat)}  {_trouble(event.error)}")

    def _tell(self, chat: Chat, before: PostState, row: OutboxPost) -> None:
        """Say a line for a post that has changed state."""
        why = ": ".join(part for part in (row.reason.value, row.detail, row.page) if part)
        change = f"{row.label:<4} {before} → {row.state}"
        at = _stamp(left_at(row, X_RULES), chat)
        self._say("  ".join(part for part in (at, change, why, row.url) if part))

    def _tell_money(self, rows: Sequence[OutboxPost], purse: Purse) -> None:
        so_far = spent(rows, purse.rules, purse.reads())
        words = _("Spent on this chat, by our count: {amount} at most, of {limit}.")
        self._say(
            words.format(
                amount=format_dollars(so_far.at_most), limit=format_dollars(purse.ceiling())
            )
        )

    def _conclude(self, rows: Sequence[OutboxPost]) -> int:
        """Say how many posts are published and how many need the organiser; the exit code."""
        sent = sum(row.state is PostState.SENT for row in rows)
        asking = sum(row.state in NEEDS_ORGANISER for row in rows)
        line = ngettext("{count} post is out.", "{count} posts are out.", sent).format(count=sent)
        if asking:
            line += " " + ngettext(
                "{count} post needs you: open the chat in the app.",
                "{count} posts need you: open the chat in the app.",
                asking,
            ).format(count=asking)
        self._say(line)
        return NEEDS_SOMEBODY if asking else SENT_ALL


class _RunTime:
    """The clock of a run: that of the computer, or one that runs at another `speed`.

    After the run was stopped or killed, the latter goes on from where it was.
    """

    def __init__(self, file: RunClockFile, wall: Clock, speed: float | None) -> None:
        self._file = file
        self._speed = speed
        self._kept = file.read() if speed is not None else None
        self.began_at = self._kept.began_at if self._kept else wall.now()
        """The real instant (UTC) at which the run first began, even if it was stopped since."""
        self.clock = wall

    def start(self, rows: Sequence[OutboxPost]) -> None:
        """Start the clock where it was last, or else `LEAD` before the first post."""
        if self._speed is not None:
            first = min(row.due_at for row in rows if row.state is not PostState.DRAFT)
            now = self._kept.now if self._kept else first - LEAD
            self.clock = ScaledClock(now, self._speed)

    def keep(self) -> None:
        """Write the time of a clock at another speed to its file."""
        if self._speed is not None:
            self._file.write(RunClock(self.clock.now(), self.began_at))


def _trouble(error: Exception) -> str:
    if isinstance(error, StoreError):
        return _("The disk does not answer. No post leaves until it does; it is tried again.")
    return _("Something unforeseen happened: the log tells what. The posts to come still leave.")


def _stamp(instant: datetime, chat: Chat) -> str:
    """An instant (UTC) in the organiser's time zone."""
    return f"{instant.astimezone(chat.zone):%Y-%m-%d %H:%M:%S}"
