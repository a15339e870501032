"""Every language of the table is whole: screens, posts, and what the frozen app brings along."""

from __future__ import annotations

import runpy
from pathlib import Path

from tchat_desktop.domain.languages import FALLBACK, LANGUAGES, known_code

TOOL = Path(__file__).parent.parent / "packaging" / "languages.py"


def test_no_language_lacks_anything() -> None:
    lacking = runpy.run_path(str(TOOL))["missing"]()
    assert not lacking, "\n" + "\n".join(lacking)


def test_french_comes_first_and_stands_in_for_the_unknown() -> None:
    assert LANGUAGES[0].code == FALLBACK == "fr"
    assert [known_code(tag) for tag in ("fr", "en-GB", "EN_us", "xx", "", "english")] == [
        "fr",
        "en",
        "en",
        None,
        None,
        None,
    ]
