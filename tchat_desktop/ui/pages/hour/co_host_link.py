"""The link to the computer of a co-host: what goes into the shared file, and what comes of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.shared_hour import Laptop, News
from tchat_desktop.services.co_hosting import HereNow, TakenIn, hidden_with
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.bridge import Bridge, Runner
from tchat_desktop.ui.file_dialogs import (
    SHARED_ENDING,
    ask_for_common_file,
    ask_for_shared,
    ask_where_to_save,
)
from tchat_desktop.ui.last_folder import FileKind, remember_folder
from tchat_desktop.ui.pages.shared.hour_ports import HoursPort
from tchat_desktop.wording import error_words
from tchat_desktop.wording.i18n import _

SHARED_EVERY_MS = 4000
"""Milliseconds between two looks at a file that is followed."""


class CoHostingPort(Protocol):
    """The sharing of an hour (`services/co_hosting.py`); every method waits for the disk."""

    def save(self, path: Path, here: HereNow) -> None: ...
    def take(self, path: Path, here: HereNow) -> TakenIn: ...
    def look(self, path: Path, here: HereNow, changed: bool) -> TakenIn | None: ...
    def known(self, here: HereNow) -> tuple[str, str]: ...
    def follow(self, chat: Chat, path: str) -> None: ...


class KeptChoices(Protocol):
    """The choices of this computer that outlast the app, each a text."""

    def kept(self, field: str) -> str: ...
    def keep(self, **changes: str) -> None: ...


class CoHostLink(QObject):
    """Saves, takes in and follows files off the GUI thread, one job at a time.

    `changed` is emitted when anything here is to be shown anew, `told` with what came.
    """

    changed = Signal()
    told = Signal(object)
    saved = Signal(object)
    """Emitted with the path of a file that was saved for the co-host."""

    def __init__(
        self,
        editor: ChatEditor,
        hours: HoursPort,
        bridge: Bridge,
        runner: Runner,
        service: CoHostingPort,
        choices: KeptChoices,
    ) -> None:
        super().__init__()
        self._editor = editor
        self._hours = hours
        self._runner = runner
        self._service = service
        self._choices = choices
        self.publisher = ""
        """Who publishes on another computer; "" for nobody, or nobody who gave a name."""
        self.both_publish = False
        self.path: Path | None = None
        """The file that is followed."""
        self.trouble = ""
        """Why the last file could not be read or written; "" when it could."""
        self._id = choices.kept("computer_id") or secrets.token_hex(8)
        self._changed = True
        self._busy = False
        self._asked: list[Callable[[], None]] = []
        self._timer = QTimer(self, interval=SHARED_EVERY_MS)
        self._timer.timeout.connect(self._look)
        for signal in (bridge.posts_arrived, bridge.post_marked, bridge.post_removed):
            signal.connect(self._on_changed)
        bridge.outbox_changed.connect(self._on_changed)
        self._ask(lambda: self._run(partial(service.known, self._here()), self._on_known))

    @property
    def name(self) -> str:
        """Who works on this computer, as the other one is told."""
        return self._choices.kept("computer_name")

    def call_self(self, name: str) -> None:
        """Tell the other computer from now on that this person works here."""
        self._choices.keep(computer_name=name.strip())
        self._changed = True

    @property
    def publishes(self) -> bool:
        """Whether the posts of the chat leave from this computer."""
        return self._hours.hour(Occasion.LIVE) is not None

    def ask_where_to_save(self, asker: QWidget) -> None:
        """Ask where the file for the co-host goes, and write it."""
        title, kind = _("Save for the co-host"), _("Shared moderation")
        path = ask_where_to_save(asker, title, self._stem, SHARED_ENDING, kind)
        if path is not None:
            remember_folder(FileKind.EXPORT, path)
            self.save(path)

    def ask_what_to_take(self, asker: QWidget) -> None:
        """Ask for the file of the co-host, and take it in."""
        path = ask_for_shared(asker)
        if path is not None:
            self.take(path)

    def ask_what_to_follow(self, asker: QWidget) -> None:
        """Ask for the file in a shared folder, and follow it."""
        path = ask_for_common_file(asker, self._stem)
        if path is not None:
            self.follow(path)

    @property
    def _stem(self) -> str:
        return " – ".join(filter(None, (self._editor.chat.topic, _("sharing"))))

    def save(self, path: Path) -> None:
        """Write a file for the co-host; returns at once."""

        self._keep_id()

        def save() -> None:
            job = partial(self._service.save, path, self._here())
            self._run(job, lambda _nothing: self._on_saved(path))

        self._ask(save)

    def take(self, path: Path) -> None:
        """Take in the file of the co-host; returns at once."""

        self._keep_id()

        def take() -> None:
            self._run(partial(self._service.take, path, self._here()), self._on_taken)

        self._ask(take)

    def follow(self, path: Path | None) -> None:
        """Follow a file in a shared folder from now on, None for no file; returns at once."""
        self._keep_id()
        self.path = path
        self._changed = True
        written = "" if path is None else str(path)
        keep = partial(self._service.follow, self._editor.chat, written)
        self._ask(lambda: self._run(keep, self._on_followed))
        self.changed.emit()

    # --- one job at a time -----------------------------------------------------------------

    def _ask(self, act: Callable[[], None]) -> None:
        """Begin now, or once what is under way has come to an end and was taken over."""
        if self._busy:
            self._asked.append(act)
        else:
            self._busy = True
            act()

    def _run(self, job: Callable[[], object], done: Callable[..., object]) -> None:
        def finished(result: object) -> None:
            self._calm()
            done(result)
            self._go_on()

        self._runner.run(self, job, finished, self._on_failed)

    def _calm(self) -> None:
        self.trouble = ""

    def _go_on(self) -> None:
        self._busy = False
        self.changed.emit()
        if self._asked:
            self._ask(self._asked.pop(0))

    def _on_failed(self, error: Exception) -> None:
        self._changed = True
        self.trouble = error_words.sentence(error)
        self._go_on()

    # --- what came -------------------------------------------------------------------------

    def _here(self) -> HereNow:
        return HereNow(self._editor.chat, self._id, Laptop(self.name, self.publishes))

    def _keep_id(self) -> None:
        """Be known by the same id from now on: a file is about to tell it."""
        if self._choices.kept("computer_id") != self._id:
            self._choices.keep(computer_id=self._id)

    def _look(self) -> None:
        if self.path is None or self._busy:
            return
        path, changed, self._changed = self.path, self._changed, False
        self._ask(
            lambda: self._run(
                partial(self._service.look, path, self._here(), changed), self._on_looked
            )
        )

    def _on_looked(self, taken: TakenIn | None) -> None:
        if taken is not None:
            self._take_over(taken)
            if taken.told != News():
                self.told.emit(taken.told)

    def _on_taken(self, taken: TakenIn) -> None:
        self._take_over(taken)
        self.told.emit(taken.told)

    def _take_over(self, taken: TakenIn) -> None:
        self.publisher = taken.publisher
        self.both_publish = self.publishes and (
            taken.both_publish or (self.both_publish and bool(taken.publisher))
        )
        told, chat = taken.told, self._editor.chat
        if told.hidden or told.shown:
            hidden = hidden_with(chat.recap.hidden_authors, told)
            self._editor.edit(replace(chat, recap=replace(chat.recap, hidden_authors=hidden)))
        if taken.published_at is not None:
            self._hours.held_back(taken.published_at)

    def _on_saved(self, path: Path) -> None:
        self.saved.emit(path)

    def _on_known(self, known: tuple[str, str]) -> None:
        path, self.publisher = known
        if path and self.path is None:
            self.path = Path(path)
        self._timer.start()

    def _on_followed(self, _nothing: object) -> None:
        self._look_soon()

    def _look_soon(self) -> None:
        if self.path is not None:
            QTimer.singleShot(0, self, self._look)

    def _on_changed(self, event: object) -> None:
        if getattr(event, "chat_id", "") == self._editor.chat.id:
            self._changed = True
