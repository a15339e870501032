"""What the home screen asks for: chats are begun, brought in, copied, deleted and repaired."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tchat_desktop.ui.shell.home import Home
from tchat_desktop.ui.shell.telling import Telling
from tchat_desktop.wording import i18n
from tchat_desktop.wording.i18n import _

if TYPE_CHECKING:
    # The first paint waits for none of these.
    from tchat_desktop.domain.chat import Chat
    from tchat_desktop.domain.steps import StepId
    from tchat_desktop.services.library import ChatLibrary
    from tchat_desktop.services.ports import ChatFile
    from tchat_desktop.services.session import Session
    from tchat_desktop.ui.shell.menu_bar import MenuBar


class ChatErrands(QObject):
    """Done off the GUI thread; dialogs stand before the `window`.

    `open_chat` puts a chat on screen, and tells whether it may; `session` is the one that is open,
    and `listed` is called when the list of the chats is another.
    """

    example_opened = Signal()
    care_opened = Signal(object)
    """Emitted with the step on which a message is to be shown that waits for care."""

    def __init__(
        self,
        window: QWidget,
        telling: Telling,
        library: Callable[[], ChatLibrary],
        home_zone: Callable[[], str],
        open_chat: Callable[[Chat, StepId | None], bool],
        session: Callable[[], Session | None],
        listed: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._telling = telling
        self._library = library
        self._home_zone = home_zone
        self._open_chat = open_chat
        self._session = session
        self._listed = listed

    def serve(self, home: Home) -> None:
        """Do what a home screen asks for."""
        home.new_wanted.connect(self._on_new_wanted)
        home.example_wanted.connect(self._on_example_wanted)
        home.file_wanted.connect(self._on_file_wanted)
        home.chat_wanted.connect(self._on_chat_wanted)
        home.care_wanted.connect(self._on_care_wanted)
        home.new_edition_wanted.connect(self.begin_new_edition)
        home.export_wanted.connect(self.export)
        home.delete_wanted.connect(self._on_delete_wanted)
        home.repair_wanted.connect(self._on_repair_wanted)

    def serve_menus(self, menus: MenuBar) -> None:
        """Do what the menus of a Mac ask for, as the home screen does."""
        menus.new_wanted.connect(self._on_new_wanted)
        menus.file_wanted.connect(self._on_file_wanted)

    def open_file(self, path: Path) -> None:
        """Bring a .tchat file in and open it."""
        self._telling.ask(lambda: self._library().import_file(path), self._on_imported)

    def begin_new_edition(self, chat_id: str) -> None:
        """Make another edition of a chat, and open it where its day is chosen."""
        self._telling.ask(lambda: self._library().new_edition(chat_id), self._on_edition_ready)

    def export(self, chat_id: str) -> None:
        """Copy a chat into a file that the person chooses."""
        from tchat_desktop.ui import file_dialogs

        path = file_dialogs.ask_where_to_copy(self._window)
        if path is None:
            return
        session = self._session()

        def export() -> Path:
            if session is not None:
                session.flush()
            self._library().export_file(chat_id, path)
            return path

        self._telling.ask(export, self._on_exported)

    def _on_new_wanted(self) -> None:
        language = i18n.language()
        self._telling.ask(
            lambda: self._library().create(language, self._home_zone()), self._on_ready
        )

    def _on_ready(self, chat: Chat) -> None:
        self._open_chat(chat, None)

    def _on_example_wanted(self) -> None:
        language = i18n.language()
        self._telling.ask(lambda: self._library().open_example(language), self._on_example_ready)

    def _on_example_ready(self, chat: Chat) -> None:
        self._open_chat(chat, None)
        self.example_opened.emit()

    def _on_chat_wanted(self, chat_id: str, step: StepId | None) -> None:
        self._telling.ask(
            lambda: self._library().load(chat_id), lambda chat: self._open_chat(chat, step)
        )

    def _on_care_wanted(self, chat_id: str, step: StepId) -> None:
        def opened(chat: Chat) -> None:
            if self._open_chat(chat, step):
                self.care_opened.emit(step)

        self._telling.ask(lambda: self._library().load(chat_id), opened)

    def _on_edition_ready(self, chat: Chat) -> None:
        from tchat_desktop.domain.steps import StepId

        self._open_chat(chat, StepId.SCHEDULE)

    def _on_delete_wanted(self, chat_id: str) -> None:
        from tchat_desktop.ui import dialogs

        if dialogs.confirms_delete(self._window):
            self._telling.ask(lambda: self._library().delete(chat_id), self._on_deleted)

    def _on_deleted(self, _nothing: object) -> None:
        if self._session() is None:
            self._listed()

    def _on_file_wanted(self) -> None:
        from tchat_desktop.ui import file_dialogs

        path = file_dialogs.ask_for_chat(self._window)
        if path is not None:
            self.open_file(path)

    def _on_imported(self, file: ChatFile) -> None:
        from tchat_desktop.wording.file_words import left_out_words

        if self._open_chat(file.chat, None) and file.left_out:
            words = _("The file is open. This could not be taken as it was: {parts}.")
            parts = ", ".join(left_out_words(file.left_out))
            self._telling.tell(words.format(parts=parts), "look")

    def _on_exported(self, path: Path) -> None:
        self._telling.tell(_("The copy is saved: {file}").format(file=path.name), "well")

    def _on_repair_wanted(self, chat_ids: Sequence[str]) -> None:
        self._telling.ask(lambda: self._library().restore_chats(chat_ids), self._on_repaired)

    def _on_repaired(self, found: int) -> None:
        self._listed()
        if not found:
            words = _("No backup has it: it stays as it is. Keep this folder, and ask for help.")
            self._telling.tell(words, "look")
