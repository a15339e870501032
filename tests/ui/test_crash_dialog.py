"""An error nobody caught is told in words, with nothing in them to be afraid of."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from tchat_desktop.platform.crash import CrashReports
from tchat_desktop.platform.logs import Redaction
from tchat_desktop.ui.shell.crash_dialog import CrashDialog

# The offscreen platform says so of windows with limits, and of menus.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CANARY = "CaNaRy7yhQ2kVnP0zzTopSecretValue"


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def dialog(qtbot: QtBot, error: Exception | None = None) -> CrashDialog:
    redaction = Redaction()
    redaction.learn(CANARY)
    crashes = CrashReports(Path("nowhere"), redaction, lambda _error: None)
    shown = CrashDialog(crashes.details(error or raised(ValueError("no such row"))), None)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def buttons(shown: CrashDialog) -> dict[str, QAbstractButton]:
    return {one.accessibleName(): one for one in shown.findChildren(QAbstractButton)}


def test_it_says_what_happened_what_is_safe_and_what_to_do(qtbot: QtBot) -> None:
    shown = dialog(qtbot)
    words = " ".join(label.text() for label in shown.findChildren(QLabel))
    for technical in ("ValueError", "Traceback", "no such row", ".py"):
        assert technical not in words
    assert len(words) > 60
    assert len(buttons(shown)) == 2


def test_enter_goes_on(qtbot: QtBot) -> None:
    shown = dialog(qtbot)
    focused = shown.focusWidget()
    assert isinstance(focused, QAbstractButton)
    assert focused.property("kind") == "primary"
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert not shown.isVisible()


def test_escape_closes_it(qtbot: QtBot) -> None:
    shown = dialog(qtbot)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def copied(qtbot: QtBot, error: Exception) -> str:
    shown = dialog(qtbot, error)
    (copy,) = (one for one in buttons(shown).values() if one.property("kind") != "primary")
    before = copy.text()
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert copy.text() != before, "nothing says that it was copied"
    assert shown.isVisible()
    return QGuiApplication.clipboard().text()


def test_the_details_can_be_copied(qtbot: QtBot) -> None:
    text = copied(qtbot, raised(ValueError("no such row")))
    assert "ValueError: no such row" in text
    assert "in raised" in text


def test_what_is_copied_holds_no_secret(qtbot: QtBot) -> None:
    error = raised(ValueError(f"{CANARY} refused: Authorization: Bearer hunter2hunter2"))
    text = copied(qtbot, error)
    assert "refused" in text
    assert CANARY not in text
    assert "hunter2" not in text


def test_what_an_error_says_is_never_taken_for_markup(qtbot: QtBot) -> None:
    shown = dialog(qtbot, raised(ValueError("<img src=x>")))
    for label in shown.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
