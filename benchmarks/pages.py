"""How long a switch from one page to the next takes, with the example chat."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks import report

ROUNDS = 12


def run() -> bool:
    """Print the figures; whether the goal is met."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from tchat_desktop.domain.steps import STEPS
    from tchat_desktop.start.window import App

    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        qt = QApplication([])
    qt.setStyle("Fusion")
    first: list[float] = []
    later: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        app = App(qt, Path(folder), "fr")
        app.window.show()
        app.start()
        loop = QEventLoop()
        app.window.example_opened.connect(loop.quit)
        home = app.window.home
        assert home is not None
        QTimer.singleShot(0, home.example_wanted.emit)
        loop.exec()
        workspace = app.window.workspace
        assert workspace is not None
        for turn in range(ROUNDS):
            for step in STEPS:
                began = time.perf_counter()
                workspace.open_step(step)
                QApplication.sendPostedEvents()
                workspace.page(step).repaint()
                (later if turn else first).append((time.perf_counter() - began) * 1e3)
        app.close()
    print("page switch, to the page painted")
    report.line("first time (page is made)", first, "ms")
    report.line("after that", later, "ms")
    return report.goal("p99", report.percentile(later, 0.99), 50, " ms")
