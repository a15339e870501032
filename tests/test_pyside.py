"""Is the PySide6 in use free of the fault that ends the process after some 5,000 calls?

On CPython 3.11 and older, PySide6 6.12.0 loses a reference to None at each call that returns
nothing, and the interpreter aborts. Short runs do not notice, so this one is long.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tchat_desktop.start import pyside

CALLS = 50_000

CHILD = f"""
import sys
from PySide6.QtCore import QCoreApplication, QObject
app, thing = QCoreApplication([]), QObject()
before = sys.getrefcount(None)
for turn in range({CALLS}):
    if thing.setObjectName("name") is not None:
        sys.exit("it returned something")
print(sys.getrefcount(None) - before)
"""


def test_calls_that_return_nothing_do_not_use_up_none() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CHILD],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    # A few references come and go by themselves; the fault took one a call.
    assert abs(int(done.stdout)) < CALLS // 100


def test_a_plugin_that_cannot_be_loaded_is_named_as_qt_would_end_the_process(
    tmp_path: Path,
) -> None:
    file = tmp_path / "libqxcb.so"
    file.write_bytes(b"\x7fELF, and then nothing")
    with pytest.raises(ImportError, match=r"libqxcb\.so"):
        pyside.load_plugin(file)


@pytest.mark.skipif(sys.platform != "linux", reason="Qt for X11 is of Linux")
@pytest.mark.parametrize(
    ("names", "looked"),
    [
        ({"DISPLAY": ":9"}, ["libqxcb.so"]),
        ({"DISPLAY": ":9", "WAYLAND_DISPLAY": "wayland-0"}, []),
        ({"DISPLAY": ":9", "QT_QPA_PLATFORM": "offscreen"}, []),
        ({}, []),
    ],
)
def test_the_plugin_for_a_screen_is_loaded_where_qt_will_take_it(
    monkeypatch: pytest.MonkeyPatch, names: dict[str, str], looked: list[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    loaded: list[Path] = []
    monkeypatch.setattr(pyside, "load_plugin", loaded.append)
    pyside.load_screen()
    assert [path.name for path in loaded] == looked
    assert all(path.is_file() for path in loaded)
