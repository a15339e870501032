"""Brings a Python for Windows: its libraries, and its standard library compiled.

Without an archive it is the one in a wheel of panda3d, the only Windows Python that the registry of
Python packages has: good for trying things. What is published is made with the "embeddable package"
of python.org (`build.sh --python ZIP`), which is the same with all its repairs.
"""

from __future__ import annotations

import io
import shutil
import sys
import sysconfig
import tempfile
import zipfile
from importlib.util import MAGIC_NUMBER
from pathlib import Path

from contents import STANDARD_LIBRARY_LEFT_OUT
from files import TOO_OLD_FOR_ZIP, compiled, run, uv
from pe import Image

NAME = f"python{sys.version_info.major}{sys.version_info.minor}"
"""Of its DLL; the same version as the Python that compiles for it."""

PANDA = (
    "panda3d==1.10.16 --hash=sha256:"
    "37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"
)
PANDA_HAS = (3, 11)
LEFT_OUT = {
    *("_msi.pyd", "_tkinter.pyd", "tcl86t.dll", "tk86t.dll", "winsound.pyd"),
    *("_testcapi.pyd", "_testinternalcapi.pyd", "python.exe", "pythonw.exe"),
}


def bring(target: Path, archive: Path | None) -> None:
    """Put Python's libraries and its standard library into a folder.

    Raises ValueError with a sentence when the archive holds no Python, or one of another version.
    """
    target.mkdir(parents=True, exist_ok=True)
    if archive is None:
        _from_wheel(target)
    else:
        _from_archive(target, archive)
    _bring_forwarder(target)


def _from_archive(target: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive) as package:
        names = package.namelist()
        if f"{NAME}.dll" not in names or f"{NAME}.zip" not in names:
            raise ValueError(
                f"{archive.name} is no embeddable package of Python {NAME[6]}.{NAME[7:]}, the "
                "version that runs this; take the same version of both"
            )
        for name in names:
            if _is_wanted(name):
                (target / name).write_bytes(package.read(name))
        with zipfile.ZipFile(io.BytesIO(package.read(f"{NAME}.zip"))) as library:
            modules = {name: library.read(name) for name in library.namelist()}
    wrong = [name for name, code in modules.items() if code[:4] != MAGIC_NUMBER]
    if wrong:
        raise ValueError(f"{archive.name}: {wrong[0]} is compiled for another Python")
    _write_library(target, modules)


def _from_wheel(target: Path) -> None:
    if sys.version_info[:2] != PANDA_HAS:
        raise ValueError("with a Python other than 3.11, --python ZIP must name one for Windows")
    with tempfile.TemporaryDirectory() as place:
        wanted = Path(place, "wanted.txt")
        wanted.write_text(PANDA + "\n")
        uv_install(Path(place, "wheel"), wanted, "--no-deps")
        for path in Path(place, "wheel", "deploy_libs").iterdir():
            if _is_wanted(path.name):
                shutil.copyfile(path, target / path.name)
    source = Path(sysconfig.get_path("stdlib"))
    modules = {
        path.relative_to(source).with_suffix(".pyc").as_posix(): compiled(path, source)
        for path in sorted(source.rglob("*.py"))
        if not path.name.startswith("_sysconfigdata") and _is_top_wanted(path.relative_to(source))
    }
    _write_library(target, modules)


def uv_install(target: Path, wanted: Path, *options: str) -> None:
    """Install what a file of requirements asks for, as it is for Windows; hashes must fit."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    run(
        *(uv(), "pip", "install", "-q", "--python-version", version, "--only-binary", ":all:"),
        *("--python-platform", "x86_64-pc-windows-msvc", "--require-hashes", *options),
        *("--target", target, "-r", wanted),
    )


def _is_wanted(name: str) -> bool:
    is_library = name.lower().endswith((".dll", ".pyd")) and "/" not in name
    # Windows 10 has the C library itself; that of C++ comes with Qt, and is newer.
    of_windows = name.lower().startswith(("api-ms-win-", "vcruntime", "ucrtbase"))
    return is_library and not of_windows and name not in LEFT_OUT


def _is_top_wanted(path: Path) -> bool:
    top = path.parts[0]
    return not top.startswith("config-") and top.removesuffix(".py") not in (
        STANDARD_LIBRARY_LEFT_OUT
    )


def _write_library(target: Path, modules: dict[str, bytes]) -> None:
    """Stored and not compressed: it starts faster, and the installer compresses it anyway."""
    with zipfile.ZipFile(target / f"{NAME}.zip", "w", zipfile.ZIP_STORED) as library:
        for name in sorted(modules):
            if _is_top_wanted(Path(name).with_suffix("")):
                library.writestr(zipfile.ZipInfo(name, TOO_OLD_FOR_ZIP), modules[name])


def _bring_forwarder(target: Path) -> None:
    """python3.dll, by which PySide6 finds any Python 3; the wheel has none."""
    if (target / "python3.dll").exists():
        return
    python = Image((target / f"{NAME}.dll").read_bytes())
    names = [one for one in python.exports() if one.startswith(("Py", "_Py"))]
    with tempfile.TemporaryDirectory() as place:
        definition, source = Path(place, "python3.def"), Path(place, "python3.c")
        lines = (f"  {name} = {NAME}.{name}" for name in names)
        definition.write_text("\n".join(("LIBRARY python3", "EXPORTS", *lines)) + "\n")
        source.write_text("int DllMainCRTStartup(void *a, unsigned b, void *c) { return 1; }\n")
        run(
            *("x86_64-w64-mingw32-gcc", "-shared", "-nostdlib", "-s", "-e", "DllMainCRTStartup"),
            *("-Wl,--no-insert-timestamp", "-o", target / "python3.dll", source, definition),
        )
