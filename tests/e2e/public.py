"""The crowd on the fake X: each says their words when the clock of the chat has come to them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from tests.e2e.crowd import EDITED_AFTER, Said, Spoken, script
from tests.fakes.x_server import XServer
from tests.fakes.x_world import XPost

LOOK = 0.02
"""Seconds after which the clock is looked at again."""


class Public(threading.Thread):
    """Speaks from `__enter__` to `__exit__`, by the script of crowd.py.

    `now` is the clock of the chat, and `starts_at` when the chat starts.
    """

    def __init__(self, x: XServer, now: Callable[[], datetime], starts_at: datetime) -> None:
        super().__init__(name="public")
        self._x = x
        self._now = now
        self._starts_at = starts_at
        self._to_say = list(script())
        self._to_edit: list[tuple[Spoken, XPost]] = []
        self._ended = threading.Event()
        self._reposted = ""

    @property
    def all_said(self) -> bool:
        """Whether everybody has spoken, and corrected what they wanted to."""
        return not self._to_say and not self._to_edit

    def ids(self) -> set[str]:
        """The ids of all posts of the crowd, of a corrected one the first."""
        others = (one for one in self._x.world.posts.values() if one.author != self._x.user)
        return {one.versions[0] for one in others if not one.repost_of}

    def run(self) -> None:
        """Look at the clock until the end."""
        while not self._ended.wait(LOOK):
            since = self._now() - self._starts_at
            while self._to_say and self._to_say[0].at <= since:
                self._say(self._to_say.pop(0), since.total_seconds())
            for one in [one for one in self._to_edit if one[0].at + EDITED_AFTER <= since]:
                self._to_edit.remove(one)
                self._x.world.edit(one[1].id, one[0].edited)

    def _say(self, one: Spoken, since: float) -> None:
        world = self._x.world
        world.user(one.author, f"Nom de {one.author}")
        post = world.say(
            one.author,
            one.text or f"RT {one.author}",
            reply_to=self._question(one.question) if one.replies else "",
            repost_of=self._reposted if one.said is Said.REPOST else "",
            age=since - one.at.total_seconds(),
        )
        self._reposted = self._reposted or post.id
        if one.edited:
            self._to_edit.append((one, post))

    def _question(self, number: int) -> str:
        """The id of the organiser's post that asks a question."""
        return next(post.id for post in self._x.posts if post.sent.startswith(f"Q{number} "))

    def __enter__(self) -> Public:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self.join()
