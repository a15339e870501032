"""The real hour, when it is open, follows what is edited on the other pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from tchat_desktop.ui.bridge import Bridge

if TYPE_CHECKING:
    from tchat_desktop.services.events import HourTakenOver
    from tchat_desktop.services.session import Session

_SETTLE_MS = 2000
"""What is typed is followed once typing has paused that long."""


class LiveEdits(QObject):
    """Hands edits on to the hour, or has it opened anew; then `show_again` is called.

    `session` is the chat that is open, if one is; `failed` is told what went wrong.
    """

    def __init__(
        self,
        bridge: Bridge,
        session: Callable[[], Session | None],
        show_again: Callable[[], object],
        failed: Callable[[Exception], object],
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._session = session
        self._show_again = show_again
        self._failed = failed
        bridge.hour_taken_over.connect(self._on_taken_over)
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(_SETTLE_MS)
        self.settle.timeout.connect(self._on_settled)

    def edited(self) -> None:
        """Something was edited: follow it soon."""
        self.settle.start()

    def follow(self, at_once: bool) -> None:
        """Follow what was edited; what leaves within seconds too if `at_once`."""
        session = self._session()
        if session is None or session.follow_edits(at_once):
            return
        self.settle.stop()
        self._bridge.run(self, session.stop_live, self._on_stopped, self._failed)

    def go_on(self) -> None:
        """Take up the real hour again where it was, if the chat still has what it needs."""
        session = self._session()
        if session is not None:
            if session.can_go_live:
                session.start_live()
            self._show_again()

    def _on_settled(self) -> None:
        session = self._session()
        if session is None or session.follow_edits(at_once=False):
            return
        if isinstance(QApplication.focusWidget(), QLineEdit):
            # A tag or an account half typed is nobody's: once the field is left.
            self.settle.start()
        else:
            self.follow(at_once=False)

    def _on_taken_over(self, event: HourTakenOver) -> None:
        session = self._session()
        if session is not None and session.editor.chat.id == event.chat_id:
            session.taken_over()

    def _on_stopped(self, _nothing: object) -> None:
        self.go_on()
