"""Who has just arrived stays until they are welcomed or put away, each in their place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.ui.pages.hour.arrivals_card import MOST_ARRIVALS, ArrivalsCard
from tchat_desktop.wording.i18n import ngettext
from tests.ui.pages.fake_hours import START, FakeHour, participant
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]
Shown = tuple[ArrivalsCard, FakeHour, Cockpit]


def somebody(number: int) -> FeedPost:
    at = START + timedelta(minutes=number)
    return participant(
        number, f"Bonsoir {number} #UnionsPrécoces", at, f"p{number}_ex", f"P{number}"
    )


@pytest.fixture
def shown(make_cockpit: Make) -> Shown:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.say_posts(*map(somebody, range(1, 5)))
    settle()
    hour.at_minute(17.4)
    settle()
    return cockpit.board._arrivals, hour, cockpit


def test_they_are_there_still_an_hour_later(shown: Shown) -> None:
    card, hour, _cockpit = shown
    assert card.names == ["P4", "P3", "P2"]
    hour.at_minute(58)
    settle()
    assert card.names == ["P4", "P3", "P2"]


def test_who_arrives_takes_no_place_of_others(shown: Shown) -> None:
    card, hour, _cockpit = shown
    hour.say_posts(somebody(9))
    settle()
    assert card.names == ["P4", "P3", "P2"]
    words = ngettext("and {count} other person", "and {count} other people", 2)
    assert card._more.text() == words.format(count=2)


def test_who_is_put_away_leaves_the_place_to_the_next(shown: Shown) -> None:
    card, hour, cockpit = shown
    row = next(iter(card._shown.values()))
    row._on_put_away()
    assert card.names == ["P3", "P2"]
    hour.say_rows()
    settle()
    assert card.names == ["P3", "P2", "P1"]
    assert cockpit.board.unfinished().away == ("p4_ex",)


def test_who_was_put_away_stays_so_on_a_new_screen(shown: Shown) -> None:
    card, hour, _cockpit = shown
    card.take_up(["p4_ex", "p3_ex"])
    hour.say_rows()
    settle()
    assert card.names == ["P2", "P1"]


def test_who_was_welcomed_goes(shown: Shown) -> None:
    card, _hour, cockpit = shown
    next(iter(card._shown.values()))._on_welcome()
    settle()
    assert cockpit.board.feed.reply.isVisible()
    cockpit.board.feed.reply._on_send()
    settle()
    assert card.names == ["P3", "P2", "P1"]
    assert len(card.names) <= MOST_ARRIVALS
