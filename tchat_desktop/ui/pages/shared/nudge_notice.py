"""Says which nudge has come into the hour, or left it, because the time that is left changed.

A nudge is proposed only as far as there is time, so that shorter questions bring one in. Nobody
asked for it: so it is told where the minutes were changed, with the button that leaves it out.
"""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.domain.run_items import RunItem, RunSheet
from tchat_desktop.ui.pages.shared.post_words import item_title
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _, format_hour


class NudgeNotice(QWidget):
    """Tells of the nudges that came or went by themselves with the last change; else hidden."""

    refused = Signal(str)
    """Emitted with the key of the nudge that the organiser leaves out."""

    def __init__(self) -> None:
        super().__init__()
        self._known: tuple[str, dict[str, RunItem]] | None = None
        self._decided: frozenset[str] = frozenset()
        self._key = ""
        self._out = Button(_("Leave it out"), clicked=self._on_refused)
        self._notice = HintNotice("", "plain", self._out)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._notice)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence on screen; "" without any."""
        return self._notice.text if not self.isHidden() else ""

    def show_sheet(self, chat: Chat, sheet: RunSheet) -> None:
        """Compare the run sheet with the one before; it stays said until something else changes."""
        nudges = {item.key: item for item in sheet.items if item.kind is PostKind.NUDGE}
        decided = frozenset(edit.key for edit in chat.run_edits)
        before = self._known[1] if self._known and self._known[0] == chat.id else nudges
        # What the organiser put in or took out by hand, or has undone, needs no telling.
        by_hand = decided | self._decided
        came = [item for key, item in nudges.items() if key not in before.keys() | by_hand]
        gone = [item for key, item in before.items() if key not in nudges.keys() | by_hand]
        self._known, self._decided = (chat.id, nudges), decided
        if came:
            self._say(_came_words(came[0], chat), came[0].key)
        elif gone:
            words = _("No time is left for the post “{post}”: it is no more in the run sheet.")
            self._say(words.format(post=item_title(gone[0])), "")
        elif self._key and self._key not in nudges:
            self._say("", "")

    def _say(self, words: str, key: str) -> None:
        self._key = key
        self._notice.say(words, "plain")
        self._out.setVisible(bool(key))
        self.setVisible(bool(words))

    def _on_refused(self) -> None:
        self.refused.emit(self._key)


def _came_words(item: RunItem, chat: Chat) -> str:
    words = _(
        "There is time left: the post “{post}” has taken its place in the run sheet, at {when}."
    )
    when = _("{count} min").format(count=item.offset)
    if chat.starts_at is not None:
        when = format_hour((chat.starts_at + timedelta(minutes=item.offset)).astimezone(chat.zone))
    return words.format(post=item_title(item), when=when)
