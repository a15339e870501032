"""The pictures to share: nothing leaves its place, all is readable, long posts are cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from tchat_desktop.domain.chat import Design
from tchat_desktop.domain.picture_cards import CardKind, PictureCard
from tchat_desktop.domain.visuals import READABLE, SIZES, Shape, contrast
from tchat_desktop.ui.pages.promotion.visual_words import COLOURS
from tchat_desktop.ui.visuals.cards import CARD_SHAPES, card_picture, compose_card
from tchat_desktop.ui.visuals.designs import GROUNDS
from tchat_desktop.ui.visuals.sheet import Face, Sheet

pytestmark = pytest.mark.usefixtures("qapp")

PLUM = "#4b2e83"
LONG = " ".join(f"Phrase numéro {n}, avec assez de mots pour être vite pleine." for n in range(40))
QUOTE = PictureCard(
    CardKind.QUOTE,
    "1",
    "La loi existe, mais personne ne la connaît au village. #UnionsPrécoces",
    "Dr Ndèye Sarr",
    "\u2066@ndeye_exemple\u2069 · Invité·e",
    kicker="Mariage des enfants : agir à Dakar",
    tag="#UnionsPrécoces",
    organisation="Filles d’abord",
    read_on="La suite : \u2066x.com/ndeye_exemple/status/1000000000000000\u2069",
)
FIGURES = replace(
    QUOTE,
    kind=CardKind.FIGURES,
    text="",
    name="",
    detail="",
    heading="Le tchat en chiffres",
    facts=(("48", "participant·es\ndont 2 invité·es"), ("12 328", "messages"), ("7", "questions")),
)
ARABIC = "كيف نحمي البنات في قريتنا؟ قال @prof_exemple شيئًا مهمًا 👩🏾‍🏫 #UnionsPrécoces"
CARDS = {
    "quote": QUOTE,
    "short": replace(QUOTE, text="Non."),
    "long": replace(QUOTE, text=LONG),
    "long, hidden, rehearsed": replace(
        QUOTE, text=LONG, name="Personne anonyme", detail="", read_on="",
        banner="Répétition : participants simulés",
    ),
    "address": replace(QUOTE, text="https://exemple.org/" + "abc-def/" * 30),
    "one word": replace(QUOTE, text="a" * 400),
    "emoji": replace(QUOTE, text="👩🏾‍🏫 👨‍👩‍👧‍👦 " * 40),
    "Arabic": replace(QUOTE, text=ARABIC, right_to_left=True),
    "long Arabic": replace(QUOTE, text=ARABIC * 20, right_to_left=True),
    "long names": replace(QUOTE, name="Très long nom " * 12, organisation="Association " * 12,
                          kicker="Sujet " * 60, tag="#EnsembleContreLesMariagesPrecoces2026"),
    "figures": FIGURES,
    "figures, right to left": replace(FIGURES, right_to_left=True),
    "one figure": replace(FIGURES, facts=FIGURES.facts[:1]),
    "thanks": replace(QUOTE, kind=CardKind.THANKS, name="", detail="", heading="Merci !",
                      text="À toutes.\nAvec : " + "Dr Ndèye Sarr · " * 12),
    "bare": PictureCard(CardKind.QUOTE, "1", "Bonjour."),
    "hostile": replace(QUOTE, text="<b>&amp;</b>\u202e\u0000 fin", name="<i>Awa</i>"),
}  # fmt: skip
EVERY = [(design, shape) for design in Design for shape in CARD_SHAPES]


def logo() -> QImage:
    image = QImage(300, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("#0b7a75"))
    return image


class Watched(Sheet):
    """Notes where texts were put, and in which colour."""

    def __init__(self, painter: QPainter, shape: Shape, mirrored: bool) -> None:
        width, high = SIZES[shape]
        super().__init__(painter, width, high, mirrored)
        self.texts: list[tuple[str, QRectF, Face]] = []

    def text(self, text: str, where: QRectF, face: Face) -> float:
        high = super().text(text, where, face)
        if high:
            at = self.place(QRectF(where.x(), where.y(), where.width(), high))
            self.texts.append((text, at, face))
        return high


def watched(
    card: PictureCard,
    design: Design,
    shape: Shape,
    colour: str = PLUM,
    picture: QImage | None = None,
) -> tuple[Watched, QImage]:
    image = QImage(*SIZES[shape], QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sheet = Watched(painter, shape, card.right_to_left)
    compose_card(sheet, card, shape, design, colour, picture or QImage())
    painter.end()
    return sheet, image


@pytest.mark.parametrize(("design", "shape"), EVERY)
@pytest.mark.parametrize("name", CARDS)
def test_texts_stay_on_the_picture_and_off_one_another(
    name: str, design: Design, shape: Shape
) -> None:
    sheet, image = watched(CARDS[name], design, shape, picture=logo())
    assert sheet.texts
    for text, at, _face in sheet.texts:
        assert QRectF(image.rect()).contains(at), text
    for index, (text, at, _face) in enumerate(sheet.texts):
        for other, beside, _other in sheet.texts[index + 1 :]:
            shared = at.intersected(beside)
            assert shared.height() < 2 or shared.width() < 2, f"{text!r} over {other!r}"


@pytest.mark.parametrize(("design", "shape"), EVERY)
def test_a_long_post_is_cut_at_a_sentence_and_says_where_it_goes_on(
    design: Design, shape: Shape
) -> None:
    sheet, _image = watched(CARDS["long"], design, shape)
    said = [text for text, _at, _face in sheet.texts]
    (words,) = [text for text in said if "Phrase numéro 0" in text]
    assert words.endswith("pleine. …")
    assert words.count("Phrase") > 3
    assert QUOTE.read_on in said
    whole, _image = watched(QUOTE, design, shape)
    assert QUOTE.read_on not in [text for text, _at, _face in whole.texts]


@pytest.mark.parametrize(("design", "shape"), EVERY)
@pytest.mark.parametrize("colour", [*COLOURS, "#ffe066", "#ffffff", "#000000", "#808080"])
def test_every_text_can_be_read_on_its_ground(design: Design, shape: Shape, colour: str) -> None:
    bare = QImage(*SIZES[shape], QImage.Format.Format_RGB32)
    painter = QPainter(bare)
    GROUNDS[design](Sheet(painter, *SIZES[shape], mirrored=False), colour)
    painter.end()
    for name in ("long, hidden, rehearsed", "figures", "thanks"):
        sheet, _image = watched(CARDS[name], design, shape, colour)
        for text, at, face in sheet.texts:
            if text == QUOTE.tag:
                # It has a ground of its own.
                continue
            for x in range(int(at.left()), int(at.right()), 40):
                ground = bare.pixelColor(x, int(at.center().y())).name()
                assert contrast(face.colour, ground) >= READABLE, (text, ground)


@pytest.mark.parametrize("shape", CARD_SHAPES)
def test_a_picture_has_its_size_and_a_preview_is_the_same_made_smaller(shape: Shape) -> None:
    image = card_picture(QUOTE, shape, Design.FULL, PLUM, logo())
    assert (image.width(), image.height()) == SIZES[shape]
    assert SIZES[shape] in ((1200, 675), (1080, 1080))
    small = card_picture(QUOTE, shape, Design.FULL, PLUM, logo(), width=400)
    assert small.width() == 400
    assert small.pixelColor(200, small.height() - 3) == image.pixelColor(
        image.width() // 2, image.height() - 8
    )


def test_no_letters_are_too_small_for_a_telephone() -> None:
    for name, card in CARDS.items():
        for design, shape in EVERY:
            sheet, _image = watched(card, design, shape, picture=logo())
            least = min(face.least for _text, _at, face in sheet.texts)
            assert least >= 0.022 * min(SIZES[shape]), name


def test_a_line_of_arabic_goes_from_the_right_though_it_begins_with_a_latin_name() -> None:
    text = "قال @prof_exemple شيئًا مهمًا للبنات @prof_exemple قال"
    card = replace(QUOTE, text=text, right_to_left=True)
    sheet, _image = watched(card, Design.PAPER, Shape.SQUARE)
    (words,) = [text for text, _at, _face in sheet.texts if "مهم" in text]
    rows = words.split("\n")
    assert len(rows) > 1
    assert all(row.startswith("\u200f") for row in rows if "\u0642" in row or "\u0645" in row)
    assert "\u200e@prof_exemple" in words
