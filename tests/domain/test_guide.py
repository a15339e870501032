"""The guide: how far each step is, what is missing, what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain import guide
from tchat_desktop.domain.chat import (
    Announcement,
    Chat,
    HelpLine,
    Invitation,
    Person,
    Purpose,
    Question,
    RecapDraft,
    Role,
    Route,
    minutes_until,
    until_next_minute,
)
from tchat_desktop.domain.debrief import RehearsalReport
from tchat_desktop.domain.guide import Missing
from tchat_desktop.domain.outgoing import Planned, PostState
from tchat_desktop.domain.pace import pace
from tchat_desktop.domain.run_sheet import build_run_sheet, with_item_text, with_minutes
from tchat_desktop.domain.saved_recap import saved_as
from tchat_desktop.domain.step_states import Detail, Stage, StepState
from tchat_desktop.domain.steps import STEPS, StepId, StepStatus, neighbours, step_number, steps_of
from tests.domain.chats import NOW, START, a_chat
from tests.fakes.outgoing import planned
from tests.fakes.texts import load_texts

FR = load_texts("fr")
LIVE = START + timedelta(minutes=26)
OVER = START + timedelta(hours=2)
READY, TODO = StepState.READY, StepState.TODO
STARTED, ATTENTION = StepState.STARTED, StepState.ATTENTION


def status(chat: Chat, step: StepId, now: datetime = NOW) -> StepStatus:
    return guide.status_of(step, chat, build_run_sheet(chat, FR), now)


def found_missing(chat: Chat, now: datetime = NOW) -> list[Missing]:
    return [item.kind for item in guide.missing(chat, build_run_sheet(chat, FR), now)]


def next_of(chat: Chat, now: datetime = NOW) -> StepId:
    return guide.next_step(chat, build_run_sheet(chat, FR), now)


def test_ten_steps_before_one_during_three_after() -> None:
    assert [len(steps_of(stage)) for stage in Stage] == [10, 1, 3]
    assert sum((steps_of(stage) for stage in Stage), ()) == STEPS
    assert [step_number(step) for step in STEPS] == list(range(1, 15))


def test_neighbours_make_one_line() -> None:
    assert neighbours(STEPS[0]) == (None, STEPS[1])
    assert neighbours(STEPS[-1]) == (STEPS[-2], None)
    for before, after in pairwise(STEPS):
        assert neighbours(before)[1] is after
        assert neighbours(after)[0] is before


def test_a_new_chat_starts_at_the_beginning() -> None:
    chat = Chat(id="new")
    found = guide.statuses(chat, build_run_sheet(chat, FR), NOW)
    assert [one.step for one in found] == list(STEPS)
    assert {one.state for one in found} == {TODO}
    assert guide.progress(chat, build_run_sheet(chat, FR), NOW) == 0
    assert next_of(chat) is StepId.PURPOSE


def test_a_country_of_the_public_without_a_number_is_told_and_asks_for_it() -> None:
    chat = a_chat()
    sheet = build_run_sheet(chat, FR)
    have = [line.country for line in chat.help_lines]
    for countries, state, detail in (
        (have, READY, Detail.NONE),
        ([*have, "Mali"], ATTENTION, Detail.COUNTRIES_WITHOUT),
    ):
        found = guide.status_of(StepId.PROTECTION, chat, sheet, NOW, countries)
        assert (found.state, found.detail, found.number) == (state, detail, int(state is ATTENTION))
        kinds = {one.kind for one in guide.missing(chat, sheet, NOW, countries)}
        assert (Missing.HELP_NOT_CHECKED in kinds) is (state is ATTENTION)
        assert (guide.progress(chat, sheet, NOW, countries) == 1) is (state is READY)
        step = guide.next_step(chat, sheet, NOW, countries)
        assert (step is StepId.PROTECTION) is (state is ATTENTION)


def test_a_complete_chat_waits_for_its_hour() -> None:
    chat = a_chat()
    sheet = build_run_sheet(chat, FR)
    states = [one.state for one in guide.statuses(chat, sheet, NOW)]
    assert states == [READY] * 10 + [TODO] * 4
    assert guide.progress(chat, sheet, NOW) == 1
    assert next_of(chat) is StepId.HOUR
    assert found_missing(chat) == []


HALF_TOLD = (replace(a_chat().announcements[0], done=True), Announcement("x-60", minutes_before=60))
LONG = Question("long", "é" * 280)
NO_PURPOSE = {"purpose": None, "organisation": "", "audience": "", "success": ""}
GUEST = a_chat().people[0]
NAMED = Person("p", name="Fatou Sarr")
INVITED = replace(GUEST, id="i", invitation=Invitation.INVITED)

CASES: list[tuple[dict[str, object], StepId, StepState, Detail, int]] = [
    ({"purpose": None}, StepId.PURPOSE, STARTED, Detail.TO_FILL_IN, 1),
    ({"organisation": "", "success": " "}, StepId.PURPOSE, STARTED, Detail.TO_FILL_IN, 2),
    (NO_PURPOSE, StepId.PURPOSE, TODO, Detail.NONE, 0),
    ({}, StepId.PURPOSE, READY, Detail.NONE, 0),
    ({}, StepId.SCHEDULE, READY, Detail.NONE, 0),
    ({}, StepId.HASHTAG, READY, Detail.NONE, 0),
    ({"starts_at": None}, StepId.SCHEDULE, STARTED, Detail.NONE, 0),
    ({"topic": " ", "starts_at": None}, StepId.SCHEDULE, TODO, Detail.NONE, 0),
    ({"carried_over": ("time_zone",)}, StepId.SCHEDULE, STARTED, Detail.TOWN_TO_CONFIRM, 0),
    ({"carried_over": ("topic", "starts_at")}, StepId.SCHEDULE, STARTED, Detail.TO_CONFIRM, 0),
    ({"hashtag": ""}, StepId.HASHTAG, TODO, Detail.NONE, 0),
    ({"hashtag": "2026"}, StepId.HASHTAG, ATTENTION, Detail.TAG_INVALID, 0),
    ({"questions": ()}, StepId.QUESTIONS, TODO, Detail.NONE, 0),
    ({"questions": (Question("a"),)}, StepId.QUESTIONS, STARTED, Detail.NONE, 0),
    ({"questions": (Question("a", "Quoi ?"),)}, StepId.QUESTIONS, STARTED, Detail.QUESTIONS, 1),
    ({}, StepId.QUESTIONS, READY, Detail.QUESTIONS, 7),
    ({"questions": (LONG,)}, StepId.QUESTIONS, ATTENTION, Detail.TEXT_TOO_LONG, 1),
    ({"people": ()}, StepId.PEOPLE, TODO, Detail.NONE, 0),
    ({"people": (Person("p"),)}, StepId.PEOPLE, STARTED, Detail.TO_NAME, 1),
    ({"people": (GUEST, INVITED)}, StepId.PEOPLE, STARTED, Detail.TO_ANSWER, 1),
    ({"people": (GUEST, INVITED, Person("p"))}, StepId.PEOPLE, STARTED, Detail.TO_NAME, 1),
    ({"people": (INVITED, NAMED)}, StepId.PEOPLE, STARTED, Detail.TO_INVITE, 1),
    (
        {"people": (GUEST, replace(GUEST, id="x", has_questions=False))},
        StepId.PEOPLE,
        STARTED,
        Detail.TO_HAND_OVER,
        1,
    ),
    ({"people": (replace(GUEST, name=""),)}, StepId.PEOPLE, STARTED, Detail.TO_NAME, 1),
    (
        {"people": (replace(GUEST, invitation=Invitation.DECLINED),)},
        StepId.PEOPLE,
        STARTED,
        Detail.NONE,
        0,
    ),
    ({"people": (Person("m", Role.MODERATOR),)}, StepId.PEOPLE, STARTED, Detail.NONE, 0),
    ({"people": (Person("p", handle="a-b"),)}, StepId.PEOPLE, ATTENTION, Detail.LOOK_AT, 1),
    ({}, StepId.PEOPLE, READY, Detail.GUESTS, 2),
    ({"announcements": ()}, StepId.PROMOTION, TODO, Detail.NONE, 0),
    ({}, StepId.PROMOTION, READY, Detail.ANNOUNCED, 2),
    ({"announcements": HALF_TOLD}, StepId.PROMOTION, STARTED, Detail.ANNOUNCED, 1),
    (
        {"announcements": (Announcement("a"), Announcement("b"))},
        StepId.PROMOTION,
        STARTED,
        Detail.NOTHING_ANNOUNCED,
        0,
    ),
    (
        {"announcements": (Announcement("a", minutes_before=30 * 1440),)},
        StepId.PROMOTION,
        ATTENTION,
        Detail.ANNOUNCEMENTS_DUE,
        1,
    ),
    (
        {"announcements": (Announcement("a", minutes_before=30 * 1440, done=True),)},
        StepId.PROMOTION,
        READY,
        Detail.ANNOUNCED,
        1,
    ),
    ({"questions": ()}, StepId.RUN_SHEET, TODO, Detail.NONE, 0),
    ({"questions": (Question("a", "Quoi ?"),)}, StepId.RUN_SHEET, STARTED, Detail.NONE, 0),
    ({"run_sheet_seen": False}, StepId.RUN_SHEET, STARTED, Detail.TO_READ, 0),
    ({}, StepId.RUN_SHEET, READY, Detail.NONE, 0),
    ({"minutes": 45}, StepId.RUN_SHEET, ATTENTION, Detail.DOES_NOT_FIT, 3),
    ({"route": None}, StepId.CONNECTION, TODO, Detail.NONE, 0),
    ({"account": ""}, StepId.CONNECTION, STARTED, Detail.TO_FILL_IN, 1),
    ({"route": Route.KEYS}, StepId.CONNECTION, READY, Detail.ROUTE_KEYS, 0),
    ({"route": Route.REHEARSAL}, StepId.CONNECTION, READY, Detail.ROUTE_REHEARSAL, 0),
    ({"rules_accepted": False}, StepId.CONNECTION, READY, Detail.ROUTE_ASSISTED, 0),
    ({}, StepId.PROTECTION, READY, Detail.NONE, 0),
    ({"rules_accepted": False}, StepId.PROTECTION, STARTED, Detail.NONE, 0),
    ({"focal_point": " "}, StepId.PROTECTION, STARTED, Detail.NONE, 0),
    (
        {"help_lines": (HelpLine("a", "Mali", none_found=True),)},
        StepId.PROTECTION,
        READY,
        Detail.NONE,
        0,
    ),
    ({"help_lines": ()}, StepId.PROTECTION, ATTENTION, Detail.NO_HELP_NUMBER, 0),
    (
        {"help_lines": (HelpLine("a", "Mali", "116", "enfants"), HelpLine("b", "Togo"))},
        StepId.PROTECTION,
        ATTENTION,
        Detail.NUMBERS_TO_CHECK,
        2,
    ),
    (
        {"help_lines": (), "focal_point": "", "rules_accepted": False},
        StepId.PROTECTION,
        TODO,
        Detail.NONE,
        0,
    ),
    ({"rehearsed_at": None}, StepId.REHEARSAL, TODO, Detail.NONE, 0),
    ({}, StepId.REHEARSAL, READY, Detail.NONE, 0),
    (
        {"rehearsal": RehearsalReport(planned=12, posted=4, missing=("Q2",))},
        StepId.REHEARSAL,
        STARTED,
        Detail.REHEARSED_IN_PART,
        0,
    ),
    ({}, StepId.HOUR, TODO, Detail.IN_DAYS, 25),
    ({"starts_at": NOW + timedelta(hours=5)}, StepId.HOUR, TODO, Detail.IN_HOURS, 5),
    ({"starts_at": NOW + timedelta(hours=1)}, StepId.HOUR, TODO, Detail.IN_HOURS, 1),
    ({"starts_at": NOW + timedelta(seconds=119)}, StepId.HOUR, TODO, Detail.IN_MINUTES, 1),
    ({}, StepId.THANKS, TODO, Detail.AFTER_CHAT, 0),
    ({"recap": RecapDraft(title="Titre")}, StepId.RECAP, STARTED, Detail.NONE, 0),
]


@pytest.mark.parametrize(("change", "step", "state", "detail", "number"), CASES)
def test_each_step_before_the_hour(
    change: dict[str, object], step: StepId, state: StepState, detail: Detail, number: int
) -> None:
    found = replace(status(a_chat(**change), step), of=0)
    assert found == StepStatus(step, state, detail, number)


def test_the_run_sheet_counts_the_posts_to_look_at() -> None:
    # A stranger, and no tag: its page counts posts too.
    chat = with_item_text(a_chat(), "welcome", "Bonsoir @inconnue", FR)
    assert status(chat, StepId.RUN_SHEET) == StepStatus(
        StepId.RUN_SHEET, ATTENTION, Detail.LOOK_AT, 1
    )
    assert found_missing(chat) == [Missing.RUN_SHEET_PROBLEMS]


def test_a_long_question_is_told_once() -> None:
    chat = a_chat(questions=(*a_chat().questions, LONG))
    assert status(chat, StepId.QUESTIONS).state is ATTENTION
    assert status(chat, StepId.RUN_SHEET).state is READY


def test_once_the_hour_has_begun_nothing_asks_for_a_look_at_the_run_sheet() -> None:
    chat = with_item_text(a_chat(), "welcome", "Bonsoir @inconnue", FR)
    assert status(chat, StepId.RUN_SHEET).state is ATTENTION
    assert status(chat, StepId.RUN_SHEET, LIVE).state is not ATTENTION
    full = a_chat(minutes=45)
    assert status(full, StepId.RUN_SHEET).detail is Detail.DOES_NOT_FIT
    for seen in (False, True):
        for at in (START, START + timedelta(minutes=44), OVER):
            then = status(replace(full, run_sheet_seen=seen), StepId.RUN_SHEET, at)
            assert then.detail is not Detail.DOES_NOT_FIT, "it comes back neither seen nor later"


def test_during_the_hour() -> None:
    assert status(a_chat(), StepId.HOUR, LIVE) == StepStatus(StepId.HOUR, STARTED, Detail.LIVE, 34)
    assert next_of(a_chat(), LIVE) is StepId.HOUR
    assert next_of(Chat(id="new", starts_at=START), LIVE) is StepId.HOUR


@given(st.integers(0, 3_599_999))
def test_the_rail_and_the_strip_count_the_same_minutes(milliseconds: int) -> None:
    chat = a_chat()
    assert chat.ends_at is not None
    now = START + timedelta(milliseconds=milliseconds)
    minutes = status(chat, StepId.HOUR, now).number
    assert minutes == pace((), now, chat.ends_at).minutes_left
    following = now + until_next_minute(chat, now)
    assert minutes_until(chat.ends_at, following - timedelta(milliseconds=1)) == minutes
    assert minutes_until(chat.ends_at, following) == minutes - 1


def test_shortly_before_the_hour_it_is_the_next_step_whatever_is_missing() -> None:
    chat = replace(a_chat(), people=(Person("p"),), rehearsed_at=None)
    assert next_of(chat, START - timedelta(minutes=31)) is StepId.PEOPLE
    assert next_of(chat, START - timedelta(minutes=29)) is StepId.HOUR
    assert next_of(replace(chat, route=None), START - timedelta(minutes=29)) is StepId.PEOPLE


def test_after_the_hour_one_step_after_the_other() -> None:
    chat = a_chat()
    assert status(chat, StepId.HOUR, OVER).detail is Detail.ENDED
    assert status(chat, StepId.SCHEDULE, OVER).state is READY
    assert next_of(chat, OVER) is StepId.THANKS
    assert status(chat, StepId.THANKS, OVER) == StepStatus(StepId.THANKS, TODO)
    chat = replace(chat, thanked=("awa", "idy"))
    assert status(chat, StepId.THANKS, OVER) == StepStatus(
        StepId.THANKS, STARTED, Detail.THANKED, 2
    )
    chat = replace(chat, closed_at=OVER, to_thank=9)
    assert status(chat, StepId.THANKS, OVER) == StepStatus(
        StepId.THANKS, STARTED, Detail.THANKED, 2, 9
    )
    assert next_of(chat, OVER) is StepId.RECAP
    assert status(replace(chat, to_thank=2), StepId.THANKS, OVER).state is READY
    chat = replace(chat, recap=RecapDraft(introduction="Merci", conclusion="À bientôt"))
    assert status(chat, StepId.RECAP, OVER) == StepStatus(StepId.RECAP, STARTED, Detail.TO_SAVE)
    assert next_of(chat, OVER) is StepId.RECAP
    chat = replace(chat, closed_at=None, recap_saved=saved_as(chat.recap, chat.topic, ""))
    assert status(chat, StepId.RECAP, OVER) == StepStatus(StepId.RECAP, READY, Detail.SAVED)
    assert status(chat, StepId.REPORT, OVER) == StepStatus(StepId.REPORT, TODO)
    chat = replace(chat, lessons="Commencer plus tôt")
    assert status(chat, StepId.REPORT, OVER) == StepStatus(StepId.REPORT, STARTED)
    chat = replace(chat, closed_at=OVER)
    assert status(chat, StepId.REPORT, OVER) == StepStatus(StepId.REPORT, READY, Detail.CLOSED)
    assert next_of(chat, OVER) is StepId.THANKS
    assert next_of(replace(chat, to_thank=2), OVER) is StepId.REPORT


@pytest.mark.parametrize(
    "change",
    [
        {"recap": RecapDraft(introduction="Bonjour")},
        {"recap_content": "another highlight"},
        {"topic": "Un autre sujet"},
    ],
)
def test_a_recap_changed_since_it_was_saved_asks_for_a_look(change: dict[str, object]) -> None:
    chat = a_chat()
    saved = replace(chat, recap_saved=saved_as(chat.recap, chat.topic, ""))
    assert status(saved, StepId.RECAP, OVER).detail is Detail.SAVED
    assert status(replace(saved, **change), StepId.RECAP, OVER) == StepStatus(
        StepId.RECAP, ATTENTION, Detail.CHANGED_SINCE
    )


def test_who_ended_the_hour_early_has_not_closed_the_results_by_that() -> None:
    chat = a_chat(closed_at=LIVE)
    assert status(chat, StepId.REPORT, OVER) == StepStatus(StepId.REPORT, TODO)
    assert status(replace(chat, lessons="x"), StepId.REPORT, OVER).detail is Detail.CLOSED


@pytest.mark.parametrize("change", [{"route": None}, {"hashtag": ""}, {"questions": ()}])
def test_a_day_that_went_by_without_the_chat_asks_for_another(change: dict[str, object]) -> None:
    chat = a_chat(**change)
    assert status(chat, StepId.SCHEDULE, OVER) == StepStatus(
        StepId.SCHEDULE, ATTENTION, Detail.DATE_PAST
    )
    assert status(chat, StepId.HOUR, OVER).detail is Detail.DATE_PAST
    assert status(chat, StepId.RECAP, OVER).detail is Detail.AFTER_CHAT
    assert next_of(chat, OVER) is StepId.SCHEDULE
    assert Missing.DATE_PAST in found_missing(chat, OVER)


def test_a_closed_chat_is_never_past() -> None:
    chat = a_chat(route=None, closed_at=OVER)
    assert status(chat, StepId.SCHEDULE, OVER).state is READY


def test_waiting_for_an_answer_does_not_hold_up() -> None:
    waiting = tuple(
        replace(person, invitation=Invitation.INVITED) if person.name == "Awa" else person
        for person in a_chat().people
    )
    chat = a_chat(people=waiting, announcements=())
    assert status(chat, StepId.PEOPLE).state is STARTED
    assert next_of(chat) is StepId.PROMOTION
    assert next_of(a_chat(people=waiting)) is StepId.PEOPLE
    assert next_of(a_chat(people=(), announcements=())) is StepId.PEOPLE


def test_texts_that_wait_for_their_day_announce_nothing_and_hold_nothing_up() -> None:
    proposed = a_chat(announcements=(Announcement("a"), Announcement("b")))
    assert status(proposed, StepId.PROMOTION).state is STARTED
    begun = a_chat(announcements=HALF_TOLD)
    told = status(begun, StepId.PROMOTION)
    assert (told.state, told.number, told.of) == (STARTED, 1, 2)
    assert next_of(replace(begun, route=None)) is StepId.CONNECTION
    # What is left out on purpose is taken off the list.
    left_out = replace(begun, announcements=HALF_TOLD[:1])
    assert status(left_out, StepId.PROMOTION).state is READY
    assert status(begun, StepId.PROMOTION, START - timedelta(hours=1)).state is ATTENTION
    assert guide.progress(proposed, build_run_sheet(proposed, FR), NOW) < 1
    assert next_of(replace(proposed, route=None)) is StepId.CONNECTION
    # What the proposed texts tell is not known yet: that does not come by waiting.
    assert next_of(replace(proposed, organisation="Voix", topic="")) is StepId.SCHEDULE
    unnamed = replace(proposed, people=a_chat().people, hashtag="")
    assert next_of(unnamed) is StepId.HASHTAG


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"purpose": None}, Missing.NO_PURPOSE),
        ({"topic": ""}, Missing.NO_TOPIC),
        ({"starts_at": None}, Missing.NO_DATE),
        ({"hashtag": ""}, Missing.NO_TAG),
        ({"hashtag": "a b"}, Missing.TAG_INVALID),
        ({"questions": a_chat().questions[:5]}, Missing.TOO_FEW_QUESTIONS),
        ({"questions": (*a_chat().questions, LONG)}, Missing.QUESTION_TOO_LONG),
        ({"people": ()}, Missing.NO_GUEST_ACCEPTED),
        (
            {"people": tuple(replace(one, has_questions=False) for one in a_chat().people)},
            Missing.QUESTIONS_NOT_SHARED,
        ),
        ({"people": (GUEST, INVITED)}, Missing.GUEST_AWAITED),
        ({"announcements": ()}, Missing.NO_ANNOUNCEMENT),
        ({"minutes": 45}, Missing.RUN_SHEET_OVERFLOWS),
        ({"route": None}, Missing.NO_ROUTE),
        ({"account": "AssociationEcoleThies"}, Missing.ACCOUNT_INVALID),
        ({"rehearsed_at": None}, Missing.NOT_REHEARSED),
        ({"rules_accepted": False}, Missing.RULES_NOT_READ),
        ({"help_lines": ()}, Missing.HELP_NOT_CHECKED),
        ({"help_lines": (HelpLine("a", "Mali", "116"),)}, Missing.HELP_NOT_CHECKED),
        ({"focal_point": ""}, Missing.NO_FOCAL_POINT),
    ],
)
def test_what_is_missing_is_named(change: dict[str, object], missing: Missing) -> None:
    assert missing in found_missing(a_chat(**change))


def test_too_many_questions_are_named() -> None:
    many = tuple(Question(f"q{n}", f"Quoi {n} ?", essential=n < 6) for n in range(11))
    assert found_missing(a_chat(questions=many)) == [Missing.TOO_MANY_QUESTIONS]


def test_guests_may_be_absent_where_the_public_talks() -> None:
    for purpose in Purpose:
        absent = Missing.NO_GUEST_ACCEPTED in found_missing(a_chat(purpose=purpose, people=()))
        assert absent == (purpose in (Purpose.SHARE_INFORMATION, Purpose.GIVE_ACCESS))


def test_everything_missing_comes_in_the_order_of_the_steps() -> None:
    chat = with_minutes(Chat(id="new"), "welcome", 60)
    items = guide.missing(chat, build_run_sheet(chat, FR), NOW)
    numbers = [step_number(item.step) for item in items]
    assert numbers == sorted(numbers)
    assert len(items) >= 8


def test_what_was_left_to_fill_in_is_told_and_nothing_is_ready() -> None:
    typed = replace(a_chat(), questions=(Question("a", "Voir [lien] ?"), *a_chat().questions))
    assert status(typed, StepId.QUESTIONS) == StepStatus(
        StepId.QUESTIONS, ATTENTION, Detail.LOOK_AT, 1
    )
    assert status(typed, StepId.RUN_SHEET).state is ATTENTION
    assert Missing.UNFILLED in found_missing(typed)
    posted = with_item_text(a_chat(), "thanks", "Le résumé : [lien] #UnionsPrécoces", FR)
    assert status(posted, StepId.RUN_SHEET) == StepStatus(
        StepId.RUN_SHEET, ATTENTION, Detail.LOOK_AT, 1
    )
    announced = a_chat(announcements=(Announcement("a", text="Demain : [lien]"),))
    assert status(announced, StepId.PROMOTION) == StepStatus(
        StepId.PROMOTION, ATTENTION, Detail.LOOK_AT, 1
    )


def test_what_earlier_steps_fill_in_leaves_later_ones_begun() -> None:
    chat = a_chat(topic="")
    assert status(chat, StepId.RUN_SHEET).state is STARTED
    assert status(chat, StepId.PROMOTION).state is STARTED
    assert Missing.UNFILLED in found_missing(chat)


@pytest.mark.parametrize(
    ("before", "hour"),
    [(timedelta(minutes=30), False), (timedelta(minutes=30) - timedelta(seconds=1), True)],
)
def test_the_hour_is_the_next_step_from_half_an_hour_before_once_it_can_be_opened(
    before: timedelta, hour: bool
) -> None:
    told = (Announcement("a", minutes_before=10080, done=True),)
    chat = a_chat(rehearsed_at=None, announcements=told)
    assert (next_of(chat, START - before) is StepId.HOUR) is hour
    assert next_of(replace(chat, route=None), START - before) is StepId.CONNECTION
    assert next_of(replace(chat, starts_at=None), START - before) is StepId.SCHEDULE


@pytest.mark.parametrize(
    ("change", "worth"),
    [
        ({}, 10),
        ({"rehearsed_at": None}, 9),
        ({"rules_accepted": False}, 9.5),
        ({"help_lines": ()}, 9.5),
        ({"rehearsed_at": None, "rules_accepted": False, "people": ()}, 7.5),
    ],
)
def test_a_step_begun_or_to_be_looked_at_counts_half(
    change: dict[str, object], worth: float
) -> None:
    chat = a_chat(**change)
    assert guide.progress(chat, build_run_sheet(chat, FR), NOW) == pytest.approx(worth / 10)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"topic": " "}, Missing.NO_TOPIC),
        ({"questions": ()}, Missing.TOO_FEW_QUESTIONS),
        ({"focal_point": " "}, Missing.NO_FOCAL_POINT),
        ({"account": "a b"}, Missing.ACCOUNT_INVALID),
    ],
)
def test_what_holds_blanks_alone_is_missing(change: dict[str, object], missing: Missing) -> None:
    assert missing in found_missing(a_chat(**change))
    assert missing not in found_missing(a_chat())


def test_a_name_or_a_tag_that_is_not_there_is_not_called_wrong() -> None:
    assert Missing.ACCOUNT_INVALID not in found_missing(a_chat(account=""))
    assert Missing.TAG_INVALID not in found_missing(a_chat(hashtag=""))
    assert Missing.NO_TAG not in found_missing(a_chat(hashtag="a b"))


@pytest.mark.parametrize(
    ("invitations", "purpose", "absent", "unshared"),
    [
        ((Invitation.ACCEPTED,), Purpose.SHARE_INFORMATION, False, True),
        ((Invitation.INVITED,), Purpose.SHARE_INFORMATION, True, False),
        ((Invitation.INVITED,), Purpose.MEETING, True, False),
        ((), Purpose.MEETING, False, False),
        ((Invitation.DECLINED,), Purpose.MEETING, False, False),
        ((Invitation.ACCEPTED, Invitation.INVITED), Purpose.MEETING, False, True),
    ],
)
def test_guests_who_were_asked_are_waited_for_and_those_who_accepted_get_the_questions(
    invitations: tuple[Invitation, ...], purpose: Purpose, absent: bool, unshared: bool
) -> None:
    people = tuple(
        replace(GUEST, id=str(n), invitation=one, has_questions=False)
        for n, one in enumerate(invitations)
    )
    found = found_missing(a_chat(people=people, purpose=purpose))
    assert (Missing.NO_GUEST_ACCEPTED in found) is absent
    assert (Missing.QUESTIONS_NOT_SHARED in found) is unshared


def test_people_are_passed_over_only_while_nothing_is_missing_but_an_answer() -> None:
    for people, step in (
        ((INVITED,), StepId.PROMOTION),
        ((INVITED, GUEST), StepId.PROMOTION),
        ((INVITED, replace(GUEST, id="x", has_questions=False)), StepId.PEOPLE),
        ((INVITED, NAMED), StepId.PEOPLE),
    ):
        assert next_of(a_chat(people=people, announcements=())) is step


def test_thanks_begun_are_passed_over_once_the_chat_is_closed() -> None:
    def step(**changes: object) -> StepId:
        return next_of(a_chat(lessons="x", **changes), OVER)

    assert step() is StepId.THANKS
    assert step(thanked=("awa",)) is StepId.THANKS
    assert step(closed_at=OVER, to_thank=9) is StepId.THANKS
    assert step(thanked=("awa",), closed_at=OVER, to_thank=9) is StepId.RECAP


@pytest.mark.parametrize(
    ("states", "state", "detail", "number"),
    [
        ((PostState.SENT, PostState.SENT), READY, Detail.ENDED, 0),
        ((PostState.SENT, PostState.PLANNED), STARTED, Detail.LAST_MESSAGES, 0),
        ((PostState.HANDED_OVER, PostState.DUE), STARTED, Detail.LAST_MESSAGES, 0),
        ((PostState.HANDED_OVER, PostState.SENT), ATTENTION, Detail.UNCONFIRMED, 1),
        ((PostState.SKIPPED, PostState.DRAFT), READY, Detail.ENDED, 0),
    ],
)
def test_the_hour_is_over_once_nothing_is_to_leave_or_to_confirm(
    states: tuple[PostState, ...], state: StepState, detail: Detail, number: int
) -> None:
    chat = a_chat()
    rows = []
    for at, one in enumerate(states):
        row = planned(f"q{at}", 60, state=one)
        rows.append(
            replace(row, planned=Planned(row.text, row.due_at, row.route, PostState.PLANNED))
        )
    found = guide.statuses(chat, build_run_sheet(chat, FR), OVER)
    told = guide.with_end_of_hour(found, rows)
    hour = StepStatus(StepId.HOUR, state, detail, number)
    assert told == tuple(hour if one.step is StepId.HOUR else one for one in found)
    # Nothing of it before the end.
    live = guide.statuses(chat, build_run_sheet(chat, FR), LIVE)
    assert guide.with_end_of_hour(live, rows) == live
