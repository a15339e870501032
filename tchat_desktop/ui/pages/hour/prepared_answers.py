"""The line with the prepared answer of a guest to the question that was just asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.people import account_of
from tchat_desktop.domain.prepared_answers import ReadyAnswer, ready_answers, your_turn
from tchat_desktop.domain.texts import Texts
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.faces import set_words, two_lines
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.placing import keep_room
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _

TOLD_FOR = timedelta(seconds=8)
"""How long the line says what came of a press, before the next answer takes its place."""


class PreparedAnswersCard(Card):
    """One answer at a time, that to the latest question first; of one height, so nothing moves.

    It is hidden while no guest has prepared anything.
    """

    use_wanted = Signal(object)
    """Emitted with the ReadyAnswer of a guest whose answers the organiser publishes."""

    def __init__(self, hour: HourPort, texts_of: Callable[[str], Texts], guard: ChildGuard) -> None:
        super().__init__(padding=theme.Space.GAP, spacing=theme.Space.BESIDE)
        self._hour = hour
        self._texts_of = texts_of
        self._guard = guard
        self._ready: ReadyAnswer | None = None
        self._reminded: set[tuple[str, str]] = set()
        """Pairs of (guest id, question id) for which the reminder was copied."""
        self._told = ""
        """What came of the last press, shown until `_told_until` (UTC, the hour's own time)."""
        self._told_until = hour.clock.now()
        self._words = two_lines(Text("", "small"))
        self._use = SteadyButton("", "quiet", "bubble", self._on_pressed)
        self._use.keep_room_for(_("Use this answer"), _("Copy a reminder"))
        keep_room(self._use)
        line = row(self._words, self._use, spacing=theme.Space.UNDER_HEADING)
        line.setStretch(0, 1)
        self.add(line)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence on screen."""
        return self._words.text()

    def show_view(self, view: HourView) -> None:
        """Show the next prepared answer of which nothing was made yet."""
        over = view.ended and view.occasion is Occasion.REHEARSAL
        self.setVisible(any(guest.answers for guest in view.chat.guests) and not over)
        ready = (
            one
            for one in ready_answers(view.chat, view.rows, NETWORK)
            if (one.guest.id, one.question_id) not in self._reminded
        )
        if self._told and view.now < self._told_until:
            return
        self._told = ""
        before, self._ready = self._ready, next(ready, None)
        set_words(self._words, _said(self._ready))
        set_tip(self._words, self._ready.text if self._ready else "")
        self._use.setVisible(self._ready is not None)
        if self._ready is not None and self._ready != before:
            on_x = account_of(self._ready.guest, NETWORK)
            words = _("Copy a reminder") if on_x else _("Use this answer")
            self._use.show_text(words, f"{words} – {self.text}")
            self._use.means((self._ready.guest.id, self._ready.question_id))

    def _on_pressed(self) -> None:
        ready = self._ready
        if ready is None:
            return
        if not account_of(ready.guest, NETWORK):
            self.use_wanted.emit(ready)
            return
        text = your_turn(self._hour.chat, ready, self._texts_of(self._hour.chat.language))
        if lacks := blank_words(text):
            self._say(lacks)
        elif self._guard.lets_leave(self, text):
            QGuiApplication.clipboard().setText(text)
            self._reminded.add((ready.guest.id, ready.question_id))
            self._ready = None
            self._use.hide()
            words = _("Copied: paste it to {name}, in a message.")
            self._say(words.format(name=_name(ready)))

    def _say(self, words: str) -> None:
        self._told, self._told_until = words, self._hour.clock.now() + TOLD_FOR
        self._words.setText(words)
        announce(self, words)


def _said(ready: ReadyAnswer | None) -> str:
    if ready is None:
        return _("The prepared answers of your guests come here, once their question is asked.")
    return _("Q{number}, prepared by {name}: {text}").format(
        number=ready.number, name=_name(ready), text=beginning(ready.text, 80)
    )


def _name(ready: ReadyAnswer) -> str:
    return ready.guest.name.strip() or f"@{ready.guest.typed_account}"
