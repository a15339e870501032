"""What is told of a run sheet, at the last character and the last minute."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Picture, Question, Route
from tchat_desktop.domain.judgements import put_aside
from tchat_desktop.domain.questions import hints
from tchat_desktop.domain.run_checks import problems_in
from tchat_desktop.domain.run_items import ProblemKind, RunProblem
from tchat_desktop.domain.step_rules import posts_to_look_at
from tests.domain.chats import a_chat
from tests.fakes.texts import load_texts

FR = load_texts("fr")
TAG = " #UnionsPrécoces"


def problems(chat: Chat) -> tuple[RunProblem, ...]:
    return problems_in(chat, run_sheet.build_run_sheet(chat, FR))


def saying(text: str, key: str = "welcome", chat: Chat | None = None) -> Chat:
    return run_sheet.with_item_text(chat or a_chat(), key, text, FR)


@pytest.mark.parametrize(("length", "over"), [(279, 0), (280, 0), (281, 1), (282, 2)])
def test_a_post_may_be_as_long_as_x_takes_it(length: int, over: int) -> None:
    text = "a" * (length - len(TAG)) + TAG
    expected = (RunProblem(ProblemKind.TOO_LONG, "welcome", over),) if over else ()
    assert problems(saying(text)) == expected


@pytest.mark.parametrize(
    "text",
    ["কি" * 126, "👨\u200d👩\u200d👧\u200d👦" * 40, "https://example.org/" + "é" * 400],
    ids=["bengali", "families", "link that X shortens"],
)
def test_a_post_that_its_page_cannot_hold_is_told_of_where_it_goes_by_the_page(text: str) -> None:
    chat = a_chat(route=Route.ASSISTED, hashtag="Eau")
    long = saying(f"{text} #Eau", chat=chat)
    assert problems(long) == (RunProblem(ProblemKind.NO_PAGE, "welcome"),)
    assert posts_to_look_at(problems(long)) == ()
    with_keys = replace(long, route=Route.KEYS)
    assert problems(with_keys) == ()
    edit = replace(long.run_edits[0], by_page=True)
    assert problems(replace(with_keys, run_edits=(edit,))) == problems(long)


@pytest.mark.parametrize(("length", "over"), [(280, 0), (281, 1)])
def test_a_question_as_asked_is_counted_with_its_number(length: int, over: int) -> None:
    text = "Q1 " + "a" * (length - len(TAG) - 3) + TAG
    expected = (RunProblem(ProblemKind.TOO_LONG, "q:id1", over),) if over else ()
    assert problems(saying(text, "q:id1")) == expected


@pytest.mark.parametrize(("length", "over"), [(277, 0), (278, 1)])
def test_a_question_in_reserve_is_counted_with_the_number_it_may_be_given(
    length: int, over: int
) -> None:
    """Seven questions: "Q7 " takes three more characters."""
    text = "a" * (length - len(TAG)) + TAG
    expected = (RunProblem(ProblemKind.TOO_LONG, "q:id4", over),) if over else ()
    assert problems(saying(text, "q:id4")) == expected


def test_a_number_typed_in_the_reserve_is_counted_once() -> None:
    text = "Q3 " + "a" * (280 - len(TAG) - 3) + TAG
    assert problems(saying(text, "q:id4")) == ()


@pytest.mark.parametrize(
    ("key", "text", "wrong"),
    [
        ("q:id2", "Q2 Et vous, quoi donc ?", ()),
        ("q:id2", "Q02 Et vous, quoi donc ?", ()),
        ("q:id2", " Q3 Et vous, quoi donc ?", (3,)),
        ("q:id2", "Et Q3, quoi donc ?", ()),
        ("q:id2", "Q3e, quoi donc ?", ()),
        # Only a question that is asked has a number of its own.
        ("welcome", "Q3 vient après Q2", ()),
        ("q:id4", "Q3 Et vous, quoi donc ?", ()),
    ],
)
def test_a_question_that_says_the_number_of_another_is_told(
    key: str, text: str, wrong: tuple[int, ...]
) -> None:
    found = problems(saying(text + " !" + TAG + " ici", key))
    assert found == tuple(RunProblem(ProblemKind.WRONG_NUMBER, key, number) for number in wrong)


def test_two_posts_without_text_are_empty_and_not_the_same() -> None:
    chat = saying(" ", "closing", saying(""))
    assert problems(chat) == (
        RunProblem(ProblemKind.EMPTY, "welcome"),
        RunProblem(ProblemKind.EMPTY, "closing"),
    )


def test_each_post_that_repeats_the_first_one_is_told_in_the_reserve_too() -> None:
    text = "Quoi donc ?" + TAG + " !"
    chat = saying(text, "q:id4", saying(text, "closing", saying(text)))
    assert problems(chat) == (
        RunProblem(ProblemKind.DUPLICATE_TEXT, "closing", "welcome"),
        RunProblem(ProblemKind.DUPLICATE_TEXT, "q:id4", "welcome"),
    )


def test_without_a_tag_no_post_lacks_it() -> None:
    assert problems(saying("Bonsoir")) == (RunProblem(ProblemKind.NO_TAG, "welcome"),)
    chat = saying("Bonsoir", chat=a_chat(hashtag=""))
    assert ProblemKind.NO_TAG not in {problem.kind for problem in problems(chat)}


@pytest.mark.parametrize(("alt_text", "blanks"), [("L’école", 0), ("L’école de [ville]", 1)])
def test_a_picture_is_described_without_blanks(alt_text: str, blanks: int) -> None:
    chat = run_sheet.with_picture(a_chat(), "rules", Picture("0f" * 32, "image/png", alt_text))
    assert len(problems(chat)) == blanks


@pytest.mark.parametrize(("minutes", "told"), [(1, True), (2, True), (3, False), (4, False)])
def test_guests_have_three_minutes_before_the_first_question(minutes: int, told: bool) -> None:
    chat = run_sheet.with_minutes(a_chat(), "guests", minutes)
    expected = (RunProblem(ProblemKind.TOO_CLOSE_TO_GUESTS, "q:id1", minutes),) if told else ()
    assert problems(chat) == expected


def test_only_the_guests_need_time_and_only_before_a_question() -> None:
    assert problems(a_chat(people=())) == (), "two minutes of rules before the first question"
    chat = run_sheet.with_minutes(a_chat(questions=()), "guests", 1)
    assert problems(chat) == ()


@pytest.mark.parametrize(("minutes", "expected"), [(0, []), (1, ["thanks"]), (3, ["closing"])])
def test_the_first_post_that_ends_after_the_chat_is_named_once(
    minutes: int, expected: list[str]
) -> None:
    chat = a_chat(questions=a_chat().questions[:2])
    full = replace(chat, minutes=run_sheet.build_run_sheet(chat, FR).minutes_used)
    last = chat.questions[-1]
    longer = replace(last, minutes=last.minutes + minutes)
    found = problems(replace(full, questions=(*chat.questions[:-1], longer)))
    fits_not = [one for one in found if one.kind is ProblemKind.DOES_NOT_FIT]
    assert fits_not == [RunProblem(ProblemKind.DOES_NOT_FIT, key, minutes) for key in expected]


def test_what_is_a_judgement_can_be_put_aside_and_what_is_a_fault_cannot() -> None:
    chat = saying("Bonsoir")
    (no_tag,) = problems(chat)
    sheet = run_sheet.build_run_sheet(put_aside(chat, no_tag.mark), FR)
    assert (sheet.problems, sheet.aside_of("welcome")) == ((), (no_tag,))
    again = saying("Bonsoir à vous", chat=put_aside(chat, no_tag.mark))
    assert run_sheet.build_run_sheet(again, FR).problems == (no_tag,), "of other words it is told"

    (empty,) = problems(saying(""))[:1]
    assert empty.mark == ""
    damaged = replace(saying(""), meant=("",))
    assert empty in run_sheet.build_run_sheet(damaged, FR).problems


def test_what_was_meant_of_a_question_is_meant_on_the_run_sheet() -> None:
    chat = a_chat(questions=(Question("id1", "Que dit @inconnue ?"),))
    hint = next(one for one in hints(chat, FR)["id1"] if one.stranger is not None)
    assert [one.mark for one in problems(chat)] == [hint.mark]
