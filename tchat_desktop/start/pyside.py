"""Imports PySide6 itself, before everything that uses it."""

from __future__ import annotations

import builtins
import os
import sys
from pathlib import Path


def load() -> None:
    """Import PySide6, then restore Python's own `__import__`, which it replaces.

    That of PySide6 reads the source of every module for `from __feature__ import …`, which is not
    used here, and so slows down all imports. Raises ImportError where a system library is missing.
    """
    plain_import = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = plain_import


def load_screen() -> None:
    """Load Qt's plugin for a screen under X11, where there is one: Qt needs it a moment later.

    Raises ImportError where a system library is missing; Qt itself would end the process.
    """
    # Under Wayland Qt takes another one, and falls back by itself.
    others = ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform != "linux" or any(os.environ.get(name) for name in others):
        return
    if os.environ.get("DISPLAY"):
        from PySide6.QtCore import QLibraryInfo

        plugins = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
        load_plugin(Path(plugins, "platforms", "libqxcb.so"))


def load_plugin(file: Path) -> None:
    """Load a plugin of Qt. Raises ImportError, which names what is missing."""
    from PySide6.QtCore import QPluginLoader

    loader = QPluginLoader(str(file))
    if not loader.load():
        raise ImportError(loader.errorString())
