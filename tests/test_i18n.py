"""Languages: which one is chosen, what falls back to what, and how dates and hours are written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tchat_desktop.domain.languages import SCREEN_LANGUAGES
from tchat_desktop.wording import i18n
from tchat_desktop.wording.i18n import N_, _, ngettext, pgettext

NBSP, NARROW = "\u00a0", "\u202f"

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)


@pytest.fixture(autouse=True)
def language_as_before() -> Iterator[None]:
    code, catalogue = i18n._Current.code, i18n._Current.catalogue
    yield
    i18n._Current.code, i18n._Current.catalogue = code, catalogue


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Catalogues of our own: French whole, German half done."""
    monkeypatch.setattr(i18n, "resource_dir", lambda _name: tmp_path)
    put(tmp_path, "fr", {"Before": "Avant", "After": "Après"})
    put(tmp_path, "de", {"Before": "Vorher", "After": ""})
    return tmp_path


def put(folder: Path, code: str, texts: dict[str, str]) -> Path:
    path = folder / code / "LC_MESSAGES" / "tchat.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    pairs = "\n".join(f'msgid "{one}"\nmsgstr "{other}"\n' for one, other in texts.items())
    path.write_text(HEADER + pairs, "utf-8")
    return path


# --- which language ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wished", "system", "chosen"),
    [
        (None, (), "fr"),
        ("en", (), "en"),
        ("en", ("fr-FR",), "en"),
        (None, ("en-GB", "fr-FR"), "en"),
        (None, ("fr-SN",), "fr"),
        (None, ("fr_CA",), "fr"),
        (None, ("EN",), "en"),
        (None, ("wo-SN", "ar", "en-US"), "en"),
        (None, ("wo-SN", "ar"), "fr"),
        ("", ("en",), "en"),
        ("de", ("en",), "en"),
        ("de", (), "fr"),
        ("qps", ("fr",), "qps"),
        (None, ("",), "fr"),
        (None, ("english",), "fr"),
    ],
)
def test_the_first_language_we_have_is_chosen(
    wished: str | None, system: tuple[str, ...], chosen: str
) -> None:
    assert i18n.choose(wished, system) == chosen


def test_languages_are_named_in_themselves() -> None:
    names = {one.code: one.name for one in SCREEN_LANGUAGES}
    assert names["fr"] == "Français"
    assert names["en"] == "English"
    assert i18n.PSEUDO not in names


# --- what is shown -----------------------------------------------------------------------------


def test_french_is_french() -> None:
    i18n.activate("fr")
    assert i18n.language() == "fr"
    assert _("Before") == "Avant"
    assert ngettext("{count} guest", "{count} guests", 0).format(count=0) == "0 invité·e"
    assert ngettext("{count} guest", "{count} guests", 2).startswith("{count} invité")


def test_english_is_what_the_code_says() -> None:
    i18n.activate("en")
    assert _("Before") == "Before"
    assert ngettext("{count} guest", "{count} guests", 0) == "{count} guests"
    assert ngettext("{count} guest", "{count} guests", 1) == "{count} guest"


def test_marking_a_text_does_not_translate_it() -> None:
    i18n.activate("fr")
    assert N_("Before") == "Before"


def test_what_a_language_lacks_is_shown_in_french(catalogues: Path) -> None:
    i18n.activate("de")
    assert (_("Before"), _("After")) == ("Vorher", "Après")


def test_a_language_nobody_has_is_shown_in_french(
    catalogues: Path, caplog: pytest.LogCaptureFixture
) -> None:
    i18n.activate("tlh")
    assert _("Before") == "Avant"
    assert "no catalogue for tlh" in caplog.text


def test_a_text_french_lacks_is_shown_as_in_the_code(catalogues: Path) -> None:
    i18n.activate("fr")
    assert _("Brand new") == "Brand new"
    assert ngettext("{n} new", "{n} news", 2) == "{n} news"
    assert pgettext("menu", "Brand new") == "Brand new"


def test_fuzzy_texts_are_not_shown(catalogues: Path) -> None:
    path = catalogues / "fr" / "LC_MESSAGES" / "tchat.po"
    path.write_text(HEADER + '#, fuzzy\nmsgid "Before"\nmsgstr "Devant"\n', "utf-8")
    i18n.activate("fr")
    assert _("Before") == "Before"


# --- the pseudo-language -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Before",
        "{count} of {total}",
        "Preview on X: {post}",
        "{a}{b}",
        "{day}, {hour} in {city}",
    ],
)
def test_the_pseudo_language_is_longer_and_keeps_placeholders(text: str) -> None:
    i18n.activate(i18n.PSEUDO)
    shown = _(text)
    assert len(shown) > len(text)
    values = {"count": 3, "total": 9, "post": "Q1", "a": 1, "b": 2, "day": "d", "hour": "h"}
    assert "{" not in shown.format(**values, city="Dakar")
    for word in ("count", "total", "post", "day", "hour", "city"):
        assert ("{" + word + "}" in shown) == ("{" + word + "}" in text)


def test_the_pseudo_language_knows_plurals_and_contexts() -> None:
    i18n.activate(i18n.PSEUDO)
    assert "güést" in ngettext("{count} guest", "{count} guests", 1)
    assert "güésts" in ngettext("{count} guest", "{count} guests", 2)
    assert pgettext("menu", "Open").startswith("[Ôpéñ")


def test_dates_in_the_pseudo_language_are_french() -> None:
    i18n.activate(i18n.PSEUDO)
    assert i18n.format_day(date(2026, 12, 5)) == "samedi 5 décembre"


# --- compiled catalogues -----------------------------------------------------------------------


def test_a_catalogue_is_kept_compiled(catalogues: Path) -> None:
    i18n.activate("fr")
    folder = catalogues / "fr" / "LC_MESSAGES"
    assert sorted(path.name for path in folder.iterdir()) == ["tchat.mo", "tchat.po"]
    (folder / "tchat.po").unlink()
    i18n.activate("fr")
    assert _("Before") == "Avant"


def test_a_stale_compiled_catalogue_is_made_anew(catalogues: Path) -> None:
    i18n.activate("fr")
    compiled = catalogues / "fr" / "LC_MESSAGES" / "tchat.mo"
    source = put(catalogues, "fr", {"Before": "En amont"})
    later = compiled.stat().st_mtime + 10
    os.utime(source, (later, later))
    i18n.activate("fr")
    assert _("Before") == "En amont"
    assert "En amont" in compiled.read_bytes().decode("utf-8", "replace")


def test_a_fresh_compiled_catalogue_is_used_as_it_is(catalogues: Path) -> None:
    i18n.activate("fr")
    compiled = catalogues / "fr" / "LC_MESSAGES" / "tchat.mo"
    source = put(catalogues, "fr", {"Before": "En amont"})
    earlier = compiled.stat().st_mtime - 10
    os.utime(source, (earlier, earlier))
    i18n.activate("fr")
    assert _("Before") == "Avant"


@pytest.mark.parametrize("content", [b"", b"\xde\x12\x04\x95", b"not a catalogue at all", b"half"])
def test_a_spoilt_compiled_catalogue_is_made_anew(catalogues: Path, content: bytes) -> None:
    i18n.activate("fr")
    compiled = catalogues / "fr" / "LC_MESSAGES" / "tchat.mo"
    if content == b"half":
        content = compiled.read_bytes()[:60]
    compiled.write_bytes(content)
    i18n.activate("fr")
    assert _("Before") == "Avant"
    assert len(compiled.read_bytes()) > len(content)


def test_a_folder_that_cannot_be_written_changes_nothing_on_screen(catalogues: Path) -> None:
    # A folder where the compiled file should go: refused whoever runs the tests, root included.
    (catalogues / "fr" / "LC_MESSAGES" / "tchat.mo").mkdir()
    os.utime(catalogues / "fr" / "LC_MESSAGES" / "tchat.mo", (0, 0))
    i18n.activate("fr")
    assert _("Before") == "Avant"
    assert sorted(path.name for path in (catalogues / "fr" / "LC_MESSAGES").iterdir()) == [
        "tchat.mo",
        "tchat.po",
    ]


# --- dates, hours, numbers ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "minute", "french", "english"),
    [
        (20, 30, f"20{NBSP}h{NBSP}30", f"8:30{NBSP}PM"),
        (20, 0, f"20{NBSP}h", f"8:00{NBSP}PM"),
        (0, 5, f"0{NBSP}h{NBSP}05", f"12:05{NBSP}AM"),
        (9, 0, f"9{NBSP}h", f"9:00{NBSP}AM"),
    ],
)
def test_hours_are_written_as_people_write_them(
    hour: int, minute: int, french: str, english: str
) -> None:
    instant = datetime(2026, 12, 5, hour, minute)  # noqa: DTZ001 - a wall clock
    assert i18n.format_hour(instant, "fr") == french
    assert i18n.format_hour(instant, "en") == english


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2026, 12, 5), "samedi 5 décembre", "Saturday, December 5"),
        (date(2027, 3, 8), "lundi 8 mars", "Monday, March 8"),
        (date(2026, 10, 1), "jeudi 1er octobre", "Thursday, October 1"),
    ],
)
def test_days_are_written_in_words(day: date, french: str, english: str) -> None:
    assert i18n.format_day(day, "fr") == french
    assert i18n.format_day(day, "en") == english
    assert i18n.format_day(day, "fr", with_year=True) == f"{french} {day.year}"
    assert i18n.format_day(day, "en", with_year=True) == f"{english}, {day.year}"


def test_formats_follow_the_screens_unless_told_otherwise() -> None:
    evening = datetime(2026, 12, 5, 20, 30)  # noqa: DTZ001 - a wall clock
    i18n.activate("en")
    assert i18n.format_hour(evening) == f"8:30{NBSP}PM"
    assert i18n.format_hour(evening, "fr") == f"20{NBSP}h{NBSP}30"
    i18n.activate("fr")
    assert i18n.format_hour(evening) == f"20{NBSP}h{NBSP}30"


def test_spans_have_a_direction() -> None:
    assert i18n.format_delta(timedelta(minutes=3), "fr") == "dans 3 minutes"
    assert i18n.format_delta(-timedelta(minutes=3), "fr") == "il y a 3 minutes"
    assert i18n.format_delta(timedelta(minutes=3), "en") == "in 3 minutes"
    # As the countdown beside it reads: 7:40.
    assert i18n.format_delta(timedelta(minutes=7, seconds=40), "fr") == "dans 7 minutes"
    assert i18n.format_delta(-timedelta(seconds=70), "fr") == "il y a 1 minute"


def test_numbers_and_amounts() -> None:
    assert i18n.format_number(12345.5, "fr") == f"12{NARROW}345,5"
    assert i18n.format_number(12345.5, "en") == "12,345.5"
    assert i18n.format_dollars(150, "fr") == f"1,50{NBSP}$US"
    assert i18n.format_dollars(150, "en") == "$1.50"
    assert i18n.format_price(1.5, "fr") == f"0,015{NBSP}$US"
    assert [i18n.format_price(cents, "en") for cents in (0.1, 20)] == ["$0.001", "$0.20"]


def test_places() -> None:
    assert i18n.city("Africa/Dakar", "fr") == "Dakar"
    assert i18n.country("Africa/Dakar", "fr") == "Sénégal"
    assert i18n.country("Africa/Dakar", "en") == "Senegal"
    assert i18n.country("Etc/UTC", "fr") == ""
    assert i18n.city("Nowhere/At_All", "fr") == "At All"
    zones = i18n.inhabited_zones()
    assert "Africa/Dakar" in zones
    assert not [zone for zone in zones if zone.startswith("Etc/")]


@pytest.mark.parametrize(
    ("zone", "code", "first"),
    [
        ("Africa/Dakar", "fr", True),
        ("America/New_York", "fr", True),
        ("Africa/Lagos", "en", True),
        ("Africa/Accra", "en", True),
        ("Europe/London", "en", True),
        ("Africa/Dakar", "en", True),
        ("America/New_York", "en", False),
        ("Etc/UTC", "en", True),
    ],
)
def test_the_order_of_a_date_is_that_of_the_place(zone: str, code: str, first: bool) -> None:
    assert i18n.day_comes_first(zone, code) is first
