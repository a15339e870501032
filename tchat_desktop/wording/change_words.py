"""What differs between a chat and the same chat edited, in words, and where it is edited."""

from __future__ import annotations

from dataclasses import dataclass, fields

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.numbering import numbers
from tchat_desktop.domain.steps import StepId
from tchat_desktop.wording.i18n import N_, _

# The first that differs is named: the texts before what follows from them.
_CHANGES: dict[str, tuple[StepId, str]] = {
    "purpose": (StepId.PURPOSE, N_("the purpose")),
    "rhythm": (StepId.PURPOSE, N_("how often the chat is held")),
    "audience": (StepId.PURPOSE, N_("whom the chat is for")),
    "success": (StepId.PURPOSE, N_("what makes it a success")),
    "hoped_participants": (StepId.PURPOSE, N_("the number of people hoped for")),
    "hoped_replies": (StepId.PURPOSE, N_("the number of replies hoped for")),
    "language": (StepId.PURPOSE, N_("the language of the posts")),
    "own_texts": (StepId.PURPOSE, N_("a ready-made text")),
    "organisation": (StepId.PURPOSE, N_("the name of the organisation")),
    "topic": (StepId.SCHEDULE, N_("the topic")),
    "summary": (StepId.SCHEDULE, N_("the sentence on the topic")),
    "event": (StepId.SCHEDULE, N_("the occasion")),
    "time_zone": (StepId.SCHEDULE, N_("your town or city")),
    "starts_at": (StepId.SCHEDULE, N_("the day")),
    "minutes": (StepId.SCHEDULE, N_("the duration")),
    "audience_zones": (StepId.SCHEDULE, N_("the places of the public")),
    "towns": (StepId.SCHEDULE, N_("the name of a town")),
    "moved_from": (StepId.SCHEDULE, N_("the notice on the hour")),
    "carried_over": (StepId.SCHEDULE, N_("the notice on last time")),
    "hashtag": (StepId.HASHTAG, N_("the tag")),
    "questions": (StepId.QUESTIONS, N_("the questions")),
    "people": (StepId.PEOPLE, N_("the guests and the team")),
    "help_lines": (StepId.PROTECTION, N_("the help numbers")),
    "focal_point": (StepId.PROTECTION, N_("who is told at once")),
    "focal_phone": (StepId.PROTECTION, N_("the telephone of who is told at once")),
    "rules_accepted": (StepId.PROTECTION, N_("the reading of the rules")),
    "announcements": (StepId.PROMOTION, N_("the announcements")),
    "invited_again": (StepId.PROMOTION, N_("who was invited again")),
    "registration_link": (StepId.PROMOTION, N_("the link to share")),
    "link_words": (StepId.PROMOTION, N_("the words of the link")),
    "visuals": (StepId.PROMOTION, N_("the look of the pictures")),
    "run_order": (StepId.RUN_SHEET, N_("the order of the run sheet")),
    "run_edits": (StepId.RUN_SHEET, N_("a post of the run sheet")),
    "meant": (StepId.RUN_SHEET, N_("a hint put aside")),
    "route": (StepId.CONNECTION, N_("how the posts leave")),
    "account": (StepId.CONNECTION, N_("the account on X")),
    "spending_limit_cents": (StepId.CONNECTION, N_("the ceiling of spending")),
    "rehearsed_at": (StepId.REHEARSAL, N_("the rehearsal")),
    "rehearsal": (StepId.REHEARSAL, N_("the report of the rehearsal")),
    "thanked": (StepId.THANKS, N_("who was thanked")),
    "thread": (StepId.RECAP, N_("the thread of the recap")),
    "thanked_by": (StepId.THANKS, N_("how somebody was thanked")),
    "everyone_thanked": (StepId.THANKS, N_("whether the thank-you to everyone is published")),
    "recap": (StepId.RECAP, N_("the recap")),
    "funder": (StepId.REPORT, N_("the page for a funder")),
    "rehearsed_recap": (StepId.RECAP, N_("the recap of the rehearsal")),
    "lessons": (StepId.REPORT, N_("your notes for next time")),
    "to_change": (StepId.REPORT, N_("what you would do otherwise")),
    "former_lessons": (StepId.REPORT, N_("the notes of last time")),
    "closed_at": (StepId.REPORT, N_("the closing of the chat")),
}
_ALSO_SHOWN = {
    "questions": {StepId.RUN_SHEET},
    "run_edits": {StepId.CONNECTION},
    "meant": {StepId.SCHEDULE, StepId.HASHTAG, StepId.QUESTIONS},
    "recap": {StepId.THANKS, StepId.REPORT},
    "thanked": {StepId.RECAP, StepId.REPORT},
}


@dataclass(frozen=True, slots=True)
class ChatChange:
    """What differs, in words, with the step where it is edited and all the steps that show it."""

    what: str
    step: StepId
    shown_on: frozenset[StepId]


def change_between(before: Chat, after: Chat) -> ChatChange | None:
    """What differs between two states of a chat; None when nothing does."""
    different = {one.name for one in fields(Chat) if _differs(before, after, one.name)}
    name = next((name for name in _CHANGES if name in different), "")
    if not name:
        return None
    step, words = _CHANGES[name]
    what = _(words)
    if name == "starts_at" and _same_day(before, after):
        what = _("the hour")
    elif name == "questions":
        what = _question(before, after) or what
    return ChatChange(what, step, frozenset({step} | _ALSO_SHOWN.get(name, set())))


def field_words(name: str) -> str:
    """What a field of a chat is called; "" for one that nobody edits."""
    return _(_CHANGES[name][1]) if name in _CHANGES else ""


def _differs(before: Chat, after: Chat, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _same_day(before: Chat, after: Chat) -> bool:
    former, present = before.starts_local, after.starts_local
    return former is not None and present is not None and former.date() == present.date()


def _question(before: Chat, after: Chat) -> str:
    """The one question that was rewritten; "" when it is not one alone, or has no number."""
    if [one.id for one in before.questions] != [one.id for one in after.questions]:
        return ""
    pairs = zip(before.questions, after.questions, strict=True)
    changed = [new.id for old, new in pairs if old != new]
    number = numbers(after).get(changed[0]) if len(changed) == 1 else None
    return _("question {number}").format(number=number) if number else ""
