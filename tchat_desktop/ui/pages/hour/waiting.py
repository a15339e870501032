"""The screen that waits for the chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.schedule import is_near, time_to_rehearse
from tchat_desktop.domain.steps import StepId, StepStatus
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.hour.waiting_cards import DoneCard, TodoCard
from tchat_desktop.ui.pages.shared.hour_words import (
    countdown,
    hour_of,
)
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import N_, _, format_day, format_delta, format_hour

CLOCK_WITHIN = timedelta(hours=24)
"""Within this time of the start, the countdown is a clock rather than a number of days."""
OPENS = timedelta(hours=1)
"""From this time before the start on, the chat can be opened."""


_BY_PAGE = N_("No account is connected: each post will open ready in your browser.")

_LEAVES = {
    False: N_(
        "1. At its time, each post opens ready in your browser: you press “Post” there, "
        "then you say here that it is published."
    ),
    True: N_(
        "1. At its time, each post is counted down and leaves by itself with your keys. What they "
        "may not do opens ready in your browser."
    ),
}
"""The sentences on how posts leave; the key tells whether it is with keys."""


def _unconnected(chat: Chat, connected: bool) -> bool:
    return chat.route is Route.KEYS and not connected


def is_far(chat: Chat, now: datetime) -> bool:
    """Return whether the start is so far away that the waiting screen is shown even when opened."""
    return chat.starts_at is not None and chat.starts_at - now > OPENS


class WaitingScreen(QWidget):
    """Counts down to the chat, with what will happen then, what is left to do, and what is done."""

    live_wanted = Signal()
    here_wanted = Signal()
    """Emitted when a copy of a chat that was open elsewhere is to publish from this computer."""
    follow_wanted = Signal()
    """Emitted when such a copy is to be moderated here while the other computer publishes."""
    early_wanted = Signal()
    """Emitted when a post is to be published before the chat begins."""
    rehearsal_wanted = Signal()
    step_wanted = Signal(StepId)

    def __init__(self) -> None:
        super().__init__()
        self._missing = StepId.SCHEDULE
        self._time = Text("", "clock")
        self._when = Text("", "lead")
        self._start = Button(_("Open the chat"), "primary", "play", self.live_wanted.emit)
        self._fix = Button("", "primary", "next", self._on_fix)
        words = _("Moderate from here")
        self._follow = Button(words, "primary", "bubble", self.follow_wanted.emit)
        self._here = Button(_("Publish from this computer…"), "quiet", "play")
        self._here.clicked.connect(self._on_here)
        self._connect = Button(_("Connect the account"), clicked=self._to_connection)
        self._rehearse = Button(
            _("Rehearse once more"), icon_name="sand-clock", clicked=self.rehearsal_wanted.emit
        )
        self._late = Button(
            _("Add answers, see what waits"), icon_name="bubble", clicked=self.live_wanted.emit
        )
        self._note = Text("", "small")
        card = Card(
            edge="plum", padding=theme.Space.LEAD_CONTENT, spacing=theme.Space.UNDER_HEADING
        )
        card.add(
            self._when,
            self._time,
            FlowLayout(
                self._start,
                self._follow,
                self._here,
                self._fix,
                self._late,
                self._connect,
                self._rehearse,
            ),
            self._note,
        )
        self._leaves = Text("")
        self._early = Button(_("Publish a post before the chat…"), "link", "send")
        self._early.clicked.connect(self._on_early)
        self.todo = TodoCard()
        self.todo.step_wanted.connect(self.step_wanted)
        self.done = DoneCard()
        for one in (self.todo, self.done):
            one.rebuilt.connect(self._order_tabs)
        self._happens = happens = Card(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        happens.add(
            Text(_("What will happen"), "advice"),
            self._leaves,
            Text(
                _("2. You can publish earlier or later, keep a question in reserve, edit a text.")
            ),
            Text(_("3. “Pause the messages” holds all posts back, at any time.")),
            row(self._early, None),
        )
        self._cards = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.INNER))
        # What will happen comes first: whoever waits wonders about that, and sees it at once.
        for widget in (card, happens, self.done, self.todo):
            layout.addWidget(widget)

    @property
    def said(self) -> str:
        """What is said about when the chat begins."""
        shown = (one.text() for one in (self._when, self._time) if not one.isHidden())
        return " ".join(filter(None, shown))

    def show_below_the_clock(self, card: QWidget) -> None:
        """Insert a card made elsewhere below the countdown and what will happen; called once."""
        self._cards.insertWidget(2, card)

    def show_chat(
        self,
        chat: Chat,
        now: datetime,
        connected: bool,
        rows: Sequence[OutboxPost] = (),
        opened: bool = False,
    ) -> None:
        """Show the time left until the chat, or what is missing for it.

        `now` is in UTC. `connected` tells whether an account with keys is connected, `rows` are the
        posts of the chat in the outbox, `opened` tells that they leave from this computer at their
        times.
        """
        far, over = is_far(chat, now), _is_over(chat, now)
        elsewhere = chat.live_elsewhere is not None and not over
        self.done.show_rows(chat, () if over or elsewhere else rows)
        self.todo.setVisible(not over)
        self._happens.setVisible(not over)
        ready = self._problem(chat, now) is None and not elsewhere
        self._early.setVisible(ready and now < (chat.starts_at or now))
        held_back = elsewhere and self._problem(chat, now) is None
        self._here.setVisible(held_back)
        self._follow.setVisible(held_back and not far)
        _say(self._leaves, _(_LEAVES[chat.route is Route.KEYS and connected]))
        problem = self._problem(chat, now)
        self._connect.setVisible(problem is None and _unconnected(chat, connected))
        self._fix.setVisible(problem is not None)
        self._start.setVisible(ready and not far)
        self._late.setVisible(over and bool(rows))
        start = chat.starts_at
        self._rehearse.setHidden(over or not time_to_rehearse(chat, now))
        # There are rows once the chat was opened: after a restart it continues from them.
        self._start.show_text(_("Go on with the chat") if rows else _("Open the chat"))
        self._rehearse.show_text(
            _("Rehearse once more") if chat.rehearsed_at else _("Rehearse first (10 min or more)")
        )
        if problem is not None:
            sentence, button, self._missing = problem
            if over and not rows and chat.closed_at is None:
                sentence = _("The time of this chat has passed. Nothing was published from here.")
            _say(self._when, sentence)
            self._fix.show_text(button)
        self._time.setVisible(start is not None and now < (chat.ends_at or now))
        if start is not None and problem is None:
            self._show_wait(chat, start, now)
        words = ""
        if problem is None:
            words = _far_words(opened, chat.route) if far else _note_words(chat, now, connected)
            if elsewhere:
                _say(self._when, _elsewhere_words(chat))
                words = ""
        _say(self._note, words)
        self._note.setVisible(bool(words))

    def show_statuses(self, statuses: Sequence[StepStatus]) -> None:
        """Show which steps are not ready yet."""
        self.todo.show_statuses(statuses)

    def _show_wait(self, chat: Chat, start: datetime, now: datetime) -> None:
        left = start - now
        day = format_day(start.astimezone(chat.zone))
        words = _("The chat begins {day} at {hour}.").format(day=day, hour=hour_of(start, chat))
        if left <= timedelta():
            words = _("It is time for the chat. Nothing leaves from here until you open it.")
        _say(self._when, words)
        if left <= timedelta():
            _say(self._time, _("Now"))
        elif left <= CLOCK_WITHIN:
            _say(self._time, countdown(left))
        else:
            # Calendar days, as in the rail.
            days = start.astimezone(chat.zone).date() - now.astimezone(chat.zone).date()
            _say(self._time, format_delta(days))

    @staticmethod
    def _problem(chat: Chat, now: datetime) -> tuple[str, str, StepId] | None:
        if chat.starts_at is None or chat.ends_at is None:
            return (
                _("The chat has no day and no hour yet."),
                _("Choose the day and the hour"),
                StepId.SCHEDULE,
            )
        if _is_over(chat, now):
            return (
                _("This chat is over. Everything that was said is saved."),
                _("Thank the participants"),
                StepId.THANKS,
            )
        if chat.route in (None, Route.REHEARSAL):
            return (
                _("You have not chosen yet how the posts leave."),
                _("Choose how the posts leave"),
                StepId.CONNECTION,
            )
        return None

    def _order_tabs(self) -> None:
        put_in_reading_order(self)

    def _to_connection(self) -> None:
        self.step_wanted.emit(StepId.CONNECTION)

    def _on_here(self) -> None:
        self.here_wanted.emit()

    def _on_early(self) -> None:
        self.early_wanted.emit()

    def _on_fix(self) -> None:
        self.step_wanted.emit(self._missing)


def _is_over(chat: Chat, now: datetime) -> bool:
    ended = chat.ends_at is not None and now >= chat.ends_at
    return ended or chat.closed_at is not None


def _note_words(chat: Chat, now: datetime, connected: bool) -> str:
    """Return what the button to open the chat does, and what to prepare before."""
    assert chat.starts_at is not None
    if chat.starts_at <= now:
        words = _("What was missed waits for your choice; the rest leaves at its time.")
    elif chat.route is Route.KEYS and connected:
        words = _("To open it publishes nothing: the first message leaves at {hour}.")
    else:
        words = _("To open it publishes nothing: the page of the first message opens at {hour}.")
    words = words.format(hour=hour_of(chat.starts_at, chat))
    if _unconnected(chat, connected):
        return words + " " + _(_BY_PAGE)
    if not is_near(chat, now):
        return words
    see_to = _("Plug in the laptop, and leave this window open.")
    if chat.route is Route.KEYS:
        see_to = _(
            "Plug in the laptop and leave it open: the posts leave from here, while it is "
            "awake and connected."
        )
    return f"{words} {see_to}"


def _far_words(opened: bool, route: Route | None) -> str:
    if route is not Route.KEYS:
        # "Leave" alone would worry: nothing is published without a press on X's own button.
        leaves = _(
            "At the time of each message its page opens on this computer, and it leaves only when "
            "you press “Post” there."
        )
        open_here = _("The chat is open here: leave this window open.")
        come_back = _("Come back here an hour before, and open the chat.")
        return f"{open_here if opened else come_back} {leaves}"
    if opened:
        return _("The chat is open here: each post leaves at its time, if this window stays open.")
    return _(
        "Come back here an hour before, and open the chat: the posts leave from this computer."
    )


def _elsewhere_words(chat: Chat) -> str:
    assert chat.live_elsewhere is not None
    copied = chat.live_elsewhere.astimezone(chat.zone)
    words = _(
        "This is a copy, made on {day} at {hour}, of a chat that was open on another computer. "
        "Nothing leaves from here until you ask for it."
    )
    return words.format(day=format_day(copied, with_weekday=False), hour=format_hour(copied))


def _say(text: Text, words: str) -> None:
    if text.text() != words:
        text.setText(words)
