"""One chat on screen: any step at any time, Back and Continue, and pages that follow every edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.outgoing import OutboxPost, Planned, PostState
from tchat_desktop.domain.step_states import Detail, Stage, StepState
from tchat_desktop.domain.steps import STEPS, StepId, StepStatus
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.page import Page, PlaceOnPage
from tchat_desktop.ui.shell.rail import Rail
from tchat_desktop.ui.shell.workspace import Workspace
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.step_titles import step_title
from tests.fakes.outgoing import planned
from tests.ui.keyboard import press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CHAT = Chat(id="c", topic="Mariage des enfants")


class Stub(Page):
    """A page that remembers what it was shown."""

    def __init__(self, step: StepId) -> None:
        super().__init__(step_title(step), "Pourquoi.")
        self.step = step
        self.shown: list[Chat] = []
        self.looked_at = 0
        self.places: list[PlaceOnPage] = []
        self.seen_as = step
        self.unsent = ""

    def unfinished(self) -> object | None:
        return self.unsent or None

    @property
    def shown_as(self) -> StepId:
        return self.seen_as

    def show_chat(self, chat: Chat) -> None:
        self.shown.append(chat)

    def show_to_check(self) -> None:
        self.looked_at += 1

    def show_place(self, place: PlaceOnPage) -> None:
        self.places.append(place)


def crashed(error: BaseException) -> str:
    """No page of these fails."""
    raise error


class Desk:
    """A workspace in a window, with pages that only remember."""

    def __init__(self, qtbot: QtBot, start: StepId = StepId.PURPOSE, width: int = 1280) -> None:
        self.editor = ChatEditor(CHAT)
        self.made: list[StepId] = []
        self.states: dict[StepId, StepState] = {}
        self.details: dict[StepId, Detail] = {}
        self.asked = 0
        self.leaves_soon = False
        self.rows: tuple[OutboxPost, ...] = ()
        self.now = datetime(2026, 11, 10, 9, tzinfo=UTC)
        pages = {step: self._factory(step) for step in StepId}
        self.workspace = Workspace(
            self.editor,
            pages,
            self._statuses,
            start,
            lambda: self.now,
            crashed,
            leaves_soon=lambda: self.leaves_soon,
            rows_of_hour=lambda: self.rows,
        )
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.workspace)
        qtbot.addWidget(self.window)
        self.window.resize(width, 720)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        QApplication.processEvents()

    def _factory(self, step: StepId) -> Callable[[], Page]:
        def make() -> Page:
            self.made.append(step)
            return Stub(step)

        return make

    def _statuses(self, chat: Chat) -> tuple[StepStatus, ...]:
        self.asked += 1
        return tuple(
            StepStatus(
                step,
                self.states.get(step, StepState.TODO),
                self.details.get(step, Detail.NONE),
            )
            for step in STEPS
        )

    def page(self, step: StepId) -> Stub:
        page = self.workspace.page(step)
        assert isinstance(page, Stub)
        return page

    def buttons(self) -> dict[str, QPushButton]:
        QApplication.processEvents()
        found = self.workspace.findChildren(QPushButton)
        return {one.accessibleName(): one for one in found if one.isVisible()}


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


# --- going through the guide -------------------------------------------------------------------


def test_it_opens_at_the_step_asked_for_and_makes_no_other_page(qtbot: QtBot) -> None:
    desk = Desk(qtbot, StepId.QUESTIONS)
    assert desk.workspace.step is StepId.QUESTIONS
    assert desk.made == [StepId.QUESTIONS]
    assert desk.page(StepId.QUESTIONS).isVisible()
    assert desk.page(StepId.QUESTIONS).shown == [CHAT]


@pytest.mark.parametrize("step", list(StepId), ids=lambda step: step.value)
def test_any_step_can_be_opened_at_any_time(desk: Desk, qtbot: QtBot, step: StepId) -> None:
    opened = []
    desk.workspace.step_opened.connect(opened.append)
    desk.workspace.open_step(step)
    QApplication.processEvents()
    assert opened == [step]
    assert desk.page(step).isVisible()
    assert desk.page(step).shown[-1] == CHAT


def test_continue_goes_through_all_steps_and_ends_at_home(desk: Desk, qtbot: QtBot) -> None:
    for after in STEPS[1:]:
        QTest.mouseClick(
            desk.buttons()[f"Continuer\u202f: {step_title(after)}"], Qt.MouseButton.LeftButton
        )
        assert desk.workspace.step is after
    with qtbot.waitSignal(desk.workspace.home_wanted):
        desk.buttons()["Revenir à mes tchats"].click()


def test_back_goes_back_and_stops_at_the_first(desk: Desk) -> None:
    assert not desk.buttons()["Retour"].isEnabled()
    desk.workspace.open_step(StepId.HASHTAG)
    desk.buttons()["Retour"].click()
    assert desk.workspace.step is StepId.SCHEDULE


def test_a_press_in_the_rail_opens_the_step(desk: Desk) -> None:
    rail = desk.workspace.findChild(Rail)
    rail.step_chosen.emit(StepId.PEOPLE)
    assert desk.workspace.step is StepId.PEOPLE


def test_a_page_can_send_elsewhere(desk: Desk) -> None:
    desk.page(StepId.PURPOSE).step_wanted.emit(StepId.CONNECTION)
    assert desk.workspace.step is StepId.CONNECTION


def test_a_page_can_send_to_what_is_to_be_looked_at(desk: Desk, qtbot: QtBot) -> None:
    desk.page(StepId.REPORT).check_wanted.emit(StepId.RECAP)
    assert desk.workspace.step is StepId.RECAP
    qtbot.waitUntil(lambda: desk.page(StepId.RECAP).looked_at == 1)
    desk.page(StepId.THANKS).place_wanted.emit(StepId.RECAP, PlaceOnPage.ADDRESS)
    qtbot.waitUntil(lambda: desk.page(StepId.RECAP).places == [PlaceOnPage.ADDRESS])


def test_notes_of_the_former_edition_stand_beside_the_preparation(desk: Desk, qtbot: QtBot) -> None:
    desk.editor.edit(replace(CHAT, former_lessons="Moins de questions <b>"))
    for step in StepId:
        desk.workspace.open_step(step)
        QApplication.processEvents()
        shown = [one for one in desk.page(step).findChildren(QLabel) if one.isVisible()]
        found = [one for one in shown if one.text() == "Moins de questions <b>"]
        assert bool(found) is (step.stage is Stage.BEFORE), step
        assert all(one.textFormat() == Qt.TextFormat.PlainText for one in found)


def test_a_page_can_ask_for_a_new_edition(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.workspace.new_edition_wanted) as asked:
        desk.page(StepId.REPORT).new_edition_wanted.emit("c")
    assert asked.args == ["c"]


def test_enter_on_continue_goes_on(desk: Desk) -> None:
    onward = next(one for name, one in desk.buttons().items() if name.startswith("Continuer"))
    onward.setFocus(Qt.FocusReason.TabFocusReason)
    press(onward, Qt.Key.Key_Space)
    assert desk.workspace.step is STEPS[1]


# --- pages -------------------------------------------------------------------------------------


def test_an_edit_is_shown_by_the_open_page_at_once_and_by_no_other(desk: Desk) -> None:
    desk.workspace.open_step(StepId.HASHTAG)
    before = len(desk.page(StepId.PURPOSE).shown)
    changed = replace(CHAT, topic="Santé")
    desk.editor.edit(changed)
    assert desk.page(StepId.HASHTAG).shown[-1] == changed
    assert len(desk.page(StepId.PURPOSE).shown) == before
    desk.workspace.open_step(StepId.PURPOSE)
    assert desk.page(StepId.PURPOSE).shown[-1] == changed


def test_undo_is_shown_too(desk: Desk) -> None:
    desk.editor.edit(replace(CHAT, topic="Santé"))
    desk.editor.undo()
    assert desk.page(StepId.PURPOSE).shown[-1] == CHAT


def test_pages_are_made_once_and_prepared_one_at_a_time(desk: Desk) -> None:
    turns = 0
    while desk.workspace.prepare_next_page():
        turns += 1
        assert len(desk.made) == turns + 1
    assert sorted(desk.made) == sorted(StepId)
    desk.workspace.open_step(StepId.RECAP)
    desk.workspace.open_step(StepId.PURPOSE)
    assert len(desk.made) == len(StepId)


def test_preparing_a_page_does_not_show_it(desk: Desk) -> None:
    desk.workspace.prepare_next_page()
    QApplication.processEvents()
    assert [step for step in desk.made if desk.page(step).isVisible()] == [StepId.PURPOSE]
    assert desk.workspace.step is StepId.PURPOSE


def test_after_leaving_edits_are_no_longer_shown(desk: Desk) -> None:
    desk.workspace.leave()
    before = len(desk.page(StepId.PURPOSE).shown)
    desk.editor.edit(replace(CHAT, topic="Santé"))
    assert len(desk.page(StepId.PURPOSE).shown) == before


# --- the bar below -----------------------------------------------------------------------------


def test_the_hour_keeps_the_one_primary_button_to_itself(desk: Desk) -> None:
    def kind() -> object:
        return desk.workspace._on.property("kind")

    assert kind() == "primary"
    desk.workspace.open_step(StepId.HOUR)
    assert kind() == "quiet"
    desk.workspace.open_step(StepId.THANKS)
    assert kind() == "primary"


def test_while_the_chat_is_live_no_page_says_that_one_can_close(desk: Desk) -> None:
    note = desk.workspace._note
    assert note.text() == _("Everything is saved: you can close now.")
    desk.details[StepId.HOUR] = Detail.LIVE
    desk.workspace.open_step(StepId.HASHTAG)
    # Its time has come, and it was not opened, is on hold, or has nothing planned any more.
    assert note.text() == _("The chat is under way. Nothing leaves from here for now.")
    desk.leaves_soon = True
    desk.workspace.open_step(StepId.PURPOSE)
    by_page = _("Keep this window open: it opens the page of each post at its time.")
    assert note.text() == by_page
    desk.editor.edit(replace(desk.editor.chat, route=Route.KEYS))
    desk.workspace.open_step(StepId.QUESTIONS)
    assert note.text() == _("Keep this window open: the posts of the chat leave only from here.")


def test_the_foot_and_the_question_before_leaving_tell_the_same(qtbot: QtBot, desk: Desk) -> None:
    note, page = desk.workspace._note, desk.page(StepId.PURPOSE)
    saved = _("Everything is saved: you can close now.")
    assert (note.text(), desk.workspace.typed) == (saved, [])
    page.unsent = "Merci"
    page.typed_changed.emit()
    qtbot.waitUntil(lambda: note.text() == _("A text you typed is not sent yet."))
    assert len(desk.workspace.typed) == 1
    page.unsent = ""
    page.typed_changed.emit()
    qtbot.waitUntil(lambda: note.text() == saved)


def test_while_something_is_to_leave_or_to_confirm_nothing_says_that_one_can_close(
    desk: Desk,
) -> None:
    note, button = desk.workspace._note, desk.workspace._on
    desk.details[StepId.HOUR] = Detail.ENDED
    row = planned("thanks", 60)
    row = replace(row, planned=Planned(row.text, row.due_at, row.route, PostState.PLANNED))
    desk.rows = (row,)
    desk.workspace.open_step(StepId.HOUR)
    assert note.text() == _("The chat is under way. Nothing leaves from here for now.")
    assert not button.isEnabled(), "the thanks are not the next thing yet"
    assert button.text() == _("After the chat: {step}").format(step=step_title(StepId.THANKS))
    desk.rows = (replace(row, state=PostState.HANDED_OVER),)
    desk.workspace.show_again()
    words = "Everything is saved. One message is still to be confirmed."
    assert note.text() == ngettext(words, words, 1)
    assert button.isEnabled()
    desk.rows = (replace(row, state=PostState.SENT),)
    desk.workspace.show_again()
    assert note.text() == _("Everything is saved: you can close now.")


@pytest.mark.parametrize(
    ("minutes", "open_for_it"), [(16, False), (15, True), (-59, True), (-60, False)]
)
def test_shortly_before_the_chat_nothing_says_that_one_can_close(
    desk: Desk, minutes: int, open_for_it: bool
) -> None:
    """As the waiting room does, though the chat was not opened yet."""
    starts_at = desk.now + timedelta(minutes=minutes)
    chat = replace(desk.editor.chat, starts_at=starts_at, minutes=60, route=Route.ASSISTED)
    desk.editor.edit(chat)
    desk.workspace.open_step(StepId.HOUR)
    kept, free = (
        _("Keep this window open for the chat."),
        _("Everything is saved: you can close now."),
    )
    assert desk.workspace._note.text() == (kept if open_for_it else free)
    desk.editor.edit(replace(chat, live_elsewhere=desk.now))
    desk.workspace.open_step(StepId.HOUR)
    assert desk.workspace._note.text() == free, "a copy publishes nothing by itself"


# --- states ------------------------------------------------------------------------------------


def test_the_rail_follows_at_the_change_of_minute(desk: Desk, qtbot: QtBot) -> None:
    soon = desk.now + timedelta(minutes=10, milliseconds=30)
    desk.editor.edit(replace(desk.editor.chat, starts_at=soon))
    desk.workspace.open_step(StepId.HASHTAG)
    asked = desk.asked
    # The clock of this test stands still: the minute changes again and again.
    qtbot.waitUntil(lambda: desk.asked > asked + 3, timeout=2000)


def test_the_rail_follows_typing_after_a_pause(desk: Desk, qtbot: QtBot) -> None:
    desk.states[StepId.PURPOSE] = StepState.READY
    asked = desk.asked
    for letter in "abcdef":
        desk.editor.edit(replace(desk.editor.chat, topic=desk.editor.chat.topic + letter))
    # Not with each key.
    assert desk.asked == asked
    rail = desk.workspace.findChild(Rail)
    qtbot.waitUntil(
        lambda: any(
            one.accessibleName() == "Étape 1 sur 14, L’objectif, prête"
            for one in rail.findChildren(QWidget)
        )
    )
    assert desk.asked == asked + 1


# --- narrow windows ----------------------------------------------------------------------------


def test_a_wide_window_has_the_rail_and_no_menu(desk: Desk) -> None:
    assert desk.workspace.findChild(Rail).isVisible()
    assert "Étapes" not in desk.buttons()


def test_a_narrow_window_has_a_menu_of_the_steps_instead(qtbot: QtBot) -> None:
    desk = Desk(qtbot, width=700)
    assert not desk.workspace.findChild(Rail).isVisible()
    steps = desk.buttons()["Étapes"]
    menu = steps.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert len(menu.actions()) == len(STEPS)
    assert menu.actions()[3].text().startswith("4. Les questions – ")
    menu.actions()[3].trigger()
    assert desk.workspace.step is StepId.QUESTIONS


def test_the_rail_comes_and_goes_with_the_width(desk: Desk) -> None:
    rail = desk.workspace.findChild(Rail)
    for width, there in ((700, False), (1280, True), (640, False)):
        # Dragged by its edge, a window goes through the widths between.
        for between in (max(width, 880), width):
            desk.window.resize(between, 720)
            for _turn in range(3):
                QApplication.processEvents()
        assert rail.isVisible() == there
        assert desk.window.width() == width


def test_large_text_gives_way_sooner(qtbot: QtBot) -> None:
    theme.apply(theme.LIGHT, 2.0)
    desk = Desk(qtbot, width=1280)
    assert not desk.workspace.findChild(Rail).isVisible()


def test_it_says_that_one_may_close(desk: Desk) -> None:
    words = [one.text() for one in desk.workspace.findChildren(QLabel) if one.isVisible()]
    assert _("Everything is saved: you can close now.") in words


@pytest.mark.parametrize("own", [False, True])
def test_going_on_is_filled_unless_the_page_has_a_filled_button(desk: Desk, own: bool) -> None:
    page = desk.page(StepId.HASHTAG)
    main = Button("Enregistrer la page", "primary")
    page.add(main)
    main.setVisible(own)
    desk.workspace.open_step(StepId.HASHTAG)
    QApplication.processEvents()
    onward = desk.buttons()[f"Continuer\u202f: {step_title(StepId.QUESTIONS)}"]
    assert onward.property("kind") == ("quiet" if own else "primary")
    # What a page waited for may bring its button.
    main.setVisible(not own)
    page.filled.emit()
    assert onward.property("kind") == ("primary" if own else "quiet")


def test_the_rail_lights_the_step_that_the_page_is_shown_as(qtbot: QtBot) -> None:
    desk = Desk(qtbot, StepId.HOUR)
    page = desk.page(StepId.HOUR)
    page.seen_as = StepId.REHEARSAL
    page.filled.emit()
    qtbot.waitUntil(lambda: desk.workspace.rail._current is StepId.REHEARSAL)
    assert desk.workspace.step is StepId.HOUR
