"""Answers that guests prepare before the day: sorted from a message, and ready when asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tchat_desktop.domain.chat import (
    Chat,
    Invitation,
    Occasion,
    Person,
    Question,
    ReachedBy,
    Route,
)
from tchat_desktop.domain.guest_answers import answer_post
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.prepared_answers import (
    answer_of,
    answers_in,
    ready_answers,
    with_answer,
    with_answers,
    your_turn,
)
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts

START = datetime(2026, 12, 17, 20, tzinfo=UTC)
BINTA = Person("b", name="Binta", no_account=True, invitation=Invitation.ACCEPTED)
AWA = Person("a", name="Awa", handle="awa_ex", invitation=Invitation.ACCEPTED)
CHAT = Chat(
    "c",
    hashtag="UnionsPrécoces",
    questions=(
        Question("x", "Quels signes ?"),
        Question("spare", "Et après ?", essential=False),
        Question("y", "Que faire ?"),
    ),
    people=(BINTA, AWA),
)


def asked(question_id: str, number: int, minute: int, **changes: object) -> OutboxPost:
    at = START + timedelta(minutes=minute)
    row = OutboxPost(
        id=f"row-{question_id}",
        chat_id="c",
        occasion=Occasion.LIVE,
        slot=f"q:{question_id}",
        kind=PostKind.QUESTION,
        text="",
        due_at=at,
        expires_at=at + timedelta(minutes=10),
        route=Route.ASSISTED,
        state=PostState.SENT,
        question_id=question_id,
        number=number,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def test_a_message_is_sorted_by_the_numbers_in_it() -> None:
    message = (
        "Bonjour, voici mes réponses\u00a0:\n\nR1 : Le silence.\nElle ne joue plus.\n"
        "Q2, parler aux parents. #UnionsPrécoces\nMerci !\n"
    )
    assert answers_in(message, CHAT) == (
        ("x", "Le silence.\nElle ne joue plus."),
        ("y", "parler aux parents. #UnionsPrécoces\nMerci !"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "R2 Parler.",
        "r 2: Parler.",
        "Q2 – Parler.",
        "Réponse 2. Parler.",
        "A2) Parler. #unionsprécoces",
    ],
)
def test_a_number_is_written_as_people_write_it(line: str) -> None:
    assert answers_in(line, CHAT) == (("y", "Parler."),)


@pytest.mark.parametrize("text", ["", "Oui.", "R9 Rien.", "R1", "En 2025, 12 filles.", "R12e jour"])
def test_what_answers_no_question_is_sorted_nowhere(text: str) -> None:
    assert answers_in(text, CHAT) == ()


def test_an_answer_takes_the_place_of_the_former_one_and_an_empty_one_goes() -> None:
    person = with_answers(BINTA, (("x", "Un"), ("y", "Deux"), ("x", "Trois")))
    assert dict(person.answers) == {"x": "Trois", "y": "Deux"}
    assert answer_of(with_answer(person, "x", "  "), "x") == ""


def test_answers_to_the_latest_question_come_first_until_they_are_used() -> None:
    binta = with_answers(BINTA, (("x", "R1 Le silence. #UnionsPrécoces"), ("y", "Parler.")))
    chat = replace(CHAT, people=(binta, with_answer(AWA, "y", "La loi.")))
    rows = [asked("x", 1, 5)]
    assert [one.text for one in ready_answers(chat, rows, NETWORK)] == ["Le silence."]
    rows.append(asked("y", 2, 12))
    ready = ready_answers(chat, rows, NETWORK)
    assert [(one.guest.name, one.number) for one in ready] == [
        ("Binta", 2),
        ("Awa", 2),
        ("Binta", 1),
    ]
    rows.append(
        asked("y", 2, 13, id="g", kind=PostKind.GUEST_ANSWER, state=PostState.DUE, guest_id="b")
    )
    ready = ready_answers(chat, rows, NETWORK)
    assert [(one.guest.name, one.number) for one in ready] == [("Awa", 2), ("Binta", 1)]
    assert ready_answers(chat, [asked("x", 1, 5, state=PostState.PLANNED)], NETWORK) == ()


def test_who_has_declined_or_has_no_name_answers_nothing() -> None:
    for changes in ({"invitation": Invitation.DECLINED}, {"name": " "}):
        chat = replace(CHAT, people=(replace(with_answer(BINTA, "x", "Oui"), **changes),))
        assert ready_answers(chat, [asked("x", 1, 5)], NETWORK) == ()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_reminder_gives_the_answer_as_it_is_posted(language: str) -> None:
    chat = replace(CHAT, people=(with_answer(AWA, "y", "La loi."),))
    (ready,) = ready_answers(chat, [asked("y", 2, 5)], NETWORK)
    text = your_turn(chat, ready, load_texts(language))
    assert text.splitlines()[-1] == f"{'R' if language == 'fr' else 'A'}2 La loi. #UnionsPrécoces"
    assert "Awa" in text


@pytest.mark.parametrize("way", [way for way in ReachedBy if way])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_post_says_how_an_answer_came(language: str, way: ReachedBy) -> None:
    texts = load_texts(language)
    guest = replace(BINTA, reached_by=way)
    said = texts.messages[f"word.via_{way}"]
    assert said.strip(" ,") in answer_post(CHAT, guest, 1, "Oui", texts)
    assert said not in answer_post(CHAT, BINTA, 1, "Oui", texts)
