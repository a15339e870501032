"""The parts of the guide, and the values that describe how far a step is."""

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
    """What the list of steps says under a step; most values go with a number."""

    NONE = "none"
    QUESTIONS = "questions"
    TO_FILL_IN = "to_fill_in"
    """The number is that of the empty fields."""
    GUESTS = "guests"
    TO_INVITE = "to_invite"
    TO_ANSWER = "to_answer"
    """Guests who were invited and have not answered."""
    TO_HAND_OVER = "to_hand_over"
    """Guests who have not received the questions."""
    TO_NAME = "to_name"
    TO_READ = "to_read"
    """The proposed run sheet, which the organiser has not seen yet."""
    NOTHING_ANNOUNCED = "nothing_announced"
    """Announcements are prepared, and none is published."""
    ANNOUNCED = "announced"
    """The number is that of the published announcements, out of all of them."""
    ANNOUNCING_OVER = "announcing_over"
    """The chat has begun, and some announcements were never made; numbers as for `ANNOUNCED`."""
    ANNOUNCEMENTS_DUE = "announcements_due"
    """Announcements whose time has come and that are not published."""
    ROUTE_ASSISTED = "route_assisted"
    ROUTE_KEYS = "route_keys"
    ROUTE_REHEARSAL = "route_rehearsal"
    IN_DAYS = "in_days"
    IN_HOURS = "in_hours"
    IN_MINUTES = "in_minutes"
    LIVE = "live"
    """The chat is under way; the number is that of the minutes left."""
    ENDED = "ended"
    AFTER_CHAT = "after_chat"
    DATE_PAST = "date_past"
    TOWN_TO_CONFIRM = "town_to_confirm"
    """The town that sets the time zone was proposed by the app and is not confirmed."""
    TO_CONFIRM = "to_confirm"
    """Values copied from the last edition, or computed by the app, are not confirmed."""
    TAG_INVALID = "tag_invalid"
    ACCOUNT_INVALID = "account_invalid"
    TEXT_TOO_LONG = "text_too_long"
    DOES_NOT_FIT = "does_not_fit"
    """The number is that of the minutes by which the run sheet is too long."""
    NUMBERS_TO_CHECK = "numbers_to_check"
    """Helplines that nobody has checked."""
    NO_HELP_NUMBER = "no_help_number"
    COUNTRIES_WITHOUT = "countries_without"
    """Countries of the audience that have no helpline."""
    LOOK_AT = "look_at"
    """Texts or people with a problem."""
    REHEARSED_IN_PART = "rehearsed_in_part"
    THANKED = "thanked"
    SAVED = "saved"
    """The recap is saved and has not changed since."""
    TO_SAVE = "to_save"
    CHANGED_SINCE = "changed_since"
    """The recap has changed since it was saved."""
    CLOSED = "closed"
    """The organiser has closed the chat."""
