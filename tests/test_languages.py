"""Every language of the table is whole: screens, posts, and what the frozen app brings along."""

from __future__ import annotations

import runpy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tchat_desktop.adapters.exports.guest_pack import guest_pack_page
from tchat_desktop.adapters.exports.recap_page import recap_page
from tchat_desktop.adapters.exports.stationery import ExportTemplates
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain import letters, recap
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.languages import FALLBACK, LANGUAGES, SCREEN_LANGUAGES, known_code
from tchat_desktop.platform.paths import resource
from tchat_desktop.wording import i18n
from tchat_desktop.wording.when_words import when_of
from tests.domain.chats import a_chat
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts

_ADVICE = {"plan_if", "public_how", "public_care", "data_about"}
"""Lists of recap.toml that are no forms of a plural."""

TOOL = Path(__file__).parent.parent / "packaging" / "languages.py"


def test_no_language_lacks_anything() -> None:
    lacking = runpy.run_path(str(TOOL))["missing"]()
    assert not lacking, "\n" + "\n".join(lacking)


def test_screens_speak_some_of_the_languages_of_posts() -> None:
    on_screen = {one.code for one in SCREEN_LANGUAGES}
    assert {one.code for one in LANGUAGES} - on_screen == {"es", "ar", "pt"}
    assert on_screen >= {"fr", "en"}
    assert [one.code for one in LANGUAGES if one.right_to_left] == ["ar"]
    assert i18n.choose("ar", ("pt_BR", "en_GB")) == "en"
    assert i18n.choose("es") == "fr"


@pytest.mark.parametrize(
    ("language", "day", "hours"),
    [
        (
            "fr",
            "samedi 5 décembre",
            "20\u00a0h\u00a030\u00a0à\u00a0Dakar, 21\u00a0h\u00a030\u00a0à\u00a0Paris",
        ),
        ("en", "Saturday, December 5", "8:30\u00a0PM in Dakar, 9:30\u00a0PM in Paris"),
        ("es", "sábado, 5 de diciembre", "20:30 en Dakar, 21:30 en París"),
        ("ar", "السبت، 5 ديسمبر", "8:30\u00a0م في داكار، 9:30\u00a0م في باريس"),
        ("pt", "sábado, 5 de dezembro", "20:30 em Dakar, 21:30 em Paris"),
    ],
)
def test_days_and_hours_are_said_as_the_language_of_the_posts_says_them(
    language: str, day: str, hours: str
) -> None:
    chat = a_chat(
        language=language,
        starts_at=datetime(2026, 12, 5, 20, 30, tzinfo=UTC),
        time_zone="Africa/Dakar",
        audience_zones=("Europe/Paris",),
        towns=(),
    )
    when = when_of(chat)
    assert when.day == day
    assert when.hours == hours


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_every_count_has_its_words(language: str) -> None:
    labels = ExportTemplates(resource(), i18n, NETWORK).labels(language)
    said = {labels.many("n_posts", count) for count in (0, 1, 2, 3, 11, 100)}
    assert len(said) >= 5
    listed = {key: len(texts) for key, texts in labels.texts.items() if isinstance(texts, list)}
    counted = {key: many for key, many in listed.items() if key not in _ADVICE}
    assert set(counted.values()) == {6 if language == "ar" else 2}


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_pages_are_written_in_the_direction_of_their_language(language: str) -> None:
    paper = ExportTemplates(resource(), i18n, NETWORK)
    chat = TchatFiles().read(resource("languages", language, "example.tchat")).chat
    texts, when = load_texts(language), when_of(chat)
    pack = letters.guest_pack(chat, chat.people[0], texts, when)
    pages = (
        guest_pack_page(pack, language, paper),
        guest_pack_page(pack, language, paper, paper=True),
        recap_page(recap.build_recap(chat, (), (), NETWORK), paper),
    )
    direction = "rtl" if language == "ar" else "ltr"
    for page in pages:
        assert f'<html lang="{language}" dir="{direction}"' in page


def test_french_comes_first_and_stands_in_for_the_unknown() -> None:
    assert LANGUAGES[0].code == FALLBACK == "fr"
    assert [known_code(tag) for tag in ("fr", "en-GB", "EN_us", "pt_BR", "xx", "", "english")] == [
        "fr",
        "en",
        "en",
        "pt",
        None,
        None,
        None,
    ]


def test_places_of_the_same_hour_are_told_once() -> None:
    chat = Chat(
        "c",
        starts_at=datetime(2026, 12, 17, 20, tzinfo=UTC),
        time_zone="Africa/Dakar",
        audience_zones=("Europe/Paris", "Africa/Bamako", "Africa/Abidjan"),
    )
    hours = {code: when_of(chat, "", code).hours.replace("\u00a0", " ") for code in ("fr", "en")}
    assert hours["fr"] == "20 h à Dakar, à Bamako et à Abidjan, 21 h à Paris"
    assert hours["en"].count("8") == 1 and "in Bamako and in Abidjan" in hours["en"]
