"""Nothing of Qt is imported off the GUI thread: see ui.imports for what came of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tchat_desktop.start.imports import ahead
from tchat_desktop.ui.tokens import LIGHT

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

OURS_AT_FIRST_PAINT = {
    *("adapters", "adapters.settings_file", "adapters.whole_file"),
    *("domain", "domain.folding", "domain.languages"),
    *("platform", "platform.console", "platform.paths", "platform.private"),
    *(
        "start",
        "start.application",
        "start.first_paint",
        "start.opening",
        "start.pyside",
        "start.second_start",
    ),
    *("ui", "ui.shell", "ui.shell.main_window", "ui.tokens", "ui.window_place"),
    *("wording", "wording.i18n", "__main__"),
}
"""What an empty window needs of us. Whatever is added here, everybody waits for at each start."""

OTHERS_AT_FIRST_PAINT = {"PySide6", "platformdirs", "shiboken6", "shibokensupport"}
"""Libraries that are not Python's own."""

MORE_FOR_HOME = {
    "domain.clean_text",
    *("platform.crash", "platform.logs", "services", "services.clock", "services.worker"),
    *("start.data_in_use", "start.kept_settings", "start.window"),
    *(
        "ui.bridge",
        "ui.icons",
        "ui.pointed_lately",
        "ui.shortcuts",
        "ui.theme",
        "ui.typed_lately",
        "ui.widgets",
        "wording.tone",
    ),
}
"""What the home screen needs besides, and the window around it: `ui.shell` and `ui.widgets`."""

PAINTED = """
import os, sys
from tchat_desktop import __main__

def painted():
    print(*sys.modules, flush=True)
    print(*vars(sys.modules["PySide6.QtCore"]), flush=True)
    os._exit(0)

when = {sys.argv[2]: painted}
__main__.start(__main__.parse(["--data-dir", sys.argv[1], "--lang", "fr"]), **when)
"""


def _loaded(folder: Path, when: str) -> tuple[set[str], set[str]]:
    """The modules there are at that moment, and the classes of QtCore that were used by then."""
    done = subprocess.run(
        [sys.executable, "-c", PAINTED, str(folder), when],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    modules, classes = (set(line.split()) for line in done.stdout.splitlines())
    return modules, classes


def _ours(modules: set[str]) -> set[str]:
    start = "tchat_desktop."
    return {one.removeprefix(start) for one in modules if one.startswith(start)}


def _libraries(modules: set[str]) -> set[str]:
    """Their top names; what the tools of this environment load by themselves is none of ours."""
    bare = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    top = {one.split(".")[0] for one in modules - set(bare.stdout.split())}
    return {one for one in top if one not in sys.stdlib_module_names and one[:1] != "_"}


def test_the_first_paint_waits_for_no_other_module(tmp_path: Path) -> None:
    modules, _classes = _loaded(tmp_path, "first_paint")
    assert _ours(modules) <= OURS_AT_FIRST_PAINT
    assert _libraries(modules) - {"tchat_desktop", "signature_bootstrap", "org"} <= (
        OTHERS_AT_FIRST_PAINT
    )


def test_the_first_paint_does_without_the_enumerations_of_qt(tmp_path: Path) -> None:
    _modules, classes = _loaded(tmp_path, "first_paint")
    assert "QObject" in classes
    # A hundred enumerations with a thousand members: the most costly name of PySide6.
    assert "Qt" not in classes


def test_the_home_screen_waits_for_no_other_module(tmp_path: Path) -> None:
    modules, _classes = _loaded(tmp_path, "home_painted")
    more = _ours(modules) - OURS_AT_FIRST_PAINT - MORE_FOR_HOME
    window = ("ui.shell.", "ui.widgets.", "ui.dialogs")
    assert {one for one in more if not one.startswith(window)} == set()
    assert not more & {"ui.shell.workspace", "ui.shell.rail", "ui.shell.chat_card"}


def test_the_window_has_its_ground_before_anything_is_in_it(tmp_path: Path) -> None:
    done = _end_of(
        tmp_path, "print(window.grab().toImage().pixelColor(9, 9).name(), flush=True), os._exit(0)"
    )
    assert done.stdout.strip() == LIGHT.sand, done.stderr


def _end_of(folder: Path, begin: str) -> subprocess.CompletedProcess[str]:
    """How a start ends in which `begin` is done once the empty window has been painted."""
    child = f"""
import os, sys
from tchat_desktop import __main__

def painted():
    from PySide6.QtWidgets import QApplication
    from tchat_desktop.ui.shell.main_window import MainWindow
    window, = QApplication.topLevelWidgets()
    {begin}

sys.exit(__main__.start(__main__.parse(["--data-dir", sys.argv[1]]), painted))
"""
    return subprocess.run(
        [sys.executable, "-c", child, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_window_that_cannot_be_furnished_is_not_left_empty(tmp_path: Path) -> None:
    done = _end_of(tmp_path, "MainWindow.furnish = None")
    assert done.returncode == 1
    assert "'NoneType' object is not callable" in done.stderr


def test_a_window_may_be_closed_before_anything_is_in_it(tmp_path: Path) -> None:
    done = _end_of(tmp_path, "window.close()")
    assert (done.returncode, done.stderr) == (0, "")


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
