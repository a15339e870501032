"""What is pressed may go: the keyboard stays on the page, and is on nothing that publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.undoing import Command, DoneCommand
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import FakeHour, full_chat, participant
from tests.ui.pages.hour.conftest import OCCASIONS, Cockpit, settle
from tests.ui.pages.hour.test_cockpit import buttons

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Make = Callable[..., Cockpit]


class Window(QWidget):
    """The page above the buttons that lead away from it, as in the real window."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        below = QVBoxLayout(self)
        below.addWidget(page)
        self.page = page
        self.back = Button("Retour")
        below.addWidget(self.back)
        self.resize(1110, 700)


@pytest.fixture
def in_window(make_cockpit: Make, qtbot: QtBot) -> Iterator[Callable[..., Cockpit]]:
    windows: list[Window] = []

    def make(route: Route = Route.ASSISTED) -> Cockpit:
        cockpit = make_cockpit(full_chat(route))
        window = Window(cockpit.page)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        settle()
        return cockpit

    yield make
    for window in windows:
        # The page was handed over to be closed on its own.
        window.layout().removeWidget(window.page)
        window.page.setParent(None)


def press_by_keyboard(cockpit: Cockpit, button: Button) -> None:
    button.setFocus()
    assert button.hasFocus()
    button.click()
    settle()


def check_keyboard(cockpit: Cockpit, pressed: QWidget | None = None) -> None:
    """The keyboard is on the page, on something that is seen and that publishes nothing.

    What was pressed keeps it as long as it can be pressed.
    """
    at = QApplication.focusWidget()
    assert at is not None
    assert cockpit.page.isAncestorOf(at), at
    assert at.isVisible()
    assert at.isEnabled()
    assert at is pressed or not isinstance(at, PublishButton) or not at.guarded


def test_opening_the_chat_leads_to_its_title(in_window: Callable[..., Cockpit]) -> None:
    cockpit = in_window()
    opens = buttons(cockpit.page)[_("Open the chat")]
    press_by_keyboard(cockpit, opens)
    assert QApplication.focusWidget() is cockpit.board.strip.title


def asked(hour: FakeHour) -> None:
    hour.becomes("q:q2", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()


def answered(hour: FakeHour) -> None:
    hour.becomes("q:q2", PostState.SENT)
    hour.say_rows()


def all_out(hour: FakeHour) -> None:
    for row in tuple(hour.rows):
        hour.becomes(row.slot, PostState.SENT)
    hour.say_rows()


def undone(hour: FakeHour) -> None:
    hour.last = None
    hour.say_rows()


def lately(hour: FakeHour) -> None:
    row = hour.row("q:q6")
    hour.last = DoneCommand(Command.SKIP, ((row, row),))
    hour.say_rows()


ACTIONS: dict[
    str, tuple[Callable[[FakeHour], None], Callable[[Cockpit], Button], Callable[..., None]]
] = {
    "pause": (lambda _hour: None, lambda c: c.board.strip._pause, lambda _hour: None),
    "publish the last one": (lambda _h: None, lambda c: c.board.next._send, all_out),
    "in reserve": (lambda _h: None, lambda c: c.board.next._skip, all_out),
    "5 minutes later": (lambda _h: None, lambda c: c.board.next._later, all_out),
    "change": (lambda _h: None, lambda c: c.board.next._change, lambda _h: None),
    "yes, published": (asked, lambda c: c.board.now._yes, answered),
    "not yet": (asked, lambda c: c.board.now._later, lambda _hour: None),
    "to check": (asked, lambda c: c.board.strip._check, answered),
    "end": (lambda _h: None, lambda c: c.board._time._end, lambda hour: hour.say_ended()),
}


@pytest.mark.parametrize("occasion", OCCASIONS)
@pytest.mark.parametrize("action", ACTIONS)
def test_the_keyboard_stays_on_the_page(
    in_window: Callable[..., Cockpit],
    action: str,
    occasion: Occasion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cockpit = in_window()
    hour = cockpit.start(occasion)
    monkeypatch.setattr(cockpit.board, "_confirms_end", lambda: True)
    before, button, after = ACTIONS[action]
    before(hour)
    settle()
    pressed = button(cockpit)
    press_by_keyboard(cockpit, pressed)
    after(hour)
    settle()
    check_keyboard(cockpit, pressed)


def test_leaving_a_rehearsal_leads_to_the_title(in_window: Callable[..., Cockpit]) -> None:
    cockpit = in_window()
    hour = cockpit.start(Occasion.REHEARSAL)
    hour.say_ended()
    settle()
    close = next(one for one in buttons(cockpit.board.end_card).values())
    close.setFocus()
    cockpit.page._on_closed()
    settle()
    assert QApplication.focusWidget() is cockpit.page.title


def test_an_answer_in_private_that_is_done_leads_nowhere_else(
    in_window: Callable[..., Cockpit],
) -> None:
    cockpit = in_window(Route.KEYS)
    hour = cockpit.start()
    hour.say_posts(participant(1, "Bonjour", hour.clock.at))
    settle()
    cockpit.board.feed._open_reply("1001", "")
    settle()
    close = cockpit.board.feed.reply
    [first, *_rest] = [one for one in close.findChildren(Button) if one.isVisible()]
    first.setFocus()
    close.close_panel()
    settle()
    check_keyboard(cockpit)


def test_what_is_far_from_the_page_is_left_alone(in_window: Callable[..., Cockpit]) -> None:
    cockpit = in_window()
    cockpit.start()
    window = cockpit.page.window()
    assert isinstance(window, Window)
    window.back.setFocus()
    cockpit.hour.say_ended()
    settle()
    assert window.back.hasFocus()


def test_what_is_put_back_from_the_reserve_moves_nothing(
    in_window: Callable[..., Cockpit],
) -> None:
    cockpit = in_window()
    hour = cockpit.start()
    card = cockpit.board._reserve
    spare = next(row for row in hour.rows if row.state is PostState.DRAFT)
    button = next(
        one for name, one in buttons(card).items() if name.startswith(_("Put into the run sheet"))
    )
    cockpit.page.bring_into_view(card)
    settle()
    button.setFocus()
    settle()
    place = card.mapTo(cockpit.page.viewport(), QPoint(0, 0)).y()
    button.click()
    hour.becomes(spare.slot, PostState.PLANNED, due_at=hour.clock.at + timedelta(minutes=1))
    hour.say_rows()
    settle()
    assert card._back.isVisible()
    check_keyboard(cockpit)
    assert card.mapTo(cockpit.page.viewport(), QPoint(0, 0)).y() == place


def rehearsal_put_away(cockpit: Cockpit) -> None:
    cockpit.page._on_closed()


def rehearsal_ends(cockpit: Cockpit) -> None:
    cockpit.hour.say_ended()


def real_hour_begins(cockpit: Cockpit) -> None:
    cockpit.page._on_live_wanted()


@pytest.mark.parametrize("what", [rehearsal_put_away, rehearsal_ends, real_hour_begins])
@pytest.mark.parametrize("behind", [True, False])
def test_a_page_that_becomes_another_one_keeps_the_keyboard(
    in_window: Callable[..., Cockpit],
    qtbot: QtBot,
    what: Callable[[Cockpit], None],
    behind: bool,
) -> None:
    """Also while a question is in front, as the one whether to end the rehearsal."""
    cockpit = in_window()
    cockpit.start(Occasion.REHEARSAL)
    cockpit.board._time._end.setFocus()
    assert cockpit.board._time._end.hasFocus()
    question = QWidget()
    qtbot.addWidget(question)
    if behind:
        question.show()
        question.activateWindow()
        qtbot.waitUntil(question.isActiveWindow)
    what(cockpit)
    settle()
    question.close()
    cockpit.page.window().activateWindow()
    qtbot.waitUntil(cockpit.page.window().isActiveWindow)
    settle()
    check_keyboard(cockpit)
    if what is not rehearsal_ends:
        assert QApplication.focusWidget() is cockpit.page.heading
