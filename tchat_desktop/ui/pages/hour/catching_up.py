"""Proposals for the rest of an hour that does not go as planned, and the button to undo them.

Nothing of a proposal happens until the organiser accepts it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.catching_up import Cause, Proposal, shortened
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.outgoing import ASKED_FOR, FAREWELL, OutboxPost
from tchat_desktop.domain.undoing import Command, DoneCommand
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.dialogs import confirms_leaving_out
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour.pace_words import ADVICE, advice_words
from tchat_desktop.ui.pages.hour.side_cards import SideCard
from tchat_desktop.ui.pages.shared.done_words import renamed_words, told_words, undoing_words
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import hour_of, pace_words, row_name
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.placing import keep_room
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import N_, _

_LINES = 5
"""The number of text lines kept free for what was done, so that nothing below it moves."""

_TAKE = {
    Cause.HOLE: N_("Bring the rest forward"),
    Cause.OVER: N_("End in time"),
    Cause.TIGHT: N_("Keep in reserve"),
    Cause.LAST_MINUTE: N_("Keep in reserve"),
    Cause.MANY: N_("Wait 5 min"),
    Cause.FEW: N_("5 min more"),
    Cause.STILL: N_("Go on"),
}
"""The button that takes each proposal."""


class CatchingUp(QObject):
    """The two cards about the times, which the board places, and the state they share."""

    appeared = Signal()
    """Emitted when the organiser must decide before anything leaves."""

    def __init__(self, hour: HourPort) -> None:
        super().__init__()
        self.late = LateCard(hour)
        self.times = TimesCard(hour)
        self._last: DoneCommand | None = None
        self.wanted = False
        """Whether the organiser must decide before anything leaves."""

    @property
    def waits_for_word(self) -> bool:
        """Whether the card about missed posts is shown in place of the next post."""
        return not self.late.isHidden()

    def wished(self, proposal: Proposal | None) -> Proposal | None:
        """Return the proposal, or None if the organiser has refused it."""
        return None if proposal is None or self.times.has_refused(proposal) else proposal

    def hear(self, event: OutboxChanged) -> None:
        """Take over from the outbox what it waits for, and the last command."""
        self.wanted = event.waits_for_word
        # The card is about times: it does not mention marks on participants' posts.
        of_rows = event.last is not None and event.last.marked is None
        self._last = event.last if event.can_undo and of_rows else None

    def show_view(self, view: HourView, ends_at: datetime) -> None:
        """Show the state of the hour; `ends_at` is its end in UTC."""
        open_here = not (view.ended or view.held_up)
        appears = self.wanted and open_here and self.late.isHidden()
        self.late.setVisible(self.wanted and open_here)
        if self.waits_for_word:
            self.late.show_view(view, ends_at)
        # After the end nothing is planned, so undoing would restore nothing.
        last = None if view.ended else self._last
        self.times.show_proposal(view.proposal if open_here else None, view, last)
        if appears:
            self.appeared.emit()


class LateCard(Card):
    """The card about missed posts, shown in place of the next post until the organiser decides."""

    def __init__(self, hour: HourPort) -> None:
        super().__init__(edge="look", padding=theme.Space.LEAD_CONTENT, spacing=theme.Space.PART)
        self._hour = hour
        self._view: HourView | None = None
        self._ends_at: datetime | None = None
        self._title = Text("", "heading")
        self._proposed = Text("", "strong")
        self._times = Text("")
        self._left_out = Text("", "small")
        self._take = Button(_("Take these times"), "primary", "check", self._on_take)
        self._keep = Button(
            _("Keep the times planned"), clicked=partial(hour.do, Outbox.keep_times)
        )
        self._kept = Text("", "small")
        self.add(
            self._title,
            self._proposed,
            self._times,
            self._left_out,
            FlowLayout(self._take, self._keep),
            self._kept,
        )
        # The texts stay together at the top when the card is higher than needed.
        self.content.addStretch(1)
        self.hide()

    def show_view(self, view: HourView, ends_at: datetime) -> None:
        """Show what is proposed at this instant; `ends_at` is the end of the hour in UTC."""
        self._view, self._ends_at = view, ends_at
        self._show(shortened(view.rows, view.now, ends_at), view)

    def _show(self, proposal: Proposal | None, view: HourView) -> None:
        chat, names = view.chat, _names(view.rows)
        late = _("Posts were not published in their time: it is {hour}.")
        _say(self._title, late.format(hour=hour_of(view.now, chat)))
        for widget in (self._proposed, self._times, self._take):
            widget.setVisible(proposal is not None)
        left_out = proposal.left_out if proposal is not None else ()
        self._left_out.setVisible(bool(left_out))
        _say(self._kept, _("With the times planned, what was missed waits in reserve."))
        if proposal is None:
            return
        end = _("A shorter chat, in order, that ends in time:")
        if self._ends_at is not None and proposal.times[-1][1] >= self._ends_at:
            end = _("What there is still time for, and the words of the end:")
        _say(self._proposed, end)
        _say(self._times, _times_words(proposal, names, chat))
        spare = ", ".join(names[post_id] for post_id in left_out)
        _say(self._left_out, _("In reserve: {posts}").format(posts=spare))

    def _on_take(self) -> None:
        if self._view is None or self._ends_at is None:
            return
        now = self._hour.clock.now()
        proposal = shortened(self._view.rows, now, self._ends_at)
        if proposal is not None:
            self._hour.do(Outbox.catch_up, proposal)


class TimesCard(SideCard):
    """The card on whether the times hold, with a proposal if they do not, and the button to undo.

    Each button keeps its place while it is hidden, so that a press meant for one never hits
    another.
    """

    def __init__(self, hour: HourPort) -> None:
        super().__init__(_("The pace"))
        self._hour = hour
        self._proposal: Proposal | None = None
        self._refused: set[tuple[object, ...]] = set()
        self._view: HourView | None = None
        self._words = Text("", "small")
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._keep_lines(_LINES)
        self._take = SteadyButton("", clicked=self._on_take)
        self._leave = SteadyButton(
            _("Leave"), "link", clicked=self._on_leave, name=_("Leave it so")
        )
        name = _("Undo your last decision in the chat")
        self._undo = SteadyButton(_("Undo"), "link", "undo", hour.undo, name=name)
        buttons = QWidget()
        buttons.setLayout(FlowLayout(self._take, self._leave, spacing=theme.Space.NEAR))
        buttons.setMinimumHeight(theme.px(theme.Height.BUTTON))
        keep_room(self._undo)
        self.content.removeWidget(self.title)
        self.add(row(self.title, None, self._undo), self._words, buttons)
        self._show(None, None)

    def show_proposal(
        self, proposal: Proposal | None, view: HourView, last: DoneCommand | None
    ) -> None:
        """Show the present proposal if there is one, and what was done last.

        `last` is the command that can be undone, or None.
        """
        self._view = view
        self._undo.means(last)
        self._show(proposal, last)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._keep_lines(_LINES)

    def _keep_lines(self, lines: int) -> None:
        line = self._words.fontMetrics().lineSpacing()
        self._words.setMinimumHeight(lines * line + theme.px(theme.Space.LINE))

    def _say(self, words: str) -> None:
        """Show a text; a long one gets the room it needs, and that is kept while it is seen."""
        if self._words.text() != words:
            self._words.setText(words)
            line = self._words.fontMetrics().lineSpacing()
            kept = self._words.minimumHeight() // line
            self._keep_lines(max(kept, self._lines(words)))

    def has_refused(self, proposal: Proposal) -> bool:
        """Return whether the organiser has refused the proposal."""
        return _key(proposal) in self._refused

    def _show(self, proposal: Proposal | None, last: DoneCommand | None) -> None:
        self._proposal = proposal
        self._take.setVisible(proposal is not None)
        self._leave.setVisible(proposal is not None)
        self._undo.setVisible(last is not None)
        view = self._view
        if view is None:
            return
        if view.waits_for_word and not view.ended:
            words = _("The next times depend on your choice: those proposed, or those planned.")
            self._say(words)
            return
        if proposal is None:
            words = pace_words(view)[0]
            if last is not None:
                words = self._done_words(last, view)
                if last.command is Command.CATCH_UP:
                    words += " " + _of_this_hour(view)
            self._say(words)
            return
        words = _(_TAKE[proposal.cause])
        if self._take.accessibleName() != words:
            self._take.show_text(words)
        for button in (self._take, self._leave):
            button.means(_key(proposal))
        words = _proposal_words(proposal, view)
        if last is not None:
            done = told_words(last, view.rows, view.chat)
            both = f"{words}\n{done}"
            words = both if self._lines(both) <= _LINES else words
        self._say(words)

    def _done_words(self, last: DoneCommand, view: HourView) -> str:
        """Return what was done last and, if there is room, what undoing it brings about."""
        words = told_words(last, view.rows, view.chat)
        if not view.rehearsing:
            words = f"{words} {renamed_words(last, view.rows, view.chat)}".rstrip()
        both = f"{words} {undoing_words(last)}".rstrip()
        return both if self._lines(both) <= _LINES else words

    def _lines(self, words: str) -> int:
        """Return the number of lines that the text takes at the present width."""
        metrics, wrap = self._words.fontMetrics(), Qt.TextFlag.TextWordWrap
        room = QRect(0, 0, max(1, self._words.width()), 10_000)
        return -(-metrics.boundingRect(room, wrap, words).height() // metrics.lineSpacing())

    def _on_take(self) -> None:
        proposal, view = self._proposal, self._view
        if proposal is None or view is None:
            return
        if proposal.left_out and proposal.cause not in ADVICE:
            names = _names(view.rows)
            posts = ", ".join(names[one] for one in proposal.left_out)
            times = _times_words(proposal, names, view.chat)
            if not confirms_leaving_out(self, posts, f"{times}\n{_of_this_hour(view)}"):
                return
        self._hour.do(Outbox.catch_up, proposal)

    def _on_leave(self) -> None:
        if self._proposal is not None:
            self._refused.add(_key(self._proposal))
            self._show(None, None)


def _times_words(proposal: Proposal, names: Mapping[str, str], chat: Chat) -> str:
    return "\n".join(f"{hour_of(at, chat)}  {names[post_id]}" for post_id, at in proposal.times)


def _proposal_words(proposal: Proposal, view: HourView) -> str:
    rows, chat = view.rows, view.chat
    if proposal.cause in ADVICE:
        return advice_words(proposal, view)
    names, due = _names(rows), {row.id: row.due_at for row in rows}
    first, at = proposal.times[0]
    last, ends = proposal.times[-1]
    if proposal.cause is Cause.HOLE:
        coming = {row.id for row in rows if row.kind not in FAREWELL}
        words = (
            _(
                "Nothing leaves before {hour}. {post} could leave at {sooner}, the others after "
                "it; the last words keep their time."
            )
            if sum(post_id in coming for post_id, _at in proposal.times) > 1
            else _(
                "Nothing leaves before {hour}. {post} could leave at {sooner}; the last words keep "
                "their time."
            )
        )
        said = words.format(
            hour=hour_of(due[first], chat), post=names[first], sooner=hour_of(at, chat)
        )
    else:
        words = _("{post} would leave at {hour}, after the end. “End in time” makes that {sooner}.")
        said = words.format(
            post=names[last], hour=hour_of(due[last], chat), sooner=hour_of(ends, chat)
        )
    if proposal.left_out:
        spare = ", ".join(names[one] for one in proposal.left_out)
        said += " " + _("It would not publish: {posts} (kept in reserve).").format(posts=spare)
    return said


def _of_this_hour(view: HourView) -> str:
    """Return a sentence: new times do not change the run sheet that was prepared."""
    if view.rehearsing:
        return _("In this rehearsal only: the run sheet you prepared does not change.")
    return _("The run sheet you prepared stays as you wrote it.")


def _names(rows: Sequence[OutboxPost]) -> dict[str, str]:
    return {row.id: row_name(row) for row in rows if row.kind not in ASKED_FOR}


def _key(proposal: Proposal) -> tuple[object, ...]:
    """Return what identifies a proposal: its times are left out, for they change as time passes."""
    ids = tuple(post_id for post_id, _at in proposal.times)
    return (proposal.cause, ids or proposal.left_out)


def _say(text: Text, words: str) -> None:
    if text.text() != words:
        text.setText(words)
