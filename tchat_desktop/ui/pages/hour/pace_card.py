"""The card of where the hour is: its dial, the same in words, and the way to end it early."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Signal

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.course import coming
from tchat_desktop.domain.outgoing import PostKind, PostState, left_at
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.faces import set_words
from tchat_desktop.ui.pages.hour.hour_dial import DialDot, HourDial
from tchat_desktop.ui.pages.hour.side_cards import SideCard
from tchat_desktop.ui.pages.hour.times_panel import TimesPanel
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import hour_of, row_name
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import column, row
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, ngettext

_MINUTE = timedelta(minutes=1)


class PaceCard(SideCard):
    """How much of the hour is gone, and how many questions were asked and are to come."""

    end_wanted = Signal()

    def __init__(self, hour: HourPort) -> None:
        rehearsing = hour.occasion is Occasion.REHEARSAL
        # The button that ends a rehearsal must not seem to end the real chat.
        super().__init__(_("The time of the rehearsal") if rehearsing else _("The hour"))
        self.times = TimesPanel(hour)
        self.dial = HourDial(_("Dial of the hour"))
        self._gone = Text("", "body")
        self._questions = Text("", "body")
        self._end_words = Text("", "small")
        words = _("Stop the rehearsal") if rehearsing else _("End the chat now")
        self._end = Button(words, "link", "close", clicked=self.end_wanted.emit)
        self._rehearsing = rehearsing
        beside = row(
            self.dial,
            column(self._gone, self._questions, None, spacing=theme.Space.LINE),
            spacing=theme.Space.GAP,
        )
        beside.setStretch(1, 1)
        self.add(beside, self._end_words, self.times, row(self._end, None))
        # The texts stay together at the top when the card is higher than needed.
        self.content.addStretch(1)

    def show_view(self, view: HourView, ends_at: datetime) -> None:
        """Show the state of the hour, which ends at that instant (UTC)."""
        self._end.setHidden(view.ended)
        self.times.show_view(view)
        begins = view.chat.starts_at or min((one.due_at for one in view.rows), default=view.now)
        whole = max(_MINUTE, ends_at - begins)
        passed = min(whole, max(timedelta(), view.now - begins))
        gone = _("{count} min of {whole} gone").format(
            count=passed // _MINUTE, whole=whole // _MINUTE
        )
        if view.ended:
            gone = _("The rehearsal is over.") if self._rehearsing else _("The chat is over.")
        set_words(self._gone, gone)
        set_words(self._questions, _question_words(view))
        self._end_words.setHidden(view.ended)
        set_words(self._end_words, _end_words(view, ends_at))
        said = f"{self._gone.text()}. {self._questions.text()}"
        self.dial.show_hour(passed / whole, _dots(view, begins, whole), said)


def _dots(view: HourView, begins: datetime, whole: timedelta) -> list[DialDot]:
    """The questions asked and to come, where their minutes are on the dial."""
    asked = [
        (left_at(one, NETWORK), True)
        for one in view.rows
        if one.kind is PostKind.QUESTION and one.state is PostState.SENT
    ]
    to_come = [(one.due_at, False) for one in coming(view.rows) if one.kind is PostKind.QUESTION]
    return [
        DialDot(min(1.0, max(0.0, (at - begins) / whole)), out) for at, out in (*asked, *to_come)
    ]


def _question_words(view: HourView) -> str:
    asked = sum(one.kind is PostKind.QUESTION and one.state is PostState.SENT for one in view.rows)
    count = view.pace.questions_left
    said = ngettext("{count} question asked", "{count} questions asked", asked)
    words = said.format(count=asked)
    if view.ended:
        return words
    left = ngettext("{count} question to ask", "{count} questions to ask", count)
    if not count:
        return words + ". " + _("No question of the run sheet is left to ask.")
    return f"{words}, {left.format(count=count)}"


def _end_words(view: HourView, ends_at: datetime) -> str:
    """Return when the last message leaves and when the hour ends, on the clock of the chat."""
    rows = coming(view.rows)
    end = hour_of(ends_at, view.chat)
    if not rows or view.waits_for_word:
        return _("It ends at {hour}.").format(hour=end)
    words = _("It ends at {hour}; last message: {post}, {at}.")
    at = hour_of(rows[-1].due_at, view.chat)
    return words.format(hour=end, post=row_name(rows[-1]), at=at)
