"""The curves as pictures: alone, harmless, in words too, and with a table beside."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage

from tchat_desktop.adapters.exports.curves import (
    curves_page,
    minutes_svg,
    questions_svg,
    write_pictures,
)
from tchat_desktop.domain.chat import Chat, RecapDraft
from tchat_desktop.domain.documented import Dossier
from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.domain.report import ChatReport, build_report
from tchat_desktop.ui.visuals.from_svg import png_of
from tests.adapters.exports.html_check import Page
from tests.adapters.exports.sample import STATIONERY, chat, crowd, row, rows
from tests.fakes.network import NETWORK

pytestmark = pytest.mark.usefixtures("qapp")

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script> & \"' \x00\ud800 أمينة " + "très long " * 60


def dossier(told: Chat, *, simulated: bool = False) -> Dossier:
    posts, asked = crowd(), rows()
    report = build_report(told, posts, asked, NETWORK)
    return Dossier(told, report, tuple(posts), tuple(asked), simulated)


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_a_picture_is_whole_and_says_what_it_shows(language: str) -> None:
    figures, labels = dossier(chat()).figures, STATIONERY.labels(language)
    for drawing, title in (
        (minutes_svg(figures, "Africa/Dakar", labels), labels("per_minute")),
        (questions_svg(figures, labels), labels("per_question")),
    ):
        root = ElementTree.fromstring(drawing)
        assert root.findtext(f"{SVG}title") == title
        assert root.findtext(f"{SVG}desc")
        width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
        for text in root.iter(f"{SVG}text"):
            assert 0 < float(text.attrib["x"]) < width
            assert 0 < float(text.attrib["y"]) < height
        image = QImage.fromData(png_of(drawing))
        assert (image.width(), image.height()) == (width, height)


def test_the_words_of_the_picture_have_every_number() -> None:
    figures, labels = dossier(chat()).figures, STATIONERY.labels("fr")
    root = ElementTree.fromstring(questions_svg(figures, labels))
    described = root.findtext(f"{SVG}desc") or ""
    for one in figures.questions:
        assert one.text.replace("\u00a0", " ") in described.replace("\u00a0", " ")
        assert described.count(f": {one.replies}") + described.count(f"\u202f: {one.replies}")


@pytest.mark.parametrize("text", [HOSTILE, "x" * 2000, "كم عمر الفتيات؟ " * 40, ""])
def test_no_question_can_break_out_of_a_picture(text: str) -> None:
    figures = dossier(chat()).figures
    spoilt = replace(figures, questions=tuple(replace(one, text=text) for one in figures.questions))
    for language in ("fr", "ar"):
        drawing = questions_svg(spoilt, STATIONERY.labels(language))
        root = ElementTree.fromstring(drawing)
        assert not [one for one in root.iter() if one.tag.removeprefix(SVG) in ("script", "image")]
        assert not re.search(r"href|url\(|javascript|\bon\w+=", re.sub(r">[^<]*<", "><", drawing))
        assert QImage.fromData(png_of(drawing)).height() < 4000


def test_without_posts_there_is_no_picture_and_a_page_that_says_so(tmp_path: Path) -> None:
    empty = Dossier(Chat("c"), ChatReport())
    path = write_pictures(empty, tmp_path / "a.zip", STATIONERY, png_of)
    with zipfile.ZipFile(path) as archive:
        (name,) = archive.namelist()
        assert STATIONERY.labels("fr")("curve_none") in archive.read(name).decode()


def test_the_archive_holds_both_forms_and_the_tables(tmp_path: Path) -> None:
    path = write_pictures(dossier(chat()), tmp_path / "a.zip", STATIONERY, png_of)
    with zipfile.ZipFile(path) as archive:
        names = sorted(archive.namelist())
        assert archive.testzip() is None
        assert archive.read("minutes.png").startswith(b"\x89PNG")
    assert names == [
        "images-et-tableaux.html", "minutes.png", "minutes.svg", "questions.png", "questions.svg",
    ]  # fmt: skip


def test_the_page_has_each_number_in_a_table_and_loads_nothing() -> None:
    made = dossier(chat())
    page = curves_page(made, STATIONERY)
    read = Page(page)
    words = " ".join(read.visible.split())
    for one in made.figures.questions:
        assert f"{one.text}{one.replies}".replace("\u00a0", " ") in words.replace("\u00a0", " ")
    assert read.faults == []
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert "<script" not in page
    assert len(page) < 150_000


def test_who_is_hidden_is_in_none_of_it() -> None:
    told = chat(topic="Avec Papa de trois filles", recap=RecapDraft(hidden_authors=("papa3_ex",)))
    posts = crowd()
    asked = [row(1, 5, text="Q1 Papa de trois filles a-t-il raison ? #UnionsPrécoces")]
    report = build_report(told, posts, asked, NETWORK)
    page = curves_page(Dossier(told, report, tuple(posts), tuple(asked)), STATIONERY)
    assert "papa" not in page.lower()


def test_a_rehearsal_is_called_one() -> None:
    page = curves_page(dossier(chat(), simulated=True), STATIONERY)
    assert STATIONERY.labels("fr")("rehearsal") in page


@pytest.mark.parametrize("minutes", [(0, 1, 2, 3, 4, 5, 6), (53, 54, 55, 56, 57, 58, 59)])
def test_names_of_questions_asked_close_together_stand_on_their_lines_and_do_not_touch(
    minutes: tuple[int, ...],
) -> None:
    asked = [row(number, minute) for number, minute in enumerate(minutes, 1)]
    report = build_report(chat(), crowd(), asked, NETWORK)
    drawn = minutes_svg(report.figures, "UTC", STATIONERY.labels("fr"))
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>(Q\d)<', drawn)
    places = {name: (float(x), float(y)) for x, y, name in found}
    # Each at its minute: 1104 of the 1200 units are an hour.
    assert {name: x for name, (x, _y) in places.items()} == pytest.approx(
        {f"Q{number}": 48 + 1104 * minute / 60 for number, minute in enumerate(minutes, 1)}, abs=1
    )
    for name, (x, y) in places.items():
        for other, (beside, on) in places.items():
            assert name == other or y != on or abs(x - beside) > 40
    lowest = max(y for _x, y in places.values())
    joined = set(re.findall(r'<path d="M([\d.]+) [\d.]+V', drawn))
    assert {f"{x:.1f}" for x, y in places.values() if y < lowest} <= joined


def test_words_of_another_language_go_their_own_way() -> None:
    report = build_report(chat(language="ar"), crowd(), rows(), NETWORK)
    drawn = questions_svg(report.figures, STATIONERY.labels("ar"))
    assert re.search(r'text-anchor="end">Q1 À quel âge', drawn)
    assert 'text-anchor="end" font-weight="bold">\u2067\u200f' in drawn, "the title is Arabic"
