"""The rail says the state of each step in words and shape first, then in colour."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.step_states import Detail, Stage, StepState
from tchat_desktop.domain.steps import STEPS, StepId, StepStatus, steps_of
from tchat_desktop.ui import theme
from tchat_desktop.ui.shell.rail import Rail, RailEntry
from tchat_desktop.ui.widgets import roles
from tchat_desktop.wording.status_words import spoken_words, words_below
from tchat_desktop.wording.step_titles import stage_title, step_title
from tests.ui.events import deliver

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def entries(*states: StepState) -> tuple[RailEntry, ...]:
    """The steps of the guide, the first with these states, the others to do."""
    padded = [*states, *[StepState.TODO] * (len(STEPS) - len(states))]
    return tuple(
        RailEntry(
            step, step.stage, number, step_title(step), state, "", f"{number}. {step_title(step)}"
        )
        for number, (step, state) in enumerate(zip(STEPS, padded, strict=True), start=1)
    )


BEFORE = steps_of(Stage.BEFORE)
BEFORE_READY = entries(*[StepState.READY] * len(BEFORE))


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    window = QWidget()
    qtbot.addWidget(window)
    rail = Rail()
    layout = QHBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(rail)
    window.resize(theme.px(256), 736)
    window.show()
    rail.window_kept = window  # type: ignore[attr-defined]
    return rail


def shown(rail: Rail) -> list[QAbstractButton]:
    return [one for one in rail.findChildren(QAbstractButton) if one.isVisibleTo(rail)]


def names(rail: Rail) -> list[str]:
    return [one.accessibleName() for one in shown(rail)]


def button(rail: Rail, step: StepId) -> QAbstractButton:
    return next(one for one in shown(rail) if f". {step_title(step)}" in one.accessibleName())


@pytest.mark.parametrize(
    ("status", "spoken", "line"),
    [
        (StepStatus(StepId.PURPOSE, StepState.READY), "L’objectif, prête", ""),
        (StepStatus(StepId.HASHTAG, StepState.TODO), "Le tag, à faire", ""),
        (
            StepStatus(StepId.PEOPLE, StepState.STARTED, Detail.TO_ANSWER, 1),
            "Invité·es et équipe, commencée, 1 réponse attendue",
            "1 réponse attendue",
        ),
        (
            StepStatus(StepId.THANKS, StepState.TODO, Detail.AFTER_CHAT),
            "Remercier, à faire",
            "",
        ),
    ],
)
def test_a_step_is_said_whole_and_shown_with_a_line_only_where_it_says_more(
    status: StepStatus, spoken: str, line: str
) -> None:
    place = f"Étape {STEPS.index(status.step) + 1} sur {len(STEPS)}, "
    assert (spoken_words(status), words_below(status)) == (place + spoken, line)


def test_screen_readers_meet_a_list_of_tabs_and_which_one_is_open(
    rail: Rail, qapp: QApplication
) -> None:
    roles.install(qapp)
    rail.show_entries(entries(), StepId.HASHTAG)
    heard = []
    for one in shown(rail):
        interface = QAccessible.queryAccessibleInterface(one)
        heard.append(interface.text(QAccessible.Text.Name))
        # It names all, and a description would say it twice.
        assert interface.text(QAccessible.Text.Description) == ""
        assert one.property("role") == "tab"
        assert interface.state().selected == (one is button(rail, StepId.HASHTAG))
    assert heard == names(rail)
    assert len(heard) == len(STEPS)
    assert button(rail, StepId.HASHTAG).parentWidget().property("role") == "tablist"


def test_stages_have_headings_in_order(rail: Rail) -> None:
    rail.show_entries(entries(), StepId.PURPOSE)
    headings = [label for label in rail.findChildren(QLabel) if label.isVisibleTo(rail)]
    headings.sort(key=lambda label: label.mapTo(rail, label.rect().topLeft()).y())
    assert [one.accessibleName() for one in headings] == ["Avant", "Pendant", "Après"]
    # Screen readers say the name, not capitals letter by letter.
    assert headings[0].text() == "AVANT"


def test_a_press_asks_for_the_step_and_leaves_the_mark_where_it_is(
    rail: Rail, qtbot: QtBot
) -> None:
    rail.show_entries(entries(), StepId.PURPOSE)
    wanted = button(rail, StepId.QUESTIONS)
    with qtbot.waitSignal(rail.step_chosen) as chosen:
        QTest.mouseClick(wanted, Qt.MouseButton.LeftButton)
    assert chosen.args == [StepId.QUESTIONS]
    assert not wanted.isChecked()
    assert button(rail, StepId.PURPOSE).isChecked()


def test_the_keyboard_chooses_too(rail: Rail, qtbot: QtBot) -> None:
    rail.show_entries(entries(), StepId.PURPOSE)
    wanted = button(rail, StepId.RECAP)
    wanted.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(rail.step_chosen) as chosen:
        QTest.keyClick(wanted, Qt.Key.Key_Space)
    assert chosen.args == [StepId.RECAP]


def stops(rail: Rail) -> list[str]:
    """What Tab comes to."""
    return [
        one.accessibleName() for one in shown(rail) if one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_the_rail_is_one_stop_in_which_the_arrows_move(rail: Rail, qtbot: QtBot) -> None:
    rail.window().activateWindow()
    qtbot.waitUntil(rail.window().isActiveWindow)
    rail.show_entries(entries(), StepId.HASHTAG)
    here = button(rail, StepId.HASHTAG)
    assert stops(rail) == [here.accessibleName()]
    here.setFocus(Qt.FocusReason.TabFocusReason)
    for key, step in (
        (Qt.Key.Key_Down, STEPS[STEPS.index(StepId.HASHTAG) + 1]),
        (Qt.Key.Key_Up, StepId.HASHTAG),
        (Qt.Key.Key_End, STEPS[-1]),
        (Qt.Key.Key_Down, STEPS[-1]),
        (Qt.Key.Key_Home, STEPS[0]),
        (Qt.Key.Key_Up, STEPS[0]),
    ):
        with qtbot.assertNotEmitted(rail.step_chosen):
            QTest.keyClick(QApplication.focusWidget(), key)
        assert QApplication.focusWidget() is button(rail, step)
        assert stops(rail) == [button(rail, step).accessibleName()]
    # Tab comes back to the step that is open, once another is.
    rail.show_entries(entries(), StepId.RECAP)
    assert stops(rail) == [button(rail, StepId.RECAP).accessibleName()]


def test_what_comes_after_the_chat_is_folded_until_it_was_held(rail: Rail, qtbot: QtBot) -> None:
    later = tuple(replace(one, waits=one.stage is Stage.AFTER) for one in entries())
    after = steps_of(Stage.AFTER)
    rail.show_entries(later, StepId.PURPOSE)
    assert names(rail)[-1] == f"{stage_title(Stage.AFTER)}, {len(after)} étapes, plus tard"
    assert len(names(rail)) == len(STEPS) - len(after) + 1
    # One who opens a step of it sees where it stands.
    rail.show_entries(later, StepId.RECAP)
    assert len(names(rail)) == len(STEPS)
    rail.show_entries(later, StepId.PURPOSE)
    rail.window().activateWindow()
    qtbot.waitUntil(rail.window().isActiveWindow)
    fold = shown(rail)[-1]
    fold.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(fold, Qt.Key.Key_Space)
    assert len(names(rail)) == len(STEPS)
    # The keyboard is in what it unfolded.
    assert QApplication.focusWidget() is button(rail, after[0])
    rail.show_entries(entries(), StepId.PURPOSE)
    assert len(names(rail)) == len(STEPS)


def test_any_step_can_be_opened_at_any_time(rail: Rail) -> None:
    rail.show_entries(entries(), StepId.PURPOSE)
    assert all(one.isEnabled() for one in shown(rail))


def test_states_are_told_by_shape_not_by_colour_alone(rail: Rail) -> None:
    """In shades of grey, the badge of each state still looks different."""
    seen = set()
    for state in StepState:
        rail.show_entries(entries(StepState.TODO, state), StepId.PURPOSE)
        picture = button(rail, StepId.SCHEDULE).grab().toImage()
        badge = picture.copy(0, 0, theme.px(40), picture.height())
        grey = badge.convertToFormat(QImage.Format.Format_Grayscale8)
        seen.add(bytes(grey.constBits()))
    assert len(seen) == len(StepState)


def test_a_finished_stage_folds_and_unfolds(rail: Rail, qtbot: QtBot) -> None:
    rail.show_entries(BEFORE_READY, StepId.HOUR)
    assert names(rail)[0] == f"{stage_title(Stage.BEFORE)}, {len(BEFORE)} étapes prêtes"
    # One line for all of them.
    assert len(names(rail)) == len(STEPS) - len(BEFORE) + 1
    QTest.mouseClick(shown(rail)[0], Qt.MouseButton.LeftButton)
    assert len(names(rail)) == len(STEPS)
    # It stays unfolded while one goes on.
    rail.show_entries(BEFORE_READY, StepId.THANKS)
    assert len(names(rail)) == len(STEPS)


def test_a_stage_one_is_in_never_folds(rail: Rail) -> None:
    rail.show_entries(BEFORE_READY, StepId.PURPOSE)
    assert len(names(rail)) == len(STEPS)


def test_a_stage_with_one_thing_left_never_folds(rail: Rail) -> None:
    left = (replace(BEFORE_READY[0], state=StepState.STARTED), *BEFORE_READY[1:])
    rail.show_entries(left, StepId.HOUR)
    assert len(names(rail)) == len(STEPS)


def test_a_stage_of_which_the_rest_is_too_late_folds_and_is_not_called_ready(rail: Rail) -> None:
    first = replace(BEFORE_READY[0], state=StepState.STARTED, too_late=True)
    rail.show_entries((first, *BEFORE_READY[1:]), StepId.HOUR)
    count = len(BEFORE)
    assert names(rail)[0] == f"{stage_title(Stage.BEFORE)}, {count - 1} étapes prêtes sur {count}"
    assert len(names(rail)) == len(STEPS) - count + 1


def test_the_open_step_is_scrolled_into_view(rail: Rail) -> None:
    rail.window().resize(theme.px(256), 300)
    rail.show_entries(entries(), StepId.PURPOSE)
    deliver()
    rail.show_entries(entries(), StepId.REPORT)
    last = button(rail, StepId.REPORT)
    top = last.mapTo(rail, last.rect().topLeft()).y()
    assert top >= 0
    assert top + last.height() <= rail.height()


def test_all_steps_are_in_sight_on_a_small_laptop(rail: Rail) -> None:
    # A screen of 768 pixels, less its task bar, the title, and the bars of the window.
    rail.window().resize(theme.px(256), 622)
    rail.show_entries(entries(), StepId.PURPOSE)
    deliver()
    last = button(rail, StepId.REPORT)
    assert last.mapTo(rail, last.rect().bottomLeft()).y() < rail.height()
    assert last.height() == theme.px(theme.Height.RAIL_ROW)
    assert not rail.below.isVisible()


def test_on_a_low_window_two_lines_do_not_run_into_the_next_step(rail: Rail) -> None:
    rail.window().resize(theme.px(256), 450)
    rail.show_entries(entries(), StepId.HOUR)
    deliver()
    for one in rail._rows():
        lines = one._title_height + (one._detail_height if one._detail else 0)
        assert one.height() >= lines, one.accessibleName()


def test_where_steps_are_out_of_sight_below_an_arrow_says_so(rail: Rail) -> None:
    rail.window().resize(theme.px(256), 400)
    rail.show_entries(entries(), StepId.PURPOSE)
    deliver()
    assert rail.below.isVisible()
    rail.show_entries(entries(), StepId.REPORT)
    assert not rail.below.isVisible()


def test_the_open_step_stays_in_sight_when_the_window_becomes_lower(rail: Rail) -> None:
    rail.show_entries(entries(), StepId.REPORT)
    deliver()
    rail.window().resize(theme.px(256), 300)
    deliver()
    last = button(rail, StepId.REPORT)
    top = last.mapTo(rail, last.rect().topLeft()).y()
    assert 0 <= top <= rail.height() - last.height()


def test_showing_the_same_again_paints_nothing(rail: Rail) -> None:
    rail.show_entries(entries(), StepId.PURPOSE)
    deliver()
    painted = []
    one = button(rail, StepId.HASHTAG)
    one.paintEvent = lambda event: painted.append(event)  # type: ignore[method-assign]
    rail.show_entries(entries(), StepId.PURPOSE)
    deliver()
    assert painted == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_buttons_are_large_enough_to_hit(qtbot: QtBot, scale: float) -> None:
    theme.apply(theme.LIGHT, scale)
    rail = Rail()
    qtbot.addWidget(rail)
    rail.show_entries(entries(), StepId.PURPOSE)
    assert all(one.sizeHint().height() >= theme.px(32) for one in shown(rail))


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_names_of_steps_are_not_cut(qtbot: QtBot, scale: float, language: str) -> None:
    from PySide6.QtGui import QFont, QFontMetrics

    from tchat_desktop.wording import i18n

    i18n.activate(language)
    theme.apply(theme.LIGHT, scale)
    rail = Rail()
    qtbot.addWidget(rail)
    rail.show_entries(entries(), StepId.PURPOSE)
    font = QFont(rail.font())
    font.setPixelSize(theme.px(14))
    font.setWeight(QFont.Weight.DemiBold)
    rail.resize(rail.width(), 736)
    rail.show()
    deliver()
    cut = [
        step_title(step)
        for step in STEPS
        if QFontMetrics(font).horizontalAdvance(step_title(step))
        > button(rail, step).width() - theme.px(54)
    ]
    assert not cut


@pytest.mark.parametrize("tokens", theme.ALL, ids=lambda one: one.name)
def test_the_open_step_is_marked_in_every_look(qtbot: QtBot, tokens: theme.Tokens) -> None:
    theme.apply(tokens)
    rail = Rail()
    qtbot.addWidget(rail)
    rail.resize(theme.px(256), 736)
    rail.show_entries(entries(), StepId.PURPOSE)
    picture = button(rail, StepId.PURPOSE).grab().toImage()
    middle = picture.height() // 2
    assert picture.pixelColor(picture.width() - 12, middle) == QColor(tokens.tint)
