from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat, Purpose, Rhythm
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.pages.purpose.page import PurposePage
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.choice import WideChoice
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.wording.i18n import _, format_number
from tests.ui.keyboard import press, type_text


@pytest.fixture
def editor() -> ChatEditor:
    return ChatEditor(Chat("c"))


@pytest.fixture
def page(qtbot: QtBot, editor: ChatEditor) -> PurposePage:
    page = PurposePage(editor)
    qtbot.addWidget(page)
    editor.observe(page.show_chat)
    page.show_chat(editor.chat)
    return page


def named(page: PurposePage, kind: type, name: str):
    return next(one for one in page.findChildren(kind) if one.accessibleName() == name)


def test_nothing_is_chosen_for_the_organiser(page: PurposePage) -> None:
    assert [one.isChecked() for one in page.findChildren(WideChoice)] == [False] * 4


def test_a_purpose_is_chosen_by_click_and_taken_back(
    page: PurposePage, editor: ChatEditor, qtbot: QtBot
) -> None:
    choice = named(page, WideChoice, _("Exchange experiences"))
    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
    assert editor.chat.purpose is Purpose.EXCHANGE_EXPERIENCES
    assert choice.isChecked()

    editor.undo()
    assert editor.chat.purpose is None


def test_typing_is_one_edit_to_undo(page: PurposePage, editor: ChatEditor) -> None:
    field = named(page, QLineEdit, _("Whom do you want to reach?"))
    type_text(field, "Élèves de Thiès")
    assert editor.chat.audience == "Élèves de Thiès"

    editor.undo()
    assert editor.chat.audience == ""
    assert field.text() == ""


def test_the_cursor_stays_where_one_types(page: PurposePage, editor: ChatEditor) -> None:
    field = named(page, GrowingEdit, _("What would make it a success?"))
    type_text(field, "ab")
    press(field, Qt.Key.Key_Left)
    type_text(field, "é")
    assert editor.chat.success == "aéb"
    assert field.textCursor().position() == 2


def test_language_and_rhythm(page: PurposePage, editor: ChatEditor) -> None:
    press(named(page, QuietComboBox, _("Language of the posts")), Qt.Key.Key_Down)
    press(named(page, QuietComboBox, _("How often?")), Qt.Key.Key_Down)
    assert editor.chat.language == "en"
    assert editor.chat.rhythm is Rhythm.WEEKLY


def test_the_example_keeps_what_is_there(
    page: PurposePage, editor: ChatEditor, qtbot: QtBot
) -> None:
    type_text(named(page, QLineEdit, _("Whom do you want to reach?")), "Nous")
    qtbot.mouseClick(named(page, Button, _("Use this example")), Qt.MouseButton.LeftButton)
    assert editor.chat.purpose is Purpose.SHARE_INFORMATION
    assert editor.chat.audience == "Nous"


def test_what_is_hoped_for_is_a_number_or_nothing(page: PurposePage, editor: ChatEditor) -> None:
    people = named(page, QLineEdit, _("People you hope for (a number)"))
    replies = named(page, QLineEdit, _("Replies you hope for (a number)"))
    type_text(people, "30")
    type_text(replies, "1 200")
    assert (editor.chat.hoped_participants, editor.chat.hoped_replies) == (30, 1200)
    assert replies.text() == "1 200"
    editor.undo()
    editor.undo()
    assert (people.text(), replies.text()) == ("", "")


@pytest.mark.parametrize("typed", ["beaucoup", "-3", "3,5", "100001", "9" * 40])
def test_what_is_no_such_number_is_told_and_not_kept(
    page: PurposePage, editor: ChatEditor, typed: str
) -> None:
    people = named(page, QLineEdit, _("People you hope for (a number)"))
    type_text(people, typed)
    assert editor.chat.hoped_participants == 0
    assert people.text() == typed
    said = _("A whole number, up to {most}.").format(most=format_number(100_000))
    assert people.accessibleDescription() == said
