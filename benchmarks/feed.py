"""The conversation with 100,000 posts on the page of the hour, beside a bare table of as many rows.

The posts are read from a database, searched in it and arrive from it as in the app; only X and the
outbox are played.
"""

from __future__ import annotations

import gc
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import report
from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.posts import SqlitePosts
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.platform.paths import DATABASE
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.entries import Entries
from tchat_desktop.services.events import PostsFound
from tchat_desktop.services.worker import Worker
from tchat_desktop.start.garbage import GarbageCollection
from tests.fakes.memory_store import MemoryPictures, MemoryUnsent
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts
from tests.ui.pages.fake_connections import FakeConnections
from tests.ui.pages.fake_hours import START, FakeClock, FakeHour, FakeHours, full_chat

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractScrollArea

    from tchat_desktop.ui.bridge import Bridge
    from tchat_desktop.ui.pages.hour.page import CockpitPage

POSTS = 100_000
TURNS = 60
STEP = 60
"""Pixels scrolled at each step."""
NEW = 20
A_SECOND = 50
SECONDS = 8
PROBE = 0.005
"""Seconds between two looks at how late the window is."""
FRAME = 16.0
SPOKEN = """
fille mariage école loi mère père village hôpital sage-femme imam quartier parler aider comment
éducation droit enfant avenir protéger refuser métier rêve courage chef cérémonie dot famille
voisine tante témoigner respecter frère réussir diplôme marché travail
"""
WORDS = tuple(SPOKEN.split())
SEARCHES = ("hôpital", "temoigner", "@user42", "imam chef", "diplome", "Nom 6999", "zzzz", "dot")


def said(number: int) -> FeedPost:
    """One post of the public; every fifth asks something."""
    drawn = random.Random(number)
    words = " ".join(drawn.choices(WORDS, k=drawn.randint(8, 24)))
    text = f"R{number % 6 + 1} {words}{' ?' if number % 5 == 0 else ''} #UnionsPrécoces"
    who, at = number % 7000, START - timedelta(minutes=40) + timedelta(seconds=number / A_SECOND)
    post = Post(str(10**18 + number), f"user{who}_ex", f"Nom {who}", text, at)
    return FeedPost(post, question_id=f"q{number % 6 + 1}")


def run() -> bool:
    """Print the figures; whether the goals are met."""
    from PySide6.QtWidgets import QApplication

    from tchat_desktop.ui import theme

    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        qt = QApplication([])
    qt.setStyle("Fusion")
    theme.apply(theme.LIGHT)
    print(f"the conversation with {POSTS} posts, beside a bare QTableView with as many rows")
    floor = _bare_table()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Database(Path(folder) / DATABASE)) as database,
    ):
        return _measure(database, *floor)


def _measure(database: Database, floor_scroll: list[float], floor_insert: list[float]) -> bool:
    from tchat_desktop.ui.bridge import Bridge

    chat = full_chat(Route.KEYS)
    SqliteChats(database).save(chat, START)
    posts = SqlitePosts(database)
    posts.add(chat.id, Occasion.LIVE, map(said, range(POSTS)))
    bridge = Bridge()
    disk = Worker("disk", _raise)
    entries = Entries(posts, bridge.report, NETWORK)
    looked: list[float] = []
    page = _page(bridge, lambda text, most: disk.do(
        partial(_timed, looked, partial(entries.search, chat.id, Occasion.LIVE, text, most))
    ))  # fmt: skip
    assert page.board is not None
    feed = page.board.feed
    # As in the app: Python would look through a hundred thousand posts whenever it likes.
    garbage = GarbageCollection(page)
    empty = _memory()
    late = Lateness()
    began = time.perf_counter()
    disk.do(partial(entries.tell, chat.id, Occasion.LIVE))
    late.until(lambda: len(feed._cards) > 0)
    first = time.perf_counter() - began
    late.until(lambda: not feed.model._coming)
    there = time.perf_counter() - began
    late.until(lambda: not feed.model.is_busy)
    read = time.perf_counter() - began
    loading = late.taken()
    print(
        f"  loaded from disk: the newest on screen after {first:.1f} s, all after {there:.1f} s,"
        f" all read for what asks for care after {read:.1f} s"
    )
    report.line("late while loading", loading, "ms")
    used = _memory() - empty
    print(f"  memory over the empty page: {used / 2**20:.0f} MiB, {used / POSTS:.0f} bytes a post")

    scroll = _scrolled(page)
    report.line("scroll step, painted", scroll, "ms")
    report.ratio("  beside the bare table", scroll, floor_scroll)
    insert, show = _inserted(page)
    report.line(f"{NEW} new posts, behind the bar", insert, "ms")
    report.ratio("  beside the bare table", insert, floor_insert)
    report.line(f"{NEW} new posts let in, longest wait", show, "ms")
    found = [one for _turn in range(5) for one in _searched(page, late)]
    search = [asked for asked, _shown in found]
    late.until(lambda: not feed.posts.to_come)
    late.taken()
    report.line("search, asked to shown", search, "ms")
    report.line("  of it work of the window", [shown for _asked, shown in found], "ms")
    report.line("  of it work of the disk", looked, "ms")
    busy = _arriving(page, disk, entries, late)
    report.line(f"late with {A_SECOND} posts a second", busy, "ms")
    garbage.stop()
    disk.stop()
    page.deleteLater()
    bridge.stop()
    return all(
        [
            report.goal("loading, late p99", report.percentile(loading, 0.99), FRAME, " ms"),
            report.goal("scroll p99", report.percentile(scroll, 0.99), 8, " ms"),
            report.goal(f"{NEW} posts p99", report.percentile(insert, 0.99), 8, " ms"),
            report.goal("search p99", report.percentile(search, 0.99), 30, " ms"),
            report.goal("50 posts/s, late p99", report.percentile(busy, 0.99), FRAME, " ms"),
        ]
    )


def _timed(taken: list[float], job: Callable[[], None]) -> None:
    """Do a job and note its milliseconds by the clock of its thread."""
    began = time.thread_time()
    job()
    taken.append((time.thread_time() - began) * 1e3)


class Lateness:
    """How late the window is for what it has to do, in milliseconds, looked at all the time."""

    def __init__(self) -> None:
        self._waits: list[float] = []

    def until(self, done: Callable[[], bool], seconds: float = 300.0) -> None:
        """Let the window run until something is so."""
        from PySide6.QtCore import QEventLoop, Qt, QTimer

        loop, end = QEventLoop(), time.perf_counter() + seconds
        before = time.perf_counter()

        def look() -> None:
            nonlocal before
            now = time.perf_counter()
            self._waits.append(max(0.0, now - before - PROBE) * 1e3)
            before = now
            if done() or now > end:
                loop.quit()

        probe = QTimer(interval=round(PROBE * 1e3), timerType=Qt.TimerType.PreciseTimer)
        probe.timeout.connect(look)
        probe.start()
        loop.exec()
        probe.stop()

    def taken(self) -> list[float]:
        """What was seen since the last time."""
        taken, self._waits = self._waits, []
        return taken


def _bare_table() -> tuple[list[float], list[float]]:
    """Milliseconds of a scroll step and of an insertion in a table with as many rows."""
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
    from PySide6.QtWidgets import QApplication, QTableView

    class Rows(QAbstractTableModel):
        texts = tuple(one.post.text for one in map(said, range(2000)))
        count = POSTS

        def rowCount(self, _parent: object = None) -> int:
            return self.count

        def columnCount(self, _parent: object = None) -> int:
            return 2

        def data(self, index: object, role: int = Qt.ItemDataRole.DisplayRole) -> object:
            row = index.row()  # type: ignore[attr-defined]
            return self.texts[row % 2000] if role == Qt.ItemDataRole.DisplayRole else None

        def grow(self) -> None:
            self.beginInsertRows(QModelIndex(), 0, NEW - 1)
            self.count += NEW
            self.endInsertRows()

    view, rows = QTableView(), Rows()
    view.setModel(rows)
    view.resize(1024, 736)
    view.show()
    QApplication.processEvents()
    scroll = _steps(view)
    insert = []
    for _turn in range(TURNS):
        began = time.perf_counter()
        rows.grow()
        insert.append((time.perf_counter() - began) * 1e3)
        QApplication.processEvents()
    view.deleteLater()
    return scroll, insert


def _page(bridge: Bridge, search: Callable[[str, int], object]) -> CockpitPage:
    from PySide6.QtWidgets import QApplication

    from tchat_desktop.ui.pages.hour.page import CockpitPage
    from tchat_desktop.ui.pages.shared.day_list import DayList
    from tests.ui.live import live_rows
    from tests.ui.pages.paste_tools import paste_tools

    class ByDisk(FakeHour):
        def search(self, text: str, most: int) -> None:
            search(text, most)

    class ByDiskHours(FakeHours):
        def _start(self, occasion: Occasion) -> FakeHour:
            self.running[occasion] = ByDisk(self._chat_of(), occasion, self._report)
            return self.running[occasion]

    editor = ChatEditor(full_chat(Route.KEYS))
    hours = ByDiskHours(lambda: editor.chat, bridge.report)
    wall = FakeClock(START)
    page = CockpitPage(
        editor, hours, bridge, cache(load_texts), print, wall.now, MemoryPictures(), NETWORK,
        lambda: None, live_rows(bridge, editor.chat.id),
        DayList(lambda _paying: (), lambda _chat: frozenset(), FakeConnections(), wall.now),
        MemoryUnsent(), paste_tools(bridge),
    )  # fmt: skip
    page.resize(1366, 768)
    page.show_chat(editor.chat)
    page.show()
    hour = hours.start_live()
    page.show_occasion(Occasion.LIVE)
    hour.at_minute(17.3)
    for _turn in range(20):
        QApplication.processEvents()
    return page


def _scrolled(page: CockpitPage) -> list[float]:
    from PySide6.QtWidgets import QApplication

    page.board.feed._older.click()  # type: ignore[union-attr]
    for _turn in range(60):
        QApplication.processEvents()
    return _steps(page)


def _steps(area: QAbstractScrollArea) -> list[float]:
    bar, found = area.verticalScrollBar(), []
    for step in range(TURNS):
        began = time.perf_counter()
        bar.setValue(bar.value() + STEP)
        area.viewport().repaint()
        # The first paint of a place, as Qt's own caches are filled, is measured like the others.
        found.append((time.perf_counter() - began) * 1e3)
        if bar.value() == bar.maximum() and step < TURNS - 1:
            bar.setValue(0)
    return found


def _inserted(page: CockpitPage) -> tuple[list[float], list[float]]:
    """Milliseconds until new posts wait behind the bar; and the longest wait while they come in."""
    from PySide6.QtWidgets import QApplication

    feed, insert, show = page.board.feed, [], []  # type: ignore[union-attr]
    number = 2 * POSTS
    for turn in range(TURNS):
        new = tuple(map(said, range(number, number + NEW)))
        number += NEW
        began = time.perf_counter()
        feed.add_posts(new, wait=True)
        insert.append((time.perf_counter() - began) * 1e3)
        while feed.model.is_busy:
            QApplication.processEvents()
        if turn % 10 == 9:
            waits = [0.0]
            feed.new.click()
            for _turn in range(40):
                began = time.perf_counter()
                QApplication.processEvents()
                waits.append((time.perf_counter() - began) * 1e3)
            show.append(max(waits))
    return insert, show


def _searched(page: CockpitPage, late: Lateness) -> list[tuple[float, float]]:
    """Milliseconds until what was found shows, and what of them the window worked for it.

    The latter by the clock of its thread, which others that use the processor do not slow. As in
    the app each is asked for after a pause in typing: then the window has done with the last one.
    """
    from tchat_desktop.ui.pages.hour.feed_tools import SEARCH_MS

    feed, found = page.board.feed, []  # type: ignore[union-attr]
    shown: list[tuple[float, float]] = []
    show = feed.show_found

    def heard(event: PostsFound) -> None:
        began = time.thread_time()
        show(event)
        shown.append((time.perf_counter(), time.thread_time() - began))

    feed.show_found = heard  # type: ignore[method-assign]
    for text in SEARCHES:
        shown.clear()
        paused = time.perf_counter() + SEARCH_MS / 1e3
        late.until(lambda until=paused: time.perf_counter() > until)  # type: ignore[misc]
        began = time.perf_counter()
        feed._search.look_for(text)
        late.until(lambda: bool(shown), 20)
        found.append(((shown[0][0] - began) * 1e3, shown[0][1] * 1e3))
        late.until(lambda: not feed.posts.to_come)
    feed.show_found = show  # type: ignore[method-assign]
    feed._search.look_for("")
    feed._show_all()
    return found


def _arriving(page: CockpitPage, disk: Worker, entries: Entries, late: Lateness) -> list[float]:
    """How late the window is while posts are stored and arrive, and the page keeps its time.

    They come once a second: X is asked every half minute.
    """
    from PySide6.QtCore import QTimer

    chat, rows = full_chat(Route.KEYS), ()
    number = 3 * POSTS
    gc.collect()

    def arrive() -> None:
        nonlocal number
        new: Sequence[Post] = [said(number + one).post for one in range(A_SECOND)]
        number += A_SECOND
        disk.do(partial(entries.add, chat, Occasion.LIVE, rows, new))

    arriving, second = QTimer(interval=1000), QTimer(interval=1000)
    arriving.timeout.connect(arrive)
    second.timeout.connect(page.board.show_now)  # type: ignore[union-attr]
    arriving.start()
    second.start()
    end = time.perf_counter() + SECONDS
    late.until(lambda: time.perf_counter() > end)
    arriving.stop()
    second.stop()
    return late.taken()


def _memory() -> int:
    """Bytes of memory in use; 0 where the system does not tell."""
    gc.collect()
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * 4096


def _raise(error: Exception) -> None:
    raise error
