"""Which libraries of a Linux system Qt needs and does not find, and how to install them there.

python -m tchat_desktop.platform.system_libraries

ends with 1, and the command to give, when some are missing.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shlex
import sys
from collections.abc import Iterable

ALWAYS = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl", "libglvnd", "libglvnd"),
    "libGL.so.1": ("libgl1", "libglvnd-glx", "libglvnd", "libglvnd"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2", "glib2", "libglib-2_0-0"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2", "krb5-libs", "krb5", "krb5"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs", "dbus", "libdbus-1-3"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig", "fontconfig", "libfontconfig1"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon", "libxkbcommon", "libxkbcommon0"),
}
"""What Qt is linked to: the file, and its package at Debian, Fedora, Arch and openSUSE."""

WITH_A_SCREEN = {
    "libxkbcommon-x11.so.0": (
        "libxkbcommon-x11-0",
        "libxkbcommon-x11",
        "libxkbcommon-x11",
        "libxkbcommon-x11-0",
    ),
    "libxcb-cursor.so.0": (
        "libxcb-cursor0",
        "xcb-util-cursor",
        "xcb-util-cursor",
        "libxcb-cursor0",
    ),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm", "libxcb-icccm4"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image", "xcb-util-image", "libxcb-image0"),
    "libxcb-keysyms.so.1": (
        "libxcb-keysyms1",
        "xcb-util-keysyms",
        "xcb-util-keysyms",
        "libxcb-keysyms1",
    ),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb", "libxcb", "libxcb-randr0"),
    "libxcb-render-util.so.0": (
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
        "libxcb-render-util0",
    ),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb", "libxcb", "libxcb-render0"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb", "libxcb", "libxcb-shm0"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb", "libxcb", "libxcb-sync1"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb", "libxcb", "libxcb-xfixes0"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb", "libx11", "libX11-xcb1"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb", "libxcb", "libxcb-shape0"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb", "libxcb", "libxcb-xkb1"),
}
"""What a window under X11 needs besides."""

SYSTEMS = (
    (("debian", "ubuntu"), "sudo apt install"),
    (("fedora", "rhel"), "sudo dnf install"),
    (("arch",), "sudo pacman -S"),
    (("suse", "opensuse"), "sudo zypper install"),
)
"""The families of systems by the name they give themselves (os-release), in the order above."""

MESSAGE = "This system lacks libraries that Qt needs: {files}.\n{remedy}"
UNKNOWN_SYSTEM = "Install the packages of your system that hold these files, then start again."


def missing_libraries(files: Iterable[str]) -> list[str]:
    """Those of the library files that this system does not find."""
    return [file for file in files if not _loads(file)]


def message(files: list[str], system: dict[str, str]) -> str:
    """What to tell about missing library files; `system` is the content of os-release."""
    names = {system.get("ID", ""), *system.get("ID_LIKE", "").split()}
    known = {**ALWAYS, **WITH_A_SCREEN}
    remedy = UNKNOWN_SYSTEM
    for column, (family, command) in enumerate(SYSTEMS):
        if names & set(family):
            packages = dict.fromkeys(known[file][column] for file in files)
            remedy = f"{command} {shlex.join(packages)}"
            break
    return MESSAGE.format(files=", ".join(files), remedy=remedy)


def needed() -> list[str]:
    """The library files that Qt needs here: more where there is a screen."""
    return [*ALWAYS, *(WITH_A_SCREEN if os.environ.get("DISPLAY") else ())]


def this_system() -> dict[str, str]:
    """What this system says of itself; empty where it says nothing."""
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def told() -> str:
    """What is missing here and how to get it; empty when nothing is."""
    absent = missing_libraries(needed()) if sys.platform == "linux" else []
    return message(absent, this_system()) if absent else ""


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def main() -> int:
    """Tell what is missing; 0 when nothing is."""
    words = told()
    if words:
        print(words, file=sys.stderr)
    return 1 if words else 0


if __name__ == "__main__":
    sys.exit(main())
