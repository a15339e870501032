"""A button for who helps: it copies where an error nobody foresaw happened."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.wording.i18n import _


class CopyDetails(Button):
    """Copies the details of an error, without secrets, and says that it did.

    It keeps their text alone: the error itself would keep alive what failed.
    """

    def __init__(self, details: str) -> None:
        super().__init__(_("Copy the details"), icon_name="copy", clicked=self._copy)
        self._details = details

    def show_details(self, details: str) -> None:
        """Have others to copy."""
        self._details = details
        self.show_text(_("Copy the details"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self.show_text(_("Copied"))
