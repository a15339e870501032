"""What goes into a packaged app of Qt, of Babel and of the other libraries: one table for all.

The folder assembled for Windows (`packaging/windows/`) takes of the libraries every file that
`is_wanted` says yes to; for Linux and macOS, `tchat.spec` asks it about what PyInstaller collected.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from pkgutil import iter_modules

from tchat_desktop.domain.languages import LANGUAGES, SCREEN_LANGUAGES

CODES = tuple(one.code for one in LANGUAGES)
"""Dates and numbers are there in every language of the app."""

QT_CODES = tuple(one.code for one in SCREEN_LANGUAGES)
"""Qt's own texts are there in those that the screens speak."""

QT = {"Core", "Gui", "Widgets", "Network", "Svg"}
"""Qt's libraries in every app; Svg for the plugin that reads our icons."""

QT_OF_SYSTEM = {
    "so": {"DBus", "OpenGL", "XcbQpa", "WaylandClient", "WlShellIntegration"},
    "framework": {"DBus"},
}
"""What more there is by the kind of library: for X11 and Wayland; and for QtGui of macOS."""

PYSIDE = {"Core", "Gui", "Widgets", "Network"}
"""The modules of PySide6 the app imports."""

PLUGINS = {
    # The window; `offscreen` for `--self-test` and `--demo` without a screen.
    "platforms": {"windows", "cocoa", "xcb", "wayland", "wayland-egl", "offscreen", "minimal"},
    # Pictures people add, and our icons.
    "imageformats": {"gif", "jpeg", "webp", "svg", "ico"},
    "iconengines": {"svgicon"},
    "styles": {"macstyle"},
    "tls": {"schannelbackend", "securetransportbackend", "opensslbackend"},
}
"""Qt's plugins by their folder, without the "q" (and "lib") before their name."""

PLUGINS_WHOLE = {"xcbglintegrations", "platforminputcontexts"}
"""Folders of which every plugin collected is taken; so are those of Wayland."""

PYSIDE_LEFT_OUT = {
    *("Assistant.app", "Designer.app", "Linguist.app", "doc", "glue", "include", "lib"),
    *("metatypes", "qml", "resources", "scripts", "typesystems"),
}
"""Folders for people who write programs with PySide6."""

LEFT_OUT_ANYWHERE = {"tests", "__pycache__", "yaml", "bin", "include", "share"}
"""Folders no library needs to work."""

SUFFIXES_LEFT_OUT = {".a", ".c", ".exe", ".h", ".hpp", ".lib", ".pyi", ".pyx", ".typed", ".pth"}

LIBRARIES_LEFT_OUT = {
    # A graphics card in software: the app draws without one. And plugins Windows has better of.
    *("opengl32sw.dll", "qminimal.dll", "qopensslbackend.dll", "qtvirtualkeyboardplugin.dll"),
    # Of the C++ run time, what only other programs use.
    *("concrt140.dll", "msvcp140_codecvt_ids.dll", "vcamp140.dll", "vccorlib140.dll"),
    "vcomp140.dll",
    # Collected for a theme of GTK that is not brought along.
    *("libgdk-3.so.0", "libgtk-3.so.0", "libgdk_pixbuf-2.0.so.0"),
}

STANDARD_LIBRARY_LEFT_OUT = {
    *("ensurepip", "idlelib", "lib2to3", "pydoc", "pydoc_data", "test", "tkinter", "turtle"),
    *("turtledemo", "unittest", "venv", "lib-dynload", "site-packages", "__pycache__"),
    *("curses", "distutils", "doctest", "__phello__", "__hello__", "antigravity", "this"),
    *("_aix_support", "_osx_support", "crypt", "pty", "tty", "_pyrepl"),
}
"""Modules of Python, by their top name, that neither the app nor its libraries import."""

EXCLUDED = [
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtQuickControls2"),
    *("PySide6.QtSql", "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtTest"),
    *("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtUiTools", "PySide6.QtXml"),
    *("tkinter", "unittest", "pydoc", "yaml", "pytest", "setuptools", "pkg_resources"),
    # What lxml has for tests, and what comes with it.
    *("lxml.doctestcompare", "doctest", "pdb"),
]
"""Modules PyInstaller must not follow."""

DISTRIBUTIONS_ASKED = {"holidays", "keyring"}
"""Libraries that are asked about at run time (their version, their entry points), and so keep their
metadata."""

_LIBRARY = re.compile(r"(?:lib)?Qt6?([A-Z]\w*?)(\.abi3)?\.(dll|pyd|so|dylib|framework)\b")
"""A library of Qt or a module of PySide6 (".pyd", ".abi3"): its name, and its kind."""


def is_wanted(name: str) -> bool:
    """Whether a file of a library goes in; by its path in the folder of all libraries."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.suffix in SUFFIXES_LEFT_OUT or path.name == ".lock" or path.name in LIBRARIES_LEFT_OUT:
        return False
    folders = path.parts[:-1]
    if LEFT_OUT_ANYWHERE.intersection(folders):
        return False
    if path.parent.name == "locale-data":
        return path.stem == "root" or path.stem.split("_")[0] in CODES
    if path.suffix in (".mo", ".po") and "holidays" in folders:
        # In the folder of a language: "holidays/locale/fr_SN/LC_MESSAGES".
        return path.suffix == ".mo" and path.parent.parent.name.split("_")[0] in CODES
    if "PySide6" in folders:
        return _is_wanted_of_qt(path)
    return True


def modules_of(package: str) -> list[str]:
    """The modules of a package that finds them by name at run time."""
    within = importlib.import_module(package)
    return [f"{package}.{one.name}" for one in iter_modules(within.__path__)]


def left(collected: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """What goes in of what PyInstaller collected: name, source and kind of each file.

    Of links only those to what goes in, for macOS signs no broken one.
    """
    kept = [one for one in collected if is_wanted(one[0])]
    names = {one[0] for one in kept}
    return [
        one
        for one in kept
        if one[2] != "SYMLINK"
        or os.path.normpath(os.path.join(os.path.dirname(one[0]), one[1])) in names
    ]


def _is_wanted_of_qt(path: PurePosixPath) -> bool:
    inside = path.parts[path.parts.index("PySide6") + 1 :]
    # On Linux and macOS Qt lies a folder further down, its libraries in "lib".
    if inside[0] in PYSIDE_LEFT_OUT or (
        inside[0] == "Qt" and inside[1] in PYSIDE_LEFT_OUT - {"lib"}
    ):
        return False
    if path.suffix == ".qm":
        return path.stem in {f"qtbase_{code}" for code in QT_CODES}
    if "plugins" in inside:
        return _is_wanted_plugin(path)
    library = next((found for part in inside if (found := _LIBRARY.match(part))), None)
    if library is None:
        return "pyside6qml" not in path.name
    of_system = QT_OF_SYSTEM.get(library[3], set())
    if library[3] == "pyd" or library[2]:
        return library[1] in PYSIDE | (of_system & {"DBus"})
    return library[1] in QT | of_system


def _is_wanted_plugin(path: PurePosixPath) -> bool:
    folder = path.parent.name
    if "virtualkeyboard" in path.name:  # it stands on Qt's QML
        return False
    if folder in PLUGINS_WHOLE or folder.startswith("wayland"):
        return True
    return path.name.split(".")[0].removeprefix("lib").removeprefix("q") in PLUGINS.get(folder, ())
