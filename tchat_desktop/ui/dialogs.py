"""What the window asks in a dialog of its own: where a file is, where one goes, and whether."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from tchat_desktop.i18n import _

SUFFIX = ".tchat"


def ask_for_place(parent: QWidget) -> Path | None:
    """The folder to keep the chats in; None when none was chosen."""
    name = QFileDialog.getExistingDirectory(parent, _("Where should your chats be kept?"))
    return Path(name) if name else None


def ask_for_file(parent: QWidget) -> Path | None:
    """The .tchat file to open; None when none was chosen."""
    name, _filter = QFileDialog.getOpenFileName(
        parent, _("Open a .tchat file"), "", _("Chats (*.tchat)")
    )
    return Path(name) if name else None


def ask_where_to_save(parent: QWidget) -> Path | None:
    """Where a copy of a chat goes, with the suffix of one; None when nowhere was chosen."""
    name, _filter = QFileDialog.getSaveFileName(
        parent, _("Save a copy of the chat"), "", _("Chats (*.tchat)")
    )
    if not name:
        return None
    return Path(name if name.endswith(SUFFIX) else f"{name}{SUFFIX}")


def confirms_delete(parent: QWidget) -> bool:
    """Whether a chat is really to be deleted; anything but that button keeps it."""
    box = QMessageBox(parent)
    box.setWindowTitle(_("Delete this chat?"))
    box.setText(_("Delete this chat?"))
    box.setInformativeText(
        _(
            "Its questions, posts and recap will be gone from the app. The safety copies kept "
            "beside your chats may still hold them."
        )
    )
    delete = box.addButton(_("Delete"), QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(_("Keep"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.exec()
    return box.clickedButton() is delete


def confirms_end(parent: QWidget) -> bool:
    """Whether the real hour is to end before its time; anything but that button lets it go on."""
    box = QMessageBox(parent)
    box.setWindowTitle(_("End the chat now?"))
    box.setText(_("End the chat now?"))
    box.setInformativeText(
        _("What has not left goes to the reserve. What is published stays published.")
    )
    end = box.addButton(_("End the chat"), QMessageBox.ButtonRole.AcceptRole)
    go_on = box.addButton(_("Go on"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(go_on)
    box.setEscapeButton(go_on)
    box.exec()
    return box.clickedButton() is end
