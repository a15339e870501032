"""Figures and posts as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.adapters.exports.figures_csv import (
    FORMULA_STARTS,
    figures_csv,
    inert,
    posts_csv,
)
from tchat_desktop.adapters.exports.stationery import clean
from tchat_desktop.domain.chat import RecapDraft
from tchat_desktop.domain.figures import count
from tests.adapters.exports.sample import STATIONERY, chat, crowd, post, rows

MARK = b"\xef\xbb\xbf"


def read(content: bytes, delimiter: str = ";") -> list[list[str]]:
    assert content.startswith(MARK)
    return list(
        csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    )


def test_the_figures_as_a_table() -> None:
    told = chat()
    content = figures_csv(told, count(told, crowd(), rows(), former_authors=[]), STATIONERY)
    table = read(content)

    assert ["Participant·e·s (hors compte organisateur)", "48"] in table
    assert ["Dont vu·e·s pour la première fois", "48"] in table
    assert ["Questions posées", "7"] in table
    assert ["Q1", told.questions[0].text, "47"] in table
    assert [row for row in table if row[:1] == ["2026-12-05 20:12"]] == [["2026-12-05 20:12", "15"]]
    assert b"\r\n" in content


def test_what_the_hour_cost_is_a_number_of_the_language() -> None:
    for language, amount, delimiter in (("fr", "0,475", ";"), ("en", "0.475", ",")):
        told = chat(language=language)
        counted = replace(count(told, [], []), spent_cents=47.5)
        table = read(figures_csv(told, counted, STATIONERY), delimiter)
        assert [row[1] for row in table if "dollars" in "".join(row)] == [amount]
    free = read(figures_csv(told, count(told, [], []), STATIONERY), ",")
    assert not [row for row in free if "dollars" in "".join(row)]


def test_english_parts_cells_by_commas() -> None:
    told = chat(language="en")
    table = read(figures_csv(told, count(told, [], []), STATIONERY), ",")

    assert table[0] == ["Measure", "Count"]


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+33",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "\u200b=1",
        "\ufeff+1",
        "＝1",
        "\n-1",
    ],
)
def test_no_cell_is_a_formula(typed: str) -> None:
    posts = [post(1, text=typed), post(2, 1, "suite")]
    for row in read(posts_csv(chat(), posts, STATIONERY)):
        assert not any(cell.lstrip().startswith(tuple(FORMULA_STARTS)) for cell in row)
    assert inert(typed).startswith("'")


@given(st.text())
def test_every_cell_is_inert_and_keeps_its_words(text: str) -> None:
    safe = inert(text)

    assert not safe.startswith(tuple(FORMULA_STARTS))
    assert safe in (clean(text), f"'{clean(text)}")


def test_posts_keep_their_lines_and_quotes() -> None:
    text = 'Un "mot" ; deux\nlignes, et #Tag'
    table = read(posts_csv(chat(), [post(3, 1, text, question_id="q2")], STATIONERY))

    assert table[0][:4] == ["Date", "Nom sur X", "Nom affiché", "Texte"]
    assert table[1] == [
        "2026-12-05 20:19", "prof_exemple", "Enseignante, Thiès", text, "Q2", "oui", "0",
        "https://x.com/prof_exemple/status/1000000000000003",
    ]  # fmt: skip


def test_hidden_posts_and_people_are_not_in_it() -> None:
    posts = [post(1, 5, "Moi @papa3_ex"), post(2, 1, "à taire", hidden=True), post(3, 2)]
    told = chat(recap=RecapDraft(hidden_authors=("papa3_ex",)))
    content = posts_csv(told, posts, STATIONERY)

    assert b"papa3" not in content
    assert b"Papa" not in content
    assert b"1000000000000001" not in content
    assert "à taire".encode() not in content
    assert len(read(content)) == 3
