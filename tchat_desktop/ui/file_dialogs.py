"""Where a file is, and where one goes: asked in the system's own dialog.

Each answers None too when whoever asks is gone meanwhile: the page behind an open dialog is built
anew when the look of the screen changes, and nothing must act on the one that was.
"""

from __future__ import annotations

import re
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QFileDialog, QWidget

from tchat_desktop.ui.file_names import LONGEST_PROPOSED, usable_name, with_ending
from tchat_desktop.ui.last_folder import FileKind, last_folder, remember_folder, usual_folder
from tchat_desktop.wording.i18n import _

CHAT_ENDING = "tchat"
SHARED_ENDING = "tchat-hour"


def ask_for_place(asker: QWidget) -> Path | None:
    """The folder to keep the chats in; None when none was chosen."""
    name = QFileDialog.getExistingDirectory(
        asker.window(), _("Where should your chats be saved?"), str(usual_folder(FileKind.CHAT))
    )
    return _answer(asker, name)


def ask_for_folder(asker: QWidget, title: str) -> Path | None:
    """A folder in which several files are to be saved; None when none was chosen."""
    name = QFileDialog.getExistingDirectory(
        asker.window(), title, str(last_folder(FileKind.EXPORT))
    )
    return _answer(asker, name)


def ask_for_chat(asker: QWidget) -> Path | None:
    """The .tchat file to open; None when none was chosen."""
    name, _filter = QFileDialog.getOpenFileName(
        asker.window(),
        _("Open a .tchat file"),
        str(last_folder(FileKind.CHAT)),
        _("Chats (*.tchat)"),
    )
    return _remembered(FileKind.CHAT, _answer(asker, name))


def ask_where_to_copy(asker: QWidget) -> Path | None:
    """Where a copy of a chat goes, with the suffix of one; None when nowhere was chosen."""
    name, _filter = QFileDialog.getSaveFileName(
        asker.window(),
        _("Save a copy of the chat"),
        str(last_folder(FileKind.CHAT)),
        _("Chats (*.tchat)"),
    )
    chosen = _remembered(FileKind.CHAT, _answer(asker, name))
    return with_ending(chosen, CHAT_ENDING) if chosen is not None else None


def ask_for_picture(asker: QWidget, title: str, filters: str) -> Path | None:
    """A picture to show with a post; None when none was chosen."""
    name, _filter = QFileDialog.getOpenFileName(
        asker.window(), title, str(last_folder(FileKind.PICTURE)), filters
    )
    return _remembered(FileKind.PICTURE, _answer(asker, name))


def ask_for_list(asker: QWidget) -> Path | None:
    """A file with a list of questions; None when none was chosen."""
    name, _filter = QFileDialog.getOpenFileName(
        asker.window(),
        _("Open a list of questions"),
        str(last_folder(FileKind.LIST)),
        _("Lists of questions (*.docx *.txt *.md)") + ";;" + _("All files (*)"),
    )
    return _remembered(FileKind.LIST, _answer(asker, name))


def ask_for_shared(asker: QWidget) -> Path | None:
    """The file of another computer to take in; None when none was chosen."""
    name, _filter = QFileDialog.getOpenFileName(
        asker.window(),
        _("Take in what the co-host did"),
        str(last_folder(FileKind.EXPORT)),
        _("Shared moderation (*.tchat-hour)"),
    )
    return _remembered(FileKind.EXPORT, _answer(asker, name))


def ask_for_common_file(asker: QWidget, stem: str) -> Path | None:
    """The file in a shared folder that both computers use, there already or not; None for none."""
    proposed = last_folder(FileKind.EXPORT) / f"{usable_name(stem)}.{SHARED_ENDING}"
    name, _filter = QFileDialog.getSaveFileName(
        asker.window(),
        _("The file that both computers share"),
        str(proposed),
        _("Shared moderation (*.tchat-hour)"),
        "",
        # One that is there is read, and not written over.
        QFileDialog.Option.DontConfirmOverwrite,
    )
    chosen = _remembered(FileKind.EXPORT, _answer(asker, name))
    return with_ending(chosen, SHARED_ENDING) if chosen is not None else None


def ask_for_page(asker: QWidget) -> Path | None:
    """A saved page of posts, or a table of them; None when none was chosen."""
    name, _filter = QFileDialog.getOpenFileName(
        asker.window(),
        _("Open a saved page"),
        str(last_folder(FileKind.PAGE)),
        _("Pages and tables of posts")
        + " (*.html *.htm *.mhtml *.mht *.csv *.json *.txt);;"
        + _("All files (*)"),
    )
    return _remembered(FileKind.PAGE, _answer(asker, name))


def ask_where_to_save(asker: QWidget, title: str, stem: str, ending: str, kind: str) -> Path | None:
    """Where something that comes out of a chat goes, with that ending; None for nowhere.

    `stem` is what the proposed name is made from, `kind` what such files are called. Whoever has
    written it remembers its folder.
    """
    proposed = str(last_folder(FileKind.EXPORT) / f"{proposed_name(stem)}.{ending}")
    files = f"{kind} (*.{ending})"
    chosen, _filter = QFileDialog.getSaveFileName(asker.window(), title, proposed, files)
    path = _answer(asker, chosen)
    return with_ending(path, ending) if path is not None else None


def proposed_name(stem: str) -> str:
    """The name of a file, without ending, that is made from words."""
    words = re.sub(r"[\W_]+", "-", stem).lower()
    return usable_name(words[:LONGEST_PROPOSED].strip("-"))


def _answer(asker: QWidget, name: str) -> Path | None:
    return Path(name) if name and shiboken6.isValid(asker) else None


def _remembered(kind: FileKind, path: Path | None) -> Path | None:
    if path is not None:
        remember_folder(kind, path)
    return path
