"""python -m tests.gallery OUT: every screen in every language, light and dark, 100 % and 200 %.

Two chats go through all the steps: the example after a rehearsal, and one that was only just
begun. Then the hour is shown from weeks before it until after it, in each of its states, and the
pages that stand for the browser in a rehearsal. With `--whole` the window is as high as its page,
with `--size 1024x600` as small as that screen.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain.chat import Chat, Occasion, Route, new_id
from tchat_desktop.domain.languages import SCREEN_LANGUAGES
from tchat_desktop.domain.steps import STEPS, StepId
from tchat_desktop.services.clock import RehearsalClock, SystemClock
from tchat_desktop.services.rehearsal_hour import RehearsalHour
from tchat_desktop.start.window import App
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.hour.page import CockpitPage
from tchat_desktop.ui.pages.rehearsing.message_page import MessagePage
from tchat_desktop.ui.pages.rehearsing.private_page import PrivatePage
from tchat_desktop.ui.pages.rehearsing.tag_page import TagPage
from tchat_desktop.ui.pages.rehearsing.window import FictitiousWindow
from tchat_desktop.wording import i18n
from tests.gallery_again import AgainStates
from tests.gallery_hour import HourStates

LOOKS = {"light": theme.LIGHT, "dark": theme.DARK}
SIZE = "1366x728"
"""A small laptop's screen less its task bar."""

KINDS = ("example", "begun", "home", "hours", "states", "again", "rehearsal")
"""What there is to see."""

SETTLE_MS = 350
"""Pages ask for what was collected in the background; the picture waits for it."""


HOURS = {
    "20-days-before": timedelta(days=20),
    "30-minutes-before": timedelta(minutes=30),
    "23-minutes-late": timedelta(minutes=-23),
    "the-day-after": timedelta(days=-1),
}
"""How long it is to the chat, as the page of the hour is opened."""


class NoBrowser(webbrowser.GenericBrowser):
    """Opens nothing, and says it did."""

    def __init__(self) -> None:
        super().__init__("nowhere")

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        return True


class Gallery:
    """Puts one screen after another in front of the camera."""

    def __init__(self, app: App, out: Path, whole: bool, size: tuple[int, int]) -> None:
        self._app = app
        self._out = out
        self._size = size
        self._whole = whole
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

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Take the picture of a window: of the app's, when no other is given."""
        if widget is None:
            widget = self._app.window
            self._heighten()
        widget.grab().save(str(self._out / f"{name}.png"))
        self._app.window.resize(*self._size)
        self.taken += 1

    def _heighten(self) -> None:
        workspace = self._app.window.workspace
        if not self._whole or workspace is None:
            return
        page = workspace.page(workspace.step)
        beyond = page.verticalScrollBar().maximum()
        self._app.window.resize(self._size[0], self._app.window.height() + beyond)
        self.settle(50)

    def looks(self, languages: list[str], scales: list[float]) -> list[tuple[str, str, float]]:
        """Every look: language, colours, text scale."""
        return [(code, look, size) for code in languages for look in LOOKS for size in scales]

    def wear(self, look: tuple[str, str, float]) -> str:
        """Put on a look; returns its name for files."""
        code, colours, size = look
        i18n.activate(code)
        theme.apply(LOOKS[colours], size)
        self._app.window.rebuild()
        self._app.window.resize(*self._size)
        return f"{code}-{colours}-{round(size * 100)}"

    def chat(self, kind: str, steps: tuple[StepId, ...]) -> None:
        """Take every step of the chat that is open."""
        workspace = self._app.window.workspace
        assert workspace is not None
        for step in steps:
            workspace.open_step(step)
            self.settle()
            self.take(f"{kind}-{STEPS.index(step) + 1:02d}-{step.value}")

    def hours(self, name: str, example: Chat) -> None:
        """Take the page of the hour from weeks before it until after it, closed and opened."""
        for when, ahead in HOURS.items():
            self._open_hour(example, ahead)
            self.take(f"{name}-hour-{when}")
            session = self._app.window.session
            assert session is not None
            session.start_live()
            self._cockpit().show_chat(session.editor.chat)
            self.settle(1500)
            self.take(f"{name}-hour-{when}-open")
            # Else the window would ask before it opens another chat.
            session.stop_hours()

    def rehearsal(self, name: str, example: Chat) -> None:
        """Take a rehearsal done by hand: the window, and the pages like a browser's."""
        self._open_hour(example, HOURS["20-days-before"])
        session, cockpit = self._app.window.session, self._cockpit()
        assert session is not None
        session.start_rehearsal()
        cockpit.show_occasion(Occasion.REHEARSAL)
        hour, pages = session.hour(Occasion.REHEARSAL), cockpit.fictitious
        assert isinstance(hour, RehearsalHour)
        self.until(self._app.bridge.page_opened, lambda: None)
        self.settle()
        self.take(f"{name}-rehearsal-asked")
        window = pages.window
        assert window is not None
        message = window.tabs.currentWidget()
        assert isinstance(message, MessagePage)
        self.take(f"{name}-pretend-message", window)
        message.post()
        self.settle()
        self.take(f"{name}-pretend-posted", window)
        window.close()
        self._public_speaks(hour)
        self.settle(1500)
        self.take(f"{name}-rehearsal-underway")
        pages.open_tag()
        self.settle()
        self.take(f"{name}-pretend-tag", window)
        self._write_privately(window)
        self.take(f"{name}-pretend-private", window)
        window.close()
        session.stop_hours()

    def _public_speaks(self, hour: RehearsalHour) -> None:
        while len(hour.x.under_tag()) < 5:
            hour.rehearsal_clock.run_at(600)
            self.settle(50)

    def _write_privately(self, window: FictitiousWindow) -> None:
        page = window.tabs.currentWidget()
        assert isinstance(page, TagPage)
        page.cards[0].private_wanted.emit(page.cards[0].post)
        self.settle()
        assert isinstance(window.tabs.currentWidget(), PrivatePage)

    def _open_hour(self, example: Chat, ahead: timedelta) -> None:
        now = self._app.clock.now()
        starts = (now + ahead).replace(second=0, microsecond=0)
        chat = replace(example, id=new_id(), starts_at=starts, closed_at=None, route=Route.ASSISTED)
        self._app.data().chats.save(chat, now)
        self._app.window.open_chat(chat)
        assert self._app.window.workspace is not None
        self._app.window.workspace.open_step(StepId.HOUR)
        self.settle()

    def _cockpit(self) -> CockpitPage:
        assert self._app.window.workspace is not None
        page = self._app.window.workspace.page(StepId.HOUR)
        assert isinstance(page, CockpitPage)
        return page


def main() -> int:
    """Take every picture; print how many."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery")
    parser.add_argument("out", type=Path)
    parser.add_argument("--lang", nargs="*", default=[one.code for one in SCREEN_LANGUAGES])
    parser.add_argument("--scale", nargs="*", type=float, default=[1.0, 2.0])
    parser.add_argument("--look", nargs="*", default=list(LOOKS))
    parser.add_argument("--kind", nargs="*", default=list(KINDS), choices=KINDS)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--size", default=SIZE, metavar="WIDTHxHEIGHT")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    webbrowser.register("nowhere", None, NoBrowser(), preferred=True)
    os.environ.setdefault("DISPLAY", "nowhere")
    qt = QApplication([])
    qt.setStyle("Fusion")
    with tempfile.TemporaryDirectory() as folder:
        clock = RehearsalClock(SystemClock().now(), 1)
        app = App(qt, Path(folder), "fr", clock=clock)
        app.rehearsal_speed = 300.0
        width, height = map(int, options.size.split("x"))
        gallery = Gallery(app, options.out, options.whole, (width, height))
        states = HourStates(app, clock, gallery)
        app.window.show()
        app.start()
        assert app.window.home is not None
        gallery.until(app.window.example_opened, app.window.home.example_wanted.emit)
        assert app.window.session is not None
        gallery.until(app.bridge.hour_ended, app.window.session.start_rehearsal)
        # From now on a rehearsal is done by hand.
        app.rehearsal_speed = None
        example = app.window.session.editor.chat
        begun = Chat(id=new_id(), topic="", time_zone="Africa/Dakar")
        app.data().chats.save(begun, clock.now())
        chats = {"example": example, "begun": begun}
        for look in gallery.looks(options.lang, options.scale):
            if look[1] not in options.look:
                continue
            name = gallery.wear(look)
            for kind in options.kind:
                if kind in chats:
                    app.window.open_chat(chats[kind])
                    gallery.chat(f"{name}-{kind}", STEPS)
                elif kind == "home":
                    app.window.go_home()
                    gallery.settle()
                    gallery.take(f"{name}-home")
                elif kind == "hours":
                    gallery.hours(name, example)
                elif kind == "states":
                    states.take(f"{name}-state", example)
                elif kind == "again":
                    AgainStates(app, gallery, clock.now()).take(f"{name}-again", example)
                else:
                    gallery.rehearsal(name, example)
            print(f"{name}: {gallery.taken} pictures so far", flush=True)
        app.close()
    print(f"{gallery.taken} pictures in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
