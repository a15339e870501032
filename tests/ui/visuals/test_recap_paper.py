"""The recap as a PDF, read by poppler as any reader of documents would."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from tchat_desktop.adapters.exports.recap_paper import recap_paper
from tchat_desktop.domain.chat import Chat, Occasion, RecapDraft
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.logo import Logo
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.ui.visuals.paper import pdf_of
from tchat_desktop.ui.visuals.rendering import png
from tests.adapters.exports.sample import QUESTIONS, STATIONERY, chat, crowd, post, rows
from tests.fakes.network import NETWORK

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is missing"),
]

TEAL = "#0b7a75"


def told(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def logo(width: int = 300, height: int = 120) -> Logo:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(TEAL))
    return Logo(png(image), width, height)


def made(
    tmp_path: Path,
    told_of: Chat,
    posts: list[FeedPost] | None = None,
    occasion: Occasion = Occasion.LIVE,
    picture: Logo | None = None,
) -> Path:
    found = crowd() if posts is None else posts
    recap = build_recap(told_of, found, rows(), NETWORK, occasion=occasion)
    path = tmp_path / "recap.pdf"
    path.write_bytes(pdf_of(recap_paper(recap, STATIONERY, picture), recap.title))
    return path


def pages_of(path: Path) -> list[str]:
    return told("pdftotext", "-layout", str(path), "-").split("\f")[:-1]


def words_of(path: Path) -> str:
    """The words, without the marks that say which way they are written."""
    words = " ".join(told("pdftotext", str(path), "-").split())
    return re.sub("[\u200e\u200f\u202a-\u202e]", "", words)


def addresses_in(path: Path) -> set[str]:
    lines = told("pdfinfo", "-url", str(path)).splitlines()[1:]
    return {line.split(maxsplit=2)[2] for line in lines}


def dots(path: Path, tmp_path: Path, page: int = 1) -> QImage:
    """A page as a printer would set it, 40 dots an inch."""
    out = tmp_path / "page"
    told("pdftoppm", "-r", "40", "-f", str(page), "-l", str(page), "-singlefile", "-png",
         str(path), str(out))  # fmt: skip
    return QImage(f"{out}.png")


def shows(page: QImage, colour: str) -> int:
    """How many dots are of that colour, as near as printing keeps it."""
    wanted = QColor(colour)
    parts = (wanted.red(), wanted.green(), wanted.blue())
    seen = (page.pixelColor(x, y) for y in range(page.height()) for x in range(page.width()))
    return sum(
        all(abs(one - other) < 12 for one, other in zip(parts, (d.red(), d.green(), d.blue()),
                                                         strict=True))
        for d in seen
    )  # fmt: skip


def test_it_says_all_that_the_page_says(tmp_path: Path) -> None:
    path = made(tmp_path, chat())
    words = words_of(path)
    assert "Filles d’abord" in words
    assert "Mariage des enfants : agir à Dakar, ce que nous avons appris" in words
    assert "samedi 5 décembre 2026, de 20 h à 21 h (heure locale : Dakar)" in words
    assert "Dr Ndèye Sarr (Pédiatre à Saint-Louis)" in words
    for number in (*range(1, 8),):
        assert f"Q{number} : " in words
    for part in ("Le tchat en chiffres", "Pour conclure", "Rendez-vous au printemps"):
        assert part in words
    assert "Plusieurs réponses vont dans le même sens" in words
    assert "Écrivez à @fillesdabord_ex." in words
    about = told("pdfinfo", str(path))
    assert "A4" in about
    assert "ce que nous avons appris" in about.splitlines()[0]


def test_links_can_be_followed_and_the_address_of_a_post_be_read(tmp_path: Path) -> None:
    path = made(tmp_path, chat())
    first = "https://x.com/ndeye_exemple/status/1000000000000000"
    assert {first, "https://x.com/ndeye_exemple", "https://example.org/kolda"} <= addresses_in(path)
    assert first.removeprefix("https://") in words_of(path)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_pages_are_numbered_and_no_post_is_cut_by_the_end_of_one(
    tmp_path: Path, language: str
) -> None:
    posts = [
        post(n, n % 6, f"debut{n} {'Une phrase de plus, et encore une. ' * (n % 9)}fin{n}",
             question_id=f"q{n % 7 + 1}")
        for n in range(45)
    ]  # fmt: skip
    pages = pages_of(made(tmp_path, chat(language=language), posts))
    assert len(pages) > 4
    for number, page in enumerate(pages, 1):
        assert page.strip().splitlines()[-1].strip() == str(number)
        whole = [n for n in range(45) if re.search(rf"debut{n}\b", page)]
        assert whole == [n for n in range(45) if re.search(rf"fin{n}\b", page)]
        addresses = [n for n in range(45) if f"status/{10**15 + n}" in page]
        assert whole == addresses, "the line below a post is on its page"
        last = [line for line in page.strip().splitlines()[:-1] if line.strip()][-1]
        assert not re.match(r"Q\d ?: |\d+ réponses", last.strip()), "a heading alone at the foot"


def test_a_text_longer_than_a_page_is_cut_and_nothing_is_lost(tmp_path: Path) -> None:
    long = " ".join(f"mot{n}" for n in range(1500))
    words = words_of(made(tmp_path, chat(), [post(1, 1, long, question_id="q1")]))
    assert all(f"mot{n}" in words for n in range(0, 1500, 50))


def test_its_fonts_are_in_it_and_can_be_copied(tmp_path: Path) -> None:
    fonts = told("pdffonts", str(made(tmp_path, chat()))).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), "each font is embedded"
    assert all(line.split()[-3] == "yes" for line in fonts), "each can be copied as text"


def test_who_is_hidden_is_nowhere_in_it(tmp_path: Path) -> None:
    draft = RecapDraft(hidden_authors=("sagefemme_ex",))
    path = made(tmp_path, chat(recap=draft))
    words = words_of(path)
    assert "Personne anonyme" in words
    assert "sage-femme" not in words.lower()
    hidden = {"x.com/sagefemme_ex", *(f"status/{10**15 + n}" for n in range(2, 14, 6))}
    assert not [one for one in addresses_in(path) if any(part in one for part in hidden)]
    assert b"sagefemme" not in path.read_bytes()


@pytest.mark.parametrize("size", [(300, 120), (40, 400), (3000, 60), (1, 1)])
def test_the_logo_and_the_curve_are_on_it(tmp_path: Path, size: tuple[int, int]) -> None:
    without = shows(dots(made(tmp_path, chat()), tmp_path), TEAL)
    page = dots(made(tmp_path, chat(), picture=logo(*size)), tmp_path)
    assert shows(page, "#4b2e83") > 60, "the bars of the minutes"
    if min(size) > 20:
        assert shows(page, TEAL) > without + 20
    assert all(page.pixelColor(page.width() - 12, y) == QColor("white") for y in range(100))


def test_a_rehearsal_says_so_first_and_links_to_nothing(tmp_path: Path) -> None:
    path = made(tmp_path, chat(), occasion=Occasion.REHEARSAL)
    assert words_of(path).startswith("Répétition : participants simulés")
    assert not addresses_in(path)


def test_arabic_is_set_from_the_right(tmp_path: Path) -> None:
    text = "كيف نحمي البنات في قريتنا؟ قال @prof_exemple شيئًا #UnionsPrécoces"
    asked = tuple(replace(one, text="كيف نحمي الفتيات؟") for one in chat(hashtag="بنات").questions)
    told_of = chat(language="ar", topic="زواج الأطفال", questions=asked, recap=RecapDraft())
    path = made(tmp_path, told_of, [post(1, 1, text, question_id="q1", minute=5)])
    bare = told("pdftotext", "-raw", str(path), "-")
    folded = re.sub("[\u200e\u200f\u202a-\u202e]", "", bare)
    assert "#UnionsPrécoces" in folded
    assert "@prof_exemple" in folded
    boxes = told("pdftotext", "-bbox", str(path), "-")
    rights = [float(found) for found in re.findall(r'xMax="([\d.]+)"', boxes)]
    assert max(rights) > 530, "lines begin at the right edge of the text"
    assert max(rights) < 545, "and none goes over it"
    page = dots(path, tmp_path, len(pages_of(path)))
    assert shows(page.copy(page.width() // 2, 0, page.width() // 2, page.height()), "#e3dcea") > 20


@pytest.mark.parametrize(
    "text",
    [
        "<b>gras</b> & <script>x</script>",
        "👩🏾‍🏫 👨‍👩‍👧‍👦 🇸🇳",
        "a\u202eb",
        "x" * 400,
        "\n\n\n",
        "=1+1",
    ],
)
def test_any_post_is_only_text(tmp_path: Path, text: str) -> None:
    path = made(tmp_path, chat(), [post(1, 1, text, question_id="q1")])
    words = words_of(path)
    if "<b>" in text:
        assert text in words
    assert QUESTIONS[0].split()[0] in words


def test_an_empty_chat_is_a_page_all_the_same(tmp_path: Path) -> None:
    recap = build_recap(Chat("", language="fr"), [], [], NETWORK)
    path = tmp_path / "recap.pdf"
    path.write_bytes(pdf_of(recap_paper(recap, STATIONERY), ""))
    assert "Aucun moment fort n’a encore été choisi." in words_of(path)
