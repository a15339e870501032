"""The page for a funder: one sheet whatever the texts, read by poppler, and nobody hidden in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from tchat_desktop.adapters.exports.funder_page import funder_sheet
from tchat_desktop.domain.chat import Chat, FunderDraft, Question, RecapDraft
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.documented import Dossier
from tchat_desktop.domain.editions import Edition
from tchat_desktop.domain.funder_sheet import FunderSheet, sheet_words
from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.report import build_report, edition_of
from tchat_desktop.ui.visuals.funder import funder_pdf, funder_picture
from tests.adapters.exports.sample import START, STATIONERY, chat, crowd, post, row, rows
from tests.fakes.network import NETWORK

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is missing"),
]

FUNDER = FunderDraft(
    "la Fondation des Deux Rives", "Trois écoles ont demandé le guide.", "Awa, awa@example.org"
)
LONG = "une phrase qui ne finit pas et qui recommence " * 40
HOSTILE = ("<b>gras</b> & \"'", "=1+1\x00\ud800", "\u202egauche", "x" * 3000, "أمينة " * 200, LONG)


def sheet_of(
    told: Chat,
    posts: list[FeedPost] | None = None,
    asked: list[OutboxPost] | None = None,
    *,
    former: tuple[Edition, ...] = (),
    spent: float = 0.0,
    simulated: bool = False,
) -> FunderSheet:
    found = crowd() if posts is None else posts
    sent = rows() if asked is None else asked
    report = build_report(told, found, sent, NETWORK, former=former, spent_cents=spent)
    return funder_sheet(Dossier(told, report, tuple(found), tuple(sent), simulated), STATIONERY)


def logo() -> QImage:
    image = QImage(300, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("#0b7a75"))
    return image


def read(sheet: FunderSheet, folder: Path) -> tuple[int, str]:
    """The number of pages, and the words without the marks that say which way they go."""
    path = folder / "page.pdf"
    path.write_bytes(funder_pdf(sheet, logo()))
    about, text = (
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for command in (["pdfinfo", str(path)], ["pdftotext", str(path), "-"])
    )
    assert "A4" in about
    pages = re.search(r"Pages:\s+(\d+)", about)
    assert pages is not None
    return int(pages[1]), re.sub("[\u200e\u200f\u202a-\u202e]", "", " ".join(text.split()))


def sizes(path: Path) -> set[float]:
    """The sizes of the letters of a PDF, in points."""
    found = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-zoom", "1", "-stdout", str(path)],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return {float(size) for size in re.findall(r'<fontspec [^>]*size="([0-9.]+)"', found)}


def before(told: Chat) -> Edition:
    shift = timedelta(days=-90)
    posts = [
        replace(one, post=replace(one.post, created_at=one.post.created_at + shift))
        for one in crowd()[:90]
    ]
    return edition_of(replace(told, id="b", starts_at=START + shift), posts, rows()[:5], NETWORK)


def test_the_page_says_all_a_funder_asks(tmp_path: Path) -> None:
    told = chat(funder=FUNDER, hoped_participants=30, hoped_replies=400)
    pages, text = read(sheet_of(told, former=(before(told),), spent=260), tmp_path)

    assert pages == 1
    for words in (
        "Filles d’abord", "Pour la Fondation des Deux Rives",
        "Mariage des enfants\u202f: agir à Dakar",
        "samedi 5 décembre 2026", "#UnionsPrécoces", "Trois écoles ont demandé le guide.",
        "48", "participant·es", "Objectif\u202f: 30", "328", "et 7 de l’organisation",
        "Objectif\u202f: 400", "Le moment le plus animé\u202f: 20\u00a0h\u00a012, 15 messages.",
        "Q4 Que devient l’école", "2026-09-06", "328 messages viennent de X",
        "2,60\u00a0$ US au plus", "Awa, awa@example.org, @fillesdabord_ex", "x.com/",
        "ne sont comptés nulle part",
    ):  # fmt: skip
        assert " ".join(words.split()) in text


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_the_page_is_in_the_language_the_funder_reads(language: str, tmp_path: Path) -> None:
    told = chat(funder=replace(FUNDER, language=language), hoped_participants=30)
    posts = [replace(one, post=replace(one.post, reposts=int(number == 7))) for number, one in
             enumerate(crowd())]  # fmt: skip
    sheet = sheet_of(told, posts, former=(before(told),) * 3, spent=260)
    pages, text = read(sheet, tmp_path)
    written = " ".join(sheet_words(sheet))

    labels = STATIONERY.labels(language)
    assert pages == 1
    assert (sheet.language, sheet.right_to_left) == (language, language == "ar")
    assert labels("sheet_method") in sheet_words(sheet)[-3]
    for said in (labels("sheet_also"), labels("sheet_shared"), "x.com/prof_exemple/status/"):
        # Of joined letters a PDF keeps the shapes.
        assert " ".join(said.split()) in (text if said.isascii() or language != "ar" else written)
    assert min(sizes(tmp_path / "page.pdf")) >= 9
    assert (labels("sheet_other_language") in " ".join(sheet_words(sheet))) is (language != "fr")
    # What was written stays as it was written.
    assert "À quel âge les filles se marient-elles" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_it_is_one_page_whatever_is_written(text: str, tmp_path: Path) -> None:
    told = chat(
        topic=text,
        organisation=text,
        funder=FunderDraft(text, text, text),
        questions=tuple(Question(f"q{number}", text) for number in range(1, 15)),
        recap=RecapDraft(),
    )
    asked = [
        replace(
            row(1, 4 + number),
            id=f"r{number}",
            slot=f"q:q{number}",
            question_id=f"q{number}",
            number=number,
            text=text,
        )
        for number in range(1, 15)
    ]
    posts = [post(number, number % 6, text, question_id="q1") for number in range(9)]
    sheet = sheet_of(told, posts, asked, former=(before(told),) * 5, simulated=True)
    pages, found = read(sheet, tmp_path)

    assert pages == 1
    assert min(sizes(tmp_path / "page.pdf")) >= 9
    assert " ".join(STATIONERY.labels("fr")("rehearsal").split()) in found
    if len(text) > 300:
        assert "…" in found


def test_without_anything_it_says_so(tmp_path: Path) -> None:
    pages, text = read(sheet_of(Chat("c"), [], []), tmp_path)
    assert pages == 1
    assert STATIONERY.labels("fr")("curve_none") in text
    assert STATIONERY.labels("fr")("sheet_free") in text


def test_who_is_hidden_or_leaves_a_doubt_is_not_quoted() -> None:
    posts = [
        post(1, 5, "R1 Chez nous on attend.", question_id="q1"),
        post(2, 1, "R1 Papa de trois filles le sait.", question_id="q1"),
        post(3, 2, "R1 Aminata, 12 ans, a quitté l’école.", question_id="q1"),
        post(4, 3, "à taire", hidden=True),
        post(5, 3, "R2 La loi.", question_id="q2", starred=False),
    ]
    told = chat(funder=FUNDER, recap=RecapDraft(hidden_authors=("papa3_ex",)))
    sheet = sheet_of(told, posts)

    assert [one.text for one in sheet.quotes] == ["[…] le sait."]
    assert "papa" not in " ".join(sheet_words(sheet)).lower()


def test_three_people_are_quoted_rather_than_one_three_times() -> None:
    posts = [post(number, 1, question_id=f"q{number}") for number in range(1, 5)]
    posts += [post(8, 3, question_id="q1"), post(9, 4)]
    sheet = sheet_of(chat(), posts)
    assert len({one.who.split(",")[0] for one in sheet.quotes}) == 3


def test_who_chooses_the_quotes_has_them_in_that_order_and_no_others() -> None:
    posts = [post(number, number, question_id=f"q{number}") for number in range(1, 6)]
    ids = [one.post.id for one in posts]
    told = chat(funder=replace(FUNDER, quotes=(ids[3], ids[1])))
    assert [one.post_id for one in sheet_of(told, posts).quotes] == [ids[3], ids[1]]
    assert [one.post_id for one in sheet_of(told, posts).quotable] == ids

    # Whoever is hidden since is not quoted, though chosen; without anybody left it is proposed.
    hidden = RecapDraft(hidden_authors=("nosfilles_ex",))
    assert [one.post_id for one in sheet_of(replace(told, recap=hidden), posts).quotes] == [ids[1]]
    alone = replace(told, recap=hidden, funder=replace(FUNDER, quotes=(ids[3],)))
    assert len(sheet_of(alone, posts).quotes) == 3


def test_the_most_shared_are_told_by_their_address_and_none_that_leaves_a_doubt() -> None:
    times = {1: 5, 2: 17, 3: 40}
    posts = [
        post(1, 1, "R1 La loi."), post(2, 2, "R1 Le maire."),
        post(3, 3, "R1 Aminata, 12 ans, a quitté l’école."),
    ]  # fmt: skip
    posts = [replace(one, post=replace(one.post, reposts=times[number])) for number, one in
             enumerate(posts, 1)]  # fmt: skip
    shared = sheet_of(chat(), posts).shared
    assert shared is not None
    assert [re.sub("[\u2068\u2069]", "", line) for line in shared.lines] == [
        "17 reposts · x.com/sagefemme_ex/status/1000000000000002",
        "5 reposts · x.com/prof_exemple/status/1000000000000001",
    ]
    assert sheet_of(chat(), crowd()).shared is None


def test_a_person_shown_by_initials_is_led_to_by_nothing_else() -> None:
    told = chat(recap=RecapDraft(initialled_authors=("moussa_ex",)))
    (quote,) = sheet_of(told, [post(1, 3, "R1 Oui.", question_id="q1")]).quotes
    assert quote.who == "M. B."
    assert quote.address == ""


def test_a_rehearsal_says_so_and_leads_nowhere() -> None:
    sheet = sheet_of(chat(), simulated=True)
    assert sheet.banner
    assert not {one.address for one in sheet.quotes} - {""}


def test_what_is_shown_is_what_is_saved(tmp_path: Path) -> None:
    sheet = sheet_of(chat(funder=FUNDER))
    image = funder_picture(sheet, logo(), 420)
    path = tmp_path / "page.pdf"
    path.write_bytes(funder_pdf(sheet, logo()))
    subprocess.run(
        ["pdftoppm", "-png", "-singlefile", "-scale-to-x", "420", "-scale-to-y", "594", str(path),
         str(tmp_path / "page")], check=True,
    )  # fmt: skip
    printed = QImage(str(tmp_path / "page.png"))
    assert (image.width(), image.height()) == (printed.width(), printed.height())
    differing = sum(
        abs(image.pixelColor(x, y).lightness() - printed.pixelColor(x, y).lightness()) > 120
        for x in range(0, 420, 2)
        for y in range(0, 594, 2)
    )
    assert differing < 0.02 * 210 * 297
