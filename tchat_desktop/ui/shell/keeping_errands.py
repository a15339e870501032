"""What the home screen asks for about what is kept: the window of it, archives, putting away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from tchat_desktop.ui.shell.home import Home
from tchat_desktop.ui.shell.telling import Telling
from tchat_desktop.wording.i18n import _

if TYPE_CHECKING:
    # The first paint waits for none of these.
    from tchat_desktop.services.library import ChatLibrary
    from tchat_desktop.services.session import Session
    from tchat_desktop.ui.bridge import Bridge
    from tchat_desktop.ui.shell.data_dialog import DataDialog, KeepingTools
    from tchat_desktop.ui.widgets.buttons import Button


_LOOKED_MS = 200
"""Milliseconds between two looks at how far the writing is."""


class _Taking(QObject):
    """Tells how far the writing of one file is, and stops it; `goes_on` is called by the worker."""

    def __init__(self, parent: QObject, telling: Telling) -> None:
        super().__init__(parent)
        self._telling = telling
        self._name = self._said = ""
        self._number = 0
        self._wanted = self._running = False
        self._stop: Button | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKED_MS)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Begin to tell."""
        from tchat_desktop.ui.widgets.buttons import Button

        self._name, self._said, self._number = "", "", 0
        self._wanted = self._running = True
        self._stop = Button(_("Stop"), icon_name="close", clicked=self._on_stop)
        self._timer.start()

    def goes_on(self, name: str) -> bool:
        """Note what is written next; whether it is still wanted."""
        self._name, self._number = name, self._number + 1
        return self._wanted

    def end(self) -> None:
        """Note that all is done; called by the worker."""
        self._running = False

    def _look(self) -> None:
        if not self._running:
            self._timer.stop()
            return
        words = _("Everything of the chat is being written: file {number}, {name}").format(
            number=self._number, name=self._name
        )
        if not self._wanted:
            words = _("Stopping once this one is written…")
        if self._name and words != self._said:
            self._said = words
            self._telling.tell(words, "plum", self._stop if self._wanted else None)

    def _on_stop(self) -> None:
        self._wanted = False


class KeepingErrands(QObject):
    """Done off the GUI thread; dialogs stand before the `window`.

    `listed` is called when the list of the chats is another.
    """

    def __init__(
        self,
        window: QWidget,
        telling: Telling,
        bridge: Bridge,
        library: Callable[[], ChatLibrary],
        tools: Callable[[], KeepingTools],
        session: Callable[[], Session | None],
        listed: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._telling = telling
        self._bridge = bridge
        self._library = library
        self._tools = tools
        self._session = session
        self._listed = listed
        self._taking = _Taking(self, telling)

    def serve(self, home: Home) -> None:
        """Do what a home screen asks for."""
        home.data_wanted.connect(self._on_data_wanted)
        home.forgetting_wanted.connect(self._on_forgetting_wanted)
        home.archive_wanted.connect(self.take_along)
        home.put_away_wanted.connect(self._on_put_away_wanted)

    def open_dialog(self) -> DataDialog:
        """Open the window of what is kept."""
        from tchat_desktop.ui.shell.data_dialog import DataDialog

        dialog = DataDialog(self._tools(), self._bridge, self._window)
        dialog.forgot.connect(self._listed)
        dialog.open()
        return dialog

    def take_along(self, chat_id: str) -> None:
        """Write all of a chat into one file, where the person chooses."""
        from tchat_desktop.ui import file_dialogs

        path = file_dialogs.ask_where_to_save(
            self._window,
            _("Save everything of this chat in one file"),
            _("everything of my chat"),
            "zip",
            _("Archive"),
        )
        if path is None:
            return
        from tchat_desktop.services.ports import TakingStopped

        session, tools, taking = self._session(), self._tools(), self._taking

        def write() -> Path | None:
            if session is not None:
                session.flush()
            try:
                return tools.take_along(chat_id, path, taking.goes_on)
            except TakingStopped:
                return None
            finally:
                taking.end()

        taking.begin()
        self._telling.ask(write, self._on_taken_along)

    def _on_taken_along(self, path: Path | None) -> None:
        from tchat_desktop.ui.last_folder import FileKind, remember_folder

        self._telling.tell("", "plum")
        if path is None:
            self._telling.tell(_("Stopped: nothing was written."), "well")
            return
        remember_folder(FileKind.EXPORT, path)
        words = _("Everything of the chat is in {file}. A text in it says what is what.")
        self._telling.tell(words.format(file=path.name), "well")

    def _on_data_wanted(self) -> None:
        self.open_dialog()

    def _on_forgetting_wanted(self) -> None:
        self.open_dialog().begin_forgetting()

    def _on_put_away_wanted(self, chat_id: str, away: bool) -> None:
        def done(_nothing: object) -> None:
            self._listed()
            self._telling.tell(
                _("Put away: it stands at the end of this page, and nothing of it is deleted.")
                if away
                else _("It stands among your chats again."),
                "well",
            )

        self._telling.ask(lambda: self._library().put_away(chat_id, away), done)
