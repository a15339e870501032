"""The child of `tests.faults.thread`: what publishes a thread, which dies where it is told.

The account and its keys come on standard input. Arguments: FILE DATA_DIR URL SPEED DIE_AT
("point:times", or "" to live).
"""

from __future__ import annotations

import queue
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.adapters.run_clock_file import RunClock, RunClockFile
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.adapters.x import errors
from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.domain.account_keys import KeyField
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.thread_rows import next_line, thread_lines, thread_out
from tchat_desktop.platform import logs
from tchat_desktop.services import hour_parts
from tchat_desktop.services.clock import ScaledClock, SystemClock
from tchat_desktop.services.events import OutboxChanged, ServiceFailed
from tchat_desktop.services.hour_parts import HourConditions, HourParts
from tchat_desktop.services.ledger import Purse
from tchat_desktop.services.poster import Poster
from tchat_desktop.services.thread_posting import ThreadPosting
from tchat_desktop.start import posting
from tchat_desktop.start.command_line import print_line
from tchat_desktop.start.data_directory import DataDirectory
from tchat_desktop.start.network import network_rules
from tests.faults.posting_child import CONNECT, READ, WHOLE, Doom

TICK = 0.05
"""Real seconds between two writings of the clock to its file."""
STILL = 1.0
"""Real seconds without any change after which the organiser looks at the thread."""
MOST_GOES = 4
"""How often the organiser has it go on before leaving it for today."""
_BEGAN = datetime(2026, 12, 6, 10, tzinfo=UTC)


class _Organiser:
    """Has the thread leave, and go on where it stops."""

    def __init__(self, chat: Chat, thread: ThreadPosting) -> None:
        self.chat = chat
        self._thread = thread
        self._goes = 0

    def looks(self, rows: Sequence[OutboxPost]) -> bool:
        """Have it go on; False when it is whole, in doubt, or stopped once too often."""
        self.chat = replace(self.chat, thread_out=thread_out(rows))
        line = next_line(thread_lines(self.chat, rows, network_rules()))
        in_doubt = line is not None and line.state is PostState.UNKNOWN
        if line is None or (in_doubt and self._goes) or self._goes >= MOST_GOES:
            return False
        self._goes += 1
        self._thread.publish(self.chat)
        return True


def main(file: str, folder: str, url: str, speed: str, die_at: str) -> int:
    """Publish until all is out or in doubt, or until death."""
    errors.NETWORK_PAUSE = 0.05
    errors.FIRST_PAUSE = 0.1
    patient = partial(XClient, timeout=(CONNECT, READ), longest=WHOLE)
    # A minute of the chat is a minute of X: a thread has no later post that would show it sooner.
    XClient.since = lambda client, at: client.now() - at  # type: ignore[method-assign]
    posting.XClient = patient  # type: ignore[attr-defined]
    hour_parts.Poster = partial(Poster, at_point=Doom(die_at))  # type: ignore[attr-defined]
    vault = MemoryVault()
    for name, said in zip(("account", *KeyField), sys.stdin.read().splitlines(), strict=True):
        vault.write(name, said)
    chat = TchatFiles().read(Path(file)).chat
    chat = replace(chat, route=Route.KEYS)
    wall, redaction, events = SystemClock(), logs.Redaction(), queue.SimpleQueue[object]()
    accounts = posting.make_accounts(redaction.learn, wall.now, url, vault)
    accounts.restore()
    posting.import_posting()
    times = RunClockFile(Path(folder), chat.id)
    kept = times.read() or RunClock(_BEGAN, wall.now())
    clock = ScaledClock(kept.now, float(speed))
    with closing(DataDirectory(Path(folder), clock, events.put)) as data:
        data.chats.save(chat, wall.now())
        purse = Purse(data.ledger, chat.id, network_rules(), lambda: 500.0)
        client = posting.make_client(accounts, clock, purse, url, float(speed))
        keys = posting.make_publisher(client, clock, data.pictures, redaction.clean, kept.began_at)
        outbox = data.hour_stores.outbox
        parts = HourParts(data.hour_stores, {Route.KEYS: keys}, events.put, clock, network_rules())
        conditions = HourConditions(
            gate=posting.make_limits(client, purse, outbox, float(speed), pages=False),
            sender=partial(posting.sender, accounts),
            right=data.posting_right(),
        )
        thread = ThreadPosting(chat, parts, conditions)
        thread.start()
        organiser = _Organiser(chat, thread)
        rows: Sequence[OutboxPost] = outbox.rows(chat.id, Occasion.THREAD)
        organiser.looks(rows)
        still = 0.0
        while still < STILL or organiser.looks(rows):
            still = 0.0 if still >= STILL else still + TICK
            times.write(RunClock(clock.now(), kept.began_at))
            try:
                event = events.get(timeout=TICK)
            except queue.Empty:
                continue
            if isinstance(event, ServiceFailed):
                print_line(f"{event.where} failed: {event.error!r}")
            if isinstance(event, OutboxChanged):
                states = {row.id: row.state for row in rows}
                for row in event.rows:
                    before = states.get(row.id, PostState.DRAFT)
                    if before is not row.state:
                        still = 0.0
                        print_line(f"{row.slot} {before} → {row.state} {row.reason} {row.detail}")
                rows = event.rows
                if rows and all(row.state is PostState.SENT for row in rows):
                    break
        thread.stop()
        return 0 if all(row.state is PostState.SENT for row in rows) else 3


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
