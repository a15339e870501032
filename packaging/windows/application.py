"""Assembles what lies in "app": Python, the libraries and ours, compiled and without the rest."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import licences
from contents import DISTRIBUTIONS_ASKED, is_wanted
from files import ROOT, compiled, run, uv
from interpreter import NAME, bring, uv_install

LIBRARIES = "site"
"""The folder of the modules that are not Python's own."""

RUN_TIME_OF_CPP = ("vcruntime140", "vcruntime140_1", "msvcp140", "msvcp140_1", "msvcp140_2")


def assemble(app: Path, archive: Path | None) -> None:
    """Fill the empty folder `app`; Python comes from `archive`, if one is given."""
    bring(app, archive)
    # Python reads this file in place of the person's variables and registry: it is isolated.
    (app / f"{NAME}._pth").write_text(f"{NAME}.zip\n.\n{LIBRARIES}\n", "ascii", newline="\r\n")
    start = Path(__file__).with_name("windows_start.py")
    (app / "windows_start.pyc").write_bytes(compiled(start, start.parent))
    with tempfile.TemporaryDirectory() as place:
        site = Path(place, "site")
        _install(site, Path(place))
        _bring_licences(app, site)
        for path in sorted(site.rglob("*")):
            name = path.relative_to(site).as_posix()
            if path.is_file() and is_wanted(name):
                _bring(path, app / LIBRARIES / name, site)
    _move_run_time(app)


def _install(site: Path, place: Path) -> None:
    """The libraries as they are for Windows, and the wheel of this project."""
    wanted = place / "wanted.txt"
    wanted.write_text("".join(locked()))
    uv_install(site, wanted)
    run(uv(), "build", "-q", "--wheel", "-o", place, ROOT)
    (wheel,) = place.glob("tchat_desktop-*.whl")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(site)


def locked(text: str | None = None) -> Iterator[str]:
    """The entries of requirements.lock for what the app needs, with their hashes.

    The lock says of each library which others want it; those wanted by tools alone are left.
    """
    if text is None:
        text = (ROOT / "requirements.lock").read_text("utf-8")
    entries = re.findall(r"^\S.*\n(?:[ \t].*\n)*", text, re.MULTILINE)
    wanted_by = {
        entry: set(re.findall(r"^ +#(?: via)? +([\w.-]+)$", entry, re.M)) for entry in entries
    }
    names, before = {licences.US}, 0
    while len(names) > before:
        before = len(names)
        names |= {entry.split("==")[0] for entry in entries if wanted_by[entry] & names}
    yield from (entry for entry in entries if entry.split("==")[0] in names)


def _bring(path: Path, target: Path, root: Path) -> None:
    metadata = next((one for one in path.relative_to(root).parts if one.endswith(".dist-info")), "")
    if metadata:
        _bring_metadata(path, target, metadata.split("-")[0])
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".py":
        target.with_suffix(".pyc").write_bytes(compiled(path, root))
    elif path.suffix not in {".po", ".pot"}:
        shutil.copyfile(path, target)


def _bring_metadata(path: Path, target: Path, name: str) -> None:
    if name not in DISTRIBUTIONS_ASKED or path.name not in {"METADATA", "entry_points.txt"}:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text("utf-8")
    # The head says name and version; what follows is the library's advertisement.
    target.write_text(text.split("\n\n")[0] + "\n" if path.name == "METADATA" else text, "utf-8")


def _bring_licences(app: Path, site: Path) -> None:
    found = {
        re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower(): one
        for one in distributions(path=[str(site)])
    }
    del found[licences.US]
    for path, folder in licences.datas(found):
        target = app / folder / Path(path).name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def _move_run_time(app: Path) -> None:
    """One copy of the C++ run time, for Python and Qt; Qt's wheel has the newest."""
    qt = app / LIBRARIES / "PySide6"
    for name in (f"{one}.dll" for one in RUN_TIME_OF_CPP):
        (qt / name).replace(app / name)
        (app / LIBRARIES / "shiboken6" / name).unlink()
