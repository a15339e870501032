"""Saves every form and picture of the recap into one folder, one after another; can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.picture_cards import PictureCard
from tchat_desktop.domain.recap import Recap
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.file_dialogs import ask_for_folder, proposed_name
from tchat_desktop.ui.last_folder import FileKind, remember_folder
from tchat_desktop.ui.pages.recap.card_files import CardFiles
from tchat_desktop.ui.pages.recap.picture_pieces import DrawnCard, all_pictures
from tchat_desktop.ui.pages.shared.saving import Export, file_stem
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording import error_words
from tchat_desktop.wording.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class _Piece:
    """One file to write."""

    title: str
    name: str
    write: Callable[[Path], Path]


class AllForms(QWidget):
    """The button that saves all forms and pictures, and how far that is.

    `wanted` is called when it is pressed, and answers with `begin`. `saved` is called once every
    form is on disk.
    """

    def __init__(
        self,
        bridge: Bridge,
        exports: Sequence[Export[Recap]],
        pictures: CardFiles,
        open_path: Callable[[Path], bool],
        wanted: Callable[[], None],
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._exports = exports
        self._pictures = pictures
        self._pieces: list[_Piece] = []
        self._open_path = open_path
        self._folder: Path | None = None
        self._written: list[Path] = []
        self._stopped = False
        self.button = Button(_("Save them all"), "quiet", "download", wanted)
        self.cancel = Button(_("Stop"), "link", "close", self._on_cancel)
        self.cancel.hide()
        self._progress = Text("", "small")
        self._progress.hide()
        self._verdict = VerdictLine()
        self.show_folder = Button(_("Show the folder"), icon_name="open", clicked=self._on_show)
        self.show_folder.hide()
        layout = Column()
        self.setLayout(layout)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addWidget(Text(_("All forms and pictures, in one folder"), "label"))
        layout.addLayout(FlowLayout(self.button))
        layout.addWidget(self._progress)
        layout.addLayout(row(self.cancel, None))
        layout.addWidget(self._verdict)
        layout.addLayout(row(self.show_folder, None))

    @property
    def text(self) -> str:
        """What is said: how far it is, or what came of it."""
        return self._verdict.text or self._progress.text()

    def refuse(self, why: str) -> None:
        """Show why nothing is saved."""
        self._say(why, well=False)

    def begin(self, recap: Recap, chat: Chat, saved: Callable[[], None]) -> None:
        """Ask for a folder, make one of its own in it, and write each form there."""
        chosen = ask_for_folder(self, _("In which folder should all forms be saved?"))
        if chosen is None:
            return
        remember_folder(FileKind.EXPORT, chosen / "-")
        self._stopped, self._folder, self._written = False, None, []
        self.button.setEnabled(False)
        self.show_folder.hide()
        self._verdict.say("", "well")
        stem = proposed_name(file_stem(_("recap"), chat, recap.simulated))
        self._pieces = list(self._forms(recap, chat))
        pictures = self._pictures

        def begun() -> tuple[Path, tuple[PictureCard, ...], QImage]:
            return _new_folder(chosen, stem), pictures.cards(recap), pictures.logo(chat)

        def made(done: tuple[Path, tuple[PictureCard, ...], QImage]) -> None:
            self._folder, cards, logo = done
            drawn = all_pictures(cards, chat, logo)
            self._pieces += self._drawn(drawn, chat, recap.simulated)
            write_next()

        def write_next() -> None:
            done = len(self._written)
            if done == len(self._pieces):
                self._on_done()
                saved()
                return
            if self._stopped:
                self._on_stopped()
                return
            self._show_progress(done)
            assert self._folder is not None
            piece, path = self._pieces[done], self._folder / self._pieces[done].name
            self._bridge.run(self, lambda: piece.write(path), written, self._on_failed)

        def written(path: Path) -> None:
            self._written.append(path)
            write_next()

        self._show_progress(0)
        self.cancel.show()
        self._bridge.run(self, begun, made, self._on_failed)

    def _forms(self, recap: Recap, chat: Chat) -> Iterator[_Piece]:
        names = _names(self._exports, chat, recap.simulated)
        for export, name in zip(self._exports, names, strict=True):
            title, write = export.reader or export.title, partial(export.write, recap)
            yield _Piece(_(title), name, write)

    def _drawn(
        self, pictures: Iterable[DrawnCard], chat: Chat, rehearsing: bool
    ) -> Iterator[_Piece]:
        """The pictures, numbered: two highlights of one person would have one name."""
        for number, one in enumerate(pictures, 1):
            stem = proposed_name(file_stem(one.stem, chat, rehearsing))
            write = partial(one.save, self._pictures, one.card.alt_text)
            yield _Piece(_("a picture with its description"), f"{stem} {number}.png", write)

    def _show_progress(self, done: int) -> None:
        self._progress.setText(
            _("Saving {number} of {count}: {what}").format(
                number=done + 1, count=len(self._pieces), what=self._pieces[done].title
            )
        )
        self._progress.show()

    def _on_done(self) -> None:
        count = len(self._written)
        words = ngettext(
            "Saved: {count} form or picture, in the folder “{folder}”",
            "Saved: {count} forms and pictures, in the folder “{folder}”",
            count,
        )
        self._end(words.format(count=count, folder=self._name()), well=True)

    def _on_stopped(self) -> None:
        self._end(self._left_words(_("Stopped.")), well=True)

    def _on_failed(self, error: Exception) -> None:
        self._end(self._left_words(error_words.sentence(error)), well=False)

    def _left_words(self, words: str) -> str:
        """The words, and what was written before; a folder in which nothing is goes again."""
        count = len(self._written)
        if not count:
            self._remove_folder()
            return words
        there = ngettext(
            "{count} form or picture is whole in the folder “{folder}”.",
            "{count} forms and pictures are whole in the folder “{folder}”.",
            count,
        ).format(count=count, folder=self._name())
        return f"{words} {there}"

    def _remove_folder(self) -> None:
        folder, self._folder = self._folder, None
        if folder is not None:
            self._bridge.run(self, lambda: _remove(folder), lambda _none: None, lambda _error: None)

    def _end(self, words: str, *, well: bool) -> None:
        self.button.setEnabled(True)
        self.cancel.hide()
        self._progress.setText("")
        self._progress.hide()
        self._say(words, well=well)
        self.show_folder.setVisible(self._folder is not None)

    def _say(self, words: str, *, well: bool) -> None:
        self._verdict.say(words, "well" if well else "stop")
        announce(self, words)

    def _name(self) -> str:
        return self._folder.name if self._folder is not None else ""

    def _on_cancel(self) -> None:
        self._stopped = True
        self._progress.setText(_("Stopping once this one is written…"))

    def _on_show(self) -> None:
        folder, open_path = self._folder, self._open_path
        if folder is not None:
            self._bridge.run(self, lambda: open_path(folder), self._on_opened, lambda _error: None)

    def _on_opened(self, done: bool) -> None:
        if not done and self._folder is not None:
            words = _("Nothing opened it. You will find it here: {place}")
            self._verdict.say(words.format(place=self._folder), "look")


def _names(exports: Sequence[Export[Recap]], chat: Chat, rehearsing: bool) -> Iterator[str]:
    """A name for the file of each form, no two of which are the same."""
    given: set[str] = set()
    for export in exports:
        stem = proposed_name(file_stem(_(export.stem), chat, rehearsing))
        name, number = f"{stem}.{export.suffix}", 1
        while name in given:
            number += 1
            name = f"{stem}-{number}.{export.suffix}"
        given.add(name)
        yield name


def _new_folder(within: Path, stem: str) -> Path:
    """Make a folder that was not there before. Raises OSError."""
    number = 1
    while True:
        folder = within / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder


def _remove(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
