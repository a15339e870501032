"""Opens pages in the person's own browser."""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

OPENING = 10.0
"""Seconds the system may take to hand a page to the browser."""


class SystemBrowser:
    """The browser and mail program the system prefers. Only https pages are opened."""

    def open(self, page: str) -> bool:
        """Open a page in a new tab; False when it may not or could not be opened."""
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
        """Open a file the app wrote, or its folder, with what the system has for it."""
        return path.exists() and self._open(path.resolve().as_uri())

    def _open(self, page: str) -> bool:
        try:
            if sys.platform.startswith("linux"):
                return self._open_on_linux(page)
            return webbrowser.open(page, new=2)
        except (OSError, webbrowser.Error, subprocess.SubprocessError):
            return False

    def _open_on_linux(self, page: str) -> bool:
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            # webbrowser would start a browser in the terminal, and wait for it to end.
            return False
        if not getattr(sys, "frozen", False):
            return webbrowser.open(page, new=2)
        command = ["xdg-open", page]
        done = subprocess.run(command, env=_own_environment(), timeout=OPENING, check=False)
        return done.returncode == 0


def _own_environment() -> dict[str, str]:
    """The environment as it was before the frozen app put its own libraries first.

    The browser must not load them. The packager keeps the former value under another name.
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
