"""A whole Windows Python, with everything the tests want: what is shipped is pruned."""

from __future__ import annotations

import shutil
import sysconfig
import tempfile
import zipfile
from pathlib import Path

from application import RUN_TIME_OF_CPP
from files import ROOT, run, uv
from interpreter import NAME, bring, uv_install
from wine import HERE, compile_for_windows

LEFT_OUT = shutil.ignore_patterns(
    *("__pycache__", "site-packages", "dist-packages", "lib-dynload", "config-3*", "*.so"),
    *("test", "idlelib", "turtledemo", "tkinter", "ensurepip", "lib2to3", "_sysconfigdata*"),
)


def make_python(target: Path, archive: Path | None) -> Path:
    """Make it in a folder, of the same archive the app is made of; its python.exe.

    One that was made of the same lock is taken again.
    """
    program, lock = target / "python.exe", ROOT / "requirements.lock"
    made_of = target / lock.name
    if program.exists() and made_of.exists() and made_of.read_bytes() == lock.read_bytes():
        return program
    shutil.rmtree(target, ignore_errors=True)
    bring(target, archive)
    _bring_whole_library(target, archive)
    site = target / "Lib" / "site-packages"
    uv_install(site, lock)
    _bring_project(site)
    for name in RUN_TIME_OF_CPP:
        shutil.copy(site / "PySide6" / f"{name}.dll", target)
    defined = (f'-DPYTHON=L"{NAME}.dll"', "-municode")
    compile_for_windows(HERE / "stubs" / "python.c", program, *defined)
    shutil.copy(lock, made_of)
    return program


def _bring_project(site: Path) -> None:
    """Show Python the project where it lies, with what its wheel says of it."""
    (site / "tchat_desktop.pth").write_text(f"Z:{ROOT}".replace("/", "\\"), "utf-8")
    with tempfile.TemporaryDirectory() as place:
        run(uv(), "build", "-q", "--wheel", "-o", place, ROOT)
        (wheel,) = Path(place).glob("tchat_desktop-*.whl")
        with zipfile.ZipFile(wheel) as package:
            wanted = (name for name in package.namelist() if ".dist-info/" in name)
            package.extractall(site, wanted)


def _bring_whole_library(target: Path, archive: Path | None) -> None:
    library = target / f"{NAME}.zip"
    if archive is None:
        library.unlink()
        shutil.copytree(sysconfig.get_path("stdlib"), target / "Lib", ignore=LEFT_OUT)
    else:
        with zipfile.ZipFile(archive) as package:
            library.write_bytes(package.read(library.name))
