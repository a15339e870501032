"""Sentences on what a decision would change, for before it is taken."""

from __future__ import annotations

from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.course import Course
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.shared.hour_words import hour_of, row_name
from tchat_desktop.wording.i18n import _

MOST_TIMES = 3
"""How many new times are told one by one before the last one."""


def changed_times(course: Course, chat: Chat) -> str:
    """Return the new times and what would not leave, with the minutes of the audience's clock."""
    said = []
    if course.left_out:
        spare = ", ".join(map(row_name, course.left_out))
        said.append(_("In reserve: {posts}.").format(posts=spare))
    if course.moved:
        told = [
            f"{row_name(row)}\N{NO-BREAK SPACE}{hour_of(row.due_at, chat)}" for row in course.moved
        ]
        if len(told) > MOST_TIMES + 1:
            told = [*told[:MOST_TIMES], "…", told[-1]]
        said.append(", ".join(told).replace(", …,", ", …") + ".")
    if course.last is None:
        said.append(_("Nothing would leave any more."))
    elif course.last not in course.moved:
        words = _("The others keep their times, the last one {hour}.")
        said.append(words.format(hour=hour_of(course.last.due_at, chat)))
    return " ".join(said)


def consequences(course: Course, view: HourView, ends_at: datetime) -> str:
    """Return the new times, and what else a decision brings about: numbers, silences, lateness.

    `ends_at` is when the chat would end (UTC).
    """
    said = [changed_times(course, view.chat), _renamed_words(course)]
    for silence in course.silences:
        words = _("Nothing leaves from {since} to {until} ({count} min).")
        minutes = (silence.until - silence.since) // timedelta(minutes=1)
        since, until = hour_of(silence.since, view.chat), hour_of(silence.until, view.chat)
        said.append(words.format(since=since, until=until, count=minutes))
    if course.outside:
        words = _("After the end, {hour}: {posts}.")
        posts = ", ".join(map(row_name, course.outside))
        said.append(words.format(hour=hour_of(ends_at, view.chat), posts=posts))
    return " ".join(filter(None, said))


def _renamed_words(course: Course) -> str:
    """Return which questions would be asked by another number; "" for none."""
    said = []
    new = [after for before, after in course.renamed if before is None]
    moved = [(before, after) for before, after in course.renamed if before is not None]
    if new:
        said.append(_("The question becomes {number}.").format(number=f"Q{new[0]}"))
    if len(moved) == 1:
        words = _("{before} becomes {after}.")
        said.append(words.format(before=f"Q{moved[0][0]}", after=f"Q{moved[0][1]}"))
    elif moved:
        (first, then), (last, last_then) = moved[0], moved[-1]
        words = _("{first} to {last} become {then} to {last_then}.")
        if len(moved) == 2:
            words = _("{first} and {last} become {then} and {last_then}.")
        said.append(
            words.format(
                first=f"Q{first}", last=f"Q{last}", then=f"Q{then}", last_then=f"Q{last_then}"
            )
        )
    return " ".join(said)
