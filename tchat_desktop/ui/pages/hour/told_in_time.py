"""What a screen reader says by itself as the hour goes on, and what it says when asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from tchat_desktop.domain.attention import NEARLY_OVER
from tchat_desktop.domain.replanning import has_begun
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour.strip_words import (
    next_words,
    short_pace,
    strip_sentence,
    time_left_words,
    title_words,
)
from tchat_desktop.ui.pages.shared.hour_words import (
    nearly_over_words,
    pace_words,
    row_name,
    state_words,
)
from tchat_desktop.wording.i18n import _, ngettext

TOLD_BEFORE = (timedelta(minutes=5), timedelta(minutes=1), timedelta(seconds=10))
"""How long before the next post leaves its countdown is said."""
BETWEEN_QUESTIONS = 60.0
"""The least number of seconds between two sentences on questions of the public."""


class ToldInTime:
    """Finds what has to be said: little, and each thing once.

    `clock` returns seconds: people listen in real time, also in a rehearsal whose time runs fast.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counted: tuple[str, timedelta] | None = None
        """The next post, and how long before its time it was looked at last."""
        self._left: tuple[datetime, timedelta] | None = None
        """The end of the hour, and how long before it it was looked at last."""
        self._nearly_over_at: datetime | None = None
        """The end that was said to be near."""
        self._pace = ""
        self._questions = 0
        self._told_questions = 0
        self._told_at: float | None = None

    def show_questions(self, count: int) -> None:
        """Take over how many questions the public has asked so far."""
        self._questions = count
        # Some may have been hidden since.
        self._told_questions = min(self._told_questions, count)

    def due(self, view: HourView) -> str:
        """Return what has to be said now, "" for nothing; called every second."""
        said = (
            self._nearly_over(view),
            self._countdown(view),
            self._pace_changed(view),
            self._new_questions(view),
        )
        return " ".join(filter(None, said))

    def _countdown(self, view: HourView) -> str:
        post = view.leaves_next
        stands = view.paused or view.ended or view.held_up or view.waits_for_word
        if post is None or stands or view.waits_for_typing or post.id in view.held:
            self._counted = None
            return ""
        left, before = post.due_at - view.now, self._counted
        self._counted = (post.id, left)
        if before is None or before[0] != post.id:
            return ""
        passed = [one for one in TOLD_BEFORE if left <= one < before[1]]
        if not passed or left <= timedelta():
            return ""
        return _time_words(row_name(post), min(passed))

    def _nearly_over(self, view: HourView) -> str:
        end, before = view.ends_at, self._left
        left = end - view.now
        self._left = (end, left)
        if before is None or before[0] != end or self._nearly_over_at == end:
            # The organiser has just moved it, and knows.
            return ""
        if view.ended or view.held_up or not has_begun(view.rows):
            return ""
        if not timedelta() < left <= NEARLY_OVER < before[1]:
            return ""
        self._nearly_over_at = end
        return nearly_over_words(left)

    def _pace_changed(self, view: HourView) -> str:
        if not has_begun(view.rows) or view.ended or view.paused:
            return ""
        before, self._pace = self._pace, short_pace(view)
        return pace_words(view)[0] if before and before != self._pace else ""

    def _new_questions(self, view: HourView) -> str:
        new = self._questions - self._told_questions
        lately = self._told_at is not None and self._clock() - self._told_at < BETWEEN_QUESTIONS
        if view.ended or new <= 0 or lately:
            return ""
        self._told_questions, self._told_at = self._questions, self._clock()
        words = ngettext("{count} question by the public.", "{count} questions by the public.", new)
        return words.format(count=new)


def _time_words(post: str, left: timedelta) -> str:
    minutes = left // timedelta(minutes=1)
    if minutes:
        words = ngettext("{post} in {count} minute.", "{post} in {count} minutes.", minutes)
        return words.format(post=post, count=minutes)
    return _("{post} in {count} seconds.").format(post=post, count=left.seconds)


def hour_words(view: HourView) -> str:
    """Return the state of the hour in a few sentences, for who asks for it."""
    said = (
        title_words(view),
        _out_words(view),
        next_words(view).name,
        strip_sentence(view).words,
        time_left_words(view),
    )
    return " ".join(one if one.endswith((".", "!", "?")) else f"{one}." for one in said if one)


def _out_words(view: HourView) -> str:
    current = view.pace.current
    if current is None:
        return ""
    return f"{row_name(current)}, {state_words(current, view.chat)[0].lstrip('✓ ')}"
