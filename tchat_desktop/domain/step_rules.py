"""The rules that tell how far each step of the guide is, one function for each step.

Each takes the chat, its run sheet and the present instant (UTC).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import Chat, ChatPhase, Route, is_out, minutes_until, phase
from tchat_desktop.domain.handed_out import are_outdated
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.people import Gap, gaps, handle_problem
from tchat_desktop.domain.promotion import due_at
from tchat_desktop.domain.protection import countries_without, help_is_settled, lines_to_check
from tchat_desktop.domain.questions import CountVerdict, count_verdict
from tchat_desktop.domain.run_items import ProblemKind, RunProblem, RunSheet, question_in
from tchat_desktop.domain.saved_recap import is_as_saved
from tchat_desktop.domain.step_states import Detail, StepState

Progress = tuple[StepState, Detail, int] | tuple[StepState, Detail, int, int]
"""The state, what the list of steps says, the number in it, and the total that is a part of."""


def _graded(done: bool, begun: bool) -> StepState:
    if done:
        return StepState.READY
    return StepState.STARTED if begun else StepState.TODO


def is_past(chat: Chat, now: datetime, rules: NetworkRules) -> bool:
    """Whether the time of the chat has passed although it was not ready to be held.

    A chat that was closed, or whose people were thanked, has been held. `now` is in UTC.
    """
    if chat.ends_at is None or chat.ends_at > now or chat.closed_at is not None or chat.thanked:
        return False
    may_leave = chat.route in (Route.ASSISTED, Route.KEYS)
    return not (may_leave and rules.is_tag(chat.hashtag) and count_verdict(chat).essential)


def was_held(chat: Chat, now: datetime, rules: NetworkRules) -> bool:
    """Whether the chat is over and, as far as the app can tell, was held. `now` is in UTC."""
    return phase(chat, now) is ChatPhase.ENDED and not is_past(chat, now, rules)


def overlong_questions(sheet: RunSheet) -> int:
    """The number of questions that are too long for a post."""
    return sum(_is_overlong_question(problem) for problem in sheet.problems)


def _is_overlong_question(problem: RunProblem) -> bool:
    return problem.kind is ProblemKind.TOO_LONG and bool(question_in(problem.key))


def has_blanks(sheet: RunSheet) -> bool:
    """Whether a post of the run sheet has a word in brackets to fill in, which keeps it back."""
    return any(problem.kind is ProblemKind.BLANK for problem in sheet.problems)


def _has_what_posts_name(chat: Chat) -> bool:
    """Whether topic, tag and organisation, which the proposed texts name, are filled in."""
    return bool(chat.topic.strip() and chat.hashtag and chat.organisation.strip())


def posts_to_mend(chat: Chat, sheet: RunSheet) -> int:
    """The number of posts of the run sheet with a problem that no earlier step reports already."""
    elsewhere = set() if _has_what_posts_name(chat) else {ProblemKind.BLANK}
    return len(
        posts_to_look_at(
            problem
            for problem in sheet.problems
            if problem.kind not in elsewhere and not _is_overlong_question(problem)
        )
    )


def posts_to_look_at(problems: Iterable[RunProblem]) -> tuple[str, ...]:
    """The keys of the posts with a problem, each once.

    DOES_NOT_FIT is left out, because it is a problem of the whole run sheet, and so is NO_PAGE,
    because such a post can leave as it is.
    """
    others = (ProblemKind.DOES_NOT_FIT, ProblemKind.NO_PAGE)
    own = (one.key for one in problems if one.kind not in others)
    return tuple(dict.fromkeys(own))


def purpose(chat: Chat, _sheet: RunSheet, _now: datetime) -> Progress:
    """Ready when every field of the purpose is filled in."""
    fields = (chat.organisation.strip(), chat.audience.strip(), chat.success.strip())
    empty = (chat.purpose, *fields).count(None) + fields.count("")
    begun = empty < len(fields) + 1
    detail = Detail.TO_FILL_IN if begun and empty else Detail.NONE
    return _graded(not empty, begun), detail, empty if detail is Detail.TO_FILL_IN else 0


def schedule(chat: Chat, sheet: RunSheet, now: datetime) -> Progress:
    """Ready when there are a topic and a day, both confirmed by the organiser."""
    if is_past(chat, now, sheet.rules):
        return StepState.ATTENTION, Detail.DATE_PAST, 0
    has_topic, has_date = bool(chat.topic.strip()), chat.starts_at is not None
    if has_topic and has_date and "time_zone" in chat.carried_over:
        return StepState.STARTED, Detail.TOWN_TO_CONFIRM, 0
    if has_topic and has_date and chat.carried_over:
        # Topic and day come from the last edition and are not confirmed.
        return StepState.STARTED, Detail.TO_CONFIRM, 0
    return _graded(has_topic and has_date, has_topic or has_date), Detail.NONE, 0


def hashtag(chat: Chat, sheet: RunSheet, _now: datetime) -> Progress:
    """Ready when there is a tag, valid on the network."""
    if chat.hashtag and not sheet.rules.is_tag(chat.hashtag):
        return StepState.ATTENTION, Detail.TAG_INVALID, 0
    return _graded(bool(chat.hashtag), False), Detail.NONE, 0


def questions(chat: Chat, sheet: RunSheet, _now: datetime) -> Progress:
    """Ready when there are enough questions, each of which fits a post and has no blank."""
    if overlong := overlong_questions(sheet):
        return StepState.ATTENTION, Detail.TEXT_TOO_LONG, overlong
    if unfinished := sum(bool(unfilled(one.text)) for one in chat.questions):
        return StepState.ATTENTION, Detail.LOOK_AT, unfinished
    count = count_verdict(chat)
    ready = count.verdict is CountVerdict.OK
    detail = Detail.QUESTIONS if count.total else Detail.NONE
    return _graded(ready, bool(chat.questions)), detail, count.total


def people(chat: Chat, sheet: RunSheet, _now: datetime) -> Progress:
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
    if outdated := sum(are_outdated(chat, guest.id) for guest in guests):
        return StepState.STARTED, Detail.TO_HAND_OVER, outdated
    detail = Detail.GUESTS if guests else Detail.NONE
    return _graded(bool(guests), bool(chat.people)), detail, len(guests)


_GUEST_GAPS = {
    Gap.NO_NAME: Detail.TO_NAME,
    Gap.NOT_INVITED: Detail.TO_INVITE,
    Gap.NOT_ACCEPTED: Detail.TO_ANSWER,
    Gap.NO_QUESTIONS: Detail.TO_HAND_OVER,
}
"""What may be left to do for a guest, in the order it is done, with what the step then says."""


def protection(chat: Chat, _sheet: RunSheet, _now: datetime) -> Progress:
    """Ready when the rules were read, the focal point is named and the helplines are checked."""
    named = bool(chat.focal_point.strip())
    begun = chat.rules_accepted or named or bool(chat.help_lines)
    if not begun:
        return StepState.TODO, Detail.NONE, 0
    if to_check := len(lines_to_check(chat)):
        return StepState.ATTENTION, Detail.NUMBERS_TO_CHECK, to_check
    if not help_is_settled(chat):
        return StepState.ATTENTION, Detail.NO_HELP_NUMBER, 0
    return _graded(chat.rules_accepted and named, True), Detail.NONE, 0


def for_countries(outcome: Progress, chat: Chat, countries: Sequence[str]) -> Progress:
    """The outcome of `protection` once the countries of the audience are known.

    Each country needs a helpline of its own, since that of another country cannot help a child.
    """
    without = len(countries_without(chat, countries))
    said_already = outcome[1] is not Detail.NONE or outcome[0] is StepState.TODO
    if said_already or not without:
        return outcome
    return StepState.ATTENTION, Detail.COUNTRIES_WITHOUT, without


def promotion(chat: Chat, _sheet: RunSheet, now: datetime) -> Progress:
    """Ready when every announcement on the list is out; one that is removed is left out knowingly.

    Until then it tells how many of them are, that some are late, or have a gap to fill in.
    """
    total = len(chat.announcements)
    times = [due_at(chat, one) for one in chat.announcements if not is_out(chat, one)]
    due = sum(time is not None and time <= now for time in times)
    if due and phase(chat, now) is ChatPhase.UPCOMING:
        return StepState.ATTENTION, Detail.ANNOUNCEMENTS_DUE, due
    if unfinished := sum(
        bool(unfilled(one.text)) for one in chat.announcements if not is_out(chat, one)
    ):
        return StepState.ATTENTION, Detail.LOOK_AT, unfinished
    if not total:
        return StepState.TODO, Detail.NONE, 0
    # A proposed text announces nothing until the organiser says that it is published.
    told = sum(is_out(chat, one) for one in chat.announcements)
    detail = Detail.ANNOUNCED if told else Detail.NOTHING_ANNOUNCED
    if told < total and phase(chat, now) in (ChatPhase.LIVE, ChatPhase.ENDED):
        detail = Detail.ANNOUNCING_OVER
    return _graded(told == total and can_announce(chat), True), detail, told, total


def can_announce(chat: Chat) -> bool:
    """Whether topic, tag, organisation and date, which the announcements name, are filled in."""
    return _has_what_posts_name(chat) and chat.starts_at is not None


def run_sheet(chat: Chat, sheet: RunSheet, now: datetime) -> Progress:
    """Ready when the run sheet fits its time, has nothing to fill in, and was seen.

    Once the hour has begun the page of the hour tells what needs a look; after it nothing does.
    """
    begun = phase(chat, now) in (ChatPhase.LIVE, ChatPhase.ENDED)
    if sheet.overflow and not begun:
        return StepState.ATTENTION, Detail.DOES_NOT_FIT, sheet.overflow
    written = count_verdict(chat).total
    if written and not begun and (problems := posts_to_mend(chat, sheet)):
        return StepState.ATTENTION, Detail.LOOK_AT, problems
    enough = count_verdict(chat).verdict in (CountVerdict.OK, CountVerdict.TOO_MANY)
    whole = enough and not has_blanks(sheet)
    detail = Detail.TO_READ if whole and not chat.run_sheet_seen else Detail.NONE
    return _graded(whole and chat.run_sheet_seen, written > 0), detail, 0


def connection(chat: Chat, sheet: RunSheet, _now: datetime) -> Progress:
    """Ready when the organiser has chosen how posts are published, and with which account."""
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
        # Pages publish as whichever account the browser is signed in to, so it must be named.
        return StepState.STARTED, Detail.TO_FILL_IN, 1
    return StepState.READY, details[chat.route], 0


def rehearsal(chat: Chat, _sheet: RunSheet, _now: datetime) -> Progress:
    """Ready when a whole rehearsal was held."""
    begun = chat.rehearsed_at is not None
    done = is_rehearsed(chat)
    detail = Detail.REHEARSED_IN_PART if begun and not done else Detail.NONE
    return _graded(done, begun), detail, 0


def is_rehearsed(chat: Chat) -> bool:
    """Whether the last rehearsal was held to its end, with all its planned messages posted."""
    in_part = chat.rehearsal is not None and chat.rehearsal.missing
    return chat.rehearsed_at is not None and not in_part


def hour(chat: Chat, sheet: RunSheet, now: datetime) -> Progress:
    """Tells how long it is until the chat, how long it still goes on, or that it is over."""
    at = phase(chat, now)
    if is_past(chat, now, sheet.rules):
        return StepState.TODO, Detail.DATE_PAST, 0
    if chat.starts_at is None or chat.ends_at is None:
        return StepState.TODO, Detail.NONE, 0
    if at is ChatPhase.ENDED:
        return StepState.READY, Detail.ENDED, 0
    if at is ChatPhase.LIVE:
        return StepState.STARTED, Detail.LIVE, minutes_until(chat.ends_at, now)
    return StepState.TODO, *_wait(chat, chat.starts_at, now)


def _wait(chat: Chat, starts_at: datetime, now: datetime) -> tuple[Detail, int]:
    """The wait until `starts_at`: in calendar days of the organiser, or in hours, or in minutes.

    Datetimes are in UTC.
    """
    days = (starts_at.astimezone(chat.zone).date() - now.astimezone(chat.zone).date()).days
    if days > 0:
        return Detail.IN_DAYS, days
    left = starts_at - now
    if left < timedelta(hours=1):
        # Whole minutes, as the countdown shows them; the last minute counts as one.
        return Detail.IN_MINUTES, max(1, left // timedelta(minutes=1))
    return Detail.IN_HOURS, -(-left // timedelta(hours=1))


def _afterwards(chat: Chat, sheet: RunSheet, now: datetime, done: bool, begun: bool) -> Progress:
    if not was_held(chat, now, sheet.rules) and not (done or begun):
        return StepState.TODO, Detail.AFTER_CHAT, 0
    return _graded(done, begun), Detail.NONE, 0


def thanks(chat: Chat, sheet: RunSheet, now: datetime) -> Progress:
    """Ready when everybody there was to thank at the last count was thanked."""
    thanked = len(chat.thanked) - chat.thanked_apart
    if thanked > 0:
        if chat.to_thank <= 0:
            return StepState.STARTED, Detail.THANKED, thanked
        done = min(thanked, chat.to_thank)
        return _graded(done == chat.to_thank, True), Detail.THANKED, done, chat.to_thank
    return _afterwards(chat, sheet, now, False, False)


def recap(chat: Chat, sheet: RunSheet, now: datetime) -> Progress:
    """Ready when the recap was saved and has not changed since."""
    recap = chat.recap
    if chat.recap_saved:
        if is_as_saved(chat):
            return StepState.READY, Detail.SAVED, 0
        return StepState.ATTENTION, Detail.CHANGED_SINCE, 0
    if recap.introduction.strip() and recap.conclusion.strip():
        return StepState.STARTED, Detail.TO_SAVE, 0
    begun = bool(recap.title or recap.introduction or recap.conclusion or recap.order)
    return _afterwards(chat, sheet, now, False, begun or bool(recap.comments))


def report(chat: Chat, sheet: RunSheet, now: datetime) -> Progress:
    """Ready when the chat is closed, with lessons if it was closed before its planned end."""
    learnt = bool(chat.lessons.strip() or chat.to_change.strip())
    closed = chat.closed_at is not None
    # Ending the hour early closes the chat, but the results have not been looked at by then.
    early = chat.closed_at and chat.ends_at and chat.closed_at < chat.ends_at
    if closed and (learnt or not early):
        return StepState.READY, Detail.CLOSED, 0
    return _afterwards(chat, sheet, now, False, learnt)
