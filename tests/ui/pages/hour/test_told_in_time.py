"""What a screen reader says by itself in the hour, each thing once; and all of it by a key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.pace import PaceVerdict
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour import hour_voice
from tchat_desktop.ui.pages.hour.strip_words import time_left_words
from tchat_desktop.ui.pages.hour.told_in_time import ToldInTime
from tchat_desktop.ui.pages.shared.hour_words import nearly_over_words, pace_words, row_name
from tchat_desktop.wording.i18n import _, ngettext
from tests.ui.pages.fake_hours import full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]


@pytest.fixture
def view(make_cockpit: Make) -> HourView:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    cockpit.start()
    return cockpit.board.view()


def minutes(post: str, count: int) -> str:
    words = ngettext("{post} in {count} minute.", "{post} in {count} minutes.", count)
    return words.format(post=post, count=count)


def counted_down(view: HourView, told: ToldInTime, **changed: object) -> list[str]:
    """What is said while the six minutes before the next post go by, a second at a time."""
    assert view.leaves_next is not None
    due = view.leaves_next.due_at
    said = []
    for second in range(360, -5, -1):
        at = replace(view, now=due - timedelta(seconds=second), **changed)  # type: ignore[arg-type]
        said.append(told.due(at))
    return [one for one in said if one]


def test_the_countdown_is_said_three_times(view: HourView) -> None:
    assert view.leaves_next is not None
    post = row_name(view.leaves_next)
    seconds = _("{post} in {count} seconds.").format(post=post, count=10)
    said = counted_down(view, ToldInTime())
    assert said == [minutes(post, 5), minutes(post, 1), seconds]


@pytest.mark.parametrize("stands", ["paused", "ended", "held_up", "waits_for_word"])
def test_nothing_is_counted_down_that_does_not_leave(view: HourView, stands: str) -> None:
    assert counted_down(view, ToldInTime(), **{stands: True}) == []


def test_what_comes_on_screen_late_is_not_said_to_be_far(view: HourView) -> None:
    assert view.leaves_next is not None
    told, due = ToldInTime(), view.leaves_next.due_at
    assert told.due(replace(view, now=due - timedelta(seconds=150))) == ""
    assert told.due(replace(view, now=due - timedelta(seconds=149))) == ""


def test_the_pace_is_said_when_it_changes(view: HourView) -> None:
    told = ToldInTime()
    good = replace(view, pace=replace(view.pace, verdict=PaceVerdict.GOOD))
    tight = replace(view, pace=replace(view.pace, verdict=PaceVerdict.TIGHT))
    assert told.due(good) == ""
    assert told.due(good) == ""
    assert told.due(tight) == pace_words(tight)[0]
    assert told.due(tight) == ""
    assert told.due(good) == pace_words(good)[0]


def near(view: HourView, told: ToldInTime, seconds: range) -> list[str]:
    """What is said while it is so many seconds to the end, with posts that are far."""
    begun = [replace(view.rows[0], state=PostState.SENT), *view.rows[1:]]
    still = replace(view, rows=tuple(begun), leaves_next=None)
    ends = view.ends_at
    said = [told.due(replace(still, now=ends - timedelta(seconds=left))) for left in seconds]
    return [one for one in said if one]


def test_ten_minutes_before_the_end_are_said_once_and_follow_a_moved_end(view: HourView) -> None:
    told, [ten] = ToldInTime(), [nearly_over_words(timedelta(minutes=10))]
    assert near(view, told, range(650, 560, -1)) == [ten]
    # The clock was corrected.
    assert near(view, told, range(620, 560, -1)) == []
    later = replace(view, ends_at=view.ends_at + timedelta(minutes=15))
    assert near(later, told, range(1490, 601, -1)) == []
    assert near(later, told, range(601, 5, -1)) == [ten]


def test_who_comes_late_or_ends_early_is_not_told_of_ten_minutes(view: HourView) -> None:
    told = ToldInTime()
    assert near(view, told, range(400, 390, -1)) == []
    told = ToldInTime()
    assert near(view, told, range(1500, 1490, -1)) == []
    sooner = replace(view, ends_at=view.ends_at - timedelta(minutes=20))
    assert near(sooner, told, range(290, 200, -1)) == []
    # A computer that slept says how much is left really.
    assert near(view, ToldInTime(), range(900, 200, -480)) == [
        nearly_over_words(timedelta(minutes=7))
    ]


def questions(count: int) -> str:
    words = ngettext("{count} question by the public.", "{count} questions by the public.", count)
    return words.format(count=count)


def test_questions_are_said_once_a_minute_at_most(view: HourView) -> None:
    seconds = [0.0]
    told = ToldInTime(lambda: seconds[0])
    told.due(view)
    told.show_questions(1)
    assert told.due(view) == questions(1)
    told.show_questions(2)
    seconds[0] = 59
    assert told.due(view) == ""
    told.show_questions(3)
    seconds[0] = 61
    assert told.due(view) == questions(2)
    seconds[0] = 200
    assert told.due(view) == ""
    # One was hidden, and another one came.
    told.show_questions(2)
    told.show_questions(3)
    assert told.due(view) == questions(1)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told."""
    said: list[str] = []
    monkeypatch.setattr(hour_voice, "announce", lambda _widget, words: said.append(words))
    return said


def test_a_question_of_the_public_is_said(make_cockpit: Make, heard: list[str]) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    hour.say_posts(participant(1, "Comment faire quand c’est l’imam ?", hour.clock.at))
    settle()
    assert questions(1) in heard


def test_a_key_says_the_state_of_the_hour(make_cockpit: Make, heard: list[str]) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    hour.becomes("q:q2", PostState.SENT)
    hour.say_rows()
    settle()
    heard.clear()
    cockpit.page.activateWindow()
    QTest.keyClick(cockpit.page, Qt.Key.Key_F2)
    [said] = [one for one in heard if one]
    view = cockpit.board.view()
    assert view.pace.current is not None
    left = time_left_words(view)
    name = cockpit.board.strip._next.accessibleName()
    for words in (_("Live"), row_name(view.pace.current), name, pace_words(view)[0], left):
        assert words in said
