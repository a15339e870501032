"""No page has spaces of its own: they come from the tokens, by name."""

from __future__ import annotations

import re

import pytest

from tests.rooms import PACKAGE

PAGES = PACKAGE / "ui" / "pages"
NUMBER = re.compile(
    r"theme\.px\([1-9]\d*\)|\b(?:spacing|padding)=[1-9]|"
    r"\.set(?:Spacing|ContentsMargins|FixedHeight|FixedWidth|MinimumHeight|MinimumWidth)\("
    r"[^)]*(?<![\w.])[1-9]\d+"
)


def numbers_in(source: str) -> list[str]:
    return NUMBER.findall(source)


def test_no_page_has_numbers_of_its_own() -> None:
    found = {
        str(path.relative_to(PAGES)): numbers
        for path in sorted(PAGES.rglob("*.py"))
        if (numbers := numbers_in(path.read_text("utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "layout.setSpacing(theme.px(8))",
        "column(one, two, spacing=12)",
        "Card(padding=14)",
        "self.setMinimumWidth(240)",
    ],
)
def test_a_number_would_be_seen(line: str) -> None:
    assert numbers_in(line)


@pytest.mark.parametrize(
    "line",
    ["layout.setContentsMargins(0, 0, 0, 0)", "row(one, spacing=0)", "setSpacing(theme.px(GAP))"],
)
def test_nothing_is_no_number(line: str) -> None:
    assert not numbers_in(line)
