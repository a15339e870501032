"""Announcements for screen readers about the hour, and an alert for who looks elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostState
from tchat_desktop.ui.pages.shared.hour_words import row_name, why
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.wording.i18n import _


class HourVoice:
    """Announces on behalf of the strip, which is always visible."""

    def __init__(self, strip: QWidget) -> None:
        self._strip = strip

    def say(self, words: str) -> None:
        """Have a screen reader say something."""
        announce(self._strip, words)

    def call(self) -> None:
        """Draw the organiser's attention to the window."""
        QApplication.alert(self._strip.window())

    def tell_changes(
        self, before: Mapping[str, PostState], rows: Iterable[OutboxPost], hold: bool | None
    ) -> None:
        """Announce what changed in the rows since the states `before`.

        `hold` is True or False when all posts were just put on hold or released, else None.
        """
        said = []
        calls = False
        for row in rows:
            if before.get(row.id, row.state) is row.state:
                continue
            if row.state is PostState.SENT:
                said.append(_("{post} is published.").format(post=row_name(row)))
            elif row.state in NEEDS_ORGANISER:
                calls = True
                said.append(f"{row_name(row)}. {why(row)}")
        if hold is not None:
            said.append(_("Everything is on hold.") if hold else _("Posts leave again."))
        self.say(" ".join(said))
        if calls:
            self.call()
