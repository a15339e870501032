"""How late posts reach X, beside APScheduler doing the same; and what the window feels of it."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks import report
from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.publisher import XPublisher
from tchat_desktop.domain.account_keys import FourKeys
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.platform.paths import DATABASE
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourConditions, HourParts
from tchat_desktop.services.ledger import Purse
from tchat_desktop.services.limits import SendGate
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.poster import Poster
from tchat_desktop.start import posting
from tchat_desktop.start.network import network_rules
from tests.fakes.network import NETWORK

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tchat_desktop.start.window import App

POSTS = 60
GAP = 0.1
"""Seconds from one post to the next."""
LEAD = 2.0
"""Seconds before the first one: what is slow the first time is done by then."""
ROUNDS = 3
OF_AN_HOUR = 15
"""Posts of an hour whose reads are counted."""
POSTS_IN_WINDOW = 10
GAP_IN_WINDOW = 2.0
"""Seconds: the poster's own spacing, so the fastest the window ever sees."""
SETTLING = 2.0
PROBE_MS = 5


def run() -> bool:
    """Print the figures; whether the goals are met."""
    print(f"lateness of {POSTS} posts {GAP * 1000:.0f} ms apart, due to stored by X (loopback)")
    floor: list[float] = []
    ours: list[float] = []
    theirs: list[float] = []
    with stand_in() as x:
        for turn in range(ROUNDS):
            floor += in_time(x, f"floor {turn}", by_hand)
            ours += in_time(x, f"ours {turn}", by_poster)
            theirs += in_time(x, f"theirs {turn}", by_apscheduler)
    report.line("floor: sleep, then the same request", floor, "ms")
    report.line("the poster, each step on disk", ours, "ms")
    report.line("APScheduler, nothing on disk", theirs, "ms")
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"  {'ratio of the medians to APScheduler':<38} {ratio:9.2f}")
    on_time = report.goal("p99 of the poster", report.percentile(ours, 0.99), 100, " ms")
    read = report.goal(
        f"rows read from disk for one post of {OF_AN_HOUR}", rows_read(), 6 * OF_AN_HOUR, ""
    )
    return in_window() and on_time and read


# --- X on another process ---------------------------------------------------------------------


@dataclass
class StandIn:
    """The fake X in a process of its own, as X is."""

    process: subprocess.Popen[str]
    url: str
    keys: FourKeys

    def client(self, clock: SystemClock) -> XClient:
        """A connection to it."""
        return XClient(self.keys, self.url, now=clock.now)

    def stored(self) -> dict[str, datetime]:
        """When each post was stored, by its text."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        found = json.loads(self.process.stdout.readline())
        return {text: datetime.fromtimestamp(at, UTC) for text, at in found}


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """Start it, and end it."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.posting"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        url, *keys = json.loads(process.stdout.readline())
        try:
            yield StandIn(process, url, FourKeys(*keys))
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait()


def serve() -> None:
    """Tell address and keys, then the posts whenever a line comes."""
    from tests.fakes.x_server import XServer

    with XServer() as server:
        server.api.limits.clear()
        print(json.dumps([server.url, *server.keys.secrets()]), flush=True)
        while sys.stdin.readline():
            print(
                json.dumps([(post.sent, post.created_at.timestamp()) for post in server.posts]),
                flush=True,
            )


# --- lateness ---------------------------------------------------------------------------------

Way = Callable[[StandIn, Sequence[OutboxPost]], None]
"""Publishes the rows, each at its time."""


def in_time(x: StandIn, name: str, publish: Way) -> list[float]:
    """Milliseconds by which each post was late; a post that is missing fails."""
    rows = planned(name, POSTS, GAP)
    publish(x, rows)
    stored = x.stored()
    return [(stored[row.text] - row.due_at).total_seconds() * 1e3 for row in rows]


def planned(name: str, count: int, gap: float, chat_id: str = "chat") -> list[OutboxPost]:
    """Rows from `LEAD` on."""
    first = datetime.now(UTC) + timedelta(seconds=LEAD)
    return [
        OutboxPost(
            id=f"{name}{n}",
            chat_id=chat_id,
            occasion=Occasion.LIVE,
            slot=f"{name}{n}",
            kind=PostKind.QUESTION,
            text=f"Q{n} Comment agir ici et maintenant ? ({name}) #UnionsPrécoces",
            due_at=first + timedelta(seconds=gap * n),
            expires_at=first + timedelta(minutes=10),
            route=Route.KEYS,
        )
        for n in range(count)
    ]


def no_limits() -> SendGate:
    """The gate as it is, but wide enough for a benchmark."""
    known = network_rules()
    wide = replace(known.platform.limits, posts_per_day=10**6, posts_per_15_minutes=10**6)
    return SendGate(replace(known, platform=replace(known.platform, limits=wide)), lambda: 10**6)


def by_hand(x: StandIn, rows: Sequence[OutboxPost]) -> None:
    """No scheduler at all."""
    posting.import_posting()
    publisher = XPublisher(x.client(SystemClock()))
    for row in rows:
        time.sleep(max(0.0, (row.due_at - datetime.now(UTC)).total_seconds()))
        publisher.publish(row)


def by_poster(x: StandIn, rows: Sequence[OutboxPost]) -> None:
    """The real outbox on disk and the real poster."""
    clock = SystemClock()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Database(Path(folder, DATABASE))) as database,
    ):
        SqliteChats(database).save(Chat("chat"), clock.now())
        outbox = Outbox(
            SqliteOutbox(database),
            clock,
            ignore,
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=Route.KEYS,
            gate=no_limits(),
            rules=NETWORK,
        )
        outbox.plan(rows)
        poster = Poster(
            outbox,
            {Route.KEYS: XPublisher(x.client(clock))},
            clock,
            ignore,
            ends_at=rows[-1].due_at,
            spacing=0.0,
            prepare=posting.import_posting,
        )
        poster.start()
        wait_for_all(x, rows)
        poster.stop()


def rows_read() -> int:
    """How many rows are read from disk, one by one or together, while one post leaves."""
    from tests.fakes.clock import START, FakeClock
    from tests.fakes.counting_outbox import CountingOutbox
    from tests.fakes.outgoing import FakeX
    from tests.fakes.outgoing import planned as row

    clock = FakeClock()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Database(Path(folder, DATABASE))) as database,
    ):
        SqliteChats(database).save(Chat("chat"), START)
        store = CountingOutbox(database)
        outbox = Outbox(
            store,
            clock,
            ignore,
            rules=NETWORK,
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=Route.KEYS,
        )
        outbox.plan([row(f"r{n}", 300 * n) for n in range(OF_AN_HOUR)])
        ends_at = START + timedelta(hours=2)
        poster = Poster(outbox, {Route.KEYS: FakeX(clock.now)}, clock, ignore, ends_at=ends_at)
        store.start()
        while poster.step() == 0:
            pass
        return store.decoded


def by_apscheduler(x: StandIn, rows: Sequence[OutboxPost]) -> None:
    """The same requests, one thread, jobs in memory."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    posting.import_posting()
    publisher = XPublisher(x.client(SystemClock()))
    scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(1)}, timezone=UTC)
    scheduler.start()
    for row in rows:
        scheduler.add_job(
            publisher.publish, "date", run_date=row.due_at, args=[row], misfire_grace_time=600
        )
    wait_for_all(x, rows)
    scheduler.shutdown()


def wait_for_all(x: StandIn, rows: Sequence[OutboxPost]) -> None:
    """Until X has the last one, without looking before its time."""
    time.sleep((rows[-1].due_at - datetime.now(UTC)).total_seconds())
    until = time.monotonic() + 60
    while not {row.text for row in rows} <= x.stored().keys():
        if time.monotonic() > until:
            raise TimeoutError("posts are missing")
        time.sleep(0.2)


def ignore(_event: object) -> None:
    """Nobody looks on."""


# --- the window -------------------------------------------------------------------------------


def in_window() -> bool:
    """How long the event loop makes a timer wait: at rest, and while posts leave."""
    from PySide6.QtWidgets import QApplication

    from tchat_desktop.start.window import App

    print(f"event loop beside {POSTS_IN_WINDOW} posts {GAP_IN_WINDOW:.0f} s apart, timer late by")
    qt = QApplication.instance() or QApplication([])
    assert isinstance(qt, QApplication)
    qt.setStyle("Fusion")
    with stand_in() as x, tempfile.TemporaryDirectory() as folder:
        app = App(qt, Path(folder), "fr")
        app.window.show()
        app.start()
        open_example(app)
        probe(qt, SETTLING, lambda: None)
        resting = probe(qt, 5.0, lambda: None)
        leaving = probe(
            qt, LEAD + POSTS_IN_WINDOW * GAP_IN_WINDOW + 1.0, lambda: start_hour(app, x)
        )
        stored = len(x.stored())
        app.close()
    if stored != POSTS_IN_WINDOW:
        raise RuntimeError(f"{stored} posts left")
    report.line("at rest", resting, "ms")
    report.line("the hour on screen, posts leaving", leaving, "ms")
    return all(
        [
            report.goal("p99", report.percentile(leaving, 0.99), 16, " ms"),
            report.goal("longest", max(leaving), 50, " ms"),
        ]
    )


def open_example(app: App) -> None:
    """The example chat, at the page of the hour."""
    from PySide6.QtCore import QEventLoop, QTimer

    from tchat_desktop.domain.steps import StepId

    loop = QEventLoop()
    app.window.example_opened.connect(loop.quit)
    assert app.window.home is not None
    QTimer.singleShot(0, app.window.home.example_wanted.emit)
    loop.exec()
    assert app.window.workspace is not None
    assert app.window.session is not None
    # Its day is today: before that the page shows the waiting screen, and not the hour.
    editor = app.window.session.editor
    editor.edit(replace(editor.chat, starts_at=datetime.now(UTC) + timedelta(minutes=5)))
    app.window.workspace.open_step(StepId.HOUR)


def start_hour(app: App, x: StandIn) -> None:
    """The real hour of the chat, by keys, shown on its page; its rows are ours."""
    from tchat_desktop.domain.steps import StepId
    from tchat_desktop.start.hours import Hours
    from tchat_desktop.ui.pages.hour.page import CockpitPage

    def make(
        _hours: Hours,
        chat: Chat,
        _browser: object,
        _typing: object,
        ceiling: Callable[[], float],
    ) -> Hour:
        clock, data = SystemClock(), app.data()
        rows = planned("window", POSTS_IN_WINDOW, GAP_IN_WINDOW, chat.id)
        conditions = HourConditions(
            gate=no_limits(),
            purse=Purse(data.ledger, chat.id, network_rules(), ceiling),
            prepare=posting.import_posting,
        )
        parts = HourParts(
            data.hour_stores,
            {Route.KEYS: XPublisher(x.client(clock))},
            app.bridge.report,
            clock,
            network_rules(),
        )
        return Hour(chat, Occasion.LIVE, Route.KEYS, rows, parts, conditions)

    assert app.window.session is not None
    assert app.window.workspace is not None
    with patch.object(Hours, "live", make):
        app.window.session.start_live()
    page = app.window.workspace.page(StepId.HOUR)
    assert isinstance(page, CockpitPage)
    page.show_occasion(Occasion.LIVE)
    assert page.board is not None


def probe(qt: QApplication, seconds: float, begin: Callable[[], None]) -> list[float]:
    """Milliseconds by which a timer of `PROBE_MS` came late, from `begin` on."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    late: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        late.append(max(0.0, (now - last) * 1e3 - PROBE_MS))
        last = now

    loop = QEventLoop()
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    begin()
    qt.processEvents()
    last = time.perf_counter()
    timer.start(PROBE_MS)
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
    timer.stop()
    return late


if __name__ == "__main__":
    serve()
