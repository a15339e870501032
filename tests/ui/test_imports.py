"""Nothing of Qt is imported off the GUI thread: see ui.imports for what came of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tchat_desktop.start.imports import ahead

CHILD = """
import builtins, sys, threading
from tchat_desktop import __main__
from tchat_desktop.start import pyside

elsewhere = set()
plain = builtins.__import__

def watching(name, *others, **more):
    if name.startswith("PySide6") and threading.current_thread() is not threading.main_thread():
        elsewhere.add(name)
    return plain(name, *others, **more)

def painted():
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    timer = QTimer(QApplication.instance())
    timer.timeout.connect(lambda: there() and QApplication.quit())
    timer.start(5)

def there():
    return {"tchat_desktop.start.data_directory", "tchat_desktop.start.steps"} <= sys.modules.keys()

pyside.load()
builtins.__import__ = watching
code = __main__.start(__main__.parse(["--data-dir", sys.argv[1]]), painted)
print("imported elsewhere:", *sorted(elsewhere))
sys.exit(code)
"""


def test_the_start_imports_nothing_of_qt_on_another_thread(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "imported elsewhere:\n"), done.stderr


def test_the_last_portion_has_no_page_left_to_import() -> None:
    child = f"""
import importlib, sys
from tchat_desktop.start import pyside
pyside.load()
from tchat_desktop.start import imports, window
for name in imports.ahead()[:-1]:
    importlib.import_module(name)
before = set(sys.modules)
importlib.import_module({ahead()[-1]!r})
print(*sorted(one for one in set(sys.modules) - before if one.startswith("tchat_desktop.ui")))
"""
    done = subprocess.run(
        [sys.executable, "-c", child], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []


def test_the_first_paint_waits_for_neither_the_network_nor_the_data() -> None:
    child = """
import sys
from tchat_desktop.start import pyside
pyside.load()
import tchat_desktop.start.window
print(*sorted(one for one in sys.modules if one.startswith("tchat_desktop.")))
"""
    done = subprocess.run(
        [sys.executable, "-c", child], capture_output=True, text=True, check=True, timeout=60
    )
    rooms = ("domain.x", "domain.run_sheet", "services.hour", "services.library")
    rooms += ("start.data_directory", "start.hours", "start.pages", "adapters.sqlite", "ui.pages")
    late = tuple(f"tchat_desktop.{room}" for room in rooms)
    assert [one for one in done.stdout.split() if one.startswith(late)] == []
