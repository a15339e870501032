"""What a try of the Windows program stands on: its parts, and how a check says what it found."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wine import HERE, SETTINGS, Done, Wine, compile_for_windows

PROGRAM = "Tchat.exe"
CONSOLE = "tchat-cli.exe"
UNINSTALL = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Uninstall"
CLASSES = r"HKEY_CURRENT_USER\Software\Classes"
ASSOCIATED = rf"{CLASSES}\.tchat"
SETUP = re.compile(r"Tchat-(?P<version>[\w.+-]+)-setup\.exe")


class Failed(Exception):
    """What was found instead of what must be."""


class Skipped(Exception):
    """Why it cannot be tried here."""


@dataclass(slots=True)
class Trial:
    """The files that were built, and the Windows they are tried in."""

    wine: Wine
    setup: Path
    portable: Path
    kept: Path
    """Where pictures and what programs said are kept for who reads it later."""
    version: str
    data: str = field(init=False)
    r"""Where the installed app keeps its chats, as C:\…"""
    folder: str = field(init=False)
    """Where it is installed."""

    def __post_init__(self) -> None:
        home = self.wine.outside(self.wine.home)
        self.data = f"{home}\\AppData\\Local\\tchat-desktop"
        self.folder = f"{home}\\AppData\\Local\\Programs\\Tchat"

    @property
    def program(self) -> str:
        """The installed program with a window."""
        return f"{self.folder}\\{PROGRAM}"

    @property
    def console(self) -> str:
        """The installed program for the command line."""
        return f"{self.folder}\\{CONSOLE}"

    def files(self, folder: str) -> list[Path]:
        """The files below a folder of Windows; none if it is not there."""
        return [one for one in self.wine.inside(folder).rglob("*") if one.is_file()]

    def topics(self, data: str) -> list[str]:
        """The subjects of the chats that are kept in a data directory, sorted."""
        database = self.wine.inside(f"{data}\\tchat.db")
        if not database.exists():
            return []
        with tempfile.TemporaryDirectory() as folder:
            for one in database.parent.glob("tchat.db*"):
                shutil.copy(one, folder)
            with contextlib.closing(sqlite3.connect(Path(folder, "tchat.db"))) as connection:
                asked = "SELECT json_extract(document, '$.chat.topic') FROM chat"
                try:
                    found = connection.execute(asked).fetchall()
                except sqlite3.DatabaseError:
                    return []
        return sorted(str(one) for (one,) in found)

    def kind(self) -> str:
        """Which kind of file a .tchat is to Windows; "" if it knows none."""
        return self.wine.registry(ASSOCIATED).get(ASSOCIATED, {}).get("", "")

    def show_associations(self) -> None:
        """Have Wine 8 see what opens a .tchat: it asks the computer's registry alone.

        Windows asks the person's first, where an installer without an administrator writes.
        """
        for name in (".tchat", self.kind()):
            target = f"HKEY_LOCAL_MACHINE\\Software\\Classes\\{name}"
            self.wine.run("reg", "copy", f"{CLASSES}\\{name}", target, "/s", "/f")

    def entry(self) -> tuple[str, dict[str, str]]:
        """Where Windows' settings list the app, and what they show; ("", {}) if they do not."""
        for key, values in self.wine.registry(UNINSTALL).items():
            if values.get("DisplayName") == "Tchat":
                return key, values
        return "", {}

    @contextlib.contextmanager
    def older_windows(self, program: str) -> Iterator[None]:
        """Meanwhile a program, by the name of its file, finds itself on Windows 7."""
        key = f"{SETTINGS}\\AppDefaults\\{program}"
        self.wine.set_registry(key, "Version", "win7")
        try:
            yield
        finally:
            self.wine.set_registry(key, "Version", "win10")

    def ask(self, code: str, *given: str) -> Done:
        """Run code with the Python and the libraries of the installed app."""
        program, script = (self.wine.inside(f"C:\\{name}") for name in ("ask.exe", "asked.py"))
        app = f"{self.folder}\\app"
        (python,) = (one.name for one in self.wine.inside(app).glob("python3?*.dll"))
        defined = (f'-DPYTHON=L"{python}"', "-municode")
        compile_for_windows(HERE / "stubs" / "ask.c", program, *defined)
        script.write_text(code, "utf-8")
        return self.wine.run(r"C:\ask.exe", app, r"C:\asked.py", *given)


def expect(holds: object, otherwise: str) -> None:
    """Fail a check. Raises Failed."""
    if not holds:
        raise Failed(otherwise)


def wait_for(
    what: Callable[[], bool], otherwise: str, limit: float = 60, between: float = 0.25
) -> float:
    """Wait until something holds; returns the seconds it took. Raises Failed after `limit`."""
    begun = time.monotonic()
    while not what():
        if time.monotonic() - begun > limit:
            raise Failed(otherwise)
        time.sleep(between)
    return time.monotonic() - begun


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """An X display of our own, with a window manager if there is one. Raises Skipped."""
    if shutil.which("Xvfb") is None:
        raise Skipped("there is no Xvfb")
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    manager = None
    try:
        assert server.stdout is not None
        display = f":{int(server.stdout.readline())}"
        if shutil.which("openbox"):
            manager = subprocess.Popen(
                ["openbox"],
                env={"DISPLAY": display, "HOME": "/nowhere", "PATH": "/usr/bin:/bin"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        yield display
    finally:
        for one in (manager, server):
            if one is not None:
                one.terminate()
                one.wait()


def titles(display: str) -> list[str]:
    """The titles of the windows shown on a display."""
    found = _xdotool(display, "search", "--onlyvisible", "--name", ".").split()
    return [_xdotool(display, "getwindowname", one).strip() for one in found]


def _xdotool(display: str, *command: str) -> str:
    environment = {**os.environ, "DISPLAY": display}
    done = subprocess.run(
        ["xdotool", *command], capture_output=True, text=True, check=False, env=environment
    )
    return done.stdout
