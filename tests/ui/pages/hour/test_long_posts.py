"""Posts longer than anybody reads: folded, shown when asked, and never in the way of the window."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tchat_desktop.ui.pages.hour.feed_card import FeedCard
from tchat_desktop.ui.widgets.folded_post import FOLDED_LINES, LONGEST_SHOWN, FoldedPost
from tests.ui.pages.fake_hours import participant
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]

LONG = {
    "line breaks": "a\n" * 25_000,
    "line breaks before a word": "\n" * 25_000 + "oui",
    "words": "mot " * 50_000,
    "one word": "é" * 200_000,
    "tags": "#a " * 66_000,
    "emoji": "👩‍👩‍👧‍👦" * 28_000,
}


def arrived(cockpit: Cockpit, text: str) -> FeedCard:
    hour = cockpit.start()
    hour.say_posts(participant(1, text, hour.clock.at))
    settle()
    return cockpit.board.feed._cards["1001"]


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_a_long_post_is_folded_and_the_window_goes_on(make_cockpit: Make, text: str) -> None:
    cockpit = make_cockpit()
    began = time.thread_time()
    card = arrived(cockpit, text)
    post = card.findChild(FoldedPost)
    line = post.text.fontMetrics().lineSpacing()
    assert post.text.height() <= (FOLDED_LINES + 1) * line
    assert post.more.isVisible()
    post.more.click()
    settle()
    # It froze for six seconds; far above what is needed, and far below that.
    assert time.thread_time() - began < 3
    assert not post.more.isVisible()
    assert post.text.height() > (FOLDED_LINES + 1) * line
    assert len(post.text.text()) <= LONGEST_SHOWN


@pytest.mark.parametrize("text", ["R2 oui", "é" * 280, "\n".join("abcdefghij")])
def test_a_post_as_people_write_them_is_shown_whole(make_cockpit: Make, text: str) -> None:
    card = arrived(make_cockpit(), text)
    post = card.findChild(FoldedPost)
    assert not post.more.isVisible()
    assert post.text.text() == text


def test_the_button_comes_where_the_window_is_narrow(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    card = arrived(cockpit, "mot " * 120)
    post = card.findChild(FoldedPost)
    assert not post.more.isVisible()
    post.text.is_cut(120)
    card.setFixedWidth(160)
    settle()
    assert post.more.isVisible()
