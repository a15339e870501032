"""Says what happened in the hour to who does not see it, and calls who looks elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostState
from tchat_desktop.ui.pages.shared.hour_words import row_name, why
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.wording.i18n import _


class HourVoice:
    """Speaks on behalf of the strip, which is always in sight."""

    def __init__(self, strip: QWidget) -> None:
        self._strip = strip

    def say(self, words: str) -> None:
        """Let a screen reader say it."""
        announce(self._strip, words)

    def call(self) -> None:
        """Call the organiser to the window."""
        QApplication.alert(self._strip.window())

    def tell_changes(
        self, before: Mapping[str, PostState], rows: Iterable[OutboxPost], hold: bool | None
    ) -> None:
        """What became of the rows since `before`; `hold` tells what was decided about all."""
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
            QApplication.beep()
