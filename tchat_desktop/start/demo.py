"""The demonstration (`--demo`): goes through the guide with the example chat and takes pictures."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import Mark, Marking
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.step_states import Stage
from tchat_desktop.domain.steps import STEPS, StepId
from tchat_desktop.services.events import HourEnded, OutboxChanged, PostsArrived
from tchat_desktop.start import pages
from tchat_desktop.start.window import App
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.shell.main_window import MainWindow

_SPEED = 240.0
"""How much faster than real time the hour runs: it takes 15 seconds."""

STARRED_EACH = 4
"""One of this many answers becomes a highlight."""


def run_demo(qt: QApplication, options: argparse.Namespace) -> int:
    """Run the demonstration and return the exit code.

    Unless another data directory is given, it uses a temporary one, and never the keyring.
    """
    out = options.out or Path("out")
    with tempfile.TemporaryDirectory() as folder:
        kept_in = options.data_dir or Path(folder)
        app = App(qt, kept_in, options.lang or "fr", options.x_api_url, MemoryVault())
        app.rehearsal_speed = _SPEED

        def write(chat_id: str) -> tuple[Path, ...]:
            return pages.write_demo(chat_id, out, app.outside())

        pause = 200 if qt.platformName() == "offscreen" else 1500
        demo = Demo(app.window, app.bridge, out, partial(print, flush=True), write, pause)
        demo.finished.connect(qt.exit)
        app.window.show()
        app.start()
        demo.start()
        code = qt.exec()
        app.close()
    return code


class Demo(QObject):
    """Walks through the guide in the window as a person would.

    `say` is called with a line at each step; `write` writes the files of a chat; `finished` is
    emitted with the exit code.
    """

    finished = Signal(int)

    def __init__(
        self,
        window: MainWindow,
        bridge: Bridge,
        out: Path,
        say: Callable[[str], None],
        write: Callable[[str], Sequence[Path]],
        pause_ms: int,
    ) -> None:
        super().__init__()
        self._window = window
        self._bridge = bridge
        self._out = out
        self._say = say
        self._write = write
        self._pause = pause_ms
        self._answers = 0
        self._pictures = 0
        self._sent: set[str] = set()
        self._ended = False
        bridge.posts_arrived.connect(self._on_posts_arrived)
        bridge.outbox_changed.connect(self._on_outbox_changed)
        bridge.hour_ended.connect(self._on_hour_ended)

    def start(self) -> None:
        """Begin at the home screen; returns at once."""
        (self._out / "screens").mkdir(parents=True, exist_ok=True)
        self._later(self._home)

    def _later(self, act: Callable[[], None], ms: int | None = None) -> None:
        QTimer.singleShot(self._pause if ms is None else ms, self, act)

    def _picture(self, name: str) -> None:
        self._pictures += 1
        path = self._out / "screens" / f"{self._pictures:02d}-{name}.png"
        self._window.grab().save(str(path))
        self._say(f"screen  {path}")

    def _picture_and_go_on(self, step: StepId, act: Callable[[], None]) -> None:
        self._picture(step.value)
        self._later(act, 0)

    def _home(self) -> None:
        self._picture("home")
        self._window.example_opened.connect(self._on_example_opened)
        assert self._window.home is not None
        self._window.home.example_wanted.emit()

    def _on_example_opened(self) -> None:
        self._steps = [step for step in STEPS if step.stage is Stage.BEFORE]
        self._later(self._next_step)

    def _next_step(self) -> None:
        if not self._steps:
            self._later(self._rehearse)
            return
        step = self._steps.pop(0)
        self._open(step)
        self._later(partial(self._picture_and_go_on, step, self._next_step))

    def _open(self, step: StepId) -> None:
        assert self._window.workspace is not None
        self._window.workspace.open_step(step)

    def _rehearse(self) -> None:
        self._say("rehearsal: one hour, accelerated, nothing leaves this computer")
        assert self._window.session is not None
        self._window.session.start_rehearsal()
        self._open(StepId.HOUR)
        self._later(self._during, 6000)

    def _during(self) -> None:
        if not self._ended:
            self._picture("hour")
            self._later(self._during, 6000)

    def _on_posts_arrived(self, event: PostsArrived) -> None:
        session = self._window.session
        hour = session.hour(Occasion.REHEARSAL) if session else None
        if hour is None:
            return
        for post in event.posts:
            if post.starred or not post.question_id:
                continue
            self._answers += 1
            if self._answers % STARRED_EACH == 1:
                hour.mark(Marking(post.post.id, Mark.STARRED, True))

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        # Each post is said once; one of unknown outcome may be confirmed after later ones.
        for row in event.rows:
            if row.state is PostState.SENT and row.id not in self._sent:
                self._sent.add(row.id)
                self._say(f"posted  {row.label}: {row.text[:60]}…".replace("\n", " "))

    def _on_hour_ended(self, _event: HourEnded) -> None:
        if not self._ended:
            self._ended = True
            self._say(f"rehearsal over: {len(self._sent)} posts, {self._answers} answers")
            self._later(self._after)

    def _after(self) -> None:
        self._picture("hour-over")
        self._steps = [step for step in STEPS if step.stage is Stage.AFTER]
        self._later(self._next_after)

    def _next_after(self) -> None:
        if not self._steps:
            self._keep()
            return
        step = self._steps.pop(0)
        self._open(step)
        # The page reads the collected posts in the background.
        self._later(partial(self._picture_and_go_on, step, self._next_after), max(self._pause, 700))

    def _keep(self) -> None:
        session = self._window.session
        assert session is not None

        def write() -> Sequence[Path]:
            session.flush()
            return self._write(session.editor.chat.id)

        self._bridge.run(self, write, self._on_written, self._on_failed)

    def _on_written(self, paths: Sequence[Path]) -> None:
        for path in paths:
            self._say(f"written {path} ({path.stat().st_size} bytes)")
        self._window.go_home()
        self._later(self._end, 400)

    def _end(self) -> None:
        self._picture("home-after")
        self.finished.emit(0)

    def _on_failed(self, error: Exception) -> None:
        self._say(f"failed: {error!r}")
        self.finished.emit(1)
