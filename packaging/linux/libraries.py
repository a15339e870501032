"""Which libraries of the system a packaged app for Linux brings along, and which it asks for.

PyInstaller collects whatever the building machine has. What must fit with the drivers, the fonts
and the session of the person's own system is left to it, and the package names it; the small ones
that Qt needs and a system often lacks, and those of Python itself, go along.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

BROUGHT = re.compile(
    r"lib(python3\.\d+|ssl|crypto|sqlite3|ffi|bz2|lzma"
    r"|xcb-(cursor|icccm|image|keysyms|render-util|util)|xkbcommon-x11)\.so"
)
"""What goes along; libraries of Qt and PySide6 besides, which are links at that place."""

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libexpat.so.1": "libexpat1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""The package of Debian 12 and 13 that holds a library; newer names stand in for these there."""

OF_C = re.compile(r"(libc|libm|libdl|libpthread|librt|libutil|libresolv|ld-linux.*)\.so\.\d+")
"""Parts of the C library, whose package is asked for in the version the files were linked with."""

WAYLAND = re.compile(r"wayland|WlShell", re.IGNORECASE)
"""Files that only a session under Wayland loads; under X11 what they need is not needed."""


class UnknownLibrary(Exception):
    """A file needs a library that no package is known for; the text names both."""


def prune(folder: Path) -> list[str]:
    """Take out of a frozen folder what is left to the system; returns the names."""
    inside = folder / "_internal"
    left = [
        path
        for path in sorted(inside.glob("lib*.so*"))
        if not path.is_symlink() and not BROUGHT.match(path.name) and not _of_qt(path.name)
    ]
    for path in left:
        path.unlink()
    for link in inside.iterdir():
        if link.is_symlink() and not link.exists():
            link.unlink()
    return [path.name for path in left]


def depends(folder: Path) -> tuple[list[str], list[str]]:
    """The packages a frozen folder needs, and those it needs under Wayland only; sorted.

    Raises UnknownLibrary.
    """
    programs = [path for path in folder.rglob("*") if path.is_file() and _is_program(path)]
    there = {path.name for path in programs}
    always: set[str] = set()
    wayland: set[str] = set()
    newest = (0, 0)
    for path in programs:
        needed, version = asked(path)
        newest = max(newest, version)
        into = wayland if WAYLAND.search(str(path.relative_to(folder))) else always
        for name in needed - there:
            if OF_C.fullmatch(name):
                continue
            if name not in PACKAGES:
                raise UnknownLibrary(f"{path.relative_to(folder)} needs {name}")
            into.add(PACKAGES[name])
    always.add(f"libc6 (>= {newest[0]}.{newest[1]})")
    return sorted(always), sorted(wayland - always)


def _of_qt(name: str) -> bool:
    return name.startswith(("libQt6", "libpyside6", "libshiboken6", "libicu"))


def _is_program(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def asked(path: Path) -> tuple[set[str], tuple[int, int]]:
    """The libraries a file is linked to, and the newest version of the C library it asks for."""
    done = subprocess.run(["objdump", "-p", str(path)], check=True, capture_output=True, text=True)
    needed = set(re.findall(r"^\s+NEEDED\s+(\S+)", done.stdout, re.MULTILINE))
    versions = re.findall(r"\bGLIBC_(\d+)\.(\d+)", done.stdout)
    return needed, max(((int(one), int(two)) for one, two in versions), default=(0, 0))
