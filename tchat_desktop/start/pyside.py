"""Imports PySide6 itself, before everything that uses it."""

from __future__ import annotations

import builtins


def load() -> None:
    """Import PySide6, then restore Python's own `__import__`, which it replaces.

    That of PySide6 reads the source of every module for `from __feature__ import …`, which is not
    used here, and so slows down all imports. Raises ImportError where a system library is missing.
    """
    plain_import = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = plain_import
