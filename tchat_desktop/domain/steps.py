"""The steps of the guide, in order, and the words for how far each one is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The three parts of the guide."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class StepId(StrEnum):
    """The steps, in order."""

    PURPOSE = "purpose"
    SCHEDULE = "schedule"
    HASHTAG = "hashtag"
    QUESTIONS = "questions"
    PEOPLE = "people"
    PROTECTION = "protection"
    PROMOTION = "promotion"
    RUN_SHEET = "run_sheet"
    CONNECTION = "connection"
    REHEARSAL = "rehearsal"
    HOUR = "hour"
    THANKS = "thanks"
    RECAP = "recap"
    REPORT = "report"

    @property
    def stage(self) -> Stage:
        """The part of the guide the step is in."""
        if self is StepId.HOUR:
            return Stage.DURING
        after = (StepId.THANKS, StepId.RECAP, StepId.REPORT)
        return Stage.AFTER if self in after else Stage.BEFORE


STEPS = tuple(StepId)


class StepState(StrEnum):
    """How far a step is."""

    TODO = "todo"
    STARTED = "started"
    READY = "ready"
    ATTENTION = "attention"


class Detail(StrEnum):
    """What the rail adds under a step; most go with a number."""

    NONE = "none"
    QUESTIONS = "questions"
    TO_FILL_IN = "to_fill_in"
    """With how many fields are empty."""
    GUESTS = "guests"
    TO_INVITE = "to_invite"
    TO_ANSWER = "to_answer"
    """Guests who were invited and have not answered."""
    TO_HAND_OVER = "to_hand_over"
    """Guests who have not received the questions."""
    TO_NAME = "to_name"
    TO_READ = "to_read"
    """What was proposed, and nobody has looked at."""
    NOTHING_ANNOUNCED = "nothing_announced"
    """Announcements are prepared, and none is out."""
    ANNOUNCED = "announced"
    """With how many are out, of all."""
    ANNOUNCEMENTS_DUE = "announcements_due"
    """Announcements whose time has come and that are not out."""
    ROUTE_ASSISTED = "route_assisted"
    ROUTE_KEYS = "route_keys"
    ROUTE_REHEARSAL = "route_rehearsal"
    IN_DAYS = "in_days"
    IN_HOURS = "in_hours"
    IN_MINUTES = "in_minutes"
    LIVE = "live"
    """On air, with the minutes left."""
    ENDED = "ended"
    AFTER_CHAT = "after_chat"
    DATE_PAST = "date_past"
    TOWN_TO_CONFIRM = "town_to_confirm"
    """The town by whose clock the hour is counted was proposed, and nobody said it is right."""
    TO_CONFIRM = "to_confirm"
    """What the edition before left or the app reckoned, and nobody said is right."""
    TAG_INVALID = "tag_invalid"
    ACCOUNT_INVALID = "account_invalid"
    TEXT_TOO_LONG = "text_too_long"
    DOES_NOT_FIT = "does_not_fit"
    """With the minutes over."""
    NUMBERS_TO_CHECK = "numbers_to_check"
    """Help numbers that nobody has checked, with how many."""
    NO_HELP_NUMBER = "no_help_number"
    COUNTRIES_WITHOUT = "countries_without"
    """Countries of the public that have no help number, with how many."""
    LOOK_AT = "look_at"
    """With how many things there are to look at."""
    REHEARSED_IN_PART = "rehearsed_in_part"
    THANKED = "thanked"
    SAVED = "saved"
    """As it is now."""
    TO_SAVE = "to_save"
    CHANGED_SINCE = "changed_since"
    """It was saved, and is another one now."""
    CLOSED = "closed"
    """By the organiser."""


@dataclass(frozen=True, slots=True)
class StepStatus:
    """How far a step is, and what to say about it."""

    step: StepId
    state: StepState
    detail: Detail = Detail.NONE
    number: int = 0
    of: int = 0
    """What the number is a part of, where that is told."""


def steps_of(stage: Stage) -> tuple[StepId, ...]:
    """The steps of a part of the guide, in order."""
    return tuple(step for step in STEPS if step.stage is stage)


def number_of(step: StepId) -> int:
    """The number of a step on the rail, from 1."""
    return STEPS.index(step) + 1


def neighbours(step: StepId) -> tuple[StepId | None, StepId | None]:
    """The steps before and after, None at the ends."""
    at = STEPS.index(step)
    return (STEPS[at - 1] if at else None, STEPS[at + 1] if at + 1 < len(STEPS) else None)
