from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Announcement, Channel, Chat
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.pages.hashtag.page import HashtagPage
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.judged_hints import JudgedHints, MeantButton
from tchat_desktop.ui.widgets.post_edit import PostEdit
from tchat_desktop.ui.widgets.post_preview import PostPreview
from tchat_desktop.ui.widgets.tag_edit import TagEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _
from tests.ui.keyboard import press, replace_text, type_text
from tests.ui.pages.hands import put_on_screen

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def editor() -> ChatEditor:
    return ChatEditor(Chat("c", topic="Mariage des enfants : agir à Dakar"))


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def page(qtbot: QtBot, editor: ChatEditor, opened: list[str]) -> HashtagPage:
    page = HashtagPage(editor, lambda: NOW, opened.append)
    qtbot.addWidget(page)
    editor.observe(page.show_chat)
    page.show_chat(editor.chat)
    return page


@pytest.fixture
def field(page: HashtagPage) -> TagEdit:
    return page.findChild(TagEdit)


def told(page: HashtagPage) -> list[str]:
    return [line.text for line in page.findChildren(VerdictLine) if not line.isHidden()]


def texts(page: HashtagPage) -> list[str]:
    return [one.text() for one in page.findChildren(Text) if not one.isHidden()]


def button(page: HashtagPage, name: str) -> Button:
    return next(
        one
        for one in page.findChildren(Button)
        if one.accessibleName() == name and not one.isHidden()
    )


def test_an_empty_tag_is_not_judged(page: HashtagPage, opened: list[str], qtbot: QtBot) -> None:
    assert told(page) == []
    look = button(page, _("See what already exists on X"))
    qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
    assert opened == []


def test_a_good_tag_is_told_so(page: HashtagPage, field: TagEdit, editor: ChatEditor) -> None:
    type_text(field, "#FillesDakar")
    assert editor.chat.hashtag == "FillesDakar"
    assert _(
        "It has letters, figures and _ only: X makes a link of it, which gathers the posts."
    ) in told(page)
    assert field.text() == "#FillesDakar", "what is typed stays until the field is left"

    press(field, Qt.Key.Key_Return)
    assert field.text() == "FillesDakar"


def test_a_refused_tag_says_why_and_is_kept(
    page: HashtagPage, field: TagEdit, editor: ChatEditor
) -> None:
    type_text(field, "mariage-enfants")
    refusal = _("X does not accept “{characters}” in a tag. Use letters, figures and _.")
    assert refusal.format(characters="-") in texts(page)
    assert field.property("problem")
    assert field.text() == "mariage-enfants"
    assert told(page) == [], "nothing is well about a tag that X refuses"
    assert not button(page, _("See what already exists on X")).isEnabled()

    replace_text(field, "MariageEnfants")
    assert refusal.format(characters="-") not in texts(page)
    assert not field.property("problem")


@pytest.mark.parametrize("typed", ["école-des-filles", "l’école des filles"])
def test_a_refused_tag_has_one_button_that_puts_it_right(
    page: HashtagPage, field: TagEdit, editor: ChatEditor, qtbot: QtBot, typed: str
) -> None:
    type_text(field, typed)
    press(field, Qt.Key.Key_Return)
    better = button(page, _("Use #{tag}").format(tag="EcoleDesFilles"))
    qtbot.mouseClick(better, Qt.MouseButton.LeftButton)
    assert editor.chat.hashtag == field.text() == "EcoleDesFilles"
    assert not field.property("problem")
    assert better.isHidden()


def test_the_topic_keeps_its_own_mark_in_the_preview(page: HashtagPage, editor: ChatEditor) -> None:
    editor.edit(replace(editor.chat, topic="Mariages précoces, on fait quoi ?"))
    shown = page.findChild(PostPreview).findChild(PostEdit).toPlainText()
    assert "on fait quoi ?\n" in shown


def test_the_length_the_words_and_the_cost_are_told(page: HashtagPage, field: TagEdit) -> None:
    type_text(field, "FillesDakar")
    said = " ".join(told(page))
    # Its letters, the words to say, and of each post: its letters with # and a space, most, left.
    assert re.findall(r"\d+", said) == ["11", "2", "13", "280", "267"]
    assert "Filles Dakar" in said


def test_what_is_meant_of_a_tag_is_put_aside(
    page: HashtagPage, field: TagEdit, editor: ChatEditor
) -> None:
    type_text(field, "UnionsPrécoces")
    judged = page.findChild(JudgedHints)
    [hint] = judged.texts
    assert "é" in hint
    meant = next(one for one in page.findChildren(MeantButton) if not one.isHidden())
    meant.click()
    assert judged.texts == () and len(editor.chat.meant) == 1
    judged.aside.click()
    assert judged.texts == (hint,)


def test_a_tag_without_the_accents_of_the_topic_is_not_all_well(
    page: HashtagPage, field: TagEdit, editor: ChatEditor
) -> None:
    editor.edit(replace(editor.chat, topic="L’accès des filles à l’école"))
    type_text(field, "AccesDesFilles")
    [hint] = page.findChild(JudgedHints).texts
    assert "#AccèsDesFilles" in hint
    button(page, _("Use the tag {tag}").format(tag="#AccèsDesFilles")).click()
    assert editor.chat.hashtag == "AccèsDesFilles"


def test_announcements_that_are_out_are_named_when_the_tag_changes(
    page: HashtagPage, field: TagEdit, editor: ChatEditor
) -> None:
    out = Announcement("a", Channel.FACEBOOK, done=True, tag="Ancien")
    editor.edit(replace(editor.chat, hashtag="Ancien", announcements=(out,)))
    assert not any("#Ancien" in text and _("event on Facebook") in text for text in texts(page))
    type_text(field, "Nouveau")
    assert any("#Ancien" in text and _("event on Facebook") in text for text in texts(page))
    button(page, _("Go back to #{tag}").format(tag="Ancien")).click()
    assert editor.chat.hashtag == "Ancien"
    assert not any("#Ancien" in text and _("event on Facebook") in text for text in texts(page))


@pytest.mark.parametrize("topic", ["🌸🌸", "Et si on en parlait ?", "a" * 60])
def test_a_topic_with_nothing_for_a_tag_gets_an_answer(
    page: HashtagPage, editor: ChatEditor, topic: str
) -> None:
    editor.edit(replace(editor.chat, topic=topic, organisation="🌸" * 60))
    said = [text for text in texts(page) if topic in text]
    assert any(_("SchoolForGirls") in text for text in said)


def test_the_most_read_posts_of_the_tag_are_opened(
    page: HashtagPage, field: TagEdit, opened: list[str]
) -> None:
    type_text(field, "FillesDakar")
    button(page, _("See the most read posts under this tag on X")).click()
    assert opened == ["https://x.com/hashtag/FillesDakar"]


def test_figures_alone_are_refused(page: HashtagPage, field: TagEdit) -> None:
    type_text(field, "2026")
    assert _("Figures alone are not a tag on X. Add a word: it can be as short as Tchat.") in texts(
        page
    )


def test_spaces_are_left_out_and_it_is_said(
    page: HashtagPage, field: TagEdit, editor: ChatEditor
) -> None:
    type_text(field, "Filles Dakar")
    assert editor.chat.hashtag == "FillesDakar"
    kept = _("Kept as #{tag}: a tag has no spaces.").format(tag="FillesDakar")
    assert kept in texts(page)
    assert field.text() == "Filles Dakar"

    press(field, Qt.Key.Key_Return)
    assert field.text() == "FillesDakar"
    assert kept not in texts(page)


def test_an_idea_is_taken_and_taken_back(
    page: HashtagPage, field: TagEdit, editor: ChatEditor, qtbot: QtBot
) -> None:
    name = _("Use the tag {tag}").format(tag="#MariageDesEnfants")
    qtbot.mouseClick(button(page, name), Qt.MouseButton.LeftButton)
    assert editor.chat.hashtag == field.text() == "MariageDesEnfants"
    assert button(page, name).isChecked()

    editor.undo()
    assert field.text() == ""
    assert not button(page, name).isChecked()


def test_choosing_a_tag_moves_nothing_that_can_be_pressed(editor: ChatEditor, qtbot: QtBot) -> None:
    page = HashtagPage(editor, lambda: NOW, print)
    out = Announcement("a", Channel.FACEBOOK, done=True, tag="Ancien")
    editor.edit(replace(editor.chat, hashtag="Ancien", announcements=(out,)))
    put_on_screen(qtbot, page, editor)
    names = [
        _("See what already exists on X"),
        _("See the most read posts under this tag on X"),
        *(one.accessibleName() for one in page.findChildren(Button) if one.text()[:1] == "#"),
    ]

    def places() -> list[tuple[int, int]]:
        QApplication.processEvents()
        return [
            (where.x(), where.y())
            for one in (button(page, name) for name in names if "Ancien" not in name)
            if (where := one.mapTo(page.inner, one.rect().topLeft()))
        ]

    before = places()
    idea = _("Use the tag {tag}").format(tag="#MariageDesEnfants")
    qtbot.mouseClick(button(page, idea), Qt.MouseButton.LeftButton)
    assert places() == before
    # The same place pressed again is the same tag.
    qtbot.mouseClick(button(page, idea), Qt.MouseButton.LeftButton)
    assert editor.chat.hashtag == "MariageDesEnfants" and button(page, idea).isChecked()

    other = _("Use the tag {tag}").format(tag="#MariageEnfants")
    QApplication.processEvents()
    there = button(page, other).mapTo(page.inner, button(page, other).rect().topLeft())
    qtbot.mouseClick(button(page, other), Qt.MouseButton.LeftButton)
    assert editor.chat.hashtag == "MariageEnfants"
    QApplication.processEvents()
    assert button(page, other).mapTo(page.inner, button(page, other).rect().topLeft()) == there


def test_the_year_is_that_of_the_chat(
    page: HashtagPage, field: TagEdit, editor: ChatEditor, qtbot: QtBot
) -> None:
    type_text(field, "FillesDakar")
    name = _("Use the tag {tag}").format(tag="#FillesDakar2026")
    qtbot.mouseClick(button(page, name), Qt.MouseButton.LeftButton)
    assert editor.chat.hashtag == "FillesDakar2026"


def test_the_page_of_the_tag_is_opened(
    page: HashtagPage, field: TagEdit, opened: list[str], qtbot: QtBot
) -> None:
    type_text(field, "UnionsPrécoces")
    look = button(page, _("See what already exists on X"))
    qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
    assert opened == ["https://x.com/search?q=%23UnionsPr%C3%A9coces&f=live"]


def test_every_control_has_its_own_name(page: HashtagPage, field: TagEdit) -> None:
    type_text(field, "FillesDakar")
    names = [one.accessibleName() for one in page.findChildren(Button) if not one.isHidden()]
    assert all(names)
    assert len(set(names)) == len(names)
    assert field.accessibleName() == _("Your tag")
