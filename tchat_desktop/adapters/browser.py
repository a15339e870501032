"""Opens pages, mails and files with the programs the person uses for them."""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

OPENING = 10.0
"""Seconds that `xdg-open`, or `open` on macOS, may take to start a program."""


class SystemBrowser:
    """The default browser and mail program of the system.

    Its methods wait for the program to start: never call them on the GUI thread.
    """

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
        try:
            # A file address would open the browser there, whatever the file is; and Windows
            # passes its accents on as they are written in it.
            if sys.platform == "win32":
                os.startfile(path.resolve())
                return True
            if sys.platform == "darwin":
                return _starts(["open", str(path.resolve())])
        except (OSError, subprocess.SubprocessError):
            return False
        return self._open(path.resolve().as_uri())

    def _open(self, page: str) -> bool:
        try:
            if sys.platform.startswith("linux"):
                return self._open_on_linux(page)
            return webbrowser.open(page, new=2)
        except (OSError, webbrowser.Error, subprocess.SubprocessError):
            return False

    def _open_on_linux(self, page: str) -> bool:
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            # webbrowser would start a text browser in the terminal, and wait for its end.
            return False
        if not getattr(sys, "frozen", False):
            return webbrowser.open(page, new=2)
        return _starts(["xdg-open", page])


def _starts(command: list[str]) -> bool:
    """Whether a command that opens something says it did. Raises OSError, SubprocessError."""
    done = subprocess.run(command, env=_own_environment(), timeout=OPENING, check=False)
    return done.returncode == 0


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
