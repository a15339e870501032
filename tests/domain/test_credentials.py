"""What is made of the keys a volunteer pastes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.account_keys import (
    AccountSeen,
    FourKeys,
    KeyField,
    OAuth2Tokens,
    is_other_account,
)
from tchat_desktop.domain.x.pasted_keys import (
    BLOCKING,
    KeyProblem,
    KeyShape,
    check_pasted,
    clean_pin,
    shape_of,
)

KEY = "xvz1evFS4wEEPTGEFPHBog2qW"
SECRET = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBwR9q4tLs"
TOKEN = "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"
TOKEN_SECRET = "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kEq3Zm"
BEARER = (
    "A" * 22 + "MLheAAAAAAA0%2BuSeid%2BULvsea4JtiGRiSDSJSI%3DEUifiRBkKG5E2XzMDjRfl76ZC9Ub0wnz4X"
)
CLIENT = "VEhGeDNVd1RmR3p5b3lVbnRKV0s6MTpjaQ"
RIGHT = dict(zip(KeyField, (KEY, SECRET, TOKEN, TOKEN_SECRET), strict=True))


def problems_of(texts: dict[KeyField, str]) -> set[tuple[KeyField, KeyProblem]]:
    return set(check_pasted(texts).problems)


def test_the_samples_have_the_lengths_the_console_gives() -> None:
    assert [len(one) for one in RIGHT.values()] == [25, 50, 50, 45]
    shapes = [shape_of(one) for one in (*RIGHT.values(), BEARER, CLIENT)]
    assert shapes == [
        KeyShape.CONSUMER_KEY,
        KeyShape.CONSUMER_SECRET,
        KeyShape.ACCESS_TOKEN,
        KeyShape.ACCESS_TOKEN_SECRET,
        KeyShape.BEARER,
        KeyShape.SIGN_IN_CLIENT,
    ]


def test_four_keys_in_their_fields_are_ready_to_be_tried() -> None:
    pasted = check_pasted(RIGHT)
    assert pasted.problems == ()
    assert pasted.keys == FourKeys(KEY, SECRET, TOKEN, TOKEN_SECRET)


@pytest.mark.parametrize(
    "dressed",
    [
        "  {} ",
        "{}\r\n",
        '"{}"',
        "« {} »",
        "‘{}’,",
        "API Key: {}",
        "API Key : {}",
        "API Key\n{}\nCopy",
        "consumer_key={}",
        "TWITTER_ACCESS_TOKEN_SECRET='{}'",
        "access_token_secret : {};",
        "\u200b{}\ufeff",
        "Clé d’accès\u00a0: {}.",
        "| {} |",
    ],
)
def test_labels_quotes_and_spaces_are_taken_off(dressed: str) -> None:
    pasted = check_pasted({each: dressed.format(key) for each, key in RIGHT.items()})
    assert dict(pasted.values) == RIGHT
    assert pasted.problems == ()


@pytest.mark.parametrize("each", KeyField)
def test_a_key_cut_by_the_end_of_a_line_is_whole_again(each: KeyField) -> None:
    cut = f"Key: {RIGHT[each][:20]}\n  {RIGHT[each][20:]}"
    assert check_pasted(RIGHT | {each: cut}).keys == FourKeys(**RIGHT)


@pytest.mark.parametrize("order", list(permutations(KeyField)))
def test_keys_in_the_wrong_fields_are_put_back_and_told(order: tuple[KeyField, ...]) -> None:
    pasted = check_pasted({order[i]: key for i, key in enumerate(RIGHT.values())})
    assert dict(pasted.values) == RIGHT
    moved = {
        (each, KeyProblem.MOVED) for each, at in zip(KeyField, order, strict=True) if at != each
    }
    assert set(pasted.problems) == moved
    assert pasted.keys is not None


@pytest.mark.parametrize("where", KeyField)
def test_a_whole_block_in_one_field_is_recognised(where: KeyField) -> None:
    block = (
        f"App ID 29511234567890123456\nBearer Token: {BEARER}\nClient ID {CLIENT}\n"
        f"Access Token: {TOKEN}\nAccess Token Secret: {TOKEN_SECRET}\n"
        f"API Key: {KEY}\nAPI Key Secret: {SECRET}\n"
    )
    pasted = check_pasted({where: block})
    assert dict(pasted.values) == RIGHT
    assert pasted.problems == ()


def test_a_block_with_one_key_of_unknown_form_still_fits() -> None:
    shorter = SECRET[:41]
    pasted = check_pasted({KeyField.CONSUMER_KEY: f"{KEY} {shorter} {TOKEN} {TOKEN_SECRET}"})
    assert pasted.keys == FourKeys(KEY, shorter, TOKEN, TOKEN_SECRET)
    assert pasted.problems == ((KeyField.CONSUMER_SECRET, KeyProblem.UNUSUAL),)


def test_a_block_is_not_filled_up_with_just_anything() -> None:
    pasted = check_pasted({KeyField.CONSUMER_KEY: f"{KEY} {TOKEN} app2951abcdef12345678"})
    assert pasted.values[KeyField.CONSUMER_SECRET] == ""
    assert pasted.keys is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", KeyProblem.MISSING),
        ("   \n", KeyProblem.MISSING),
        ("later", KeyProblem.NOT_A_KEY),
        ("https://developer.x.com", KeyProblem.NOT_A_KEY),
        (f"Bearer {BEARER}", KeyProblem.BEARER),
        (CLIENT, KeyProblem.SIGN_IN_CLIENT),
        (SECRET, KeyProblem.SAME_TWICE),
    ],
)
def test_what_cannot_be_a_key_is_told_beside_its_field(text: str, problem: KeyProblem) -> None:
    pasted = check_pasted(RIGHT | {KeyField.ACCESS_TOKEN_SECRET: text})
    assert pasted.problems == ((KeyField.ACCESS_TOKEN_SECRET, problem),)
    assert problem in BLOCKING
    assert pasted.keys is None


def test_a_key_cut_short_is_a_doubt_and_can_be_tried() -> None:
    pasted = check_pasted(RIGHT | {KeyField.CONSUMER_SECRET: SECRET[:-3]})
    assert pasted.problems == ((KeyField.CONSUMER_SECRET, KeyProblem.UNUSUAL),)
    assert pasted.keys is not None


def test_two_keys_of_one_form_are_not_mistaken_for_each_other() -> None:
    other = KEY[::-1]
    pasted = check_pasted(RIGHT | {KeyField.ACCESS_TOKEN_SECRET: other})
    assert pasted.values[KeyField.CONSUMER_KEY] == KEY
    assert pasted.values[KeyField.ACCESS_TOKEN_SECRET] == other
    assert pasted.problems == ((KeyField.ACCESS_TOKEN_SECRET, KeyProblem.UNUSUAL),)


@pytest.mark.parametrize(
    ("word", "like_a_key"),
    [
        ("a1" * 7 + "b", True),
        ("A1" * 7 + "B", True),
        ("a1" * 7, False),
        ("1" * 30, False),
        ("aB" * 12, False),
        ("aB" * 13, True),
        ("a" * 30, False),
        ("A" * 30, False),
    ],
)
def test_a_long_word_of_digits_and_letters_may_be_a_key_and_a_label_not(
    word: str, like_a_key: bool
) -> None:
    problem = KeyProblem.UNUSUAL if like_a_key else KeyProblem.NOT_A_KEY
    pasted = check_pasted(RIGHT | {KeyField.CONSUMER_SECRET: word})
    assert pasted.problems == ((KeyField.CONSUMER_SECRET, problem),)
    assert pasted.values[KeyField.CONSUMER_SECRET] == word


def test_letters_alone_may_be_a_key_from_its_usual_length_on() -> None:
    letters = "aB" * 12 + "a"
    assert check_pasted(RIGHT | {KeyField.CONSUMER_KEY: f"Key {letters}"}).keys is not None


def test_a_key_in_its_own_field_goes_before_another_of_its_form() -> None:
    pasted = check_pasted(RIGHT | {KeyField.CONSUMER_KEY: SECRET[::-1]})
    assert pasted.values[KeyField.CONSUMER_SECRET] == SECRET
    assert pasted.values[KeyField.CONSUMER_KEY] == SECRET[::-1]


@pytest.mark.parametrize("others", [{}, {KeyField.ACCESS_TOKEN: TOKEN}], ids=["alone", "one more"])
def test_a_key_of_unknown_form_makes_room_for_the_one_that_belongs_there(
    others: dict[KeyField, str],
) -> None:
    shorter = SECRET[:41]
    pasted = check_pasted(others | {KeyField.CONSUMER_KEY: shorter, KeyField.CONSUMER_SECRET: KEY})
    assert pasted.values[KeyField.CONSUMER_KEY] == KEY
    assert pasted.values[KeyField.CONSUMER_SECRET] == shorter
    told = [problem for each, problem in pasted.problems if each is KeyField.CONSUMER_SECRET]
    assert told == [KeyProblem.MOVED, KeyProblem.UNUSUAL]


def test_a_key_of_unknown_form_stays_in_its_field_though_an_earlier_one_is_empty() -> None:
    shorter = SECRET[:41]
    assert check_pasted({KeyField.CONSUMER_SECRET: shorter}).values[KeyField.CONSUMER_SECRET] == (
        shorter
    )


def test_more_words_of_unknown_form_than_fields_are_no_keys() -> None:
    words = f"{KEY} {TOKEN} {TOKEN_SECRET} {SECRET[:41]} {SECRET[:40]}"
    pasted = check_pasted({KeyField.CONSUMER_KEY: words})
    assert pasted.problems == ((KeyField.CONSUMER_SECRET, KeyProblem.MISSING),)


def test_nothing_pasted_is_four_missing_keys() -> None:
    assert problems_of({}) == {(each, KeyProblem.MISSING) for each in KeyField}


@given(st.dictionaries(st.sampled_from(KeyField), st.text(max_size=120)))
def test_any_text_is_understood_or_told(texts: dict[KeyField, str]) -> None:
    pasted = check_pasted(texts)
    assert set(pasted.values) == set(KeyField)
    told = {each for each, _problem in pasted.problems}
    assert told >= {each for each in KeyField if not pasted.values[each]}
    again = check_pasted(dict(pasted.values))
    assert dict(again.values) == dict(pasted.values)


@pytest.mark.parametrize(
    ("text", "pin"),
    [
        ("1234567", "1234567"),
        (" 123 45\u00a067\n", "1234567"),
        ("0012345", "0012345"),
        ("123", ""),
        ("12345678901", ""),
        ("PIN", ""),
        ("", ""),
        ("١٢٣٤٥٦٧", ""),
    ],
)
def test_the_number_of_the_page_is_taken_bare(text: str, pin: str) -> None:
    assert clean_pin(text) == pin


def test_no_key_is_shown_by_accident() -> None:
    keys = FourKeys(**RIGHT)
    tokens = OAuth2Tokens(
        "canary-access", "canary-refresh", datetime(2026, 11, 23, tzinfo=UTC), "id"
    )
    pasted = check_pasted(RIGHT)
    shown = f"{keys} {keys!r} {tokens} {tokens!r} {pasted} {pasted!r} {[keys, tokens]}"
    for secret in (*keys.secrets(), *tokens.secrets()):
        assert secret not in shown
    assert keys.secrets() == (KEY, SECRET, TOKEN, TOKEN_SECRET)


def test_an_access_is_renewed_before_it_ends() -> None:
    end = datetime(2026, 11, 23, 20, tzinfo=UTC)
    tokens = OAuth2Tokens("a", "r", end, "id")
    assert tokens.lasts(end - timedelta(minutes=6))
    assert not tokens.lasts(end - timedelta(minutes=5))


@pytest.mark.parametrize(
    ("wanted", "other"),
    [("AsmaeLibre", False), ("@asmaelibre ", False), ("", False), ("@", False), ("voisine", True)],
)
def test_keys_of_another_account_are_noticed(wanted: str, other: bool) -> None:
    seen = AccountSeen("1", "Asmae", "AsmaeLibre")
    assert is_other_account(seen, wanted) is other
