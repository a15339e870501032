"""The import of PySide6 itself, before everything that uses it."""

from __future__ import annotations

import builtins


def load() -> None:
    """Import PySide6, and leave Python's own import in place for what is imported after it.

    PySide6 puts another there, which reads the source of every module for a switch nobody uses
    here (`from __feature__ import …`). Raises ImportError where the system lacks a library.
    """
    plain_import = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = plain_import
