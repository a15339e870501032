"""The bar at the top: which chat, whether it is saved, undo, and the language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.languages import SCREEN_LANGUAGES
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.shell.top_bar import TopBar
from tchat_desktop.ui.widgets.tool_tip import tip_of
from tchat_desktop.wording import i18n
from tests.ui.events import deliver

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CHAT = Chat(id="c", topic="Mariage des enfants", hashtag="StopMariageEnfants")


@pytest.fixture
def bar(qtbot: QtBot) -> TopBar:
    window = QWidget()
    qtbot.addWidget(window)
    bar = TopBar()
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(bar)
    layout.addStretch(1)
    window.resize(1200, 200)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bar.window_kept = window  # type: ignore[attr-defined]
    return bar


def words(bar: TopBar) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in bar.findChildren(QLabel) if one.isVisible() and one.text()]


def buttons(bar: TopBar) -> dict[str, QPushButton]:
    return {one.accessibleName(): one for one in bar.findChildren(QPushButton) if one.isVisible()}


def menu_of(bar: TopBar, name: str) -> QMenu:
    """The menu that opens when the button of that name is pressed."""
    QTest.mouseClick(buttons(bar)[name], Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_at_home_there_is_nothing_about_a_chat(bar: TopBar) -> None:
    assert words(bar) == ["Tchat"]
    assert set(buttons(bar)) == {"Mes tchats", "Français – langue de l’application"}


def test_a_chat_shows_its_topic_and_tag(bar: TopBar) -> None:
    bar.show_editor(ChatEditor(CHAT))
    assert words(bar)[:2] == ["Mariage des enfants", "#StopMariageEnfants"]


def test_a_chat_without_a_topic_has_a_name_all_the_same(bar: TopBar) -> None:
    bar.show_editor(ChatEditor(Chat(id="c")))
    assert words(bar)[0] == "Nouveau tchat"


def test_a_tag_x_refuses_is_not_shown_as_if_chosen(bar: TopBar) -> None:
    bar.show_editor(ChatEditor(replace(CHAT, hashtag="L’école")))
    assert "#L’école" not in words(bar)


def test_going_home_takes_the_chat_away(bar: TopBar) -> None:
    bar.show_editor(ChatEditor(CHAT))
    bar.show_editor(None)
    assert words(bar) == ["Tchat"]


def test_what_people_typed_is_shown_as_they_typed_it(bar: TopBar) -> None:
    topic = "<b>Santé</b> & école &amp; <img src=x>"
    bar.show_editor(ChatEditor(replace(CHAT, topic=topic)))
    assert words(bar)[0] == topic
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in bar.findChildren(QLabel))


def test_a_long_topic_never_pushes_the_rest_out(bar: TopBar) -> None:
    topic = "Mariage des enfants et droits des filles " * 8
    bar.show_editor(ChatEditor(replace(CHAT, topic=topic, route=Route.ASSISTED)))
    bar.show_saved()
    bar.window().resize(700, 200)
    deliver()
    title = bar.findChildren(QLabel)[0]
    assert title.text().endswith("…")
    assert title.accessibleName() == topic
    assert tip_of(title) == topic
    assert all(one.geometry().right() <= bar.width() for one in buttons(bar).values())


def test_the_state_of_saving_is_said_in_words(bar: TopBar) -> None:
    bar.show_editor(ChatEditor(CHAT))
    said = []
    for show in (bar.show_saving, bar.show_saved, bar.show_unsaved):
        show()
        said.append(words(bar)[-1])
    assert said == ["Enregistrement…", "✓ Enregistré", "Non enregistré"]


@pytest.mark.parametrize("route", list(Route))
def test_how_posts_leave_is_said(bar: TopBar, route: Route) -> None:
    editor = ChatEditor(CHAT)
    bar.show_editor(editor)
    before = len(words(bar))
    bar.show_chat(replace(CHAT, route=route))
    editor.edit(replace(CHAT, route=route))
    bar.show_chat(editor.chat)
    assert len(words(bar)) == before + 1


def test_undoing_the_route_takes_its_word_away(bar: TopBar) -> None:
    editor = ChatEditor(CHAT)
    bar.show_editor(editor)
    before = words(bar)
    editor.observe(bar.show_chat)
    editor.edit(replace(CHAT, route=Route.KEYS))
    assert words(bar) != before
    editor.undo()
    assert words(bar) == before


# --- undo ------------------------------------------------------------------------------------


def test_undo_and_redo_follow_the_editor(bar: TopBar) -> None:
    editor = ChatEditor(CHAT)
    editor.observe(bar.show_chat)
    bar.show_editor(editor)
    assert (bar.undo.isEnabled(), bar.redo.isEnabled()) == (False, False)
    editor.edit(replace(CHAT, topic="Santé"))
    assert (bar.undo.isEnabled(), bar.redo.isEnabled()) == (True, False)
    QTest.mouseClick(bar.undo, Qt.MouseButton.LeftButton)
    assert editor.chat == CHAT
    assert (bar.undo.isEnabled(), bar.redo.isEnabled()) == (False, True)
    QTest.mouseClick(bar.redo, Qt.MouseButton.LeftButton)
    assert editor.chat.topic == "Santé"


def test_undo_has_the_usual_keys(bar: TopBar, qtbot: QtBot) -> None:
    editor = ChatEditor(CHAT)
    editor.observe(bar.show_chat)
    bar.show_editor(editor)
    editor.edit(replace(CHAT, topic="Santé"))
    # The button is seen going down before it acts.
    QTest.keySequence(bar.window(), QKeySequence(QKeySequence.StandardKey.Undo))
    qtbot.waitUntil(lambda: editor.chat == CHAT)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(bar.window(), Qt.Key.Key_Z, both)
    qtbot.waitUntil(lambda: editor.chat.topic == "Santé")


# --- leaving, language, more -----------------------------------------------------------------


def test_the_way_home(bar: TopBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.home_wanted):
        QTest.mouseClick(buttons(bar)["Mes tchats"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.home_wanted):
        QTest.keySequence(bar.window(), QKeySequence("Alt+Home"))


def test_every_language_can_be_chosen_and_the_present_one_is_ticked(
    bar: TopBar, qtbot: QtBot
) -> None:
    menu = menu_of(bar, "Français – langue de l’application")
    actions = {one.text(): one for one in menu.actions()}
    assert list(actions) == [one.name for one in SCREEN_LANGUAGES]
    assert [name for name, one in actions.items() if one.isChecked()] == ["Français"]
    with qtbot.waitSignal(bar.language_chosen) as chosen:
        actions["English"].trigger()
    assert chosen.args == ["en"]
    menu.close()


def test_a_copy_of_the_chat_can_be_kept(bar: TopBar, qtbot: QtBot) -> None:
    bar.show_editor(ChatEditor(CHAT))
    menu = menu_of(bar, "Autres actions sur ce tchat")
    with qtbot.waitSignal(bar.export_wanted):
        menu.actions()[0].trigger()
    menu.close()


def test_menus_do_not_pile_up(bar: TopBar, qtbot: QtBot) -> None:
    for _turn in range(3):
        menu_of(bar, "Français – langue de l’application").close()
    qtbot.waitUntil(lambda: bar.findChildren(QMenu) == [])


def test_the_pseudo_language_has_a_bar_too(qtbot: QtBot) -> None:
    i18n.activate(i18n.PSEUDO)
    bar = TopBar()
    qtbot.addWidget(bar)
    assert any("qps" in one.text() for one in bar.findChildren(QPushButton))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_buttons_are_large_enough_to_hit(qtbot: QtBot, scale: float) -> None:
    theme.apply(theme.LIGHT, scale)
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.show_editor(ChatEditor(CHAT))
    for one in bar.findChildren(QPushButton):
        size = one.sizeHint().expandedTo(one.minimumSize())
        assert size.height() >= 32
        assert size.width() >= 32


def test_the_button_of_the_languages_is_called_by_what_it_shows(bar: TopBar) -> None:
    for width in (1300, 500):
        bar.window().resize(width, 60)
        QApplication.processEvents()
        shown = bar._language.text()
        assert shown in ("Français", "FR")
        assert bar._language.accessibleName().startswith(shown)
        assert "langue" in bar._language.accessibleName()
