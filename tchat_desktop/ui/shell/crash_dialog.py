"""What is shown when an error was not caught: that nothing is lost, and what to do."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.shell.crash_details import CopyDetails
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class CrashDialog(QDialog):
    """One dialog for every error nobody foresaw; never a stack of lines on the person's screen."""

    def __init__(self, details: str, parent: QWidget | None) -> None:
        """`details` are those of the error, see CopyDetails."""
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        self.setMinimumWidth(theme.px(460))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(24),) * 4)
        layout.setSpacing(theme.px(14))
        layout.addWidget(Text(_("Something went wrong"), "heading"))
        layout.addWidget(
            Text(
                _(
                    "The app met an error it does not know. Your work is saved on this computer. "
                    "You can go on; if it happens again, close the app and open it once more."
                )
            )
        )
        go_on = Button(_("Go on"), "primary", clicked=self.accept)
        layout.addLayout(row(CopyDetails(details), None, go_on))
        go_on.setFocus()
