"""What the window says of what was asked of it: for a moment, or with the button that answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.ui.widgets.toast import Toast
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone

log = logging.getLogger(__name__)

Result = TypeVar("Result")


class Telling(QObject):
    """Speaks through the notice and the toast that are on screen, see `speak_through`.

    `ways` has what is done to answer an error, by the name that `error_words.way_out` gives it.
    """

    def __init__(
        self, bridge: Bridge, ways: Mapping[str, Callable[[], object]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._ways = ways
        self._notice = Notice()
        self._toast: Toast | None = None
        self._failed: Callable[..., object] | None = None
        """What was to be done once that had succeeded which the notice tells of."""
        self._of_chat = False
        """Whether the notice tells of the chat that is open."""

    def speak_through(self, notice: Notice, toast: Toast) -> None:
        """From now on: the window was built anew."""
        self._notice, self._toast = notice, toast

    def ask(self, job: Callable[[], Result], done: Callable[[Result], object]) -> None:
        """Do something off the GUI thread; an error is told in the bar below the top.

        It stands there until the same succeeds.
        """

        def succeeded(result: Result) -> None:
            if self._failed == done:
                self._failed = None
                self._notice.hide()
            done(result)

        def failed(error: Exception) -> None:
            self.tell_error(error)
            self._failed = done

        self._bridge.run(self, job, succeeded, failed)

    def tell(self, text: str, tone: Tone, button: Button | None = None) -> None:
        """Say something; what went well only for a moment."""
        if tone == "well" and self._toast is not None:
            self._toast.show_briefly(text)
        else:
            self._failed, self._of_chat = None, False
            self._notice.say(text, tone, button)

    def tell_of_chat(self, text: str, button: Button) -> None:
        """Say what is to be done in the chat that is open; it goes with it, see `leave_chat`."""
        self.tell(text, "look", button)
        self._of_chat = True

    def leave_chat(self) -> None:
        """Take away what was told of the chat that is closed: its button leads nowhere else."""
        if self._of_chat:
            self._of_chat = False
            self._notice.hide()

    def tell_page_not_opened(self, page: str) -> None:
        """Say that no browser opened, and offer the address to be taken there by hand."""

        def copy() -> None:
            QApplication.clipboard().setText(page)

        self.tell(
            _("No browser could be opened. Copy the address, and open it in your browser."),
            "look",
            Button(_("Copy the address"), icon_name="copy", clicked=copy),
        )

    def tell_error(self, error: Exception, is_saving: bool = False) -> None:
        """Say what went wrong, with the button that answers it."""
        log.error("told the person: %r", error)
        from tchat_desktop.wording import error_words

        names = {
            "restore": _("Restore the last backup"),
            "move": _("Choose another place…"),
            "retry": _("Try again"),
        }
        way = error_words.way_out(error)
        if is_saving and way == "retry":
            # That is done every few seconds anyway; a drive pulled out takes nothing any more.
            way = "move"
        button = Button(names[way], clicked=self._ways[way]) if way else None
        self.tell(error_words.sentence(error), "stop", button)
