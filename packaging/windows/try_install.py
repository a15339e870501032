"""The installer tried: where everything lands, what it refuses, and what it leaves behind."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from trial import ASSOCIATED, CLASSES, CONSOLE, PROGRAM, Skipped, Trial, expect, wait_for

SMALL_DISK = "24m"
"""The program takes more; the installer's own temporary files are elsewhere."""
IS_OPEN, NEWER_IS_THERE, TWICE, NO_ROOM, TOO_OLD, SOMETHING_ELSE = 3, 4, 5, 6, 7, 9
"""Exit codes of the installer, as `installer.nsi` lists them."""
CUT = 2
"""That of its own check of itself."""
ELSEWHERE = r"C:\Été-à-Thiès"
"""Without a space: NSIS takes what follows /D= as it is, and Wine would put it in quotes."""

BESIDE_ANOTHER = """
import ctypes, subprocess, sys
ctypes.windll.kernel32.CreateMutexW(None, False, "Local\\\\TchatDesktop.Installing")
print(subprocess.run([sys.argv[1], "/S"]).returncode)
"""


def setup(trial: Trial, *options: str, limit: float = 180) -> int:
    """The installer without a question asked; its exit code."""
    return trial.wine.run(trial.wine.outside(trial.setup), "/S", *options, limit=limit).code


def refuses_a_cut_download(trial: Trial) -> str:
    """A download that broke off says so, and installs nothing."""
    content = trial.setup.read_bytes()
    cut = trial.wine.inside(r"C:\cut-setup.exe")
    codes = []
    for share in (0.5, 0.98):
        cut.write_bytes(content[: int(len(content) * share)])
        codes.append(trial.wine.run(trial.wine.outside(cut), "/S", limit=60).code)
        expect(codes[-1] == CUT, f"{share:.0%} of it ended with {codes[-1]}")
        expect(not trial.files(trial.folder), f"{share:.0%} of it left files")
    cut.unlink()
    return f"half of it and 98 % of it end with {codes[0]} and {codes[1]}"


def refuses_a_full_disk(trial: Trial) -> str:
    """On a disk that is too small it ends with an error, and leaves nothing that looks whole."""
    with _small_disk(trial) as letter:
        folder = f"{letter}\\Tchat"
        code = setup(trial, f"/D={folder}")
        left = trial.files(folder)
        expect(code == NO_ROOM, f"it ended with {code}, and {len(left)} files there")
        expect(not left, f"files are left there: {left[:3]}")
    expect(not trial.wine.registry(ASSOCIATED), "the files were associated")
    return f"ends with {code}, no file left"


def refuses_an_old_windows(trial: Trial) -> str:
    """On Windows 7 the installer does nothing, and says so by its code."""
    code = 0
    with trial.older_windows(trial.setup.name):
        code = setup(trial, limit=60)
    expect(code == TOO_OLD, f"it ended with {code}")
    expect(not trial.files(trial.folder), "it left files")
    return f"on Windows 7 it ends with {code}"


def installs(trial: Trial) -> str:
    """Files, menu, association and entry, for a person whose name has an accent."""
    code = setup(trial)
    expect(code == 0, f"it ended with {code}")
    files = trial.files(trial.folder)
    for name in (PROGRAM, CONSOLE):
        expect(trial.wine.inside(f"{trial.folder}\\{name}").exists(), f"{name} is not there")
    megabytes = sum(one.stat().st_size for one in files) / 1e6
    return f"{len(files)} files, {megabytes:.0f} MB, in {trial.folder}"


def is_in_the_menu(trial: Trial) -> str:
    """A link of the Start menu."""
    menu = trial.wine.home / r"AppData/Roaming/Microsoft/Windows/Start Menu"
    links = sorted(one.name for one in menu.rglob("*.lnk"))
    expect("Tchat.lnk" in links, f"in the Start menu: {links}")
    return ", ".join(links)


def is_associated(trial: Trial) -> str:
    """Files of chats are ours, with an icon and a command of the registry."""
    kind = trial.kind()
    expect(kind, "nothing opens .tchat")
    key = f"{CLASSES}\\{kind}"
    found = trial.wine.registry(key)
    command = found.get(f"{key}\\shell\\open\\command", {}).get("")
    expect(command == f'"{trial.program}" "%1"', f"opened by {command}")
    icon = found.get(f"{key}\\DefaultIcon", {}).get("", "")
    expect(icon, "no icon")
    return f"{kind}, icon {icon.rpartition(chr(92))[2]}"


def is_listed(trial: Trial) -> str:
    """An entry of Windows' settings, with what they show."""
    _key, shown = trial.entry()
    expect(shown, "it is not listed")
    wanted = ("DisplayVersion", "DisplayIcon", "Publisher", "QuietUninstallString")
    missing = [name for name in wanted if not shown.get(name)]
    expect(not missing, f"without {', '.join(missing)}")
    version = shown["DisplayVersion"]
    expect(version == trial.version, f"version {version}")
    size = int(shown.get("EstimatedSize", "0"), 16)
    expect(10_000 < size < 400_000, f"{size} kB, it says")
    return f"version {version}, {size / 1000:.0f} MB"


def installs_over_itself(trial: Trial) -> str:
    """The same version once more, and over an older one; what that left over is gone."""
    left_over = trial.wine.inside(f"{trial.folder}\\app\\of-an-older-version.pyc")
    kept = trial.topics(trial.data)
    key, _shown = trial.entry()
    for older in (trial.version, "0.0.1"):
        trial.wine.set_registry(key, "DisplayVersion", older)
        left_over.write_bytes(b"")
        code = setup(trial)
        expect(code == 0, f"over {older} it ended with {code}")
        expect(not left_over.exists(), f"over {older} a file of the former one stayed")
        now = trial.entry()[1].get("DisplayVersion")
        expect(now == trial.version, f"over {older} it says it is {now}")
    expect(trial.topics(trial.data) == kept, "the chats changed")
    return f"over {trial.version} and over 0.0.1; {len(kept)} chats as before"


def refuses_to_go_back(trial: Trial) -> str:
    """Over a newer version it does nothing: an older one could not read its chats."""
    key, _shown = trial.entry()
    program = trial.wine.inside(trial.program)
    before = program.stat().st_mtime_ns
    trial.wine.set_registry(key, "DisplayVersion", "99.0.0")
    try:
        code = setup(trial)
    finally:
        trial.wine.set_registry(key, "DisplayVersion", trial.version)
    expect(code == NEWER_IS_THERE, f"it ended with {code}")
    expect(program.stat().st_mtime_ns == before, "it replaced the newer one")
    return f"over 99.0.0 ends with {code}"


def refuses_while_it_runs(trial: Trial) -> str:
    """While the app is open nothing is replaced, and nothing of it is closed by force."""
    folder = r"C:\en cours"
    running = trial.wine.start(trial.program, "--data-dir", folder)
    files = len(trial.files(trial.folder))
    try:
        wait_for(lambda: trial.wine.inside(f"{folder}\\tchat.db").exists(), "it did not start")
        code = setup(trial, limit=60)
        expect(running.poll() is None, "the app was ended")
        expect(code == IS_OPEN, f"it ended with {code}")
        expect(len(trial.files(trial.folder)) == files, "files are missing now")
    finally:
        running.kill()
        running.communicate()
    return f"ends with {code}, the app stays open"


def refuses_beside_another(trial: Trial) -> str:
    """A second installer, of somebody who pressed twice, leaves the first one alone."""
    done = trial.ask(BESIDE_ANOTHER, trial.wine.outside(trial.setup))
    expect(done.out.strip() == str(TWICE), f"it ended so: {done.said}")
    return f"ends with {TWICE}"


def installs_elsewhere(trial: Trial) -> str:
    """Where the person says, and from there it works too; not over files of somebody else."""
    others = trial.wine.inside(f"{ELSEWHERE}\\app\\photo.jpg")
    others.parent.mkdir(parents=True)
    others.write_bytes(b"")
    code = setup(trial, f"/D={ELSEWHERE}")
    expect(code == SOMETHING_ELSE, f"beside other files it ended with {code}")
    expect(trial.files(ELSEWHERE) == [others], "it wrote there")
    others.unlink()
    others.parent.rmdir()
    code = setup(trial, f"/D={ELSEWHERE}")
    expect(code == 0, f"it ended with {code}")
    try:
        done = trial.wine.run(f"{ELSEWHERE}\\{CONSOLE}", "--version")
        expect(trial.version in done.out, done.said)
    finally:
        trial.wine.run(f"{ELSEWHERE}\\uninstall.exe", "/S", f"_?={ELSEWHERE}")
    return f"{done.out.strip()} in {ELSEWHERE}; beside other files it ends with {SOMETHING_ELSE}"


def is_uninstalled(trial: Trial) -> str:
    """The program is gone with all it wrote into the registry; the chats are still there."""
    before = trial.topics(trial.data)
    expect(before, "there is no chat to keep")
    quiet = trial.entry()[1].get("QuietUninstallString", "")
    path, _, options = quiet.removeprefix('"').partition('"')
    trial.wine.run(path, *options.split())
    # What runs first is a copy of itself, which goes on alone.
    wait_for(lambda: not trial.files(trial.folder), f"still there: {trial.files(trial.folder)[:3]}")
    trial.wine.settle()
    expect(not trial.entry()[0], "still listed")
    menu = trial.wine.home / r"AppData/Roaming/Microsoft/Windows/Start Menu"
    expect(not list(menu.rglob("Tchat*.lnk")), "still in the menu")
    expect(not trial.wine.registry(ASSOCIATED), "still associated")
    expect(trial.topics(trial.data) == before, "the chats changed")
    return f"gone; {len(before)} chats still in {trial.data}"


def starts_from_the_zip(trial: Trial) -> str:
    """The portable one, unpacked into a folder with accents and spaces."""
    place = r"C:\Clé de Fatou Bâ\où l’on range"
    with zipfile.ZipFile(trial.portable) as package:
        package.extractall(trial.wine.inside(place))
    (top,) = {one.parts[0] for one in map(Path, package.namelist())}
    console = f"{place}\\{top}\\{CONSOLE}"
    done = trial.wine.run(console, "--self-test", limit=300)
    expect(done.code == 0, done.said)
    expect("FAILED" not in done.out, done.said)
    return f"--self-test of {console}: {done.out.count('ok ')} parts"


@contextlib.contextmanager
def _small_disk(trial: Trial) -> Iterator[str]:
    """A drive of Windows that is nearly full from the start. Raises Skipped."""
    if os.geteuid() != 0:
        raise Skipped("only root can make a disk that is full")
    drive = trial.wine.prefix / "dosdevices" / "t:"
    with tempfile.TemporaryDirectory() as place:
        command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", place]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            raise Skipped(f"no small disk can be made here: {made.stderr.strip()}")
        drive.symlink_to(place)
        try:
            yield "T:"
        finally:
            trial.wine.end()
            drive.unlink()
            subprocess.run(["umount", place], check=True)
