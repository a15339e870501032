"""The .deb and the portable folder, tried in a bare Debian without Python: a line a check.

packaging/linux/try.sh bookworm|trixie [--pictures FOLDER]

Needs root, debootstrap and Xvfb. The app runs there as a person would run it: not as root, with a
name that has accents in it.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tchat_desktop.platform.paths import APP, DATABASE  # noqa: E402
from tests.fresh_machine import RELEASES, REMEDY, bare_debian  # noqa: E402

BUILT = ROOT / "build" / "linux"
HOME = Path("home", "Aïssatou Sow")
USER = 1000
EXAMPLE = "Tchat de Thiès.tchat"
MIME = "application/x-tchat-desktop"
INSTALL = "apt-get install -y -qq --no-install-recommends"
PATIENCE = 60.0
"""Seconds that a window may take on a machine that has much to do."""


class Bare:
    """A bare system with a person in it, and what was found so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.failed: list[str] = []
        # A temporary folder is its maker's alone, and here somebody else lives in it.
        root.chmod(0o755)
        home = root / HOME
        home.mkdir(parents=True)
        shutil.chown(home, USER, USER)
        with (root / "etc" / "passwd").open("a", encoding="utf-8") as users:
            users.write(f"aissatou:x:{USER}:{USER}::/{HOME}:/bin/sh\n")

    @property
    def home(self) -> Path:
        """The person's folder, as this machine sees it."""
        return self.root / HOME

    def says(self, command: str, user: int = USER, display: str = "") -> tuple[int, str]:
        """Give a command there: its exit code, and what it printed."""
        done = subprocess.run(
            self._given(command, user, display),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=600,
        )
        return done.returncode, done.stdout + done.stderr

    def begin(self, command: str, display: str) -> subprocess.Popen[bytes]:
        """Start a program there that stays."""
        return subprocess.Popen(
            self._given(f"exec {command}", USER, display),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def check(self, name: str, holds: bool, told: str = "") -> None:
        """Print what came of a check, with what was said if it failed."""
        print(f"{'ok    ' if holds else 'FAILED'}  {name}", flush=True)
        if not holds:
            print(told, flush=True)
            self.failed.append(name)

    def does(self, name: str, command: str, user: int = USER) -> None:
        """Check that a command ends with 0."""
        code, told = self.says(command, user)
        self.check(name, code == 0, told)

    def _given(self, command: str, user: int, display: str) -> list[str]:
        environment = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root" if user == 0 else f"/{HOME}",
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            **({"DISPLAY": display} if display else {"QT_QPA_PLATFORM": "offscreen"}),
        }
        setting = ["env", "-i", *(f"{name}={value}" for name, value in environment.items())]
        where = f'cd "$HOME" && {command}'
        return [*setting, "chroot", f"--userspec={user}:{user}", str(self.root), "sh", "-c", where]


@contextmanager
def screen(root: Path) -> Iterator[str]:
    """A screen of this machine that programs of the bare system can draw on: its name."""
    command = ["Xvfb", "-displayfd", "1", "-ac", "-nolisten", "tcp", "-screen", "0", "1366x768x24"]
    shared = root / "tmp" / ".X11-unix"
    shared.mkdir(mode=0o1777, exist_ok=True)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdout is not None
        number = server.stdout.readline().decode().strip()
        subprocess.run(["mount", "--bind", "/tmp/.X11-unix", shared], check=True)
        try:
            yield f":{number}"
        finally:
            subprocess.run(["umount", shared], check=False)
            server.terminate()


def wait_for(come: Callable[[], bool]) -> bool:
    """Whether something comes in time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if come():
            return True
        time.sleep(0.2)
    return False


def chats(home: Path) -> int:
    """How many chats are kept there."""
    database = home / ".local" / "share" / APP / DATABASE
    if not database.exists():
        return 0
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM chat").fetchone()[0])
        except sqlite3.OperationalError:
            # Not made yet, or just being written.
            return 0


def is_shown(display: str) -> bool:
    """Whether a window is to be seen by whose name its desktop file is found."""
    search = ["xdotool", "search", "--onlyvisible", "--classname", f"^{APP}$"]
    done = subprocess.run(["env", f"DISPLAY={display}", *search], capture_output=True, check=False)
    return bool(done.stdout)


def try_runs(bare: Bare, program: str, what: str) -> None:
    """What a program does without a screen."""
    bare.does(f"{what}: --self-test", f"{program} --self-test")
    bare.does(f"{what}: --demo", f"{program} --demo --out out && test -s out/recap.html")
    shutil.rmtree(bare.home / "out", ignore_errors=True)


def try_window(bare: Bare, program: str, what: str, picture: Path | None) -> None:
    """A .tchat file opens in a window."""
    example = ROOT / "resources" / "languages" / "fr" / "example.tchat"
    shutil.copyfile(example, bare.home / EXAMPLE)
    with screen(bare.root) as display:
        running = bare.begin(f"{program} '{EXAMPLE}'", display)
        try:
            shown = wait_for(lambda: is_shown(display))
            bare.check(f"{what}: a window of the name in its desktop file", shown)
            opened = shown and wait_for(lambda: chats(bare.home) == 1)
            bare.check(f"{what}: opens a .tchat file", opened)
            if picture is not None:
                # Not before the page of the chat is drawn, which follows its being kept.
                time.sleep(3)
                picture.parent.mkdir(parents=True, exist_ok=True)
                command = ["import", "-display", display, "-window", "root", str(picture)]
                bare.check(
                    f"{what}: {picture}", subprocess.run(command, check=False).returncode == 0
                )
        finally:
            running.terminate()
            running.wait(PATIENCE)


def has_python(bare: Bare) -> bool:
    """Whether any Python is installed there."""
    return any(bare.root.glob("usr/bin/python*")) or any(bare.root.glob("usr/local/bin/python*"))


def try_deb(bare: Bare, deb: Path, picture: Path | None) -> None:
    """Install the package, use it, take it away."""
    shutil.copyfile(deb, bare.root / "var" / "tmp" / deb.name)
    bare.does("deb: installed by apt", f"{INSTALL} /var/tmp/{deb.name}", user=0)
    bare.check("deb: brings no Python of the system's", not has_python(bare))
    installed = bare.says(f"dpkg-query -L {APP}")[1].splitlines()
    files = [line for line in installed if APP in line]
    try_runs(bare, APP, "deb")
    try_window(bare, APP, "deb", picture)
    # A desktop has these; they come after the package, so that nothing of it needed them.
    tools = "shared-mime-info desktop-file-utils libglib2.0-bin"
    bare.does(f"deb: beside it {tools}", f"{INSTALL} {tools}", user=0)
    kind = bare.says(f"gio info -a standard::content-type '{EXAMPLE}'")[1]
    bare.check(f"deb: a .tchat file is of the type {MIME}", MIME in kind, kind)
    opener = bare.says(f"xdg-mime query default {MIME}")[1].strip()
    bare.check("deb: a .tchat file opens in it", opener == f"{APP}.desktop", opener)
    kept = chats(bare.home)
    bare.does("deb: installed again over itself", f"dpkg -i /var/tmp/{deb.name}", user=0)
    bare.does("deb: removed", f"apt-get purge -y -qq {APP}", user=0)
    left = [file for file in files if (bare.root / file.lstrip("/")).exists()]
    bare.check("deb: leaves nothing of itself", not left, "\n".join(left))
    bare.check("deb: the chats stay", kept > 0 and chats(bare.home) == kept, str(kept))
    bare.does("deb: what it needed goes too", "apt-get autoremove --purge -y -qq", user=0)


def try_tar(bare: Bare, archive: Path) -> None:
    """Unpack the folder, install what it asks for, use it."""
    shutil.rmtree(bare.home / ".local")
    command = ["tar", "-x", "-f", str(archive), "-C", str(bare.home), "--no-same-owner"]
    subprocess.run(command, check=True)
    folder = next(bare.home.glob(f"{APP}-*"))
    program = f"'{folder.name}/{APP}'"
    code, told = bare.says(f"{program} --self-test")
    for _ in range(3):
        remedy = REMEDY.search(told)
        if code == 0 or remedy is None:
            break
        bare.does(f"tar: asks for {remedy[1]}", f"{INSTALL} {remedy[1]}", user=0)
        code, told = bare.says(f"{program} --self-test")
    try_runs(bare, program, "tar")
    for _ in range(3):
        code, told = bare.says(f"{program} --self-test", display=":none")
        remedy = REMEDY.search(told)
        if remedy is None:
            break
        bare.does(f"tar: asks for {remedy[1]}", f"{INSTALL} {remedy[1]}", user=0)
    try_window(bare, program, "tar", None)
    kept = chats(bare.home)
    shutil.rmtree(folder)
    bare.check("tar: the chats stay when the folder goes", kept > 0 and chats(bare.home) == kept)


def main() -> int:
    """Try both; 0 when every check holds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("release", choices=RELEASES)
    parser.add_argument("--pictures", type=Path, help="keep a picture of the window there")
    options = parser.parse_args()
    deb = next(iter(BUILT.glob("*.deb")), None)
    archive = next(iter(BUILT.glob("*.tar.xz")), None)
    if deb is None or archive is None:
        print("first build them: packaging/linux/build.sh", file=sys.stderr)
        return 2
    picture = options.pictures / f"{options.release}.png" if options.pictures else None
    with bare_debian(options.release) as root:
        bare = Bare(root)
        bare.check("no Python in this system", not has_python(bare))
        bare.does("apt-get update", "apt-get update -qq", user=0)
        try_deb(bare, deb, picture)
        try_tar(bare, archive)
    mounts = Path("/proc/mounts").read_text("utf-8")
    bare.check("nothing is left mounted", str(root) not in mounts, mounts)
    print(f"{options.release}: {len(bare.failed)} failed")
    return 1 if bare.failed else 0


if __name__ == "__main__":
    sys.exit(main())
