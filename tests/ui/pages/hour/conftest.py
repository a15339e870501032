"""A cockpit with hours that run nowhere, told through a real bridge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.account_keys import AccountSeen
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.services.accounts import Connection
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.hour.board import HourBoard
from tchat_desktop.ui.pages.hour.feed_list import FeedList
from tchat_desktop.ui.pages.hour.page import CockpitPage
from tchat_desktop.ui.pages.shared.day_list import DayList
from tchat_desktop.ui.widgets.steady_button import UNHURRIED, SteadyButton
from tests.fakes.memory_store import MemoryPictures, MemoryUnsent
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts
from tests.ui.live import live_rows
from tests.ui.pages.fake_connections import FakeConnections
from tests.ui.pages.fake_hours import START, FakeClock, FakeHour, FakeHours, full_chat
from tests.ui.pages.paste_tools import paste_tools

texts_of = cache(load_texts)

OCCASIONS = (Occasion.LIVE, Occasion.REHEARSAL)
"""What the page shows an hour of."""

LONG_ENOUGH = UNHURRIED + 0.01
"""Seconds until a press counts; sums of fractions fall short of `UNHURRIED` by chance."""

ACCOUNT = Connection(AccountSeen("1", "Voix des filles", "voixdesfilles"))


@dataclass
class Cockpit:
    """The page, and what stands around it."""

    page: CockpitPage
    editor: ChatEditor
    hours: FakeHours
    wall: FakeClock
    pictures: MemoryPictures
    pages: list[str] = field(default_factory=list)
    account: Connection | None = ACCOUNT

    @property
    def board(self) -> HourBoard:
        assert self.page.board is not None
        return self.page.board

    @property
    def hour(self) -> FakeHour:
        """The hour that is shown."""
        hour = self.board.hour
        assert isinstance(hour, FakeHour)
        return hour

    def start(self, occasion: Occasion = Occasion.LIVE, minute: float = 17.3) -> FakeHour:
        """An hour under way, shown."""
        live = occasion is Occasion.LIVE
        hour = self.hours.start_live() if live else self.hours.start_rehearsal()
        self.page.show_occasion(occasion)
        hour.at_minute(minute)
        settle()
        return hour


def settle() -> None:
    """Let what was reported arrive, and the layouts follow."""
    for _turn in range(5):
        QApplication.processEvents()
    # The cards of many posts are made one a turn.
    lists = [one for top in QApplication.topLevelWidgets() for one in top.findChildren(FeedList)]
    while any(one.to_come for one in lists):
        QApplication.processEvents()


def point_at_page(cockpit: Cockpit, points: bool = True) -> None:
    """Have the mouse on the page, or off it: meanwhile the strip keeps its height."""
    cockpit.page.viewport().setAttribute(Qt.WidgetAttribute.WA_UnderMouse, points)


class Seconds:
    """The clock of the buttons that ask for a press that is meant: each look is a second later."""

    def __init__(self) -> None:
        self.at = 0.0
        self.runs = True

    def __call__(self) -> float:
        self.at += float(self.runs)
        return self.at


@pytest.fixture(autouse=True)
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    """Nobody in these tests presses too soon, unless they stop the clock."""
    clock = Seconds()
    monkeypatch.setattr(SteadyButton, "clock", clock)
    return clock


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


@pytest.fixture
def make_cockpit(qtbot: QtBot, bridge: Bridge) -> Callable[..., Cockpit]:
    def make(chat: Chat | None = None) -> Cockpit:
        editor = ChatEditor(chat if chat is not None else full_chat(Route.KEYS))
        hours = FakeHours(lambda: editor.chat, bridge.report)
        wall = FakeClock(START)
        pages: list[str] = []
        pictures = MemoryPictures()
        made: list[Cockpit] = []

        def account() -> Connection | None:
            return made[0].account if made else ACCOUNT

        page = CockpitPage(
            editor,
            hours,
            bridge,
            texts_of,
            pages.append,
            wall.now,
            pictures,
            NETWORK,
            account,
            live_rows(bridge, editor.chat.id),
            DayList(lambda _paying: (), lambda _chat: frozenset(), FakeConnections(), wall.now),
            MemoryUnsent(),
            paste_tools(bridge),
        )
        made.append(Cockpit(page, editor, hours, wall, pictures, pages))
        editor.observe(page.show_chat)
        qtbot.addWidget(page)
        page.resize(1024, 736)
        page.show_chat(editor.chat)
        page.show()
        settle()
        return made[0]

    return make
