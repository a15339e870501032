"""Shares an hour with another computer through a file: in a shared folder, or on a USB stick."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.chat import Chat, Occasion, new_id
from tchat_desktop.domain.copies import learnt
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.shared_hour import (
    Laptop,
    News,
    SharedHour,
    introduced,
    merged,
    news,
    noted,
    with_rows,
)
from tchat_desktop.services.entries import Entries
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.services.hour_parts import HourStores
from tchat_desktop.services.ports import Report, SharedFiles, SharedStore

LIVE = Occasion.LIVE


@dataclass(frozen=True, slots=True)
class HereNow:
    """How the chat stands on this computer when it is shared."""

    chat: Chat
    computer_id: str
    computer: Laptop


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a look at the file of the others."""

    told: News
    publisher: str
    """The name of the computer that publishes, other than this one; "" for none."""
    published_at: datetime | None
    """When that one said so (UTC), as far as it did and this one does not publish."""
    both_publish: bool = False
    """Whether another computer began to publish beside this one: posts would leave twice."""


class _SeenFile(NamedTuple):
    """By what a file is known to be as it was, without reading it."""

    path: str
    changed: int
    size: int
    number: int


class CoHosting:
    """Merges what was done on two computers. It waits for the disk: never use it on the GUI thread.

    Every method may raise StoreError, and those with a path OSError and SharedFileError; then
    nothing of the file was taken in.
    """

    def __init__(
        self,
        stores: HourStores,
        kept: SharedStore,
        files: SharedFiles,
        report: Report,
        rules: NetworkRules,
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._kept = kept
        self._files = files
        self._report = report
        self._entries = Entries(stores.posts, report, rules)
        self._now = now
        self._seen: _SeenFile | None = None
        """The file as it was looked at last."""

    def save(self, path: Path, here: HereNow) -> None:
        """Write a file with all that is known here, for the other computer to take in."""
        with self._stores.posts.in_order:
            shared = self._as_here(here)
            self._kept.keep(here.chat, shared)
        self._files.write(path, here.chat, shared)

    def take(self, path: Path, here: HereNow) -> TakenIn:
        """Take in the file of another computer."""
        return self._merge(self._files.read(path, here.chat, self._now()), here)

    def known(self, here: HereNow) -> tuple[str, str]:
        """The path of the file that is followed, and who publishes elsewhere; "" for neither."""
        shared = self._kept.shared(here.chat)
        publisher = shared.publisher(but=here.computer_id) if shared is not None else None
        return self._kept.followed(here.chat.id), publisher.value.name if publisher else ""

    def follow(self, chat: Chat, path: str) -> None:
        """Follow a file from now on; "" for none."""
        self._seen = None
        self._kept.follow(chat, path)

    def look(self, path: Path, here: HereNow, changed: bool) -> TakenIn | None:
        """Take in what is new in a file that is followed, and write to it what is new here.

        None if the file is as it was and nothing was `changed` here. A file that is not there is
        written; both computers may write to the same one, as each writes again what was lost.
        """
        seen = _stamp_of(path)
        if seen is not None and seen == self._seen and not changed:
            return None
        if seen is None:
            self.save(path, here)
            self._seen = _stamp_of(path)
            return None
        there = self._files.read(path, here.chat, self._now())
        taken = self._merge(there, here)
        with self._stores.posts.in_order:
            shared = self._as_here(here)
        if merged(there, shared) != there:
            self._files.write(path, here.chat, shared)
            seen = _stamp_of(path)
        self._seen = seen
        return taken

    def _as_here(self, here: HereNow) -> SharedHour:
        """What is shared, with all that was changed here since."""
        chat, by, now = here.chat, here.computer_id, self._now()
        shared = self._kept.shared(chat) or SharedHour(chat.id)
        rows = self._stores.outbox.rows(chat.id, LIVE) if here.computer.publishes else ()
        posts, told = self._files.as_told(self._stores.posts.all(chat.id, LIVE), rows)
        shared = noted(shared, posts, chat.recap.hidden_authors, by, now)
        computer = here.computer
        if computer.publishes:
            shared = with_rows(shared, told, by, now)
            computer = replace(computer, ends_at=self._moved_end(chat))
        return introduced(shared, computer, by, now)

    def _moved_end(self, chat: Chat) -> datetime | None:
        state = self._stores.outbox.hour_state(chat.id, LIVE)
        return state.ends_at if state.announced == chat.ends_at else None

    def _merge(self, there: SharedHour, here: HereNow) -> TakenIn:
        # Nobody may mark a post between the comparison and the writing.
        with self._stores.posts.in_order:
            mine = self._as_here(here)
            shared = merged(mine, there)
            told = news(mine, shared)
            self._entries.take(here.chat.id, LIVE, told)
            self._kept.keep(here.chat, shared)
        publisher = shared.publisher(but=here.computer_id)
        follows = publisher is not None and not here.computer.publishes
        if follows and shared.rows is not None and shared.rows.by != here.computer_id:
            self._learn(shared, publisher.value.ends_at if publisher else None, here.chat)
        # What one that was switched off said before this one took over counts no more.
        known = mine.publisher(but=here.computer_id)
        mine_at = shared.computers[here.computer_id].at
        anew = publisher is not None and (known is None or publisher.at > mine_at)
        return TakenIn(
            told,
            publisher.value.name if publisher else "",
            publisher.at if publisher and follows else None,
            both_publish=anew and here.computer.publishes,
        )

    def _learn(self, shared: SharedHour, ends_at: datetime | None, chat: Chat) -> None:
        """Take over what the computer that publishes tells of its run sheet and of its end."""
        assert shared.rows is not None
        here = self._stores.outbox.rows(chat.id, LIVE)
        told = learnt(
            here, (replace(row, id=new_id(), chat_id=chat.id) for row in shared.rows.value)
        )
        moved = ends_at != self._moved_end(chat)
        if moved:
            state = self._stores.outbox.hour_state(chat.id, LIVE)
            kept = replace(state, ends_at=ends_at, announced=chat.ends_at)
            self._stores.outbox.keep_hour_state(chat.id, LIVE, kept)
        if told.changed or told.added:
            self._stores.outbox.learn(told)
        if told.changed or told.added or moved:
            rows = tuple(self._stores.outbox.rows(chat.id, LIVE))
            self._report(OutboxChanged(chat.id, LIVE, rows, paused=False, ends_at=ends_at))


def hidden_with(handles: Collection[str], told: News) -> tuple[str, ...]:
    """The authors who are hidden, after what came from another computer."""
    kept = [one for one in handles if comparable_handle(one) not in told.shown]
    known = {comparable_handle(one) for one in kept}
    return (*kept, *(one for one in told.hidden if one not in known))


def _stamp_of(path: Path) -> _SeenFile | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    # A USB stick counts in steps of two seconds, and a replaced file is another one.
    return _SeenFile(str(path), found.st_mtime_ns, found.st_size, found.st_ino)
