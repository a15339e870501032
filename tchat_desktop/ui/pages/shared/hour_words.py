"""Sentences for the chat: the names of posts, their states, the reasons for them, and the pace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from tchat_desktop.domain.catching_up import Cause
from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.outgoing import (
    ACCOUNT_FAILS,
    OutboxPost,
    PostKind,
    PostState,
    Reason,
    confirmed_at,
    left_at,
)
from tchat_desktop.domain.pace import LATE_FROM, PaceVerdict
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.wording.i18n import N_, _, format_hour, ngettext
from tchat_desktop.wording.reasons import post_words
from tchat_desktop.wording.tone import Tone

_MOST_NAMED = 3
"""The greatest number of posts named in one sentence; the others are counted."""

_KINDS = {
    PostKind.WELCOME: N_("Word of welcome"),
    PostKind.RULES: N_("Rules of the chat"),
    PostKind.GUESTS: N_("Introduction of the guests"),
    PostKind.NUDGE: N_("Reminder to take part"),
    PostKind.IMPROMPTU: N_("Message of your own"),
    PostKind.CLOSING: N_("Word of the end"),
    PostKind.THANKS: N_("Thanks to everyone"),
}

_ALIKE = (PostKind.NUDGE, PostKind.REPLY, PostKind.GUEST_ANSWER, PostKind.IMPROMPTU)
"""Kinds of which a chat has several, so that their names alone do not tell them apart."""

_BY_X = ACCOUNT_FAILS | {Reason.REFUSED, Reason.PICTURE}
"""Reasons for a refusal about which X's own words may say more than the app's."""

_STATES: dict[PostState, tuple[str, Tone]] = {
    PostState.DRAFT: (N_("In reserve"), "plain"),
    PostState.DUE: (N_("Leaves in a moment"), "plum"),
    PostState.SENDING: (N_("Leaving…"), "plum"),
    PostState.UNKNOWN: (N_("To check"), "look"),
    PostState.FAILED: (N_("Did not leave"), "stop"),
    PostState.SKIPPED: (N_("In reserve"), "plain"),
    PostState.EXPIRED: (N_("Its time has passed"), "look"),
}


def row_name(row: OutboxPost) -> str:
    """Return the name of a post on screen: "Q3", "Word of welcome", "Reply to @name"."""
    match row.kind:
        case PostKind.QUESTION:
            return f"Q{row.number}" if row.number else _("Question in reserve")
        case PostKind.REPLY:
            return _("Reply to {who}").format(who=f"@{row.target_author}")
        case PostKind.REPOST:
            return _("Repost of {who}").format(who=f"@{row.target_author}")
        case PostKind.GUEST_ANSWER:
            return _("Answer by {who}").format(who=row.guest_name)
    return _(_KINDS[row.kind])


def own_name(row: OutboxPost) -> str:
    """Return the name of a post, with the beginning of its text where several have the same name.

    A chat has several reminders and replies, and several questions in reserve.
    """
    spare = row.kind is PostKind.QUESTION and not row.number
    if spare or row.kind in _ALIKE:
        quoted = _("“{text}”").format(text=beginning(row.text))
        return f"{row_name(row)}, {quoted}"
    return row_name(row)


def state_words(row: OutboxPost, chat: Chat) -> tuple[str, Tone]:
    """Return the state of a post in words, with its tone; hours are on the organiser's clock."""
    if row.state is PostState.SENT:
        confirmed = confirmed_at(row, NETWORK)
        words = _("Confirmed at {hour}, without a link") if confirmed else _("Published at {hour}")
        return "✓ " + words.format(hour=hour_of(confirmed or left_at(row, NETWORK), chat)), "well"
    if row.state is PostState.PLANNED and row.not_before is not None:
        if row.reason is Reason.NETWORK:
            return _("Waits for the network"), "look"
        hour = hour_of(row.not_before, chat)
        return _("X: not before {hour}").format(hour=hour), "look"
    if row.state is PostState.PLANNED:
        return _("Planned for {hour}").format(hour=hour_of(row.due_at, chat)), "plum"
    if row.state is PostState.HANDED_OVER:
        return _("Opened at {hour}").format(hour=hour_of(left_at(row, NETWORK), chat)), "look"
    text, tone = _STATES[row.state]
    return _(text), tone


def publish_now_words(row: OutboxPost) -> str:
    """Return the label of the button that publishes a post at once."""
    rehearsing = row.occasion is Occasion.REHEARSAL
    return _("Publish in the rehearsal") if rehearsing else _("Publish now")


def x_button(row: OutboxPost) -> str:
    """Return the name of X's own button that publishes a post."""
    return _("Repost") if row.kind is PostKind.REPOST else _("Post")


def _was_pressed(row: OutboxPost) -> str:
    words = _("It is ready in your browser. Did you press “{button}” there?")
    if row.occasion is Occasion.REHEARSAL:
        words = _("It is ready on the pretend page. Did you press “{button}” there?")
    return words.format(button=x_button(row))


def why(row: OutboxPost) -> str:
    """Return the reason why a post waits for the organiser's decision, in a sentence."""
    if row.state is PostState.HANDED_OVER:
        return _was_pressed(row)
    unknown = row.state is PostState.UNKNOWN
    return post_words(row.reason, Reason.ANSWER_LOST if unknown else Reason.REFUSED)


def waits_for_typing_words(row: OutboxPost) -> str:
    """Return a sentence: the page of a post opens later, so that it does not interrupt typing."""
    words = _("{post} is ready: its page opens when you have finished writing or pasting.")
    return words.format(post=row_name(row))


def waits_for_private_words(row: OutboxPost) -> str:
    """Return a sentence: the page of a post opens later, after an answer in private."""
    words = _("{post} waits for your answer in private, four minutes at most.")
    return words.format(post=row_name(row))


def said_by_x(row: OutboxPost) -> str:
    """Return X's own words about a post that it refused; "" when there are none."""
    if row.state is not PostState.FAILED or row.reason not in _BY_X or not row.said:
        return ""
    return _("X’s own words: {words}").format(words=row.said)


def pace_words(view: HourView) -> tuple[str, Tone]:
    """Return whether there is time for the questions left, and what to do, with its tone."""
    pace = view.pace
    calm = pace.verdict in (PaceVerdict.AHEAD, PaceVerdict.GOOD)
    if calm and view.begins_in is not None:
        return _("The chat has not begun yet: its messages wait for their times."), "plum"
    if calm and pace.following is None:
        return _all_out_words(view)
    return _paced(view)


def _time_for_questions(view: HourView) -> str:
    count = view.pace.questions_left
    words = ngettext(
        "{minutes} min left for {count} question.",
        "{minutes} min left for {count} questions.",
        count,
    )
    if view.is_past_end:
        words = ngettext(
            "The time is up, and {count} question is still to leave.",
            "The time is up, and {count} questions are still to leave.",
            count,
        )
        if not count:
            words = _("The time is up. The last messages leave now.")
    return words.format(minutes=view.minutes_left, count=count)


def _paced(view: HourView) -> tuple[str, Tone]:
    """Return the same of a chat that is under way, or late."""
    pace = view.pace
    spare = _late_advice(view)
    match pace.verdict:
        case PaceVerdict.AHEAD:
            words = _("You are ahead: leave time for the answers.")
            if _has_spare_question(view):
                words = _(
                    "You are ahead: leave time for the answers, or take one from the reserve."
                )
            return words, "well"
        case PaceVerdict.LATE if pace.late_by:
            words = _("{count} min late: the last message leaves after {hour}.").format(
                count=pace.late_by, hour=hour_of(view.ends_at, view.chat)
            )
            tone = "look"
        case PaceVerdict.TIGHT | PaceVerdict.LATE:
            words, tone = _time_for_questions(view), "look"
        case _ if _left_early(view):
            return _("The last message left early. The others keep their times."), "plum"
        case _ if _left_late(view):
            return _("The last message left late. There is time for the others."), "plum"
        case _:
            return _("Your messages keep to their times."), "well"
    return f"{words} {spare}".strip(), tone  # type: ignore[return-value]


def nearly_over_words(left: timedelta) -> str:
    """Return how much time the chat still has, for who does not look at the clock."""
    count = -(-left // timedelta(minutes=1))
    words = ngettext(
        "{count} minute is left before the end.", "{count} minutes are left before the end.", count
    )
    return words.format(count=count)


def _all_out_words(view: HourView) -> tuple[str, Tone]:
    """Return what is left to do when no message of the run sheet waits for its time any more."""
    if view.unconfirmed:
        return unconfirmed_words(view.unconfirmed), "look"
    if view.ended:
        return unpublished_words(view.unpublished) or _(
            "Every message of the run sheet is out."
        ), "plain"
    words = _("No message of the run sheet is left to publish: the time is for the answers.")
    if view.pace.verdict is PaceVerdict.AHEAD and _has_spare_question(view):
        words += " " + _("You may take a question from the reserve.")
    return words, "well"


def unpublished_words(rows: Sequence[OutboxPost]) -> str:
    """Return which messages of the run sheet were not published, once it is over; "" for none."""
    words = ngettext(
        "{count} message of the run sheet was not published: {posts}.",
        "{count} messages of the run sheet were not published: {posts}.",
        len(rows),
    )
    asked = sum(row.kind is PostKind.QUESTION for row in rows)
    questions = ngettext("{count} question", "{count} questions", asked).format(count=asked)
    # Those that went to the reserve have no number, and all the same name.
    names = (questions if row.kind is PostKind.QUESTION else row_name(row) for row in rows)
    posts = ", ".join(dict.fromkeys(names))
    return words.format(count=len(rows), posts=posts) if rows else ""


def _has_spare_question(view: HourView) -> bool:
    return any(row.kind is PostKind.QUESTION for row in view.in_reserve)


def _late_advice(view: HourView) -> str:
    """Return what to do about being late, in line with the card of the times; "" for nothing."""
    pace = view.pace
    if view.proposal is not None and view.proposal.cause is Cause.OVER:
        return _("“End in time”, under “The pace”, puts that right.")
    if pace.leave_out:
        names = ", ".join(map(row_name, pace.leave_out))
        return _("Keep {questions} in reserve.").format(questions=names)
    if pace.questions_left and pace.verdict is PaceVerdict.LATE:
        return _("Publish the next one sooner, or keep one in reserve.")
    return ""


def _left_late(view: HourView) -> bool:
    """Return whether the last published post of the run sheet left well after its time."""
    return _off(view) >= LATE_FROM


def _left_early(view: HourView) -> bool:
    """Return whether the last published post of the run sheet left well before its time."""
    return _off(view) <= -LATE_FROM


def _off(view: HourView) -> timedelta:
    """Return how long after its time the last post of the run sheet left; negative if before."""
    current = view.pace.current
    if current is None or current.planned is None:
        return timedelta()
    return left_at(current, NETWORK) - current.planned.due_at


def countdown(left: timedelta) -> str:
    """Return a duration as a countdown, such as "1:42" or "1:02:05"; "0:00" if it is negative."""
    seconds = max(0, round(left.total_seconds()))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def hour_of(instant: datetime | None, chat: Chat) -> str:
    """Return the hour of an instant in UTC on the organiser's clock; "" for None."""
    return format_hour(instant.astimezone(chat.zone)) if instant else ""


def beginning(text: str, length: int = 40) -> str:
    """Return the first words of a text, at most `length` characters, to tell posts apart."""
    # Non-breaking spaces are kept.
    line = re.sub(r"[ \t\r\n]+", " ", text).strip()
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def unconfirmed_words(rows: Sequence[OutboxPost]) -> str:
    """Return a sentence naming the posts of the run sheet that are not known to be published."""
    names = [row_name(row) for row in rows]
    posts = ", ".join(names[:_MOST_NAMED])
    if (more := len(names) - _MOST_NAMED) > 0:
        words = ngettext("{posts} and {count} more", "{posts} and {count} more", more)
        posts = words.format(posts=posts, count=more)
    return _("Not confirmed yet: {posts}.").format(posts=posts)


def needing_care_words(count: int, urgent: int = 0) -> str:
    """Return what is said of the posts by the public that ask for attention.

    `urgent` of them confide something: that is said first, and of the others only after.
    """
    if urgent:
        words = ngettext(
            "Urgent: a message confides something grave. Read it now, answer in private.",
            "Urgent: {count} messages confide something grave. Read them now, answer in private.",
            urgent,
        ).format(count=urgent)
        others = needing_care_words(count - urgent)
        return f"{words} {others}" if count > urgent else words
    return ngettext(
        "{count} post by the public asks for your attention, in the conversation.",
        "{count} posts by the public ask for your attention, in the conversation.",
        count,
    ).format(count=count)
