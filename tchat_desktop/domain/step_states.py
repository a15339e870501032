"""The parts of the guide, and the words for how far a step is."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """The three parts of the guide."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


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
