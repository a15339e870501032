"""The window: the app as it runs on a screen, put together."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from tchat_desktop.adapters.settings_file import load_settings
from tchat_desktop.platform import logs
from tchat_desktop.platform.crash import CrashReports
from tchat_desktop.platform.paths import data_dir, settings_file
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.start import second_start
from tchat_desktop.start.data_in_use import DataInUse
from tchat_desktop.start.first_paint import FirstPaint
from tchat_desktop.start.kept_settings import KeptSettings
from tchat_desktop.ui import window_place
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.shell.main_window import MainWindow
from tchat_desktop.ui.shell.speech import ScreenLanguage
from tchat_desktop.ui.theme import SystemLook
from tchat_desktop.ui.typed_lately import TypedLately

if TYPE_CHECKING:
    from tchat_desktop.domain.chat import Chat, Occasion
    from tchat_desktop.domain.network_rules import NetworkRules
    from tchat_desktop.domain.spending import ReadIds
    from tchat_desktop.domain.steps import StepId, StepStatus
    from tchat_desktop.services.accounts import Accounts
    from tchat_desktop.services.hour import Hour
    from tchat_desktop.services.library import ChatLibrary
    from tchat_desktop.services.ports import Clock, SecretVault
    from tchat_desktop.services.session import Session
    from tchat_desktop.start.data_directory import DataDirectory
    from tchat_desktop.start.pages import PageServices
    from tchat_desktop.ui.pages.page import Page
    from tchat_desktop.ui.pages.shared.connections import Connections
    from tchat_desktop.ui.shell.crash_dialog import CrashDialog

log = logging.getLogger(__name__)


class App(QObject):
    """The app as it runs: one window, one bridge, one data directory.

    What the home screen does not need is imported later: the first paint comes several times
    sooner. What has nothing of Qt is imported on the worker thread, the rest here, in portions.
    """

    def __init__(
        self,
        qt: QApplication,
        folder: Path,
        language: str | None,
        api_url: str | None = None,
        vault: SecretVault | None = None,
        clock: Clock | None = None,
    ) -> None:
        super().__init__()
        self._qt = qt
        self._zone = ("", "")
        self._crash: CrashDialog | None = None
        self._api_url = api_url
        self._vault = vault
        self._accounts: Accounts | None = None
        self._connections: Connections | None = None
        self.rehearsal_speed: float | None = None
        self.clock: Clock = clock or SystemClock()
        self.bridge = Bridge()
        self.settings = KeptSettings(self.bridge)
        self._data = DataInUse(folder, self.clock, self.bridge.report)
        self._redaction = logs.Redaction()
        self._crashes = CrashReports(folder / "crashes", self._redaction, self.bridge.report_crash)
        self._crashes.install()
        self.bridge.service_failed.connect(self._on_service_failed)
        self._speech = ScreenLanguage(qt)
        self._speech.speak(language or self.settings.now.language)
        self._look = SystemLook(qt)
        self._typed_lately = TypedLately(qt)
        self._look.changed.connect(self._on_look_changed)
        self.window = MainWindow(
            self.bridge,
            self.library,
            self._data.restore,
            self.home_zone,
            self.clock,
            self.open_session,
            self.pages_of,
            self.statuses,
            self.connected_at,
            _rules,
            self._crashes.note,
        )
        # Only now: the dialog stands before the window.
        self.bridge.crashed.connect(self._on_crashed)
        self.window.language_chosen.connect(self._on_language_chosen)
        self.window.place_chosen.connect(self._on_place_chosen)

    def start(self) -> None:
        """What can wait until the window has been painted: the log, and the chats."""
        from PySide6.QtCore import QLocale, QTimeZone

        from tchat_desktop.start.garbage import GarbageCollection
        from tchat_desktop.start.imports import ImportsAhead, ahead
        from tchat_desktop.ui.widgets.focus_ring import FocusRing

        named = bytes(QTimeZone.systemTimeZoneId().data()).decode("utf-8", "replace")
        self._zone = (named, QLocale.territoryToCode(QLocale.system().territory()))
        self._garbage = GarbageCollection(self)
        self._ring = FocusRing(self._qt)
        self.window.tab_pressed.connect(self._ring.tabbing)
        self._speech.let_qt_speak()
        self.settings.follow_folders()
        logs.start_logging(self._data.folder, self._redaction)
        self.window.start()
        self._ahead = ImportsAhead(ahead(), self)
        # Once the chats are listed: the step that wants the towns is some clicks away.
        self.bridge.run(self, _read_towns, _nothing, _not_read)

    def take_up(self, file: Path | None) -> None:
        """Go on where one was when the window was closed, or with the file that was given."""
        left = self.settings.now
        self.settings.follow_window(self.window)
        if file is not None:
            self.window.open_file(file)
        elif left.chat_id:
            self.window.go_back_to(left.chat_id, left.step)

    def show_window(self) -> None:
        """Show the window where it was left, or as large as the screen allows."""
        window_place.put(self.window, self.settings.now.window)
        self.window.show()

    def data(self) -> DataDirectory:
        """The data directory; opened when it is first asked for, so on the worker thread."""
        return self._data.open()

    def library(self) -> ChatLibrary:
        """All the chats; for the worker thread."""
        # What opening a chat wants besides. Nothing of Qt: see start/imports.py.
        from tchat_desktop.adapters.exports import stationery  # noqa: F401
        from tchat_desktop.adapters.x import hand_over, sign_in  # noqa: F401
        from tchat_desktop.start import hours, posting  # noqa: F401

        return self.data().library

    def home_zone(self) -> str:
        """The IANA time zone a new chat begins with; for the worker thread."""
        from tchat_desktop.adapters.system_zone import zone_of_computer

        return zone_of_computer(*self._zone, self.clock.now().year)

    def open_session(self, chat: Chat) -> Session:
        """A session for a chat that was loaded, so the place is open."""
        from tchat_desktop.adapters.awake import Awake
        from tchat_desktop.domain.chat import Route
        from tchat_desktop.services.session import Session
        from tchat_desktop.start.hours import plan_live

        if chat.route is Route.KEYS:
            # By the time the hour is opened, the account is there again.
            self.connections().restore(self, _nothing, _not_restored)

        def make_hour(chat: Chat, occasion: Occasion) -> Hour:
            return self._make_hour(chat, occasion, lambda: session.editor.chat.spending_limit_cents)

        session = Session(chat, self.data().autosave, make_hour, plan_live, Awake)
        return session

    def pages_of(self, session: Session) -> Mapping[StepId, Callable[[], Page]]:
        """How each page of a chat is made."""
        from tchat_desktop.start.steps import pages_of

        return pages_of(session, self.outside())

    def statuses(self, chat: Chat) -> tuple[StepStatus, ...]:
        """How far each step of the guide is."""
        from tchat_desktop.domain import guide, run_sheet
        from tchat_desktop.start.data_directory import texts_of
        from tchat_desktop.wording.i18n import countries_of

        sheet = run_sheet.build_run_sheet(chat, texts_of(chat.language))
        return guide.statuses(chat, sheet, self.clock.now(), countries_of(chat))

    def connected_at(self) -> datetime | None:
        """When the account on X was connected (UTC); None when none is."""
        connection = self.connections().current()
        return connection.connected_at if connection is not None else None

    def outside(self) -> PageServices:
        """What the buttons of the pages reach."""
        from tchat_desktop.start.pages import PageServices

        return PageServices(
            self.bridge,
            self.data(),
            self.clock,
            self.connections,
            self._api_url,
            self.window.telling.tell_page_not_opened,
        )

    def accounts(self) -> Accounts:
        """The account the app posts for; made when the first chat is opened."""
        if self._accounts is None:
            from tchat_desktop.start import posting

            learn, now = self._redaction.learn, self.clock.now
            self._accounts = posting.make_accounts(
                learn, now, self._api_url, self._vault, on_read=self._on_account_read
            )
        return self._accounts

    def _on_account_read(self, seen: ReadIds) -> None:
        """Asking X whose keys they are is on the account of the chat that is open."""
        session = self.window.session
        if session is not None:
            self.data().ledger.add(session.editor.chat.id, seen)

    def connections(self) -> Connections:
        """The same for the pages; on the GUI thread."""
        if self._connections is None:
            from tchat_desktop.start import pages

            learn, now = self._redaction.learn, self.clock.now
            made = pages.make_connections(self.accounts(), learn, now, self._api_url)
            self.settings.follow_days(made)
            self._connections = made
        return self._connections

    def close(self) -> None:
        """Stop every thread."""
        if self.window.session is not None:
            self.window.session.stop_hours()
        if self._connections is not None:
            self._connections.stop()
        self.bridge.stop()
        self._data.close()
        self._garbage.stop()

    def on_started_again(self, file: str) -> None:
        """Come forward, with the file the second start was given."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        if file:
            self.window.open_file(Path(file))

    def _make_hour(self, chat: Chat, occasion: Occasion, ceiling: Callable[[], float]) -> Hour:
        """The hour of a chat, started."""
        from tchat_desktop.adapters.browser import SystemBrowser
        from tchat_desktop.domain.chat import Occasion as Of
        from tchat_desktop.start.hours import Hours

        hours = Hours(
            self.data(),
            self.clock,
            self.bridge.report,
            self.accounts(),
            self._redaction.clean,
            self._api_url,
        )
        typing = self._typed_lately.seconds_left
        if occasion is Of.REHEARSAL:
            rehearsal = hours.rehearsal(chat, typing, self.rehearsal_speed)
            rehearsal.start(anew=True)
            return rehearsal
        hour = hours.live(chat, SystemBrowser(), typing, ceiling)
        hour.start()
        return hour

    def _on_language_chosen(self, code: str) -> None:
        # A day that was typed in one language cannot be read in another.
        self.window.finish_typing()
        self._speech.speak(code)
        self._speech.let_qt_speak()
        self.settings.keep(language=code)
        self.window.rebuild()

    def _on_look_changed(self) -> None:
        self.window.rebuild()

    def _on_place_chosen(self, folder: Path) -> None:
        from tchat_desktop.start.moving import Moving

        self._moving = Moving(self.window, self.bridge, self._data, self._on_moved)
        self._moving.begin(folder)

    def _on_moved(self) -> None:
        self.settings.keep(data_dir=str(self._data.folder))

    def _on_crashed(self, error: BaseException) -> None:
        from tchat_desktop.ui.shell.crash_dialog import CrashDialog

        # One at a time: what fails often would bury the screen.
        if self._crash is None:
            self._crash = CrashDialog(self._crashes.details(error), self.window)
            self._crash.finished.connect(self._on_crash_read)
            self._crash.open()

    def _on_crash_read(self) -> None:
        if self._crash is not None:
            self._crash.deleteLater()
            self._crash = None

    def _on_service_failed(self, event: object) -> None:
        log.error("a service failed: %r", event)


def _nothing(_result: object) -> None:
    """Nothing is left to be done."""


def _read_towns() -> None:
    from tchat_desktop.adapters.places_file import load_places

    load_places()


def _not_read(error: Exception) -> None:
    log.warning("towns not read: %r", error)


def _not_restored(error: Exception) -> None:
    """The page of the connection asks again, and says what is the matter."""
    log.warning("account not restored: %r", error)


def _rules() -> NetworkRules:
    """What the network imposes and charges; the first paint does not wait for it."""
    from tchat_desktop.start.network import network_rules

    return network_rules()


def run(
    options: argparse.Namespace,
    first_paint: Callable[[], object] | None = None,
    clock: Clock | None = None,
) -> int:
    """Run the app as the flags say; returns the exit code.

    `first_paint` is called when the window has been painted for the first time; `clock` is the
    computer's own when none is given.
    """
    if sys.platform.startswith("linux") and not _has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Not setStyle: it gives back the style, and wrapping that makes every class of style known.
    qt = QApplication([*sys.argv[:1], "-style", "Fusion"])
    qt.setApplicationName("Tchat")
    if options.self_test:
        from tchat_desktop.start import self_test

        return 0 if self_test.run_self_test(print) else 1
    if options.demo:
        from tchat_desktop.start import demo

        return demo.run_demo(qt, options)
    settings = load_settings(settings_file())
    folder = options.data_dir or Path(settings.data_dir or data_dir())

    def ask(file: Path | None) -> bool:
        ScreenLanguage(qt).speak(options.lang or settings.language)
        return second_start.ask_again(file)

    lock, code = second_start.begin(folder, options.file, ask)
    if lock is None:
        return code
    app = App(qt, folder, options.lang, options.x_api_url, clock=clock)

    def after_first_paint() -> None:
        if first_paint is not None:
            first_paint()
        app.start()
        app.take_up(options.file)
        from tchat_desktop.start.single_instance import FirstInstance

        FirstInstance(folder, qt).started_again.connect(app.on_started_again)

    watch = FirstPaint(after_first_paint)
    shown = app.window.centralWidget()
    assert shown is not None
    shown.installEventFilter(watch)
    app.show_window()
    code = qt.exec()
    app.close()
    lock.unlock()
    return code


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
