"""The guide from the idea to the thanks: how far each step is, what is missing, what comes next.

It suggests and never traps: any step can be opened at any time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tchat_desktop.domain.chat import Chat, ChatPhase, Invitation, Purpose, phase
from tchat_desktop.domain.handed_out import are_outdated, has_questions_of_now
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import MOVING, OutboxPost, needing
from tchat_desktop.domain.people import Gap, gaps, handle_problem
from tchat_desktop.domain.protection import countries_without, help_is_settled
from tchat_desktop.domain.questions import CountVerdict, count_verdict
from tchat_desktop.domain.run_items import RunSheet
from tchat_desktop.domain.step_rules import (
    can_announce,
    for_countries,
    has_blanks,
    is_past,
    overlong_questions,
    posts_to_mend,
    was_held,
)
from tchat_desktop.domain.step_states import Detail, Stage, StepState
from tchat_desktop.domain.steps import STEPS, StepId, StepStatus, steps_of

_NEAR = timedelta(minutes=30)
"""This long before the chat, the next step is the hour, whatever is not prepared yet."""


class Missing(StrEnum):
    """What is still wanted before the hour."""

    NO_PURPOSE = "no_purpose"
    NO_TOPIC = "no_topic"
    NO_DATE = "no_date"
    DATE_PAST = "date_past"
    NO_TAG = "no_tag"
    TAG_INVALID = "tag_invalid"
    TOO_FEW_QUESTIONS = "too_few_questions"
    TOO_MANY_QUESTIONS = "too_many_questions"
    QUESTION_TOO_LONG = "question_too_long"
    NO_GUEST_ACCEPTED = "no_guest_accepted"
    GUEST_AWAITED = "guest_awaited"
    """Some guests have accepted, and not all of them."""
    QUESTIONS_NOT_SHARED = "questions_not_shared"
    NO_ANNOUNCEMENT = "no_announcement"
    RUN_SHEET_OVERFLOWS = "run_sheet_overflows"
    RUN_SHEET_PROBLEMS = "run_sheet_problems"
    UNFILLED = "unfilled"
    """A post of the hour has something to fill in: it would not leave."""
    NO_ROUTE = "no_route"
    ACCOUNT_INVALID = "account_invalid"
    """The name of the organising account cannot be one on X."""
    NOT_REHEARSED = "not_rehearsed"
    RULES_NOT_READ = "rules_not_read"
    HELP_NOT_CHECKED = "help_not_checked"
    """There is no help number to give, one that nobody has checked, or none for a country."""
    NO_FOCAL_POINT = "no_focal_point"
    """Nobody is named who is told at once when somebody is in danger."""


@dataclass(frozen=True, slots=True)
class MissingItem:
    """Something still wanted, and the step where to see to it."""

    kind: Missing
    step: StepId


def statuses(
    chat: Chat, sheet: RunSheet, now: datetime, countries: Sequence[str] = ()
) -> tuple[StepStatus, ...]:
    """How far every step is, in order. `sheet` is the run sheet of the chat; `now` is UTC;
    `countries` are those of its public, each of which needs a help number.
    """
    return tuple(status_of(step, chat, sheet, now, countries) for step in STEPS)


def status_of(
    step: StepId, chat: Chat, sheet: RunSheet, now: datetime, countries: Sequence[str] = ()
) -> StepStatus:
    """How far one step is."""
    outcome = step.rule(chat, sheet, now)
    if step is StepId.PROTECTION:
        outcome = for_countries(outcome, chat, countries)
    return StepStatus(step, *outcome)


def with_end_of_hour(
    statuses: Sequence[StepStatus], rows: Sequence[OutboxPost]
) -> tuple[StepStatus, ...]:
    """The same with what the posts of an open hour say of its end.

    It is over only once nothing moves by itself any more, and everything is known to be out. `rows`
    are those of the hour.
    """
    left = sum(row.state in MOVING for row in rows)
    open_ends = sum(row.planned is not None for row in needing(rows))

    def ended(one: StepStatus) -> StepStatus:
        if one.step is not StepId.HOUR or one.detail is not Detail.ENDED:
            return one
        if left:
            return StepStatus(one.step, StepState.STARTED, Detail.LAST_MESSAGES)
        if open_ends:
            return StepStatus(one.step, StepState.ATTENTION, Detail.UNCONFIRMED, open_ends)
        return one

    return tuple(ended(one) for one in statuses)


def next_step(chat: Chat, sheet: RunSheet, now: datetime, countries: Sequence[str] = ()) -> StepId:
    """The first step that is not ready, passing over one that only waits for an answer or for the
    day of an announcement, and over thanks that have begun once the chat is closed: one never has
    to thank everybody.

    When the hour is near it is the hour itself, as long as it can be opened.
    """
    present = phase(chat, now)
    is_near = chat.starts_at is not None and chat.starts_at - now < _NEAR and chat.route is not None
    if present is ChatPhase.LIVE or (present is ChatPhase.UPCOMING and is_near):
        return StepId.HOUR
    stage, end = Stage.BEFORE, StepId.HOUR
    if was_held(chat, now, sheet.rules):
        stage, end = Stage.AFTER, StepId.REPORT
    unready = [
        step
        for step in steps_of(stage)
        if status_of(step, chat, sheet, now, countries).state is not StepState.READY
    ]
    passed_over = {
        StepId.PEOPLE: _waits_for_answer(chat, sheet.rules),
        StepId.PROMOTION: _waits_for_a_day(chat, sheet, now),
        StepId.THANKS: bool(chat.thanked) and chat.closed_at is not None,
    }
    to_do = [step for step in unready if not passed_over.get(step, False)]
    return (to_do or unready or [end])[0]


def progress(chat: Chat, sheet: RunSheet, now: datetime, countries: Sequence[str] = ()) -> float:
    """How much of the preparation is done, 0 to 1: a step begun counts half."""
    worth = {StepState.READY: 1.0, StepState.STARTED: 0.5, StepState.ATTENTION: 0.5}
    steps = steps_of(Stage.BEFORE)
    found = (status_of(step, chat, sheet, now, countries) for step in steps)
    return sum(worth.get(one.state, 0.0) for one in found) / len(steps)


def missing(
    chat: Chat, sheet: RunSheet, now: datetime, countries: Sequence[str] = ()
) -> tuple[MissingItem, ...]:
    """What is still wanted before the hour, in the order of the steps. It never blocks."""
    count = count_verdict(chat).verdict
    overlong = overlong_questions(sheet)
    accepted = [guest for guest in chat.guests if guest.invitation is Invitation.ACCEPTED]
    checks = (
        (Missing.NO_PURPOSE, StepId.PURPOSE, chat.purpose is None),
        (Missing.NO_TOPIC, StepId.SCHEDULE, not chat.topic.strip()),
        (Missing.NO_DATE, StepId.SCHEDULE, chat.starts_at is None),
        (Missing.DATE_PAST, StepId.SCHEDULE, is_past(chat, now, sheet.rules)),
        (Missing.NO_TAG, StepId.HASHTAG, not chat.hashtag),
        (
            Missing.TAG_INVALID,
            StepId.HASHTAG,
            bool(chat.hashtag) and not sheet.rules.is_tag(chat.hashtag),
        ),
        (
            Missing.TOO_FEW_QUESTIONS,
            StepId.QUESTIONS,
            count in (CountVerdict.NONE, CountVerdict.TOO_FEW),
        ),
        (Missing.TOO_MANY_QUESTIONS, StepId.QUESTIONS, count is CountVerdict.TOO_MANY),
        (Missing.QUESTION_TOO_LONG, StepId.QUESTIONS, overlong > 0),
        (Missing.NO_GUEST_ACCEPTED, StepId.PEOPLE, not accepted and _wants_guests(chat)),
        (Missing.GUEST_AWAITED, StepId.PEOPLE, 0 < len(accepted) < len(chat.guests)),
        (
            Missing.QUESTIONS_NOT_SHARED,
            StepId.PEOPLE,
            any(not has_questions_of_now(chat, guest) for guest in accepted),
        ),
        (Missing.RULES_NOT_READ, StepId.PROTECTION, not chat.rules_accepted),
        (
            Missing.HELP_NOT_CHECKED,
            StepId.PROTECTION,
            not help_is_settled(chat) or bool(countries_without(chat, countries)),
        ),
        (Missing.NO_FOCAL_POINT, StepId.PROTECTION, not chat.focal_point.strip()),
        (Missing.NO_ANNOUNCEMENT, StepId.PROMOTION, not chat.announcements),
        (Missing.RUN_SHEET_OVERFLOWS, StepId.RUN_SHEET, sheet.overflow > 0),
        (Missing.RUN_SHEET_PROBLEMS, StepId.RUN_SHEET, posts_to_mend(chat, sheet) > 0),
        (Missing.UNFILLED, StepId.RUN_SHEET, has_blanks(sheet)),
        (Missing.NO_ROUTE, StepId.CONNECTION, chat.route is None),
        (
            Missing.ACCOUNT_INVALID,
            StepId.CONNECTION,
            bool(chat.account) and handle_problem(chat.account, sheet.rules) is not None,
        ),
        (Missing.NOT_REHEARSED, StepId.REHEARSAL, chat.rehearsed_at is None),
    )
    return tuple(MissingItem(kind, step) for kind, step, stands in checks if stands)


def _wants_guests(chat: Chat) -> bool:
    """Whether the kind of chat lives from its guests, or guests are there to be waited for."""
    without = (Purpose.EXCHANGE_EXPERIENCES, Purpose.MEETING)
    return chat.purpose not in without or bool(chat.guests)


def _waits_for_answer(chat: Chat, rules: NetworkRules) -> bool:
    """Whether every guest was invited and sent the questions, and some have not answered."""
    found = [set(gaps(guest, rules)) for guest in chat.guests]
    if any(are_outdated(chat, guest.id) for guest in chat.guests):
        return False
    return bool(found) and all(one <= {Gap.NOT_ACCEPTED} for one in found)


def _waits_for_a_day(chat: Chat, sheet: RunSheet, now: datetime) -> bool:
    """Whether the announcements are whole, and the day of the next one has not come."""
    found = status_of(StepId.PROMOTION, chat, sheet, now)
    waits = found.detail in (Detail.NOTHING_ANNOUNCED, Detail.ANNOUNCED)
    return waits and can_announce(chat)
