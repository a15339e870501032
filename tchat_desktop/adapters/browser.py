"""Opens pages, mails and files with the programs the person uses for them."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

OPENING = 4.0
"""Seconds in which the system says whether it could open something.

What takes longer is the browser itself: some setups of Linux run it instead of starting it.
"""


class SystemBrowser:
    """The default browser and mail program of the system.

    Its methods wait for the program to start, for `opening` seconds at most: never call them on the
    GUI thread.
    """

    def __init__(self, opening: float = OPENING) -> None:
        self._opening = opening

    def open(self, page: str) -> bool:
        """Open a page in a new tab; False when it is not an https one, or could not be opened."""
        try:
            parts = urlsplit(page)
        except ValueError:
            return False
        if parts.scheme != "https" or not parts.hostname:
            return False
        return self._open(page)

    def open_mail(self, letter: str) -> bool:
        """Open a mailto address in the mail program; False when none could be started."""
        return letter.startswith("mailto:") and self._open(letter)

    def open_path(self, path: Path) -> bool:
        """Open a file or folder in its default program; False when it could not be opened."""
        if not path.exists():
            return False
        return self._tried(lambda: _opens_path(path.resolve()))

    def _open(self, page: str) -> bool:
        return self._tried(lambda: _opens(page))

    def _tried(self, opens: Callable[[], bool]) -> bool:
        """Return whether something opened, or True once it has taken as long as may be.

        The thread is left behind then: nothing else may wait until a browser is closed.
        """
        told: queue.SimpleQueue[bool] = queue.SimpleQueue()

        def run() -> None:
            try:
                told.put(opens())
            except (OSError, webbrowser.Error):
                told.put(False)

        threading.Thread(target=run, name="browser", daemon=True).start()
        try:
            return told.get(timeout=self._opening)
        except queue.Empty:
            return True


def _opens_path(path: Path) -> bool:
    # A file address would open the browser there, whatever the file is; and Windows passes its
    # accents on as they are written in it.
    if sys.platform == "win32":
        os.startfile(path)
        return True
    return _starts(["open", str(path)]) if sys.platform == "darwin" else _opens(path.as_uri())


def _opens(page: str) -> bool:
    if not sys.platform.startswith("linux"):
        return webbrowser.open(page, new=2)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        # webbrowser would start a text browser in the terminal.
        return False
    if not getattr(sys, "frozen", False):
        return webbrowser.open(page, new=2)
    return _starts(["xdg-open", page])


def _starts(command: list[str]) -> bool:
    """Whether a command that opens something says it did. Raises OSError."""
    # Without a limit: to end the command could end the browser.
    return subprocess.run(command, env=_own_environment(), check=False).returncode == 0


def _own_environment() -> dict[str, str]:
    """The environment without the library path of the packaged app.

    The browser must not load the app's libraries. PyInstaller keeps the former path in
    LD_LIBRARY_PATH_ORIG.
    """
    environment = dict(os.environ)
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    environment.pop("LD_LIBRARY_PATH", None)
    if before:
        environment["LD_LIBRARY_PATH"] = before
    return environment


if TYPE_CHECKING:
    from tchat_desktop.services.ports import Browser

    def _is_a_browser(browser: SystemBrowser) -> Browser:
        return browser
