"""What a command of the hour did, and what came of undoing it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import NO, Mark
from tchat_desktop.domain.numbering import number_of
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.undoing import Command, Done
from tchat_desktop.i18n import N_, _, ngettext
from tchat_desktop.services.events import CommandUndone
from tchat_desktop.ui.models.hour_view import PASSING
from tchat_desktop.ui.pages.during.words import hour_of, own_name, row_name
from tchat_desktop.ui.widgets.text import Tone

_OF_ONE = {
    Command.SKIP: N_("{post} put in reserve"),
    Command.BRING_BACK: N_("{post} brought back"),
    Command.RELEASE: N_("{post} and what follows, later"),
    Command.EDIT: N_("the new text of {post}"),
    Command.SEND: N_("{post} published at once"),
    Command.BY_PAGE: N_("{post} in the browser"),
    Command.CONFIRM: N_("{post} confirmed as published"),
    Command.NOT_OUT: N_("{post} not published"),
    Command.TAKE_BACK: N_("{post} not published"),
    Command.CORRECT: N_("the link of {post}"),
}

_UNDOING = {
    Command.CONFIRM: N_("“Undo”: to be checked again, nothing is taken off X."),
    Command.SKIP: N_("“Undo” brings it back into the run sheet."),
    Command.BRING_BACK: N_("“Undo” puts it back in reserve."),
    Command.POSTPONE: N_("“Undo” goes back to the earlier times."),
    Command.EDIT: N_("“Undo” brings back the earlier text."),
}
"""What comes of undoing, where its button alone may frighten."""

_OF_ALL = {
    Command.PAUSE: N_("the messages on hold"),
    Command.RESUME: N_("the messages let go"),
    Command.END: N_("the end of the chat"),
    Command.REOPEN: N_("the chat reopened"),
    Command.WITHOUT_KEYS: N_("the messages to come in the browser"),
    Command.WITH_KEYS: N_("the messages to come with the keys again"),
    Command.ADD_POST: N_("a participant’s message added"),
    Command.CORRECT_POST: N_("a participant’s message corrected"),
    Command.REMOVE_POST: N_("a participant’s message taken out"),
}

_MARKS = {
    (Mark.STARRED, True): N_("the message by {who} as a highlight"),
    (Mark.STARRED, False): N_("the message by {who} no longer a highlight"),
    (Mark.HIDDEN, True): N_("the message by {who} hidden here"),
    (Mark.HIDDEN, False): N_("the message by {who} shown again"),
    (Mark.ANSWERED, True): N_("the message by {who} marked as answered"),
    (Mark.ANSWERED, False): N_("the message by {who} marked as not answered"),
    (Mark.QUESTION, True): N_("the message by {who} under another question"),
    (Mark.QUESTION, False): N_("the message by {who} under no question"),
    (Mark.ASSIGNED, True): N_("the message by {who} given to a guest"),
    (Mark.ASSIGNED, False): N_("the message by {who} no longer with a guest"),
    (Mark.CONFIDED, True): N_("the message by {who} marked as a confidence"),
    (Mark.CONFIDED, False): N_("the message by {who} no longer marked as a confidence"),
    (Mark.ASKS, True): N_("the message by {who} filed under the questions"),
    (Mark.ASKS, False): N_("the message by {who} taken out of the questions"),
    (Mark.HARMLESS, True): N_("the alert on the message by {who} put aside"),
    (Mark.HARMLESS, False): N_("the alert on the message by {who} back"),
}
"""By the mark, and whether it was given or taken away."""

_SAID = (Command.CONFIRM, Command.NOT_OUT, Command.TAKE_BACK, Command.CORRECT)
"""What only tells the app what is on X."""

_ASKED = (Command.REPLY, Command.REPOST, Command.SEND, Command.BY_PAGE)
"""What is wished for, and happens later."""

_AWAY = {
    PostState.SENT: N_("{post} has left already: nothing was undone."),
    PostState.SENDING: N_("{post} is leaving just now: nothing was undone."),
    PostState.UNKNOWN: N_("{post} may have left already: nothing was undone. See “To check”."),
    PostState.HANDED_OVER: N_(
        "{post}: its page is open in the browser. Nothing was undone. "
        "Say first whether it is published."
    ),
}
"""What cannot be called back, by what is known of it: only what is confirmed has left."""


def done_words(done: Done, chat: Chat) -> str:
    """What a command did, to stand in a sentence: "Q3 put in reserve"."""
    if done.command in _OF_ALL:
        return _(_OF_ALL[done.command])
    if done.marked is not None:
        made_of, who = done.marked.made, f"@{done.marked.before.post.author}"
        return _(_MARKS[made_of.mark, made_of.value not in (False, "", NO)]).format(who=who)
    before, made = done.changes[0]
    match done.command:
        case Command.POSTPONE:
            return _postponed(done, made, (made.due_at - before.due_at) // timedelta(minutes=1))
        case Command.CATCH_UP | Command.KEEP_TIMES:
            return _new_times(done, chat)
        case Command.REPLY | Command.REPOST:
            return own_name(before)
    dropped = done.command is Command.SKIP and before.kind in PASSING
    words = _("{post} dropped") if dropped else _(_OF_ONE[done.command])
    return words.format(post=own_name(before))


def told_words(done: Done, rows: Sequence[OutboxPost], chat: Chat) -> str:
    """A sentence about the last command: only what has left is said to be done."""
    ids = {made.id for _before, made in done.changes}
    waits = any(row.id in ids and row.state is not PostState.SENT for row in rows)
    asked = done.command in _ASKED and waits
    words = _("Asked for: {what}.") if asked else _("Changed: {what}.")
    return words.format(what=done_words(done, chat))


def undoing_words(done: Done) -> str:
    """What undoing a command brings, in a sentence; "" where nobody wonders."""
    return _(_UNDOING[done.command]) if done.command in _UNDOING else ""


def renamed_words(done: Done, rows: Sequence[OutboxPost], chat: Chat) -> str:
    """Which question has another number by a command, for the guests who have the questions.

    "" where no guest has them. `rows` are the present ones.
    """
    if not any(person.has_questions for person in chat.people):
        return ""
    asked = [row for row in rows if row.state is not PostState.SKIPPED]
    numbers = {row.id: number for row in asked if (number := number_of(row))}
    own = [(number_of(before), made) for before, made in done.changes]
    gone = {number for number, made in own if number and made.state is PostState.SKIPPED}
    before, after = 0, min(gone, default=0)
    if gone:
        before = next(one for one in count(after) if one not in gone)
    elif done.command is Command.BRING_BACK:
        before = numbers.get(own[0][1].id, 0)
        after = before + 1
    if not before or after not in numbers.values():
        return ""
    words = _("Q{before} becomes Q{after}: tell your guests.")
    return words.format(before=before, after=after)


def undone_words(event: CommandUndone, chat: Chat) -> tuple[str, Tone]:
    """What came of the wish to undo the last command."""
    done = event.done
    if done is None:
        words = _(
            "There is nothing to undo in the chat. What you prepared is undone on its own pages."
        )
        return words, "plum"
    what = done_words(done, chat)
    if event.undone:
        return _("Undone: {what}.").format(what=what), "well"
    ids = [made.id for _before, made in done.changes[:1]]
    away = [row for row in event.rows if row.id in ids and row.state in _AWAY]
    if away and done.command not in _SAID:
        return _(_AWAY[away[0].state]).format(post=own_name(away[0])), "look"
    return _("This cannot be undone here: {what}.").format(what=what), "look"


def _postponed(done: Done, made: OutboxPost, minutes: int) -> str:
    words = ngettext(
        "{post} and what follows, {count} min later",
        "{post} and what follows, {count} min later",
        minutes,
    )
    if len(done.changes) == 1:
        words = ngettext("{post}, {count} min later", "{post}, {count} min later", minutes)
    return words.format(post=row_name(made), count=minutes)


def _new_times(done: Done, chat: Chat) -> str:
    """The times that were taken for the rest; what went to the reserve is named."""
    last = max(
        (made.due_at for _row, made in done.changes if made.state is PostState.PLANNED),
        default=None,
    )
    spare = ", ".join(
        own_name(row) for row, made in done.changes if made.state is PostState.SKIPPED
    )
    said = []
    if last is not None:
        words = _("new times, the last message at {hour}")
        said.append(words.format(hour=hour_of(last, chat)))
    if spare:
        said.append(_("in reserve: {posts}").format(posts=spare))
    return "; ".join(said)
