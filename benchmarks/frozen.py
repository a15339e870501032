"""The packaged app beside a bare PySide6 window packaged the same way: size, and start to paint.

Both are made in this run as packaging/linux/packages.py makes the app: by PyInstaller, pruned by
packaging/contents.py, without what a person's own system gives. Neither is changed to be measured:
Qt itself logs when a window is painted.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import report

HERE = Path(__file__).resolve().parent
RUNS = 15
MB = 1e6
PAINTING = {"QT_LOGGING_RULES": "qt.widgets.painting.info=true"}
PATIENCE = 60.0
"""Seconds a start may take."""


def run() -> bool:
    """Print the figures; whether the goals are met."""
    lacking = lacks()
    if lacking:
        print(f"not measured, this is not here: {', '.join(lacking)}")
        return False
    sys.path[:0] = [str(HERE.parent / "packaging" / "linux")]
    import packages

    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        bare = packages.frozen(work, HERE / "bare.spec", "bare")
        ours = packages.frozen(work)
        for folder in (bare, ours):
            packages.slim(folder)
        return all([*sizes(bare, ours, work), starts(bare, ours, work)])


def lacks() -> list[str]:
    """What is needed to package on this machine and is not here."""
    found = [] if sys.platform == "linux" else ["Linux"]
    if importlib.util.find_spec("PyInstaller") is None:
        found.append("PyInstaller (uv sync --group freeze)")
    return found + [one for one in ("strip", "ldd", "tar", "xz") if shutil.which(one) is None]


def sizes(bare: Path, ours: Path, work: Path) -> list[bool]:
    """Print what the folders take on disk, and packed as the download is."""
    print("size of the packaged app")
    unpacked = [size(folder) / MB for folder in (bare, ours)]
    packed = [packed_size(folder, work) / MB for folder in (bare, ours)]
    for name, whole, small in zip(
        ("bare PySide6 window", "the app"), unpacked, packed, strict=True
    ):
        print(f"  {name:<38} {whole:9.1f} MB   packed {small:9.1f} MB")
    return [
        report.goal("ratio of the folders", unpacked[1] / unpacked[0], 1.20),
        report.goal("the download", packed[1], 45, " MB"),
    ]


def size(folder: Path) -> int:
    """Bytes of all files."""
    return sum(path.lstat().st_size for path in folder.rglob("*"))


def packed_size(folder: Path, work: Path) -> int:
    """Bytes of the folder packed as the portable download is."""
    archive = work / f"{folder.name}.tar.xz"
    command = ["tar", "-c", "-I", "xz -T0", "-f", str(archive), "-C", str(folder.parent)]
    subprocess.run([*command, folder.name], check=True)
    return archive.stat().st_size


def starts(bare: Path, ours: Path, work: Path) -> bool:
    """Print how long they take until they are painted."""
    print(f"its start to paint ({os.environ['QT_QPA_PLATFORM']}, {RUNS} runs each, in turns)")
    floor: list[float] = []
    first: list[float] = []
    home: list[float] = []
    arguments = ["--data-dir", str(work / "data"), "--lang", "fr"]
    for turn in range(RUNS + 1):
        times = (
            *painted([str(bare / bare.name)], ("QMainWindow",)),
            *painted([str(ours / ours.name), *arguments], ("MainWindow", "Home")),
        )
        # The first turn reads from disk.
        if turn:
            for values, one in zip((floor, first, home), times, strict=True):
                values.append(one)
    report.line("bare PySide6 window", floor, "ms")
    report.line("first paint: the window", first, "ms")
    report.line("the home screen in it", home, "ms")
    report.ratio("the home screen, median of pairs", home, floor)
    return report.goal("first paint, median of pairs", report.ratio_of(first, floor), 1.35)


def painted(command: Sequence[str], widgets: Sequence[str]) -> list[float]:
    """Milliseconds until widgets of these classes are on screen, one after another.

    Raises TimeoutError where they are not.
    """
    times: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        environment = {**os.environ, **PAINTING, "HOME": home, "XDG_CONFIG_HOME": home}
        with subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, env=environment
        ) as process:
            assert process.stderr is not None
            late = threading.Timer(PATIENCE, process.kill)
            late.start()
            drawn = False
            for line in process.stderr:
                now = time.perf_counter()
                drawn = drawn or (f" of {widgets[len(times)]}(" in line and "Drawing " in line)
                if drawn and "Flushing " in line:
                    times.append((now - began) * 1e3)
                    drawn = False
                    if len(times) == len(widgets):
                        break
            late.cancel()
            process.kill()
    if len(times) < len(widgets):
        raise TimeoutError(f"{command[0]} did not paint {widgets[len(times)]}")
    return times
