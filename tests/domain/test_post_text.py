"""X's counting and its links: what the conformance suite leaves out, laws, and time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tchat_desktop.domain.network_rules import Entity, EntityKind
from tchat_desktop.domain.x import post_text
from tchat_desktop.domain.x.post_text import entities, weighted_length
from tchat_desktop.domain.x.post_urls import is_valid_url
from tchat_desktop.domain.x.rules import X_RULES
from tests import conformance
from tests.work_time import work_time

SUITE = Path(__file__).parents[2].parent / "shared" / "reference" / "twitter-text"


def test_x_conformance_suite(capsys: pytest.CaptureFixture[str]) -> None:
    if not SUITE.is_dir():
        pytest.skip("X's conformance suite is not beside the project: ../shared/reference")
    code = conformance.main([str(SUITE)])
    assert code == 0, capsys.readouterr().out


def test_conformance_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert conformance.main([str(tmp_path)]) == 2
    assert "extract.yml is missing" in capsys.readouterr().err


# --- Length ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Bonjour", 7),
        ("Été à Noël, ça œuvre", 20),
        ("e\u0301te\u0301", 3),
        ("Prêts\u00a0?", 7),
        ("Prêts\u202f?", 8),
        ("«\u00a0oui\u00a0»", 7),
        ("l’école – “non” ‘si’…", 22),
        ("10\u00a0€", 5),
        ("السلام عليكم", 12),
        ("Здравствуйте", 12),
        ("你好，世界", 10),
        ("한국", 4),
        ("\ud800", 2),
    ],
)
def test_characters(text: str, weight: int) -> None:
    assert weighted_length(text) == weight
    assert X_RULES.remaining(text) == 280 - weight


@pytest.mark.parametrize(
    "emoji",
    [
        "😀",
        "❤️",
        "☺",
        "👨‍👩‍👧‍👦",
        "👩🏽‍🏫",
        "🧑🏿‍❤️‍💋‍🧑🏻",
        "🏳️‍🌈",
        "🏴‍☠️",
        "👍🏽",
        "✌🏿",
        "⛹🏽‍♀️",
        "🇫🇷",
        "🇨🇶",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "1️⃣",
        "#⃣",
        "*️⃣",
        "©️",
        "®️",
        "™️",
        "‼️",
        "👁️‍🗨️",
        "🐈‍⬛",
        "🫱🏻‍🫲🏿",
        pytest.param("🧑‍🧑‍🧒‍🧒", id="family, Unicode 15.1"),
        pytest.param("🙂‍↔️", id="head shaking, Unicode 15.1"),
        pytest.param("🐦‍🔥", id="phoenix, Unicode 15.1"),
        pytest.param("🚶🏾‍♂️‍➡️", id="walking right, Unicode 15.1"),
        pytest.param("\U0001fae9", id="bags under eyes, Unicode 16"),
        pytest.param("\U0001fadf", id="splatter, Unicode 16"),
        pytest.param("\U0001f9d1\U0001f3fe\u200d\U0001fa70", id="ballet, Unicode 17"),
        pytest.param("\U0001faea", id="distorted face, Unicode 17"),
        pytest.param("\U0001faff\U0001f3fd", id="reserved for later"),
    ],
)
def test_an_emoji_weighs_two(emoji: str) -> None:
    assert weighted_length(emoji) == 2
    assert weighted_length(f"a{emoji}{emoji} {emoji}") == 8
    assert weighted_length(f"日{emoji}本") == 6


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("©", 1),
        ("®", 1),
        ("™", 2),
        ("1", 1),
        ("#", 1),
        pytest.param("✌︎", 4, id="text style: U+FE0E weighs apart"),
        pytest.param("😀️", 4, id="U+FE0F after an emoji that takes none"),
        pytest.param("1️", 3, id="no keycap"),
        pytest.param("🏃‍♂", 5, id="U+FE0F left out of a sequence"),
        pytest.param("🇫", 2, id="half a flag"),
        pytest.param("🇫🇷🇧", 4, id="a flag and a half"),
        pytest.param("👍🏽🏽", 4, id="a skin tone too many"),
        pytest.param("👩‍", 3, id="joined to nothing"),
        pytest.param("👩‍a", 4, id="joined to a letter"),
        pytest.param("1️⃣‍👩", 5, id="a keycap does not join"),
    ],
)
def test_what_is_not_one_emoji(text: str, weight: int) -> None:
    assert weighted_length(text) == weight


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("https://example.org", 23),
        ("https://example.org/" + "a" * 300, 23),
        ("exemple.fr", 23),
        ("Lire\u00a0: https://exemple.fr\u00a0!", 23 + 9),
        ("Lire https://exemple.fr/faq.", 23 + 6),
        ("(https://exemple.fr)", 23 + 2),
        ("«\u00a0https://exemple.fr/a\u00a0»", 23 + 4),
        ("https://exemple.fr/a, https://exemple.fr/b", 23 + 2 + 23),
        ("version 2.0, p.ex. celle.là", 27),
        ("Celle.ci est une adresse", 23 + 16),
        ("👩https://exemple.fr", 25),
        ("1https://exemple.fr", 19),
    ],
)
def test_a_url_weighs_23(text: str, weight: int) -> None:
    assert weighted_length(text) == weight


def test_the_limit() -> None:
    fits = "é" * 279 + "\u00a0"
    assert weighted_length(fits) == post_text.MAX_WEIGHT
    assert post_text.is_valid_post(fits)
    assert not post_text.is_valid_post(fits + "!")
    assert X_RULES.remaining(fits + "!") == -1
    assert X_RULES.remaining("🎉" * 140) == 0
    assert X_RULES.remaining("🎉" * 140 + "a") == -1
    assert X_RULES.remaining("a" * 256 + " https://exemple.fr") == 0
    assert not post_text.is_valid_post("")
    assert not post_text.is_valid_post("\ufeffBonjour")


# --- Entities -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Agir avec #UnionsPrécoces.", ["UnionsPrécoces"]),
        ("#Unions-Précoces", ["Unions"]),
        ("#l’école #L'École", ["l", "L"]),
        ("l’#École, d'#Été\u00a0: «\u00a0#Noël\u00a0»", ["École", "Été", "Noël"]),
        ("#e\u0301te\u0301", ["e\u0301te\u0301"]),
        ("(#Tchat)#Suite", ["Tchat", "Suite"]),
        ("#8mars #8 #2026", ["8mars"]),
        ("#Filles❤️#Suite", ["Filles", "Suite"]),
        ("1️⃣ #️⃣", []),
        ("&#eacute; a#b ##", []),
        ("#a#b", []),
        ("#a\ufe0f#b", []),
        ("❤\ufe0f#b", ["b"]),
        ("#a:// #b://", []),
        ("#زواج_الأطفال", ["زواج_الأطفال"]),
        ("https://exemple.fr/#ancre", []),
    ],
)
def test_hashtags(text: str, tags: list[str]) -> None:
    assert X_RULES.hashtags(text) == tags


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Merci @unicef_france\u00a0!", ["unicef_france"]),
        ("(@a) «@b» l’@c RT@d", ["a", "b", "c", "d"]),
        ("contact@exemple.fr", []),
        ("@é @noël", []),
        ("@a/liste", []),
        ("https://exemple.fr/@nom", []),
        ("＠nom", ["nom"]),
        ("RT@nom", ["nom"]),
        ("rt@nom aRT@nom", ["nom"]),
        ("! @nom", ["nom"]),
        (" !@nom", []),
        ("é@nom", ["nom"]),
        ("@nom@autre", []),
        ("@nom/liste-@autre", []),
        ("@nom://", []),
    ],
)
def test_mentions(text: str, names: list[str]) -> None:
    assert X_RULES.mentions(text) == names


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        (
            "https://exemple.fr/a\u00a0? https://exemple.fr/b\u202f!",
            ["https://exemple.fr/a", "https://exemple.fr/b"],
        ),
        (
            "«\u00a0https://exemple.fr/a\u00a0» “https://exemple.fr/b”",
            ["https://exemple.fr/a", "https://exemple.fr/b"],
        ),
        ("«https://exemple.fr/a»…", ["https://exemple.fr/a"]),
        ("l’exemple.fr", ["exemple.fr"]),
        ("sur école.fr", ["école.fr"]),
        ("fin.Début", []),
        ("https://exemple.fr/a(b(c)d).", ["https://exemple.fr/a(b(c)d)"]),
        ("(https://exemple.fr/a)", ["https://exemple.fr/a"]),
        ("https://exemple.fr/a.(b)", ["https://exemple.fr/a"]),
        ("https://exemple.fr?a=é", ["https://exemple.fr?a="]),
        ("exemple.fr?a=b exemple.fr/?a=b", ["exemple.fr", "exemple.fr/?a=b"]),
        ("https://t.co/abc.def", ["https://t.co/abc"]),
        ("https://exemple.inconnu", []),
        ("https://مثال.المغرب/", ["https://مثال.المغرب/"]),
        ("nom@exemple.fr -exemple.fr #exemple.fr $exemple.fr", []),
        ("exemple.fr:80/a https://exemple.fr:80", ["exemple.fr:80/a", "https://exemple.fr:80"]),
        ("https://ana_b.exemple.fr ana_b.exemple.fr", ["https://ana_b.exemple.fr", "b.exemple.fr"]),
        ("exemple_.fr exemple-.fr", []),
        ("日本.exemple.fr/a", ["exemple.fr/a"]),
        (f"https://t.co/{'a' * 40} https://t.co/{'a' * 41}", [f"https://t.co/{'a' * 40}"]),
        ("https://t.co/abc?d=e", ["https://t.co/abc?d=e"]),
        (f"{'a' * 63}.fr", [f"{'a' * 63}.fr"]),
        (f"{'a' * 64}.fr", []),
        ("https://exemple.xn--p1ai", ["https://exemple.xn--p1ai"]),
    ],
)
def test_urls(text: str, addresses: list[str]) -> None:
    assert X_RULES.urls(text) == addresses


@pytest.mark.parametrize("start", ["https://exemple.fr/", "exemple.fr/"])
def test_an_address_is_at_most_4096_characters_long(start: str) -> None:
    # X's library counts the scheme once more than it is written.
    longest = start.ljust(4096 - len("https://"), "a")
    assert X_RULES.urls(longest) == [longest]
    assert X_RULES.urls(longest + "a") == []


def test_entities_say_where() -> None:
    text = "👋 @ana\u00a0: #Été sur exemple.fr/é"
    assert entities(text) == [
        Entity(EntityKind.MENTION, 2, 6, "ana"),
        Entity(EntityKind.HASHTAG, 9, 13, "Été"),
        Entity(EntityKind.URL, 18, 30, "exemple.fr/é"),
    ]


def test_a_mention_may_stand_right_after_a_tag() -> None:
    assert entities("#日本@ana") == [
        Entity(EntityKind.HASHTAG, 0, 3, "日本"),
        Entity(EntityKind.MENTION, 3, 7, "ana"),
    ]


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        ("ana", True),
        ("a" * 20, True),
        ("a" * 21, False),
        ("", False),
        ("é", False),
        ("a b", False),
        ("a\n", False),
    ],
)
def test_usernames(name: str, valid: bool) -> None:
    assert post_text.is_valid_username(name) is valid


@pytest.mark.parametrize(
    ("tag", "valid"),
    [
        ("UnionsPrécoces", True),
        ("8mars", True),
        ("2026", False),
        ("", False),
        ("a b", False),
        ("#a", False),
        ("l’école", False),
        ("a\n", False),
    ],
)
def test_hashtag_validity(tag: str, valid: bool) -> None:
    assert X_RULES.is_tag(tag) is valid


# --- Laws -----------------------------------------------------------------------------------

# Pieces that meet every rule, far more often than plain random text would.
WORDS = "http:// https:// exemple.fr .fr .co t.co/ みんな RT xn--"
SIGNS = "aé日م1./:-_#@&()?=!,’«\u00a0 \n👩🏽🇫☺©。\u0301\u200d\u20e3\ufe0e\ufe0f\U000e0067\U000e007f"
PIECES = st.sampled_from([*WORDS.split(), *SIGNS])
TEXTS = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=())),
    st.lists(PIECES, max_size=30).map("".join),
)


@settings(deadline=None)
@given(TEXTS)
def test_counting_never_fails_and_stays_in_bounds(text: str) -> None:
    weight = weighted_length(text)
    assert weight >= 0
    assert (weight == 0) == (text == "")
    is_valid_url(text)
    post_text.is_valid_username(text)
    X_RULES.is_tag(text)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_a_space_keeps_texts_apart(first: str, second: str) -> None:
    together = weighted_length(f"{first} {second}")
    assert together == weighted_length(first) + weighted_length(f" {second}")


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=0x24F, exclude_characters=".")))
def test_latin_text_without_dots_weighs_its_length(text: str) -> None:
    assert weighted_length(text) == len(text)


@settings(deadline=None)
@given(TEXTS)
def test_entities_are_ordered_slices(text: str) -> None:
    end = 0
    for entity in entities(text):
        assert end <= entity.start < entity.end <= len(text)
        end = entity.end
        slice_ = text[entity.start : entity.end]
        if entity.kind is EntityKind.URL:
            assert slice_ == entity.value
        else:
            sign = "#＃" if entity.kind is EntityKind.HASHTAG else "@＠"
            assert slice_[0] in sign
            assert slice_[1:] == entity.value


@settings(deadline=None)
@given(TEXTS)
def test_extracted_names_are_valid(text: str) -> None:
    assert all(map(post_text.is_valid_username, X_RULES.mentions(text)))
    assert all(map(X_RULES.is_tag, X_RULES.hashtags(text)))


# --- Time -----------------------------------------------------------------------------------


def _best_ms(work: Callable[[str], object], text: str) -> float:
    best = float("inf")
    for _ in range(5):
        start = work_time()
        work(text)
        best = min(best, work_time() - start)
    return best * 1000


HOSTILE = {
    "dots": "a." * 2500,
    "at signs": "@" * 5000,
    "hashes": "#" * 5000,
    "schemes": "http://" * 1000,
    "open parentheses": "http://exemple.fr/" + "(" * 5000,
    "nested parentheses": "http://exemple.fr/" + "(a" * 2500 + ")" * 2500,
    "balanced parentheses": "http://exemple.fr/" + "!(a)" * 1250,
    "parentheses in many URLs": "a.co/(x(y," * 500,
    "punctuation after a path": "a.co/" + "!" * 5000,
    "long word": "a" * 5000,
    "long domain": "a." * 2500 + "fr",
    "underscores": "a.co_" * 1000,
    "other scripts": "日.jp_" * 1000,
    "families": "👨‍👩‍👧‍👦" * 700,
    "joined without end": "👨\u200d" * 2500,
    "flags": "🇫🇷" * 2500,
    "unfinished tags": "🏴" + "\U000e0067" * 5000,
    "digits in a tag": "#" + "1" * 5000,
    "mentions": "rt@" * 1700,
    "accents": "e" + "\u0301" * 5000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("work", [weighted_length, entities, is_valid_url])
def test_time_is_linear(work: Callable[[str], object], text: str) -> None:
    work(text)
    # A quadratic answer would take 16 times as long for 4 times the text; the constant forgives
    # the noise of very short times.
    assert _best_ms(work, text * 4) < 8 * _best_ms(work, text) + 2


def test_5000_characters_of_dots_take_under_10_ms() -> None:
    assert _best_ms(weighted_length, "a.a.a." * 833 + "a.") < 10
    assert _best_ms(entities, "a.a.a." * 833 + "a.") < 10


# --- without links ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Plus d’infos ici : https://ex.org/a #Tag", "Plus d’infos ici #Tag"),
        ("Plus d’infos ici\u00a0: https://ex.org/a #Tag", "Plus d’infos ici #Tag"),
        ("Q2 Qui aide ? https://www.unicef.org #Tag", "Q2 Qui aide ? #Tag"),
        ("Lisez →\nhttps://ex.org\n\n#Tag", "Lisez\n\n#Tag"),
        ("Voir (https://ex.org) vite.", "Voir vite."),
        ("Inscription : https://x.org. À ce soir", "Inscription. À ce soir"),
        ("Voir https://ex.org\u00a0!", "Voir\u00a0!"),
        ("Un a.org puis b.org #T", "Un puis #T"),
        ("https://ex.org Lisez", "Lisez"),
        ("https://ex.org", ""),
        ("Sans lien : rien - à changer #Tag", "Sans lien : rien - à changer #Tag"),
    ],
)
def test_a_link_goes_with_what_led_to_it(text: str, left: str) -> None:
    assert post_text.without_links(text) == left


@given(TEXTS)
def test_a_text_without_links_stays_as_it_is(text: str) -> None:
    if not X_RULES.urls(text):
        assert post_text.without_links(text) == text


@given(TEXTS)
def test_leaving_links_out_only_takes_away(text: str) -> None:
    left = iter("".join(text.split()))
    assert all(letter in left for letter in "".join(post_text.without_links(text).split()))
