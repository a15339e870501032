"""La protection: numbers by country, checked before they are given; who is told; what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tchat_desktop.domain import protection
from tchat_desktop.domain.chat import HelpLine
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.start.data_directory import texts_of
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.protection.page import ProtectionPage
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.wording.i18n import _, pgettext
from tests.domain.chats import a_chat
from tests.ui.keyboard import replace_text, type_text
from tests.ui.pages.hands import (
    check_names,
    focusable_names,
    named,
    press,
    put_on_screen,
    says,
)

SENEGAL = HelpLine("sn", "Sénégal", "116", "enfants")
CHAT = a_chat(help_lines=(SENEGAL,), focal_point="", rules_accepted=False)


@pytest.fixture
def editor() -> ChatEditor:
    return ChatEditor(CHAT)


@pytest.fixture
def page(qtbot: QtBot, editor: ChatEditor) -> ProtectionPage:
    page = ProtectionPage(editor, texts_of)
    put_on_screen(qtbot, page, editor)
    return page


def part(page: ProtectionPage, what: str, about: str, kind: type = QLineEdit) -> Any:
    return named(page, _("{what} – {about}").format(what=what, about=about), kind)


def shown_answer(page: ProtectionPage) -> str:
    return page._preview._text.toPlainText()


def test_a_number_is_given_once_it_is_ticked_and_no_more_when_it_is_changed(
    page: ProtectionPage, editor: ChatEditor
) -> None:
    assert "116" not in shown_answer(page)
    assert says(page, _("To check: call it, or see the official site. Then tick."))
    tick = part(page, pgettext("number", "Checked"), "Sénégal (1)", Tick)
    tick.click()
    assert editor.chat.help_lines == (replace(SENEGAL, verified=True),)
    assert "Sénégal\u00a0116 (enfants)" in shown_answer(page)
    replace_text(part(page, _("Number"), "Sénégal (1)"), "117")
    assert editor.chat.help_lines[0].number == "117"
    assert not tick.isChecked()
    assert "117" not in shown_answer(page)
    while editor.can_undo:
        editor.undo()
    assert editor.chat == CHAT


def test_116_alone_cannot_be_ticked(page: ProtectionPage, editor: ChatEditor) -> None:
    editor.edit(replace(editor.chat, help_lines=(replace(SENEGAL, serves=""),)))
    assert not part(page, pgettext("number", "Checked"), "Sénégal (1)", Tick).isEnabled()
    words = _(
        "To fill in: for whom? Some lines are for children, others for women or for everyone."
    )
    assert says(page, words)


def test_each_country_of_the_audience_is_one_press_away(
    page: ProtectionPage, editor: ChatEditor
) -> None:
    offer = _("Add a number for {country}")
    press(page, offer.format(country="France"))
    assert [line.country for line in editor.chat.help_lines] == ["Sénégal", "France"]
    type_text(part(page, _("Number"), "France (2)"), "119")
    assert editor.chat.help_lines[1].number == "119"
    assert not says(page, offer.format(country="France"))
    press(page, f"{_('Add a number')} – {_('Another country')}")
    assert editor.chat.help_lines[2].country == ""
    check_names(page)


def test_a_country_without_any_number_can_be_said_to_have_none(
    page: ProtectionPage, editor: ChatEditor
) -> None:
    press(page, _("Add a number for {country}").format(country="France"))
    what, about = pgettext("number", "Checked"), "France (2)"
    assert _("{what} – {about}").format(what=what, about=about) not in focusable_names(page)
    none = part(page, _("No number found"), "France (2)", Tick)
    none.click()
    assert editor.chat.help_lines[1].none_found
    assert not part(page, _("For whom?"), "France (2)").isEnabled()
    words = _("No help number for {countries}: your organisation looks for help near them.")
    assert says(page, words.format(countries="France"))
    assert says(
        page,
        _(
            "None to give. In danger: the police or the emergency services there. Else your "
            "organisation looks for help near them."
        ),
    )
    check_names(page)
    type_text(part(page, _("Number"), "France (2)"), "119")
    assert not editor.chat.help_lines[1].none_found
    assert not none.isVisible()
    assert not says(page, words.format(countries="France"))
    while editor.can_undo:
        editor.undo()
    assert editor.chat == CHAT


def test_a_number_removed_comes_back_where_it_was(page: ProtectionPage, editor: ChatEditor) -> None:
    both = (SENEGAL, HelpLine("fr", "France", "119", "enfants", verified=True))
    editor.edit(replace(editor.chat, help_lines=both))
    press(page, _("{what} – {about}").format(what=_("Remove this number"), about="Sénégal (1)"))
    assert editor.chat.help_lines == both[1:]
    press(page, _("Put it back"))
    assert editor.chat.help_lines == both


def test_a_number_brought_back_by_undo_is_no_longer_said_to_be_gone(
    page: ProtectionPage, editor: ChatEditor
) -> None:
    editor.edit(replace(editor.chat, help_lines=(SENEGAL,)))
    press(page, _("{what} – {about}").format(what=_("Remove this number"), about="Sénégal (1)"))
    assert page._undo.isVisible()
    editor.undo()
    assert editor.chat.help_lines == (SENEGAL,)
    assert not page._undo.isVisible()


def test_who_is_told_is_named_in_what_to_do(page: ProtectionPage, editor: ChatEditor) -> None:
    type_text(named(page, _("Who is told at once?"), QLineEdit), "Awa")
    type_text(named(page, _("Telephone during the chat"), QLineEdit), "77 1")
    assert (editor.chat.focal_point, editor.chat.focal_phone) == ("Awa", "77 1")
    assert says(page, _("Tell {who} at once.").format(who="Awa, 77\u00a01"))
    answer = protection.answer(editor.chat, texts_of("fr"))
    assert "Awa" not in answer


def test_the_reminder_is_ticked_and_undone(page: ProtectionPage, editor: ChatEditor) -> None:
    page._rules.click()
    assert editor.chat.rules_accepted
    editor.undo()
    assert not page._rules.isChecked()


def test_the_first_thing_seen_is_the_rules_and_what_to_do(page: ProtectionPage) -> None:
    page.resize(1110, 640)
    for widget in (page._rules, page._steps):
        below = widget.mapTo(page.viewport(), widget.rect().bottomLeft()).y()
        assert below <= page.viewport().height()


def test_nothing_is_wider_than_the_page_at_twice_the_size(qtbot: QtBot) -> None:
    theme.apply(theme.LIGHT, 2.0)
    editor = ChatEditor(CHAT)
    page = ProtectionPage(editor, texts_of)
    put_on_screen(qtbot, page, editor)
    page.resize(1110, 736)
    assert page.widget().width() <= page.viewport().width()


def test_the_countries_told_of_the_public_are_offered_each(
    page: ProtectionPage, editor: ChatEditor
) -> None:
    told = "Des enseignantes du Sénégal, de Côte d’Ivoire et de Guinée-Bissau, et leurs amies"
    editor.edit(replace(editor.chat, audience=told))
    for name in ("Côte d’Ivoire", "Guinée-Bissau"):
        named(page, _("Add a number for {country}").format(country=name))
    assert _("Add a number for {country}").format(country="Guinée") not in focusable_names(page)
    assert _("Add a number for {country}").format(country="Sénégal") not in focusable_names(page)


def test_a_country_the_public_is_said_to_be_of_is_told_until_it_has_a_number(
    page: ProtectionPage, editor: ChatEditor
) -> None:
    editor.edit(replace(editor.chat, audience="les filles du Mali", audience_zones=()))
    words = _(
        "No number yet for: {countries}. Who lives there would not know where to call. "
        "If there is none, add its line and tick “No number found”."
    )
    assert says(page, words.format(countries="Mali"))
    mali = HelpLine("ml", "Mali", "1166", "enfants", verified=True)
    editor.edit(replace(editor.chat, help_lines=(*editor.chat.help_lines, mali)))
    assert page._without.isHidden()
