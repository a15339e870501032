"""The numbers of the questions while they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain import decisions, run_sheet
from tchat_desktop.domain.chat import Chat, Occasion, Question, Route
from tchat_desktop.domain.numbering import (
    bare_text,
    numbers,
    numbers_asked,
    numbers_of_rows,
    renumbered,
    with_number,
    with_row_text,
    without_number,
)
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tests.domain.chats import START, a_chat
from tests.fakes.texts import load_texts

FR = load_texts("fr")
CHAT = a_chat(
    questions=tuple(Question(f"{n}", f"Quoi donc {n} ?", essential=n != 4) for n in range(1, 6))
)
OUT = (PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN, PostState.SENDING)


def rows_of(chat: Chat = CHAT) -> list[OutboxPost]:
    made = run_sheet.plan(
        chat, run_sheet.build_run_sheet(chat, FR), Occasion.LIVE, Route.ASSISTED, START
    )
    return [row for row in made if row.kind is PostKind.QUESTION]


def settled(rows: Sequence[OutboxPost]) -> dict[str, OutboxPost]:
    """The questions by their ids, once each has its number."""
    made = {before.id: after for before, after in renumbered(rows)}
    return {row.question_id: made.get(row.id, row) for row in rows}


def labels(rows: Sequence[OutboxPost]) -> dict[str, int | None]:
    return {key: row.number for key, row in settled(rows).items()}


def states(**wanted: PostState) -> list[OutboxPost]:
    """The rows with the states of questions "1", "2"… as `q1=`, `q2=`…"""
    found = rows_of()
    return [replace(row, state=wanted.get(row.slot.replace("q:", "q"), row.state)) for row in found]


def test_what_is_asked_is_numbered_from_one_on_and_the_reserve_has_no_number() -> None:
    rows = rows_of()
    assert renumbered(rows) == []
    assert labels(rows) == {"1": 1, "2": 2, "3": 3, "5": 4, "4": None}
    assert settled(rows)["4"].text == "Quoi donc 4 ? #UnionsPrécoces"


def test_what_waits_takes_the_number_of_what_was_put_in_reserve() -> None:
    rows = states(q1=PostState.SENT, q2=PostState.SKIPPED)
    found = settled(rows)
    assert found["2"].text == "Quoi donc 2 ? #UnionsPrécoces"
    assert found["3"].text == "Q2 Quoi donc 3 ? #UnionsPrécoces"
    assert (found["5"].number, found["5"].text[:3]) == (3, "Q3 ")
    planned = found["3"].planned
    assert planned is not None
    assert planned.text == found["3"].text, "no change by hand"


def test_the_numbers_of_the_hour_are_those_of_its_rows() -> None:
    rows = list(settled(states(q1=PostState.SENT, q2=PostState.SKIPPED)).values())
    assert numbers_of_rows(rows) == {"1": 1, "3": 2, "5": 3}
    assert numbers_of_rows([replace(row, kind=PostKind.REPLY) for row in rows]) == {}


def test_a_number_that_is_out_stays() -> None:
    for out in OUT:
        rows = states(q1=PostState.SENT, q2=PostState.SKIPPED, q3=out)
        assert labels(rows) == {"1": 1, "2": None, "3": 3, "5": 4, "4": None}


def test_a_question_of_the_reserve_is_numbered_when_it_is_put_in() -> None:
    rows = states(q1=PostState.SENT)
    spare = rows[-1]
    back = decisions.brought_back(spare, rows, START + timedelta(minutes=9))
    assert back is not None
    found = settled([*rows[:-1], back])
    assert found["4"].text == "Q2 Quoi donc 4 ? #UnionsPrécoces"
    assert labels([*rows[:-1], back]) == {"1": 1, "2": 3, "3": 4, "5": 5, "4": 2}


def test_before_the_hour_it_comes_back_at_its_place_in_the_list() -> None:
    rows = list(
        run_sheet.plan(
            CHAT, run_sheet.build_run_sheet(CHAT, FR), Occasion.LIVE, Route.ASSISTED, START
        )
    )
    spare = next(row for row in rows if row.slot == "q:4")
    back = decisions.brought_back(spare, rows, START - timedelta(hours=2))
    assert back is not None
    after = [row if row.id != spare.id else back for row in rows]
    assert labels([row for row in after if row.kind is PostKind.QUESTION]) == {
        "1": 1,
        "2": 2,
        "3": 3,
        "4": 4,
        "5": 5,
    }


def whole_hour(**wanted: PostState) -> list[OutboxPost]:
    """All rows of the hour, with the states of some by what stands in their slot."""
    rows = run_sheet.plan(
        CHAT, run_sheet.build_run_sheet(CHAT, FR), Occasion.LIVE, Route.ASSISTED, START
    )
    return [replace(row, state=wanted.get(row.slot.replace(":", ""), row.state)) for row in rows]


SENT = PostState.SENT


@pytest.mark.parametrize(
    ("out", "minutes", "waits"),
    [
        ({}, 1, True),
        ({"welcome": SENT}, 1, True),
        ({"welcome": SENT, "rules": SENT}, 2, True),
        ({"welcome": SENT, "rules": PostState.SKIPPED}, 2, True),
        ({"welcome": SENT, "rules": SENT, "guests": SENT}, 6, False),
        ({"welcome": SENT, "rules": SENT, "guests": PostState.SKIPPED}, 6, False),
    ],
)
@pytest.mark.parametrize("slot", ["q:4", "q:1"])
def test_in_the_hour_it_never_comes_before_the_words_of_the_opening(
    out: dict[str, PostState], minutes: int, waits: bool, slot: str
) -> None:
    rows = whole_hour(**{"q1": PostState.SKIPPED, **out})
    now = START + timedelta(minutes=minutes)
    spare = next(row for row in rows if row.slot == slot)
    if slot == "q:1":
        # The opening was put off beyond its own time.
        late = timedelta(minutes=20)
        opening = (PostKind.WELCOME, PostKind.RULES, PostKind.GUESTS)
        rows = [
            replace(row, due_at=row.due_at + late) if row.kind in opening else row for row in rows
        ]
    back = decisions.brought_back(spare, rows, now)
    assert back is not None
    opening_waits = [
        row.due_at
        for row in rows
        if row.slot in ("welcome", "rules", "guests") and row.state is PostState.PLANNED
    ]
    assert bool(opening_waits) is waits
    assert all(back.due_at > at for at in opening_waits)
    if not waits and slot == "q:4":
        assert back.due_at == now + decisions.COUNTDOWN


def test_a_text_written_in_the_hour_keeps_the_number_it_has_by_then() -> None:
    rows = states(q1=PostState.SKIPPED)
    third = settled(rows)["3"]
    assert with_row_text(third, "Q3 Tout autre chose ?").text == "Q2 Tout autre chose ?"
    assert with_row_text(third, "Sans numéro").text == "Sans numéro"
    spare = settled(rows)["4"]
    assert with_row_text(spare, "Q4 Et vous ?").text == "Et vous ?"


def test_a_reply_keeps_its_words_whatever_they_look_like() -> None:
    reply = replace(rows_of()[0], kind=PostKind.REPLY, number=None, planned=None)
    assert with_row_text(reply, "Q1 Oui").text == "Q1 Oui"
    assert with_number(reply, 2) == reply


@pytest.mark.parametrize(
    ("text", "before", "number", "said"),
    [
        ("Q3 Où ?", 3, 2, "Q2 Où ?"),
        ("Q3 Où ?", 3, None, "Où ?"),
        ("Q3. Où ?", 3, 3, "Q3. Où ?"),
        ("Q3. Où ?", 3, 4, "Q4 Où ?"),
        # Written by hand: it is not the number of the row.
        ("Où ?", 3, 2, "Où ?"),
        ("Q7 Où ?", 3, 2, "Q7 Où ?"),
        # Out of the reserve.
        ("Où ?", None, 2, "Q2 Où ?"),
        ("Q7 Où ?", None, 2, "Q7 Où ?"),
    ],
)
def test_a_number_changes_only_where_it_is_the_number_of_the_row(
    text: str, before: int | None, number: int | None, said: str
) -> None:
    made = with_number(replace(rows_of()[0], text=text, number=before), number)
    assert (made.text, made.number) == (said, number)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Q3 Où ?", "Où ?"),
        ("Q3 Q4 Où ?", "Q4 Où ?"),
        ("Où Q3 ?", "Où Q3 ?"),
        ("Q12345 Où ?", "Q12345 Où ?"),
        ("Q3", ""),
    ],
)
def test_the_number_is_what_a_question_begins_with(text: str, bare: str) -> None:
    assert without_number(text) == bare


@pytest.mark.parametrize(
    ("tag", "text", "bare"),
    [
        ("Filles", "Q1 Où ? #filles", "Où ?"),
        ("Filles", "Où ? #Fille", "Où ? #Fille"),
        ("Filles", "#Filles Où ?", "#Filles Où ?"),
        ("", "Où #", "Où #"),
    ],
)
def test_the_tag_at_the_end_is_not_part_of_a_question(tag: str, text: str, bare: str) -> None:
    chat = replace(CHAT, hashtag=tag)
    assert bare_text(chat, Question("x", text)) == bare


def test_a_question_without_text_shares_its_number_with_the_next() -> None:
    spare = Question("spare", "Et ?", essential=False)
    questions = (Question("a", "Où ?"), Question("b", " "), spare, Question("c", "Qui ?"))
    assert numbers(replace(CHAT, questions=questions)) == {"a": 1, "b": 2, "c": 2}


def test_a_question_that_is_not_on_the_run_sheet_takes_no_number() -> None:
    rows = rows_of()
    asked = replace(rows[0], id="x", planned=None, number=None, text="Et ?")
    assert renumbered([asked, *rows]) == []


def test_the_number_of_a_question_that_was_deleted_since_is_given_to_no_other() -> None:
    sent = states(q1=PostState.SENT)
    chat = replace(CHAT, questions=CHAT.questions[1:])
    assert numbers_asked(chat, sent)["2"] == 1, "nothing else is known of it"


def test_afterwards_a_question_is_known_by_the_number_it_went_out_with() -> None:
    rows = states(q1=PostState.SENT, q2=PostState.SKIPPED, q3=PostState.SENT)
    sent = list(settled(rows).values())
    assert numbers_asked(CHAT, sent)["3"] == 3
    renamed = [replace(row, number=2) if row.slot == "q:3" else row for row in sent]
    assert numbers_asked(CHAT, renamed) == {"1": 1, "3": 2, "5": 4}, "a number is never given twice"


@given(st.lists(st.sampled_from(list(PostState)), min_size=5, max_size=5))
def test_no_number_is_ever_asked_twice(wanted: list[PostState]) -> None:
    rows = [replace(row, state=state) for row, state in zip(rows_of(), wanted, strict=True)]
    found = list(settled(rows).values())
    numbers = [number for row in found if (number := row.number)]
    assert len(set(numbers)) == len(numbers)
    before = {row.id: row for row in rows}
    assert all(row == before[row.id] for row in found if row.state in OUT)
    assert renumbered(found) == []
