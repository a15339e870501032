"""The whole app as it runs, on a data directory of its own, for tests of the window."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.ports import Clock, SecretVault
from tchat_desktop.services.session import Session
from tchat_desktop.start.window import App
from tchat_desktop.ui import theme
from tchat_desktop.ui.last_folder import folders
from tchat_desktop.ui.pages.hour.page import CockpitPage
from tchat_desktop.ui.shell.version_news import VersionNews
from tchat_desktop.ui.shell.workspace import Workspace

PATIENCE = 20_000
"""Milliseconds to wait for what should come at once, on a machine that has much to do."""


@contextmanager
def running(
    qt: QApplication,
    folder: Path,
    language: str = "fr",
    api_url: str | None = None,
    vault: SecretVault | None = None,
    clock: Clock | None = None,
    make_news: Callable[[App], VersionNews | None] | None = None,
) -> Iterator[App]:
    """The app, started; all it changed in the process is as before afterwards."""
    root = logging.getLogger()
    level = root.level
    hooks = sys.excepthook, threading.excepthook
    app = App(qt, folder, language, api_url, vault, clock, make_news=make_news)
    # Errors in slots are for pytest-qt to see, not for the crash dialog.
    sys.excepthook, threading.excepthook = hooks
    theme.apply(theme.LIGHT)
    app.window.rebuild()
    app.window.show()
    app.window.activateWindow()
    app.start()
    try:
        yield app
    finally:
        app.window.hide()
        app.close()
        app.window.deleteLater()
        app._look.deleteLater()
        app._ring.setParent(None)
        app._ring.deleteLater()
        app._speech.be_silent()
        folders().take_up({})
        folders().changed.disconnect(app.settings._on_folder_changed)
        qt.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        QLocale.setDefault(QLocale(QLocale.Language.C))
        root.setLevel(level)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Person:
    """What a person sees and does."""

    def __init__(self, app: App, qtbot: QtBot) -> None:
        self.app = app
        self.window = app.window
        self._qtbot = qtbot

    def wait(self, come: Callable[[], object]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(lambda: bool(come()), timeout=PATIENCE)

    @property
    def workspace(self) -> Workspace:
        assert self.window.workspace is not None
        return self.window.workspace

    def hour_page(self) -> CockpitPage:
        """The page of the hour, made if it was not yet."""
        page = self.workspace.page(StepId.HOUR)
        assert isinstance(page, CockpitPage)
        return page

    @property
    def session(self) -> Session:
        assert self.window.session is not None
        return self.window.session

    def words(self) -> list[str]:
        """Every text on screen."""
        labels = self.window.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible() and label.text()]

    def buttons(self) -> dict[str, QPushButton]:
        """Every button on screen by its name."""
        found = self.window.findChildren(QPushButton)
        return {one.accessibleName(): one for one in found if one.isVisible()}

    def press(self, name: str) -> None:
        """Press a button as soon as it is on screen."""
        self.wait(lambda: name in self.buttons() and self.buttons()[name].isEnabled())
        self.buttons()[name].click()

    def notice(self) -> str:
        """The sentence below the bar, or over the page for a moment; "" when there is none."""
        shown = (one for one in (self.window.notice, self.window._toast) if one.isVisible())
        return next((one.text for one in shown), "")

    def saved(self) -> bool:
        """Whether the bar says that all is on disk."""
        return "✓ Enregistré" in self.words()

    def open_example(self) -> None:
        """Open the example and wait for it."""
        self.press("Essayer avec l’exemple (10 min ou plus)")
        self._until_open()

    def new_chat(self) -> None:
        """Begin a chat and wait for it."""
        self.press("Nouveau tchat")
        self._until_open()

    def _until_open(self) -> None:
        self.wait(lambda: self.window.workspace)
        # What was just put into a layout is shown by the event loop.
        self.wait(lambda: self.workspace.page(self.workspace.step).isVisible())
        QApplication.processEvents()
