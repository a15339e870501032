"""Which release comes after which."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.new_version import NewVersion, is_newer, release_numbers

NUMBERS = st.lists(st.integers(0, 9999), min_size=2, max_size=4)


def written(numbers: list[int]) -> str:
    return ".".join(map(str, numbers))


@pytest.mark.parametrize(
    ("later", "earlier"),
    [("1.2", "1.1"), ("1.10", "1.9"), ("2.0", "1.99.99"), ("1.2.1", "1.2"), ("0.1.1", "0.1.0")],
)
def test_a_later_release_is_newer_and_not_the_other_way_round(later: str, earlier: str) -> None:
    assert is_newer(later, earlier)
    assert not is_newer(earlier, later)


@pytest.mark.parametrize("same", ["1.2", "1.2.0", "1.2.0.0", "01.02"])
def test_zeros_at_the_end_make_no_other_release(same: str) -> None:
    assert not is_newer(same, "1.2.0")
    assert not is_newer("1.2.0", same)


@pytest.mark.parametrize(
    "text",
    [
        "", "1", "1.", ".1", "1..2", "v1.2", "1.2rc1", "1.2.dev3", "1.2+x", "1.2 ", " 1.2", "-1.2",
        "1.2\n", "١.٢", "1.2.3.4.5", "999999999999999999.0", "1." + "9" * 5000, "1e3.0", "1_0.2",
    ],
)  # fmt: skip
def test_what_is_no_release_is_newer_than_nothing(text: str) -> None:
    assert release_numbers(text) is None
    assert not is_newer(text, "0.0.1")
    assert not is_newer("9.9", text)


@given(NUMBERS, NUMBERS)
def test_of_two_releases_one_is_newer_or_they_are_the_same(
    one: list[int], other: list[int]
) -> None:
    first, second = written(one), written(other)
    same = release_numbers(first) == release_numbers(second)
    assert [is_newer(first, second), is_newer(second, first), same].count(True) == 1


def test_what_changed_is_told_in_the_language_of_the_screens_else_in_french() -> None:
    both = NewVersion("1.2", date(2026, 12, 1), "", {"fr": ("Neuf.",), "en": ("New.",)})
    assert both.news_in("en") == ("New.",)
    french = NewVersion("1.2", date(2026, 12, 1), "", {"fr": ("Neuf.",)})
    assert french.news_in("en") == ("Neuf.",)
    assert NewVersion("1.2", date(2026, 12, 1), "").news_in("en") == ()
