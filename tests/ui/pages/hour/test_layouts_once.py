"""A post that leaves has the board laid out once, not every card of the feed asked again."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.column import Column, ListColumn
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tests.ui.pages.fake_hours import START, full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ASKED = (
    FlowLayout.heightForWidth.__code__,
    FlowLayout.minimumHeightForWidth.__code__,
    Column.heightForWidth.__code__,
    Column.minimumHeightForWidth.__code__,
)


@contextmanager
def heights_asked() -> Iterator[Counter[str]]:
    """Count, by the kind of layout, how often a height is asked for meanwhile."""
    asked: Counter[str] = Counter()

    def watch(frame: FrameType, event: str, _what: object) -> None:
        if event == "call" and frame.f_code in ASKED:
            asked[type(frame.f_locals["self"]).__name__] += 1

    former = sys.getprofile()
    sys.setprofile(watch)
    try:
        yield asked
    finally:
        sys.setprofile(former)


def test_a_post_that_leaves_asks_for_few_heights(make_cockpit: Callable[..., Cockpit]) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    at = START + timedelta(minutes=10)
    texts = [f"R1 Une réponse, la {n}e, #UnionsPrécoces" for n in range(20)]
    hour.say_posts(*(participant(n, text, at, author=f"p{n}_ex") for n, text in enumerate(texts)))
    settle()
    following = cockpit.board.view().pace.following
    assert following is not None
    with heights_asked() as asked:
        for state in (PostState.DUE, PostState.SENDING, PostState.SENT):
            hour.becomes(following.slot, state)
            hour.say_rows()
            settle()
    # 8,751 of the flows alone before the boxes remembered more than one height.
    assert asked["FlowLayout"] < 1500, asked
    assert asked.total() < 4000, asked


def test_what_grew_in_a_column_is_as_high_as_it_needs(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    below = QVBoxLayout(window)
    column = Column()
    below.addLayout(column)
    below.addStretch(1)
    words, others = Text("Un mot"), Text("Après")
    card = Card()
    card.add(words)
    column.addWidget(card)
    column.addWidget(others)
    window.resize(220, 900)
    window.show()
    settle()
    before, place = card.height(), others.y()
    words.setText("Beaucoup de mots qui ne tiennent pas sur une seule ligne de cette carte. " * 3)
    settle()
    grown = card.height() - before
    assert grown > 2 * words.fontMetrics().lineSpacing()
    assert others.y() - place == grown
    assert words.height() >= words.heightForWidth(words.width())
    words.hide()
    settle()
    assert card.height() < before
    words.show()
    words.setText("Un mot")
    settle()
    assert (card.height(), others.y()) == (before, place)
    window.resize(500, 900)
    QApplication.processEvents()
    assert card.width() > 220


class Resized(QObject):
    """Counts how often what it watches gets another size."""

    def __init__(self, *watched: QWidget) -> None:
        super().__init__()
        self.count = 0
        for one in watched:
            one.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Resize
        return False


def test_a_post_that_comes_or_goes_leaves_the_other_cards_as_high_as_they_are(
    make_cockpit: Callable[..., Cockpit],
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    at = START + timedelta(minutes=10)
    texts = [f"R1 Une réponse, la {n}e, #UnionsPrécoces" for n in range(12)]
    hour.say_posts(*(participant(n, text, at, author=f"p{n}_ex") for n, text in enumerate(texts)))
    settle()
    feed = cockpit.board.feed
    feed.posts.finish()
    settle()
    shown = dict(feed._cards)
    heights = {one: card.height() for one, card in shown.items()}
    resized = Resized(*shown.values())
    hour.say_posts(participant(99, "R1 Encore une", at + timedelta(minutes=1), author="p99_ex"))
    settle()
    feed.reveal()
    settle()
    assert feed.posts.place_of(feed._cards["1099"]) == 0
    hour.remove_by_hand("1099")
    settle()
    assert feed._cards == shown
    assert {one: card.height() for one, card in shown.items()} == heights
    assert resized.count == 0


def test_a_list_is_as_high_as_its_widgets_need_in_the_end(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    around = QVBoxLayout(window)
    box, below = QWidget(), Text("Après")
    column = ListColumn()
    box.setLayout(column)
    for part in (box, below):
        around.addWidget(part)
    around.addStretch(1)
    texts = [Text("Des mots qui ne tiennent pas sur une seule ligne. " * n) for n in (1, 3)]
    for text in texts:
        column.addWidget(text)
    window.resize(240, 900)
    window.show()
    settle()
    assert [text.height() for text in texts] == [
        text.heightForWidth(text.width()) for text in texts
    ]
    assert box.height() == column.heightForWidth(box.width())
    assert below.y() > box.geometry().bottom()
    texts[0].setText("Court")
    settle()
    assert [text.height() for text in texts] == [
        text.heightForWidth(text.width()) for text in texts
    ]
    assert box.height() == column.heightForWidth(box.width())
