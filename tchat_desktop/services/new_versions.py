"""Learns of new versions of the app, for who wants it, and remembers what they said."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.new_version import NewVersion
from tchat_desktop.domain.version_notice import VersionNotice, Wish, is_calm
from tchat_desktop.services.ports import Clock, VersionSource

log = logging.getLogger(__name__)


class NewVersions:
    """Decides by `domain.version_notice` and keeps each change.

    `own` is the number of the version that runs; `keep` is called with what is to be remembered.
    One thread calls everything but `ask`.
    """

    def __init__(
        self,
        source: VersionSource,
        own: str,
        clock: Clock,
        kept: VersionNotice,
        keep: Callable[[VersionNotice], object],
    ) -> None:
        self._source = source
        self.own = own
        self._clock = clock
        self._notice = kept
        self._keep = keep
        self._calm = False

    @property
    def host(self) -> str:
        """The host that is asked."""
        return self._source.host

    @property
    def wanted(self) -> bool:
        """Whether the person said that the app may look."""
        return self._notice.wish is Wish.YES

    def note_start(self) -> None:
        """Count that the app was started."""
        self._become(self._notice.started())

    def look_around(self, chats: Iterable[Chat]) -> None:
        """Take notice of the chats there are: near one of them nothing happens by itself."""
        self._calm = is_calm(chats, self._clock.now())

    def asks(self) -> bool:
        """Whether to put the question now; from then on it has been put."""
        if not self._calm or not self._notice.asks(self._today()):
            return False
        self._become(self._notice.asked(self._today()))
        return True

    def answer(self, yes: bool) -> None:
        """Take what the person said, to the question or later."""
        self._become(self._notice.answered(yes))

    def is_due(self) -> bool:
        """Whether to ask the source now, without the person pressing for it."""
        return self._calm and self._notice.is_due(self._today())

    def begin(self) -> None:
        """Remember that the source is about to be asked: not again before tomorrow."""
        self._become(self._notice.looking(self._today()))

    def ask(self) -> NewVersion:
        """The newest version; waits for the network. Raises VersionNotLearned."""
        return self._source.newest()

    def learn(self, found: NewVersion) -> None:
        """Remember what the source said."""
        log.info("the newest version is %s, this is %s", found.number, self.own)
        self._become(self._notice.learned(found, self._today()))

    def newer(self) -> NewVersion | None:
        """The newer version that was found last, whoever asked for it; None for none."""
        return self._notice.newer(self.own)

    def told(self) -> NewVersion | None:
        """The version to tell of now, by itself; None for nothing."""
        return self._notice.told(self.own, self._today()) if self._calm else None

    def put_off(self) -> None:
        """Tell of the version that was found again in a month."""
        self._become(self._notice.put_off(self._today()))

    def _become(self, notice: VersionNotice) -> None:
        if notice != self._notice:
            self._notice = notice
            self._keep(notice)

    def _today(self) -> date:
        return self._clock.now().date()
