"""What the posts of the hour are called, and which step fills in a word left in brackets."""

from __future__ import annotations

from tchat_desktop.domain.guide import StepId
from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.domain.run_sheet import RunItem
from tchat_desktop.domain.texts import Texts
from tchat_desktop.i18n import N_, _

_KINDS = {
    PostKind.WELCOME: N_("Welcome"),
    PostKind.RULES: N_("Rules of the chat"),
    PostKind.GUESTS: N_("The guests"),
    PostKind.NUDGE: N_("Nudge"),
    PostKind.CLOSING: N_("Closing"),
    PostKind.THANKS: N_("Thanks"),
}
_STEPS = {
    "topic": StepId.SCHEDULE,
    "day": StepId.SCHEDULE,
    "hour": StepId.SCHEDULE,
    "hours": StepId.SCHEDULE,
    "tag": StepId.HASHTAG,
    "organisation": StepId.PURPOSE,
    "account": StepId.CONNECTION,
}


def item_title(item: RunItem) -> str:
    """What a post of the hour is called: "Accueil", "Q3"."""
    return item.label if item.number is not None else _(_KINDS[item.kind])


def step_of_blank(word: str, texts: Texts) -> StepId | None:
    """The step in which a word in brackets is filled in; None for one that is not of a step."""
    for name, step in _STEPS.items():
        if texts.messages.get(f"blank.{name}") == word:
            return step
    return None
