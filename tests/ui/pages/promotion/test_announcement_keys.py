"""Announcements given to the keys: offered with their price, taken back, and told what came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.announcing import announcement_rows
from tchat_desktop.domain.chat import Announcement, Channel, Chat, Occasion, Route
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.domain.promotion import DAY
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.start.network import network_rules
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.models.live_rows import LiveRows
from tchat_desktop.ui.pages.promotion.announcement_card import AnnouncementCard
from tchat_desktop.ui.pages.promotion.announcement_keys import AnnouncementKeys
from tchat_desktop.ui.pages.promotion.page import PromotionPage
from tchat_desktop.wording.i18n import _, format_price
from tchat_desktop.wording.reasons import fact_words
from tchat_desktop.wording.when_words import when_of
from tests.domain.chats import a_chat
from tests.fakes.memory_store import MemoryPictures
from tests.fakes.texts import load_texts
from tests.ui.pages.hands import check_names, put_on_screen
from tests.ui.pages.promotion.no_files import files

texts_of = cache(load_texts)
NOW = datetime(2026, 12, 10, 12, tzinfo=UTC)
EVE = Announcement("eve", Channel.X, DAY)


class Desk:
    def __init__(self, page: PromotionPage, editor: ChatEditor, bridge: Bridge) -> None:
        self.page, self.editor, self.bridge = page, editor, bridge
        self.pages: list[str] = []

    @property
    def card(self) -> AnnouncementCard:
        return self.page._cards["eve"]

    @property
    def eve(self) -> Announcement:
        return self.editor.chat.announcements[0]

    def tell(self, state: PostState, reason: Reason = Reason.NONE) -> None:
        """What the announcer tells of its row."""
        chat = replace(self.editor.chat, announcements=(replace(EVE, by_keys=True),))
        (row,) = announcement_rows(chat, texts_of("fr"), when_of(chat))
        rows = (replace(row, state=state, reason=reason),)
        self.bridge.report(OutboxChanged(chat.id, Occasion.PROMOTION, rows, False))
        for _turn in range(5):
            QApplication.processEvents()


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


@pytest.fixture
def show(qtbot: QtBot, bridge: Bridge) -> Callable[..., Desk]:
    def show(**changes: object) -> Desk:
        told = {"route": Route.KEYS, "announcements": (EVE,), **changes}
        chat: Chat = a_chat(**told)
        editor, rows = ChatEditor(chat), LiveRows(bridge, chat.id, tuple, Occasion.PROMOTION)
        pages: list[str] = []
        page = PromotionPage(
            editor,
            texts_of,
            when_of,
            lambda: NOW,
            lambda text: f"https://x.com/intent/tweet?text={text}",
            pages.append,
            bridge,
            MemoryPictures(),
            files(),
            AnnouncementKeys(rows, network_rules()),
        )
        put_on_screen(qtbot, page, editor)
        desk = Desk(page, editor, bridge)
        desk.pages = pages
        desk.card.open()
        return desk

    return show


Show = Callable[..., Desk]


def test_the_price_is_told_before_and_after_it_is_given_to_the_keys(show: Show) -> None:
    desk = show()
    price = format_price(1.5)
    assert price in desk.card._way.text()
    desk.card._by_keys.click()
    assert desk.eve.by_keys
    assert price in desk.card._way.text()
    assert desk.card._by_keys.isChecked()
    check_names(desk.page)
    desk.card._by_keys.click()
    assert not desk.eve.by_keys


def test_a_link_makes_it_dearer(show: Show) -> None:
    desk = show(registration_link="https://example.org")
    desk.card._edit.setPlainText("Venez ! https://example.org #UnionsPrécoces")
    assert format_price(20) in desk.card._way.text()


@pytest.mark.parametrize(
    "changes", [{"route": Route.ASSISTED}, {"live_elsewhere": NOW}, {"closed_at": NOW}]
)
def test_without_keys_nothing_is_offered(show: Show, changes: dict[str, object]) -> None:
    desk = show(**changes)
    assert desk.card._by_keys.isHidden()


def test_a_text_with_a_blank_is_not_given_to_the_keys(show: Show) -> None:
    desk = show(topic="")
    desk.card._by_keys.click()
    assert not desk.eve.by_keys
    assert not desk.card._by_keys.isChecked()


def test_what_left_is_out_and_no_tick_takes_it_back(show: Show) -> None:
    desk = show(announcements=(replace(EVE, by_keys=True),))
    desk.tell(PostState.SENT)
    assert desk.card._done.isChecked()
    assert not desk.card._done.isEnabled()
    assert desk.card._by_keys.isHidden()
    assert not desk.card.is_open


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        (PostState.EXPIRED, Reason.TOO_LATE, "not open on this chat"),
        (PostState.FAILED, Reason.KEYS_REFUSED, ""),
        (PostState.UNKNOWN, Reason.ANSWER_LOST, "look at your account"),
    ],
)
def test_what_did_not_leave_says_why(
    show: Show, state: PostState, reason: Reason, words: str
) -> None:
    desk = show(announcements=(replace(EVE, by_keys=True),))
    before = desk.card._way.text()
    desk.tell(state, reason)
    said = desk.card._way.text()
    assert said != before
    if state is PostState.FAILED:
        assert fact_words(reason) in said
    assert desk.card._by_keys.isHidden() == (state is PostState.UNKNOWN)


def test_what_is_opened_by_hand_does_not_leave_by_itself_as_well(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = show(announcements=(replace(EVE, by_keys=True),))
    monkeypatch.setattr(
        "tchat_desktop.ui.pages.promotion.announcement_ways.confirms_other_day",
        lambda *_args, **_more: True,
    )
    desk.card._open.click()
    assert len(desk.pages) == 1
    assert not desk.eve.by_keys


def test_the_tick_has_its_own_words(show: Show) -> None:
    desk = show()
    assert desk.card._by_keys.accessibleName().startswith(_("It leaves by itself"))
