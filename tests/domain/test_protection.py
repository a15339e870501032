"""What protects people: only checked numbers are given, and the answer tells nobody anything."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tchat_desktop.domain import protection
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import HelpLine
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.domain.protection import LineGap, gap_of
from tchat_desktop.domain.x.post_text import MAX_WEIGHT, weighted_length
from tchat_desktop.start.data_directory import texts_of
from tests.domain.chats import a_chat
from tests.domain.test_texts import LANGUAGES

SENEGAL = HelpLine("sn", "Sénégal", "116", "enfants", "jour et nuit", verified=True)
FRANCE = HelpLine("fr", "France", "119", "enfants", verified=True)


@pytest.mark.parametrize(
    ("line", "gap"),
    [
        (SENEGAL, None),
        (replace(SENEGAL, number=" "), LineGap.NO_NUMBER),
        (replace(SENEGAL, country=""), LineGap.NO_COUNTRY),
        (replace(SENEGAL, serves=""), LineGap.SERVES_NOBODY),
        (replace(SENEGAL, hours=""), None),
        (replace(SENEGAL, verified=False), LineGap.NOT_VERIFIED),
    ],
)
def test_a_number_is_given_once_it_is_whole_and_checked(line: HelpLine, gap: LineGap) -> None:
    chat = a_chat(help_lines=(line, FRANCE))
    assert gap_of(line) is gap
    assert (line in protection.lines_to_give(chat)) is (gap is None)
    assert (line in protection.lines_to_check(chat)) is (gap is not None)
    assert ("Sénégal" in protection.answer(chat, texts_of("fr"))) is (gap is None)


@pytest.mark.parametrize("change", [{"number": "117"}, {"country": "Mali"}, {"serves": "femmes"}])
def test_what_is_changed_is_to_be_checked_again(change: dict[str, str]) -> None:
    assert not protection.with_line_edited(SENEGAL, replace(SENEGAL, **change)).verified
    assert protection.with_line_edited(SENEGAL, SENEGAL).verified
    ticked = replace(SENEGAL, verified=False)
    assert protection.with_line_edited(ticked, SENEGAL).verified


def test_the_next_edition_checks_its_numbers_anew() -> None:
    [line] = new_edition(a_chat(help_lines=(SENEGAL,)), None).help_lines
    assert line == replace(SENEGAL, verified=False)


NOWHERE = HelpLine("xx", "Comores", none_found=True)


def test_a_country_may_have_no_number_and_is_then_asked_for_no_more() -> None:
    chat = a_chat(help_lines=(SENEGAL, NOWHERE))
    assert gap_of(NOWHERE) is None
    assert protection.lines_to_give(chat) == (SENEGAL,)
    assert protection.lines_to_check(chat) == ()
    assert protection.countries_without(chat, ("Sénégal", "Comores")) == ()
    assert protection.countries_with_none(chat) == ("Comores",)
    assert gap_of(replace(NOWHERE, country="")) is LineGap.NO_COUNTRY
    assert gap_of(replace(NOWHERE, number="117")) is LineGap.SERVES_NOBODY


def test_a_number_typed_takes_back_that_there_is_none() -> None:
    typed = protection.with_line_edited(NOWHERE, replace(NOWHERE, number="117"))
    assert not typed.none_found
    [anew] = new_edition(a_chat(help_lines=(NOWHERE,)), None).help_lines
    assert gap_of(anew) is LineGap.NO_NUMBER, "the next edition looks again"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lines", [(NOWHERE,), (NOWHERE, SENEGAL)])
def test_a_country_without_a_number_leaves_no_blank(
    language: str, lines: tuple[HelpLine, ...]
) -> None:
    chat = a_chat(help_lines=lines, hashtag="Tchat")
    for answer in (protection.answer, protection.private_answer):
        text = answer(chat, texts_of(language))
        assert unfilled(text) == ()
        assert "Comores" not in text
        assert ("116" in text) is (SENEGAL in lines)
        assert not text.endswith(":")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_tells_nobody_that_somebody_confided_something(language: str) -> None:
    grave = r"grave|serious|victim|violen|viol\b|rape|abus|confi|fault|faute|trust|mariage|marri"
    for lines in ((), (SENEGAL, FRANCE)):
        text = protection.answer(a_chat(help_lines=lines), texts_of(language))
        assert not re.search(grave, text, re.IGNORECASE), text
        assert "#" not in text
        assert unfilled(text) == ()
        assert re.search("privé|private|privad[oa]|خاصة", text)
        assert re.search("supprimer|delete|eliminar|apagar|حذف", text)
        assert weighted_length(text) <= MAX_WEIGHT


def test_each_number_says_its_country_and_whom_it_is_for() -> None:
    text = protection.answer(a_chat(help_lines=(SENEGAL, FRANCE)), texts_of("fr"))
    said = "Sénégal\u00a0116 (enfants, jour et nuit), France\u00a0119 (enfants)"
    assert text.splitlines()[-1] == f"Où appeler\u00a0: {said}"


def test_without_a_checked_number_the_line_goes_and_no_bracket_comes() -> None:
    text = protection.answer(a_chat(help_lines=()), texts_of("fr"))
    assert "Numéros" not in text
    assert "[" not in text


def test_hours_are_left_out_where_there_is_no_room() -> None:
    many = tuple(replace(SENEGAL, id=str(n), country=f"Pays{n}") for n in range(4))
    text = protection.answer(a_chat(help_lines=many), texts_of("fr"))
    assert "jour et nuit" not in text
    assert "Pays3\u00a0116 (enfants)" in text


def test_the_countries_still_without_a_number() -> None:
    chat = a_chat(help_lines=(replace(SENEGAL, country="senegal "),))
    names = ("Sénégal", "France", "", "France")
    assert protection.countries_without(chat, names) == ("France",)


def test_the_countries_no_number_can_be_given_for_yet() -> None:
    unchecked = replace(SENEGAL, id="m", country="Mali", verified=False)
    chat = a_chat(help_lines=(replace(SENEGAL, country="senegal "), unchecked, NOWHERE))
    countries = ("Mali", "Sénégal", "France", "")
    assert protection.countries_not_given(chat, countries) == ("Mali", "France", "Comores")
    assert protection.countries_not_given(a_chat(help_lines=(SENEGAL,)), ("senegal",)) == ()


@pytest.mark.parametrize(
    ("name", "phone", "said"),
    [
        ("Fatou Sarr", "77 123 45 67", "Fatou Sarr, 77\u00a0123\u00a045\u00a067"),
        ("Fatou Sarr77 123 45 67", "", "Fatou Sarr, 77 123 45 67"),
        ("Fatou Sarr+221771234567", " ", "Fatou Sarr, +221771234567"),
        ("Fatou Sarr, ", "117", "Fatou Sarr, 117"),
        ("", "117", "117"),
        ("Cellule R2", "", "Cellule R2"),
        (" ", "", ""),
    ],
)
def test_whom_to_tell_is_named_apart_from_their_telephone(name: str, phone: str, said: str) -> None:
    assert protection.whom_to_tell(a_chat(focal_point=name, focal_phone=phone)) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_private_answer_gives_the_numbers_and_does_not_ask_to_write_in_private(
    language: str,
) -> None:
    text = protection.private_answer(a_chat(help_lines=(SENEGAL,)), texts_of(language))
    assert "116" in text and "#" not in text
    assert "message privé" not in text and "private" not in text
    assert "116" not in protection.private_answer(a_chat(help_lines=()), texts_of(language))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_names_a_child_is_asked_to_take_the_name_out(language: str) -> None:
    text = protection.name_out_request(
        a_chat(hashtag="Tchat", help_lines=(SENEGAL,)), texts_of(language)
    )
    assert "116" not in text, "it is no answer to a confidence"
    assert "#" not in text


@pytest.mark.parametrize(
    ("lines", "settled"),
    [
        ((), False),
        ((SENEGAL,), True),
        ((NOWHERE,), True),
        ((SENEGAL, NOWHERE), True),
        ((SENEGAL, replace(FRANCE, verified=False)), False),
        ((replace(NOWHERE, country=" "),), False),
    ],
)
def test_help_is_settled_once_every_line_is_whole(
    lines: tuple[HelpLine, ...], settled: bool
) -> None:
    assert protection.help_is_settled(a_chat(help_lines=lines)) is settled


@pytest.mark.parametrize("field", ["number", "country", "serves"])
def test_blanks_alone_are_nothing(field: str) -> None:
    assert gap_of(replace(SENEGAL, **{field: " "})) is gap_of(replace(SENEGAL, **{field: ""}))
    assert gap_of(replace(SENEGAL, **{field: " "})) is not None
    assert gap_of(replace(NOWHERE, number=" ")) is None
    assert gap_of(replace(NOWHERE, country=" ")) is LineGap.NO_COUNTRY


def test_a_country_without_a_name_is_told_nowhere() -> None:
    chat = a_chat(help_lines=(replace(NOWHERE, country=" "), NOWHERE, SENEGAL))
    assert protection.countries_with_none(chat) == ("Comores",)
    assert protection.countries_not_given(chat, (" ", "")) == ("Comores",)


def test_what_is_found_is_given_up_only_with_its_number() -> None:
    """What was checked stays checked while nothing but the check itself is changed."""
    assert protection.with_line_edited(NOWHERE, NOWHERE) == NOWHERE
    blank = protection.with_line_edited(NOWHERE, replace(NOWHERE, number=" "))
    assert blank.none_found
    both = replace(SENEGAL, hours="8 h à 20 h", verified=True)
    assert not protection.with_line_edited(SENEGAL, both).verified


@pytest.mark.parametrize("longer", [0, 1])
def test_hours_stay_as_long_as_the_answer_fits(longer: int) -> None:
    def said(serves: str) -> str:
        line = replace(SENEGAL, serves=serves)
        return protection.answer(a_chat(help_lines=(line,)), texts_of("fr"))

    room = MAX_WEIGHT - weighted_length(said("e"))
    text = said("e" * (1 + room + longer))
    assert ("jour et nuit" in text) is (not longer)
    assert weighted_length(text) <= MAX_WEIGHT
