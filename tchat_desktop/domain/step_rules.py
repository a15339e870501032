"""One rule for each step of the guide: how far it is, and what to say about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import Chat, ChatPhase, Route, minutes_until, phase
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.people import Gap, gaps, handle_problem
from tchat_desktop.domain.promotion import due_at
from tchat_desktop.domain.protection import countries_without, help_is_settled, lines_to_check
from tchat_desktop.domain.questions import CountVerdict, count_verdict
from tchat_desktop.domain.run_items import ProblemKind, RunProblem, RunSheet, question_in
from tchat_desktop.domain.saved_recap import is_as_saved
from tchat_desktop.domain.step_states import Detail, StepState

Outcome = tuple[StepState, Detail, int] | tuple[StepState, Detail, int, int]
"""The state, what to say, its number, and what that is a part of."""


def _graded(done: bool, begun: bool) -> StepState:
    if done:
        return StepState.READY
    return StepState.STARTED if begun else StepState.TODO


def is_past(chat: Chat, now: datetime, rules: NetworkRules) -> bool:
    """Whether the day went by without the chat: it was not ready to be held, nor was it closed."""
    if chat.ends_at is None or chat.ends_at > now or chat.closed_at is not None or chat.thanked:
        return False
    may_leave = chat.route in (Route.ASSISTED, Route.KEYS)
    return not (may_leave and rules.is_tag(chat.hashtag) and count_verdict(chat).essential)


def was_held(chat: Chat, now: datetime, rules: NetworkRules) -> bool:
    """Whether the chat is over, and was held as far as one can tell."""
    return phase(chat, now) is ChatPhase.ENDED and not is_past(chat, now, rules)


def overlong_questions(sheet: RunSheet) -> int:
    """How many questions do not fit a post."""
    return sum(_is_overlong_question(problem) for problem in sheet.problems)


def _is_overlong_question(problem: RunProblem) -> bool:
    return problem.kind is ProblemKind.TOO_LONG and bool(question_in(problem.key))


def has_blanks(sheet: RunSheet) -> bool:
    """Whether a post of the hour has something to fill in: it would not leave."""
    return any(problem.kind is ProblemKind.BLANK for problem in sheet.problems)


def _has_what_posts_name(chat: Chat) -> bool:
    """Whether the earlier steps gave all that the proposed posts of the hour name."""
    return bool(chat.topic.strip() and chat.hashtag and chat.organisation.strip())


def posts_to_mend(chat: Chat, sheet: RunSheet) -> int:
    """The posts of the hour to look at, but for what earlier steps tell already."""
    elsewhere = set() if _has_what_posts_name(chat) else {ProblemKind.BLANK}
    return len(
        posts_to_look_at(
            problem
            for problem in sheet.problems
            if problem.kind not in elsewhere and not _is_overlong_question(problem)
        )
    )


def posts_to_look_at(problems: Iterable[RunProblem]) -> tuple[str, ...]:
    """The keys of the posts that ask for a look, each once; that the time is up does not: it is
    told of the whole run sheet.
    """
    own = (one.key for one in problems if one.kind is not ProblemKind.DOES_NOT_FIT)
    return tuple(dict.fromkeys(own))


def purpose(chat: Chat, _sheet: RunSheet, _now: datetime) -> Outcome:
    """Ready when every field of the purpose is filled in."""
    fields = (chat.organisation.strip(), chat.audience.strip(), chat.success.strip())
    empty = (chat.purpose, *fields).count(None) + fields.count("")
    begun = empty < len(fields) + 1
    detail = Detail.TO_FILL_IN if begun and empty else Detail.NONE
    return _graded(not empty, begun), detail, empty if detail is Detail.TO_FILL_IN else 0


def schedule(chat: Chat, sheet: RunSheet, now: datetime) -> Outcome:
    """Ready when there are a topic and a day, both confirmed by the organiser."""
    if is_past(chat, now, sheet.rules):
        return StepState.ATTENTION, Detail.DATE_PAST, 0
    has_topic, has_date = bool(chat.topic.strip()), chat.starts_at is not None
    if has_topic and has_date and "time_zone" in chat.carried_over:
        return StepState.STARTED, Detail.TOWN_TO_CONFIRM, 0
    if has_topic and has_date and chat.carried_over:
        # The topic of last time, the day that was reckoned from it: nobody has said they are right.
        return StepState.STARTED, Detail.TO_CONFIRM, 0
    return _graded(has_topic and has_date, has_topic or has_date), Detail.NONE, 0


def hashtag(chat: Chat, sheet: RunSheet, _now: datetime) -> Outcome:
    """Ready when there is a tag that the network makes a link of."""
    if chat.hashtag and not sheet.rules.is_tag(chat.hashtag):
        return StepState.ATTENTION, Detail.TAG_INVALID, 0
    return _graded(bool(chat.hashtag), False), Detail.NONE, 0


def questions(chat: Chat, sheet: RunSheet, _now: datetime) -> Outcome:
    """Ready when there are enough questions, each of which fits a post and has no blank."""
    if overlong := overlong_questions(sheet):
        return StepState.ATTENTION, Detail.TEXT_TOO_LONG, overlong
    if unfinished := sum(bool(unfilled(one.text)) for one in chat.questions):
        return StepState.ATTENTION, Detail.LOOK_AT, unfinished
    count = count_verdict(chat)
    ready = count.verdict is CountVerdict.OK
    detail = Detail.QUESTIONS if count.total else Detail.NONE
    return _graded(ready, bool(chat.questions)), detail, count.total


def people(chat: Chat, sheet: RunSheet, _now: datetime) -> Outcome:
    """Ready when every guest has a name, was invited, accepted, and has the questions."""
    wrong = sum(
        bool({Gap.BAD_HANDLE, Gap.BAD_EMAIL} & set(gaps(one, sheet.rules))) for one in chat.people
    )
    if wrong:
        return StepState.ATTENTION, Detail.LOOK_AT, wrong
    guests = chat.guests
    for gap, detail in _GUEST_GAPS.items():
        if lacking := sum(gap in gaps(guest, sheet.rules) for guest in guests):
            return StepState.STARTED, detail, lacking
    detail = Detail.GUESTS if guests else Detail.NONE
    return _graded(bool(guests), bool(chat.people)), detail, len(guests)


_GUEST_GAPS = {
    Gap.NO_NAME: Detail.TO_NAME,
    Gap.NOT_INVITED: Detail.TO_INVITE,
    Gap.NOT_ACCEPTED: Detail.TO_ANSWER,
    Gap.NO_QUESTIONS: Detail.TO_HAND_OVER,
}
"""What a guest may lack, in the order in which it is done, with the words of the step."""


def protection(chat: Chat, _sheet: RunSheet, _now: datetime) -> Outcome:
    """Ready when the rules are read, somebody is named, and the help numbers are checked."""
    named = bool(chat.focal_point.strip())
    begun = chat.rules_accepted or named or bool(chat.help_lines)
    if not begun:
        return StepState.TODO, Detail.NONE, 0
    if to_check := len(lines_to_check(chat)):
        return StepState.ATTENTION, Detail.NUMBERS_TO_CHECK, to_check
    if not help_is_settled(chat):
        return StepState.ATTENTION, Detail.NO_HELP_NUMBER, 0
    return _graded(chat.rules_accepted and named, True), Detail.NONE, 0


def for_countries(outcome: Outcome, chat: Chat, countries: Sequence[str]) -> Outcome:
    """The outcome of the protection once the countries of the public are known.

    Every country needs a number: one of another country is no help to a child.
    """
    without = len(countries_without(chat, countries))
    said_already = outcome[1] is not Detail.NONE or outcome[0] is StepState.TODO
    if said_already or not without:
        return outcome
    return StepState.ATTENTION, Detail.COUNTRIES_WITHOUT, without


def promotion(chat: Chat, _sheet: RunSheet, now: datetime) -> Outcome:
    """Ready when something is announced, and no announcement is late."""
    total = len(chat.announcements)
    times = [due_at(chat, one) for one in chat.announcements if not one.done]
    due = sum(time is not None and time <= now for time in times)
    if due and phase(chat, now) is ChatPhase.UPCOMING:
        return StepState.ATTENTION, Detail.ANNOUNCEMENTS_DUE, due
    if unfinished := sum(bool(unfilled(one.text)) for one in chat.announcements if not one.done):
        return StepState.ATTENTION, Detail.LOOK_AT, unfinished
    if not total:
        return StepState.TODO, Detail.NONE, 0
    # Texts that were proposed make nothing known: only what the organiser says is out does.
    told = sum(one.done for one in chat.announcements)
    detail = Detail.ANNOUNCED if told else Detail.NOTHING_ANNOUNCED
    return _graded(told > 0 and can_announce(chat), True), detail, told, total


def can_announce(chat: Chat) -> bool:
    """Whether the earlier steps gave all that the proposed announcements tell."""
    return _has_what_posts_name(chat) and chat.starts_at is not None


def run_sheet(chat: Chat, sheet: RunSheet, _now: datetime) -> Outcome:
    """Ready when the run sheet fits its time, has no blank, and was read through."""
    if sheet.overflow:
        return StepState.ATTENTION, Detail.DOES_NOT_FIT, sheet.overflow
    written = count_verdict(chat).total
    if written and (problems := posts_to_mend(chat, sheet)):
        return StepState.ATTENTION, Detail.LOOK_AT, problems
    enough = count_verdict(chat).verdict in (CountVerdict.OK, CountVerdict.TOO_MANY)
    whole = enough and not has_blanks(sheet)
    detail = Detail.TO_READ if whole and not chat.run_sheet_seen else Detail.NONE
    return _graded(whole and chat.run_sheet_seen, written > 0), detail, 0


def connection(chat: Chat, sheet: RunSheet, _now: datetime) -> Outcome:
    """Ready when the organiser has said how posts leave, and with which account."""
    details = {
        Route.ASSISTED: Detail.ROUTE_ASSISTED,
        Route.KEYS: Detail.ROUTE_KEYS,
        Route.REHEARSAL: Detail.ROUTE_REHEARSAL,
    }
    if chat.account and handle_problem(chat.account, sheet.rules) is not None:
        return StepState.ATTENTION, Detail.ACCOUNT_INVALID, 0
    if chat.route is None:
        return StepState.TODO, Detail.NONE, 0
    if chat.route is Route.ASSISTED and not chat.account:
        # Which account the pages are to be opened with is still to be said.
        return StepState.STARTED, Detail.TO_FILL_IN, 1
    return StepState.READY, details[chat.route], 0


def rehearsal(chat: Chat, _sheet: RunSheet, _now: datetime) -> Outcome:
    """Ready when a rehearsal was gone through."""
    begun = chat.rehearsed_at is not None
    done = is_rehearsed(chat)
    detail = Detail.REHEARSED_IN_PART if begun and not done else Detail.NONE
    return _graded(done, begun), detail, 0


def is_rehearsed(chat: Chat) -> bool:
    """Whether a rehearsal was gone through; one that was broken off is worth another."""
    in_part = chat.rehearsal is not None and chat.rehearsal.missing
    return chat.rehearsed_at is not None and not in_part


def hour(chat: Chat, sheet: RunSheet, now: datetime) -> Outcome:
    """How long it is until the chat, or that it is on air, or over."""
    at = phase(chat, now)
    if is_past(chat, now, sheet.rules):
        return StepState.TODO, Detail.DATE_PAST, 0
    if chat.starts_at is None or chat.ends_at is None or at is ChatPhase.DRAFT:
        return StepState.TODO, Detail.NONE, 0
    if at is ChatPhase.ENDED:
        return StepState.READY, Detail.ENDED, 0
    if at is ChatPhase.LIVE:
        return StepState.STARTED, Detail.LIVE, minutes_until(chat.ends_at, now)
    return StepState.TODO, *_wait(chat, chat.starts_at, now)


def _wait(chat: Chat, starts_at: datetime, now: datetime) -> tuple[Detail, int]:
    """How long there is to wait, as a calendar counts days and a clock the rest."""
    days = (starts_at.astimezone(chat.zone).date() - now.astimezone(chat.zone).date()).days
    if days > 0:
        return Detail.IN_DAYS, days
    left = starts_at - now
    if left < timedelta(hours=1):
        # Whole minutes, as the countdown reads; the last one is one.
        return Detail.IN_MINUTES, max(1, left // timedelta(minutes=1))
    return Detail.IN_HOURS, -(-left // timedelta(hours=1))


def _afterwards(chat: Chat, sheet: RunSheet, now: datetime, done: bool, begun: bool) -> Outcome:
    if not was_held(chat, now, sheet.rules) and not (done or begun):
        return StepState.TODO, Detail.AFTER_CHAT, 0
    return _graded(done, begun), Detail.NONE, 0


def thanks(chat: Chat, sheet: RunSheet, now: datetime) -> Outcome:
    """How many were thanked, of those there are to thank."""
    if chat.thanked:
        thanked = len(chat.thanked)
        if chat.to_thank <= 0:
            return StepState.STARTED, Detail.THANKED, thanked
        done = min(thanked, chat.to_thank)
        return _graded(done == chat.to_thank, True), Detail.THANKED, done, chat.to_thank
    return _afterwards(chat, sheet, now, False, False)


def recap(chat: Chat, sheet: RunSheet, now: datetime) -> Outcome:
    """Ready when the recap was saved as it is now."""
    recap = chat.recap
    if chat.recap_saved:
        if is_as_saved(chat):
            return StepState.READY, Detail.SAVED, 0
        return StepState.ATTENTION, Detail.CHANGED_SINCE, 0
    if recap.introduction.strip() and recap.conclusion.strip():
        return StepState.STARTED, Detail.TO_SAVE, 0
    begun = bool(recap.title or recap.introduction or recap.conclusion or recap.order)
    return _afterwards(chat, sheet, now, False, begun or bool(recap.comments))


def report(chat: Chat, sheet: RunSheet, now: datetime) -> Outcome:
    """Ready when the chat is closed."""
    learnt = bool(chat.lessons.strip())
    closed = chat.closed_at is not None
    # Who ended the hour before its time has not looked at its results by that.
    early = chat.closed_at and chat.ends_at and chat.closed_at < chat.ends_at
    if closed and (learnt or not early):
        return StepState.READY, Detail.CLOSED, 0
    return _afterwards(chat, sheet, now, False, learnt)
