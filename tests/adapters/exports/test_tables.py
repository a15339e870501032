"""Figures and posts as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.adapters.exports.figures_csv import (
    FORMULA_STARTS,
    GUARD,
    figures_csv,
    inert,
    minutes_csv,
    people_csv,
    posts_csv,
    questions_csv,
    shared_csv,
)
from tchat_desktop.adapters.exports.stationery import clean
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.chat import Chat, RecapDraft
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.documented import Dossier, documented
from tchat_desktop.domain.figures import count
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.report import ChatReport, build_report
from tests.adapters.exports.sample import STATIONERY, chat, crowd, post, row, rows
from tests.fakes.network import NETWORK

MARK = b"\xef\xbb\xbf"


def read(content: bytes, delimiter: str = ";") -> list[list[str]]:
    assert content.startswith(MARK)
    return list(
        csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    )


def people(told: Chat, posts: list[FeedPost], asked: list[OutboxPost]) -> bytes:
    """The table of who took part."""
    made = Dossier(told, ChatReport(), tuple(posts), tuple(asked))
    mask = NameMask.over(told, posts, NETWORK)
    return people_csv(documented(made, NETWORK), mask, STATIONERY.labels("fr"), STATIONERY)


def figures_of(
    told: Chat, posts: list[FeedPost], asked: list[OutboxPost], **changes: object
) -> list[list[str]]:
    """The table of the figures."""
    report = replace(build_report(told, posts, asked, NETWORK), **changes)
    return read(figures_csv(told, report, STATIONERY))


def test_the_figures_as_a_table() -> None:
    told = chat()
    counted = count(told, crowd(), rows(), NETWORK, former_authors=[])
    report = replace(build_report(told, crowd(), rows(), NETWORK), figures=counted)
    content = figures_csv(told, report, STATIONERY)
    table = [line[:2] for line in read(content)]

    assert ["Participant·es (sans le compte organisateur)", "48"] in table
    assert ["Dont nouvelles voix", "48"] in table
    assert ["Questions posées", "7"] in table
    assert b"\r\n" in content
    asked = read(questions_csv(told, counted, STATIONERY))
    assert asked[:2] == [["Question", "Texte", "Réponses"], ["Q1", told.questions[0].text, "47"]]
    minutes = read(minutes_csv(told, counted, STATIONERY))
    assert ["2026-12-05 20:12", "15"] in minutes
    assert len(minutes) == 1 + len(counted.minutes)


def reposted(number: int, times: int, text: str = "") -> FeedPost:
    item = post(number, 1, text, question_id="q1")
    return replace(item, post=replace(item.post, reposts=times))


GOLDEN = Path(__file__).with_name("golden")


def test_the_small_tables_are_as_they_were_read(tmp_path: Path) -> None:
    """What stands in `golden` was looked at by somebody: look again before you change it."""
    told = chat(hoped_participants=30, questions=chat().questions[:2])
    posts = [
        reposted(1, 3, "R1 La loi existe, et personne ne la connaît."),
        reposted(2, 12, '=HYPERLINK("http://x") R1 Où trouver de l’aide pour ma voisine ?'),
        post(3, 0, "R1 We have to read it with them, and that is what we do.", question_id="q1"),
        post(4, 3, "Oui !"),
        post(5, 5, "à taire", hidden=True),
    ]
    report = build_report(told, posts, rows()[:2], NETWORK, spent_cents=47.5)
    for name, content in (
        ("figures.csv", figures_csv(told, report, STATIONERY)),
        ("most-shared.csv", shared_csv(told, report, STATIONERY)),
    ):
        assert content.decode("utf-8-sig") == (GOLDEN / name).read_bytes().decode("utf-8-sig")


def test_each_count_says_what_it_counts_and_what_was_hoped_for() -> None:
    told = chat(hoped_participants=30, hoped_replies=400)
    table = figures_of(told, crowd(), rows())
    assert all(len(line) == 4 and line[3] for line in table)
    goals = {line[0]: line[1:3] for line in table[1:] if line[2]}
    assert list(goals.values()) == [["48", "30"], ["328", "400"]]


def test_the_languages_add_up_and_say_that_they_may_be_wrong() -> None:
    table = figures_of(chat(), [*crowd(), post(900, 1, "مرحبا بكم جميعا")], rows())
    labels = STATIONERY.labels("fr")
    told = [line for line in table if line[3] == labels("counts_languages")]
    assert sum(int(line[1]) for line in told) == 329
    assert ["Langue\u202f: العربية", "1"] in [line[:2] for line in told]
    assert "erreur" in labels("counts_languages")


def test_a_file_holds_one_table() -> None:
    told, posts, asked = chat(), crowd(), rows()
    counted = count(told, posts, asked, NETWORK, former_authors=[])
    report = build_report(told, posts, asked, NETWORK)
    shared = build_report(told, [reposted(1, 3)], asked, NETWORK)
    for content in (
        figures_csv(told, report, STATIONERY),
        shared_csv(told, shared, STATIONERY),
        questions_csv(told, counted, STATIONERY),
        minutes_csv(told, counted, STATIONERY),
        people(told, posts, asked),
        posts_csv(told, posts, STATIONERY, asked),
    ):
        table = read(content)
        assert len(table) > 1
        assert {len(line) for line in table} == {len(table[0])}


def test_who_took_part_is_a_table_that_adds_up_to_the_figures() -> None:
    told = chat(recap=RecapDraft(hidden_authors=("papa3_ex", "moussa_ex")))
    posts, asked = crowd(), rows()
    counted = count(told, posts, asked, NETWORK)
    table = read(people(told, posts, asked))

    assert table[0] == ["Nom sur X", "Nom affiché", "De la part de", "Messages écrits"]
    assert table[1][:3] == ["ndeye_exemple", "Dr Ndèye Sarr", "Invité·e"]
    assert table[-1][:3] == ["", "2 personnes qui ne sont pas nommées", ""]
    assert sum(int(line[3]) for line in table[1:]) == counted.public_posts
    assert len(table) - 2 + 2 == counted.participants
    assert "papa" not in str(table).lower()


def test_the_posts_of_the_organisation_are_among_them_and_said_to_be_its() -> None:
    told, asked = chat(), rows()
    table = read(posts_csv(told, [post(1, 5)], STATIONERY, asked))
    ours = [line for line in table if line[8] == "Organisation"]

    assert len(ours) == 7
    assert ours[0] == [
        "2026-12-05 20:04", "fillesdabord_ex", "Filles d’abord",
        f"Q1 {told.questions[0].text} #UnionsPrécoces", "Q1", "", "inconnu sans clés",
        "https://x.com/fillesdabord_ex/status/2000000000000001", "Organisation", "",
    ]  # fmt: skip
    assert len(table) - 1 == count(told, [post(1, 5)], asked, NETWORK).posts


def test_a_post_of_ours_that_was_collected_is_there_once() -> None:
    told, asked = chat(), rows()
    collected = post(1)
    collected = replace(
        collected,
        post=replace(collected.post, id=asked[0].remote_id, author="FillesDabord_ex", url=""),
    )
    table = read(posts_csv(told, [collected], STATIONERY, asked))
    assert len(table) - 1 == 7
    assert [line[8] for line in table[1:]] == ["Organisation"] * 7


def test_a_question_without_a_number_is_a_line_without_one() -> None:
    told = chat()
    asked = [one for one in rows() if one.slot != "q:q6"]
    counted = count(told, [post(1, question_id="q6")], asked, NETWORK, former_authors=[])
    table = read(questions_csv(told, counted, STATIONERY))
    assert ["", told.questions[5].text, "1"] in table
    assert not [row for row in table if "Q0" in row]


POINT = replace(STATIONERY, decimal_comma=False)


def test_numbers_and_separators_are_those_of_the_computer() -> None:
    for language in ("fr", "en"):
        for paper, amount, delimiter in ((STATIONERY, "0,475", ";"), (POINT, "0.475", ",")):
            told = chat(language=language)
            report = build_report(told, [], [], NETWORK, spent_cents=47.5)
            table = read(figures_csv(told, report, paper), delimiter)
            assert [row[1] for row in table if "dollars" in "".join(row)] == [amount]
    free = read(figures_csv(told, build_report(told, [], [], NETWORK), POINT), ",")
    assert not [row for row in free if "dollars" in "".join(row)]


def test_the_words_are_those_of_the_posts() -> None:
    told = chat(language="en")
    report = build_report(told, [], [], NETWORK)
    head = ["Measure", "Count", "Goal", "What is counted"]
    assert read(figures_csv(told, report, POINT), ",")[0] == head


def test_reposts_nobody_told_of_are_not_zero() -> None:
    item = post(1, 1, "R1")
    entered = replace(item, post=replace(item.post, author_name=f"@{item.post.author}"))
    told = chat()
    figures = [line[:2] for line in figures_of(told, [entered], [])]
    assert ["Reposts connus au moment du recueil", "inconnu sans clés"] in figures
    rows_ = read(posts_csv(told, [entered, post(2, 1, "R2")], STATIONERY))
    assert [row[6] for row in rows_[1:]] == ["inconnu sans clés", "0"]


def test_the_questions_are_worded_as_they_were_posted() -> None:
    told = chat()
    asked = [row(3, 5, text="Q3 Et la loi, qui la connaît ? #UnionsPrécoces")]
    table = read(questions_csv(told, count(told, [], asked, NETWORK), STATIONERY))
    assert ["Q3", "Et la loi, qui la connaît ?", "0"] in table


@pytest.mark.parametrize(
    "typed",
    [
        "1E5",
        "00221",
        "1_000",
        "mar1",
        "SEPT2",
        "3dec",
        "12/05",
        "20:30",
        "1,5",
        "VRAI",
        "-",
        "2 000",
    ],
)
def test_what_looks_like_a_number_or_a_date_stays_text(typed: str) -> None:
    assert inert(typed) in (f"{GUARD}{typed}", typed if not any(map(str.isdigit, typed)) else "")
    item = post(1, 1)
    told = replace(item, post=replace(item.post, author="1E5", author_name=typed))
    (line,) = read(posts_csv(chat(), [told], STATIONERY))[1:]
    assert line[0] == "2026-12-05 20:19"
    assert line[1] == f"{GUARD}1E5"


def test_what_people_write_has_no_stray_quote() -> None:
    for text in ("@prof_exemple merci (oui)", "- un point", "+1 pour la loi", "prof_exemple"):
        assert not inert(text).startswith("'") or "(" in text
        assert inert(text).endswith(text)


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
    for line in read(posts_csv(chat(), posts, STATIONERY)):
        assert not any(cell.lstrip().startswith(tuple(FORMULA_STARTS)) for cell in line)
    assert inert(typed)[0] in ("'", GUARD)
    assert inert(typed).startswith("'") or not {"=", "＝", "("} & set(typed)


@given(st.text())
def test_every_cell_is_inert_and_keeps_its_words(text: str) -> None:
    safe = inert(text)

    assert not safe.startswith(tuple(FORMULA_STARTS))
    assert safe in (clean(text), f"'{clean(text)}", f"{GUARD}{clean(text)}")


def test_posts_keep_their_lines_and_quotes() -> None:
    text = 'Un "mot" ; deux\nlignes, et #Tag'
    table = read(posts_csv(chat(), [post(3, 1, text, question_id="q2")], STATIONERY))

    assert table[0][:4] == ["Date", "Nom sur X", "Nom affiché", "Texte"]
    assert table[1] == [
        "2026-12-05 20:19", "prof_exemple", "Enseignante, Thiès", text, "Q2", "oui", "0",
        "https://x.com/prof_exemple/status/1000000000000003", "Public", "",
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


def test_a_long_row_of_digits_is_read_in_a_moment() -> None:
    assert inert("1" * 200_000 + "x")
    assert inert("\t" * 200_000)
