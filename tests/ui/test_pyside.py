"""What the import of PySide6 leaves behind."""

from __future__ import annotations

import subprocess
import sys

CHILD = """
import builtins, sys
before = builtins.__import__
from tchat_desktop.start import pyside
pyside.load()
from tchat_desktop.start import window
print("PySide6.QtCore" in sys.modules, builtins.__import__ is before)
"""


def test_modules_are_imported_by_python_s_own_import() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["True", "True"]
