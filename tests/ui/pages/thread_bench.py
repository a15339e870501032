"""What publishes the thread of a recap in the tests of its page: the real one, on a made-up X."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.hour_parts import HourConditions, HourParts, HourStores
from tchat_desktop.services.thread_posting import ThreadPosting
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.models.live_rows import LiveRows
from tchat_desktop.ui.pages.recap.thread_tools import ThreadTools
from tests.fakes.clock import FakeClock
from tests.fakes.memory_store import MemoryOutbox, MemoryPosts
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import FakeX
from tests.fakes.texts import load_texts
from tests.ui.pages.paste_tools import paste_tools

texts_of = cache(load_texts)


class ThreadBench:
    """A clock that is moved, an X and a browser; nothing is made before it is asked for."""

    def __init__(self, now: datetime) -> None:
        self.clock = FakeClock(now)
        self.x = FakeX(self.clock.now)
        self.pages = FakeX(self.clock.now, ["page"] * 20)
        self.connected = False
        self.free = True
        """Whether no other process publishes."""
        self.posting: ThreadPosting | None = None

    def tools(self, bridge: Bridge, outbox: MemoryOutbox, editor: ChatEditor) -> ThreadTools:
        """The tools of the card for one chat."""
        chat = editor.chat

        def posting() -> ThreadPosting:
            if self.posting is None:
                parts = HourParts(
                    HourStores(outbox, MemoryPosts()),
                    {Route.KEYS: self.x, Route.ASSISTED: self.pages},
                    bridge.report,
                    self.clock,
                    NETWORK,
                )
                self.posting = ThreadPosting(chat, parts, HourConditions(right=self))
                self.posting.start()
            return self.posting

        return ThreadTools(
            LiveRows(
                bridge, chat.id, lambda: outbox.rows(chat.id, Occasion.THREAD), Occasion.THREAD
            ),
            posting,
            lambda: self.connected,
            NETWORK,
            texts_of,
            paste_tools(bridge),
            self.clock.now,
        )

    def pass_time(self, seconds: float) -> None:
        """Let time pass for what publishes."""
        self.clock.advance(seconds, threads=1)
        self.clock.rest(1)

    def stop(self) -> bool:
        """End what publishes; what it told is on its way to the pages."""
        posting, self.posting = self.posting, None
        return posting is None or posting.stop()

    def take(self) -> bool:
        """The right to publish."""
        return self.free

    def release(self) -> None:
        """Nobody else asks for it."""
