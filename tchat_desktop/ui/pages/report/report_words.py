"""The figures of a chat in words: what each counts, the liveliest minute, the change since."""

from __future__ import annotations

from datetime import timedelta

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.editions import Measure
from tchat_desktop.domain.figures import Figures
from tchat_desktop.ui.pages.shared.hour_words import hour_of
from tchat_desktop.wording.i18n import N_, _, format_dollars, format_number, ngettext

SPAN = 5
"""Minutes added up in each sentence of the spoken chart."""

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


def figure_words(figures: Figures) -> tuple[tuple[str, str, str], ...]:
    """Return the large figures, each as number, label, and how it was counted."""
    people, posts = figures.participants, figures.public_posts
    asked, answered = figures.questions_asked, figures.questions_answered
    shown = [
        (
            people,
            ngettext("participant", "participants", people),
            _people_meaning(figures),
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
            _("Posts that answer one of your questions."),
        ),
    ]
    if figures.newcomers is not None:
        new = figures.newcomers
        shown.append(
            (new, ngettext("newcomer", "newcomers", new), _("Not seen in the editions before."))
        )
    if figures.reposts:
        count = figures.reposts
        shown.append(
            (count, ngettext("repost", "reposts", count), _("As X told when it was collected."))
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


def spoken_chart(figures: Figures, chat: Chat) -> str:
    """Return the chart in words for screen readers: the number of posts in every five minutes."""
    begin = figures.begins_at
    if begin is None:
        return ""
    parts = []
    for minute in range(0, len(figures.minutes), SPAN):
        count = sum(figures.minutes[minute : minute + SPAN])
        words = ngettext("{hour}: {count} post", "{hour}: {count} posts", count)
        hour = hour_of(begin + timedelta(minutes=minute), chat)
        parts.append(words.format(hour=hour, count=count))
    return _("Every five minutes. {counts}").format(counts=", ".join(parts))


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
