"""What a file from the network says of a version: strictly read, cleaned, short."""

from __future__ import annotations

import json
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tchat_desktop.adapters.notice_codec import decode_notice, encode_notice
from tchat_desktop.adapters.reading.new_version import BIGGEST_NEWS, read_version, written_version
from tchat_desktop.adapters.settings_file import LONGEST
from tchat_desktop.domain.new_version import LONGEST_NEWS, MOST_NEWS, NewVersion
from tchat_desktop.domain.version_notice import VersionNotice, Wish

ORIGIN = "https://tchat.example.org"
GOOD = {
    "version": "1.2.0",
    "date": "2026-12-31",
    "page": f"{ORIGIN}/nouveau?langue=fr#bas",
    "news": {"fr": ["Le résumé se partage.", "Plus court."], "en": ["Shorter."]},
}
VERSION = NewVersion(
    "1.2.0",
    date(2026, 12, 31),
    f"{ORIGIN}/nouveau?langue=fr#bas",
    {"fr": ("Le résumé se partage.", "Plus court."), "en": ("Shorter.",)},
)


def read(**changes: object) -> NewVersion:
    return read_version(json.dumps(GOOD | changes).encode(), ORIGIN)


def test_a_good_file_is_read() -> None:
    assert read() == VERSION


def test_what_a_later_publisher_adds_does_no_harm() -> None:
    more = {"sha256": "0", "news": GOOD["news"] | {"pt": ["Novo."], "de": {"x": [1]}}}  # type: ignore[operator]
    assert read(**more) == VERSION


def test_a_file_without_news_has_a_number_and_a_page_all_the_same() -> None:
    bare = {name: value for name, value in GOOD.items() if name != "news"}
    assert read_version(json.dumps(bare).encode(), ORIGIN).news == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b'"1.2.0"',
        b"{}",
        b"<!DOCTYPE html><html><title>Wi-Fi</title></html>",
        b"\xff\xfe{}",
        b"[" * 7000,
        b'{"version": ' + b'{"a":' * 1000,
        b'{"news": ' + b"[" * 3000 + b"]" * 3000 + b"}",
        json.dumps(GOOD).encode() + b" {}",
        json.dumps(GOOD).encode()[:-1],
        json.dumps(GOOD).encode() + b" " * BIGGEST_NEWS,
    ],
    ids=lambda content: repr(content[:16]),
)
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"described|bytes|release"):
        read_version(content, ORIGIN)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 1.2), ("version", None), ("version", "1.2rc1"), ("version", "9" * 400),
        ("version", "1.999999999999"), ("version", ""), ("version", "1.2\u202e.0"),
        ("date", "hier"), ("date", 20261231), ("date", "0001-01-01"), ("date", "9999-12-31"),
        ("news", "neuf"), ("news", ["neuf"]),
        ("page", None), ("page", ""), ("page", ORIGIN), ("page", "/nouveau"),
        ("page", "http://tchat.example.org/"), ("page", "https://example.org/"),
        ("page", f"{ORIGIN}.evil.org/"), ("page", f"{ORIGIN}@evil.org/"),
        ("page", f"{ORIGIN}:8443/"), ("page", f"{ORIGIN}\\@evil.org/"),
        ("page", f"{ORIGIN}/a b"), ("page", f"{ORIGIN}/a\nb"), ("page", f"{ORIGIN}/é"),
        ("page", f"{ORIGIN}/\u202efdp"), ("page", f"{ORIGIN}/" + "a" * 400),
        ("page", "file:///etc/passwd"), ("page", "javascript:alert(1)"), ("page", "mailto:a@b.c"),
    ],
)  # fmt: skip
def test_a_part_that_cannot_be_used_refuses_the_whole(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"described|release|day|elsewhere"):
        read(**{field: value})


def test_words_are_cleaned_cut_and_never_more_than_three_lines() -> None:
    lines = ["a\u202eb\x00c\x1b[31m", " \n ", 7, "x" * 500, "deux\nlignes", "quatre", "cinq"]
    said = read(news={"fr": lines}).news["fr"]
    assert len(said) == MOST_NEWS
    assert said[0] == "abc[31m"
    assert said[1] == "x" * (LONGEST_NEWS - 1) + "…"
    assert said[2] == "deux lignes"


TEXTS = st.text(max_size=200)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=12,
)
NEARLY = st.fixed_dictionaries(
    {
        "version": st.just("1.2.0") | TEXTS,
        "date": st.just("2026-12-31") | st.dates().map(str) | TEXTS,
        "page": st.just(f"{ORIGIN}/a") | TEXTS.map(lambda text: f"{ORIGIN}/{text}") | TEXTS,
        "news": st.dictionaries(st.sampled_from(["fr", "en", "pt"]), st.lists(TEXTS) | VALUES),
    }
)


@given(
    st.binary(max_size=300)
    | VALUES.map(lambda value: json.dumps(value).encode())
    | NEARLY.map(lambda value: json.dumps(value).encode())
)
@example(json.dumps(GOOD).encode())
def test_any_file_is_refused_or_harmless(content: bytes) -> None:
    try:
        found = read_version(content, ORIGIN)
    except ValueError:
        return
    assert found.page.startswith(f"{ORIGIN}/")
    assert found.page.isascii() and found.page.isprintable() and " " not in found.page
    assert set(found.news) <= {"fr", "en"}
    for lines in found.news.values():
        assert 1 <= len(lines) <= MOST_NEWS
        for line in lines:
            assert line and len(line) <= LONGEST_NEWS
            assert not {unicodedata.category(sign) for sign in line} & {"Cc", "Zl", "Zp"}
            assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    # What is kept in the settings is read again as the same.
    assert read_version(written_version(found), ORIGIN) == found
    kept = encode_notice(VersionNotice(wish=Wish.YES, found=found))
    assert len(kept) <= LONGEST
    assert decode_notice(kept, ORIGIN).found == found


def test_what_is_remembered_comes_back() -> None:
    day = date(2026, 12, 5)
    notice = VersionNotice(Wish.YES, 3, day, day, VERSION, "1.2.0", day)
    assert decode_notice(encode_notice(notice), ORIGIN) == notice
    assert decode_notice(encode_notice(VersionNotice()), ORIGIN) == VersionNotice()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"wish": "perhaps"}', '{"starts": "3"}', "[" * 9000]
)
def test_a_spoilt_memory_looks_for_nothing(text: str) -> None:
    assert decode_notice(text, ORIGIN) == VersionNotice()


def test_of_another_host_or_spoilt_what_was_found_is_forgotten_and_the_wish_is_not() -> None:
    kept = encode_notice(VersionNotice(wish=Wish.YES, found=VERSION))
    moved = decode_notice(kept, "https://elsewhere.example.org")
    assert (moved.wish, moved.found) == (Wish.YES, None)
    spoilt = decode_notice(kept.replace("2026-12-31", "1026-12-31"), ORIGIN)
    assert (spoilt.wish, spoilt.found) == (Wish.YES, None)
