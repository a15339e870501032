"""From the start of the process to the first paint and to the home screen, beside a bare window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from benchmarks import report

RUNS = 15

BARE = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            print(time.time(), flush=True)
            QTimer.singleShot(0, QApplication.instance().quit)
        return False

app = QApplication(sys.argv)
window = QMainWindow()
label = QLabel("Bonjour")
window.setCentralWidget(label)
watch = Watch()
label.installEventFilter(watch)
window.resize(1280, 800)
window.show()
app.exec()
"""

OURS = """
import os, sys, time
from tchat_desktop import __main__
options = __main__.parse(["--data-dir", sys.argv[1], "--lang", "fr"])
painted = lambda: (print(time.time(), flush=True), os._exit(0))
__main__.start(options, **{sys.argv[2]: painted})
"""


def painted(code: str, *arguments: str) -> float:
    """Milliseconds from the spawn of a process to the paint it reports."""
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        # As on a person's laptop: compiled modules are kept from one start to the next.
        env={k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
    )
    return (float(done.stdout.split()[0]) - began) * 1e3


def run() -> bool:
    """Print the figures; whether the goal is met."""
    print(f"start to paint ({os.environ['QT_QPA_PLATFORM']}, {RUNS} runs each, in turns)")
    bare: list[float] = []
    first: list[float] = []
    home: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(RUNS + 1):
            times = (
                painted(BARE),
                painted(OURS, folder, "first_paint"),
                painted(OURS, folder, "home_painted"),
            )
            # The first turn reads from disk, and compiles what was changed.
            if turn:
                for values, one in zip((bare, first, home), times, strict=True):
                    values.append(one)
    report.line("bare PySide6 window", bare, "ms")
    report.line("first paint: the window", first, "ms")
    report.line("the home screen in it", home, "ms")
    report.ratio("the home screen, median of pairs", home, bare)
    return report.goal("first paint, median of pairs", report.ratio_of(first, bare), 1.35)
