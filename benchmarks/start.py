"""From the start of the process to the first paint, beside a bare PySide6 window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

from benchmarks import report

RUNS = 9

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
from pathlib import Path
from tchat_desktop import __main__
options = __main__.parse(["--data-dir", sys.argv[1], "--lang", "fr"])
__main__.start(options, lambda: (print(time.time(), flush=True), os._exit(0)))
"""


def first_paint(code: str, *arguments: str) -> float:
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
    print(f"start to first paint ({os.environ['QT_QPA_PLATFORM']}, {RUNS} runs each, in turns)")
    bare: list[float] = []
    ours: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        first_paint(BARE)
        first_paint(OURS, folder)
        for _round in range(RUNS):
            bare.append(first_paint(BARE))
            ours.append(first_paint(OURS, folder))
    report.line("bare PySide6 window", bare, "ms")
    report.line("the home screen", ours, "ms")
    ratio = statistics.median(mine / floor for mine, floor in zip(ours, bare, strict=True))
    return report.goal("ratio of the medians of pairs", ratio, 1.35)
