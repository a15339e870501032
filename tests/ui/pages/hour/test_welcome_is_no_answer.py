"""A question stays to be answered when its author was only welcomed, reposted or highlighted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tchat_desktop.domain.conversation import Mark, Marking
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tests.ui.pages.fake_hours import START, participant
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]
ASKS = participant(
    7, "Faut-il payer le vaccin ? #UnionsPrécoces", START + timedelta(minutes=17), "mere_ex", "Mère"
)


@pytest.fixture
def cockpit(make_cockpit: Make) -> Cockpit:
    made = make_cockpit()
    made.start().say_posts(ASKS)
    settle()
    return made


def unanswered(cockpit: Cockpit) -> int:
    return cockpit.board.feed.model.counts()[FeedFilter.UNANSWERED]


def send(cockpit: Cockpit, more: str = "") -> None:
    feed, hour = cockpit.board.feed, cockpit.hour
    feed.welcome(ASKS.post.id)
    feed.reply._edit.setPlainText(feed.reply._edit.toPlainText() + more)
    feed.reply._on_send()
    hour.becomes(f"reply:{ASKS.post.id}", PostState.SENT)
    hour.say_rows()
    settle()


def test_a_welcome_leaves_the_question_to_be_answered(cockpit: Cockpit) -> None:
    assert unanswered(cockpit) == 1
    send(cockpit)
    assert unanswered(cockpit) == 1
    assert not cockpit.board.feed._cards[ASKS.post.id].entry.is_answered


def test_a_welcome_with_an_answer_in_it_answers(cockpit: Cockpit) -> None:
    send(cockpit, " Non, il est gratuit.")
    assert unanswered(cockpit) == 0


def test_a_repost_and_a_highlight_leave_it_to_be_answered(cockpit: Cockpit) -> None:
    card, hour = cockpit.board.feed._cards[ASKS.post.id], cockpit.hour
    card._star.click()
    card._repost.click()
    hour.becomes(f"repost:{ASKS.post.id}", PostState.SENT)
    hour.say_rows()
    settle()
    assert card.entry.feed.starred
    assert card.entry.echo.is_reposted
    assert unanswered(cockpit) == 1
    hour.mark(Marking(ASKS.post.id, Mark.ANSWERED, True))
    settle()
    assert unanswered(cockpit) == 0
