"""The menus of a Mac, looked at on any system: what is in them, and that it does what it says."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QMenuBar, QMessageBox
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.languages import SCREEN_LANGUAGES
from tchat_desktop.platform.paths import resource
from tchat_desktop.ui.shell.menu_bar import MenuBar
from tests.ui.running import Person, running

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

EXAMPLE = resource("languages", "fr", "example.tchat")
Role = QAction.MenuRole


@pytest.fixture
def me(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    """At an app that takes this computer for a Mac."""
    monkeypatch.setattr("tchat_desktop.ui.shortcuts.on_mac", lambda: True)
    with running(qapp, tmp_path / "data") as app:
        yield Person(app, qtbot)


def menus(me: Person) -> MenuBar:
    bar = me.window.menuBar()
    assert isinstance(bar, MenuBar)
    return bar


def actions(menu: QMenu | QMenuBar) -> dict[str, QAction]:
    """Every action by its text, those of menus in menus too."""
    found = {}
    for one in menu.actions():
        inner = one.menu()
        if isinstance(inner, QMenu):
            found |= actions(inner)
        elif not one.isSeparator():
            found[one.text()] = one
    return found


def trigger(me: Person, text: str) -> None:
    me.wait(lambda: actions(menus(me))[text].isEnabled())
    actions(menus(me))[text].trigger()


def test_elsewhere_there_are_no_menus(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    if sys.platform == "darwin":
        pytest.skip("a Mac has them")
    with running(qapp, tmp_path / "data") as app:
        assert app.window.menuWidget() is None


def test_the_menus_are_those_of_a_mac(me: Person) -> None:
    shown = {
        top.text(): [one.text() for one in top.menu().actions() if not one.isSeparator()]  # type: ignore[attr-defined]
        for top in menus(me).actions()
    }
    assert shown == {
        "Fichier": [
            "Nouveau tchat", "Ouvrir un fichier .tchat…", "Mes tchats",
            "Enregistrer une copie .tchat…", "À propos de Tchat", "Quitter Tchat",
        ],
        "Édition": ["Annuler", "Rétablir", "Couper", "Copier", "Coller", "Tout sélectionner"],
        "Présentation": ["Langue de l’application"],
        "Aller": [
            "Étape suivante", "Étape précédente",
            "Partie suivante de la fenêtre", "Partie précédente de la fenêtre",
        ],
        "Fenêtre": ["Réduire", "Agrandir"],
        "Aide": ["Le clavier"],
    }  # fmt: skip


def test_only_two_go_into_the_menu_of_the_application(me: Person) -> None:
    roles = {text: one.menuRole() for text, one in actions(menus(me)).items()}
    assert roles.pop("Quitter Tchat") is Role.QuitRole
    assert roles.pop("À propos de Tchat") is Role.AboutRole
    # With another role macOS would move them by what their text begins with.
    assert set(roles.values()) == {Role.NoRole}


def test_every_shortcut_is_there_once(me: Person) -> None:
    me.new_chat()
    keys = {
        text: one.shortcut().toString()
        for text, one in actions(menus(me)).items()
        if one.shortcut().toString()
    }
    assert keys["Nouveau tchat"] == "Ctrl+N"
    assert keys["Ouvrir un fichier .tchat…"] == "Ctrl+O"
    assert keys["Annuler"] == "Ctrl+Z"
    assert keys["Couper"] == "Ctrl+X"
    taken = [one.shortcut().toString() for one in me.buttons().values()]
    every = [*keys.values(), *filter(None, taken)]
    assert len(set(every)) == len(every)


def test_a_chat_begins_and_one_comes_back_to_all(me: Person) -> None:
    trigger(me, "Nouveau tchat")
    me.wait(lambda: me.window.workspace)
    trigger(me, "Mes tchats")
    me.wait(lambda: me.window.home)
    assert me.window.session is None


def test_a_file_opens(me: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_told: (str(EXAMPLE), ""))
    trigger(me, "Ouvrir un fichier .tchat…")
    me.wait(lambda: me.window.session)
    assert "Mariage" in me.session.editor.chat.topic


def test_a_copy_can_be_saved_when_there_is_a_chat(
    me: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copie.tchat"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(copy), ""))
    save = actions(menus(me))["Enregistrer une copie .tchat…"]
    assert not save.isEnabled()
    me.new_chat()
    trigger(me, "Enregistrer une copie .tchat…")
    me.wait(copy.exists)
    trigger(me, "Mes tchats")
    assert not save.isEnabled()


def test_undo_is_that_of_the_bar_by_click_and_by_keys(me: Person, qtbot: QtBot) -> None:
    undo = actions(menus(me))["Annuler"]
    assert not undo.isEnabled()
    me.new_chat()
    assert not undo.isEnabled()
    before = me.session.editor.chat.topic
    for keys in (False, True):
        me.session.editor.edit(replace(me.session.editor.chat, topic="Santé"))
        assert undo.isEnabled()
        if keys:
            me.window.setFocus()
            QTest.keySequence(me.window, QKeySequence("Ctrl+Z"))
        else:
            undo.trigger()
        me.wait(lambda: me.session.editor.chat.topic == before)
    trigger(me, "Rétablir")
    assert me.session.editor.chat.topic == "Santé"


def test_the_field_with_the_keyboard_cuts_copies_and_pastes(me: Person, qtbot: QtBot) -> None:
    me.new_chat()
    field = QLineEdit("Thiès", me.window)
    field.show()
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(field.hasFocus)
    for text, left, copied in (
        ("Tout sélectionner", "Thiès", ""),
        ("Copier", "Thiès", "Thiès"),
        ("Couper", "", "Thiès"),
        ("Coller", "Thiès", "Thiès"),
    ):
        QApplication.clipboard().setText("" if text == "Copier" else copied)
        trigger(me, text)
        assert field.text() == left
        assert not copied or QApplication.clipboard().text() == copied


def test_the_language_of_the_screens_is_that_of_the_menus(me: Person) -> None:
    every = actions(menus(me))
    assert [one.name for one in SCREEN_LANGUAGES if every[one.name].isChecked()] == ["Français"]
    trigger(me, "English")
    me.wait(lambda: "New chat" in actions(menus(me)))
    assert actions(menus(me))["English"].isChecked()
    trigger(me, "Français")
    me.wait(lambda: "Nouveau tchat" in actions(menus(me)))


def test_about_tells_the_version(me: Person, qapp: QApplication) -> None:
    qapp.setApplicationVersion("1.2.3")
    trigger(me, "À propos de Tchat")
    (box,) = me.window.findChildren(QMessageBox)
    assert box.text() == "Tchat 1.2.3"
    box.close()


def test_quitting_goes_through_the_door(me: Person) -> None:
    left: list[bool] = []
    me.window.closed.connect(lambda: left.append(True))
    trigger(me, "Quitter Tchat")
    assert left == [True]
    assert not me.window.isVisible()


def test_the_window_can_be_enlarged_and_put_back(me: Person) -> None:
    for large in (True, False):
        trigger(me, "Agrandir")
        assert me.window.isMaximized() is large
    trigger(me, "Réduire")
    assert me.window.isMinimized()
