"""The two cards above the feed are low, whatever they show, so that posts are seen below them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.ui.pages.hour.faces import POST_LINES
from tchat_desktop.ui.tokens import Height
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import full_chat
from tests.ui.pages.hour.conftest import OCCASIONS, Cockpit, point_at_page, settle

Make = Callable[..., Cockpit]

SIZES = {"1366×768": (1110, 625), "1280×720": (1024, 577), "1024×600": (768, 457)}
"""The room of the page in windows of these sizes."""


def make_low(make: Make, route: Route, size: tuple[int, int], occasion: Occasion) -> Cockpit:
    cockpit = make(full_chat(route))
    cockpit.page.resize(*size)
    cockpit.start(occasion)
    return cockpit


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("occasion", OCCASIONS)
@pytest.mark.parametrize("route", [Route.KEYS, Route.ASSISTED])
def test_each_card_is_low_in_every_state(
    make_cockpit: Make, size: tuple[int, int], occasion: Occasion, route: Route
) -> None:
    cockpit = make_low(make_cockpit, route, size, occasion)
    hour, board = cockpit.hour, cockpit.board
    # The mouse is on the page, so that what grew would stay as it is.
    point_at_page(cockpit)
    place = board.feed.y()
    for state in (PostState.SENT, PostState.HANDED_OVER, PostState.FAILED, PostState.SENT):
        hour.becomes("q:q2", state, page="https://x.com/intent/tweet?text=a")
        hour.say_rows()
        settle()
        assert (board.now.height(), board.next.height()) == (Height.HOUR_CARD, Height.HOUR_CARD)
        assert board.feed.y() == place
    centres = {one.geometry().center().y() for one in board.next._buttons}
    assert len(centres) == 1
    lines = board.next._text.height() // board.next._text.fontMetrics().lineSpacing()
    assert lines >= POST_LINES


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_posts_are_seen_below_them(make_cockpit: Make, size: tuple[int, int]) -> None:
    cockpit = make_low(make_cockpit, Route.KEYS, size, Occasion.LIVE)
    cockpit.board.strip.give_room_back()
    settle()
    top = cockpit.board.feed.mapTo(cockpit.page.viewport(), QPoint(0, 0)).y()
    assert top <= Height.STRIP + Height.HOUR_CARD + 2 * Height.RAIL_ROW


def test_the_editor_is_as_high_as_it_needs_and_gives_all_of_it_back(make_cockpit: Make) -> None:
    cockpit = make_low(make_cockpit, Route.KEYS, SIZES["1366×768"], Occasion.LIVE)
    board = cockpit.board
    for pointed_at in (True, False):
        point_at_page(cockpit, pointed_at)
        place = board.feed.y()
        board.next._change.click()
        settle()
        assert board.next.height() > Height.HOUR_CARD
        # It grew because that was asked for, and so it goes back.
        board.next.changing.close_editor()
        settle()
        assert board.feed.y() == place
        assert board.next.height() == Height.HOUR_CARD


def test_the_question_whether_it_is_out_is_named_whole(make_cockpit: Make) -> None:
    cockpit = make_low(make_cockpit, Route.ASSISTED, SIZES["1024×600"], Occasion.LIVE)
    cockpit.hour.becomes("q:q2", PostState.HANDED_OVER, page="https://x.com/a")
    cockpit.hour.say_rows()
    settle()
    now = cockpit.board.now
    assert now._link.accessibleName() == _("Link of the message, if you have it at hand")
    assert now._link.placeholderText() == _("Link (optional)")
    assert now.accessibleName() == now._question.accessibleName()
    assert now._again.accessibleName() == _("Open the page again")
