"""The one window: the home screen, or one chat with its guide."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow

from tchat_desktop.platform.paths import sync_service
from tchat_desktop.ui import window_place
from tchat_desktop.wording.i18n import _

if TYPE_CHECKING:
    # The first paint waits for none of these: they are imported where they are used.
    from datetime import datetime

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from tchat_desktop.domain.chat import Chat
    from tchat_desktop.domain.network_rules import NetworkRules
    from tchat_desktop.domain.steps import StepId
    from tchat_desktop.services.events import CommandUndone, OutboxChanged
    from tchat_desktop.services.library import ChatLibrary, Listing
    from tchat_desktop.services.ports import Clock
    from tchat_desktop.services.session import Session
    from tchat_desktop.ui.bridge import Bridge
    from tchat_desktop.ui.pages.page import Offer, Page
    from tchat_desktop.ui.shell.data_dialog import KeepingTools
    from tchat_desktop.ui.shell.home import Home
    from tchat_desktop.ui.shell.step_pages import PageFactory
    from tchat_desktop.ui.shell.window_keys import WindowKeys
    from tchat_desktop.ui.shell.workspace import Statuses, Workspace
    from tchat_desktop.ui.widgets.card import Notice

log = logging.getLogger(__name__)

Result = TypeVar("Result")


class MainWindow(QMainWindow):
    """Puts the home screen or a chat on screen, and answers what they ask for."""

    language_chosen = Signal(str)
    place_chosen = Signal(Path)
    example_opened = Signal()
    at_chat = Signal(str, str)
    """Which chat and which step are on screen; twice "" for the home screen."""
    home_listed = Signal(object, object)
    """The home screen that is shown and the `Listing` it shows."""
    closed = Signal()
    tab_pressed = Signal(bool)
    """True just before Tab moves the keyboard on, False just after."""

    def __init__(self) -> None:
        super().__init__()
        self.session: Session | None = None
        self.workspace: Workspace | None = None
        self.home: Home | None = None
        self.notice: Notice
        """What is to be known in the whole window, below the bar; mostly hidden."""
        self._keys: WindowKeys | None = None
        self._last_session: Session | None = None
        self._close_anyway = False
        self._started = False
        self._counted = ""
        """What the title counts down while the hour runs; "" for nothing."""
        self._furnished = False
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._on_idle)
        self.setWindowTitle("Tchat")
        self.setMinimumSize(window_place.SMALLEST)
        self.resize(window_place.WISHED)

    def furnish(
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
        keeping_tools: Callable[[], KeepingTools],
    ) -> None:
        """Put the home screen into the window, which may be on screen already.

        `crashed` writes an error down, and returns its details to be copied.
        """
        from tchat_desktop.ui.shell.chat_errands import ChatErrands
        from tchat_desktop.ui.shell.close_guard import LiveGuard
        from tchat_desktop.ui.shell.hour_follower import LiveEdits
        from tchat_desktop.ui.shell.keeping_errands import KeepingErrands
        from tchat_desktop.ui.shell.on_air import OnAir
        from tchat_desktop.ui.shell.saving_state import SavingState
        from tchat_desktop.ui.shell.telling import Telling

        self._bridge = bridge
        self._library = library
        self._restore_backup = restore_backup
        self._clock = clock
        self._open_session = open_session
        self._pages_of = pages_of
        self._statuses = statuses
        self._crashed = crashed
        self._saving = SavingState(bridge)
        self.telling = Telling(
            bridge,
            {
                "restore": self._on_restore_wanted,
                "move": self._on_place_wanted,
                "retry": self._on_retry_wanted,
            },
            self,
        )
        self._errands = ChatErrands(
            self,
            self.telling,
            library,
            home_zone,
            self.open_chat,
            lambda: self.session,
            self.refresh_home,
        )
        self._errands.example_opened.connect(self._on_example_opened)
        self._errands.care_opened.connect(self._on_care_opened)
        self._keeping = KeepingErrands(
            self,
            self.telling,
            bridge,
            library,
            keeping_tools,
            lambda: self.session,
            self.refresh_home,
        )
        self.live_edits = LiveEdits(
            bridge, lambda: self.session, self._show_page_again, self.telling.tell_error
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
        self._furnished = True
        self.rebuild()

    def start(self) -> None:
        """Ask for the chats, once the window has been painted: nothing heavy goes before that."""
        self._started = True
        self.refresh_home()

    def rebuild(self) -> None:
        """Build everything on screen anew, in the language and look now in force."""
        from PySide6.QtWidgets import QVBoxLayout, QWidget

        from tchat_desktop.ui.shell.top_bar import TopBar
        from tchat_desktop.ui.shell.window_keys import WindowKeys
        from tchat_desktop.ui.shortcuts import on_mac
        from tchat_desktop.ui.widgets.card import Notice
        from tchat_desktop.ui.widgets.toast import Toast

        self.finish_typing()
        step = self.workspace.step if self.workspace else None
        unfinished = self.workspace.unfinished() if self.workspace else None
        self._close_workspace()
        frame = QWidget()
        self._column = layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.bar = TopBar()
        self.bar.offers = self._offers
        self.bar.home_wanted.connect(self.go_home)
        self.bar.language_chosen.connect(self.language_chosen)
        self.bar.export_wanted.connect(self._on_export_open_chat)
        self.bar.archive_wanted.connect(self._on_archive_open_chat)
        self.bar.check_wanted.connect(self._on_check_wanted)
        self.bar.hour_wanted.connect(self._on_hour_wanted)
        self.bar.hour_undo_wanted.connect(self.on_air.undo)
        self.bar.went_back.connect(self._on_undone)
        self.bar.came_again.connect(self._on_redone)
        if self._keys is not None:
            self._keys.leave()
        self._keys = WindowKeys(self)
        if on_mac():
            self._add_menus(self._keys)
        self.notice = Notice()
        self.notice.hide()
        layout.addWidget(self.bar)
        layout.addWidget(self.notice)
        self._toast = Toast(frame)
        self.telling.speak_through(self.notice, self._toast)
        self.setCentralWidget(frame)
        self.home = None
        if self.session is not None and step is not None:
            self._show_workspace(step, unfinished)
        else:
            self._show_home()
        for error in self._saving.errors:
            self.telling.tell_error(error)

    def _add_menus(self, keys: WindowKeys) -> None:
        from tchat_desktop.ui.shell.menu_bar import MenuBar

        menus = MenuBar(self, self.bar, keys)
        self._errands.serve_menus(menus)
        menus.language_chosen.connect(self.language_chosen)
        menus.export_wanted.connect(self._on_export_open_chat)
        self.setMenuBar(menus)

    @staticmethod
    def finish_typing() -> None:
        """Let the field under the keyboard hand in what was typed, before it goes."""
        field = QApplication.focusWidget()
        if field is not None:
            field.clearFocus()

    def _on_example_opened(self) -> None:
        if self.workspace is not None:
            self.workspace.offer_rehearsal()
        self.example_opened.emit()

    def go_home(self) -> None:
        """Show the cards of all chats; what is open is written first."""
        if not self._may_leave():
            return
        self.finish_typing()
        if self.session is not None:
            session, self.session = self.session, None
            self.telling.ask(session.close, self._on_closed)
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
            self.telling.ask(previous.close, self._on_closed)
            self._close_workspace()
        self.session = self._last_session = self._open_session(chat)
        self.session.editor.observe(self._on_chat_changed)
        self._show_workspace(step)
        if chat.thread_out and self.workspace is not None:
            from tchat_desktop.ui.shell.thread_news import tell_of_thread

            tell_of_thread(chat, self.telling, self.workspace)
        return True

    def _may_leave(self) -> bool:
        """Whether what is open may go from the screen; asked where something would be lost."""
        typed = self.workspace.typed if self.workspace is not None else ()
        return self._guard.may_leave(self.session, typed)

    def move_in(self, live: bool) -> None:
        """Go on in another place, where everything is by now; with the real hour if `live`."""
        self._saving.begin_anew()
        self.notice.hide()
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
        self.telling.ask(lambda: self._library().listed(), self._on_listed)

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
        before = self.focusWidget()
        if self.workspace is not None:
            self.workspace.keep_order()
        self.tab_pressed.emit(True)
        moved = super().focusNextPrevChild(following)
        self.tab_pressed.emit(False)
        if self.workspace is not None:
            self.workspace.show_entered(before, self.focusWidget())
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What is being typed in takes it as a letter, and it does not come here.
        if event.text() == "?" and self._keys is not None:
            self._keys.show_sheet()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._furnished and not self._may_leave():
            event.ignore()
            return
        self.finish_typing()
        if self.session is not None:
            self.session.stop_hours()
        # The last one also when it is closed: it may have left something to write.
        last = self._last_session
        if last is not None and not self._close_anyway and not last.flush():
            from tchat_desktop.ui.widgets.buttons import Button

            leave = Button(_("Close without saving"), "danger", clicked=self._on_leave_wanted)
            self.telling.tell(
                _("The last edit could not be saved. Please try again."), "stop", leave
            )
            event.ignore()
            return
        self._idle.stop()
        super().closeEvent(event)
        self.closed.emit()

    def _show_home(self) -> None:
        if self.home is None:
            from tchat_desktop.ui.shell.home import Home

            self.home = Home()
            self._errands.serve(self.home)
            self._keeping.serve(self.home)
            self._column.addWidget(self.home, 1)
        self.home.show()
        self.home.setFocus()
        # What is built anew is not on screen yet, and what is not cannot have the keyboard.
        QTimer.singleShot(0, self.home, self.home.setFocus)
        self.setWindowTitle(_("Tchat"))
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
            lambda: self._guard.leaves_by_itself(self.session),
            lambda: self._guard.rows_of_hour(self.session),
        )
        self.workspace.home_wanted.connect(self.go_home)
        self.workspace.step_opened.connect(self._on_step_opened)
        self.workspace.new_edition_wanted.connect(self._errands.begin_new_edition)
        self.workspace.data_wanted.connect(self._on_data_wanted)
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
        self.telling.leave_chat()
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
        self._show_title()
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
        self.telling.tell(words.format(what=change.what, step=step_title(change.step)), "well")

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        from tchat_desktop.domain.chat import Occasion

        session = self.session
        ours = session is not None and event.chat_id == session.editor.chat.id
        if session is not None and ours and event.occasion is Occasion.PROMOTION:
            session.note_announced(event.rows)
        elif session is not None and ours and event.occasion is Occasion.THREAD:
            session.note_thread(event.rows)
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

    def _offers(self) -> Sequence[Offer]:
        shown = self._page_on_screen()
        return shown[1].offers if shown is not None else ()

    def _on_hour_wanted(self) -> None:
        from tchat_desktop.domain.steps import StepId

        if self.workspace is not None:
            self.workspace.open_step(StepId.HOUR)

    def _on_data_wanted(self) -> None:
        # The history of its edits would bring back what is erased: so the chat is closed first.
        self.go_home()
        if self.session is None:
            self._keeping.open_dialog()

    def _on_care_opened(self, step: StepId) -> None:
        from tchat_desktop.domain.steps import StepId

        # In the hour its strip leads to the message; elsewhere the page opens it.
        if self.workspace is not None and step is not StepId.HOUR:
            self.workspace.open_to_check(step)

    def _on_check_wanted(self) -> None:
        from tchat_desktop.domain.steps import StepId

        if self.workspace is not None:
            self.workspace.open_to_check(StepId.HOUR)

    def _on_step_opened(self, step: StepId) -> None:
        from tchat_desktop.domain.steps import StepId

        if self.session is not None:
            self.at_chat.emit(self.session.editor.chat.id, step.value)
        self._show_title()
        self.bar.show_way(step is not StepId.HOUR)
        self.on_air.show()
        # What is shown there is what will leave.
        if step is StepId.HOUR:
            self.live_edits.follow(at_once=True)

    def _show_title(self) -> None:
        """Name the window by the page and the chat, as the list of windows shows it."""
        from tchat_desktop.wording.step_titles import step_title

        if self.session is not None and self.workspace is not None:
            topic = self.session.editor.chat.topic or _("New chat")
            app = _("Tchat")
            shown = self._counted or f"{step_title(self.workspace.step)} – {topic}"
            self.setWindowTitle(f"{shown} – {app}")

    def show_counted(self, words: str) -> None:
        """Name the window by what is counted down; "" for nothing."""
        if words != self._counted:
            self._counted = words
            self._show_title()

    def bring_hour_to_front(self) -> None:
        """Show the page of the hour, in front of all other windows."""
        self.come_to_front()
        self._on_hour_wanted()

    def come_to_front(self) -> None:
        """Show the window in front of all others."""
        from PySide6.QtCore import Qt

        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _show_page_again(self) -> None:
        if self.workspace is not None:
            self.workspace.show_again()

    def _on_all_kept(self) -> None:
        self.notice.hide()
        if self.session is None:
            self.refresh_home()

    def _on_save_refused(self, error: Exception, another: bool) -> None:
        # It fails again every few seconds: what stands there meanwhile can be read and pressed.
        if another or self.notice.isHidden():
            self.telling.tell_error(error, is_saving=True)

    def _show_saving(self, chat_id: str) -> None:
        """Say how far the chat on screen is on disk."""
        if self.session is not None and self.session.editor.chat.id == chat_id:
            self._saving.show_on(self.bar, chat_id)

    def _on_restore_wanted(self) -> None:
        self.notice.hide()
        # What is open belongs to the database that is about to be replaced.
        self.go_home()
        if self.session is None:
            self.telling.ask(self._restore_backup, self._on_restored)

    def _on_restored(self, found: bool) -> None:
        self.refresh_home()
        if not found:
            self.telling.tell(
                _("There is no backup yet: one is made each day the app is used."), "look"
            )

    def _on_leave_wanted(self) -> None:
        self._close_anyway = True
        self.close()

    def _on_retry_wanted(self) -> None:
        self.notice.hide()
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
            if self.session is None:
                self.home_listed.emit(self.home, listing)

    def _on_closed(self, _nothing: object) -> None:
        if self.session is None:
            self.refresh_home()

    def open_file(self, path: Path) -> None:
        """Bring a .tchat file in and open it."""
        self._errands.open_file(path)

    def _on_archive_open_chat(self) -> None:
        if self.session is not None:
            self._keeping.take_along(self.session.editor.chat.id)

    def _on_export_open_chat(self) -> None:
        if self.session is not None:
            self._errands.export(self.session.editor.chat.id)


def _not_there(error: Exception) -> None:
    """Another data folder, or a chat that was deleted: the home screen says what there is."""
    log.info("the chat that was open last is not here: %r", error)
