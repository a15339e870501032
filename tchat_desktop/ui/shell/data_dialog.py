"""The window that says what stays on this computer, where, and how to have it gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from tchat_desktop.domain.forgetting import KnownPerson
from tchat_desktop.services.keeping import Forgotten, Keeping, OnDisk
from tchat_desktop.services.ports import KeptFiles, KeptKind
from tchat_desktop.ui import dialogs, theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.row_list import RowList
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording import error_words
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.kept_words import (
    forgotten_words,
    how_removed,
    kept_words,
    known_words,
    person_words,
    size_words,
)
from tchat_desktop.wording.tone import Tone

_SIZE = (760, 720)
"""The size of the window in pixels at 100 %, where the screen has room."""
_REMOVABLE = (KeptKind.SET_ASIDE, KeptKind.CRASHES)


@dataclass(frozen=True, slots=True)
class KeepingTools:
    """What the window needs; all three wait for the disk."""

    keeping: Callable[[], Keeping]
    take_along: Callable[[str, Path, Callable[[str], bool]], Path]
    """Writes all of the chat of that id into one file, and returns its path.

    Before each part the function is told its name, and returns whether it is still wanted: else
    TakingStopped is raised, and nothing is written."""
    open_path: Callable[[Path], bool]
    """Opens a folder; False when that did not work."""


MOST_FOUND = 20
"""People who are listed at a time; of more, some more of the name is asked for."""


class DataDialog(QDialog):
    """What is kept, whom to forget, and what cannot be taken back.

    It is opened where no chat is: what is forgotten must be in no history of edits.
    """

    forgot = Signal()
    """Emitted when somebody was taken out of the chats."""

    def __init__(self, tools: KeepingTools, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What is kept on this computer"))
        self._tools = tools
        self._bridge = bridge
        self._folder: Path | None = None
        self.files = RowList(_("Files that are kept"), theme.Space.PART)
        self._where = Text("", "small")
        self.open_folder = Button(_("Open the folder"), icon_name="open", clicked=self._on_open)
        self.open_folder.setEnabled(False)
        self._trouble = HintNotice("", "stop", None)
        self._trouble.hide()
        self.typed = LineEdit()
        self.typed.setPlaceholderText(_("Example: awa, Awa Diop or @awa_diop"))
        self.typed.returnPressed.connect(self._on_search)
        self.typed.textChanged.connect(self._on_typed)
        self.search = Button(_("Find"), "quiet", "search", self._on_search)
        self.search.setEnabled(False)
        self._field = Field(_("Their name or account on X, or a part of it"), self.typed)
        self.people = RowList(_("People who were found"), theme.Space.NEAR)
        self._told = HintNotice("", "well", None)
        self._told.hide()
        self._close = Button(_("Close"), "primary", clicked=self.accept)
        self._build(parent.window().size())
        self._show_disk()

    def begin_forgetting(self) -> None:
        """Put the keyboard where the name of somebody to forget is typed."""
        self.typed.setFocus()
        self._area.ensureWidgetVisible(self._forgetting)

    def _build(self, room: QSize) -> None:
        self._area, inner = SteadyScrollArea(), QWidget()
        self._area.setAccessibleName(self.windowTitle())
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        inner.setObjectName("sheet")
        self._area.setWidget(inner)
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(theme.Space.GAP))
        for part in (self._kept_card(), self._forget_card(), self._beyond_card()):
            inside.addWidget(part)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(theme.Space.GAP),) * 4)
        layout.setSpacing(theme.px(theme.Space.PART))
        layout.addWidget(self._area, 1)
        layout.addLayout(row(None, self._close))
        wide, high = (theme.px(one) for one in _SIZE)
        margin = theme.px(theme.Space.GAP)
        self.resize(min(wide, room.width() - margin), min(high, room.height() - margin))

    def _kept_card(self) -> Card:
        card = Card()
        card.add(
            Text(_("What is kept here, and where"), "heading"),
            Text(
                _(
                    "Everything is on this computer, in files that only your session can read. "
                    "Nothing is sent, but what you publish on X."
                )
            ),
            self._trouble,
            self.files,
            self._where,
            FlowLayout(self.open_folder),
            Text(
                _(
                    "Your access keys are in none of these files: the keyring of the computer has "
                    "them. “Erase the keys”, on the page of the connection, takes them out."
                ),
                "small",
            ),
        )
        return card

    def _forget_card(self) -> Card:
        self._forgetting = card = Card()
        find = row(self._field)
        find.addLayout(column(None, self.search))
        find.setStretch(0, 1)
        card.add(
            Text(_("Forget somebody"), "heading"),
            Text(
                _(
                    "Somebody asks you to erase what concerns them? Their posts, their name, their "
                    "thanks and your notes about them leave all your chats, and the backups. The "
                    "posts of others stay: […] takes the place of the name."
                )
            ),
            find,
            self.people,
            self._told,
        )
        return card

    def _beyond_card(self) -> Card:
        card = Card()
        card.add(
            Text(_("What the app cannot take back"), "heading"),
            Text(
                _(
                    "What is on X stays there: only its author, or X, deletes it. Files you saved "
                    "or sent (.tchat copies, recap pages, tables, archives) stay where they are: "
                    "delete them there, and make new ones. The computer of a co-host learns of it "
                    "the next time you share; what it saved elsewhere stays."
                )
            ),
            Text(_("To remove everything from this computer"), "strong"),
            Text(
                _(
                    "Delete each chat, erase your keys, close the app, then delete the "
                    "folder shown above. Uninstalling the app leaves that folder, so that a new "
                    "version finds your chats. A specialist may still find pieces of deleted files "
                    "on a disk that is not encrypted."
                )
            ),
        )
        return card

    # --- what is kept ------------------------------------------------------------------------

    def _show_disk(self) -> None:
        keeping = self._tools.keeping
        self._bridge.run(self, lambda: keeping().on_disk(), self._on_disk, self._on_failed)

    def _on_disk(self, told: OnDisk) -> None:
        self._folder = told.folder
        self.open_folder.setEnabled(True)
        self._where.setText(_("The folder: {folder}").format(folder=told.folder))
        self.files.show_rows([self._file_row(one) for one in told.files])

    def _file_row(self, files: KeptFiles) -> QWidget:
        line, words = QWidget(), kept_words(files)
        texts = column(Text(words), spacing=2)
        detail = size_words(files.bytes)
        if files.kind is KeptKind.SETTINGS:
            detail += f" – {files.paths[0]}"
        if how := how_removed(files):
            detail += f" – {how}"
        texts.addWidget(Text(detail, "small"))
        across = row(spacing=theme.Space.BESIDE)
        across.addLayout(texts, 1)
        if files.kind in _REMOVABLE:
            across.addWidget(
                Button(
                    _("Delete"),
                    "quiet",
                    "trash",
                    partial(self._on_remove, files.kind),
                    name=_("{what} – {who}").format(what=_("Delete"), who=words),
                )
            )
        line.setLayout(across)
        line.setAccessibleName(f"{words}, {detail}")
        return line

    def _on_remove(self, kind: KeptKind) -> None:
        if dialogs.confirms_removing(self):
            keeping = self._tools.keeping
            self._bridge.run(self, lambda: keeping().remove(kind), self._on_disk, self._on_failed)
            self.open_folder.setFocus()

    def _on_open(self) -> None:
        folder, open_path = self._folder, self._tools.open_path
        if folder is not None:
            self._bridge.run(self, lambda: open_path(folder), self._on_opened, self._on_failed)

    def _on_opened(self, opened: bool) -> None:
        words = _("The folder could not be opened. Its name stands below.")
        self._trouble.say("" if opened else words, "look")

    def _on_failed(self, error: Exception) -> None:
        self._trouble.say(error_words.sentence(error), "stop")
        self._set_busy(False)

    # --- forgetting somebody -----------------------------------------------------------------

    def _on_typed(self) -> None:
        self.search.setEnabled(bool(self.typed.text().strip(" @")))

    def _on_search(self) -> None:
        said = self.typed.text().strip()
        if not self.search.isEnabled():
            return
        keeping = self._tools.keeping
        self._told.say("", "plain")
        self._bridge.run(self, lambda: keeping().people(said), self._on_found, self._on_failed)

    def _on_found(self, people: Sequence[KnownPerson]) -> None:
        shown = people[:MOST_FOUND]
        self.people.show_rows([self._person_row(one) for one in shown])
        if len(people) > len(shown):
            words = _("The first {shown} of {count} people: type more of the name.")
            self._say(words.format(shown=len(shown), count=len(people)), "look")
        if people:
            announce(self, ", ".join(map(person_words, shown)))
            self._area.ensureWidgetVisible(self.people)
        else:
            words = _(
                "Nobody of that name or account is in your chats. Try a part of it, such as the "
                "first name alone."
            )
            self._say(words, "look")

    def _person_row(self, person: KnownPerson) -> QWidget:
        line, who = QWidget(), person_words(person)
        texts = column(Text(who, "strong"), Text(known_words(person), "small"), spacing=2)
        across = row(spacing=theme.Space.BESIDE)
        across.addLayout(texts, 1)
        across.addWidget(
            Button(
                _("Erase for good…"),
                "danger",
                "trash",
                partial(self._on_forget, person),
                name=_("{what} – {who}").format(what=_("Erase for good…"), who=who),
            )
        )
        line.setLayout(across)
        line.setAccessibleName(f"{who}, {known_words(person)}")
        return line

    def _on_forget(self, person: KnownPerson) -> None:
        if not dialogs.confirms_forgetting(self, person_words(person)):
            return
        keeping = self._tools.keeping
        self._set_busy(True)
        self._say(_("Erasing, in the backups too: this may take a minute."), "plain")
        self._bridge.run(
            self, lambda: keeping().forget(person), self._on_forgotten, self._on_failed
        )

    def _on_forgotten(self, forgotten: Forgotten) -> None:
        self._set_busy(False)
        self.people.show_rows(())
        self.typed.clear()
        self._say(forgotten_words(forgotten), "look" if forgotten.copies.left else "well")
        self.typed.setFocus()
        self._show_disk()
        self.forgot.emit()

    def _set_busy(self, busy: bool) -> None:
        self.people.setEnabled(not busy)
        self.typed.setEnabled(not busy)
        self._close.setEnabled(not busy)

    def _say(self, words: str, tone: Tone) -> None:
        self._told.say(words, tone)
        self._area.ensureWidgetVisible(self._told)
        announce(self, words)
