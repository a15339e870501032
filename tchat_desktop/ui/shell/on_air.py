"""What the bar at the top says and does while the real hour is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from tchat_desktop.wording.i18n import _

if TYPE_CHECKING:
    # The first paint does not wait for these.
    from tchat_desktop.domain.outgoing import OutboxPost
    from tchat_desktop.domain.steps import StepId
    from tchat_desktop.services.session import Session
    from tchat_desktop.ui.pages.page import Page
    from tchat_desktop.ui.shell.close_guard import LiveGuard
    from tchat_desktop.ui.shell.top_bar import TopBar

ANNOUNCED = timedelta(minutes=2)
"""How long before a post leaves the other pages count it down."""


class OnAir(QObject):
    """Counts down the next post on the pages that do not show it, and gives undo its meaning.

    `session` is the chat that is open and `page` the one on screen with its step, None for none.
    """

    def __init__(
        self,
        guard: LiveGuard,
        bar: Callable[[], TopBar],
        session: Callable[[], Session | None],
        page: Callable[[], tuple[StepId, Page] | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._guard = guard
        self._bar = bar
        self._session = session
        self._page = page
        self._said = ""
        """The id of the post that was announced last."""
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.show)

    def show(self) -> None:
        """Bring the bar up to date."""
        from tchat_desktop.domain.steps import StepId

        session = self._session()
        live = session is not None and session.is_live
        step, page = self._page() or (None, None)
        bar = self._bar()
        bar.show_hour_undo(page is not None and page.undoes_itself)
        said_there = page is not None and page.counts_to_check
        bar.show_to_check(0 if said_there else self._guard.to_check(session))
        self._count_down(bar, session if live and step is not StepId.HOUR else None)
        if live is not self._second.isActive():
            if live:
                self._second.start()
            else:
                self._second.stop()

    def coming(self, within: timedelta) -> tuple[OutboxPost, timedelta] | None:
        """The post that leaves next within that time, and how long until then; None for none."""
        return self._guard.leaves_next(self._session(), within)

    def undo(self) -> None:
        """Take the last command of the hour back; `CommandUndone` tells what came of it."""
        _step, page = self._page() or (None, None)
        if page is not None:
            page.undo()
        self.show()

    def _count_down(self, bar: TopBar, session: Session | None) -> None:
        coming = self._guard.leaves_next(session, ANNOUNCED)
        if coming is None:
            bar.show_next("", "", "")
            return
        from tchat_desktop.ui.pages.shared.hour_words import countdown, row_name

        post, left = coming
        name = row_name(post)
        time = countdown(left)
        words = _("{post} leaves in {time}").format(post=name, time=time)
        bar.show_next(words, time, _("{post} leaves soon: to the chat").format(post=name))
        if post.id != self._said:
            self._said = post.id
            bar.say_next(words)
