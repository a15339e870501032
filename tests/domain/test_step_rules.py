"""How far each step is, to the minute and to the last one counted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tchat_desktop.domain import step_rules as rules
from tchat_desktop.domain.chat import (
    Announcement,
    Chat,
    HelpLine,
    Person,
    Question,
    RecapDraft,
    Route,
)
from tchat_desktop.domain.debrief import RehearsalReport
from tchat_desktop.domain.run_sheet import build_run_sheet, with_item_text
from tchat_desktop.domain.step_rules import Progress
from tchat_desktop.domain.step_states import Detail, StepState
from tchat_desktop.domain.steps import Rule
from tests.domain.chats import NOW, START, a_chat
from tests.fakes.texts import load_texts

FR = load_texts("fr")
END = START + timedelta(hours=1)
SECOND = timedelta(seconds=1)
DAY = 24 * 60
READY, TODO = StepState.READY, StepState.TODO
STARTED, ATTENTION = StepState.STARTED, StepState.ATTENTION
NEVER_PREPARED = a_chat(route=None)


def told(rule: Rule, chat: Chat, now: datetime = NOW) -> Progress:
    return rule(chat, build_run_sheet(chat, FR), now)


@pytest.mark.parametrize(
    ("now", "past"), [(END - SECOND, False), (END, True), (END + SECOND, True)]
)
def test_the_time_of_a_chat_has_passed_from_the_very_instant_of_its_end(
    now: datetime, past: bool
) -> None:
    assert rules.is_past(NEVER_PREPARED, now, FR.rules) is past
    assert (told(rules.schedule, NEVER_PREPARED, now)[1] is Detail.DATE_PAST) is past


@pytest.mark.parametrize(
    ("change", "past"),
    [
        ({}, False),
        ({"route": Route.KEYS}, False),
        ({"route": Route.REHEARSAL}, True),
        ({"hashtag": "2026"}, True),
        ({"questions": (Question("a", "Quoi ?", essential=False),)}, True),
        ({"questions": (Question("a", "Quoi ?"),)}, False),
        ({"route": None, "thanked": ("awa",)}, False),
        ({"route": None, "closed_at": START}, False),
        ({"starts_at": None, "route": None}, False),
    ],
)
def test_a_chat_was_held_when_its_posts_could_leave_or_its_people_were_thanked(
    change: dict[str, object], past: bool
) -> None:
    chat = a_chat(**change)
    assert rules.is_past(chat, END, FR.rules) is past
    assert rules.was_held(chat, END, FR.rules) is (not past and chat.starts_at is not None)
    assert not rules.was_held(a_chat(), END - SECOND, FR.rules)


@pytest.mark.parametrize(
    ("chat", "now", "expected"),
    [
        (NEVER_PREPARED, END, (TODO, Detail.DATE_PAST, 0)),
        (a_chat(starts_at=None), NOW, (TODO, Detail.NONE, 0)),
        (a_chat(starts_at=None, closed_at=NOW), NOW, (TODO, Detail.NONE, 0)),
        (a_chat(), START - timedelta(days=1), (TODO, Detail.IN_DAYS, 1)),
        # The day changes at midnight in Dakar: the evening before is one day away.
        (a_chat(), START.replace(hour=0), (TODO, Detail.IN_HOURS, 20)),
        (a_chat(), START.replace(hour=0) - SECOND, (TODO, Detail.IN_DAYS, 1)),
        (a_chat(), START - timedelta(hours=1) - SECOND, (TODO, Detail.IN_HOURS, 2)),
        (a_chat(), START - timedelta(hours=1), (TODO, Detail.IN_HOURS, 1)),
        (a_chat(), START - timedelta(hours=1) + SECOND, (TODO, Detail.IN_MINUTES, 59)),
        (a_chat(), START - timedelta(minutes=2), (TODO, Detail.IN_MINUTES, 2)),
        (a_chat(), START - SECOND, (TODO, Detail.IN_MINUTES, 1)),
        (a_chat(), START, (STARTED, Detail.LIVE, 60)),
        (a_chat(), END - SECOND, (STARTED, Detail.LIVE, 1)),
        (a_chat(), END, (READY, Detail.ENDED, 0)),
        (a_chat(closed_at=START), START + SECOND, (READY, Detail.ENDED, 0)),
    ],
)
def test_the_wait_for_the_chat_is_told_to_the_day_the_hour_and_the_minute(
    chat: Chat, now: datetime, expected: Progress
) -> None:
    assert told(rules.hour, chat, now) == expected


def announced(*done: bool) -> Chat:
    """A chat with announcements for the day before, each published or not."""
    every = (Announcement(str(n), minutes_before=DAY, done=one) for n, one in enumerate(done))
    return a_chat(announcements=tuple(every))


DUE = START - timedelta(days=1)


@pytest.mark.parametrize(
    ("chat", "now", "expected"),
    [
        (announced(), NOW, (TODO, Detail.NONE, 0)),
        (announced(False), DUE - SECOND, (STARTED, Detail.NOTHING_ANNOUNCED, 0, 1)),
        (announced(False), DUE, (ATTENTION, Detail.ANNOUNCEMENTS_DUE, 1)),
        (announced(False, False, True), DUE, (ATTENTION, Detail.ANNOUNCEMENTS_DUE, 2)),
        (announced(False), START - SECOND, (ATTENTION, Detail.ANNOUNCEMENTS_DUE, 1)),
        # Once the chat has begun it is too late to announce it.
        (announced(False), START, (STARTED, Detail.ANNOUNCING_OVER, 0, 1)),
        (announced(True, False), START, (STARTED, Detail.ANNOUNCING_OVER, 1, 2)),
        (announced(True), END, (READY, Detail.ANNOUNCED, 1, 1)),
        (announced(True), DUE, (READY, Detail.ANNOUNCED, 1, 1)),
        (announced(True, False, True), NOW, (STARTED, Detail.ANNOUNCED, 2, 3)),
    ],
)
def test_an_announcement_is_due_from_its_minute_to_the_beginning_of_the_chat(
    chat: Chat, now: datetime, expected: Progress
) -> None:
    assert told(rules.promotion, chat, now) == expected


def test_no_announcement_is_due_without_a_day_and_one_without_gaps_is_not_looked_at() -> None:
    undated = a_chat(starts_at=None, announcements=announced(False, True).announcements)
    assert told(rules.promotion, undated) == (STARTED, Detail.ANNOUNCED, 1, 2)
    gaps = tuple(Announcement(str(n), text="Voir [lien]", done=n < 1) for n in range(3))
    assert told(rules.promotion, a_chat(announcements=gaps)) == (ATTENTION, Detail.LOOK_AT, 2)


MALI = HelpLine("ml", "Mali", "116", "enfants", verified=True)


@pytest.mark.parametrize(
    ("change", "countries", "expected"),
    [
        ({}, [], (READY, Detail.NONE, 0)),
        ({}, ["Sénégal"], (READY, Detail.NONE, 0)),
        ({}, ["Mali"], (ATTENTION, Detail.COUNTRIES_WITHOUT, 1)),
        ({}, ["Mali", "Togo"], (ATTENTION, Detail.COUNTRIES_WITHOUT, 2)),
        ({"rules_accepted": False}, ["Mali"], (ATTENTION, Detail.COUNTRIES_WITHOUT, 1)),
        ({"help_lines": (MALI,)}, ["Mali"], (READY, Detail.NONE, 0)),
        # What is told already comes first.
        ({"help_lines": ()}, ["Mali"], (ATTENTION, Detail.NO_HELP_NUMBER, 0)),
        (
            {"help_lines": (HelpLine("ml", "Mali", "116", "enfants"),)},
            ["Togo"],
            (ATTENTION, Detail.NUMBERS_TO_CHECK, 1),
        ),
        # A step that nobody has opened reproaches nothing.
        (
            {"help_lines": (), "focal_point": "", "rules_accepted": False},
            ["Mali"],
            (TODO, Detail.NONE, 0),
        ),
    ],
)
def test_a_country_without_a_number_is_told_once_the_step_has_begun_and_is_well_otherwise(
    change: dict[str, object], countries: list[str], expected: Progress
) -> None:
    chat = a_chat(**change)
    assert rules.for_countries(told(rules.protection, chat), chat, countries) == expected


@pytest.mark.parametrize(
    "begun",
    [{"rules_accepted": True}, {"focal_point": "Fatou"}, {"help_lines": (MALI,)}],
)
def test_the_protection_has_begun_with_any_one_of_its_parts(begun: dict[str, object]) -> None:
    assert told(rules.protection, Chat("new", **begun))[0] is not TODO  # type: ignore[arg-type]
    assert told(rules.protection, Chat("new"))[0] is TODO


@pytest.mark.parametrize(
    ("rule", "change", "now", "expected"),
    [
        (rules.purpose, {"success": ""}, NOW, (STARTED, Detail.TO_FILL_IN, 1)),
        (rules.purpose, {"organisation": "", "audience": ""}, NOW, (STARTED, Detail.TO_FILL_IN, 2)),
        (
            rules.purpose,
            {"purpose": None, "organisation": "", "audience": ""},
            NOW,
            (STARTED, Detail.TO_FILL_IN, 3),
        ),
        (
            rules.purpose,
            {"purpose": None, "organisation": "", "audience": "", "success": ""},
            NOW,
            (TODO, Detail.NONE, 0),
        ),
        (rules.schedule, {"topic": ""}, NOW, (STARTED, Detail.NONE, 0)),
        (rules.schedule, {"topic": "", "carried_over": ("topic",)}, NOW, (STARTED, Detail.NONE, 0)),
        (
            rules.schedule,
            {"starts_at": None, "carried_over": ("time_zone",)},
            NOW,
            (STARTED, Detail.NONE, 0),
        ),
        (rules.hashtag, {}, NOW, (READY, Detail.NONE, 0)),
        (rules.connection, {"account": "a-b"}, NOW, (ATTENTION, Detail.ACCOUNT_INVALID, 0)),
        (
            rules.connection,
            {"account": "a-b", "route": None},
            NOW,
            (ATTENTION, Detail.ACCOUNT_INVALID, 0),
        ),
        (rules.connection, {"account": "", "route": None}, NOW, (TODO, Detail.NONE, 0)),
        (rules.connection, {"account": ""}, NOW, (STARTED, Detail.TO_FILL_IN, 1)),
        (
            rules.connection,
            {"account": "", "route": Route.KEYS},
            NOW,
            (READY, Detail.ROUTE_KEYS, 0),
        ),
        (
            rules.people,
            {"people": (Person("p", handle="a-b"),) * 2},
            NOW,
            (ATTENTION, Detail.LOOK_AT, 2),
        ),
        (
            rules.people,
            {"people": (Person("p", email="sans arobase"),)},
            NOW,
            (ATTENTION, Detail.LOOK_AT, 1),
        ),
    ],
)
def test_what_is_told_of_a_step_before_the_chat(
    rule: Rule, change: dict[str, object], now: datetime, expected: Progress
) -> None:
    assert told(rule, a_chat(**change), now) == expected


@pytest.mark.parametrize(
    ("report", "done"),
    [
        (None, True),
        (RehearsalReport(planned=12, posted=12), True),
        (RehearsalReport(planned=12, posted=11, missing=("Q1",)), False),
    ],
)
def test_a_rehearsal_counts_when_every_planned_message_was_posted(
    report: RehearsalReport | None, done: bool
) -> None:
    held = a_chat(rehearsal=report)
    detail = Detail.NONE if done else Detail.REHEARSED_IN_PART
    assert told(rules.rehearsal, held) == (READY if done else STARTED, detail, 0)
    assert told(rules.rehearsal, a_chat(rehearsal=report, rehearsed_at=None)) == (
        TODO,
        Detail.NONE,
        0,
    )


@pytest.mark.parametrize(
    ("change", "now", "expected"),
    [
        ({}, END - SECOND, (TODO, Detail.AFTER_CHAT, 0)),
        ({}, END, (TODO, Detail.NONE, 0)),
        ({"route": None}, END, (TODO, Detail.AFTER_CHAT, 0)),
        ({"thanked": ("a",)}, END, (STARTED, Detail.THANKED, 1)),
        ({"thanked": ("a",), "to_thank": 1}, END, (READY, Detail.THANKED, 1, 1)),
        ({"thanked": ("a",), "to_thank": 2}, END, (STARTED, Detail.THANKED, 1, 2)),
        # Who left the list of people to thank is not counted beyond it.
        ({"thanked": ("a", "b", "c"), "to_thank": 2}, END, (READY, Detail.THANKED, 2, 2)),
        ({"to_thank": 2}, END, (TODO, Detail.NONE, 0)),
    ],
)
def test_thanks_are_ready_when_the_last_one_counted_was_thanked(
    change: dict[str, object], now: datetime, expected: Progress
) -> None:
    assert told(rules.thanks, a_chat(**change), now) == expected


@pytest.mark.parametrize(
    ("recap", "expected"),
    [
        (RecapDraft(), (TODO, Detail.NONE, 0)),
        (RecapDraft(introduction="Merci"), (STARTED, Detail.NONE, 0)),
        (RecapDraft(conclusion="À bientôt"), (STARTED, Detail.NONE, 0)),
        (RecapDraft(introduction="Merci", conclusion=" "), (STARTED, Detail.NONE, 0)),
        (RecapDraft(order=("1",)), (STARTED, Detail.NONE, 0)),
        (RecapDraft(comments=(("q", "Oui"),)), (STARTED, Detail.NONE, 0)),
        (RecapDraft(introduction="Merci", conclusion="À bientôt"), (STARTED, Detail.TO_SAVE, 0)),
    ],
)
def test_a_recap_is_begun_with_its_first_word_and_to_save_with_both_ends(
    recap: RecapDraft, expected: Progress
) -> None:
    assert told(rules.recap, a_chat(recap=recap), END) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, (TODO, Detail.NONE, 0)),
        ({"lessons": "Plus tôt"}, (STARTED, Detail.NONE, 0)),
        ({"closed_at": END - SECOND}, (TODO, Detail.NONE, 0)),
        ({"closed_at": END - SECOND, "lessons": "Plus tôt"}, (READY, Detail.CLOSED, 0)),
        ({"closed_at": END}, (READY, Detail.CLOSED, 0)),
        ({"closed_at": END, "starts_at": None}, (READY, Detail.CLOSED, 0)),
    ],
)
def test_a_chat_closed_at_its_end_needs_no_lessons_and_one_ended_early_does(
    change: dict[str, object], expected: Progress
) -> None:
    assert told(rules.report, a_chat(**change), END) == expected


def test_a_post_is_counted_once_and_not_for_what_an_earlier_step_fills_in() -> None:
    text = "Bonsoir @inconnue [lien] " + "é" * 300
    chat = with_item_text(a_chat(), "welcome", text, FR)
    assert rules.posts_to_mend(chat, build_run_sheet(chat, FR)) == 1
    blank = with_item_text(a_chat(), "welcome", "Bonsoir [lien] #UnionsPrécoces", FR)
    assert rules.posts_to_mend(blank, build_run_sheet(blank, FR)) == 1
    for change in ({"topic": " "}, {"hashtag": ""}, {"organisation": ""}):
        unnamed = a_chat(**change)
        sheet = build_run_sheet(unnamed, FR)
        assert rules.posts_to_mend(unnamed, sheet) == 0
        assert not rules.can_announce(unnamed)
    assert rules.can_announce(a_chat())
    assert not rules.can_announce(a_chat(starts_at=None))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, (READY, Detail.NONE, 0)),
        ({"run_sheet_seen": False}, (STARTED, Detail.TO_READ, 0)),
        ({"questions": ()}, (TODO, Detail.NONE, 0)),
        ({"questions": a_chat().questions[:5]}, (STARTED, Detail.NONE, 0)),
        ({"questions": a_chat().questions[:1], "run_sheet_seen": False}, (STARTED, Detail.NONE, 0)),
    ],
)
def test_a_run_sheet_is_to_read_once_it_is_whole(
    change: dict[str, object], expected: Progress
) -> None:
    assert told(rules.run_sheet, a_chat(**change)) == expected
