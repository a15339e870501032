"""What the buttons of announcements off X do: a form, the mail program, WhatsApp, a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Announcement, Channel, Chat
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.promotion import DAY
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.promotion.announcement_card import AnnouncementCard
from tchat_desktop.ui.pages.promotion.announcement_ways import FACEBOOK_FORM, WHATSAPP_PAGE
from tchat_desktop.ui.pages.promotion.page import PromotionPage
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.when_words import when_of
from tests.domain.chats import a_chat
from tests.fakes.memory_store import MemoryPictures
from tests.fakes.texts import load_texts
from tests.ui.pages.hands import check_names, named, put_on_screen, says, type_text
from tests.ui.pages.promotion.no_files import files

texts_of = cache(load_texts)


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


@pytest.fixture
def letters() -> list[Letter]:
    return []


@pytest.fixture
def pages() -> list[str]:
    return []


Show = Callable[..., tuple[PromotionPage, AnnouncementCard]]


@pytest.fixture
def show(qtbot: QtBot, bridge: Bridge, letters: list[Letter], pages: list[str]) -> Show:
    def show(
        channel: Channel, mail_fits: bool = True, **changes: object
    ) -> tuple[PromotionPage, AnnouncementCard]:
        announcement = Announcement("one", channel, DAY)
        chat: Chat = a_chat(announcements=(announcement,), **changes)
        assert chat.starts_local is not None
        eve = datetime(2026, 12, 16, 12, tzinfo=UTC)
        chat = replace(chat, starts_at=eve.replace(day=17, hour=20))
        editor = ChatEditor(chat)
        page = PromotionPage(
            editor,
            texts_of,
            when_of,
            lambda: eve,
            lambda text: f"https://x.com/intent/tweet?text={text}",
            pages.append,
            bridge,
            MemoryPictures(),
            files(letters=letters, mail_fits=mail_fits),
        )
        put_on_screen(qtbot, page, editor)
        card = page._cards["one"]
        card.open()
        return page, card

    return show


def test_the_form_of_an_event_opens_with_all_that_goes_into_it(
    show: Show, pages: list[str], qtbot: QtBot
) -> None:
    page, card = show(Channel.FACEBOOK)
    card._open.click()
    assert pages == [FACEBOOK_FORM]
    card._copy_subject.click()
    assert "Tchat sur X" in QGuiApplication.clipboard().text()
    card._copy.click()
    assert "Comment participer" in QGuiApplication.clipboard().text()
    card._copy_picture.click()
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull())
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (1200, 675)
    assert image != QImage()
    check_names(page)


def test_whatsapp_opens_with_the_whole_text(show: Show, pages: list[str]) -> None:
    _page, card = show(Channel.WHATSAPP)
    card._open.click()
    (page,) = pages
    assert page.startswith(WHATSAPP_PAGE)
    text = unquote(page.removeprefix(WHATSAPP_PAGE))
    assert text == card._edit.toPlainText()
    assert "Awa" in text and "@" not in text


def test_the_mail_program_gets_the_letter_and_no_address(
    show: Show, letters: list[Letter], qtbot: QtBot
) -> None:
    page, card = show(Channel.EMAIL)
    card._open.click()
    qtbot.waitUntil(lambda: bool(letters))
    assert letters[0].body == card._edit.toPlainText()
    told = _("It is open in your mail program. Put your contacts in blind copy.")
    qtbot.waitUntil(lambda: says(page, told))


def test_a_letter_too_long_for_an_address_is_pasted(
    show: Show, letters: list[Letter], qtbot: QtBot
) -> None:
    _page, card = show(Channel.EMAIL, mail_fits=False)
    card._open.click()
    qtbot.waitUntil(lambda: bool(letters))
    assert letters[0].subject
    assert letters[0].body == ""
    assert QGuiApplication.clipboard().text() == card._edit.toPlainText()


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.PRESS])
def test_a_letter_and_a_press_text_are_saved(
    show: Show,
    letters: list[Letter],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    channel: Channel,
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "a"), ""))
    page, card = show(channel)
    card._save.click()
    qtbot.waitUntil(lambda: bool(letters))
    assert letters[0].body == card._edit.toPlainText()
    ending = "eml" if channel is Channel.EMAIL else "txt"
    qtbot.waitUntil(lambda: says(page, _("Saved: {file}").format(file=f"a.{ending}")))


def test_nothing_with_a_blank_leaves(
    show: Show, pages: list[str], letters: list[Letter], monkeypatch: pytest.MonkeyPatch
) -> None:
    for channel in Channel:
        _page, card = show(channel, topic="")
        card._open.click()
        card._save.click()
    assert pages == []
    assert letters == []


def test_an_at_name_off_x_is_told(show: Show) -> None:
    page, card = show(Channel.WHATSAPP)
    card._edit.setPlainText("Venez écouter @sagefemme_ex ! #UnionsPrécoces")
    words = _("{names}: an @name says nothing away from X. Write the name, and who it is.")
    assert says(page, words.format(names="@sagefemme_ex"))


def test_the_words_of_the_link_and_the_occasion_are_in_the_texts(show: Show) -> None:
    page, card = show(
        Channel.EMAIL, registration_link="https://example.org/guide", event="Forum de Dakar"
    )
    assert "S’inscrire ou en savoir plus\u00a0: https://example.org/guide" in (
        card._edit.toPlainText()
    )
    assert "L’occasion\u00a0: Forum de Dakar" in card._edit.toPlainText()
    words = named(page, _("What is behind it? (optional)"))
    words.setFocus()
    type_text(words, "Notre guide")
    assert "Notre guide\u00a0: https://example.org/guide" in card._edit.toPlainText()
    assert "S’inscrire" not in card._edit.toPlainText()
