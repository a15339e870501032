"""The sentences of the pre-flight checks, and where each finding can be remedied."""

from __future__ import annotations

from datetime import timedelta

from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.preflight import Finding, PreflightCheck
from tchat_desktop.domain.run_sheet import RunItem
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.x import links
from tchat_desktop.ui.pages.shared.post_words import item_title
from tchat_desktop.wording.i18n import N_, _, ngettext
from tchat_desktop.wording.network_words import obstacle_words
from tchat_desktop.wording.reasons import fact_words

_WORDS = {
    Finding.REACHED: N_("X answers."),
    Finding.ON_TIME: N_("The clock of the computer is right."),
    Finding.CLOCK_UNKNOWN: N_("X does not tell its time: compare the clock with a telephone."),
    Finding.KEPT: N_("The keyring is open, and the keys are in it."),
    Finding.NOT_KEPT: N_("The keys are not in the keyring: do not close the app before the chat."),
    Finding.KEYRING_CLOSED: N_("The keyring is locked, or does not answer."),
    Finding.NO_KEYS: N_("No account is connected: each post will open ready in your browser."),
    Finding.KEYS_UNKNOWN: N_("X could not be asked about the keys."),
    Finding.KEYS_NOT_TRIED: N_("The keys are here, but were not tried today."),
    Finding.KEYS_WORK: N_("The keys work, and post as @{handle}."),
    Finding.OTHER_ACCOUNT: N_("The keys post as @{handle}, which is not the account of this chat."),
    Finding.MAY_WRITE: N_("The keys may publish."),
    Finding.CREDIT: N_("X still takes from your credit; how much is left, only its page tells."),
    Finding.PLUGGED_IN: N_("The computer is plugged in."),
    Finding.NO_BATTERY: N_("This computer has no battery: it lasts as long as it is plugged in."),
    Finding.ON_BATTERY: N_(
        "The computer runs on its battery, {percent} % full: plug it in if you can."
    ),
    Finding.BATTERY_LOW: N_("Only {percent} % of the battery is left: plug the computer in now."),
    Finding.POWER_UNKNOWN: N_("The battery does not tell how full it is: plug the computer in."),
    Finding.STAYS_AWAKE: N_(
        "The computer will stay awake during the chat. Only leave its lid open, and the app too."
    ),
    Finding.MAY_SLEEP: N_(
        "The app cannot keep this computer awake. In its settings, under “Power”, choose that it "
        "never goes to sleep, and leave its lid open."
    ),
    Finding.ALL_DIFFERENT: N_("All the posts are different."),
}
_REASONS = {
    Finding.KEYS_REFUSED: (Reason.KEYS_REFUSED, N_("Connect again, or go on in the browser.")),
    Finding.READ_ONLY: (Reason.READ_ONLY, N_("No post could leave.")),
    Finding.NO_CREDIT: (Reason.NO_CREDIT, ""),
    Finding.CAPPED: (Reason.CAPPED, ""),
}
"""The reason for which posts would not leave, and a further sentence for this list."""
_STEPS = {
    Finding.NOT_KEPT: StepId.CONNECTION,
    Finding.KEYRING_CLOSED: StepId.CONNECTION,
    Finding.NO_KEYS: StepId.CONNECTION,
    Finding.KEYS_REFUSED: StepId.CONNECTION,
    Finding.READ_ONLY: StepId.CONNECTION,
    Finding.OTHER_ACCOUNT: StepId.CONNECTION,
    Finding.SAME_TWICE: StepId.RUN_SHEET,
}
_ON_X = frozenset({Finding.CREDIT, Finding.NO_CREDIT, Finding.CAPPED})


def check_words(check: PreflightCheck) -> str:
    """Return a sentence on what was found, and what to do about it."""
    match check.finding:
        case Finding.NOT_REACHED:
            assert isinstance(check.value, str)
            return obstacle_words(Obstacle(check.value))
        case Finding.SAME_TWICE:
            assert isinstance(check.value, RunItem)
            return _("{post} says the same as another one: X may refuse the second.").format(
                post=item_title(check.value)
            )
        case Finding.CLOCK_OFF:
            assert isinstance(check.value, timedelta)
            return _clock_words(check.value)
    if check.finding in _REASONS:
        reason, more = _REASONS[check.finding]
        return f"{fact_words(reason)} {_(more)}" if more else fact_words(reason)
    return _(_WORDS[check.finding]).format(handle=check.value, percent=check.value)


def _clock_words(skew: timedelta) -> str:
    if days := abs(skew).days:
        return ngettext(
            "The date of this computer is {count} day off: the posts would leave on another day. "
            "Set the date and the hour in the computer’s settings.",
            "The date of this computer is {count} days off: the posts would leave on another day. "
            "Set the date and the hour in the computer’s settings.",
            days,
        ).format(count=days)
    minutes = max(1, round(abs(skew.total_seconds()) / 60))
    if skew > timedelta():
        words = ngettext(
            "The clock of the computer is about {count} minute slow: the posts would leave late. "
            "Let it set itself by the network.",
            "The clock of the computer is about {count} minutes slow: the posts would leave late. "
            "Let it set itself by the network.",
            minutes,
        )
    else:
        words = ngettext(
            "The clock of the computer is about {count} minute fast: the posts would leave early. "
            "Let it set itself by the network.",
            "The clock of the computer is about {count} minutes fast: the posts would leave early. "
            "Let it set itself by the network.",
            minutes,
        )
    return words.format(count=minutes)


def step_for(check: PreflightCheck) -> StepId | None:
    """Return the step in which a finding can be remedied, or None."""
    return _STEPS.get(check.finding)


def page_for(check: PreflightCheck) -> str:
    """Return the address of the page where a finding can be remedied; "" when there is none."""
    return links.CONSOLE if check.finding in _ON_X else ""
