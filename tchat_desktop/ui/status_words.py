"""The line under each step of the rail: its state in words."""

from __future__ import annotations

from tchat_desktop.domain.steps import Detail, StepState, StepStatus
from tchat_desktop.i18n import N_, _, ngettext

_STATES = {
    StepState.TODO: N_("To do"),
    StepState.STARTED: N_("Started"),
    StepState.READY: N_("Ready"),
    StepState.ATTENTION: N_("Needs a look"),
}
_COUNTED = {
    Detail.IN_MINUTES: N_("in {count} min"),
    Detail.LIVE: N_("Live · {count} min left"),
    Detail.DOES_NOT_FIT: N_("{count} min too many"),
}
_PLAIN = {
    Detail.ROUTE_ASSISTED: N_("Ready · in the browser"),
    Detail.ROUTE_KEYS: N_("Ready · with keys"),
    Detail.ROUTE_REHEARSAL: N_("Rehearsal only"),
    Detail.ENDED: N_("Finished"),
    Detail.AFTER_CHAT: N_("after the chat"),
    Detail.DATE_PAST: N_("The date has passed"),
    Detail.NO_HELP_NUMBER: N_("No help number yet"),
    Detail.TAG_INVALID: N_("X refuses this tag"),
    Detail.ACCOUNT_INVALID: N_("Account name to look at"),
}


def status_words(status: StepStatus) -> str:  # noqa: PLR0911
    """The state of a step, short enough for the rail."""
    number = status.number
    match status.detail:
        case Detail.QUESTIONS if status.state is StepState.READY:
            return _("Ready · {count} questions").format(count=number)
        case Detail.QUESTIONS:
            words = ngettext("Started · {count} question", "Started · {count} questions", number)
            return words.format(count=number)
        case Detail.GUESTS:
            return ngettext("{count} guest", "{count} guests", number).format(count=number)
        case Detail.ANNOUNCEMENTS:
            words = ngettext("{count} announcement", "{count} announcements", number)
            return words.format(count=number)
        case Detail.IN_DAYS:
            return ngettext("in {count} day", "in {count} days", number).format(count=number)
        case Detail.IN_HOURS:
            return ngettext("in {count} hour", "in {count} hours", number).format(count=number)
        case Detail.TEXT_TOO_LONG:
            words = ngettext("{count} text too long", "{count} texts too long", number)
            return words.format(count=number)
        case Detail.LOOK_AT:
            words = ngettext("{count} thing to look at", "{count} things to look at", number)
            return words.format(count=number)
        case Detail.NUMBERS_TO_CHECK:
            words = ngettext("{count} number to check", "{count} numbers to check", number)
            return words.format(count=number)
        case Detail.THANKED:
            words = ngettext("{count} person thanked", "{count} people thanked", number)
            return words.format(count=number)
        case detail if detail in _COUNTED:
            return _(_COUNTED[detail]).format(count=number)
        case detail if detail in _PLAIN:
            return _(_PLAIN[detail])
    return _(_STATES[status.state])
