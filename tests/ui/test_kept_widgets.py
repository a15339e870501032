"""What a page was shown before and took away is touched by nothing that is pressed afterwards."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QPushButton

from tchat_desktop.domain.steps import StepId
from tchat_desktop.start.window import App
from tests.ui.survey import Walk, opened, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT_ALONE = {StepId.HOUR, StepId.REHEARSAL, StepId.CONNECTION, StepId.REPORT}
"""Their buttons start hours, ask X, or open another chat."""


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is pressed leaves the window, and nobody answers its questions."""

    def nothing(*_args: object, **_options: object) -> tuple[str, str]:
        return "", ""

    monkeypatch.setattr(webbrowser, "open", lambda *_args, **_options: True)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: "")
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: 0)
    monkeypatch.setattr(QMenu, "popup", lambda *_args: None)
    for ask in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, ask, nothing)


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    with opened(Walk("fr", "rehearsed")) as app:
        yield app


def take_away_and_bring_back(app: App) -> None:
    """Every list of the chat goes and comes again: each card is another one."""
    session = app.window.session
    assert session is not None
    lists = ("questions", "people", "announcements", "help_lines")
    session.editor.edit(replace(session.editor.chat, **dict.fromkeys(lists, ())))
    destroy(app)
    session.editor.undo()
    destroy(app)


def destroy(app: App) -> None:
    settle(app)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press_all(app: App, step: StepId, after: Callable[[], None]) -> list[str]:
    """Press everything on a page, also what comes with it; the names of what was pressed."""
    workspace = app.window.workspace
    assert workspace is not None
    pressed: list[str] = []
    for button in workspace.page(step).findChildren(QPushButton):
        if not shiboken6.isValid(button) or not button.isVisible() or not button.isEnabled():
            continue
        pressed.append(button.accessibleName() or button.text())
        button.click()
        after()
        if workspace.step is not step:
            workspace.open_step(step)
    return pressed


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("step", [one for one in StepId if one not in LEFT_ALONE])
def test_what_was_taken_away_is_touched_no_more(app: App, step: StepId) -> None:
    workspace = app.window.workspace
    assert workspace is not None
    workspace.open_step(step)
    settle(app)
    # Once each is open, what it opened goes with it.
    press_all(app, step, lambda: None)
    settle(app)
    take_away_and_bring_back(app)
    assert press_all(app, step, lambda: destroy(app))
