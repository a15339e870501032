"""What a person does to a page: look, type, press. Real events, real focus."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.widgets.tab_order import takes_keyboard

Found = TypeVar("Found", bound=QWidget)


def put_on_screen(qtbot: QtBot, page: Page, editor: ChatEditor) -> None:
    """Show a page as the workspace does: told of the chat, then of every edit."""
    # A window of its own would hand its size hints to the offscreen platform, which warns.
    window = QWidget()
    window.resize(1024, 736)
    page.setParent(window)
    page.resize(1024, 736)
    qtbot.addWidget(window)
    page.window_kept = window  # type: ignore[attr-defined]
    editor.observe(page.show_chat)
    page.show_chat(editor.chat)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QApplication.processEvents()


bridges: list[Bridge] = []
"""Those of the test that runs; stopped after it (see conftest)."""


def new_bridge() -> Bridge:
    """A bridge that ends with the test."""
    bridges.append(Bridge())
    return bridges[-1]


def named(page: QWidget, name: str, kind: type[Found] = QWidget) -> Found:  # type: ignore[assignment]
    """The one visible widget a screen reader calls `name`."""
    # What was just put into a layout is shown by the event loop.
    QApplication.processEvents()
    found = [
        widget
        for widget in page.findChildren(kind)
        if widget.accessibleName() == name and widget.isVisibleTo(page)
    ]
    assert len(found) == 1, (name, sorted(focusable_names(page)))
    return found[0]


def press(page: QWidget, name: str) -> None:
    """Press the button of that name with the space bar."""
    button = named(page, name, QAbstractButton)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)


def type_text(widget: QWidget, text: str) -> None:
    """Type a text, accents included, as key events carry it."""
    widget.setFocus()
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


def says(page: QWidget, piece: str) -> bool:
    """Whether a visible label says that."""
    QApplication.processEvents()
    return any(
        piece in label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)
    )


def focusable_names(page: QWidget) -> list[str]:
    """The names of everything on the page that takes the keyboard, in no order."""
    return [
        widget.accessibleName()
        for widget in page.findChildren(QWidget)
        if takes_keyboard(widget)
        and widget.isVisibleTo(page)
        and not widget.accessibleName().startswith("qt_")
    ]


def check_names(page: QWidget) -> None:
    """Every widget that takes the keyboard has a name, and its own."""
    names = Counter(focusable_names(page))
    assert "" not in names
    assert not [name for name, times in names.items() if times > 1]
