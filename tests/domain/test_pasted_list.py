"""A list of questions as it comes from Word, a message or an e-mail."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.pasted_list import LONGEST_LIST, questions_in, without_mark

TWO = ("Que vit-on ?", "Qui peut agir ?")


@pytest.mark.parametrize(
    "text",
    [
        "1. Que vit-on ?\n2. Qui peut agir ?",
        "1.\tQue vit-on ?\r\n2.\tQui peut agir ?\r\n",
        "1) Que vit-on ?\n\n2) Qui peut agir ?",
        "1- Que vit-on ?\n2- Qui peut agir ?",
        "1 – Que vit-on ?\n2 – Qui peut agir ?",
        "(1) Que vit-on ?\n(2) Qui peut agir ?",
        "1°) Que vit-on ?\n2°) Qui peut agir ?",
        "Q1 1. Que vit-on ?\nQ2 2. Qui peut agir ?",
        "Q1. Que vit-on ?\nQ2. Qui peut agir ?",
        "Q1 : Que vit-on ?\nQ2 : Qui peut agir ?",
        "Question 1 : Que vit-on ?\nQuestion 2 : Qui peut agir ?",
        "• Que vit-on ?\n• Qui peut agir ?",
        "\uf0b7\tQue vit-on ?\n\uf0b7\tQui peut agir ?",
        "o\tQue vit-on ?\no\tQui peut agir ?",
        "– Que vit-on ?\n– Qui peut agir ?",
        "- Que vit-on ?\n- Qui peut agir ?",
        "a) Que vit-on ?\nb) Qui peut agir ?",
        "Que vit-on ?\nQui peut agir ?",
        "Que vit-on ?\vQui peut agir ?",
        "Que\nvit-on ?\nQui peut\nagir ?",
        "1. Que\nvit-on ?\n2. Qui peut\nagir ?",
        "Nos questions :\n1. Que vit-on ?\n2. Qui peut agir ?",
        "Nos questions :\nQue vit-on ?\nQui peut agir ?",
        "1. Que vit-on ? 2. Qui peut agir ?",
        "Nos questions : 1. Que vit-on ? 2. Qui peut agir ?",
        "Questions pour notre tchat\n1.\tQue vit-on ?\n2.\tQui peut agir ?",
        "Questions pour notre tchat\nQue vit-on ?\nQui peut agir ?",
        "Questions pour notre tchat\nDu 11 octobre\n• Que vit-on ?\n• Qui peut agir ?",
        "Question n° 1 : Que vit-on ?\nQuestion n°2 : Qui peut agir ?",
        "Q1/ Que vit-on ?\nQ2/ Qui peut agir ?",
        "1️⃣ Que vit-on ?\n2️⃣ Qui peut agir ?",
        "👉 Que vit-on ?\n👉 Qui peut agir ?",
        "☐ Que vit-on ?\n[ ] Qui peut agir ?",
        "a.\tQue vit-on ?\nb.\tQui peut agir ?",
        "i)\tQue vit-on ?\nii)\tQui peut agir ?",
        "1. « Que vit-on ? »\n2. “Qui peut agir ?”",
        "«\u00a0Que vit-on ?\u00a0»\n«\u202fQui peut agir ?\u202f»",
    ],
    ids=repr,
)
def test_a_list_is_several_questions(text: str) -> None:
    assert questions_in(text) == TWO


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Que vit-on ?",
        "1. Que vit-on ?",
        "Une phrase.\nUne autre, sans question.",
        "Que vit-on ?\nRacontez-nous.",
        "En 2026, 12 filles sur 100 étaient mariées. Pourquoi ?",
        "-5 % : pourquoi ?",
        "1. Que vit-on ? 3. Qui peut agir ?",
        "2. Que vit-on ? 1. Qui peut agir ?",
        "Nos questions :\nQue vit-on ?",
        "Que vit-on ?\nNos questions :\n",
        "\n\n",
    ],
    ids=repr,
)
def test_what_is_no_list_stays_as_it_is(text: str) -> None:
    assert questions_in(text) == ()


def test_a_heading_goes_only_where_it_opens_the_list() -> None:
    assert questions_in("Que vit-on ?\nEt :\nQui peut agir ?") == (
        "Que vit-on ?",
        "Et : Qui peut agir ?",
    )
    assert questions_in("Que\nvit-on :\nici ?\nQui peut agir ?") == (
        "Que vit-on : ici ?",
        "Qui peut agir ?",
    )
    assert questions_in("Bonjour,\n1. Que vit-on\n2. Qui peut agir") == ()


def test_a_list_is_read_up_to_forty_questions_and_its_longest_length() -> None:
    assert len(questions_in("Quoi ?\n" * 40)) == 40
    assert questions_in("Quoi ?\n" * 41) == ()
    text = "1. Que vit-on ?\n2. Qui peut agir ?"
    assert questions_in(text.ljust(LONGEST_LIST)) == TWO
    assert questions_in(text.ljust(LONGEST_LIST + 1)) == ()


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("1. Que vit-on ?", "Que vit-on ?"),
        ("Q1 1. Que vit-on ?", "Que vit-on ?"),
        ("• Que vit-on ?", "Que vit-on ?"),
        ("12 filles sur 100 : pourquoi ?", "12 filles sur 100 : pourquoi ?"),
        ("2026 : que faire ?", "2026 : que faire ?"),
        ("Quoi faire ?", "Quoi faire ?"),
        ("Question de droit : qui décide ?", "Question de droit : qui décide ?"),
        ("« Que vit-on ? »", "Que vit-on ?"),
        ("Que dit « la loi » ?", "Que dit « la loi » ?"),
        ("« Non » ou « oui » ?", "« Non » ou « oui » ?"),
        ("A. Diop dit quoi ?", "A. Diop dit quoi ?"),
        ("-", "-"),
        ("1.", "1."),
        ("", ""),
    ],
)
def test_the_number_or_bullet_goes_and_nothing_else(text: str, bare: str) -> None:
    assert without_mark(text) == bare


@given(st.text(max_size=300))
def test_anything_pasted_is_a_list_or_not(text: str) -> None:
    found = questions_in(text)
    assert found == () or (len(found) > 1 and all(found))


@pytest.mark.parametrize("piece", ["1. ", "• ", "Q1 ", "?\n", "1", " ", "\n", "a? 1. "])
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    start = time.thread_time()
    for _turn in range(5):
        questions_in((piece * LONGEST_LIST)[:LONGEST_LIST])
    assert time.thread_time() - start < 1
