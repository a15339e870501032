"""Saving the files that come out of a chat: asks where, writes off the GUI thread, shows where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.documented import Dossier
from tchat_desktop.domain.funder_sheet import FunderSheet
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.report import ChatReport
from tchat_desktop.services.material import Material
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.file_dialogs import ask_where_to_save
from tchat_desktop.ui.last_folder import FileKind, remember_folder
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording import error_words
from tchat_desktop.wording.file_words import where_words
from tchat_desktop.wording.i18n import _

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Export(Generic[Content]):
    """A kind of file that can be saved: a row of `start/exports.py`.

    Its words are marked by `N_`.
    """

    title: str
    """The label of its button."""
    question: str
    """The title of the dialog that asks where to save."""
    stem: str
    """The beginning of the proposed file name."""
    suffix: str
    """The suffix of the file without its dot."""
    kind: str
    """What the dialog calls files with that suffix."""
    write: Callable[[Content, Path], Path]
    """Writes the content, off the GUI thread, and returns the path; may raise OSError."""
    reader: str = ""
    """Whom it is for, as its heading on the page of the recap; "" for none."""
    about: str = ""
    """What to do with it, or what it is, below its heading; "" for nothing."""
    copied: Callable[[Content], str] | None = None
    """Returns the text that is copied instead, off the GUI thread; None where none can be."""
    steps: tuple[str, ...] = ()
    """What to do once it is copied or saved, one thing a line."""
    is_whole: bool = True
    """Whether it holds the whole recap, which then counts as saved."""


@dataclass(frozen=True, slots=True)
class RecapFiles:
    """What can be saved after a chat."""

    recap: tuple[Export[Recap], ...]
    """The kinds of file for the recap, the main one first."""
    figures: tuple[Export[tuple[Chat, ChatReport]], ...]
    posts: tuple[Export[tuple[Chat, Material]], ...]
    everything: tuple[Export[Dossier], ...]
    """The files that hold all the tables; they have texts of others in them."""
    curves: tuple[Export[Dossier], ...]
    funder_sheet: Callable[[Dossier], FunderSheet]
    """Words the page for a funder; it takes seconds, so never call it on the GUI thread."""
    funder: Export[tuple[FunderSheet, QImage]]
    """The page for a funder with the logo, a null one for none."""
    introduction: Callable[[Recap], str]
    """Returns the introduction that the recap has while the organiser has written none."""
    conclusion: Callable[[Recap], str]
    """Returns a conclusion that the organiser may start from; "" when there is none."""
    news: Callable[[Recap], Mapping[str, str]]
    """Returns the texts that tell that the recap is online, by where they are told."""
    post_page: Callable[[str], str]
    """Returns the address of the page on X with a text filled in."""
    open: Callable[[Path], bool]
    """Opens a file or folder with the system's program; returns False when nothing opened."""


class Saving(QWidget):
    """The line that tells how the last saving went, with a button to the file; empty at first."""

    told = Signal()
    """Emitted when it tells something, which has to be seen."""

    def __init__(self, bridge: Bridge, open_path: Callable[[Path], bool]) -> None:
        super().__init__()
        self._bridge = bridge
        self._open_path = open_path
        self._path: Path | None = None
        self._said: tuple[str, bool] = ("", True)
        """What was told last, and whether it went well."""
        self._verdict = VerdictLine()
        self._open = Button(_("Open the file"), icon_name="outside", clicked=self._on_open)
        self._show = Button(_("Show in the folder"), icon_name="open", clicked=self._on_show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addWidget(self._verdict)
        layout.addLayout(FlowLayout(self._open, self._show))
        self.hide()

    @property
    def text(self) -> str:
        """The sentence on screen."""
        return self._verdict.text

    def save(
        self,
        export: Export[Content],
        content: Content,
        chat: Chat,
        rehearsing: bool,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Ask where to save, then write; `rehearsing` tells that all of the content was invented.

        `then` is called once the file is written.
        """
        stem = file_stem(_(export.stem), chat, rehearsing)
        path = ask_where_to_save(self, _(export.question), stem, export.suffix, _(export.kind))
        if path is None:
            return

        def saved(written: Path) -> None:
            self._on_saved(written)
            if then is not None:
                then()

        self._bridge.run(self, lambda: export.write(content, path), saved, self.fail)

    def clear(self) -> None:
        """Take away what was told: it was of something else than what is offered now."""
        self._path = None
        self._said = ("", True)
        self._verdict.say("", "well")
        self.hide()

    def show_outdated(self, words: str) -> None:
        """Say that what was saved is an old one; "" when it is not.

        Why the last saving failed stays, and so do the buttons to the file.
        """
        told, well = self._said
        if not well:
            return
        self._verdict.say(words or told, "look" if words else "well")
        self._show_buttons()
        self.setVisible(bool(words or told))

    def refuse(self, why: str) -> None:
        """Show why nothing is saved."""
        self._path = None
        self._say(why, False)

    def tell(self, text: str) -> None:
        """Show that something else than saving went well."""
        self._path = None
        self._say(text, True)

    def _on_saved(self, path: Path) -> None:
        self._path = path
        remember_folder(FileKind.EXPORT, path)
        self._say(_("Saved: {file}").format(file=where_words(path)), True)

    def fail(self, error: Exception) -> None:
        """Show why saving failed."""
        self._path = None
        self._say(error_words.sentence(error), False)

    def _say(self, text: str, well: bool) -> None:
        self._said = (text, well)
        self._verdict.say(text, "well" if well else "stop")
        self._show_buttons()
        self.show()
        self.told.emit()
        announce(self, text)

    def _show_buttons(self) -> None:
        self._open.setVisible(self._path is not None)
        self._show.setVisible(self._path is not None)

    def _on_open(self) -> None:
        if self._path is not None:
            self._run_open(self._path)

    def _on_show(self) -> None:
        if self._path is not None:
            self._run_open(self._path.parent)

    def _run_open(self, path: Path) -> None:
        open_path = self._open_path
        self._bridge.run(self, lambda: open_path(path), self._on_opened, self._on_not_opened)

    def _on_opened(self, done: bool) -> None:
        if not done and self._path is not None:
            self._verdict.say(
                _("Nothing opened it. You will find it here: {place}").format(place=self._path),
                "look",
            )

    def _on_not_opened(self, _error: Exception) -> None:
        self._on_opened(False)


def file_stem(what: str, chat: Chat, rehearsing: bool) -> str:
    """Return the beginning of a file name; it tells when all of the content was invented."""
    first = _("rehearsal") if rehearsing else ""
    return " ".join(part for part in (first, what, chat.hashtag or chat.topic) if part)
