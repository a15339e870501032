"""A Windows of our own for as long as a try takes: a fresh Wine prefix and what Wine lacks.

python packaging/windows/wine.py FOLDER            make a prefix there, if there is none yet
python packaging/windows/wine.py FOLDER PROGRAM…   and run a Windows program in it

It ends with an error, and a sentence, when Wine is not there.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

HERE = Path(__file__).resolve().parent
COMPILER = "x86_64-w64-mingw32-gcc"
INSTALL = "apt-get install --no-install-recommends wine64 wine nsis gcc-mingw-w64-x86-64"
INSTALLED = ("/usr/lib/wine/wine64",)
"""Where Debian has it, besides the path."""
STUBS = ("icuuc", "bcryptprimitives")
"""Libraries every Windows 10 has, and Wine 8 has not; each is a file of stubs/."""
LIBRARY = ("-shared", "-nostdlib", "-fno-builtin", "-e", "DllMainCRTStartup")
FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
SETTINGS = r"HKEY_CURRENT_USER\Software\Wine"
"""Of Wine itself; below `AppDefaults`, for a program by its name."""
_VALUE = re.compile(
    r'(?:@|"(?P<name>(?:[^"\\]|\\.)*)")=(?:"(?P<text>.*)"|dword:(?P<number>[0-9a-f]{8}))'
)
"""A line of what the registry exports: a text or a number, by its name or the key's own (@)."""
_EXPLORER = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer"
_PROFILE = {
    "Local AppData": r"AppData\Local",
    "AppData": r"AppData\Roaming",
    "Programs": r"AppData\Roaming\Microsoft\Windows\Start Menu\Programs",
    "Start Menu": r"AppData\Roaming\Microsoft\Windows\Start Menu",
    "Desktop": "Desktop",
    "Personal": "Documents",
}


class WineMissing(Exception):
    """What this machine lacks for it, and how to install that."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All it wrote, the end of it, in one line."""
        return " ".join((self.out + self.err).split())[-300:]


def loader() -> str:
    """The program that runs Windows programs of 64 bits. Raises WineMissing."""
    # Debian's own `wine` first says at length that there is none for 32 bits.
    for one in ("wine64", *INSTALLED, "wine"):
        if found := shutil.which(one):
            return found
    raise WineMissing(f"Wine is not installed, so nothing was tried. On Debian: {INSTALL}")


@dataclass(frozen=True, slots=True)
class Wine:
    """One prefix: its drive C:, its registry, its processes."""

    prefix: Path
    user: str = ""
    """The name of the profile's folder, if it is not to be that of whoever runs this."""
    program: str = field(default_factory=loader)

    @property
    def drive_c(self) -> Path:
        """Drive C: as a folder of this machine."""
        return self.prefix / "drive_c"

    @property
    def home(self) -> Path:
        """The profile's folder."""
        users = self.drive_c / "users"
        return users / (self.user or self._own_name())

    def inside(self, path: str) -> Path:
        r"""The file of this machine that Windows programs call C:\…"""
        parts = PureWindowsPath(path)
        drive = self.prefix / "dosdevices" / parts.drive.lower()
        return drive.resolve().joinpath(*parts.parts[1:])

    def outside(self, path: Path) -> str:
        """What Windows programs call a file of this machine: below C: if it is there."""
        for letter, top in (("C:", self.drive_c), ("Z:", Path("/"))):
            if path.is_relative_to(top):
                return "\\".join((letter, *path.relative_to(top).parts))
        raise ValueError(path)

    def make(self) -> None:
        """Make the prefix, with a profile and what Wine lacks. Raises WineMissing."""
        if (self.prefix / "system.reg").exists():
            return
        self.prefix.mkdir(parents=True)
        begun = self.run("wineboot", "-i", limit=180)
        self.settle()
        system = self.drive_c / "windows" / "system32"
        if not (system / "kernel32.dll").exists():
            raise WineMissing(f"Wine made no prefix: {begun.said}")
        for name in STUBS:
            if not (system / f"{name}.dll").exists():
                source = HERE / "stubs" / f"{name}.c"
                compile_for_windows(source, system / f"{name}.dll", *LIBRARY)
        # A new prefix of Wine 8 is a Windows 7, which the app refuses.
        self.set_registry(SETTINGS, "Version", "win10")
        if self.user:
            self._move_profile()
        fonts = self.prefix / "fonts"
        fonts.mkdir()
        for name in FONTS:
            for found in Path("/usr/share/fonts").rglob(name):
                shutil.copy(found, fonts)

    def environment(self, screen: str = "", **more: str) -> dict[str, str]:
        """What a program finds around it; `screen` is an X display, "" to show nothing.

        Wine keeps QT_* to itself: what begins with WINEQT_ arrives without the WINE.
        """
        kept = ("PATH", "HOME", "USER", "LANG", "LC_ALL")
        own = {name: os.environ[name] for name in kept if name in os.environ}
        own |= {
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            # Neither .NET nor a browser is asked for, nor links in this machine's own menus.
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
            "WINELOADER": self.program,
        }
        if screen:
            own["DISPLAY"] = screen
        else:
            own["WINEQT_QPA_PLATFORM"] = "offscreen"
            own["WINEQT_QPA_FONTDIR"] = self.outside(self.prefix / "fonts")
        return own | more

    def start(
        self,
        *command: str,
        screen: str = "",
        env: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> subprocess.Popen[str]:
        """A Windows program under way, by default in the folder of the prefix.

        It has pipes, as Wine 8 cannot write to a plain file.
        """
        return subprocess.Popen(
            [self.program, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            env=self.environment(screen, **(env or {})),
            cwd=folder or self.prefix,
        )

    def run(
        self,
        *command: str,
        typed: str = "",
        screen: str = "",
        limit: float = 120,
        env: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> Done:
        """A Windows program to its end; after `limit` seconds it is ended, with code -1."""
        process = self.start(*command, screen=screen, env=env, folder=folder)
        try:
            out, err = process.communicate(typed, timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                # What it started may hold its pipes open.
                process.communicate(timeout=2)
            return Done(-1, "", f"not ended after {limit:.0f} s")
        return Done(process.returncode, out, err)

    def open(self, path: str, screen: str) -> int:
        """Open a file as a double click does; the code tells whether something opens such files.

        What is started has no pipes, and runs on.
        """
        return subprocess.run(
            [self.program, "start", path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=60,
            env=self.environment(screen),
            cwd=self.prefix,
        ).returncode

    def registry(self, key: str) -> dict[str, dict[str, str]]:
        """A key with all below it: their values by name, "" for its own; numbers in hexadecimal.

        Empty if there is no such key.
        """
        file = self.prefix / "asked.reg"
        file.unlink(missing_ok=True)
        self.run("reg", "export", key, self.outside(file), "/y")
        if not file.exists():
            return {}
        return read_registry(file.read_bytes().decode("utf-16"))

    def set_registry(self, key: str, value: str, text: str) -> None:
        """Put a text into the registry."""
        done = self.run("reg", "add", key, "/v", value, "/d", text, "/f")
        if done.code:
            raise OSError(done.said)

    def version(self) -> str:
        """Such as "wine-8.0"."""
        asked = [self.program, "--version"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        return done.stdout.split()[0] if done.stdout else "wine"

    def settle(self, limit: float = 60) -> None:
        """Wait until no program of this prefix runs any more."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._server("-w", limit)

    def end(self) -> None:
        """End every program of this prefix."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._server("-k", 20)

    def _server(self, flag: str, limit: float) -> None:
        beside = Path(self.program).parent / "wineserver"
        server = str(beside) if beside.exists() else "wineserver"
        subprocess.run([server, flag], check=False, timeout=limit, env=self.environment())

    def _own_name(self) -> str:
        users = [one.name for one in (self.drive_c / "users").iterdir() if one.name != "Public"]
        return users[0]

    def _move_profile(self) -> None:
        """Give the person another name: in Wine the folders of a profile are said one by one."""
        home = f"C:\\users\\{self.user}"
        folders = {name: f"{home}\\{under}" for name, under in _PROFILE.items()}
        environment = {"TEMP": f"{home}\\Temp", "TMP": f"{home}\\Temp"}
        lines = ["Windows Registry Editor Version 5.00", ""]
        for key, texts in (
            (f"{_EXPLORER}\\User Shell Folders", folders),
            (f"{_EXPLORER}\\Shell Folders", folders),
            (r"HKEY_CURRENT_USER\Environment", environment),
        ):
            lines += [f"[{key}]", *(_line(name, text) for name, text in texts.items()), ""]
        for path in (*folders.values(), environment["TEMP"]):
            self.inside(path).mkdir(parents=True, exist_ok=True)
        file = self.prefix / "profile.reg"
        file.write_bytes("\r\n".join(["\ufeff" + lines[0], *lines[1:]]).encode("utf-16-le"))
        done = self.run("regedit", "/S", self.outside(file))
        if done.code:
            raise WineMissing(f"Wine took no profile: {done.said}")
        self.end()


def read_registry(exported: str) -> dict[str, dict[str, str]]:
    """The keys of an exported registry with their values, as `Wine.registry` gives them."""
    found: dict[str, dict[str, str]] = {}
    values: dict[str, str] = {}
    for line in exported.splitlines():
        if line.startswith("["):
            values = found.setdefault(line.strip("[]"), {})
        elif named := _VALUE.fullmatch(line):
            values[_plain(named["name"] or "")] = named["number"] or _plain(named["text"])
    return found


def _line(name: str, text: str) -> str:
    escaped = text.replace("\\", "\\\\")
    return f'"{name}"="{escaped}"'


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def compile_for_windows(source: Path, target: Path, *options: str) -> None:
    """Make a program or a library of a file in C. Raises WineMissing without a compiler."""
    if shutil.which(COMPILER) is None:
        raise WineMissing(f"{COMPILER} is not installed. On Debian: {INSTALL}")
    command = [COMPILER, "-s", "-O1", *options, "-o", str(target), str(source)]
    subprocess.run([*command, "-ladvapi32", "-lkernel32"], check=True)


@contextlib.contextmanager
def prefix(folder: Path, user: str = "") -> Iterator[Wine]:
    """A prefix, made if it is not there; its programs are ended when it is left."""
    wine = Wine(folder, user)
    wine.make()
    try:
        yield wine
    finally:
        wine.end()


def main(arguments: list[str]) -> int:
    """Make a prefix; run a program in it if one is named."""
    if not arguments:
        print(__doc__)
        return 2
    try:
        with prefix(Path(arguments[0]).resolve()) as wine:
            if not arguments[1:]:
                return 0
            done = wine.run(*arguments[1:], limit=3600)
    except WineMissing as error:
        print(error, file=sys.stderr)
        return 1
    print(done.out, end="")
    print(done.err, end="", file=sys.stderr)
    return done.code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
