"""The figures of a chat in words: what each counts, the liveliest minute, the change since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.editions import Measure
from tchat_desktop.domain.figures import Figures
from tchat_desktop.domain.report import Goal
from tchat_desktop.ui.pages.shared.hour_words import hour_of
from tchat_desktop.wording.i18n import N_, _, format_dollars, format_number, ngettext

SPAN, LONG_SPAN = 5, 15
"""Minutes added up in each row of the table and of the spoken chart; the second in a long chat."""
LONG = 120
"""Minutes from which a chat is long."""

MEASURES = {
    Measure.PARTICIPANTS: N_("Participants"),
    Measure.NEWCOMERS: N_("Of them, for the first time"),
    Measure.GUESTS: N_("Guests who took part"),
    Measure.POSTS: N_("Posts by the public"),
    Measure.REPOSTS: N_("Reposts known"),
    Measure.QUESTIONS_ASKED: N_("Questions asked"),
    Measure.QUESTIONS_ANSWERED: N_("Questions with a reply"),
    Measure.REPLIES: N_("Replies"),
}


def figure_words(figures: Figures, goals: Sequence[Goal] = ()) -> tuple[tuple[str, str, str], ...]:
    """Return the large figures, each as number, label, and how it was counted.

    What was hoped for stands beside what came.
    """
    hoped = {
        goal.measure: _("{count} hoped for.").format(count=format_number(goal.hoped)) + " "
        for goal in goals
    }
    people, posts = figures.participants, figures.public_posts
    asked, answered = figures.questions_asked, figures.questions_answered
    shown = [
        (
            people,
            ngettext("participant", "participants", people),
            hoped.get(Measure.PARTICIPANTS, "") + _people_meaning(figures),
        ),
        (
            posts,
            ngettext("post by the public", "posts by the public", posts),
            _("Without yours ({count}).").format(count=format_number(figures.own_posts)),
        ),
        (
            asked,
            ngettext("question asked", "questions asked", asked),
            ngettext(
                "{count} had at least one reply.", "{count} had at least one reply.", answered
            ).format(count=answered),
        ),
        (
            figures.replies,
            ngettext("reply", "replies", figures.replies),
            hoped.get(Measure.REPLIES, "")
            + _("Posts of participants that answer one of your questions."),
        ),
    ]
    if figures.newcomers is not None:
        new = figures.newcomers
        label = ngettext("newcomer", "newcomers", new)
        shown.insert(1, (new, label, _("Not seen in the editions before.")))
    if figures.reposts:
        count = figures.reposts
        shown.append(
            (
                count,
                ngettext("repost", "reposts", count),
                _("Of all the posts collected, as X told at that moment."),
            )
        )
    words = [(format_number(number), label, meaning) for number, label, meaning in shown]
    if figures.reposts is None:
        words.append(("?", _("reposts"), _("Unknown without access keys: X alone counts them.")))
    return tuple(words)


def apart_words(figures: Figures) -> str:
    """Return what is left out of every count, hidden or to protect somebody; "" for nothing."""
    hidden = ngettext(
        "Not counting {count} post that you hid.",
        "Not counting {count} posts that you hid.",
        figures.hidden,
    ).format(count=format_number(figures.hidden))
    told = [hidden] if figures.hidden else []
    count = figures.confidences
    words = ngettext(
        "Not counting {count} confidence: it counts nowhere, to protect whoever wrote it.",
        "Not counting {count} confidences: they count nowhere, to protect whoever wrote them.",
        count,
    )
    told += [words.format(count=format_number(count))] if count else []
    return " ".join(told)


def spent_words(figures: Figures) -> str:
    """Return what publishing with keys has cost; "" when it cost nothing."""
    if not figures.spent_cents:
        return ""
    return _("Spent on X: {amount} at most, by our own count; X’s console decides.").format(
        amount=format_dollars(figures.spent_cents)
    )


def liveliest(figures: Figures, chat: Chat) -> str:
    """Return the sentence below the chart: when the chat was liveliest, and what came around it."""
    busiest = figures.busiest
    if busiest is None:
        return _("No participant wrote during the chat itself.")
    words = ngettext(
        "Liveliest at {hour}, with {count} post in a minute.",
        "Liveliest at {hour}, with {count} posts in a minute.",
        busiest.posts,
    ).format(hour=hour_of(busiest.at, chat), count=busiest.posts)
    if figures.before or figures.after:
        words += " " + _("Outside the chart: {before} before, {after} after.").format(
            before=figures.before, after=figures.after
        )
    return words


def chart_legend(figures: Figures) -> str:
    """Return what the chart counts, and the questions that are not on it."""
    words = _("The posts of participants in each minute, yours left out. Q1, Q2…: your questions.")
    placeless = [
        f"Q{one.number}"
        for one in figures.questions
        if one.number is not None and one.asked_minute is None
    ]
    if placeless:
        apart = _("Asked outside the chart, or not from here: {questions}.")
        words += " " + apart.format(questions=", ".join(placeless))
    return words


def _spans(figures: Figures) -> list[tuple[int, int, int]]:
    """The spans of the chart: from which minute to which, and the posts in it."""
    length = len(figures.minutes)
    step = SPAN if length <= LONG else LONG_SPAN
    ends = ((start, min(start + step, length)) for start in range(0, length, step))
    return [(start, end, sum(figures.minutes[start:end])) for start, end in ends]


def spoken_chart(figures: Figures, chat: Chat) -> str:
    """Return the chart in words for screen readers: how many posts in each span of minutes."""
    begin = figures.begins_at
    if begin is None:
        return ""
    parts = []
    for start, _end, count in _spans(figures):
        words = ngettext("{hour}: {count} post", "{hour}: {count} posts", count)
        hour = hour_of(begin + timedelta(minutes=start), chat)
        parts.append(words.format(hour=hour, count=count))
    told = _("Every five minutes. {counts}")
    if len(figures.minutes) > LONG:
        told = _("Every quarter of an hour. {counts}")
    return told.format(counts=", ".join(parts))


def minute_table(
    figures: Figures, chat: Chat
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the chart as a table: its heads, and a row for each span of minutes."""
    heads = (_("From… to…"), _("Your questions"), _("Posts of participants"))
    begin = figures.begins_at
    if begin is None:
        return heads, ()
    rows = []
    for start, end, count in _spans(figures):
        hours = (hour_of(begin + timedelta(minutes=minute), chat) for minute in (start, end))
        asked = (
            f"Q{one.number}"
            for one in figures.questions
            if one.number is not None
            and one.asked_minute is not None
            and start <= one.asked_minute < end
        )
        rows.append((" – ".join(hours), ", ".join(asked), format_number(count)))
    return heads, tuple(rows)


def known_count(count: int | None) -> str:
    """Return a count, or that it is not known."""
    return "?" if count is None else format_number(count)


def difference_words(difference: int | None) -> str:
    """Return the difference since the last edition with its sign; "" where it is not known."""
    if difference is None:
        return ""
    if not difference:
        return _("the same")
    # A real minus sign: a hyphen is easily overlooked.
    sign = "+" if difference > 0 else "\u2212"
    return f"{sign}{format_number(abs(difference))}"


def _people_meaning(figures: Figures) -> str:
    told = [_people_counted(figures)]
    if figures.team:
        words = ngettext("{count} is of your team.", "{count} are of your team.", figures.team)
        told.append(words.format(count=format_number(figures.team)))
    return " ".join(told)


def _people_counted(figures: Figures) -> str:
    if not figures.guests:
        return _("People who wrote under the tag, you not included.")
    if figures.spoken_for:
        return ngettext(
            "People who wrote under the tag, or whose answer you published; {count} is a guest.",
            "People who wrote under the tag, or whose answer you published; {count} are guests.",
            figures.guests,
        ).format(count=format_number(figures.guests))
    return ngettext(
        "People who wrote under the tag, you not included; {count} is a guest.",
        "People who wrote under the tag, you not included; {count} are guests.",
        figures.guests,
    ).format(count=figures.guests)
