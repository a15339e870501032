"""The ladder of announcements: when each is due and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import Announcement, Channel, Invitation
from tchat_desktop.domain.promotion import (
    AnnouncementCheck,
    AnnouncementProblem,
    Lead,
    announcements_by_date,
    check_announcement,
    days_away,
    due_at,
    ladder,
    lead,
    opening,
    questions_told,
    still_to_make,
    subject_of,
    text_of,
)
from tchat_desktop.domain.texts import NO_DATE, When
from tchat_desktop.domain.x.post_text import weighted_length
from tests.domain.chats import NOW, START, a_chat
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts

FR = load_texts("fr")
WHEN = When("samedi 5\u00a0décembre", "20\u00a0h", "20\u00a0h à Dakar, 21\u00a0h à Paris")


def ids(announcements: tuple[Announcement, ...]) -> list[str]:
    return [one.id for one in announcements]


def test_the_whole_ladder_a_month_before() -> None:
    proposed = ladder(a_chat(), NOW)
    on_x = [one.minutes_before for one in proposed if one.channel is Channel.X]
    assert on_x == [days * 1440 for days in (14, 7, 3, 1)] + [60]
    assert {one.channel for one in proposed} == set(Channel)
    assert ladder(a_chat(starts_at=None), NOW) == proposed


def test_steps_already_past_are_left_out() -> None:
    assert ids(ladder(a_chat(), START - timedelta(days=2))) == ["x-1440", "whatsapp-1440", "x-60"]
    assert ids(ladder(a_chat(), START - timedelta(hours=1))) == []


def test_the_earliest_comes_first() -> None:
    proposed = ladder(a_chat(), NOW)
    chat = a_chat(announcements=tuple(reversed(proposed)))
    dues = [due_at(chat, one) for one in announcements_by_date(chat)]
    assert dues == sorted(dues, key=lambda due: due or START)
    assert len(dues) == len(proposed)


def test_the_hour_stays_when_clocks_change_in_between() -> None:
    chat = a_chat(time_zone="Europe/Paris", starts_at=datetime(2026, 10, 27, 19, tzinfo=UTC))
    week = Announcement("a", minutes_before=7 * 1440)
    assert due_at(chat, week) == datetime(2026, 10, 20, 18, tzinfo=UTC)
    assert due_at(chat, replace(week, minutes_before=60)) == datetime(2026, 10, 27, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (14 * 1440, Lead.TWO_WEEKS),
        (7 * 1440, Lead.WEEK),
        (3 * 1440, Lead.DAYS),
        (1440, Lead.EVE),
        (30 * 60, Lead.EVE),
        (8 * 60, Lead.TODAY),
        (60, Lead.HOUR),
    ],
)
def test_the_text_goes_by_the_lead(minutes: int, expected: Lead) -> None:
    assert lead(a_chat(), Announcement("a", minutes_before=minutes)) is expected


@given(st.integers(91, 20 * 1440), st.integers(0, 23))
def test_tomorrow_is_said_on_the_eve_only(minutes: int, hour: int) -> None:
    chat = a_chat(starts_at=START.replace(hour=hour), time_zone="Europe/Paris")
    one = Announcement("a", minutes_before=minutes)
    due = due_at(chat, one)
    assert due is not None
    assert chat.starts_local is not None
    days = (chat.starts_local.date() - due.astimezone(chat.zone).date()).days
    assert (lead(chat, one) is Lead.EVE) == (days == 1)
    assert (lead(chat, one) is Lead.TODAY) == (days == 0)


def test_the_organisers_own_text_wins() -> None:
    chat = a_chat()
    one = Announcement("a", minutes_before=1440)
    assert text_of(chat, one, FR, WHEN).startswith("C’est demain")
    assert "@sagefemme_ex et @prof_exemple" in text_of(chat, one, FR, WHEN)
    assert text_of(chat, replace(one, text="Venez !"), FR, WHEN) == "Venez !"


def test_subjects_are_for_mail_and_events() -> None:
    chat = a_chat()
    for channel in Channel:
        subject = subject_of(chat, Announcement("a", channel), FR, WHEN)
        assert (chat.topic in subject) == (
            channel in (Channel.EMAIL, Channel.FACEBOOK, Channel.PRESS)
        )
        assert "\n" not in subject


def test_a_link_is_in_the_text_only_when_there_is_one() -> None:
    one = Announcement("a", minutes_before=7 * 1440)
    linked = a_chat(registration_link="https://example.org/form")
    assert NETWORK.urls(text_of(a_chat(), one, FR, WHEN)) == []
    assert NETWORK.urls(text_of(linked, one, FR, WHEN)) == [linked.registration_link]
    assert "S’inscrire" not in text_of(a_chat(), replace(one, channel=Channel.EMAIL), FR, WHEN)


def test_proposed_announcements_have_no_problem() -> None:
    chat = a_chat()
    for one in ladder(chat, NOW):
        text = text_of(chat, one, FR, WHEN)
        found = check_announcement(chat, one, text, NOW, NETWORK)
        assert found.problems == (), one.id
        assert found.remaining == (280 - weighted_length(text) if one.channel is Channel.X else 0)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("#UnionsPrécoces " + "a" * 265, AnnouncementProblem.TOO_LONG),
        ("Venez !", AnnouncementProblem.NO_TAG),
        ("[sujet] #UnionsPrécoces", AnnouncementProblem.BLANK),
        ("#UnionsPrécoces @inconnue", AnnouncementProblem.STRANGER),
    ],
)
def test_problems(text: str, problem: AnnouncementProblem) -> None:
    one = Announcement("a", minutes_before=1440)
    assert check_announcement(a_chat(), one, text, NOW, NETWORK).problems == (problem,)


def test_what_is_due_and_not_done_is_told() -> None:
    one, text = Announcement("a", minutes_before=1440), "Demain ! #UnionsPrécoces"
    late = START - timedelta(hours=3)
    assert check_announcement(a_chat(), one, text, late, NETWORK).problems == (
        AnnouncementProblem.PAST,
    )
    assert check_announcement(a_chat(), replace(one, done=True), text, late, NETWORK).problems == ()


def test_without_a_date_the_text_shows_blanks() -> None:
    chat = a_chat(starts_at=None)
    one = Announcement("a", minutes_before=7 * 1440)
    assert "[jour]" in text_of(chat, one, FR, NO_DATE)
    assert due_at(chat, one) is None


@pytest.mark.parametrize(
    ("before", "offered"),
    [(timedelta(minutes=60, seconds=1), ["x-60"]), (timedelta(minutes=60), [])],
)
def test_an_announcement_is_offered_until_its_very_minute(
    before: timedelta, offered: list[str]
) -> None:
    assert ids(ladder(a_chat(), START - before)) == offered


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (90, Lead.HOUR),
        (91, Lead.TODAY),
        (20 * 60, Lead.TODAY),
        (20 * 60 + 1, Lead.EVE),
        (2 * 1440, Lead.DAYS),
        (4 * 1440, Lead.DAYS),
        (5 * 1440, Lead.WEEK),
        (10 * 1440, Lead.WEEK),
        (11 * 1440, Lead.TWO_WEEKS),
    ],
)
def test_each_text_begins_and_ends_with_its_day(minutes: int, expected: Lead) -> None:
    assert lead(a_chat(), Announcement("a", minutes_before=minutes)) is expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(91, Lead.EVE), (1440, Lead.EVE), (1441, Lead.DAYS), (4 * 1440, Lead.DAYS)],
)
def test_without_a_date_a_part_of_a_day_counts_as_a_day(minutes: int, expected: Lead) -> None:
    one = Announcement("a", minutes_before=minutes)
    assert lead(a_chat(starts_at=None), one) is expected


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (START - timedelta(days=2), 1),
        # Midnight in Dakar, where the chat is: the day of the announcement begins.
        (START.replace(hour=0) - timedelta(days=1, seconds=1), 1),
        (START.replace(hour=0) - timedelta(days=1), 0),
        (START.replace(hour=0) - timedelta(seconds=1), 0),
        (START.replace(hour=0), -1),
    ],
)
def test_the_days_to_an_announcement_change_at_midnight(now: datetime, days: int) -> None:
    one = Announcement("a", minutes_before=1440)
    assert days_away(a_chat(), one, now) == days
    assert days_away(a_chat(starts_at=None), one, now) == 0


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Venez ! Il y aura Awa. Et Idy.", "Venez !"),
        ("Venez\nce soir\nà Dakar", "Venez"),
        ("\n Venez ", "Venez"),
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 59 + "…"),
        ("a" * 58 + " bcd", "a" * 58 + "…"),
        ("", ""),
    ],
)
def test_a_text_is_known_by_its_first_sentence(text: str, begins: str) -> None:
    assert opening(text) == begins


@pytest.mark.parametrize(("length", "left"), [(280, 0), (281, -1)])
def test_the_last_character_of_a_post_still_fits_and_a_mail_may_be_long(
    length: int, left: int
) -> None:
    one = Announcement("a", minutes_before=1440)
    text = "#UnionsPrécoces ".ljust(length, "a")
    found = check_announcement(a_chat(), one, text, NOW, NETWORK)
    assert found.remaining == left
    assert found.problems == ((AnnouncementProblem.TOO_LONG,) if left < 0 else ())
    mail = replace(one, channel=Channel.EMAIL)
    assert check_announcement(a_chat(), mail, text, NOW, NETWORK) == AnnouncementCheck(0, ())


@pytest.mark.parametrize(
    ("now", "problems"),
    [
        (START - timedelta(days=1, seconds=1), ()),
        (START - timedelta(days=1), (AnnouncementProblem.PAST,)),
    ],
)
def test_an_announcement_is_past_from_its_very_minute(
    now: datetime, problems: tuple[AnnouncementProblem, ...]
) -> None:
    one, text = Announcement("a", minutes_before=1440), "Demain ! #UnionsPrécoces"
    assert check_announcement(a_chat(), one, text, now, NETWORK).problems == problems
    undated = a_chat(starts_at=None)
    assert check_announcement(undated, one, text, now, NETWORK).problems == ()


def test_names_are_looked_at_in_posts_only_and_the_tag_as_soon_as_there_is_one() -> None:
    invited = replace(a_chat().people[0], invitation=Invitation.INVITED)
    chat = a_chat(people=(invited,))
    post = Announcement("a", minutes_before=1440)
    mail = replace(post, channel=Channel.EMAIL)
    text = "Avec @sagefemme_ex et @inconnue #unionsprecoces"
    assert check_announcement(chat, post, text, NOW, NETWORK).problems == (
        AnnouncementProblem.UNINVITED_MENTION,
        AnnouncementProblem.STRANGER,
    )
    found = check_announcement(chat, mail, text, NOW, NETWORK).problems
    assert found == (AnnouncementProblem.OFF_X,)
    without_tag = replace(chat, hashtag="")
    assert check_announcement(without_tag, mail, "Venez", NOW, NETWORK).problems == ()


def test_on_one_day_announcements_come_by_channel() -> None:
    week = [Announcement(channel, channel, 10080) for channel in Channel]
    early = Announcement("early", Channel.WHATSAPP, 10081)
    chat = a_chat(announcements=(*reversed(week), early))
    assert ids(announcements_by_date(chat)) == ["early", *Channel]


def test_what_is_done_or_past_is_not_to_be_made_any_more() -> None:
    proposed = ladder(a_chat(), NOW)
    done = replace(proposed[0], done=True)
    chat = a_chat(announcements=(done, *proposed[1:]))
    left = still_to_make(chat, START - timedelta(days=2))
    assert [one.id for one, _due in left] == ["x-1440", "whatsapp-1440", "x-60"]
    assert all(due == due_at(chat, one) for one, due in left)
    assert done.id not in [one.id for one, _due in still_to_make(chat, NOW)]
    assert still_to_make(a_chat(starts_at=None, announcements=proposed), NOW) == ()


def test_announcements_tell_the_first_questions_so_that_people_come_prepared() -> None:
    chat = a_chat()
    first, second, third = (question.text for question in chat.questions[:3])
    on_x = text_of(chat, Announcement("x", Channel.X, 3 * 1440), FR, WHEN)
    assert first in on_x
    assert second not in on_x
    assert weighted_length(on_x) <= 280
    for channel in (Channel.FACEBOOK, Channel.EMAIL):
        text = text_of(chat, Announcement("a", channel), FR, WHEN)
        assert f"\n– {first}\n– {second}\n" in text
        assert third not in text


def test_a_question_that_does_not_fit_is_left_out_and_the_announcement_stays_whole() -> None:
    long = replace(a_chat().questions[0], text="Comment ? " * 30)
    chat = a_chat(questions=(long,))
    on_x = text_of(chat, Announcement("x", Channel.X, 3 * 1440), FR, WHEN)
    assert "Comment" not in on_x
    assert f"#{chat.hashtag}" in on_x
    without = text_of(a_chat(questions=()), Announcement("x", Channel.X, 3 * 1440), FR, WHEN)
    assert on_x == without


def test_questions_in_reserve_are_not_told_beforehand() -> None:
    spare = replace(a_chat().questions[0], essential=False)
    assert questions_told(a_chat(questions=(spare,))) == ()
