"""Sentences about a command given during the chat, and about the result of undoing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import NO, Mark
from tchat_desktop.domain.found_posts import SortedPosts
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.undoing import Command, DoneCommand
from tchat_desktop.services.events import CommandUndone
from tchat_desktop.ui.models.hour_view import PASSING
from tchat_desktop.ui.pages.shared.hour_words import beginning, hour_of, own_name, row_name
from tchat_desktop.wording.i18n import N_, _, ngettext
from tchat_desktop.wording.tone import Tone

_OF_ONE = {
    Command.SKIP: N_("the move of {post} to the reserve"),
    Command.BRING_BACK: N_("the return of {post} to the run sheet"),
    Command.RELEASE: N_("the delay of {post} and what follows"),
    Command.EDIT: N_("the new text of {post}"),
    Command.SEND: N_("the publication at once of {post}"),
    Command.BY_PAGE: N_("the way by the browser for {post}"),
    Command.CONFIRM: N_("the confirmation of {post}"),
    Command.NOT_OUT: N_("the note that {post} is not published"),
    Command.TAKE_BACK: N_("the note that {post} is not published"),
    Command.CORRECT: N_("the correction of the link of {post}"),
}

_UNDOING = {
    Command.CONFIRM: N_("“Undo”: to be checked again, nothing is taken off X."),
    Command.SKIP: N_("“Undo” brings it back into the run sheet."),
    Command.BRING_BACK: N_("“Undo” puts it back in reserve."),
    Command.POSTPONE: N_("“Undo” goes back to the earlier times."),
    Command.SHIFT: N_("“Undo” goes back to the earlier times."),
    Command.EXTEND: N_("“Undo” goes back to the earlier times."),
    Command.CONCLUDE: N_("“Undo” goes back to the earlier times."),
    Command.EDIT: N_("“Undo” brings back the earlier text."),
}
"""What undoing brings about, for the commands where the button alone may frighten."""

_OF_ALL = {
    Command.PAUSE: N_("the hold on the messages"),
    Command.RESUME: N_("the release of the messages"),
    Command.END: N_("the end of the chat"),
    Command.REOPEN: N_("the reopening of the chat"),
    Command.WITHOUT_KEYS: N_("the way by the browser for the messages to come"),
    Command.WITH_KEYS: N_("the way with the keys for the messages to come"),
    Command.ADD_POST: N_("the addition of a participant’s message"),
    Command.CORRECT_POST: N_("the correction of a participant’s message"),
    Command.REMOVE_POST: N_("the removal of a participant’s message"),
}

_MARKS = {
    (Mark.STARRED, True): N_("the choice of the message by {who} as a highlight"),
    (Mark.STARRED, False): N_("the removal of the message by {who} from the highlights"),
    (Mark.HIDDEN, True): N_("the hiding of the message by {who}"),
    (Mark.HIDDEN, False): N_("the return of the message by {who} to the screen"),
    (Mark.ANSWERED, True): N_("the mark “answered” on the message by {who}"),
    (Mark.ANSWERED, False): N_("the removal of “answered” from the message by {who}"),
    (Mark.QUESTION, True): N_("the move of the message by {who} to another question"),
    (Mark.QUESTION, False): N_("the move of the message by {who} out of the questions asked"),
    (Mark.ASSIGNED, True): N_("the handing of the message by {who} to a guest"),
    (Mark.ASSIGNED, False): N_("the taking back of the message by {who} from a guest"),
    (Mark.CONFIDED, True): N_("the mark “confidence” on the message by {who}"),
    (Mark.CONFIDED, False): N_("the removal of “confidence” from the message by {who}"),
    (Mark.NAMES_CHILD, True): N_("the mark “a child is named” on the message by {who}"),
    (Mark.NAMES_CHILD, False): N_("the removal of “a child is named” from the message by {who}"),
    (Mark.ASKS, True): N_("the filing of the message by {who} under the questions"),
    (Mark.ASKS, False): N_("the removal of the message by {who} from the questions"),
    (Mark.HARMLESS, True): N_("the putting aside of the alert on the message by {who}"),
    (Mark.HARMLESS, False): N_("the return of the alert on the message by {who}"),
}
"""Keyed by the mark, and whether it was given (True) or removed (False)."""

_SAID = (Command.CONFIRM, Command.NOT_OUT, Command.TAKE_BACK, Command.CORRECT)
"""Commands that only tell the app what is on X."""

_ASKED = (Command.REPLY, Command.REPOST, Command.WRITE, Command.SEND, Command.BY_PAGE)
"""Commands that ask for something that happens later."""

_AWAY = {
    PostState.SENT: N_("{post} has left already: nothing was undone."),
    PostState.SENDING: N_("{post} is leaving just now: nothing was undone."),
    PostState.UNKNOWN: N_("{post} may have left already: nothing was undone. See “To check”."),
    PostState.HANDED_OVER: N_(
        "{post}: its page is open in the browser. Nothing was undone. "
        "Say first whether it is published."
    ),
}
"""Why a post cannot be called back, by its state."""


def done_words(done: DoneCommand, chat: Chat) -> str:
    """Return what a command did, as a noun phrase that fits after "Done:" and after "Undone:"."""
    if done.command in _OF_ALL:
        return _(_OF_ALL[done.command])
    if done.end is not None or done.marked is not None or done.pasted is not None:
        return _about_no_post_of_ours(done, chat)
    before, made = done.changes[0]
    match done.command:
        case Command.POSTPONE | Command.SHIFT:
            return _postponed(done, made, (made.due_at - before.due_at) // timedelta(minutes=1))
        case Command.CATCH_UP | Command.KEEP_TIMES:
            return _new_times(done, chat)
        case Command.REPLY | Command.REPOST | Command.WRITE:
            return own_name(before)
    dropped = done.command is Command.SKIP and before.kind in PASSING
    words = _("the dropping of {post}") if dropped else _(_OF_ONE[done.command])
    # Another question takes the number of one that goes to the reserve at once.
    renamed = done.command is Command.SKIP and before.number
    return words.format(post=_formerly(before) if renamed else _called(before))


def told_words(done: DoneCommand, rows: Sequence[OutboxPost], chat: Chat) -> str:
    """Return a sentence about the last command; what has not left yet is said to be asked for."""
    ids = {made.id for _before, made in done.changes}
    waits = any(row.id in ids and row.state is not PostState.SENT for row in rows)
    asked = done.command in _ASKED and waits
    words = _("Asked for: {what}.") if asked else _("Changed: {what}.")
    return words.format(what=done_words(done, chat))


def undoing_words(done: DoneCommand) -> str:
    """Return a sentence on what undoing a command brings about; "" where it is obvious."""
    if done.command is Command.SKIP and done.changes[0][0].kind in PASSING:
        # A reply or a repost was never in the run sheet.
        return _("“Undo” makes it leave after all, with a countdown.")
    return _(_UNDOING[done.command]) if done.command in _UNDOING else ""


def renamed_words(done: DoneCommand, rows: Sequence[OutboxPost], chat: Chat) -> str:
    """Return which question got another number by a command, for guests who have the questions.

    Return "" where no guest has them. `rows` are the present ones.
    """
    if not any(person.has_questions for person in chat.people):
        return ""
    asked = [row for row in rows if row.state is not PostState.SKIPPED]
    numbers = {row.id: number for row in asked if (number := row.number)}
    own = [(before.number, made) for before, made in done.changes]
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
    """Return a sentence on the result of undoing the last command, with its tone."""
    done = event.done
    if done is None:
        words = _(
            "There is nothing to undo in the chat. What you prepared is undone on its own pages."
        )
        return words, "plum"
    what = done_words(done, chat)
    if event.undone:
        words = _("Undone: {what}.").format(what=what)
        if done.command is Command.CONFIRM or (done.pasted is not None and done.changes):
            # The sentence prevents the belief that the message was deleted.
            words += " " + _("The message itself stays on X.")
        return words, "well"
    ids = [made.id for _before, made in done.changes[:1]]
    away = [row for row in event.rows if row.id in ids and row.state in _AWAY]
    if away and done.command not in _SAID:
        return _(_AWAY[away[0].state]).format(post=own_name(away[0])), "look"
    return _("This cannot be undone here: {what}.").format(what=what), "look"


def _called(row: OutboxPost) -> str:
    """Return the name of a post inside a phrase: Q3 as it is, the others in quotation marks."""
    name = row_name(row)
    if row.number:
        return name
    return _("“{text}”").format(text=name) + own_name(row).removeprefix(name)


def _formerly(row: OutboxPost) -> str:
    """Return the name of a question that has lost its number, with the beginning of its words."""
    words = beginning(row.text.removeprefix(row_name(row)).lstrip(" \u00a0\u202f:.–-"))
    return _("the former Q{number}, “{text}”").format(number=row.number, text=words)


def _about_participants(done: DoneCommand) -> str:
    """Return what a mark, or the paste of a page, did with the posts of participants."""
    if done.marked is not None:
        made_of, who = done.marked.made, f"@{done.marked.before.post.author}"
        return _(_MARKS[made_of.mark, made_of.value not in (False, "", NO)]).format(who=who)
    return _pasted(done.pasted or SortedPosts(), [made for _before, made in done.changes])


def _pasted(made: SortedPosts, confirmed: Sequence[OutboxPost]) -> str:
    said = []
    if count := len(made.new):
        words = ngettext("the paste of {count} message", "the paste of {count} messages", count)
        said.append(words.format(count=count))
    elif (count := len(made.completed)) or not confirmed:
        words = ngettext("what completes {count} message", "what completes {count} messages", count)
        said.append(words.format(count=count))
    if confirmed:
        posts = ", ".join(map(_called, confirmed))
        said.append(_("the confirmation of {post}").format(post=posts))
    return ", ".join(said)


def _about_no_post_of_ours(done: DoneCommand, chat: Chat) -> str:
    """Return what became of the end of the hour, or of the posts of participants."""
    if done.end is None:
        return _about_participants(done)
    words = _("the end, which is now at {hour}")
    if done.command is Command.CONCLUDE:
        words = _("the early conclusion, with the end at {hour}")
    return words.format(hour=hour_of(done.end.made, chat))


def _postponed(done: DoneCommand, made: OutboxPost, minutes: int) -> str:
    if done.command is Command.SHIFT:
        return _shifted(minutes)
    words = ngettext(
        "the delay of {post} and what follows by {count} min",
        "the delay of {post} and what follows by {count} min",
        minutes,
    )
    if len(done.changes) == 1:
        words = ngettext(
            "the delay of {post} by {count} min", "the delay of {post} by {count} min", minutes
        )
    return words.format(post=_called(made), count=minutes)


def _shifted(minutes: int) -> str:
    words = ngettext(
        "all that is to come, {count} min later", "all that is to come, {count} min later", minutes
    )
    if minutes < 0:
        words = ngettext(
            "all that is to come, {count} min sooner",
            "all that is to come, {count} min sooner",
            -minutes,
        )
    return words.format(count=abs(minutes))


def _new_times(done: DoneCommand, chat: Chat) -> str:
    """Return a phrase on the new times of the rest, naming the posts moved to the reserve."""
    last = max(
        (made.due_at for _row, made in done.changes if made.state is PostState.PLANNED),
        default=None,
    )
    spare = ", ".join(_called(row) for row, made in done.changes if made.state is PostState.SKIPPED)
    said = []
    if last is not None:
        words = _("the new times, with the last message at {hour}")
        said.append(words.format(hour=hour_of(last, chat)))
    if spare:
        said.append(_("the move of {posts} to the reserve").format(posts=spare))
    return ", ".join(said)
