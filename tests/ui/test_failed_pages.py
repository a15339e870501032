"""A page that fails says so in its place; the others stay usable, and nothing tries without end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.steps import STEPS, StepId
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.promotion.page import PromotionPage
from tchat_desktop.ui.pages.purpose.page import PurposePage
from tchat_desktop.ui.shell.crash_dialog import CrashDialog
from tchat_desktop.ui.shell.failed_page import FailedPage
from tchat_desktop.wording.step_titles import step_title
from tests.ui.running import Person, running

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

AGAIN = "Réessayer"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, folder: Path) -> Iterator[Person]:
    with running(qapp, folder) as app:
        yield Person(app, qtbot)


class Trouble:
    """A page that fails until it is mended; how often that was tried is counted."""

    def __init__(self) -> None:
        self.stands = True
        self.times = 0

    def strike(self) -> None:
        self.times += 1
        if self.stands:
            raise ValueError("a fault of our own")


def broken(
    monkeypatch: pytest.MonkeyPatch, page: type[Page], method: str, trouble: Trouble | None = None
) -> Trouble:
    """Let a method of a page fail."""
    trouble = trouble or Trouble()
    real = getattr(page, method)

    def failing(self: Page, *what: object) -> object:
        trouble.strike()
        return real(self, *what)

    monkeypatch.setattr(page, method, failing)
    return trouble


def reports(folder: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted((folder / "crashes").glob("*.txt"))]


def all_made(me: Person) -> None:
    """Wait until the pages that were not opened are made, as happens in idle time."""
    me.wait(lambda: me.workspace._pages.count() == len(StepId) and not me.window._idle.isActive())


def turns(me: Person, count: int) -> None:
    """Let the event loop turn so often with nothing else to do."""
    left = count

    def turn() -> None:
        nonlocal left
        left -= 1

    clock = QTimer()
    clock.setInterval(0)
    clock.timeout.connect(turn)
    clock.start()
    me.wait(lambda: left <= 0)
    clock.stop()


def test_a_page_that_cannot_be_made_is_tried_once_and_makes_one_report(
    me: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble = broken(monkeypatch, PromotionPage, "__init__")
    me.new_chat()
    all_made(me)
    turns(me, 200)
    assert trouble.times == 1
    (report,) = reports(folder)
    assert "a fault of our own" in report
    # It is not on screen: nobody is told before they want to see it.
    assert not me.window.findChildren(CrashDialog)


def test_its_place_says_what_happened_what_is_safe_and_what_to_do(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch, PromotionPage, "__init__")
    me.new_chat()
    me.workspace.open_step(StepId.PROMOTION)
    words = " ".join(me.words())
    assert step_title(StepId.PROMOTION) in words
    for said in ("ne peut pas être affichée", "est en sécurité", AGAIN):
        assert said in f"{words} {' '.join(me.buttons())}"
    for technical in ("ValueError", "fault", ".py"):
        assert technical not in words
    me.press("Copier les détails")
    assert "ValueError: a fault of our own" in QGuiApplication.clipboard().text()


def test_the_other_pages_back_and_continue_work(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch, PromotionPage, "__init__")
    me.new_chat()
    me.workspace.open_step(StepId.PROMOTION)
    where = STEPS.index(StepId.PROMOTION)
    me.press(f"Continuer\u202f: {step_title(STEPS[where + 1])}")
    assert me.workspace.step is STEPS[where + 1]
    me.press("Retour")
    assert isinstance(me.workspace.page(StepId.PROMOTION), FailedPage)
    me.press("Retour")
    assert me.workspace.step is STEPS[where - 1]
    me.session.editor.edit(replace(me.session.editor.chat, topic="La suite"))
    me.wait(me.saved)
    all_made(me)
    failed = [step for step in StepId if isinstance(me.workspace.page(step), FailedPage)]
    assert failed == [StepId.PROMOTION]


def test_try_again_brings_the_page_once_it_can_be_made(
    me: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble = broken(monkeypatch, PromotionPage, "__init__")
    me.new_chat()
    me.workspace.open_step(StepId.PROMOTION)
    failed = me.workspace.page(StepId.PROMOTION)
    me.press(AGAIN)
    assert me.workspace.page(StepId.PROMOTION) is failed
    assert any("encore échoué" in words for words in me.words())
    assert len(reports(folder)) == 1
    trouble.stands = False
    me.press(AGAIN)
    assert isinstance(me.workspace.page(StepId.PROMOTION), PromotionPage)
    me.wait(me.workspace.page(StepId.PROMOTION).isVisible)
    assert AGAIN not in me.buttons()


def test_a_page_that_fails_while_typing_keeps_what_was_typed(
    me: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    me.new_chat()
    trouble = broken(monkeypatch, PurposePage, "show_chat")
    for topic in ("La", "La suite"):
        me.session.editor.edit(replace(me.session.editor.chat, topic=topic), "topic")
    assert isinstance(me.workspace.page(StepId.PURPOSE), FailedPage)
    assert (trouble.times, len(reports(folder))) == (1, 1)
    assert me.session.editor.chat.topic == "La suite"
    me.wait(me.saved)
    trouble.stands = False
    me.press(AGAIN)
    assert isinstance(me.workspace.page(StepId.PURPOSE), PurposePage)


@pytest.mark.parametrize("asked", ["unfinished", "show_notes"])
def test_whatever_fails_on_a_page_neither_holds_the_window_nor_loses_the_chat(
    me: Person, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    me.new_chat()
    broken(monkeypatch, PurposePage, asked)
    me.session.editor.edit(replace(me.session.editor.chat, topic="La suite"))
    me.workspace.open_step(StepId.PURPOSE)
    me.window.rebuild()
    assert me.session.editor.chat.topic == "La suite"
    assert me.window.close()


def test_what_was_typed_before_it_failed_is_there_again(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[object] = []
    me.new_chat()
    monkeypatch.setattr(PurposePage, "unfinished", lambda self: "half a sentence")
    monkeypatch.setattr(PurposePage, "take_up", lambda self, typed: taken.append(typed))
    trouble = broken(monkeypatch, PurposePage, "show_chat")
    me.session.editor.edit(replace(me.session.editor.chat, topic="La suite"))
    assert me.workspace.unfinished() == {StepId.PURPOSE: "half a sentence"}
    trouble.stands = False
    me.press(AGAIN)
    assert taken == ["half a sentence"]


def test_the_page_of_the_chat_says_how_to_stop_what_still_leaves(
    qtbot: QtBot,
) -> None:
    page = FailedPage(StepId.HOUR, "details")
    qtbot.addWidget(page)
    words = [label.text() for label in page.findChildren(type(page.title))]
    assert any("fermez l’application" in one for one in words)


def test_the_chat_of_a_page_that_failed_is_shown_as_it_is_by_then(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Chat] = []
    trouble = broken(monkeypatch, PurposePage, "__init__")
    me.new_chat()
    me.session.editor.edit(replace(me.session.editor.chat, topic="La suite"))
    trouble.stands = False
    real = PurposePage.show_chat
    monkeypatch.setattr(
        PurposePage, "show_chat", lambda self, chat: (shown.append(chat), real(self, chat))[1]
    )
    me.press(AGAIN)
    assert [chat.topic for chat in shown] == ["La suite"]
