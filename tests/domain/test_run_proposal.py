"""What is proposed for the hour: how many reminders, at which place, and how the guests appear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Question, RunEdit
from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.domain.run_items import RunSheet
from tests.domain.chats import a_chat
from tests.fakes.texts import load_texts

FR = load_texts("fr")


def build(chat: Chat) -> RunSheet:
    return run_sheet.build_run_sheet(chat, FR)


def order(chat: Chat) -> str:
    """The questions and reminders of the hour, as "q1 q2 nudge1"."""
    keys = [item.key for item in build(chat).items]
    return " ".join(key.removeprefix("q:") for key in keys if key[0] in "qn")


def asking(essential: int, spare_after: int = 0) -> Chat:
    """A chat of so many questions, with one in reserve after one of them."""
    questions = [Question(f"q{n}", f"Quoi {n} ?") for n in range(1, essential + 1)]
    if spare_after:
        questions.insert(spare_after, Question("spare", "Et encore ?", essential=False))
    return a_chat(questions=tuple(questions))


@pytest.mark.parametrize(
    ("essential", "expected"),
    [
        (0, ""),
        (2, "q1 q2"),
        (3, "q1 q2 nudge1 q3"),
        (5, "q1 q2 nudge1 q3 q4 q5"),
        (6, "q1 q2 q3 nudge1 q4 q5 nudge2 q6"),
    ],
)
def test_one_reminder_from_three_questions_on_and_a_second_from_six_on(
    essential: int, expected: str
) -> None:
    assert order(asking(essential)) == expected


def test_a_question_in_reserve_moves_no_reminder() -> None:
    assert order(asking(3, spare_after=1)) == order(asking(3))
    assert order(asking(3, spare_after=2)) == order(asking(3))
    assert order(asking(2, spare_after=1)) == order(asking(2)), "two asked, and one in reserve"


def test_a_reminder_asked_for_where_none_is_proposed_comes_before_the_closing() -> None:
    asked = run_sheet.with_item(asking(2), "nudge1")
    assert order(asked) == "q1 q2 nudge1"
    assert [item.key for item in build(asked).items][-3:] == ["nudge1", "closing", "thanks"]


@pytest.mark.parametrize(("spare_minutes", "reminders"), [(-1, 0), (0, 1), (1, 1), (2, 2)])
def test_reminders_are_proposed_to_the_last_minute_of_the_hour(
    spare_minutes: int, reminders: int
) -> None:
    chat = asking(6)
    both = build(chat)
    without_second = both.minutes_used - both.item("nudge2").minutes
    tight = replace(chat, minutes=without_second + spare_minutes)
    assert order(tight).count("nudge") == reminders


def test_one_reminder_taken_out_brings_the_other_in_or_out_of_nothing() -> None:
    chat = asking(6)
    tight = replace(chat, minutes=build(chat).minutes_used)
    assert order(run_sheet.without_item(tight, "nudge1")) == "q1 q2 q3 q4 q5 nudge2 q6"
    tighter = replace(tight, minutes=tight.minutes - 1)
    assert order(run_sheet.without_item(tighter, "nudge1")) == "q1 q2 q3 q4 q5 q6"


@pytest.mark.parametrize(("typed", "lasts"), [(0, 1), (1, 1), (2, 2)])
def test_a_question_lasts_its_own_minutes_and_at_least_one(typed: int, lasts: int) -> None:
    chat = a_chat(
        questions=(Question("a", "Quoi ?", minutes=typed),),
        run_edits=(RunEdit("q:a", minutes=30),),
    )
    assert build(chat).item("q:a").minutes == lasts


def test_what_is_not_in_the_hour_has_no_place_in_it() -> None:
    sheet = build(run_sheet.without_item(a_chat(), "rules"))
    assert [item.key for item in sheet.removed] == ["rules", "nudge3"]
    outside = (*sheet.reserve, *sheet.removed)
    assert {(item.included, item.offset) for item in outside} == {(False, 0)}


def test_a_guest_without_a_line_about_them_is_presented_by_name_alone() -> None:
    first, second, *_ = a_chat().people
    text = build(a_chat(people=(replace(first, bio=" "), second))).item("guests").text
    assert "– @sagefemme_ex\n– @prof_exemple, enseignant à Thiès" in text


def test_the_lines_on_the_guests_stay_while_the_post_holds_them() -> None:
    first = a_chat().people[0]

    def with_bio(length: int) -> tuple[str, int]:
        text = build(a_chat(people=(replace(first, bio="b" * length),))).item("guests").text
        return text, FR.rules.remaining(text)

    room = 10 + with_bio(10)[1]
    text, left = with_bio(room)
    assert (text.count("b" * room), left) == (1, 0)
    assert "bbb" not in with_bio(room + 1)[0]


def test_a_post_that_the_chosen_order_does_not_know_comes_after_the_one_before_it() -> None:
    chat = a_chat(run_order=("rules", "thanks", "closing", "gone", "rules"))
    keys = [item.key for item in build(chat).items]
    assert keys[:3] == ["welcome", "rules", "guests"]
    assert keys[-2:] == ["thanks", "closing"]
    assert len(keys) == len(set(keys))


def test_questions_take_the_places_of_questions_in_the_order_of_their_numbers() -> None:
    chat = replace(asking(3), run_order=("q:q3", "rules", "q:q1", "q:q2"))
    asked = [item for item in build(chat).items if item.kind is PostKind.QUESTION]
    assert [item.number for item in asked] == [1, 2, 3]
    assert [item.question_id for item in asked] == ["q1", "q2", "q3"]
