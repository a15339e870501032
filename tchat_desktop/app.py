"""The composition root: builds everything and wires it. Holds no logic."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    Qt,
    QTimer,
    QTimeZone,
    QTranslator,
)
from PySide6.QtWidgets import QApplication

from tchat_desktop import i18n, logs, self_test, wiring
from tchat_desktop.adapters.browser import SystemBrowser
from tchat_desktop.adapters.exports.stationery import Stationery
from tchat_desktop.adapters.settings_file import Settings, load_settings, save_settings
from tchat_desktop.adapters.texts_file import load_texts
from tchat_desktop.adapters.x.web_page import AssistedPublisher
from tchat_desktop.crash import CrashReports
from tchat_desktop.domain import guide, run_sheet
from tchat_desktop.domain.chat import Chat, Occasion, Route, phase
from tchat_desktop.domain.guide import StepId
from tchat_desktop.domain.recap import build as build_recap
from tchat_desktop.domain.texts import Texts
from tchat_desktop.paths import data_dir, resource, settings_file
from tchat_desktop.services.autosave import Autosave
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.services.hour import (
    REHEARSAL_SPEED,
    Hour,
    HourStores,
    assisted_hour,
    rehearsal_hour,
)
from tchat_desktop.services.material import gather
from tchat_desktop.services.ports import ChatFile, Report
from tchat_desktop.services.session import Session
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.crash_dialog import CrashDialog
from tchat_desktop.ui.demo import Demo
from tchat_desktop.ui.home import ChatSummary
from tchat_desktop.ui.main_window import MainWindow
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.single_instance import FirstInstance, hand_over
from tchat_desktop.ui.theme import SystemLook
from tchat_desktop.ui.widgets.focus_ring import FocusRing

log = logging.getLogger(__name__)

REHEARSAL_LEAD = timedelta(minutes=1)
"""A rehearsal begins this long before the first post, so that one sees it come."""

DEMO_SPEED = 240.0
"""The hour of the demonstration takes 15 seconds."""

SECOND_START = 0
"""Exit code when the app was running already and has come forward."""


class Place:
    """The data directory, opened when it is first asked for: on a worker thread."""

    def __init__(self, folder: Path, clock: SystemClock, report: Report) -> None:
        from tchat_desktop.adapters.sqlite.chats import SqliteChats
        from tchat_desktop.adapters.sqlite.database import Database
        from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
        from tchat_desktop.adapters.sqlite.posts import SqlitePosts
        from tchat_desktop.adapters.tchat_file import TchatFiles
        from tchat_desktop.services.library import Library

        self.database = Database(folder / "tchat.db", clock.now)
        self.chats = SqliteChats(self.database)
        self.outbox = SqliteOutbox(self.database)
        self.posts = SqlitePosts(self.database)
        self.library = Library(self.chats, self.posts, TchatFiles(), clock, resource("examples"))
        self.autosave = Autosave(self.chats, clock, report)

    def close(self) -> bool:
        """Write what is left and close the database."""
        finished = self.autosave.stop()
        self.database.close()
        return finished


class AppShelf:
    """What the window asks about chats that are not open. Called on the worker thread."""

    def __init__(self, open_place: Callable[[], Place], restore: Callable[[], None]) -> None:
        self._place = open_place
        self._restore = restore
        self._clock = SystemClock()

    def summaries(self) -> Sequence[ChatSummary]:
        now = self._clock.now()
        return tuple(
            ChatSummary(
                chat=saved.chat,
                changed_at=saved.changed_at,
                phase=phase(saved.chat, now),
                progress=guide.progress(saved.chat, sheet, now),
                next_step=guide.next_step(saved.chat, sheet, now),
            )
            for saved in self._place().library.chats()
            for sheet in (run_sheet.build(saved.chat, texts_of(saved.chat.language)),)
        )

    def create(self) -> Chat:
        zone = bytes(QTimeZone.systemTimeZoneId().data()).decode()
        return self._place().library.create(i18n.language(), zone)

    def example(self) -> Chat:
        return self._place().library.open_example(i18n.language())

    def load(self, chat_id: str) -> Chat:
        return self._place().chats.load(chat_id)

    def new_edition(self, chat_id: str) -> Chat:
        return self._place().library.new_edition(chat_id)

    def delete(self, chat_id: str) -> None:
        place = self._place()
        place.autosave.forget(chat_id)
        place.library.delete(chat_id)

    def import_file(self, path: Path) -> ChatFile:
        return self._place().library.import_file(path)

    def export_file(self, chat_id: str, path: Path) -> None:
        library = self._place().library
        library.export_file(self.load(chat_id), path, with_posts=True)

    def adopt(self, chat: Chat) -> Chat:
        self._place().chats.save(chat, self._clock.now())
        return chat

    def restore(self) -> Sequence[ChatSummary]:
        self._restore()
        return self.summaries()


@cache
def texts_of(language: str) -> Texts:
    """The texts of posts in a language."""
    return load_texts(language)


class App(QObject):
    """The app as it runs: one window, one bridge, one place for the data."""

    def __init__(self, qt: QApplication, folder: Path, language: str | None) -> None:
        super().__init__()
        self._qt = qt
        self._settings = load_settings(settings_file())
        self._folder = folder
        self._place: Place | None = None
        self._translator = QTranslator(self)
        self.rehearsal_speed = REHEARSAL_SPEED
        self.clock = SystemClock()
        self.bridge = Bridge()
        self._outside = wiring.Outside(
            self.bridge, SystemBrowser(), Stationery(resource("recap"), i18n), self.clock.now
        )
        redaction = logs.Redaction()
        logs.start(folder, redaction)
        CrashReports(folder / "crashes", redaction, self.bridge.report_crash).install()
        self.bridge.crashed.connect(self._on_crashed)
        self.bridge.service_failed.connect(self._on_service_failed)
        system = tuple(QLocale.system().uiLanguages())
        self._speak(i18n.choose(language or self._settings.language or None, system))
        self._look = SystemLook(qt)
        self._look.changed.connect(self._on_look_changed)
        self._ring = FocusRing(qt)
        self.window = MainWindow(
            self.bridge,
            AppShelf(self.place, self._restore),
            self.clock,
            self.open_session,
            self.pages_of,
            self._statuses,
        )
        self.window.language_chosen.connect(self._on_language_chosen)
        self.window.place_chosen.connect(self._on_place_chosen)

    def place(self) -> Place:
        """The open data directory; opens it when needed, so for worker threads only."""
        if self._place is None:
            self._place = Place(self._folder, self.clock, self.bridge.report)
        return self._place

    def open_session(self, chat: Chat) -> Session:
        """A session for a chat that was loaded, so the place is open."""
        assert self._place is not None
        return Session(chat, self._place.autosave, self._make_hour)

    def pages_of(self, session: Session) -> Mapping[StepId, Callable[[], Page]]:
        """How each page of a chat is made."""
        return wiring.pages_of(session, self._outside, texts_of)

    def close(self) -> None:
        """Stop every thread."""
        if self.window.session is not None:
            self.window.session.stop_hours()
        self.bridge.stop()
        if self._place is not None:
            self._place.close()

    def write_recap(self, chat_id: str, path: Path) -> Path:
        """Write the recap page of a chat; waits for the disk. Raises OSError, StoreError."""
        place = self.place()
        material = gather(chat_id, place.outbox, place.posts)
        recap = build_recap(
            place.chats.load(chat_id), material.posts, material.rows, occasion=material.occasion
        )
        return wiring.recap_files(self._outside).page(recap, path)

    def write_chat(self, chat_id: str, path: Path) -> None:
        """Write the .tchat file of a chat; waits for the disk. Raises OSError, StoreError."""
        place = self.place()
        place.library.export_file(place.chats.load(chat_id), path, with_posts=True)

    def on_started_again(self, file: str) -> None:
        """Come forward, with the file the second start was given."""
        self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()
        if file:
            self.window.open_file(Path(file))

    def _make_hour(self, chat: Chat, occasion: Occasion) -> Hour:
        place = self.place()
        stores = HourStores(place.outbox, place.posts)
        start = chat.starts_at or self.clock.now()
        sheet = run_sheet.build(chat, texts_of(chat.language))
        if occasion is Occasion.REHEARSAL:
            rows = run_sheet.plan(chat, sheet, occasion, Route.REHEARSAL, start)
            hour = rehearsal_hour(
                chat,
                rows,
                stores,
                wiring.script_of(chat.language),
                self.bridge.report,
                clock_start=start - REHEARSAL_LEAD,
                speed=self.rehearsal_speed,
            )
            hour.start(anew=True)
            return hour
        rows = run_sheet.plan(chat, sheet, occasion, Route.ASSISTED, start)
        pages = AssistedPublisher(self._outside.browser)
        hour = assisted_hour(chat, rows, stores, pages, self.bridge.report, self.clock)
        hour.start()
        return hour

    def _statuses(self, chat: Chat) -> tuple[guide.StepStatus, ...]:
        sheet = run_sheet.build(chat, texts_of(chat.language))
        return guide.statuses(chat, sheet, self.clock.now())

    def _restore(self) -> None:
        from tchat_desktop.adapters.sqlite.backups import restore_latest_backup

        restore_latest_backup(self._folder / "tchat.db", self.clock.now())

    def _speak(self, code: str) -> None:
        i18n.activate(code)
        self._qt.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(QLocale(code), "qtbase", "_", folder):
            self._qt.installTranslator(self._translator)
        QLocale.setDefault(QLocale(code))
        right_to_left = any(one.right_to_left for one in i18n.LANGUAGES if one.code == code)
        directions = Qt.LayoutDirection
        self._qt.setLayoutDirection(
            directions.RightToLeft if right_to_left else directions.LeftToRight
        )

    def _keep(self, settings: Settings) -> None:
        self._settings = settings
        self.bridge.run(
            self, partial(save_settings, settings_file(), settings), _nothing, _not_kept
        )

    def _on_language_chosen(self, code: str) -> None:
        self._speak(code)
        self._keep(replace(self._settings, language=code))
        self.window.rebuild()

    def _on_look_changed(self) -> None:
        self.window.rebuild()

    def _on_place_chosen(self, folder: Path) -> None:
        self._folder = folder
        self._place = None
        self._keep(replace(self._settings, data_dir=str(folder)))
        self.window.move_in()

    def _on_crashed(self, error: BaseException) -> None:
        CrashDialog(error, self.window).open()

    def _on_service_failed(self, event: object) -> None:
        log.error("a service failed: %r", event)


def _nothing(_result: object) -> None:
    """The settings are kept."""


def _not_kept(error: Exception) -> None:
    log.warning("settings not kept: %r", error)


class _FirstPaint(QObject):
    """Calls once when what it watches has been painted."""

    def __init__(self, call: Callable[[], object]) -> None:
        super().__init__()
        self._call = call

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._call)
        return False


def run(options: argparse.Namespace, first_paint: Callable[[], object] | None = None) -> int:
    """Run the app as the flags say; returns the exit code.

    `first_paint` is called when the window has been painted for the first time.
    """
    settings = load_settings(settings_file())
    folder = options.data_dir or Path(settings.data_dir or data_dir())
    if sys.platform.startswith("linux") and not _has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Tchat")
    qt.setStyle("Fusion")
    if options.self_test:
        return 0 if self_test.run(print) else 1
    if options.demo:
        return _demo(qt, options)
    if hand_over(folder, options.file):
        return SECOND_START
    app = App(qt, folder, options.lang)
    first = FirstInstance(folder, qt)
    first.started_again.connect(app.on_started_again)
    if first_paint is not None:
        watch = _FirstPaint(first_paint)
        app.window.centralWidget().installEventFilter(watch)
    app.window.show()
    if options.file:
        app.window.open_file(options.file)
    code = qt.exec()
    first.close()
    app.close()
    return code


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _demo(qt: QApplication, options: argparse.Namespace) -> int:
    """The example through the whole guide, in a data directory of its own."""
    out = options.out or Path("out")
    with tempfile.TemporaryDirectory() as folder:
        app = App(qt, options.data_dir or Path(folder), options.lang or "fr")
        app.rehearsal_speed = DEMO_SPEED
        demo = Demo(
            app.window,
            app.bridge,
            out,
            partial(print, flush=True),
            app.write_recap,
            app.write_chat,
            pause_ms=200 if qt.platformName() == "offscreen" else 1500,
        )
        demo.finished.connect(qt.exit)
        app.window.show()
        demo.start()
        code = qt.exec()
        app.close()
    return code
