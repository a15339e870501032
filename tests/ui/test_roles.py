"""What a screen reader is told that things are, and in which order it meets them."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QHelpEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.choice import WideChoice
from tchat_desktop.ui.widgets.placing import put_in_order
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox, QuietSpinBox
from tchat_desktop.ui.widgets.sortable import SortableColumn
from tchat_desktop.ui.widgets.text import Text, TextKind
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tests.e2e.test_journey import missing

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Role = QAccessible.Role
Said = QAccessible.Text


@pytest.fixture(autouse=True)
def installed(qapp: QApplication) -> None:
    roles.install(qapp)


def met(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def names(widget: QWidget) -> list[str]:
    """What a screen reader meets in a widget, in order."""
    box = met(widget)
    inside = [box.child(index) for index in range(box.childCount())]
    assert [box.indexOfChild(one) for one in inside] == list(range(len(inside)))
    return [one.text(Said.Name) for one in inside]


@pytest.mark.parametrize(
    ("kind", "level"), [("title", 1), ("hero", 1), ("heading", 2), ("section", 2)]
)
def test_a_title_is_a_heading_by_itself(qtbot: QtBot, kind: str, level: int) -> None:
    text = Text("Les questions", kind)  # type: ignore[arg-type]
    qtbot.addWidget(text)
    heading = met(text)
    assert heading.role() == Role.Heading
    assert heading.text(Said.Name) == "Les questions"
    depth = heading.attributesInterface()
    assert depth.attributeKeys() == [QAccessible.Attribute.Level]
    assert depth.attributeValue(QAccessible.Attribute.Level) == level
    # What it can do for others is as before.
    assert heading.actionInterface() is not None
    text.setText("Le tag")
    assert heading.text(Said.Name) == "Le tag"


def test_other_texts_are_texts(qtbot: QtBot) -> None:
    text = Text("Une phrase.")
    qtbot.addWidget(text)
    assert met(text).role() == Role.StaticText


def test_a_list_says_where_each_item_stands(qtbot: QtBot) -> None:
    box, cards = QWidget(), [Card() for _ in range(3)]
    qtbot.addWidget(box)
    layout = QVBoxLayout(box)
    roles.give(box, "list", "Questions")
    for place, card in enumerate(cards, 1):
        layout.addWidget(card)
        card.setAccessibleDescription("prête")
        roles.give(card, "listitem", f"Question {place}", (place, 3))
    assert (met(box).role(), met(box).text(Said.Name)) == (Role.List, "Questions")
    items = [met(card) for card in cards]
    assert {one.role() for one in items} == {Role.ListItem}
    assert [one.text(Said.Description) for one in items] == [
        "1 sur 3, prête",
        "2 sur 3, prête",
        "3 sur 3, prête",
    ]
    roles.give(cards[2], "listitem", position=(1, 3))
    assert items[2].text(Said.Description) == "1 sur 3, prête"


def test_a_tab_can_be_pressed_and_says_whether_it_is_chosen(qtbot: QtBot) -> None:
    pressed = []
    tab = Button("L’objectif", clicked=lambda: pressed.append(1))
    qtbot.addWidget(tab)
    tab.setCheckable(True)
    roles.give(tab, "tab", position=(1, 13))
    said = met(tab)
    assert (said.role(), said.text(Said.Name)) == (Role.PageTab, "L’objectif")
    assert (said.state().selectable, said.state().selected) == (True, False)
    action = said.actionInterface()
    assert action.actionNames()[0] == action.pressAction()
    action.doAction(action.pressAction())
    assert pressed == [1]
    assert said.state().selected


@pytest.fixture
def listened() -> Iterator[None]:
    """A screen reader runs: Qt tells it of each thing as it is made."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.usefixtures("listened")
def test_a_role_comes_in_time_also_while_a_screen_reader_listens(qtbot: QtBot) -> None:
    title, tab, box = Text("Le tag", "title"), Button("3. Le tag"), Card()
    for one in (title, tab, box):
        qtbot.addWidget(one)
    roles.give(tab, "tab", position=(3, 13))
    roles.give(box, "listitem")
    assert [met(one).role() for one in (title, tab, box)] == [
        Role.Heading,
        Role.PageTab,
        Role.ListItem,
    ]
    roles.give(tab, "tab", position=(2, 13))
    assert met(tab).text(Said.Description) == "2 sur 13"


def test_things_are_read_in_the_order_of_the_layout(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    layout = QVBoxLayout(box)
    made = [QPushButton(name) for name in "edcba"]
    for one in made[:3]:
        layout.insertWidget(0, one)
    row = QHBoxLayout()
    layout.insertLayout(0, row)
    row.insertWidget(0, made[3])
    row.insertWidget(0, made[4])
    floating = QPushButton("z", box)
    floating.lower()
    assert names(box) == ["a", "b", "c", "d", "e", "z"]
    put_in_order(layout, [made[0], made[1]], 1)
    assert names(box) == ["a", "b", "e", "d", "c", "z"]
    assert met(box).child(-1) is None
    assert met(box).child(6) is None
    assert met(box).indexOfChild(met(box)) == -1


def test_what_stands_over_a_page_at_its_top_is_read_before_it(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    QLabel("page", box)
    strip = QLabel("strip", box)
    assert names(box) == ["page", "strip"]
    roles.read_first(strip)
    assert names(box) == ["strip", "page"]


def test_what_is_only_drawn_is_met_in_no_window(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    ring = QWidget(window)
    window.show()
    ring.show()
    ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert met(ring).state().invisible


def test_a_grid_is_read_row_by_row(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    grid = QGridLayout(box)
    for name, row, column in (("d", 1, 1), ("b", 0, 1), ("c", 1, 0), ("a", 0, 0)):
        grid.addWidget(QPushButton(name), row, column)
    assert names(box) == ["a", "b", "c", "d"]


def test_a_picture_without_a_name_is_not_met(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    layout = QVBoxLayout(box)
    decoration, portrait = QLabel(), QLabel()
    for one in (decoration, portrait, QLabel("Aminata")):
        layout.addWidget(one)
    for one in (decoration, portrait):
        one.setPixmap(QPixmap(4, 4))
    portrait.setAccessibleName("Portrait d’Aminata")
    assert names(box) == ["Portrait d’Aminata", "Aminata"]
    decoration.setText("✓")
    assert names(box) == ["✓", "Portrait d’Aminata", "Aminata"]


def test_what_is_met_goes_with_its_widget(qtbot: QtBot) -> None:
    before = len(roles._alive)
    for _time in range(200):
        box = QWidget()
        layout = QVBoxLayout(box)
        for name in "abc":
            layout.addWidget(Text(name, "heading"))
        assert names(box) == ["a", "b", "c"]
        box.deleteLater()
        del box, layout
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    # Those of widgets that are gone are forgotten, if not at once.
    assert len(roles._alive) <= before + 512


@pytest.mark.parametrize("arrows_choose", [True, False])
def test_choices_are_radio_buttons_of_one_group(qtbot: QtBot, arrows_choose: bool) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    layout, group = QVBoxLayout(box), QButtonGroup(box)
    made = [WideChoice(name, "", arrows_choose) for name in "abc"]
    acted: list[str] = []
    for one in made:
        group.addButton(one)
        layout.addWidget(one)
        one.clicked.connect(partial(acted.append, one.text()))
    made[0].setChecked(True)
    box.show()
    box.activateWindow()
    assert {met(one).role() for one in made} == {Role.RadioButton}
    tabbed = [one.text() for one in made if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert tabbed == ["a"]
    made[0].setFocus()
    qtbot.waitUntil(made[0].hasFocus)
    for key, at in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Down, 0)):
        QTest.keyClick(QApplication.focusWidget(), key)
        assert made[at].hasFocus()
        assert made[at].isChecked() is (arrows_choose or at == 0)
    assert len(acted) == (3 if arrows_choose else 0)
    QTest.keyClick(made[0], Qt.Key.Key_Up)
    QTest.keyClick(made[2], Qt.Key.Key_Return)
    assert made[2].isChecked()
    assert acted[-1:] == ["c"]


def test_the_order_of_a_column_is_said(qtbot: QtBot) -> None:
    column = SortableColumn()
    qtbot.addWidget(column)
    cards: list[QWidget] = [Card() for _ in range(2)]
    column.show_cards(cards)
    assert met(column).role() == Role.List
    said = [met(one).text(Said.Description) for one in cards]
    assert said == ["1 sur 2", "2 sur 2"]
    column.show_cards(cards[::-1])
    assert [met(one).text(Said.Description) for one in cards] == ["2 sur 2", "1 sur 2"]


def test_a_tool_tip_that_is_the_name_is_not_said_after_it(qtbot: QtBot) -> None:
    button = Button("Annuler", "icon", "undo")
    qtbot.addWidget(button)
    assert (met(button).text(Said.Name), met(button).text(Said.Description)) == ("Annuler", "")
    button.show()
    place = QPoint(4, 4)
    event = QHelpEvent(QEvent.Type.ToolTip, place, button.mapToGlobal(place))
    QApplication.sendEvent(button, event)
    assert QToolTip.text() == "Annuler"
    QToolTip.hideText()
    set_tip(button, "Le dernier changement")
    assert met(button).text(Said.Description) == "Le dernier changement"
    label = QLabel("Tout le texte")
    qtbot.addWidget(label)
    set_tip(label, "Tout le texte")
    assert met(label).text(Said.Description) == ""


def test_the_line_inside_a_box_is_called_as_the_box(qtbot: QtBot) -> None:
    combo, spin = QuietComboBox(), QuietSpinBox(1, 9)
    combo.setEditable(True)
    for box in (combo, spin):
        qtbot.addWidget(box)
        box.setAccessibleName("Heure")
        assert met(box.lineEdit()).text(Said.Name) == "Heure"


LEAVING = """
import gc, sys
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from tchat_desktop.ui.widgets import roles

def met(thing):
    return [met(thing.child(index)) for index in range(thing.childCount())]

qt = QApplication([])
if sys.argv[1] == "early":
    # The keeper of Qt's interfaces is made before the factory, and so goes after it.
    first = QLabel("first")
    QAccessible.queryAccessibleInterface(first)
roles.install(qt)
kept = []
for turn in range(200):
    box = QWidget()
    layout = QVBoxLayout(box)
    for name in "abc":
        label = QLabel(name)
        label.setProperty("kind", "heading")
        layout.addWidget(label)
    met(QAccessible.queryAccessibleInterface(box))
    if turn % 2:
        kept.append(box)
    if turn % 20 == 0:
        gc.collect()
print("made", flush=True)
if sys.argv[2] == "shutdown":
    qt.shutdown()
"""


@pytest.mark.parametrize("end", ["shutdown", "exit"])
@pytest.mark.parametrize("when", ["early", "late"])
def test_an_app_that_was_listened_to_ends_well(when: str, end: str) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", LEAVING, when, end],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "made\n", "")


@pytest.mark.parametrize(
    ("kind", "role", "level"),
    [("title", "", 1), ("heading", "", 2), ("advice", "", 3), ("label", "heading", 3)],
)
def test_what_heads_something_is_a_heading_as_deep_as_it_stands(
    qtbot: QtBot, kind: TextKind, role: str, level: int
) -> None:
    text = Text("Le tag", kind)
    qtbot.addWidget(text)
    if role:
        roles.give(text, "heading")
    said = met(text)
    assert said.role() == Role.Heading
    attributes = said.attributesInterface()
    assert attributes.attributeValue(QAccessible.Attribute.Level) == level


def test_the_bus_of_the_system_hears_of_the_roles() -> None:
    """In a real window: what Orca is told."""
    if reason := missing():
        pytest.skip(reason)
    here = Path(__file__).parents[1] / "e2e"
    with tempfile.TemporaryDirectory(prefix="e2e-") as folder:
        session = ["dbus-run-session", "--", "bash", str(here / "roles_session.sh")]
        done = subprocess.run(
            [*session, sys.executable, folder],
            capture_output=True,
            text=True,
            timeout=300,
            cwd=here.parents[1],
            check=False,
        )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    print(done.stdout)
    heard = done.stdout.splitlines()
    assert "heading 'Les questions' level 1" in heard
    assert "list 'Liste'" in heard
    assert "list item 'Une carte' 1 sur 2" in heard
    assert "page tab list 'Étapes'" in heard
    assert "page tab 'Une étape' 1 sur 2 selected" in heard
    assert "pressed: page tab 'Autre étape' 2 sur 2 selected" in heard
    wrong = "Un tag n’a pas d’espace."
    assert f"text 'Votre tag' {wrong}" in heard
    assert "holds deux mots" in heard
