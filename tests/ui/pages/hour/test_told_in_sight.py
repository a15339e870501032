"""What became of a paste is told where one looks, and heard once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.ui.pages.hour import in_sight
from tchat_desktop.ui.pages.hour.in_sight import ToldInSight
from tchat_desktop.ui.widgets import toast
from tests.fakes import x_pages
from tests.fakes.x_pages import seen
from tests.ui.pages.fake_hours import START, full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.pages.hour.test_pasting import copy, post, press_paste

Make = Callable[..., Cockpit]
SAYS = "3 nouveaux messages."

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told about pastes."""
    said: list[str] = []

    def hear(_widget: QWidget, words: str) -> None:
        said.append(words)

    monkeypatch.setattr(in_sight, "announce", hear)
    monkeypatch.setattr(toast, "announce", hear)
    return said


@pytest.fixture
def cockpit(make_cockpit: Make, heard: list[str]) -> Cockpit:
    made = make_cockpit(full_chat(Route.ASSISTED))
    hour = made.start()
    at = START + timedelta(minutes=10)
    hour.say_posts(*(participant(one, f"R1 Oui {one}", at, f"p{one}") for one in range(20)))
    settle()
    copy(x_pages.today(map(seen, [post(number) for number in range(3)])))
    return made


def over_page(cockpit: Cockpit) -> str:
    """What is shown over the page for a moment."""
    shown = cockpit.board.findChild(ToldInSight).toast
    return shown.text if shown.isVisible() else ""


def scroll_to_feed(cockpit: Cockpit) -> None:
    cockpit.page.bring_into_view(cockpit.board.feed)
    settle()


def paste(cockpit: Cockpit, qtbot: QtBot) -> None:
    press_paste(cockpit, qtbot, SAYS)
    settle()
    settle()


def test_in_sight_it_is_told_in_its_place_alone(
    cockpit: Cockpit, qtbot: QtBot, heard: list[str]
) -> None:
    scroll_to_feed(cockpit)
    paste(cockpit, qtbot)
    assert over_page(cockpit) == ""
    assert heard == [SAYS]


def test_further_down_it_is_shown_over_the_page_as_well(
    cockpit: Cockpit, qtbot: QtBot, heard: list[str]
) -> None:
    bar = cockpit.page.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    paste(cockpit, qtbot)
    assert over_page(cockpit) == cockpit.board.feed.pasted.told == SAYS
    assert heard == [SAYS]
    shown = cockpit.board.findChild(ToldInSight).toast
    viewport = cockpit.page.viewport()
    assert viewport.rect().contains(shown.geometry())
    assert shown.mapTo(cockpit.page, QPoint(0, 0)).y() >= cockpit.page.covered


def test_that_nothing_was_found_is_shown_there_too(
    cockpit: Cockpit, qtbot: QtBot, heard: list[str]
) -> None:
    bar = cockpit.page.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    copy("<p>rien</p>", "rien")
    press_paste(cockpit, qtbot, "Aucun message")
    settle()
    settle()
    assert over_page(cockpit).startswith("Aucun message")
    assert len(heard) == 1


def own_message(cockpit: Cockpit, state: PostState) -> None:
    """A message of one's own as it stands now."""
    hour = cockpit.hour
    hour.rows = [row for row in hour.rows if row.id != "own"]
    row = replace(
        hour.planned[0],
        id="own",
        slot="impromptu:1",
        kind=PostKind.IMPROMPTU,
        text="Merci à vous #UnionsPrécoces",
        state=state,
        due_at=hour.clock.at,
        planned=None,
    )
    hour.add_row(row)
    hour.say_rows()
    settle()


def test_that_an_own_message_is_published_is_seen_wherever_one_reads(
    cockpit: Cockpit, heard: list[str]
) -> None:
    own_message(cockpit, PostState.DUE)
    assert over_page(cockpit) == ""
    own_message(cockpit, PostState.SENT)
    assert "Merci à vous" in over_page(cockpit)
    # The board says it already.
    assert heard == []


def test_what_was_published_before_is_not_told_again(cockpit: Cockpit, heard: list[str]) -> None:
    own_message(cockpit, PostState.SENT)
    assert over_page(cockpit) == ""
