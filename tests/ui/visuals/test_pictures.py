"""The announcing pictures: nothing leaves its place, the code is read, the poster is text."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from tchat_desktop.domain.chat import Design, Invitation, Person
from tchat_desktop.domain.texts import When
from tchat_desktop.domain.visuals import SIZES, Shape, Visual, more_guests, visual_of
from tchat_desktop.ui.visuals import rendering
from tchat_desktop.ui.visuals.composing import compose
from tchat_desktop.ui.visuals.questions import HEIGHTS, compose_questions
from tchat_desktop.ui.visuals.sheet import Face, Sheet
from tests.domain.chats import a_chat
from tests.fakes.texts import load_texts

FR = load_texts("fr")
WHEN = When("samedi 5\u00a0décembre 2026", "20\u00a0h", "20\u00a0h à Dakar, 21\u00a0h à Paris")
PLUM = "#4b2e83"
EVERY = [(design, shape) for design in Design for shape in Shape]

pytestmark = pytest.mark.usefixtures("qapp")


def announced(**changes: object) -> Visual:
    return replace(visual_of(a_chat(), FR, WHEN), **changes)  # type: ignore[arg-type]


def guests(count: int) -> tuple[Person, ...]:
    return tuple(
        Person(
            str(n),
            name=f"Docteure Marie-Antoinette Ndiaye-Sarr {n}",
            bio="médecin-cheffe du district sanitaire de Ziguinchor",
            invitation=Invitation.ACCEPTED,
        )
        for n in range(count)
    )


LONG = visual_of(
    a_chat(
        topic="Ensemble contre les mariages précoces et forcés : que peuvent faire les écoles, les "
        "familles et les chefs religieux de nos quartiers, dès la rentrée prochaine ?",
        people=guests(12),
        hashtag="EnsembleContreLesMariagesPrecoces2026",
        organisation="Association nationale pour la scolarisation et la protection des filles",
    ),
    FR,
    replace(
        WHEN,
        hours="20\u00a0h à Dakar, 21\u00a0h à Paris, 22\u00a0h à Kinshasa, 23\u00a0h à "
        "Antananarivo, 16\u00a0h à Montréal",
    ),
)
ODD = {
    "usual": announced(),
    "long": LONG,
    "bare": announced(tag="", join="", link="", organisation="", guests=(), day="", hours=""),
    "one word": announced(title="Anticonstitutionnellement" * 6),
    "emoji": announced(title="👩🏾‍🏫" * 30),
    "Arabic": announced(title="زواج الأطفال: كيف نحمي الفتيات؟", right_to_left=True),
    "empty": announced(title="", kicker="", tag="", join="", link="", guests=(), organisation=""),
    "hostile": announced(title="<b>&amp;</b>\u202e\u0000\n\n\nfin"),
}


class Watched(Sheet):
    """Notes where texts were put."""

    def __init__(self, painter: QPainter, shape: Shape, mirrored: bool) -> None:
        width, high = SIZES[shape]
        super().__init__(painter, width, high, mirrored)
        self.texts: list[tuple[str, QRectF]] = []

    def text(self, text: str, where: QRectF, face: Face) -> float:
        high = super().text(text, where, face)
        if high:
            at = self.place(QRectF(where.x(), where.y(), where.width(), high))
            self.texts.append((text, at))
        return high


@pytest.mark.parametrize(("design", "shape"), EVERY)
@pytest.mark.parametrize("name", ODD)
def test_texts_stay_on_the_picture_and_off_one_another(
    name: str, design: Design, shape: Shape
) -> None:
    visual = ODD[name]
    image = QImage(*SIZES[shape], QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sheet = Watched(painter, shape, visual.right_to_left)
    compose(sheet, visual, design, PLUM, QImage(), more_guests(visual, FR))
    painter.end()
    whole = QRectF(image.rect())
    for text, at in sheet.texts:
        assert whole.contains(at), text
    for index, (text, at) in enumerate(sheet.texts):
        for other, beside in sheet.texts[index + 1 :]:
            shared = at.intersected(beside)
            assert shared.height() < 2 or shared.width() < 2, f"{text!r} over {other!r}"


@pytest.mark.parametrize(("design", "shape"), EVERY)
def test_a_picture_has_its_size_and_more_than_one_colour(design: Design, shape: Shape) -> None:
    image = rendering.picture(announced(), shape, design, PLUM, QImage())
    assert (image.width(), image.height()) == SIZES[shape]
    seen = {image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, 600, 9)}
    assert len(seen) > 10


def test_a_preview_is_the_same_picture_made_smaller() -> None:
    image = rendering.picture(announced(), Shape.WIDE, Design.FULL, PLUM, QImage(), width=400)
    assert (image.width(), image.height()) == (400, 225)
    assert image.pixelColor(20, 20) == QColor(PLUM)


@pytest.mark.parametrize(("design", "shape"), EVERY)
@pytest.mark.parametrize("mirrored", [False, True])
def test_another_program_reads_the_code(
    design: Design, shape: Shape, mirrored: bool, tmp_path: Path
) -> None:
    if shutil.which("zbarimg") is None:
        pytest.skip("zbarimg (zbar-tools) is not installed")
    path = tmp_path / "visual.png"
    visual = announced(right_to_left=mirrored)
    path.write_bytes(rendering.png(rendering.picture(visual, shape, design, "#c0392b", QImage())))
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", str(path)], check=True, capture_output=True, text=True
    )
    assert read.stdout.strip() == visual.link


@pytest.mark.parametrize("design", Design)
def test_the_poster_is_text_with_its_fonts_on_one_sheet_of_a4(
    design: Design, tmp_path: Path
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = tmp_path / "poster.pdf"
    path.write_bytes(rendering.poster(announced(), design, PLUM, QImage()))

    def told(*command: str) -> str:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    words = " ".join(told("pdftotext", "-layout", str(path), "-").split())
    for part in ("Mariage des enfants", "#UnionsPrécoces", "20 h à Dakar", "Filles Debout"):
        assert part in words
    about = told("pdfinfo", str(path))
    assert "Pages:           1" in about
    assert "A4" in about
    fonts = told("pdffonts", str(path)).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), "each font is embedded"


def test_a_logo_is_shown_whole_whatever_its_shape() -> None:
    for wide, high in ((400, 40), (40, 400), (300, 300)):
        logo = QImage(wide, high, QImage.Format.Format_RGB32)
        logo.fill(QColor("#ff00ff"))
        image = rendering.picture(announced(), Shape.SQUARE, Design.PAPER, PLUM, logo)
        ours = [
            (x, y)
            for x in range(0, 1080, 2)
            for y in range(0, 1080, 2)
            if image.pixelColor(x, y) == QColor("#ff00ff")
        ]
        across = max(x for x, _ in ours) - min(x for x, _ in ours)
        down = max(y for _, y in ours) - min(y for _, y in ours)
        assert across / down == pytest.approx(wide / high, rel=0.25)


LONG_QUESTION = (
    "Que peuvent faire les écoles, les familles et les responsables de nos quartiers, dès la "
    "rentrée, pour que chaque fille termine sa scolarité et choisisse son avenir ?"
)


def questions(count: int, text: str = LONG_QUESTION) -> tuple[tuple[str, str], ...]:
    return tuple((f"Q{n}", text) for n in range(1, count + 1))


@pytest.mark.parametrize("design", Design)
@pytest.mark.parametrize(
    ("listed", "whole"),
    [
        (questions(6, "Que manque-t-il à la loi ?"), True),
        (questions(10), True),
        (questions(10, LONG_QUESTION * 2), False),
        (questions(10, "M" * 280), False),
        (questions(12, "🌸" * 60), False),
        (questions(1), True),
    ],
)
def test_all_questions_are_on_their_picture_and_readable(
    design: Design, listed: tuple[tuple[str, str], ...], whole: bool
) -> None:
    visual = announced(questions=listed)
    drawn: list[Watched] = []
    for high in HEIGHTS:
        image = QImage(1080, high, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        sheet = Watched(painter, Shape.QUESTIONS, False)
        sheet.height = high
        fits = compose_questions(sheet, visual, design, PLUM, QImage())
        painter.end()
        drawn.append(sheet)
        if fits:
            break
    assert fits or not whole
    texts = drawn[-1].texts
    assert [text for text, _at in texts if text in dict(listed)] == [number for number, _ in listed]
    for index, (text, at) in enumerate(texts):
        assert QRectF(0, 0, 1080, high).contains(at), text
        for other, beside in texts[index + 1 :]:
            shared = at.intersected(beside)
            assert shared.height() < 2 or shared.width() < 2, f"{text!r} over {other!r}"
    least = min(at.height() for text, at in texts if text == "Q1")
    assert least >= 24, "letters of 24 pixels are read on a telephone"


def test_long_questions_make_the_picture_higher_before_they_are_cut() -> None:
    def high(count: int) -> int:
        visual = announced(questions=questions(count))
        return rendering.picture(visual, Shape.QUESTIONS, Design.PAPER, PLUM, QImage()).height()

    assert high(3) == HEIGHTS[0]
    assert HEIGHTS[0] < high(10) <= HEIGHTS[-1]
