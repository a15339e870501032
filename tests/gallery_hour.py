"""The states of an hour without keys, for the gallery: the whole app, by a clock that is set.

The public is that of tests/e2e/crowd.py, and comes by pasted pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from tchat_desktop.domain.chat import Chat, Occasion, Route, new_id
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.clock import RehearsalClock
from tchat_desktop.services.events import NetworkChanged, OutboxChanged
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.session import Session
from tchat_desktop.start.window import App
from tchat_desktop.ui.pages.hour.board import HourBoard
from tchat_desktop.ui.pages.hour.page import CockpitPage
from tests.e2e import crowd

MINUTE = timedelta(minutes=1)
SETTLE_MS = 2500
"""What changes by itself takes its place in turns, so that nothing moves under the hand."""
REPLY = "5-reply"
"""The state that the page scrolls to by itself."""
PASTED = 27
"""The minute of the page that is pasted: there are Arabic and a confidence on it."""


class Camera(Protocol):
    """What takes the pictures."""

    def settle(self, ms: int = ...) -> None:
        """Let the window do what it has to."""

    def take(self, name: str) -> None:
        """Take a picture of the window."""


class HourStates:
    """Leads an hour from one state to the next; a picture of each."""

    def __init__(self, app: App, clock: RehearsalClock, camera: Camera) -> None:
        self._app = app
        self._clock = clock
        self._camera = camera
        self._rows: tuple[OutboxPost, ...] = ()
        app.bridge.outbox_changed.connect(self._on_outbox_changed)

    def take(self, name: str, example: Chat) -> None:
        """Take them all; the clock is some hours further on at the end."""
        # On the hour, so that minutes are easily read.
        starts = (self._clock.now() + timedelta(hours=3)).replace(minute=0, second=0, microsecond=0)
        for state in self._states(example, starts):
            if state != REPLY:
                self._page.verticalScrollBar().setValue(0)
            self._camera.settle(SETTLE_MS)
            self._camera.take(f"{name}-{state}")
        self._session.stop_hours()

    def _states(self, example: Chat, starts: datetime) -> Iterator[str]:
        self._clock.go_on_to(starts - 20 * MINUTE)
        self._open(example, starts)
        yield "1-waiting"
        self._session.start_live()
        self._page.show_chat(self._session.editor.chat)
        self._wait(lambda: bool(self._rows))
        yield "2-before"
        for row in self._rows[:3]:
            self._publish(row)
        following = next(row for row in self._rows if row.state is PostState.PLANNED)
        self._clock.go_on_to(following.due_at - MINUTE)
        yield "3-running"
        page = next(one for one in crowd.pages(starts, []) if one.minute == PASTED)
        *due, last = [
            row
            for row in self._rows
            if row.state is PostState.PLANNED and row.due_at <= starts + PASTED * MINUTE
        ]
        for row in due:
            self._publish(row)
        self._clock.go_on_to(last.due_at)
        self._wait(lambda: self._state(last.id) is PostState.HANDED_OVER)
        self._clock.go_on_to(starts + PASTED * MINUTE)
        self._paste(page.markup)
        yield "4-pasted"
        next(iter(self._board.feed._list.cards.values())).open_answer()
        yield REPLY
        self._board.feed.reply.close_panel()
        self._hour.do(Outbox.pause)
        yield "6-paused"
        self._hour.do(Outbox.resume)
        self._app.bridge.report(NetworkChanged(False, Obstacle.OFFLINE))
        yield "7-offline"
        self._app.bridge.report(NetworkChanged(True, Obstacle.UNKNOWN))
        self._clock.go_on_to(starts + 46 * MINUTE)
        yield "8-behind"
        self._hour.end()
        yield "9-after"

    # --- helpers ---------------------------------------------------------------------------

    def _open(self, example: Chat, starts: datetime) -> None:
        chat = replace(example, id=new_id(), starts_at=starts, closed_at=None, route=Route.ASSISTED)
        self._app.data().chats.save(chat, self._clock.now())
        self._app.window.open_chat(chat)
        self._rows = ()
        assert self._app.window.workspace is not None
        self._app.window.workspace.open_step(StepId.HOUR)

    def _publish(self, row: OutboxPost) -> None:
        """Let the page of a post open, and say that it is published."""
        self._clock.go_on_to(row.due_at)
        self._wait(lambda: self._state(row.id) is PostState.HANDED_OVER)
        self._hour.do(Outbox.confirm_sent, row.id)
        self._wait(lambda: self._state(row.id) is PostState.SENT)

    def _state(self, row_id: str) -> PostState | None:
        return next((row.state for row in self._rows if row.id == row_id), None)

    def _paste(self, markup: str) -> None:
        mime = QMimeData()
        mime.setHtml(markup)
        QApplication.clipboard().setMimeData(mime)
        pasted = self._board.feed.pasted
        pasted.paste()
        self._wait(lambda: bool(pasted.told))

    def _wait(self, done: Callable[[], bool]) -> None:
        for _turn in range(400):
            if done():
                return
            self._camera.settle(20)
        raise AssertionError("it did not come about")

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        if event.occasion is Occasion.LIVE:
            self._rows = tuple(sorted(event.rows, key=lambda row: row.due_at))

    @property
    def _session(self) -> Session:
        session = self._app.window.session
        assert session is not None
        return session

    @property
    def _hour(self) -> Hour:
        hour = self._session.hour(Occasion.LIVE)
        assert isinstance(hour, Hour)
        return hour

    @property
    def _page(self) -> CockpitPage:
        assert self._app.window.workspace is not None
        page = self._app.window.workspace.page(StepId.HOUR)
        assert isinstance(page, CockpitPage)
        return page

    @property
    def _board(self) -> HourBoard:
        assert self._page.board is not None
        return self._page.board
