"""What is shown when an error was not caught: that nothing is lost, and what to do."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class CrashDialog(QDialog):
    """One dialog for every error nobody foresaw; never a stack of lines on the person's screen."""

    def __init__(
        self, error: BaseException, parent: QWidget | None, clean: Callable[[str], str]
    ) -> None:
        """`clean` takes secrets out of what may be copied and sent to someone."""
        super().__init__(parent)
        self._error = error
        self._clean = clean
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
        self._copy = Button(_("Copy the details"), icon_name="copy", clicked=self._copy_details)
        go_on = Button(_("Go on"), "primary", clicked=self.accept)
        layout.addLayout(row(self._copy, None, go_on))
        go_on.setFocus()

    def _copy_details(self) -> None:
        lines = traceback.format_exception_only(self._error)
        where = traceback.format_tb(self._error.__traceback__)[-6:]
        QGuiApplication.clipboard().setText(self._clean("".join(where + lines)))
        self._copy.show_text(_("Copied"))
