"""The window of the ready-made texts: blanks by name, checks in words, samples, keeping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat, OwnText
from tchat_desktop.domain.own_texts import EDITABLE_GROUPS, allowed_blanks, editable, own_text
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.purpose.templates_dialog import TemplatesDialog, TemplateTools
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.template_words import blank_name, shown_template, typed_template
from tchat_desktop.wording.when_words import when_of
from tests.domain.chats import a_chat
from tests.fakes.texts import load_texts
from tests.ui.keyboard import replace_text

texts_of = cache(load_texts)
Make = Callable[..., TemplatesDialog]


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


@pytest.fixture
def kept() -> list[OwnText]:
    return []


@pytest.fixture
def make(qtbot: QtBot, bridge: Bridge, kept: list[OwnText]) -> Make:
    parents = []

    def opened(
        editor: ChatEditor, keep: Callable[[OwnText], object] = kept.append
    ) -> TemplatesDialog:
        parent = QWidget()
        parent.resize(1000, 700)
        qtbot.addWidget(parent)
        # Nobody else holds it, and the dialog goes with it.
        parents.append(parent)
        return TemplatesDialog(editor, TemplateTools(texts_of, when_of, keep, bridge), parent)

    return opened


def chat(**changes: object) -> Chat:
    return a_chat(topic="L’eau", **changes)


def test_blanks_are_named_in_the_language_of_the_screens(make: Make) -> None:
    dialog = make(ChatEditor(chat()))
    dialog.choose("post.closing")
    assert "{tag}" in dialog._edit.toPlainText()
    dialog.choose("x.week")
    assert f"{{{blank_name('hours')}}}" in dialog._edit.toPlainText()
    assert "{hours}" not in dialog._edit.toPlainText()


@pytest.mark.parametrize("language", ["fr", "en", "es", "ar", "pt"])
def test_what_is_shown_is_typed_back_as_it_was(language: str) -> None:
    texts = texts_of(language)
    for group in EDITABLE_GROUPS:
        for key in editable(texts, group, None):
            assert typed_template(shown_template(texts.messages[key])) == texts.messages[key]
            names = [blank_name(name) for name in allowed_blanks(key, texts)]
            assert len(set(names)) == len(names)
            assert names == [name for name in names if name]


def test_a_change_is_in_the_chat_and_undone_with_it(make: Make) -> None:
    editor = ChatEditor(chat())
    dialog = make(editor)
    dialog.choose("post.closing")
    replace_text(dialog._edit, "C’est la fin ! {tag}")
    assert own_text(editor.chat, "fr", "post.closing") == "C’est la fin ! {tag}"
    assert "C’est la fin ! #UnionsPrécoces" in dialog._sample.text()
    assert _("{text} (changed)").format(text="C’est la fin !") == dialog._key.currentText()
    editor.undo()
    assert editor.chat.own_texts == ()


def test_an_unknown_blank_is_said_in_words_and_not_used(make: Make) -> None:
    editor = ChatEditor(chat())
    dialog = make(editor)
    dialog.choose("post.rules")
    near = blank_name("topic") + "t"
    replace_text(dialog._edit, f"Bienvenue {{{near}}} {{tag}}")
    asked = _("Nothing fills in {typed}. Did you mean {meant}?")
    said = asked.format(typed=f"{{{near}}}", meant=f"{{{blank_name('topic')}}}")
    assert said in dialog._text.verdict
    assert f"{{{near}}}" not in own_text(editor.chat, "fr", "post.rules")
    assert not dialog._keep.isEnabled()
    replace_text(dialog._edit, "Bienvenue {tag} {")
    assert _("A brace stands alone: a blank begins with one and ends with the other.") in (
        dialog._text.verdict
    )
    dialog._back.click()
    assert dialog._text.verdict == ""


def test_a_missing_blank_is_said_and_may_be_meant(make: Make) -> None:
    editor = ChatEditor(chat())
    dialog = make(editor)
    dialog.choose("post.closing")
    replace_text(dialog._edit, "C’est la fin !")
    words = _("No longer in your text: {blanks}. That may be on purpose.")
    assert dialog._text.verdict == words.format(blanks=f"{{{blank_name('tag')}}}")
    assert own_text(editor.chat, "fr", "post.closing") == "C’est la fin !"


def test_a_blank_is_put_in_by_its_name(make: Make) -> None:
    dialog = make(ChatEditor(chat()))
    dialog.choose("post.closing")
    dialog._blank.setCurrentIndex(dialog._blank.findData("topic"))
    dialog._insert.click()
    assert f"{{{blank_name('topic')}}}" in dialog._edit.toPlainText()
    assert "L’eau" in dialog._sample.text()


def test_a_text_is_kept_for_other_chats_and_a_full_disk_is_told(
    make: Make, qtbot: QtBot, kept: list[OwnText]
) -> None:
    editor = ChatEditor(chat())
    dialog = make(editor)
    dialog.choose("post.closing")
    assert not dialog._keep.isEnabled()
    replace_text(dialog._edit, "Fin ! {tag}")
    dialog._keep.click()
    qtbot.waitUntil(lambda: bool(dialog._told.text()))
    assert kept == [OwnText("fr", "post.closing", "Fin ! {tag}")]

    def full(_own: OwnText) -> None:
        raise OSError(28, "No space left on device")

    other = make(editor, full)
    other.choose("post.closing")
    other._keep.click()
    qtbot.waitUntil(lambda: bool(other._told.text()))
    assert other._told.text() != dialog._told.text()


def test_a_sample_in_arabic_is_laid_out_from_right_to_left(make: Make) -> None:
    dialog = make(ChatEditor(chat(language="ar")))
    dialog.choose("post.closing")
    assert "#UnionsPrécoces" in dialog._sample.text()
    option = dialog._edit.document().defaultTextOption()
    assert option.alignment() & Qt.AlignmentFlag.AlignRight
    replace_text(dialog._edit, "Fin {tag}")
    option = dialog._edit.document().defaultTextOption()
    assert not option.alignment() & Qt.AlignmentFlag.AlignRight
