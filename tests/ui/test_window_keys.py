"""The keys of the whole window, and where the keyboard is after each change of page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.steps import STEPS, StepId
from tchat_desktop.ui.enter_key import EnterKey
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.shell import arriving
from tchat_desktop.ui.shell.key_sheet import KeySheet
from tchat_desktop.ui.shortcuts import Shortcut, sequence
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.steady_button import PublishButton, SteadyButton
from tchat_desktop.wording.step_titles import step_title
from tests.ui.keyboard import press
from tests.ui.running import Person, running
from tests.ui.survey import settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Keys = Qt.Key


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    with running(qapp, tmp_path / "data") as app:
        yield Person(app, qtbot)


@pytest.fixture
def enter(qapp: QApplication) -> Iterator[EnterKey]:
    key = EnterKey(qapp)
    yield key
    qapp.focusChanged.disconnect(key._on_focus_changed)


def holding_focus(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(widget.hasFocus)
    return widget


def use(me: Person, command: Shortcut) -> None:
    QTest.keySequence(me.window, sequence(command))
    settle(me.app)


def at() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


# --- Enter -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Keys.Key_Return, Keys.Key_Enter])
def test_enter_presses_the_button_that_has_the_keyboard(
    enter: EnterKey, qtbot: QtBot, key: Qt.Key
) -> None:
    button = Button("Continuer")
    holding_focus(qtbot, button)
    with qtbot.waitSignal(button.clicked):
        press(button, key)


def test_enter_ticks_a_box_too(enter: EnterKey, qtbot: QtBot) -> None:
    box = QCheckBox("J’ai lu")
    holding_focus(qtbot, box)
    press(box, Keys.Key_Return)
    assert box.isChecked()


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ControlModifier])
def test_with_another_key_enter_is_another_command(
    enter: EnterKey, qtbot: QtBot, modifier: Qt.KeyboardModifier
) -> None:
    button = Button("Continuer")
    holding_focus(qtbot, button)
    with qtbot.assertNotEmitted(button.clicked):
        press(button, Keys.Key_Return, modifier)


def test_a_key_that_is_held_presses_once(enter: EnterKey, qtbot: QtBot) -> None:
    button = Button("Continuer")
    holding_focus(qtbot, button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    for repeated in (False, True, True):
        QApplication.sendEvent(
            button,
            QKeyEvent(
                QEvent.Type.KeyPress,
                Keys.Key_Return,
                Qt.KeyboardModifier.NoModifier,
                "\r",
                repeated,
            ),
        )
    assert pressed == [True]


@pytest.mark.parametrize("kind", [SteadyButton, PublishButton])
def test_a_press_that_must_be_meant_waits_for_its_time(
    enter: EnterKey, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kind: type[SteadyButton]
) -> None:
    now = [100.0]
    monkeypatch.setattr(SteadyButton, "clock", lambda: now[0])
    button = kind("Publier")
    holding_focus(qtbot, button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    press(button, Keys.Key_Return)
    assert pressed == []
    now[0] += 0.7
    press(button, Keys.Key_Return)
    assert pressed == [True]


def test_enter_leaves_a_field_alone_and_the_button_it_left_too(
    enter: EnterKey, qtbot: QtBot
) -> None:
    box = QWidget()
    button, field = Button("Continuer"), QLineEdit()
    for one in (button, field):
        one.setParent(box)
    holding_focus(qtbot, box)
    button.setFocus()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    with qtbot.assertNotEmitted(button.clicked):
        press(field, Keys.Key_Return)


def test_enter_goes_on_in_the_window(me: Person) -> None:
    me.open_example()
    onward = next(one for name, one in me.buttons().items() if name.startswith("Continuer"))
    onward.setFocus(Qt.FocusReason.TabFocusReason)
    press(onward, Keys.Key_Return)
    assert me.workspace.step is STEPS[1]


# --- next and back -----------------------------------------------------------------------------


def test_next_and_previous_go_through_the_guide_from_a_field_too(me: Person) -> None:
    me.open_example()
    for step in STEPS[1:]:
        use(me, Shortcut.NEXT_STEP)
        assert me.workspace.step is step
    for step in reversed(STEPS[:-1]):
        use(me, Shortcut.PREVIOUS_STEP)
        assert me.workspace.step is step
    use(me, Shortcut.PREVIOUS_STEP)
    assert me.workspace.step is STEPS[0]


def test_without_a_chat_they_do_nothing(me: Person) -> None:
    for command in (Shortcut.NEXT_STEP, Shortcut.PREVIOUS_STEP):
        use(me, command)
    assert me.window.workspace is None


# --- arriving ----------------------------------------------------------------------------------


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.value)
def test_a_page_begins_at_its_first_field_or_its_title_and_in_sight(
    me: Person, step: StepId, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(arriving, "announce", lambda _page, words: said.append(words))
    me.open_example()
    me.workspace.open_step(STEPS[(STEPS.index(step) + 1) % len(STEPS)])
    settle(me.app)
    said.clear()
    me.workspace.open_step(step)
    settle(me.app)
    page = me.workspace.page(step)
    assert at() is page or page.isAncestorOf(at())
    assert not isinstance(at(), QPushButton)
    assert said == [f"Étape {STEPS.index(step) + 1} sur 14, {step_title(step)}"]
    topic = me.session.editor.chat.topic
    assert me.window.windowTitle() == f"{step_title(step)} – {topic} – Tchat"
    if at() is not page:
        place = QRect(at().mapTo(page, QPoint(0, 0)), at().size())
        assert page.rect().contains(place)
        assert place.top() >= page.covered
    # Nobody pressed Tab.
    assert not me.app._ring.isVisible()


def test_the_page_that_is_open_keeps_the_keyboard_where_it_is(me: Person) -> None:
    me.open_example()
    me.workspace.open_step(StepId.QUESTIONS)
    settle(me.app)
    stop = list(arriving.stops_in(me.workspace.page(StepId.QUESTIONS)))[3]
    stop.setFocus()
    me.workspace.open_step(StepId.QUESTIONS)
    settle(me.app)
    assert at() is stop


def test_a_button_first_on_a_page_is_no_place_to_begin(qtbot: QtBot) -> None:
    page = Page("Le titre", "Pourquoi.")
    qtbot.addWidget(page)
    page.resize(900, 500)
    button, field = Button("Publier"), QLineEdit()
    page.add(button, field)
    page.show()
    page.lay_out()
    assert arriving.starting_place(page) is page.title
    button.hide()
    assert arriving.starting_place(page) is field
    tall = QLabel()
    tall.setFixedHeight(900)
    page.content.insertWidget(0, tall)
    qtbot.waitUntil(lambda: arriving.starting_place(page) is page.title)


def test_the_home_screen_names_the_window_and_takes_the_keyboard(me: Person) -> None:
    me.open_example()
    me.window.go_home()
    assert me.window.windowTitle() == "Tchat"
    assert at() is me.window.home


def test_the_title_of_the_window_follows_the_topic(me: Person) -> None:
    me.new_chat()
    assert me.window.windowTitle() == "L’objectif – Nouveau tchat – Tchat"
    assert at() is me.workspace.page(StepId.PURPOSE).title


# --- from part to part -------------------------------------------------------------------------


def parts(me: Person) -> list[QWidget]:
    page = me.workspace.page(me.workspace.step)
    return [me.window.bar, me.workspace.rail, page, page.aside, me.workspace.bar]


def part_of(me: Person) -> QWidget:
    """The innermost part of the window that has the keyboard."""
    return next(one for one in reversed(parts(me)) if one is at() or one.isAncestorOf(at()))


@pytest.mark.parametrize("step", [StepId.PURPOSE, StepId.QUESTIONS, StepId.REPORT])
def test_round_the_parts_of_the_window_and_back(me: Person, step: StepId) -> None:
    me.open_example()
    me.window.resize(1366, 728)
    me.workspace.open_step(step)
    settle(me.app)
    page = me.workspace.page(step)
    bar, rail, _page, aside, foot = parts(me)
    shows = any(one.isVisible() for one in aside.findChildren(QLabel))
    order = [bar, rail, page, *([aside] if shows else []), foot]
    begin = order.index(page)
    for turn in range(1, len(order) + 1):
        use(me, Shortcut.NEXT_REGION)
        assert part_of(me) is order[(begin + turn) % len(order)]
    for turn in range(1, len(order) + 1):
        use(me, Shortcut.PREVIOUS_REGION)
        assert part_of(me) is order[(begin - turn) % len(order)]


def test_one_comes_back_to_where_one_was_in_a_part(me: Person, qtbot: QtBot) -> None:
    me.open_example()
    me.workspace.open_step(StepId.QUESTIONS)
    settle(me.app)
    page = me.workspace.page(StepId.QUESTIONS)
    stop = [one for one in arriving.stops_in(page) if isinstance(one, QPushButton)][1]
    stop.setFocus()
    use(me, Shortcut.NEXT_REGION)
    assert at() is not stop
    use(me, Shortcut.PREVIOUS_REGION)
    assert at() is stop


def test_on_the_home_screen_they_go_between_the_bar_and_the_chats(me: Person) -> None:
    home = me.window.home
    assert home is not None
    seen = []
    for _turn in range(4):
        use(me, Shortcut.NEXT_REGION)
        seen.append("home" if home.isAncestorOf(at()) else "bar")
        assert me.window.bar.isAncestorOf(at()) or home.isAncestorOf(at())
    assert seen in (["bar", "home"] * 2, ["home", "bar"] * 2)


# --- the sheet ---------------------------------------------------------------------------------


def sheet(me: Person) -> KeySheet | None:
    found = [one for one in me.window.findChildren(KeySheet) if one.isVisible()]
    return found[0] if found else None


def test_help_and_the_question_mark_list_the_keys(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    me.open_example()
    page = me.workspace.page(StepId.PURPOSE)
    monkeypatch.setattr(type(page), "keys", (("R", "Répondre"),))
    page.title.setFocus()
    press(page.title, Keys.Key_Question, text="?")
    opened = sheet(me)
    assert opened is not None
    words = [one.text() for one in opened.findChildren(QLabel)]
    assert "Répondre" in words
    assert "Sur la page «\u202fL’objectif\u202f»" in words
    assert sequence(Shortcut.NEXT_REGION).toString(QKeySequence.SequenceFormat.NativeText) in words
    # It is read out as it opens.
    assert "Répondre" in opened.accessibleDescription()
    me.wait(lambda: opened.isAncestorOf(at()))
    press(opened, Keys.Key_Escape)
    me.wait(lambda: sheet(me) is None)
    me.window.activateWindow()
    me.wait(lambda: QApplication.focusWidget() is page.title)
    use(me, Shortcut.HELP)
    assert sheet(me) is not None


def test_a_question_mark_that_is_typed_stays_a_letter(me: Person) -> None:
    me.open_example()
    field = QLineEdit(me.window)
    field.show()
    field.setFocus()
    press(field, Keys.Key_Question, text="?")
    assert field.text() == "?"
    assert sheet(me) is None


def test_the_sheet_fits_the_smallest_window(me: Person) -> None:
    me.open_example()
    me.window.resize(540, 320)
    settle(me.app)
    use(me, Shortcut.HELP)
    opened = sheet(me)
    assert opened is not None
    assert opened.height() <= 320


def test_in_another_language_each_key_is_there_once(me: Person) -> None:
    me.open_example()
    me.window.language_chosen.emit("en")
    settle(me.app)
    use(me, Shortcut.NEXT_STEP)
    assert me.workspace.step is STEPS[1]
