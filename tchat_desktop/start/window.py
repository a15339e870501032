"""Assembles the app, in a window that is on screen already or in one of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tchat_desktop.platform import logs
from tchat_desktop.platform.crash import CrashReports
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.start.data_in_use import DataInUse
from tchat_desktop.start.kept_settings import KeptSettings
from tchat_desktop.ui.bridge import Bridge, Runner
from tchat_desktop.ui.pointed_lately import PointedLately
from tchat_desktop.ui.shell.main_window import MainWindow
from tchat_desktop.ui.shell.speech import ScreenLanguage
from tchat_desktop.ui.theme import SystemLook
from tchat_desktop.ui.typed_lately import TypedLately
from tchat_desktop.ui.widgets import roles

if TYPE_CHECKING:
    from tchat_desktop.domain.chat import Chat, Occasion
    from tchat_desktop.domain.network_rules import NetworkRules
    from tchat_desktop.domain.spending import ReadIds
    from tchat_desktop.domain.steps import StepId, StepStatus
    from tchat_desktop.services.accounts import Accounts
    from tchat_desktop.services.announcer import Announcer
    from tchat_desktop.services.followed_hour import FollowedHour
    from tchat_desktop.services.hour import Hour
    from tchat_desktop.services.library import ChatLibrary
    from tchat_desktop.services.ports import Clock, SecretVault
    from tchat_desktop.services.session import Session
    from tchat_desktop.services.thread_posting import ThreadPosting
    from tchat_desktop.start.data_directory import DataDirectory
    from tchat_desktop.start.hours import Hours
    from tchat_desktop.start.pages import PageServices
    from tchat_desktop.ui.pages.hour.columns_beside import ColumnsBeside
    from tchat_desktop.ui.pages.hour.projecting import Projecting
    from tchat_desktop.ui.pages.page import Page
    from tchat_desktop.ui.pages.shared.connections import Connections
    from tchat_desktop.ui.shell.crash_dialog import CrashDialog
    from tchat_desktop.ui.shell.data_dialog import KeepingTools
    from tchat_desktop.ui.shell.tray import Tray
    from tchat_desktop.ui.shell.version_news import VersionNews

log = logging.getLogger(__name__)


class App(QObject):
    """The app as it runs: one window, one bridge to the worker thread, one data directory.

    Modules that the home screen does not need are imported later, which makes the first paint
    several times faster: those without Qt on the worker thread, the others by `start/imports.py`.
    `api_url` is a stand-in for X on this computer; `vault` replaces the system's keyring; `window`
    is one that is on screen already, still empty. Without `make_news` the app never looks for new
    versions nor speaks of them.
    """

    def __init__(
        self,
        qt: QApplication,
        folder: Path,
        language: str | None,
        api_url: str | None = None,
        vault: SecretVault | None = None,
        clock: Clock | None = None,
        window: MainWindow | None = None,
        make_news: Callable[[App], VersionNews | None] | None = None,
    ) -> None:
        super().__init__()
        self._qt = qt
        self._zone = ("", "")
        self._crash: CrashDialog | None = None
        self._api_url = api_url
        self._vault = vault
        self._accounts: Accounts | None = None
        self._connections: Connections | None = None
        self._make_news = make_news
        self._news: VersionNews | None = None
        self._sharing: Runner | None = None
        self._reading: Runner | None = None
        self._projecting: Projecting | None = None
        self._columns: ColumnsBeside | None = None
        self.rehearsal_speed: float | None = None
        self.make_tray: Callable[[QObject], Tray | None] = _system_tray
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
        self._pointed_lately = PointedLately()
        self._look.changed.connect(self._on_look_changed)
        # Before there is anything a screen reader could ask for.
        roles.install(qt)
        self.window = window or MainWindow()
        self.window.furnish(
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
            self.keeping_tools,
        )
        # Connected only now, because the crash dialog needs the window as its parent.
        self.bridge.crashed.connect(self._on_crashed)
        self.window.language_chosen.connect(self._on_language_chosen)
        self.window.place_chosen.connect(self._on_place_chosen)

    def start(self) -> None:
        """Start the log and list the chats, once the window has been painted."""
        from PySide6.QtCore import QLocale, QTimeZone

        from tchat_desktop.start.garbage import GarbageCollection
        from tchat_desktop.start.imports import ImportsAhead, ahead
        from tchat_desktop.ui.enter_key import EnterKey
        from tchat_desktop.ui.icons import app_icon
        from tchat_desktop.ui.shell.attention import Attention
        from tchat_desktop.ui.widgets.focus_ring import FocusRing

        self._qt.setWindowIcon(app_icon())
        named = bytes(QTimeZone.systemTimeZoneId().data()).decode("utf-8", "replace")
        self._zone = (named, QLocale.territoryToCode(QLocale.system().territory()))
        self._garbage = GarbageCollection(self)
        self._enter_key = EnterKey(self._qt)
        self._ring = FocusRing(self._qt)
        self.window.tab_pressed.connect(self._ring.tabbing)
        self._speech.let_qt_speak()
        self.settings.follow_folders()
        logs.start_logging(self._data.folder, self._redaction)
        if self._make_news is not None:
            self._news = self._make_news(self)
        self.window.start()
        self.attention = Attention(
            self.window, self.bridge, self.clock, self.settings.kept, self.make_tray
        )
        self._ahead = ImportsAhead(ahead(), self)
        # Read after the chats are listed, as the step that needs the towns is some clicks away.
        self.bridge.run(self, _read_towns, _nothing, _not_read)

    def take_up(self, file: Path | None) -> None:
        """Open the given file, or else the chat and step that were open when the app was closed."""
        left = self.settings.now
        self.settings.follow_window(self.window)
        if file is not None:
            self.window.open_file(file)
        elif left.chat_id:
            self.window.go_back_to(left.chat_id, left.step)

    def data(self) -> DataDirectory:
        """The data directory; the first call opens it, and so must be on the worker thread.

        Raises StoreError.
        """
        return self._data.open()

    def library(self) -> ChatLibrary:
        """The library of all chats; call it on the worker thread. Raises StoreError."""
        # Opening a chat also needs these. They must not import Qt: see start/imports.py.
        from tchat_desktop.adapters.exports import stationery  # noqa: F401
        from tchat_desktop.adapters.x import hand_over, sign_in  # noqa: F401
        from tchat_desktop.start import hours, posting  # noqa: F401

        return self.data().library

    def home_zone(self) -> str:
        """The IANA time zone proposed for a new chat; call it on the worker thread."""
        from tchat_desktop.adapters.system_zone import zone_of_computer

        return zone_of_computer(*self._zone, self.clock.now().year)

    def open_session(self, chat: Chat) -> Session:
        """Open a session for a chat that was loaded; call it on the GUI thread."""
        from tchat_desktop.adapters.awake import Awake
        from tchat_desktop.domain.chat import Route
        from tchat_desktop.services.session import Session
        from tchat_desktop.start.hours import plan_live

        if chat.route is Route.KEYS:
            # Read the keyring now, so that the account is connected when the hour is opened.
            self.connections().restore(self, _nothing, _not_restored)

        def make_hour(chat: Chat, occasion: Occasion) -> Hour:
            return self._make_hour(chat, occasion, lambda: session.editor.chat.spending_limit_cents)

        def make_announcer(chat: Chat) -> Announcer:
            announcer = self._hours().announcer(
                chat, lambda: session.editor.chat.spending_limit_cents
            )
            announcer.start()
            return announcer

        def make_thread(chat: Chat) -> ThreadPosting:
            return self._make_thread(chat, lambda: session.editor.chat.spending_limit_cents)

        autosave, follow = self.data().autosave, self._make_followed
        session = Session(
            chat, autosave, make_hour, plan_live, Awake, make_announcer, follow, make_thread
        )
        session.announce()
        return session

    def pages_of(self, session: Session) -> Mapping[StepId, Callable[[], Page]]:
        """The functions that make the pages of a chat, by step."""
        from tchat_desktop.start.steps import pages_of

        return pages_of(session, self.outside())

    def statuses(self, chat: Chat) -> tuple[StepStatus, ...]:
        """How far each step of the guide is for a chat."""
        from tchat_desktop.domain import guide, run_sheet
        from tchat_desktop.domain.chat import Occasion, lasting_until
        from tchat_desktop.start.data_directory import texts_of
        from tchat_desktop.wording.i18n import countries_of

        sheet = run_sheet.build_run_sheet(chat, texts_of(chat.language))
        session = self.window.session
        hour = session.hour(Occasion.LIVE) if session is not None else None
        held = lasting_until(chat, hour.moved_end if hour is not None else None)
        return guide.statuses(held, sheet, self.clock.now(), countries_of(chat))

    def connected_at(self) -> datetime | None:
        """When the account was connected since the app started (UTC); else None."""
        connection = self.connections().current()
        return connection.connected_at if connection is not None else None

    def outside(self) -> PageServices:
        """The services behind the buttons of the pages."""
        from tchat_desktop.start.pages import PageServices

        return PageServices(
            self.bridge,
            self.data(),
            self.clock,
            self.connections,
            self._api_url,
            self.window.telling.tell_page_not_opened,
            self.settings,
            self.sharing,
            self.reading,
            self.projecting,
            self.columns,
        )

    def keeping_tools(self) -> KeepingTools:
        """What the window of what is kept needs."""
        from tchat_desktop.adapters.browser import SystemBrowser
        from tchat_desktop.start.taking_along import take_along
        from tchat_desktop.ui.shell.data_dialog import KeepingTools

        outside = self.outside

        def write(chat_id: str, path: Path, goes_on: Callable[[str], bool]) -> Path:
            return take_along(chat_id, path, outside(), goes_on)

        return KeepingTools(lambda: self.data().keeping, write, SystemBrowser().open_path)

    def projecting(self) -> Projecting:
        """The window for the projector, made at the first call."""
        if self._projecting is None:
            from tchat_desktop.ui.pages.hour.projecting import Projecting

            self._projecting = Projecting(self.bridge)
            self.window.at_chat.connect(self._projecting.at_chat)
            self.window.closed.connect(self._projecting.close)
        return self._projecting

    def columns(self) -> ColumnsBeside:
        """The window with the columns of the chat, made at the first call."""
        if self._columns is None:
            from tchat_desktop.ui.pages.hour.columns_beside import ColumnsBeside

            self._columns = ColumnsBeside(self.settings)
            self.window.at_chat.connect(self._columns.at_chat)
            self.window.closed.connect(self._columns.close)
        return self._columns

    def sharing(self) -> Runner:
        """The thread on which files are shared with other computers, made at the first call."""
        if self._sharing is None:
            self._sharing = Runner("sharing")
        return self._sharing

    def reading(self) -> Runner:
        """The thread on which pasted pages are read, made at the first call."""
        if self._reading is None:
            self._reading = Runner("pasted pages")
        return self._reading

    def accounts(self) -> Accounts:
        """The service of the account the app posts with, made at the first call."""
        if self._accounts is None:
            from tchat_desktop.start import posting

            learn, now = self._redaction.learn, self.clock.now
            self._accounts = posting.make_accounts(
                learn, now, self._api_url, self._vault, on_read=self._on_account_read
            )
        return self._accounts

    def _on_account_read(self, seen: ReadIds) -> None:
        """Charge what was read from X to verify the keys to the chat that is open."""
        session = self.window.session
        if session is not None:
            self.data().ledger.add(session.editor.chat.id, seen)

    def connections(self) -> Connections:
        """The account as the pages use it, made at the first call; on the GUI thread."""
        if self._connections is None:
            from tchat_desktop.start import pages

            learn, now = self._redaction.learn, self.clock.now
            made = pages.make_connections(self.accounts(), learn, now, self._api_url)
            self.settings.follow_days(made)
            self._connections = made
        return self._connections

    def close(self) -> None:
        """Stop the hours and all threads, and close the data directory and the log."""
        if self.window.session is not None:
            self.window.session.stop_hours()
        if self._connections is not None:
            self._connections.stop()
        if self._news is not None:
            self._news.stop()
        if self._projecting is not None:
            self._projecting.close()
        if self._columns is not None:
            self._columns.close()
        if self._sharing is not None:
            # A shared folder that is gone may keep it for long.
            self._sharing.stop(1.0)
        if self._reading is not None:
            # What it asks of X may take longer, and is asked again another time.
            self._reading.stop(1.0)
        self.bridge.stop()
        self._data.close()
        self._garbage.stop()
        logs.stop_logging()

    def on_started_again(self, file: str) -> None:
        """Bring the window to the front after a second start, and open its file ("" for none)."""
        self.window.come_to_front()
        if file:
            self.window.open_file(Path(file))

    def _hours(self) -> Hours:
        from tchat_desktop.start.hours import Hours

        return Hours(
            self.data(),
            self.clock,
            self.bridge.report,
            self.accounts(),
            self._redaction.clean,
            self._api_url,
        )

    def _make_hour(self, chat: Chat, occasion: Occasion, ceiling: Callable[[], float]) -> Hour:
        """Make and start an hour of a chat; `ceiling` gives its spending limit in US cents."""
        from tchat_desktop.adapters.browser import SystemBrowser
        from tchat_desktop.domain.chat import Occasion as Of
        from tchat_desktop.services.leaving import Hands

        hours = self._hours()
        hands = Hands(self._typed_lately.seconds_left, self._pointed_lately.seconds_left)
        if occasion is Of.REHEARSAL:
            rehearsal = hours.rehearsal(chat, hands, self.rehearsal_speed)
            rehearsal.start(anew=True)
            return rehearsal
        hour = hours.live(chat, SystemBrowser(), hands, ceiling)
        hour.start()
        return hour

    def _make_thread(self, chat: Chat, ceiling: Callable[[], float]) -> ThreadPosting:
        """Make and start what publishes the thread of a recap; for `ceiling` see `_make_hour`."""
        from tchat_desktop.adapters.browser import SystemBrowser

        thread = self._hours().thread(chat, SystemBrowser(), ceiling)
        thread.start()
        return thread

    def _make_followed(self, chat: Chat) -> FollowedHour:
        """Make the hour of a chat that another computer publishes."""
        from tchat_desktop.start.hours import followed

        def later(job: Callable[[], object]) -> None:
            self.bridge.run(self.bridge, job, _nothing, _not_carried_out)

        return followed(chat, self.data(), self.clock, self.bridge.report, later)

    def _on_language_chosen(self, code: str) -> None:
        # A date typed in one language cannot be read in another, so it is read first.
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

        # Only one dialog at a time, as an error may come again and again.
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
    """Do nothing with the result."""


def _read_towns() -> None:
    from tchat_desktop.adapters.places_file import load_places

    load_places()


def _not_read(error: Exception) -> None:
    log.warning("towns not read: %r", error)


def _not_restored(error: Exception) -> None:
    """Only log it: the page of the connection asks again, and tells what is wrong."""
    log.warning("account not restored: %r", error)


def _not_carried_out(error: Exception) -> None:
    log.warning("a command of a followed hour failed: %r", error)


def _system_tray(parent: QObject) -> Tray | None:
    from tchat_desktop.ui.shell.tray import system_tray

    return system_tray(parent)


def _rules() -> NetworkRules:
    """The rules of the network; imported here so that the first paint does not wait for it."""
    from tchat_desktop.start.network import network_rules

    return network_rules()
