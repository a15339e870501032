"""The guest pack as a PDF, read by poppler as any reader of documents would."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tchat_desktop.adapters.exports.guest_pack import guest_pack_page
from tchat_desktop.domain.chat import Invitation, Person, Question
from tchat_desktop.domain.letters import guest_pack
from tchat_desktop.ui.visuals.paper import pdf_of
from tchat_desktop.wording.when_words import when_for
from tests.adapters.exports.sample import STATIONERY, chat
from tests.fakes.texts import load_texts

CLAIRE = Person(
    "c",
    name="Claire",
    handle="fille_ex",
    time_zone="Asia/Tokyo",
    invitation=Invitation.ACCEPTED,
)
LONG = "Que peuvent faire les écoles, les familles et les responsables de nos quartiers ? " * 3


def told(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def made(tmp_path: Path, guest: Person = CLAIRE, **changes: object) -> Path:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    told_of, language = chat(people=(guest,), **changes), guest.language or "fr"
    pack = guest_pack(told_of, guest, load_texts(language), when_for(told_of, guest))
    path = tmp_path / "pack.pdf"
    html = guest_pack_page(pack, language, STATIONERY, paper=True)
    path.write_bytes(pdf_of(html, pack.title))
    return path


def words_of(path: Path) -> str:
    return " ".join(told("pdftotext", "-layout", str(path), "-").split())


def test_the_pack_says_the_hour_on_the_clock_of_the_guest(qapp: object, tmp_path: Path) -> None:
    path = made(tmp_path)
    words = words_of(path)
    assert "dimanche 6 décembre, 5 h à Tokyo, 20 h à Dakar (samedi)" in words
    assert "R1 L’école protège les filles. #UnionsPrécoces" in words
    for number in range(1, 6):
        assert f"Q{number} " in words
    about = told("pdfinfo", str(path))
    assert "A4" in about
    assert "Title:           Votre dossier pour le tchat #UnionsPrécoces" in about


def test_the_pack_is_in_the_language_of_the_guest(qapp: object, tmp_path: Path) -> None:
    words = words_of(made(tmp_path, replace(CLAIRE, language="en")))
    assert "in Tokyo" in words
    assert "A1 " in words
    assert "Bonjour" not in words


def test_its_fonts_are_in_it_and_no_letters_are_joined(qapp: object, tmp_path: Path) -> None:
    path = made(tmp_path, account="filles_ex")
    fonts = told("pdffonts", str(path)).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), "each font is embedded"
    assert all(line.split()[-3] == "yes" for line in fonts), "each can be copied as text"
    assert "@filles_ex" in words_of(path)


@pytest.mark.parametrize(
    "name", ["👩🏾‍🏫 Awa 🌍", "A" * 60, "<b>Awa</b> & Cie", "Ministère de la Femme, de la Famille"]
)
def test_any_name_and_ten_long_questions_are_set(qapp: object, tmp_path: Path, name: str) -> None:
    questions = tuple(Question(str(n), LONG) for n in range(10))
    path = made(tmp_path, replace(CLAIRE, name=name), questions=questions)
    words = words_of(path)
    assert "Q10 " in words
    if name.isascii():
        assert name.split(maxsplit=1)[0] in words
    assert "Pages:           2" in told("pdfinfo", str(path))
