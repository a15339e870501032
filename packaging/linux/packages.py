"""What a person on Linux downloads: a .deb, and a folder to unpack, in build/linux/.

packaging/linux/build.sh [--frozen FOLDER]

PyInstaller makes the folder of the app (`packaging/tchat.spec`); `libraries.py` takes out of it
what the person's own system gives, and finds out which packages that is.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT), str(HERE), str(HERE.parent)]

import icon  # noqa: E402
import libraries  # noqa: E402

from tchat_desktop import __version__  # noqa: E402
from tchat_desktop.platform.paths import APP  # noqa: E402

OUT = ROOT / "build" / "linux"
SPEC = ROOT / "packaging" / "tchat.spec"
MIME = "application-x-tchat-desktop"
LIB = Path("usr", "lib", APP)

CONTROL = """\
Package: {app}
Version: {version}
Architecture: {architecture}
Maintainer: Tchat Desktop contributors <nobody@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: {recommends}
Section: net
Priority: optional
Description: organise a Twitter/X chat, from the first idea to the last thank-you
 A window walks people who have never done it through a public conversation on
 a tag, at a set hour: purpose, day, tag, questions and guests before, each
 message at its time during the chat, thanks and a recap after.
 .
 Une fenêtre guide pas à pas les bénévoles qui n'ont jamais organisé de tchat,
 de la première idée aux derniers remerciements.
"""
WITHOUT_LINKS = ("xdg-utils",)
"""Opens pages and mails in the person's own programs: without keys, every message needs that."""

RECOMMENDED = ("shared-mime-info", "desktop-file-utils", "fonts-noto-color-emoji")
"""The .tchat files in the file manager, and the emoji of posts."""


NO_HOMEPAGE = "url-homepage-missing"
"""What newer tools miss in our metadata: there is no site of the app yet."""

_SAID_AGAINST = re.compile("[WE]: |.*: (error|warning): ")


def frozen(work: Path, spec: Path = SPEC, name: str = APP) -> Path:
    """The folder of the app, by PyInstaller; of what another `spec` makes under a `name`."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--distpath", str(work), "--workpath", str(work / "pyinstaller")]
    subprocess.run([*command, *places, str(spec)], check=True, cwd=ROOT)
    return work / name


def slim(folder: Path) -> None:
    """Take out what the system gives, and the names for debuggers that some files come with."""
    libraries.prune(folder)
    named = [
        *(*folder.rglob("libpython3*.so*"), *folder.rglob("lib-dynload/*.so")),
        *(*folder.rglob("cryptography/**/*.so"), *folder.rglob("libicu*.so*")),
    ]
    files = [str(path) for path in named if not path.is_symlink()]
    subprocess.run(["strip", "--strip-unneeded", *files], check=True)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def share(target: Path, icons: Path) -> None:
    """The files by which a desktop knows the app and its files, under the folder `share`."""
    filled = (HERE / f"{APP}.metainfo.xml").read_text("utf-8")
    filled = filled.replace("@VERSION@", __version__).replace("@DATE@", f"{_made():%Y-%m-%d}")
    _write(target / "metainfo" / f"{APP}.metainfo.xml", filled)
    _copy(HERE / f"{APP}.desktop", target / "applications" / f"{APP}.desktop")
    _copy(HERE / f"{APP}.xml", target / "mime" / "packages" / f"{APP}.xml")
    for kind, name, drawn in (("apps", APP, "tchat"), ("mimetypes", MIME, "document")):
        hicolor = target / "icons" / "hicolor"
        _copy(icon.DRAWINGS[drawn], hicolor / "scalable" / kind / f"{name}.svg")
        for side in icon.PNG_SIDES:
            place = hicolor / f"{side}x{side}" / kind / f"{name}.png"
            _copy(icons / f"{drawn}-{side}.png", place)


def package(folder: Path, work: Path, icons: Path, level: int) -> Path:
    """The .deb of the app, compressed at a level of xz."""
    root = work / "deb"
    shutil.copytree(folder, root / LIB, symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / APP).symlink_to(Path("..", "lib", APP, APP))
    share(root / "usr" / "share", icons)
    doc = root / "usr" / "share" / "doc" / APP
    _copy(HERE / "copyright", doc / "copyright")
    news = gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), 9, mtime=0)
    (doc / "changelog.gz").write_bytes(news)
    depends, wayland = libraries.depends(folder)
    size = sum(path.lstat().st_size for path in root.rglob("*")) // 1024
    architecture = _output("dpkg", "--print-architecture")
    control = CONTROL.format(
        app=APP,
        version=__version__,
        architecture=architecture,
        size=size,
        depends=", ".join(sorted([*depends, *WITHOUT_LINKS])),
        recommends=", ".join(sorted([*wayland, *RECOMMENDED])),
    )
    _write(root / "DEBIAN" / "control", control)
    made = OUT / f"{APP}_{__version__}_{architecture}.deb"
    command = [
        "dpkg-deb",
        "--root-owner-group",
        "-Zxz",
        f"-z{level}",
        "--build",
        str(root),
        str(made),
    ]
    subprocess.run(command, check=True, env=_dated(), stdout=subprocess.DEVNULL)
    return made


def archive(folder: Path, work: Path, icons: Path, level: int) -> Path:
    """The folder to unpack, as .tar.xz, compressed at a level of xz."""
    name = f"{APP}-{__version__}-linux-{os.uname().machine}"
    unpacked = work / "tar" / f"{APP}-{__version__}"
    shutil.copytree(folder, unpacked, symlinks=True)
    share(unpacked / "share", icons)
    words = (HERE / "LISEZ-MOI.txt").read_text("utf-8").replace("@VERSION@", __version__)
    _write(unpacked / "LISEZ-MOI.txt", words)
    made = OUT / f"{name}.tar.xz"
    owner = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner"]
    dated = [f"--mtime=@{int(_made().timestamp())}"]
    where = ["-C", str(unpacked.parent), unpacked.name]
    command = ["tar", "-c", "-I", f"xz -T0 -{level}", "-f", str(made), *owner, *dated, *where]
    subprocess.run(command, check=True)
    return made


def faults(folder: Path) -> list[str]:
    """What the tools of freedesktop say against our files; where one is not installed, that."""
    desktop = folder / "applications" / f"{APP}.desktop"
    metainfo = folder / "metainfo" / f"{APP}.metainfo.xml"
    found = []
    for command in (
        ["desktop-file-validate", str(desktop)],
        ["appstreamcli", "validate", "--no-net", "--no-color", str(metainfo)],
    ):
        if shutil.which(command[0]) is None:
            found.append(f"{command[0]} is not installed")
            continue
        said = subprocess.run(command, check=False, capture_output=True, text=True).stdout
        found += [line for line in said.splitlines() if _SAID_AGAINST.match(line)]
    return [line for line in found if NO_HOMEPAGE not in line]


def _made() -> datetime:
    """When what is packaged was written: its last commit, so that all builds say the same."""
    given = os.environ.get("SOURCE_DATE_EPOCH") or _output("git", "log", "-1", "--format=%ct")
    return datetime.fromtimestamp(int(given), UTC)


def _dated() -> dict[str, str]:
    return {**os.environ, "SOURCE_DATE_EPOCH": str(int(_made().timestamp()))}


def _output(*command: str) -> str:
    return subprocess.run(
        command, check=True, cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8", newline="\n")


def main() -> int:
    """Build them, and say what was made."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--frozen", type=Path, help="a folder PyInstaller made already")
    parser.add_argument(
        "--quick", action="store_true", help="compressed less, to be tried and not to be published"
    )
    options = parser.parse_args()
    os.umask(0o022)
    shutil.rmtree(OUT, ignore_errors=True)
    work = OUT / "work"
    work.mkdir(parents=True)
    folder = work / APP
    if options.frozen:
        shutil.copytree(options.frozen, folder, symlinks=True)
    else:
        frozen(work)
    slim(folder)
    icons = work / "icons"
    icon.write(icons)
    level = 0 if options.quick else 6
    made = [make(folder, work, icons, level) for make in (package, archive)]
    against = faults(work / "deb" / "usr" / "share")
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    _write(OUT / "SHA256SUMS", "".join(sums))
    shutil.rmtree(work)
    for path in made:
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB")
    print("\n".join(against) or "desktop file and metadata are valid")
    return 1 if against else 0


if __name__ == "__main__":
    sys.exit(main())
