"""What is wrong with a field, and how much room is left in it, is heard with the field."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.caps import Cap
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.widgets import field as fields
from tchat_desktop.ui.widgets import post_edit
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tests.ui.keyboard import type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WRONG = "Un tag n’a pas d’espace."


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    return window


def put(window: QWidget, *widgets: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    for one in widgets:
        layout.addWidget(one)
    window.show()
    window.activateWindow()
    QApplication.processEvents()


def described(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def test_what_is_wrong_is_said_with_the_field(window: QWidget) -> None:
    editor = LineEdit(Cap.NAME)
    field = Field("Votre tag", editor, hint="Sans le signe #")
    put(window, field)
    assert described(editor) == "Sans le signe #"
    field.say(WRONG, "stop")
    assert described(editor) == WRONG
    field.say("")
    assert described(editor) == "Sans le signe #"


def test_what_is_wrong_is_said_when_it_appears(
    window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(fields, "announce", lambda _field, words: said.append(words))
    field = Field("Votre tag", LineEdit(Cap.NAME))
    field.say("Il manque un tag.", "stop")
    assert said == [], "nobody is there yet"
    put(window, field)
    field.say(WRONG, "stop")
    field.say(WRONG, "stop")
    assert said == [WRONG], "not at every key"
    field.say("")
    field.say(WRONG, "stop")
    assert said == [WRONG, WRONG]


def test_what_is_left_is_said_at_twenty_at_none_and_below(
    window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(post_edit, "announce", lambda _field, words: said.append(words))
    edit, counter = PostEdit(), Counter()
    counter.belong_to(edit)
    edit.textChanged.connect(lambda: counter.show_text(edit.toPlainText()))
    put(window, edit, counter)
    edit.setFocus()
    edit.setPlainText("a" * (NETWORK.longest_post - 22))
    said.clear()
    levels = []
    for _key in range(25):
        type_text(edit, "b")
        levels.append((NETWORK.remaining(edit.toPlainText()), len(said)))
    heard_at = [left for (left, count), (_, before) in zip(levels[1:], levels, strict=False)
                if count > before]  # fmt: skip
    assert heard_at == [20, 0, -1]
    assert described(edit) == said[-1]


def test_what_is_left_is_told_on_coming_to_the_field_and_not_at_each_key(window: QWidget) -> None:
    edit, counter, elsewhere = PostEdit(), Counter(), LineEdit(Cap.NAME)
    counter.belong_to(edit)
    edit.textChanged.connect(lambda: counter.show_text(edit.toPlainText()))
    put(window, elsewhere, edit, counter)
    elsewhere.setFocus()
    edit.setPlainText("Bonsoir")
    edit.setFocus()
    told = described(edit)
    assert told == counter.text()
    type_text(edit, "à tous")
    assert described(edit) == told != counter.text()
    edit.setAccessibleDescription("Deux questions en une ?")
    for _turn in range(2):
        elsewhere.setFocus()
        edit.setFocus()
        assert described(edit) == f"Deux questions en une ? {counter.text()}"
