"""Names of files are good on every system, and what is changed in one replaces no other file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.ui.file_names import usable_name, with_ending


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("bilan.html", "bilan.html"),
        ("été à Thiès.tchat", "été à Thiès.tchat"),
        (".caché.tchat", ".caché.tchat"),
        ("console.tchat", "console.tchat"),
        ("COM10.tchat", "COM10.tchat"),
        ("con.tchat", "con_.tchat"),
        ("NUL", "NUL_"),
        ("Lpt1.bilan.html", "Lpt1_.bilan.html"),
        ("aux .tchat", "aux_.tchat"),
        ("com¹.tchat", "com¹_.tchat"),
        ("bilan. . ", "bilan"),
        ('20:30 ? <oui> | "non".md', "20-30 - -oui- - -non-.md"),
        ("a\x07b.md", "a-b.md"),
        ("...", "tchat"),
    ],
)
def test_what_windows_forbids_is_left_out(typed: str, name: str) -> None:
    assert usable_name(typed) == name


@given(st.text(max_size=30))
def test_a_usable_name_stays_as_it_is(typed: str) -> None:
    name = usable_name(typed)
    assert name
    assert usable_name(name) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("copie", "copie.tchat"),
        ("copie.tchat", "copie.tchat"),
        ("COPIE.TCHAT", "COPIE.TCHAT"),
        ("copie.v2", "copie.v2.tchat"),
        ("copie.", "copie.tchat"),
        ("nul", "nul_.tchat"),
        ("nul.tchat", "nul_.tchat"),
    ],
)
def test_the_ending_is_added_once(typed: str, name: str, tmp_path: Path) -> None:
    assert with_ending(tmp_path / typed, "tchat") == tmp_path / name


def test_a_file_the_dialog_did_not_ask_about_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "copie.tchat").write_text("avant", "utf-8")
    (tmp_path / "copie (2).tchat").write_text("avant", "utf-8")
    assert with_ending(tmp_path / "copie", "tchat") == tmp_path / "copie (3).tchat"
    # Here it did ask.
    assert with_ending(tmp_path / "copie.tchat", "tchat") == tmp_path / "copie.tchat"
