"""The posts that come by copy and paste: a whole page of the tag at once, or one that was saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.found_posts import FoundPosts
from tchat_desktop.domain.undoing import Command, DoneCommand
from tchat_desktop.services.events import PostsTakenIn
from tchat_desktop.services.ports import NotReached, PostTexts
from tchat_desktop.ui import theme
from tchat_desktop.ui.file_dialogs import ask_for_page
from tchat_desktop.ui.pages.hour.hour_keys import HourKey
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.paste_words import (
    filled_words,
    found_words,
    gap_words,
    made_words,
    nothing_words,
)
from tchat_desktop.ui.pages.shared.pasting import PasteTools
from tchat_desktop.ui.shortcuts import Shortcut, named, sequence
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording import error_words
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone

AT_ONCE = 5
"""How many texts are asked of the network before those told are shown."""


@dataclass(slots=True)
class Filling:
    """How far the asking for missing texts has come."""

    rest: list[Post]
    told: int = 0
    gone: int = 0
    stopped: bool = False
    """Whether the network did not answer."""
    answers: list[Post] = field(default_factory=list)
    """What was told last, to be shown."""


class TagPaste(QWidget):
    """Takes in the page that is on the clipboard, and says what became of it.

    `without_text` returns the posts of the hour that are known by their links only. `button` pastes
    and stands where the feed puts it; keys do the same wherever no field has the keyboard.
    """

    said = Signal(str, str)
    """Emitted with what is told here from now on, and its tone."""
    found_in_field = Signal()
    """Emitted when posts were found in what was pasted into a field, which can be emptied."""

    def __init__(
        self, hour: HourPort, tools: PasteTools, without_text: Callable[[], Sequence[Post]]
    ) -> None:
        super().__init__()
        self._hour = hour
        self._tools = tools
        self._without_text = without_text
        self._cut = False
        self._brought = False
        """Whether what is told at present is a paste that brought something."""
        self._is_last = False
        self.button = Button(_("Paste the page of the tag"), icon_name="copy", clicked=self.paste)
        set_tip(self.button, named(Shortcut.PASTE))
        self.open = Button(
            _("Saved page…"), "link", "open", self._on_open, name=_("Open a saved page…")
        )
        self._told = Notice()
        self._missing = Notice()
        self._missing.hide()
        self._undo = Button(
            _("Undo"), "link", "undo", self._on_undo, name=_("Undo the paste: take it all back")
        )
        self._fill = Button(
            _("Complete the missing texts"),
            icon_name="download",
            clicked=self._on_fill,
        )
        self._answers = QWidget()
        self._answers.setLayout(FlowLayout(self._undo, self._fill))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.NEAR))
        layout.addWidget(self._told)
        layout.addWidget(self._missing)
        layout.addWidget(self._answers)
        self.hide()

    @property
    def keys(self) -> Sequence[HourKey]:
        """The keys that bring posts here, each with its button; for pasting see `listen`."""
        fill = _("Complete the texts that are missing")
        return (
            HourKey(Shortcut.OPEN_SAVED, _("Open a saved page of the tag"), self.open),
            HourKey(Shortcut.COMPLETE, fill, self._fill),
        )

    def listen(self, page: QWidget) -> None:
        """Paste by keys as long as `page` is on screen; a field with the keyboard goes before."""
        QShortcut(sequence(Shortcut.PASTE), page, self.paste)

    def paste(self) -> None:
        """Take in what is on the clipboard; returns at once."""
        self._read_clipboard(self._take)

    def holds_page(self, mime: QMimeData | None) -> bool:
        """Return whether what is pasted or dropped is clearly a page; a field must not get it."""
        return self._tools.holds_page(mime)

    def take(self, mime: QMimeData | None) -> None:
        """Take in what was pasted from elsewhere, or dropped; returns at once."""
        self._cut = False
        self._tools.read(mime, self, self._take, self._on_failed)

    def paste_for_field(self) -> None:
        """The same after a page was pasted into a field; where no post is found, say nothing."""

        def take(found: FoundPosts) -> None:
            if found.posts:
                self.found_in_field.emit()
                self._take(found)

        self._read_clipboard(take)

    def show_made(self, event: PostsTakenIn) -> None:
        """Say what became of the posts found, and which of one's own posts they confirmed.

        What may be missing is said until a page shows it.
        """
        made, confirmed, chat = event.made, event.confirmed, self._hour.chat
        self._brought = made.changes_something or bool(confirmed)
        words = [*found_words(confirmed), made_words(made, chat, cut=self._cut)]
        missing = gap_words(event.missing, chat)
        self._missing.say(missing, "look")
        self._say(" ".join(words), "well" if self._brought else "plain", missing)
        self._show_fill(bool(made.untold or self._without_text()))

    def show_last(self, last: DoneCommand | None) -> None:
        """Offer to take the paste back as long as nothing was done after it."""
        self._is_last = last is not None and last.command is Command.PASTE
        self._show_answers()

    @property
    def told(self) -> str:
        """What is said at present."""
        return self._told.text

    @property
    def missing(self) -> str:
        """What is said of messages that may be missing; "" for none."""
        return self._missing.text

    def _read_clipboard(self, take: Callable[[FoundPosts], object]) -> None:
        self._cut = False
        self._tools.read_clipboard(self, take, self._on_failed)

    def _take(self, found: FoundPosts) -> None:
        self._cut = found.cut
        if found.posts:
            self._hour.take_in(found.posts)
        else:
            self._brought = False
            self._say(nothing_words(found), "look")

    def _on_open(self) -> None:
        path = ask_for_page(self)
        if path is not None:
            read = partial(self._tools.pages.saved, path)
            self._tools.runner().run(self, read, self._take, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._brought = False
        self._fill.setEnabled(True)
        self._say(error_words.sentence(error), "look")

    def _on_undo(self) -> None:
        self._hour.undo()
        self.button.setFocus()
        self.hide()

    # --- texts that are missing --------------------------------------------------------------

    def _on_fill(self) -> None:
        self._fill.setEnabled(False)
        self._go_on(Filling(list(self._without_text())))

    def _go_on(self, filling: Filling) -> None:
        """Show the texts that were told, and ask for the next; at the end say how it went."""
        if filling.answers:
            self._hour.complete(tuple(filling.answers))
        if filling.rest and not filling.stopped:
            job = partial(_asked, filling, self._tools.texts)
            self._tools.runner().run(self, job, self._go_on, self._on_failed)
            return
        self._fill.setEnabled(True)
        self._say(filled_words(filling.told, filling.gone, filling.stopped), "plain")
        self._show_fill(filling.stopped)

    def _show_fill(self, wanted: bool) -> None:
        """Offer to ask for missing texts, but in a rehearsal: what that makes up is not on X."""
        self._fill.setVisible(wanted and self._hour.occasion is Occasion.LIVE)
        self._show_answers()

    # --- what is said ------------------------------------------------------------------------

    def _say(self, words: str, tone: Tone, missing: str = "") -> None:
        self._told.say(words, tone)
        self.show()
        self._show_answers()
        self.said.emit(f"{words}\n{missing}".strip(), "look" if missing else tone)

    def _show_answers(self) -> None:
        self._undo.setVisible(self._brought and self._is_last)
        self._answers.setVisible(not (self._undo.isHidden() and self._fill.isHidden()))


def _asked(filling: Filling, texts: PostTexts) -> Filling:
    """The asking, a few texts further; it waits for the network."""
    now, rest = filling.rest[:AT_ONCE], filling.rest[AT_ONCE:]
    made = Filling(rest, filling.told, filling.gone)
    for post in now:
        try:
            made.answers.append(texts.told(post))
        except LookupError:
            made.gone += 1
        except NotReached:
            made.stopped = True
            break
    made.told += len(made.answers)
    return made
