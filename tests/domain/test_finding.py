"""People are found by what somebody remembers of their names."""

from __future__ import annotations

import pytest

from tchat_desktop.domain.finding import bears


@pytest.mark.parametrize(
    "typed",
    ["", "ndeye", "NDÈYE", "sarr", "Sarr  Ndeye", "@ndeye_ex", "ye_e", "nde\u0300ye", "dr @ndeye"],
)
def test_parts_of_names_find_who_bears_them(typed: str) -> None:
    assert bears(typed, "Dr Ndèye Sarr", "ndeye_ex")


@pytest.mark.parametrize("typed", ["ndeye diop", "awa", "sarrndeye", "sarr\nndeye awa"])
def test_each_word_must_be_theirs(typed: str) -> None:
    assert not bears(typed, "Dr Ndèye Sarr", "ndeye_ex")
