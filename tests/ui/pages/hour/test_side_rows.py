"""The rows beside the feed by keyboard and by ear, and what stands where nothing is yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.picture import Drawing
from tchat_desktop.ui.widgets.row_list import RowList
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.survey import tabbed

Make = Callable[..., Cockpit]
MOST_STOPS = 21

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def busy(make_cockpit: Make, qapp: QApplication) -> Cockpit:
    """An hour with something in each card beside the feed."""
    roles.install(qapp)
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start(minute=25)
    at = hour.clock.at
    hour.say_posts(
        *(participant(one, f"R2 Réponse {one}", at, f"p{one}", f"P {one}") for one in range(6))
    )
    settle()
    for post_id in ("1001", "1002"):
        cockpit.board.feed._cards[post_id]._repost.click()
    hour.becomes("rules", PostState.FAILED, reason=Reason.NETWORK)
    hour.becomes("q:q2", PostState.FAILED, reason=Reason.NETWORK)
    hour.say_rows()
    cockpit.page.activateWindow()
    settle()
    return cockpit


def lists(cockpit: Cockpit) -> dict[str, RowList]:
    """The lists with rows beside the feed, by name."""
    found = cockpit.board.side.findChildren(RowList)
    return {one.accessibleName(): one for one in found if one.rows}


def test_each_card_of_rows_is_a_list_with_items_that_say_what_they_are(busy: Cockpit) -> None:
    found = lists(busy)
    wanted = (
        "To check",
        "Still to come",
        "Waiting to leave",
        "What has left",
        "In reserve",
        "Just arrived",
    )
    assert {_(one) for one in wanted} == found.keys()
    for name, rows in found.items():
        box = QAccessible.queryAccessibleInterface(rows)
        assert box.role() == QAccessible.Role.List, name
        said = set()
        for place in range(box.childCount()):
            item = box.child(place)
            assert item is not None
            assert item.role() == QAccessible.Role.ListItem
            assert item.text(QAccessible.Text.Name), name
            said.add(item.text(QAccessible.Text.Name))
            position = f"{place + 1} sur {len(rows.rows)}"
            assert item.text(QAccessible.Text.Description).startswith(position)
        assert len(said) == len(rows.rows)


def test_each_is_one_tab_stop_and_the_page_takes_few(busy: Cockpit) -> None:
    stops = tabbed(busy.page)
    print(f"{len(stops)} Tab stops in a busy hour")
    assert len(stops) <= MOST_STOPS
    for rows in lists(busy).values():
        assert [one for one in stops if rows.isAncestorOf(one)] == [rows.rows[0]]
    order = [busy.board.strip, busy.board.main, busy.board.side]
    places = [next(i for i, box in enumerate(order) if box.isAncestorOf(one)) for one in stops]
    assert places == sorted(places)


def test_enter_goes_to_what_can_be_done_about_a_row(busy: Cockpit) -> None:
    rows = lists(busy)[_("To check")]
    rows.rows[0].setFocus()
    QTest.keyClick(rows.rows[0], Qt.Key.Key_Return)
    at = QApplication.focusWidget()
    assert isinstance(at, Button)
    assert rows.rows[0].isAncestorOf(at)
    QTest.keyClick(at, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is rows.rows[0]


@pytest.mark.parametrize(
    ("card", "slot"), [("To check", "rules"), ("Waiting to leave", "repost:1001")]
)
def test_the_keyboard_goes_on_to_the_row_beside_one_that_is_done(
    busy: Cockpit, card: str, slot: str
) -> None:
    rows = lists(busy)[_(card)]
    first, second = rows.rows[:2]
    drop = next(
        one for one in first.findChildren(Button) if one.accessibleName().startswith(_("Drop it"))
    )
    drop.setFocus()
    drop.click()
    assert busy.hour.asked[-1] == ("skip", busy.hour.row(slot).id)
    busy.hour.becomes(slot, PostState.SKIPPED)
    busy.hour.say_rows()
    settle()
    assert QApplication.focusWidget() is second
    assert first not in rows.rows


def test_who_stands_on_a_row_that_is_told_anew_stays_on_it(busy: Cockpit) -> None:
    rows = lists(busy)[_("To check")]
    place = 1
    rows.rows[place].setFocus()
    before = rows.rows[place]
    busy.hour.becomes("q:q2", PostState.FAILED, reason=Reason.NO_CREDIT)
    busy.hour.becomes("rules", PostState.FAILED, reason=Reason.NO_CREDIT)
    busy.hour.say_rows()
    settle()
    assert rows.rows[place] is not before
    assert QApplication.focusWidget() is rows.rows[place]


# --- nothing yet ---------------------------------------------------------------------------


def drawings(widget: QWidget) -> list[Drawing]:
    return [one for one in widget.findChildren(Drawing) if one.isVisible()]


@pytest.mark.parametrize("route", [Route.KEYS, Route.ASSISTED])
def test_a_drawing_stands_where_no_post_has_come(make_cockpit: Make, route: Route) -> None:
    cockpit = make_cockpit(full_chat(route))
    hour, feed = cockpit.start(), cockpit.board.feed
    assert len(drawings(feed)) == 1
    hour.say_posts(participant(1, "R1 Oui", hour.clock.at - timedelta(minutes=1)))
    settle()
    assert drawings(feed) == []
    assert not feed._empty.isVisible()


def test_where_a_filter_shows_none_a_button_leads_back_to_all(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour, feed = cockpit.start(), cockpit.board.feed
    hour.say_posts(participant(1, "R1 Oui", hour.clock.at - timedelta(minutes=1)))
    settle()
    cockpit.page.activateWindow()
    feed.filters.button(FeedFilter.GUESTS).click()
    feed.search.setText("rien")
    settle()
    assert feed._empty.isVisible()
    assert drawings(feed) == []
    every = next(one for one in feed._empty.findChildren(Button) if one.isVisible())
    every.click()
    settle()
    assert list(feed._cards) == ["1001"]
    assert feed.filters.chosen is FeedFilter.ALL
    assert not feed.search.isVisible()
    assert QApplication.focusWidget() is feed.filters.button(FeedFilter.ALL)
