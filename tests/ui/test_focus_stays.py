"""After an action the keyboard stays where the person was: on the page, in sight, never nowhere."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget

from tchat_desktop.domain.steps import StepId
from tchat_desktop.start.window import App
from tchat_desktop.ui import dialogs
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.purpose.templates_dialog import TemplatesDialog
from tchat_desktop.ui.widgets.tab_order import takes_keyboard
from tests.ui.survey import Walk, opened, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

APART = {"rehearsed": {StepId.HOUR}, "empty": {StepId.HOUR, StepId.REHEARSAL}}
"""The hour has its own tests; where the way is only just chosen, the checks of the day arrive at
any time and push down what is under them."""
REHEARSING = ("Répéter", "Commencer la répétition")
"""What begins a whole hour."""
OUT = "Voir et effacer – Ce qui reste sur cet ordinateur"
"""What leads out of the chat: nothing of it may be open while it is erased."""


@pytest.fixture
def nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is there to choose a file."""
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args, **_more: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: "")
    monkeypatch.setattr(dialogs, "_confirms", lambda *_args, **_more: True)
    monkeypatch.setattr(webbrowser, "open", lambda *_args, **_more: True)
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 0)
    monkeypatch.setattr(QFileDialog, "open", lambda _dialog, *_args: None)
    # The window of the ready-made texts has a test of its own.
    monkeypatch.setattr(TemplatesDialog, "open", lambda _dialog: None)


def buttons(page: Page) -> list[QAbstractButton]:
    """What can be pressed on a page by the keyboard."""
    found = page.findChildren(QAbstractButton)
    return [one for one in found if takes_keyboard(one) and one.isVisible() and one.isEnabled()]


def to_press(page: Page) -> Iterator[str]:
    """The names of what can be pressed; of many that do the same, the first and the last."""
    kinds: dict[str, list[str]] = {}
    for one in buttons(page):
        what = one.text() or one.toolTip().split(" ")[0]
        kinds.setdefault(f"{type(one).__name__} {what}", []).append(one.accessibleName())
    for names in kinds.values():
        yield from dict.fromkeys((names[-1], names[0]))


def strayed(page: Page) -> str:
    """Where the keyboard is, if nobody would look for it there; else ""."""
    at = QApplication.focusWidget()
    if at is None:
        return "nowhere"
    name = f"{type(at).__name__} {at.accessibleName()!r}"
    if not page.isAncestorOf(at) or at is page.inner or at is page.viewport():
        return f"outside the page, on {name}"
    if not at.isVisible():
        return f"on what is hidden, {name}"
    seen = QRect(at.mapTo(page.viewport(), QPoint(0, 0)), at.size())
    if not seen.intersects(page.viewport().rect().adjusted(0, page.covered, 0, 0)):
        return f"out of sight, on {name}"
    return ""


def press(app: App, page: Page, name: str) -> str:
    """Press what is called so, by the keyboard; where the keyboard then is, if it strayed."""
    one = next((one for one in buttons(page) if one.accessibleName() == name), None)
    if one is None:
        return ""
    one.setFocus(Qt.FocusReason.TabFocusReason)
    # What was asked for before may only be arriving.
    settle(app)
    page.bring_into_view(one)
    QTest.keyClick(one, Qt.Key.Key_Space)
    settle(app)
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        popup = QApplication.activePopupWidget()
        settle(app)
    workspace = app.window.workspace
    assert workspace is not None
    if workspace.step is not page.step:
        # It leads elsewhere, and is meant to.
        workspace.open_step(page.step)
        settle(app)
        return ""
    return strayed(page)


@pytest.mark.usefixtures("qapp", "nothing_is_asked")
@pytest.mark.parametrize("chat", ["rehearsed", "empty"])
def test_after_an_action_the_keyboard_stays_where_the_person_was(chat: str) -> None:
    astray, pressed = [], 0
    with opened(Walk("fr", chat)) as app:
        app.window.activateWindow()
        workspace = app.window.workspace
        assert workspace is not None
        for step in (one for one in StepId if one not in APART[chat]):
            workspace.open_step(step)
            settle(app)
            page = workspace.page(step)
            for name in list(to_press(page)):
                if name.startswith(REHEARSING) or name == OUT:
                    continue
                pressed += 1
                if where := press(app, page, name):
                    astray.append(f"{step.value}: after {name!r} {where}")
    print(f"{pressed} pressed, {len(astray)} astray")
    assert pressed > 20
    assert astray == []


def test_the_test_above_can_fail(qapp: QApplication) -> None:
    with opened(Walk("fr", "example")) as app:
        workspace = app.window.workspace
        assert workspace is not None
        workspace.open_step(StepId.QUESTIONS)
        settle(app)
        app.window.activateWindow()
        page = workspace.page(StepId.QUESTIONS)
        buttons(page)[0].setFocus()
        assert strayed(page) == ""
        page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
        assert "out of sight" in strayed(page)
        outside: QWidget = app.window.bar.findChildren(QAbstractButton)[0]
        outside.setFocus()
        assert "outside the page" in strayed(page)
        outside.clearFocus()
        assert strayed(page) == "nowhere"
