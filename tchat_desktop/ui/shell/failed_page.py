"""What stands in the place of a page that failed: what happened, what is safe, what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal

from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.shell.crash_details import CopyDetails
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.step_titles import step_title


class FailedPage(Page):
    """Says that the page of a step cannot be shown, and offers to try again.

    `details` are those of the error, see CopyDetails.
    """

    try_again_wanted = Signal(StepId)

    def __init__(self, step: StepId, details: str) -> None:
        super().__init__(step_title(step), _("This page cannot be shown just now."))
        self.step = step
        self.details = details
        self._what = Text(_("The app met an error it does not know while making this page."))
        self._todo = Text(
            _("Try again. If the page does not come, go on with the other steps: they work.")
        )
        card = Card(edge="look")
        card.add(
            self._what,
            Text(_("Your chat is safe: it is saved on this computer."), "strong"),
            self._todo,
        )
        if step is StepId.HOUR:
            card.add(
                Text(
                    _(
                        "If the chat has begun, it goes on: its messages leave or open at their "
                        "times. To stop everything, close the app."
                    )
                )
            )
        self._copy = CopyDetails(details)
        self._again = Button(_("Try again"), "primary", clicked=self._on_again)
        card.add(row(self._again, self._copy, None))
        self.add(card)
        self.content.addStretch(1)

    def say_again(self, details: str) -> None:
        """It failed once more: say what is left to do, in as many lines, so that nothing moves."""
        self.details = details
        self._copy.show_details(details)
        self._what.setText(_("The page failed again, by an error the app does not know."))
        self._todo.setText(
            _("Close the app and open it again. If need be, send the details to who helps you.")
        )
        announce(self, f"{self._what.text()} {self._todo.text()}")

    def _on_again(self) -> None:
        self.try_again_wanted.emit(self.step)
