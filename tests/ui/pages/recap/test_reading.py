"""The page of the recap while posts are read: it is there at once, and keeps nobody waiting."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat, Occasion, RecapDraft
from tchat_desktop.domain.conversation import Mark, Marking
from tchat_desktop.domain.recap_reading import RecapReading
from tchat_desktop.services.material import Material
from tchat_desktop.services.recap_reader import OfferedPosts, PostSearch, RecapReader
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.ui.pages.recap.reading_watch import ReadingWatch
from tchat_desktop.wording.i18n import _, format_number
from tests.fakes.network import NETWORK
from tests.ui.pages.hands import put_on_screen, says
from tests.ui.pages.stage import (
    CHAT,
    POSTS,
    ROWS,
    Stage,
    at_rest,
    crowd,
    made_recap,
    settled,
    shown_recap,
)

MANY = 8_000
"""Posts of which a reading would be felt at once on the GUI thread."""
GROWS = 0.060
"""Seconds by which the GUI thread may work longer at a stretch with MANY posts than with 300."""


class Gate:
    """Holds back what is done in the background."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._open = threading.Event()

    def close(self) -> None:
        self._open.clear()
        self._stage.bridge.run(
            self._stage.bridge, partial(self._open.wait, 60), lambda _done: None, lambda _why: None
        )

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def gate(stage: Stage) -> Iterator[Gate]:
    made = Gate(stage)
    yield made
    made.open()


class Stretches(QObject):
    """The longest stretch of work of the GUI thread, in seconds of the processor."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._before = time.thread_time()
        self._beat = QTimer(self, interval=0)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()

    def _on_beat(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._before)
        self._before = now


def longest(qtbot: QtBot, page: RecapPage, act: Callable[[], object]) -> float:
    """The longest stretch while something is done, and until the page has come to rest."""
    QApplication.processEvents()
    stretches = Stretches()
    act()
    qtbot.waitUntil(lambda: not page.is_reading)
    QApplication.processEvents()
    stretches._on_beat()
    stretches._beat.stop()
    return stretches.longest


def waits(qtbot: QtBot, stage: Stage, posts: int) -> dict[str, float]:
    """The longest stretch of each thing that is done with so many posts."""
    stage.hold(crowd(posts))
    held = stage.gather(CHAT.id)
    stage.gather = lambda _chat_id: held  # type: ignore[method-assign]
    page, editor = made_recap(stage, CHAT)

    def search() -> None:
        for word in ("m", "me", "message 1", "message"):
            page.picker.search.setText(word)

    return {
        "opened": longest(qtbot, page, lambda: put_on_screen(qtbot, page, editor)),
        "searched": longest(qtbot, page, search),
        "starred": longest(qtbot, page, page.picker.star_buttons[0].click),
        "hidden": longest(qtbot, page, lambda: page.board.hide_author("voix7_ex", True)),
    }


def test_many_posts_keep_the_window_no_longer_than_a_few(qtbot: QtBot, stage: Stage) -> None:
    # What is loaded once is none of the posts' business.
    format_number(1)
    waits(qtbot, Stage(stage.bridge), 20)
    few = waits(qtbot, Stage(stage.bridge), 300)
    many = waits(qtbot, Stage(stage.bridge), MANY)
    slower = {what: (few[what], took) for what, took in many.items() if took > few[what] + GROWS}
    assert not slower


def test_the_page_is_there_before_the_posts_are_read(
    qtbot: QtBot, stage: Stage, gate: Gate
) -> None:
    stage.hold()
    gate.close()
    page, editor = made_recap(stage, replace(CHAT, recap=RecapDraft(introduction="Bonsoir.")))
    put_on_screen(qtbot, page, editor)
    assert says(page, _("Reading the posts…"))
    assert page.opening.introduction.toPlainText() == "Bonsoir."
    assert not page.choose.isEnabled()
    places = [one.mapTo(page.inner, one.rect().topLeft()) for one in (page.opening, page.choose)]
    gate.open()
    settled(qtbot, page)
    assert not says(page, _("Reading the posts…"))
    assert page.board.cards
    assert page.choose.isEnabled()
    now = [one.mapTo(page.inner, one.rect().topLeft()) for one in (page.opening, page.choose)]
    assert now[0] == places[0]


def test_before_the_hour_nothing_is_shown_of_a_recap_that_may_be_rehearsed(
    qtbot: QtBot, stage: Stage, gate: Gate
) -> None:
    gate.close()
    stage.now = CHAT.starts_at.replace(year=2026, month=11)  # type: ignore[union-attr]
    page, editor = made_recap(stage, CHAT)
    put_on_screen(qtbot, page, editor)
    assert page.reading_line.isVisibleTo(page)
    assert not page.opening.isVisibleTo(page)
    gate.open()
    settled(qtbot, page)
    assert not page.reading_line.isVisibleTo(page)


def test_a_page_closed_while_posts_are_read_is_gone(qtbot: QtBot, stage: Stage, gate: Gate) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    page.choose.click()
    gate.close()
    page.picker.search.setText("loi")
    page.board.hide_author("moussa_ex", True)
    window = page.window_kept  # type: ignore[attr-defined]
    page.setParent(None)
    shiboken6.delete(page)
    gate.open()
    at_rest(qtbot, stage)
    assert shiboken6.isValid(window)


def test_only_the_last_word_searched_is_listed(
    qtbot: QtBot, stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    really = RecapReader.listed

    def listed(
        self: RecapReader, reading: RecapReading, chat: Chat, wish: PostSearch
    ) -> OfferedPosts:
        asked.append(wish.words)
        return really(self, reading, chat, wish)

    monkeypatch.setattr(RecapReader, "listed", listed)
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    page.choose.click()
    settled(qtbot, page)
    before = [one.post.id for one in page.picker.shown]
    gate.close()
    for words in ("l", "lo", "loi", "voisine"):
        page.picker.search.setText(words)
    assert [one.post.id for one in page.picker.shown] == before, "what was listed stays meanwhile"
    gate.open()
    settled(qtbot, page)
    assert [one.post.id for one in page.picker.shown] == ["1007"]
    assert asked == ["", "l", "voisine"]


def test_a_star_shows_while_posts_are_read(qtbot: QtBot, stage: Stage, gate: Gate) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    gate.close()
    page.board.hide_author("moussa_ex", True)
    page._on_starred(Marking("1007", Mark.STARRED, True))
    assert "1007" in {card.post_id for card in page.board.cards}
    assert says(page, _("Reading the posts…"))
    gate.open()
    settled(qtbot, page)
    assert "1007" in {card.post_id for card in page.board.cards}
    view = page.board.card("1002").view
    assert view is not None
    assert view.highlight.author is None


class Told(RecapReader):
    """Fails where it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(NETWORK)
        self.asked: list[tuple[str, ...]] = []
        self.fails = False

    def read(self, chat: Chat, material: Material) -> RecapReading:
        self.asked.append(chat.recap.masked_words)
        if self.fails:
            raise OSError
        return super().read(chat, material)


def test_the_newest_reading_counts_and_a_failed_one_is_tried_again(
    qtbot: QtBot, stage: Stage, gate: Gate
) -> None:
    held = Material(stage.gather(CHAT.id).occasion, POSTS, ROWS)
    reader = Told()
    watch = ReadingWatch(stage.bridge, stage.bridge, reader)
    failed: list[Exception] = []
    watch.failed.connect(failed.append)
    gate.close()
    for words in (("un",), ("deux",), ("trois",)):
        watch.want(replace(CHAT, recap=RecapDraft(masked_words=words)), held)
    assert not watch.is_current
    gate.open()
    qtbot.waitUntil(lambda: watch.is_current)
    assert reader.asked == [("un",), ("trois",)]
    last = watch.reading
    watch.want(replace(CHAT, recap=RecapDraft(masked_words=("trois",), title="Titre")), held)
    assert watch.is_current, "a title asks for no reading"
    reader.fails = True
    other = replace(CHAT, recap=RecapDraft(masked_words=("quatre",)))
    watch.want(other, held)
    qtbot.waitUntil(lambda: bool(failed))
    assert watch.reading is last
    reader.fails = False
    watch.want(other, held)
    qtbot.waitUntil(lambda: watch.is_current)
    assert watch.reading is not last


def test_nothing_of_a_rehearsal_stays_once_the_posts_are_real(
    qtbot: QtBot, stage: Stage, gate: Gate
) -> None:
    watch = ReadingWatch(stage.bridge, stage.bridge, RecapReader(NETWORK))
    watch.want(CHAT, Material(Occasion.REHEARSAL, POSTS, ROWS))
    qtbot.waitUntil(lambda: watch.is_current)
    assert watch.reading is not None
    assert watch.reading.simulated
    gate.close()
    watch.want(CHAT, Material(Occasion.LIVE, POSTS, ROWS))
    assert watch.reading is None
    gate.open()
    qtbot.waitUntil(lambda: watch.is_current)
    assert not watch.reading.simulated
