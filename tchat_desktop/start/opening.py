"""Opens the window as soon as can be, and puts the app into it once it is on screen.

Who sees nothing come starts the app a second time. So nothing is imported here that
an empty window does without.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tchat_desktop import __version__
from tchat_desktop.adapters.settings_file import load_settings
from tchat_desktop.platform.paths import APP, data_dir, settings_file
from tchat_desktop.start import second_start
from tchat_desktop.start.application import Application
from tchat_desktop.start.first_paint import FirstPaint
from tchat_desktop.ui import window_place
from tchat_desktop.ui.shell.main_window import MainWindow
from tchat_desktop.ui.tokens import DARK, LIGHT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tchat_desktop.services.ports import Clock
    from tchat_desktop.start.window import App
    from tchat_desktop.ui.shell.version_news import VersionNews


def run(
    options: argparse.Namespace,
    first_paint: Callable[[], object] | None = None,
    home_painted: Callable[[], object] | None = None,
    clock: Clock | None = None,
) -> int:
    """Run the app as the options say; returns the exit code.

    `first_paint` is called when the window has been painted, empty as yet, and `home_painted` when
    the home screen has been; `clock` replaces that of the computer. Raises what keeps the app from
    being put into the window.
    """
    if sys.platform.startswith("linux") and not _has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Not setStyle: wrapping the style it returns makes PySide6 load all its classes of styles.
    qt = Application([*sys.argv[:1], "-style", "Fusion"], options.file)
    qt.setApplicationName("Tchat")
    qt.setApplicationVersion(__version__)
    # The name of its desktop file, by which Linux knows the window's icon and name.
    qt.setDesktopFileName(APP)
    if options.demo:
        from tchat_desktop.start import demo

        return demo.run_demo(qt, options)
    give_ground(qt)
    settings = load_settings(settings_file())
    folder = options.data_dir or Path(settings.data_dir or data_dir())
    if options.self_test:
        from tchat_desktop.start import self_test
        from tchat_desktop.start.command_line import print_line

        return 0 if self_test.run_self_test(print_line, folder) else 1

    def ask(file: Path | None) -> bool:
        from tchat_desktop.ui.shell.speech import ScreenLanguage

        ScreenLanguage(qt).speak(options.lang or settings.language)
        return second_start.ask_again(file)

    lock, code = second_start.begin(folder, options.file, ask)
    if lock is None:
        return code
    opening = _Opening(qt, folder, options, clock, home_painted)

    def furnish() -> None:
        if first_paint is not None:
            first_paint()
        opening.furnish()

    watch = FirstPaint(furnish)
    opening.window.installEventFilter(watch)
    window_place.show(opening.window, settings.window)
    code = qt.exec()
    if opening.app is not None:
        opening.app.close()
    lock.unlock()
    if opening.error is not None:
        raise opening.error
    return code


def give_ground(qt: QApplication) -> None:
    """Give what is empty as yet the ground of the app: sand, or its dark where the system is dark.

    The palette of the style tells which; to ask the system, or to make a palette, is to load Qt's
    enumerations.
    """
    dark = qt.palette().window().color().lightness() < 128
    qt.setStyleSheet(f"QMainWindow {{ background: {(DARK if dark else LIGHT).sand}; }}")


class _Opening:
    """From the empty window to the app at work in it; each part waits for the paint before it."""

    def __init__(
        self,
        qt: Application,
        folder: Path,
        options: argparse.Namespace,
        clock: Clock | None,
        home_painted: Callable[[], object] | None,
    ) -> None:
        self.window = MainWindow()
        self.app: App | None = None
        self.error: Exception | None = None
        self._qt = qt
        self._folder = folder
        self._options = options
        self._clock = clock
        self._home_painted = home_painted

    def furnish(self) -> None:
        """Put the home screen into the window, unless it was closed already."""
        if not self.window.isVisible():
            return
        options = self._options
        try:
            from tchat_desktop.start.window import App

            app = App(
                self._qt,
                self._folder,
                options.lang,
                options.x_api_url,
                clock=self._clock,
                window=self.window,
                make_news=_news_of,
            )
        except Exception as error:
            # Qt would swallow it, and leave the window empty for ever.
            self.error = error
            self._qt.exit(1)
            return
        self.app = app
        self._watch = FirstPaint(self._start)
        shown = self.window.centralWidget()
        assert shown is not None
        shown.installEventFilter(self._watch)

    def _start(self) -> None:
        """Start the slow parts of the app, once the home screen can be seen."""
        assert self.app is not None
        if self._home_painted is not None:
            self._home_painted()
        self.app.start()
        self.app.take_up(self._options.file or self._qt.waiting_file())
        self._qt.open_with(self.app.on_started_again)
        from tchat_desktop.start.single_instance import FirstInstance

        FirstInstance(self._folder, self._qt).started_again.connect(self.app.on_started_again)


def _news_of(app: App) -> VersionNews | None:
    """The notice of new versions; imported when the home screen has been painted."""
    from tchat_desktop.start.versions import version_news

    return version_news(app)


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
