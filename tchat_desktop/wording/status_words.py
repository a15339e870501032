"""The state of each step in words: under it on the rail, and as a screen reader says it."""

from __future__ import annotations

from collections.abc import Callable

from tchat_desktop.domain.step_states import Detail, StepState
from tchat_desktop.domain.steps import StepStatus
from tchat_desktop.wording.i18n import N_, _, ngettext, pgettext
from tchat_desktop.wording.step_titles import place_words

_STATES = {
    StepState.TODO: N_("To do"),
    StepState.STARTED: N_("Started"),
    StepState.READY: N_("Ready"),
    StepState.ATTENTION: N_("Needs a look"),
}
_SPOKEN: dict[StepState, Callable[[], str]] = {
    StepState.TODO: lambda: pgettext("of a step", "to do"),
    StepState.STARTED: lambda: pgettext("of a step", "started"),
    StepState.READY: lambda: pgettext("of a step", "ready"),
    StepState.ATTENTION: lambda: pgettext("of a step", "needs a look"),
}
_SAYS_NO_MORE = (Detail.NONE, Detail.AFTER_CHAT)
"""What the badge of a step, or the part of the guide it is in, says already."""
_COUNTED = {
    Detail.IN_MINUTES: N_("in {count} min"),
    Detail.LIVE: N_("It is the hour · {count} min left"),
    Detail.DOES_NOT_FIT: N_("{count} min too many"),
}
_PLAIN = {
    Detail.ROUTE_ASSISTED: N_("Ready · in the browser"),
    Detail.ROUTE_KEYS: N_("Ready · with keys"),
    Detail.ROUTE_REHEARSAL: N_("Rehearsal only"),
    Detail.LAST_MESSAGES: N_("Last messages"),
    Detail.ENDED: N_("Finished"),
    Detail.TO_READ: N_("To read through"),
    Detail.NOTHING_ANNOUNCED: N_("Nothing announced yet"),
    Detail.AFTER_CHAT: N_("after the chat"),
    Detail.DATE_PAST: N_("The date has passed"),
    Detail.TOWN_TO_CONFIRM: N_("Town to confirm"),
    Detail.TO_CONFIRM: N_("Proposed, to confirm"),
    Detail.NO_HELP_NUMBER: N_("No help number yet"),
    Detail.REHEARSED_IN_PART: N_("In part: to do again"),
    Detail.SAVED: N_("Saved"),
    Detail.TO_SAVE: N_("Page to save"),
    Detail.CHANGED_SINCE: N_("Changed since it was saved"),
    Detail.CLOSED: N_("Closed"),
    Detail.TAG_INVALID: N_("X refuses this tag"),
    Detail.ACCOUNT_INVALID: N_("Account name to look at"),
}


_PLURALS: dict[Detail, Callable[[int], str]] = {
    Detail.TO_FILL_IN: lambda n: ngettext(
        "{count} thing to fill in", "{count} things to fill in", n
    ),
    Detail.GUESTS: lambda n: ngettext("{count} guest", "{count} guests", n),
    Detail.TO_INVITE: lambda n: ngettext(
        "{count} invitation to send", "{count} invitations to send", n
    ),
    Detail.TO_ANSWER: lambda n: ngettext("{count} answer awaited", "{count} answers awaited", n),
    Detail.TO_HAND_OVER: lambda n: ngettext(
        "{count} guest pack to give", "{count} guest packs to give", n
    ),
    Detail.TO_NAME: lambda n: ngettext("{count} name to write", "{count} names to write", n),
    Detail.ANNOUNCEMENTS_DUE: lambda n: ngettext(
        "{count} announcement to make", "{count} announcements to make", n
    ),
    Detail.IN_DAYS: lambda n: ngettext("in {count} day", "in {count} days", n),
    Detail.IN_HOURS: lambda n: ngettext("in {count} hour", "in {count} hours", n),
    Detail.TEXT_TOO_LONG: lambda n: ngettext("{count} text too long", "{count} texts too long", n),
    Detail.LOOK_AT: lambda n: ngettext("{count} thing to look at", "{count} things to look at", n),
    Detail.NUMBERS_TO_CHECK: lambda n: ngettext(
        "{count} number to check", "{count} numbers to check", n
    ),
    Detail.COUNTRIES_WITHOUT: lambda n: ngettext(
        "{count} country without a number", "{count} countries without a number", n
    ),
    Detail.UNCONFIRMED: lambda n: ngettext(
        "{count} message to confirm", "{count} messages to confirm", n
    ),
    Detail.THANKED: lambda n: ngettext("{count} person thanked", "{count} people thanked", n),
}


def words_below(status: StepStatus) -> str:
    """What stands under the name of a step; "" where its badge says all."""
    return "" if status.detail in _SAYS_NO_MORE else status_words(status)


def spoken_words(status: StepStatus) -> str:
    """A step as a screen reader says it: "Step 4 of 14, The questions, ready"."""
    said = [place_words(status.step), _SPOKEN[status.state](), words_below(status)]
    return ", ".join(filter(None, said))


def status_words(status: StepStatus) -> str:
    """The state of a step, short enough for the rail."""
    number, detail = status.number, status.detail
    if detail is Detail.QUESTIONS:
        words = ngettext("Started · {count} question", "Started · {count} questions", number)
        if status.state is StepState.READY:
            words = _("Ready · {count} questions")
        return words.format(count=number)
    if detail is Detail.THANKED and status.of:
        words = ngettext("{count} thanked of {total}", "{count} thanked of {total}", number)
        return words.format(count=number, total=status.of)
    if detail in (Detail.ANNOUNCED, Detail.ANNOUNCING_OVER):
        words = ngettext("{count} announced of {total}", "{count} announced of {total}", number)
        return words.format(count=number, total=status.of)
    if detail in _PLURALS:
        return _PLURALS[detail](number).format(count=number)
    if detail in _COUNTED:
        return _(_COUNTED[detail]).format(count=number)
    return _(_PLAIN[detail]) if detail in _PLAIN else _(_STATES[status.state])
