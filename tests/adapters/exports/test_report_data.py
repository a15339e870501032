"""Everything a chat left: one archive of tables, and JSON in the form that is documented."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tchat_desktop.adapters.exports.report_archive import write_archive
from tchat_desktop.adapters.exports.report_json import report_json
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.chat import Chat, Invitation, Person, RecapDraft, Role
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.documented import Dossier, documented, everything_said
from tchat_desktop.domain.figures import count
from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.domain.report import build_report
from tests.adapters.exports.sample import START, STATIONERY, chat, crowd, post, row, rows
from tests.fakes.network import NETWORK
from tests.work_time import work_time

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "report.schema.json").read_text("utf-8"))
HOSTILE = (
    "=HYPERLINK(\"http://x\")", "@SUM(A1)", "<script>alert(1)</script>", "a;b\n\"c\"", "\ud800\x00",
    "أمينة \u200fديالو", "-2+3",
)  # fmt: skip


def dossier(
    told: Chat, posts: list[FeedPost], asked: list[OutboxPost], *, simulated: bool = False
) -> Dossier:
    report = build_report(told, posts, asked, NETWORK)
    return Dossier(told, report, tuple(posts), tuple(asked), simulated)


def read(made: Dossier) -> dict[str, Any]:
    mask = NameMask.over(made.chat, made.posts, NETWORK)
    content: dict[str, Any] = json.loads(report_json(made, documented(made, NETWORK), mask))
    Draft202012Validator(SCHEMA).validate(content)
    return content


def test_the_json_is_of_the_documented_form_and_adds_up() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    content = read(dossier(chat(), crowd(), rows()))
    figures = content["figures"]

    assert (content["format"], content["version"]) == ("tchat-report", 1)
    assert len(content["posts"]) == figures["posts"] == 335
    assert sum(one["by"] == "organisation" for one in content["posts"]) == figures["own_posts"]
    named = content["participants"]["named"]
    assert len(named) == figures["participants"] == 48
    assert sum(one["posts"] for one in named) == figures["public_posts"]
    around = figures["before"] + figures["after"]
    assert sum(content["minutes"]["public_posts"]) + around == figures["public_posts"]
    assert sum(one["replies"] for one in content["questions"]) == figures["replies"]


GOLDEN = Path(__file__).with_name("golden") / "report.json"


def test_a_small_report_is_as_it_was_read() -> None:
    """What stands in `golden` was looked at by somebody: look again before you change it."""
    told = chat(hoped_participants=30, questions=chat().questions[:1])
    shared = post(2, 1, "R1 Où trouver de l’aide ?", 6, question_id="q1")
    shared = replace(shared, post=replace(shared.post, reposts=12))
    own = post(3, 1, "Merci Filles d’abord !", 5)
    own = replace(own, post=replace(own.post, author="fillesdabord_ex", author_name="F"))
    made = dossier(told, [shared, own, post(4, 3, "Oui !", 61)], rows()[:1])
    read(made)
    mask = NameMask.over(told, made.posts, NETWORK)
    assert report_json(made, documented(made, NETWORK), mask) == GOLDEN.read_bytes()


def test_what_is_told_beside_the_figures_adds_up_with_them() -> None:
    content = read(dossier(chat(hoped_participants=30, hoped_replies=400), crowd(), rows()))
    figures = content["figures"]
    assert sum(one["posts"] for one in content["languages"]) == figures["public_posts"]
    collected = content["collected"]
    by = sum(collected[key] for key in ("from_x", "by_hand", "for_guests"))
    assert by == figures["public_posts"]
    assert content["about_the_organisation"]["of"] == figures["own_posts"]
    assert content["goals"] == [
        {"measure": "participants", "hoped": 30, "came": figures["participants"]},
        {"measure": "replies", "hoped": 400, "came": figures["replies"]},
    ]
    assert content["public_questions"]["answered"] <= content["public_questions"]["asked"]


def test_of_a_rehearsal_the_most_shared_lead_nowhere() -> None:
    shared = post(2, 1)
    shared = replace(shared, post=replace(shared.post, reposts=12))
    (one,) = read(dossier(chat(), [shared], rows(), simulated=True))["most_shared"]
    assert (one["id"], one["url"], one["reposts"]) == (None, None, 12)


def test_texts_of_others_are_not_passed_on_and_their_links_are() -> None:
    adja = Person("off", Role.GUEST, "Adja", no_account=True, invitation=Invitation.ACCEPTED)
    told = chat(people=(adja,))
    given = row(
        2, 9, id="g", slot="g", guest_id="off", guest_name="Adja", kind=PostKind.GUEST_ANSWER,
        text="R2 Chez nous, les tantes.", url="https://x.com/fillesdabord_ex/status/300000000000",
    )  # fmt: skip
    public, question, guest = read(dossier(told, [post(1, 1, minute=2)], [row(1, 4), given]))[
        "posts"
    ]

    assert public["text"] is None
    assert public["url"] == "https://x.com/prof_exemple/status/1000000000000001"
    assert public["id"] == "1000000000000001"
    assert public["posted_at"] == "2026-12-05T20:02:00Z"
    assert (question["by"], question["question"]) == ("organisation", 1)
    assert question["text"].startswith("Q1 ")
    assert question["id"] == "2000000000000001"
    assert (guest["by"], guest["text"]) == ("guest", "R2 Chez nous, les tantes.")
    assert guest["id"] == "300000000000"


def test_who_is_hidden_has_neither_name_nor_link_nor_time_in_it() -> None:
    told = chat(recap=RecapDraft(hidden_authors=("papa3_ex",), masked_words=("Kolda",)))
    asked = [row(1, 5, text="Q1 Papa de trois filles @papa3_ex, à Kolda ? #UnionsPrécoces")]
    content = read(dossier(told, [post(1, 5), post(2, 1)], asked))
    text = json.dumps(content, ensure_ascii=False).lower()

    assert "papa" not in text
    assert "kolda" not in text
    hidden = next(one for one in content["posts"] if one["by"] == "public" and not one["account"])
    for key in ("id", "url", "name", "posted_at", "reposts", "text"):
        assert hidden[key] is None
    assert content["participants"]["unnamed"] == {"people": 1, "posts": 1}


def test_hidden_posts_and_confidences_are_nowhere() -> None:
    posts = [post(1, 1, "à taire", hidden=True), post(2, 2, "dit tout bas", confided=True)]
    content = read(dossier(chat(), posts, []))
    assert content["posts"] == []
    assert content["figures"]["posts"] == 0


def test_a_rehearsal_says_so_and_leads_nowhere() -> None:
    content = read(dossier(chat(), [post(1)], rows(), simulated=True))
    assert content["rehearsal"] is True
    assert {one["url"] for one in content["posts"]} == {None}


def test_an_hour_of_which_nothing_is_left_is_documented_all_the_same(tmp_path: Path) -> None:
    empty = dossier(Chat("c"), [], [])
    content = read(empty)
    assert content["chat"]["starts_at"] is None
    assert content["posts"] == []
    write_archive(empty, tmp_path / "a.zip", STATIONERY)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert len(archive.namelist()) == 8


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_the_archive_has_one_table_a_file(language: str, tmp_path: Path) -> None:
    told = chat(language=language, topic=HOSTILE[0], organisation=HOSTILE[2])
    posts = crowd()
    for place, said in enumerate(HOSTILE):
        posts[place] = replace(
            posts[place], post=replace(posts[place].post, text=said, author_name=said, reposts=9)
        )
    made = dossier(told, posts, rows())
    path = write_archive(made, tmp_path / "données.zip", STATIONERY)

    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        tables = [archive.read(name) for name in names if name.endswith(".csv")]
        content = json.loads(archive.read("tchat-report.json"))
    assert len(set(names)) == 8
    assert len(tables) == 6
    for table in tables:
        lines = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";"))
        assert {len(line) for line in lines} == {len(lines[0])}
        assert not any(cell.lstrip()[:1] in tuple("=+-@＝") and cell for line in lines
                       for cell in line)  # fmt: skip
    Draft202012Validator(SCHEMA).validate(content)
    assert [one.name for one in tmp_path.iterdir()] == ["données.zip"]


def test_many_posts_are_written_in_seconds(tmp_path: Path) -> None:
    model = [post(number, number % 6, "R1 Oui.", question_id="q1") for number in range(6)]
    posts = [
        replace(
            model[number % 6],
            starred=False,
            post=replace(
                model[number % 6].post,
                id=str(10**15 + number),
                author=f"voix{number % 900}_ex",
                created_at=START + timedelta(seconds=number % 3600),
            ),
        )
        for number in range(20_000)
    ]
    made = dossier(chat(), posts, rows())
    began = work_time()
    path = write_archive(made, tmp_path / "a.zip", STATIONERY)
    taken = work_time() - began
    with zipfile.ZipFile(path) as archive:
        written = archive.read("tchat-report.json")
    assert written.count(b'"by": ') == 20_007
    assert taken < 20, f"{taken:.1f} s of work"


def test_everything_said_is_as_much_as_is_counted() -> None:
    asked = [*rows(), row(1, 4, id="again")]
    for told in (chat(), chat(account=""), chat(account="", organisation="")):
        figures = count(told, crowd(), asked, NETWORK)
        assert len(everything_said(told, crowd(), asked, NETWORK)) == figures.posts
