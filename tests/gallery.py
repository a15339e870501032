"""python -m tests.gallery OUT: every screen in every language, light and dark, 100 % and 200 %.

Two chats are shown: the example after a rehearsal, and one that was only just begun.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tchat_desktop import i18n
from tchat_desktop.app import App
from tchat_desktop.domain.chat import Chat, new_id
from tchat_desktop.domain.guide import STEPS, StepId
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.ui import theme

LOOKS = {"light": theme.LIGHT, "dark": theme.DARK}
SIZE = (1366, 728)
"""A small laptop's screen less its task bar."""

SETTLE_MS = 350
"""Pages ask for what was collected in the background; the picture waits for it."""


class Gallery:
    """Puts one screen after another in front of the camera."""

    def __init__(self, app: App, out: Path) -> None:
        self._app = app
        self._out = out
        self.taken = 0

    def settle(self, ms: int = SETTLE_MS) -> None:
        """Let the window do what it has to."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def until(self, signal: object, act: Callable[[], object]) -> None:
        """Do something and wait for what it brings about."""
        loop = QEventLoop()
        signal.connect(loop.quit)  # type: ignore[attr-defined]
        QTimer.singleShot(60_000, loop.quit)
        act()
        loop.exec()

    def take(self, name: str) -> None:
        """Take the picture."""
        self._app.window.grab().save(str(self._out / f"{name}.png"))
        self.taken += 1

    def looks(self, languages: list[str], scales: list[float]) -> list[tuple[str, str, float]]:
        """Every look: language, colours, text scale."""
        return [(code, look, size) for code in languages for look in LOOKS for size in scales]

    def wear(self, look: tuple[str, str, float]) -> str:
        """Put on a look; returns its name for files."""
        code, colours, size = look
        i18n.activate(code)
        theme.apply(LOOKS[colours], size)
        self._app.window.rebuild()
        self._app.window.resize(*SIZE)
        return f"{code}-{colours}-{round(size * 100)}"

    def chat(self, kind: str, steps: tuple[StepId, ...]) -> None:
        """Take every step of the chat that is open."""
        workspace = self._app.window.workspace
        assert workspace is not None
        for step in steps:
            workspace.open_step(step)
            self.settle()
            self.take(f"{kind}-{STEPS.index(step) + 1:02d}-{step.value}")


def main() -> int:
    """Take every picture; print how many."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery")
    parser.add_argument("out", type=Path)
    parser.add_argument("--lang", nargs="*", default=[one.code for one in i18n.LANGUAGES])
    parser.add_argument("--scale", nargs="*", type=float, default=[1.0, 2.0])
    parser.add_argument("--look", nargs="*", default=list(LOOKS))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    qt = QApplication([])
    qt.setStyle("Fusion")
    with tempfile.TemporaryDirectory() as folder:
        app = App(qt, Path(folder), "fr")
        app.rehearsal_speed = 300.0
        gallery = Gallery(app, options.out)
        app.window.show()
        app.start()
        assert app.window.home is not None
        gallery.until(app.window.example_opened, app.window.home.example_wanted.emit)
        assert app.window.session is not None
        gallery.until(app.bridge.hour_ended, app.window.session.start_rehearsal)
        example = app.window.session.editor.chat
        begun = Chat(id=new_id(), topic="", time_zone="Africa/Dakar")
        app.place().chats.save(begun, SystemClock().now())
        for look in gallery.looks(options.lang, options.scale):
            if look[1] not in options.look:
                continue
            for kind, chat in (("example", example), ("begun", begun)):
                app.window.open_chat(chat)
                name = gallery.wear(look)
                gallery.chat(f"{name}-{kind}", STEPS)
            app.window.go_home()
            gallery.settle()
            gallery.take(f"{name}-home")
            print(f"{name}: {gallery.taken} pictures so far", flush=True)
        app.close()
    print(f"{gallery.taken} pictures in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
