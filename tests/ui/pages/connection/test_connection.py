"""La connexion: the way posts leave, its price, and the reminder that protects children."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from pytestqt.qtbot import QtBot

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.routes import chat_price
from tchat_desktop.domain.spending import Statement
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.pages.connection.page import USUAL, ConnectionPage
from tchat_desktop.wording.i18n import format_dollars
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts
from tests.ui.keyboard import replace_text, type_text
from tests.ui.pages.fake_connections import FakeConnections
from tests.ui.pages.fake_hours import full_chat
from tests.ui.pages.hands import new_bridge

texts_of = cache(load_texts)


def make(qtbot: QtBot, chat: Chat) -> tuple[ConnectionPage, ChatEditor]:
    editor = ChatEditor(chat)
    page = ConnectionPage(
        editor,
        NETWORK,
        texts_of,
        FakeConnections(),
        print,
        new_bridge(),
        lambda _chat_id: Statement(),
    )
    editor.observe(page.show_chat)
    qtbot.addWidget(page)
    page.show_chat(editor.chat)
    page.show()
    return page, editor


def test_an_empty_chat_has_no_way_yet(qtbot: QtBot) -> None:
    page, _editor = make(qtbot, Chat(id="empty"))
    assert not any(choice.isChecked() for choice in page._choices.values())
    assert not page._happens.isVisible()


@pytest.mark.parametrize("route", list(Route))
def test_a_way_is_chosen_explained_and_undone(qtbot: QtBot, route: Route) -> None:
    page, editor = make(qtbot, replace(full_chat(), route=None))
    page._choices[route].click()
    assert editor.chat.route is route
    assert page._happens.isVisible()
    by_keys = route is Route.KEYS
    assert (page.keys_panel.isVisible(), page.spending.isVisible()) == (by_keys, by_keys)
    assert page._price.isVisible() is not by_keys
    editor.undo()
    assert not any(choice.isChecked() for choice in page._choices.values())


def test_the_price_is_that_of_the_whole_chat(qtbot: QtBot) -> None:
    page, editor = make(qtbot, full_chat())

    def price() -> str:
        texts = [item.text for item in run_sheet.build_run_sheet(editor.chat, texts_of("fr")).items]
        cents = chat_price(texts, NETWORK, USUAL).total_cents
        return format_dollars(cents)

    before = price()
    assert before in page._price.text()
    linked = replace(editor.chat.questions[0], text="Qui aide ? https://www.unicef.org")
    editor.edit(replace(editor.chat, questions=(linked, *editor.chat.questions[1:])))
    assert price() != before
    assert price() in page._price.text()


def test_the_account_is_typed_as_people_write_it(qtbot: QtBot) -> None:
    page, editor = make(qtbot, replace(full_chat(), account=""))
    # Words are never joined: that would be a stranger's name.
    type_text(page._account, "@Voix des")
    assert editor.chat.account == "Voix des"
    assert page._account_field.verdict
    replace_text(page._account, "https://x.com/voixdesfilles")
    assert editor.chat.account == "voixdesfilles"
    assert page._account_field.verdict == ""
    replace_text(page._account, "@voix-des-filles")
    assert page._account_field.verdict
    editor.undo()
    assert page._account.text() == ""
    assert page._account_field.verdict == ""


def test_a_name_too_long_for_x_is_told_with_its_figures(qtbot: QtBot) -> None:
    page, editor = make(qtbot, replace(full_chat(), account=""))
    replace_text(page._account, "@VoixDesFillesTh17")
    assert "17 caractères" in page._account_field.verdict
    assert "15" in page._account_field.verdict
    again, _editor = make(qtbot, editor.chat)
    assert "17 caractères" in again._account_field.verdict, "the page made anew says it too"
