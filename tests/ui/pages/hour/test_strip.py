"""The strip of the hour is one low row, with another one for a warning only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.hour.board_place import MOST_PINNED
from tchat_desktop.ui.pages.hour.strip import StatusStrip
from tchat_desktop.ui.pages.hour.strip_words import short_pace, time_left_words
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.tokens import Height
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.tool_tip import tip_of
from tchat_desktop.wording.i18n import ngettext
from tests.ui.pages.fake_hours import full_chat, participant
from tests.ui.pages.hour.conftest import OCCASIONS, Cockpit, point_at_page, settle
from tests.ui.pages.hour.test_cockpit import buttons, said

Make = Callable[..., Cockpit]

AT_1366, AT_1024 = (1110, 625), (768, 457)
"""The room of the page in windows of 1366×768 and 1024×600."""


def seen(strip: StatusStrip) -> list[QWidget]:
    """What stands in the strip, in no order."""
    kinds = (Chip, Text, Button)
    return [one for kind in kinds for one in strip.findChildren(kind) if one.isVisible()]


def under_way(make: Make, size: tuple[int, int]) -> Cockpit:
    """An hour with keys on a page of that size, a message just out."""
    cockpit = make(full_chat(Route.KEYS))
    cockpit.page.resize(*size)
    cockpit.start()
    cockpit.board.strip.give_room_back()
    settle()
    return cockpit


@pytest.mark.parametrize("size", [AT_1366, AT_1024])
@pytest.mark.parametrize("route", [Route.KEYS, Route.ASSISTED])
def test_it_is_one_row(make_cockpit: Make, size: tuple[int, int], route: Route) -> None:
    cockpit = make_cockpit(full_chat(route))
    cockpit.page.resize(*size)
    hour = cockpit.start(minute=-6)
    strip = cockpit.board.strip
    assert strip.height() == Height.STRIP
    cockpit.board._state.looked_at = hour.clock.at + timedelta(minutes=20)
    hour.at_minute(17.3)
    settle()
    assert strip.height() == Height.STRIP
    assert short_pace(cockpit.board.view()) in said(strip)
    assert not strip._state.isVisible()


def test_a_rehearsal_is_a_chip_in_the_same_row(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.page.resize(*AT_1366)
    cockpit.start(Occasion.REHEARSAL)
    assert cockpit.board.strip._nothing_leaves.isVisible()
    assert cockpit.board.strip.height() == Height.STRIP


@pytest.mark.parametrize("size", [AT_1366, AT_1024])
def test_a_page_to_confirm_needs_no_row(make_cockpit: Make, size: tuple[int, int]) -> None:
    """Without keys every message is confirmed: the strip would come and go with each of them."""
    cockpit = under_way(make_cockpit, size)
    hour, strip = cockpit.hour, cockpit.board.strip
    hour.becomes("q:q2", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    settle()
    one = ngettext("{count} to check", "{count} to check", 1).format(count=1)
    assert one in buttons(strip)
    assert strip.height() == Height.STRIP
    assert strip.sentence == strip._pace.accessibleDescription()


def test_a_warning_is_one_more_row_and_goes_again(make_cockpit: Make) -> None:
    cockpit = under_way(make_cockpit, AT_1366)
    point_at_page(cockpit, False)
    hour, strip = cockpit.hour, cockpit.board.strip
    hour.say_network(False)
    settle()
    assert strip.sentence in said(strip)
    assert Height.STRIP < strip.height() <= 2 * Height.STRIP
    hour.say_network(True)
    settle()
    cockpit.page._on_second()
    settle()
    assert strip.height() == Height.STRIP
    assert strip.sentence not in said(strip)


@pytest.fixture
def twice_as_large(qapp: QApplication) -> Iterator[None]:
    theme.apply(theme.LIGHT, 2.0)
    yield
    theme.apply(theme.LIGHT)


@pytest.mark.usefixtures("twice_as_large")
@pytest.mark.parametrize("size", [(1110, 625), (936, 397)])
@pytest.mark.parametrize("occasion", OCCASIONS)
@pytest.mark.parametrize("way", list(Qt.LayoutDirection)[:2])
def test_with_large_text_it_wraps_and_cuts_nothing(
    make_cockpit: Make, size: tuple[int, int], occasion: Occasion, way: Qt.LayoutDirection
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    cockpit.page.setLayoutDirection(way)
    cockpit.page.resize(*size)
    hour = cockpit.start(occasion)
    strip = cockpit.board.strip
    for reachable in (True, False):
        hour.say_network(reachable)
        settle()
        assert strip.height() >= strip.heightForWidth(strip.width())
        places = []
        for one in seen(strip):
            place = QRect(one.mapTo(strip, QPoint(0, 0)), one.size())
            assert strip.rect().contains(place), one
            inner = isinstance(one.parent(), StatusStrip)
            assert not inner or not any(place.intersects(other) for other in places), one
            places.append(place)
            assert one.width() >= one.minimumSizeHint().width(), one


LARGE = [(1366, 562), (1024, 394)]
"""The room of the page in windows of 1366×768 and 1024×600 with text twice as large."""


@pytest.mark.usefixtures("twice_as_large")
@pytest.mark.parametrize("size", LARGE)
@pytest.mark.parametrize("occasion", OCCASIONS)
def test_with_large_text_a_warning_leaves_room_for_the_rest(
    make_cockpit: Make, size: tuple[int, int], occasion: Occasion
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    cockpit.page.resize(*size)
    hour, strip = cockpit.start(occasion), cockpit.board.strip
    settle()
    assert strip.height() <= 1.2 * theme.px(Height.STRIP), "one row"
    pause = strip._pause.geometry()
    hour.say_network(False)
    hour.say_posts(participant(1, "J’ai 15 ans, mon père veut me marier.", hour.clock.at))
    settle()
    assert strip.height() <= MOST_PINNED * cockpit.page.height()
    assert cockpit.page.covered == strip.height()
    assert strip._pause.geometry() == pause, "the first row moves under nobody"
    beside = strip._care.geometry().center().y() - strip._state.geometry().center().y()
    assert abs(beside) <= 1, "one row"
    [line] = strip._state.findChildren(Text)
    assert line.height() < 2 * line.fontMetrics().lineSpacing()
    assert line.text().endswith("…")
    assert tip_of(line) == line.accessibleName() == strip._state.accessibleName()
    assert strip._state.accessibleName() == strip.sentence


@pytest.mark.usefixtures("twice_as_large")
def test_what_has_no_room_is_told_by_the_title(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    cockpit.page.resize(*LARGE[1])
    cockpit.start(Occasion.REHEARSAL)
    strip = cockpit.board.strip
    assert not strip._nothing_leaves.isVisible()
    assert strip._nothing_leaves.accessibleName() in strip.title.accessibleDescription()
    assert strip._next.text() == "" or strip._next.text().endswith(":00")
    assert strip._next.accessibleName(), "what leaves next is still said"
    cockpit.page.resize(1800, 700)
    settle()
    assert strip._nothing_leaves.isVisible()
    assert strip.title.accessibleDescription() == ""


@pytest.mark.parametrize("way", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize("size", [AT_1366, AT_1024, (936, 200)])
def test_it_is_one_bar_from_edge_to_edge(
    make_cockpit: Make, way: Qt.LayoutDirection, size: tuple[int, int]
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    page = cockpit.page
    page.setLayoutDirection(way)
    page.resize(*size)
    cockpit.start()
    strip = cockpit.board.strip
    assert strip.mapTo(page, QPoint(0, 0)) == QPoint(0, 0)
    assert strip.width() == page.width()
    assert strip.property("bar")
    assert not strip.property("card")
    place = page._bar.geometry()
    assert place.top() == page.covered
    assert place.bottom() == page.height() - 1
    left, right = page.sides
    for column in (page.main, cockpit.board.side):
        at = QRect(column.mapTo(page, QPoint(0, 0)), column.size())
        assert left <= at.left() and at.right() < page.width() - right
        assert not at.intersects(place), "what scrolls is beside the bar"


def test_the_button_to_pause_is_at_the_far_end_and_stays_there(make_cockpit: Make) -> None:
    cockpit = under_way(make_cockpit, AT_1366)
    hour, strip = cockpit.hour, cockpit.board.strip
    place = strip._pause.geometry()
    assert strip.width() - 1 - place.right() == cockpit.page.sides[1]
    hour.paused = True
    hour.say_rows()
    settle()
    hour.becomes("q:q2", PostState.FAILED)
    hour.say_rows()
    settle()
    assert strip._pause.geometry() == place


def test_the_time_left_stands_once_on_the_page(make_cockpit: Make) -> None:
    cockpit = under_way(make_cockpit, AT_1366)
    left = time_left_words(cockpit.board.view())
    assert said(cockpit.page).count(left) == 1
    assert str(cockpit.board.view().minutes_left) not in said(cockpit.board._time)


@pytest.mark.parametrize("width", [1110, 1024, 768, 1600])
def test_the_page_begins_where_the_others_do(make_cockpit: Make, width: int) -> None:
    cockpit = under_way(make_cockpit, (width, 700))
    other = Page("Une page", "Pourquoi elle est là.")
    other.resize(width, 700)
    other.add_advice(Text("Un conseil"))
    other.show()
    settle()
    columns = cockpit.board.now, cockpit.board.strip.title
    [left] = {one.mapTo(cockpit.page.viewport(), QPoint(0, 0)).x() for one in columns}
    elsewhere = other.main.mapTo(other.viewport(), QPoint(0, 0)).x()
    # In a wide window the other pages stand in the middle; the hour uses its room.
    assert left == min(elsewhere, 52)
    other.close()
    other.deleteLater()
