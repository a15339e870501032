"""Posts with a picture in the hour: pasted where no key carries them, told where X took none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Occasion, Picture, Route
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.wording.i18n import N_, _
from tests.ui.pages.fake_hours import FakeHour, full_chat
from tests.ui.pages.hour.conftest import Cockpit, point_at_page, settle
from tests.ui.pictures import encoded, flat

Make = Callable[..., Cockpit]

CONTENT = encoded(flat(64, 36), "PNG")
COPY = N_("Copy the picture")
DESCRIBE = N_("Copy the description")


def pictured(route: Route = Route.ASSISTED, alt_text: str = "Une école, de dos") -> Chat:
    """A chat whose second question goes out with a picture."""
    picture = Picture("0f" * 32, "image/png", alt_text)
    return run_sheet.with_picture(full_chat(route), "q:q2", picture)


def buttons(widget: QWidget) -> dict[str, Button]:
    """The buttons on screen, by text."""
    return {one.text(): one for one in widget.findChildren(Button) if one.isVisible()}


def said(widget: QWidget) -> str:
    """All the words on screen."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def handed_over(cockpit: Cockpit, slot: str, occasion: Occasion = Occasion.LIVE) -> FakeHour:
    """An hour in which the page of a post is open in the browser."""
    hour = cockpit.hours.hour(occasion) or cockpit.start(occasion)
    page = "https://x.com/intent/tweet?text=a"
    hour.becomes(slot, PostState.HANDED_OVER, page=page, changed_at=hour.clock.at)
    hour.say_rows()
    settle()
    return hour


def rest(cockpit: Cockpit, bridge: Bridge, qtbot: QtBot) -> None:
    """Wait until all that was asked of the background is done and told."""
    done: list[object] = []
    bridge.run(cockpit.page, lambda: None, done.append, done.append)
    qtbot.waitUntil(lambda: bool(done))


@pytest.mark.parametrize("occasion", [Occasion.LIVE, Occasion.REHEARSAL])
def test_the_picture_and_its_description_are_copied_to_be_pasted(
    make_cockpit: Make, bridge: Bridge, qtbot: QtBot, occasion: Occasion
) -> None:
    cockpit = make_cockpit(pictured())
    row = handed_over(cockpit, "q:q2", occasion).row("q:q2")
    assert row.picture is not None
    cockpit.pictures.content = lambda _chat, _id: CONTENT  # type: ignore[method-assign]
    now = cockpit.board.now
    first = _("This post has a picture: copy it, then paste it into the page ({keys}).")
    first = first.format(keys="Ctrl+V")
    assert first in said(now)
    height = now.height()
    buttons(now)[_(COPY)].click()
    rest(cockpit, bridge, qtbot)
    image = QApplication.clipboard().image()
    assert (image.width(), image.height()) == (64, 36)
    copied = _("The picture is copied: paste it into the page ({keys}).")
    assert copied.format(keys="Ctrl+V") in said(now)
    buttons(now)[_(DESCRIBE)].click()
    assert QApplication.clipboard().text() == "Une école, de dos"
    settle()
    assert now.height() == height


def test_a_post_without_a_picture_asks_for_nothing_and_moves_nothing(
    make_cockpit: Make,
) -> None:
    cockpit = make_cockpit(pictured())
    hour = handed_over(cockpit, "q:q1")
    # While the mouse is on the page; elsewhere the cards are as low as they may.
    point_at_page(cockpit)
    now, following = cockpit.board.now, cockpit.board.next
    assert _(COPY) not in buttons(now)
    places = [(card.geometry(), card.y()) for card in (now, following, cockpit.board.feed)]
    hour.becomes("q:q1", PostState.SENT)
    handed_over(cockpit, "q:q2")
    assert _(COPY) in buttons(now)
    hour.becomes("q:q2", PostState.SENT)
    hour.say_rows()
    settle()
    assert _(COPY) not in buttons(now)
    assert [(card.geometry(), card.y()) for card in (now, following, cockpit.board.feed)] == places


def test_an_hour_without_pictures_keeps_no_room_for_them(make_cockpit: Make) -> None:
    with_room = make_cockpit(pictured())
    handed_over(with_room, "q:q1")
    without = make_cockpit(full_chat())
    handed_over(without, "q:q1")
    assert without.board.now.height() < with_room.board.now.height()


def test_a_picture_without_words_has_none_to_copy(make_cockpit: Make) -> None:
    cockpit = make_cockpit(pictured(alt_text=" "))
    handed_over(cockpit, "q:q2")
    assert not buttons(cockpit.board.now)[_(DESCRIBE)].isEnabled()


def test_a_picture_that_is_gone_is_told(make_cockpit: Make, bridge: Bridge, qtbot: QtBot) -> None:
    cockpit = make_cockpit(pictured())
    handed_over(cockpit, "q:q2")
    QApplication.clipboard().setText("avant")
    buttons(cockpit.board.now)[_(COPY)].click()
    rest(cockpit, bridge, qtbot)
    words = _(
        "The picture is not on this computer any more. Publish without it, or add it on the page "
        "yourself."
    )
    assert words in said(cockpit.board.now)
    assert QApplication.clipboard().text() == "avant"


def test_the_next_post_says_that_it_has_a_picture(make_cockpit: Make) -> None:
    cockpit = make_cockpit(pictured(Route.KEYS))
    hour = cockpit.start(minute=0)
    following = cockpit.board.next
    assert _("with a picture") not in said(following)
    for row in hour.planned:
        if row.due_at < hour.row("q:q2").due_at:
            hour.becomes(row.slot, PostState.SENT)
    hour.say_rows()
    settle()
    assert _("with a picture") in said(following)


def test_a_picture_that_cannot_be_used_offers_to_do_without(make_cockpit: Make) -> None:
    cockpit = make_cockpit(pictured(Route.KEYS))
    hour = cockpit.start()
    hour.becomes("q:q2", PostState.FAILED, reason=Reason.PICTURE)
    hour.say_rows()
    settle()
    check = cockpit.board.check
    assert _("Its picture could not be used.") in said(check)
    offered = list(buttons(check))
    assert offered[:2] == [_("Publish without the picture"), _("Use the browser")]
    buttons(check)[_("Publish without the picture")].click()
    assert hour.asked == [("without_picture", hour.row("q:q2").id)]
