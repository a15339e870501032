"""Marks made in the cockpit and on the recap page while both are open: each keeps the other's."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import FeedPost, Marking
from tchat_desktop.domain.routes import RouteChoice
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import PostMarked
from tchat_desktop.ui.pages.hour.cautions import TextCautions
from tchat_desktop.ui.pages.hour.feed_card import FeedCard
from tchat_desktop.ui.pages.hour.feed_view import FeedView
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.wording.i18n import _
from tests.fakes.texts import load_texts
from tests.ui.pages.fake_hours import FakeHour
from tests.ui.pages.paste_tools import paste_tools
from tests.ui.pages.stage import CHAT, POSTS, Stage, shown_recap


class SharedHour(FakeHour):
    """An hour whose marks go to the stores of the stage, as the real one's go to the disk."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(CHAT, Occasion.LIVE, stage.bridge.report)
        self._stage = stage

    def mark(self, marking: Marking) -> None:
        self._stage.mark(CHAT.id, Occasion.LIVE, marking)


def _no_reply(_post: FeedPost, _text: str) -> RouteChoice:
    raise AssertionError("no reply is written here")


def both(qtbot: QtBot, stage: Stage) -> tuple[FeedView, RecapPage]:
    """The feed of the cockpit and the recap page, over the same posts."""
    stage.hold()
    hour = SharedHour(stage)
    cautions = TextCautions(ChildGuard(ChatEditor(CHAT)))
    feed = FeedView(
        hour, load_texts, stage.open_page, "", True, _no_reply, cautions, paste_tools(stage.bridge)
    )
    qtbot.addWidget(feed)

    def hear(event: PostMarked) -> None:
        feed.show_mark(event.marking)

    stage.bridge.post_marked.connect(hear)
    feed.add_posts(POSTS, wait=False)
    recap, _editor = shown_recap(qtbot, stage)
    return feed, recap


def in_feed(feed: FeedView, number: int) -> FeedCard:
    return feed._cards[str(1000 + number)]


def answer(card: FeedCard) -> None:
    words = _("Mark as answered")
    next(one for one in card.menu().actions() if one.text() == words).trigger()


def test_a_star_taken_away_in_the_recap_stays_away(qtbot: QtBot, stage: Stage) -> None:
    feed, recap = both(qtbot, stage)
    recap.board.card("1002").take_out.click()
    # The cockpit has not heard of it yet: what it knows of the post is out of date.
    qtbot.waitUntil(lambda: not stage.marks(2).starred)
    answer(in_feed(feed, 2))
    assert (stage.marks(2).starred, stage.marks(2).answered) == (False, True)
    qtbot.waitUntil(lambda: not in_feed(feed, 2).entry.feed.starred)


def test_a_star_given_in_the_cockpit_shows_in_the_recap(qtbot: QtBot, stage: Stage) -> None:
    feed, recap = both(qtbot, stage)
    in_feed(feed, 7)._star.click()
    qtbot.waitUntil(lambda: any(card.post_id == "1007" for card in recap.board.cards))
    assert in_feed(feed, 7).entry.feed.starred


def test_what_the_recap_knows_of_old_undoes_nothing(qtbot: QtBot, stage: Stage) -> None:
    feed, recap = both(qtbot, stage)
    answer(in_feed(feed, 1))
    # Pressed before the page could read it anew.
    recap.board.card("1001").take_out.click()
    qtbot.waitUntil(lambda: not stage.marks(1).starred)
    assert stage.marks(1).answered
    QApplication.processEvents()
    assert in_feed(feed, 1).entry.is_answered
