"""Sentences on what a decision would change, for before it is taken."""

from __future__ import annotations

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.course import Course
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
