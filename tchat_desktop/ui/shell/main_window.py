"""The one window: the home screen, or one chat with its guide."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from tchat_desktop.platform.paths import sync_service
from tchat_desktop.ui import window_place
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.shell.close_guard import LiveGuard
from tchat_desktop.ui.shell.home import Home
from tchat_desktop.ui.shell.hour_follower import LiveEdits
from tchat_desktop.ui.shell.on_air import OnAir
from tchat_desktop.ui.shell.saving_state import SavingState
from tchat_desktop.ui.shell.top_bar import TopBar
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.ui.widgets.toast import Toast
from tchat_desktop.wording import i18n
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone

if TYPE_CHECKING:
    # The first paint waits for none of these: they are imported where they are used.
    from datetime import datetime

    from tchat_desktop.domain.chat import Chat
    from tchat_desktop.domain.network_rules import NetworkRules
    from tchat_desktop.domain.steps import StepId
    from tchat_desktop.services.events import CommandUndone
    from tchat_desktop.services.library import ChatLibrary, Listing
    from tchat_desktop.services.ports import ChatFile, Clock
    from tchat_desktop.services.session import Session
    from tchat_desktop.ui.pages.page import Page
    from tchat_desktop.ui.shell.step_pages import PageFactory
    from tchat_desktop.ui.shell.workspace import Statuses, Workspace

log = logging.getLogger(__name__)

Result = TypeVar("Result")


class MainWindow(QMainWindow):
    """Puts the home screen or a chat on screen, and answers what they ask for."""

    language_chosen = Signal(str)
    place_chosen = Signal(Path)
    example_opened = Signal()
    at_chat = Signal(str, str)
    """Which chat and which step are on screen; twice "" for the home screen."""
    closed = Signal()
    tab_pressed = Signal(bool)
    """True just before Tab moves the keyboard on, False just after."""

    def __init__(
        self,
        bridge: Bridge,
        library: Callable[[], ChatLibrary],
        restore_backup: Callable[[], bool],
        home_zone: Callable[[], str],
        clock: Clock,
        open_session: Callable[[Chat], Session],
        pages_of: Callable[[Session], Mapping[StepId, PageFactory]],
        statuses: Statuses,
        connected_at: Callable[[], datetime | None],
        rules: Callable[[], NetworkRules],
        crashed: Callable[[BaseException], str],
    ) -> None:
        """`crashed` writes an error down, and returns its details to be copied."""
        super().__init__()
        self._bridge = bridge
        self._library = library
        self._restore_backup = restore_backup
        self._home_zone = home_zone
        self._clock = clock
        self._open_session = open_session
        self._pages_of = pages_of
        self._statuses = statuses
        self._crashed = crashed
        self.session: Session | None = None
        self.workspace: Workspace | None = None
        self.home: Home | None = None
        self._last_session: Session | None = None
        self._saving = SavingState(bridge)
        self._failed: Callable[..., object] | None = None
        """What was to be done once that had succeeded which the notice tells of."""
        self._close_anyway = False
        self._started = False
        self.setMinimumSize(window_place.SMALLEST)
        self.resize(window_place.WISHED)
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._on_idle)
        self.live_edits = LiveEdits(
            bridge, lambda: self.session, self._show_page_again, self.tell_error
        )
        self._guard = LiveGuard(bridge, clock, self, connected_at, rules)
        self.on_air = OnAir(
            self._guard,
            lambda: self.bar,
            lambda: self.session,
            self._page_on_screen,
            self,
        )
        bridge.command_undone.connect(self._on_command_undone)
        bridge.outbox_changed.connect(self._on_outbox_changed)
        self._saving.changed.connect(self._show_saving)
        self._saving.refused.connect(self._on_save_refused)
        self._saving.all_kept.connect(self._on_all_kept)
        self.rebuild()

    def start(self) -> None:
        """Ask for the chats, once the window has been painted: nothing heavy goes before that."""
        self._started = True
        self.refresh_home()

    def rebuild(self) -> None:
        """Build everything on screen anew, in the language and look now in force."""
        self.finish_typing()
        step = self.workspace.step if self.workspace else None
        unfinished = self.workspace.unfinished() if self.workspace else None
        self._close_workspace()
        self.setWindowTitle(_("Tchat"))
        frame = QWidget()
        self._column = layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.bar = TopBar()
        self.bar.home_wanted.connect(self.go_home)
        self.bar.language_chosen.connect(self.language_chosen)
        self.bar.export_wanted.connect(self._on_export_open_chat)
        self.bar.check_wanted.connect(self._on_check_wanted)
        self.bar.hour_wanted.connect(self._on_hour_wanted)
        self.bar.hour_undo_wanted.connect(self.on_air.undo)
        self.bar.went_back.connect(self._on_undone)
        self.bar.came_again.connect(self._on_redone)
        self._notice = Notice()
        self._notice.hide()
        layout.addWidget(self.bar)
        layout.addWidget(self._notice)
        self._toast = Toast(frame)
        self.setCentralWidget(frame)
        self.home = None
        if self.session is not None and step is not None:
            self._show_workspace(step, unfinished)
        else:
            self._show_home()
        for error in self._saving.errors:
            self.tell_error(error)

    @staticmethod
    def finish_typing() -> None:
        """Let the field under the keyboard hand in what was typed, before it goes."""
        field = QApplication.focusWidget()
        if field is not None:
            field.clearFocus()

    def go_home(self) -> None:
        """Show the cards of all chats; what is open is written first."""
        if not self._may_leave():
            return
        self.finish_typing()
        if self.session is not None:
            session, self.session = self.session, None
            self._ask(session.close, self._on_closed)
            self.bar.show_editor(None)
            self._close_workspace()
            self._show_home()
            self.at_chat.emit("", "")

    def open_chat(self, chat: Chat, step: StepId | None = None) -> bool:
        """Put a chat on screen at a step; at the one that comes next when none is given.

        False when the one that is open stays, as its posts are about to leave.
        """
        if not self._may_leave():
            return False
        self.finish_typing()
        if self.session is not None:
            previous, self.session = self.session, None
            self._ask(previous.close, self._on_closed)
            self._close_workspace()
        self.session = self._last_session = self._open_session(chat)
        self.session.editor.observe(self._on_chat_changed)
        self._show_workspace(step)
        return True

    def _may_leave(self) -> bool:
        """Whether what is open may go from the screen; asked where something would be lost."""
        typed = self.workspace.typed if self.workspace is not None else ()
        return self._guard.may_leave(self.session, typed)

    def move_in(self, live: bool) -> None:
        """Go on in another place, where everything is by now; with the real hour if `live`."""
        self._saving.begin_anew()
        self._notice.hide()
        if self.session is None:
            self.refresh_home()
            return
        step = self.workspace.step if self.workspace else None
        self.finish_typing()
        former, self.session = self.session, None
        self._close_workspace()
        self.open_chat(former.editor.chat, step)
        if live:
            self.live_edits.go_on()

    def refresh_home(self) -> None:
        """Ask for the chats again."""
        self._ask(lambda: self._library().listed(), self._on_listed)

    def go_back_to(self, chat_id: str, step: str) -> None:
        """Open the chat that was on screen last; the home screen stays if it is no more."""
        from tchat_desktop.domain.steps import step_named

        def opened(chat: Chat) -> None:
            # Who was quicker than the disk has chosen already.
            if self.session is None:
                self.open_chat(chat, step_named(step))

        self._bridge.run(self, lambda: self._library().load(chat_id), opened, _not_there)

    def focusNextPrevChild(self, following: bool) -> bool:
        # Every Tab comes through here, whatever widget has the keyboard.
        if self.workspace is not None:
            self.workspace.keep_bar_last()
        self.tab_pressed.emit(True)
        moved = super().focusNextPrevChild(following)
        self.tab_pressed.emit(False)
        return moved

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_leave():
            event.ignore()
            return
        self.finish_typing()
        if self.session is not None:
            self.session.stop_hours()
        # The last one also when it is closed: it may have left something to write.
        last = self._last_session
        if last is not None and not self._close_anyway and not last.flush():
            leave = Button(_("Close without saving"), "danger", clicked=self._on_leave_wanted)
            self._tell(_("The last edit could not be saved. Please try again."), "stop", leave)
            event.ignore()
            return
        self._idle.stop()
        super().closeEvent(event)
        self.closed.emit()

    def _show_home(self) -> None:
        if self.home is None:
            self.home = Home()
            self.home.new_wanted.connect(self._on_new_wanted)
            self.home.example_wanted.connect(self._on_example_wanted)
            self.home.file_wanted.connect(self._on_file_wanted)
            self.home.chat_wanted.connect(self._on_chat_wanted)
            self.home.new_edition_wanted.connect(self._on_new_edition_wanted)
            self.home.export_wanted.connect(self._on_export_wanted)
            self.home.delete_wanted.connect(self._on_delete_wanted)
            self.home.repair_wanted.connect(self._on_repair_wanted)
            self._column.addWidget(self.home, 1)
        self.home.show()
        if self._started:
            self.refresh_home()

    def _show_workspace(
        self, step: StepId | None, unfinished: Mapping[StepId, object] | None = None
    ) -> None:
        from tchat_desktop.domain.steps import StepId
        from tchat_desktop.ui.shell.workspace import Workspace

        assert self.session is not None
        if self.home is not None:
            self.home.hide()
        self.workspace = Workspace(
            self.session.editor,
            self._pages_of(self.session),
            self._statuses,
            step or StepId.PURPOSE,
            self._clock.now,
            self._crashed,
            unfinished,
            lambda: self._guard.leaves_soon(self.session),
        )
        self.workspace.home_wanted.connect(self.go_home)
        self.workspace.step_opened.connect(self._on_step_opened)
        self.workspace.new_edition_wanted.connect(self._on_new_edition_wanted)
        self._place_at_once(self.workspace)
        self.bar.show_editor(self.session.editor)
        self._show_saving(self.session.editor.chat.id)
        self._on_step_opened(self.workspace.step)
        self._idle.start()

    def _place_at_once(self, workspace: Workspace) -> None:
        """Give it its size before it is painted: with it comes the rail, which moves the page."""
        self._column.addWidget(workspace, 1)
        workspace.show()
        self._column.activate()

    def _close_workspace(self) -> None:
        self._idle.stop()
        if self.workspace is not None:
            self.workspace.leave()
            self.workspace.hide()
            self.workspace.deleteLater()
            self.workspace = None

    def _on_idle(self) -> None:
        if self.workspace is None or not self.workspace.prepare_next_page():
            self._idle.stop()

    def _on_chat_changed(self, chat: Chat) -> None:
        self.live_edits.edited()
        self.bar.show_chat(chat)
        self._saving.edited(chat.id)

    def _on_undone(self, before: Chat, after: Chat) -> None:
        self._tell_change(_("Undone: {what}. Step: {step}."), before, after)

    def _on_redone(self, before: Chat, after: Chat) -> None:
        self._tell_change(_("Brought back: {what}. Step: {step}."), before, after)

    def _tell_change(self, words: str, before: Chat, after: Chat) -> None:
        """Say what was undone or brought back, and show where; a chat on air stays on screen."""
        from tchat_desktop.domain.steps import StepId
        from tchat_desktop.wording.change_words import change_between
        from tchat_desktop.wording.step_titles import step_title

        change = change_between(before, after)
        if change is None or self.workspace is None:
            return
        if self.workspace.step not in change.shown_on | {StepId.HOUR, StepId.REHEARSAL}:
            self.workspace.open_step(change.step)
        self._tell(words.format(what=change.what, step=step_title(change.step)), "well")

    def _on_outbox_changed(self, _event: object) -> None:
        # The rail tells how far the hour is.
        if self.workspace is not None:
            self.workspace.show_states_soon()
        self.on_air.show()

    def _on_command_undone(self, event: CommandUndone) -> None:
        from tchat_desktop.ui.pages.shared.done_words import undone_words

        if self.session is not None and event.chat_id == self.session.editor.chat.id:
            self._toast.show_briefly(*undone_words(event, self.session.editor.chat))

    def _page_on_screen(self) -> tuple[StepId, Page] | None:
        if self.workspace is None:
            return None
        step = self.workspace.step
        return step, self.workspace.page(step)

    def _on_hour_wanted(self) -> None:
        from tchat_desktop.domain.steps import StepId

        if self.workspace is not None:
            self.workspace.open_step(StepId.HOUR)

    def _on_check_wanted(self) -> None:
        from tchat_desktop.domain.steps import StepId

        if self.workspace is not None:
            self.workspace.open_to_check(StepId.HOUR)

    def _on_step_opened(self, step: StepId) -> None:
        from tchat_desktop.domain.steps import StepId

        if self.session is not None:
            self.at_chat.emit(self.session.editor.chat.id, step.value)
        self.bar.show_way(step is not StepId.HOUR)
        self.on_air.show()
        # What is shown there is what will leave.
        if step is StepId.HOUR:
            self.live_edits.follow(at_once=True)

    def _show_page_again(self) -> None:
        if self.workspace is not None:
            self.workspace.show_again()

    def _on_all_kept(self) -> None:
        self._notice.hide()
        if self.session is None:
            self.refresh_home()

    def _on_save_refused(self, error: Exception, another: bool) -> None:
        # It fails again every few seconds: what stands there meanwhile can be read and pressed.
        if another or self._notice.isHidden():
            self.tell_error(error, is_saving=True)

    def _show_saving(self, chat_id: str) -> None:
        """Say how far the chat on screen is on disk."""
        if self.session is not None and self.session.editor.chat.id == chat_id:
            self._saving.show_on(self.bar, chat_id)

    def _ask(self, job: Callable[[], Result], done: Callable[[Result], object]) -> None:
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

    def _tell(self, text: str, tone: Tone, button: Button | None = None) -> None:
        if tone == "well":
            self._toast.show_briefly(text)
        else:
            self._failed = None
            self._notice.say(text, tone, button)

    def tell_page_not_opened(self, page: str) -> None:
        """Say that no browser opened, and offer the address to be taken there by hand."""

        def copy() -> None:
            QApplication.clipboard().setText(page)

        self._tell(
            _("No browser could be opened. Copy the address, and open it in your browser."),
            "look",
            Button(_("Copy the address"), icon_name="copy", clicked=copy),
        )

    def tell_error(self, error: Exception, is_saving: bool = False) -> None:
        """Say what went wrong, with the button that answers it."""
        log.error("told the person: %r", error)
        from tchat_desktop.wording import error_words

        ways = {
            "restore": (_("Restore the last backup"), self._on_restore_wanted),
            "move": (_("Choose another place…"), self._on_place_wanted),
            "retry": (_("Try again"), self._on_retry_wanted),
        }
        way = error_words.way_out(error)
        if is_saving and way == "retry":
            # That is done every few seconds anyway; a drive pulled out takes nothing any more.
            way = "move"
        button = Button(ways[way][0], clicked=ways[way][1]) if way else None
        self._tell(error_words.sentence(error), "stop", button)

    def _on_restore_wanted(self) -> None:
        self._notice.hide()
        # What is open belongs to the database that is about to be replaced.
        self.go_home()
        if self.session is None:
            self._ask(self._restore_backup, self._on_restored)

    def _on_restored(self, found: bool) -> None:
        self.refresh_home()
        if not found:
            self._tell(_("There is no backup yet: one is made each day the app is used."), "look")

    def _on_leave_wanted(self) -> None:
        self._close_anyway = True
        self.close()

    def _on_retry_wanted(self) -> None:
        self._notice.hide()
        self.refresh_home()

    def _on_place_wanted(self) -> None:
        from tchat_desktop.ui import dialogs, file_dialogs

        folder = file_dialogs.ask_for_place(self)
        service = sync_service(folder) if folder is not None else ""
        if folder is not None and (not service or dialogs.confirms_synced(self, service)):
            self.place_chosen.emit(folder)

    def _on_listed(self, listing: Listing) -> None:
        if self.home is not None:
            self.home.show_chats(listing.chats, self._clock.now())
            self.home.show_damaged(listing.damaged)

    def _on_repair_wanted(self, chat_ids: Sequence[str]) -> None:
        self._ask(lambda: self._library().restore_chats(chat_ids), self._on_repaired)

    def _on_repaired(self, found: int) -> None:
        self.refresh_home()
        if not found:
            words = _("No backup has it: it stays as it is. Keep this folder, and ask for help.")
            self._tell(words, "look")

    def _on_closed(self, _nothing: object) -> None:
        if self.session is None:
            self.refresh_home()

    def _on_new_wanted(self) -> None:
        language = i18n.language()
        self._ask(lambda: self._library().create(language, self._home_zone()), self.open_chat)

    def _on_example_wanted(self) -> None:
        language = i18n.language()
        self._ask(lambda: self._library().open_example(language), self._on_example_ready)

    def _on_example_ready(self, chat: Chat) -> None:
        self.open_chat(chat)
        self.example_opened.emit()

    def _on_chat_wanted(self, chat_id: str, step: StepId | None) -> None:
        self._ask(lambda: self._library().load(chat_id), lambda chat: self.open_chat(chat, step))

    def _on_new_edition_wanted(self, chat_id: str) -> None:
        self._ask(lambda: self._library().new_edition(chat_id), self._on_new_edition_ready)

    def _on_new_edition_ready(self, chat: Chat) -> None:
        from tchat_desktop.domain.steps import StepId

        self.open_chat(chat, StepId.SCHEDULE)

    def _on_delete_wanted(self, chat_id: str) -> None:
        from tchat_desktop.ui import dialogs

        if dialogs.confirms_delete(self):
            self._ask(lambda: self._library().delete(chat_id), self._on_closed)

    def _on_file_wanted(self) -> None:
        from tchat_desktop.ui import file_dialogs

        path = file_dialogs.ask_for_chat(self)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Bring a .tchat file in and open it."""
        self._ask(lambda: self._library().import_file(path), self._on_imported)

    def _on_imported(self, file: ChatFile) -> None:
        from tchat_desktop.wording.file_words import left_out_words

        if self.open_chat(file.chat) and file.left_out:
            self._tell(
                _("The file is open. This could not be taken as it was: {parts}.").format(
                    parts=", ".join(left_out_words(file.left_out))
                ),
                "look",
            )

    def _on_export_open_chat(self) -> None:
        if self.session is not None:
            self._on_export_wanted(self.session.editor.chat.id)

    def _on_export_wanted(self, chat_id: str) -> None:
        from tchat_desktop.ui import file_dialogs

        path = file_dialogs.ask_where_to_copy(self)
        if path is None:
            return
        session = self.session

        def export() -> Path:
            if session is not None:
                session.flush()
            self._library().export_file(chat_id, path)
            return path

        self._ask(export, self._on_exported)

    def _on_exported(self, path: Path) -> None:
        self._tell(_("The copy is saved: {file}").format(file=path.name), "well")


def _not_there(error: Exception) -> None:
    """Another data folder, or a chat that was deleted: the home screen says what there is."""
    log.info("the chat that was open last is not here: %r", error)
