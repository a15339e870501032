"""What the two ways hold against the app is noticed when it is there, and only then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The script, where the other scripts find each other."""
    monkeypatch.syspath_prepend(Path(__file__).parent)
    import faults

    return faults


def window(*rows: tuple[Any, ...]) -> list[Any]:
    """A window of items: role, name, place, and what else is said of each."""
    from items import Box, Item

    found = [Item(None, "frame", "Tchat", "", False, Box(0, 0, 800, 600), -1)]
    for role, name, place, *more in rows:
        facts = dict(zip(("description", "focusable", "labels", "parent"), more, strict=False))
        found.append(
            Item(
                None,
                role,
                name,
                facts.get("description", ""),
                facts.get("focusable", False),
                Box(*place),
                facts.get("parent", 0),
                facts.get("labels", []),
            )
        )
    return found


def test_a_good_window_has_no_faults(faults: Any) -> None:
    good = window(
        ("heading", "Le tag", (10, 10, 300, 30)),
        ("text", "Votre tag", (10, 50, 300, 30), "Sans espace", True, ["Votre tag"]),
        ("panel", "", (400, 10, 300, 500)),
        ("label", "Conseil", (410, 20, 200, 20), "", False, [], 3),
        ("combo box", "20\xa0h", (10, 90, 300, 30), "", True, ["Heure"]),
    )
    assert faults.on(good) == []


def test_each_fault_is_noticed(faults: Any) -> None:
    untitled = window()
    untitled[0].name = " "
    assert faults.on(untitled) == ["a frame without a title"]
    cases = {
        "a text without a name in frame “Tchat”": ("text", "", (0, 0, 9, 9), "", True),
        "“Chercher” is described by its name": (
            *("push button", "Chercher", (0, 0, 9, 9)),
            "chercher\u202f!",
        ),
        "“Champ” has the label 'Nom'": ("text", "Champ", (0, 0, 9, 9), "", True, ["Nom"]),
    }
    for fault, row in cases.items():
        assert faults.on(window(row)) == [fault]


def test_what_is_read_too_late_is_noticed(faults: Any) -> None:
    below, above = ("label", "b", (10, 90, 90, 20)), ("label", "a", (10, 50, 90, 20))
    assert faults.on(window(above, below)) == []
    assert faults.on(window(below, above)) == ["“b” is read before “a”"]
    right, left = ("label", "r", (200, 50, 90, 20)), ("label", "l", (10, 50, 90, 20))
    assert faults.on(window(right, left)) == ["“r” is read before “l”"]
    # What lies over a page at its top is read late, though its box lies in that of the page.
    page = ("panel", "", (0, 0, 800, 600))
    inside = ("label", "page", (10, 100, 90, 20), "", False, [], 1)
    strip = ("panel", "strip", (0, 0, 800, 40))
    assert faults.on(window(page, inside, strip)) == ["“page” is read before “strip”"]


def test_what_cannot_be_seen_is_noticed(faults: Any) -> None:
    from items import Box

    screen, page = Box(0, 0, 800, 600), Box(0, 40, 800, 500)
    high = Box(0, -900, 800, 4000)
    button = Box(10, 100, 90, 30)
    assert faults.out_of_sight(button, [high, page, screen], []) == ""
    # Half of what is higher than the window is enough.
    assert faults.out_of_sight(Box(10, 100, 90, 3000), [high, page, screen], []) == ""
    half = "of 90×30 only 90×10 is seen"
    assert faults.out_of_sight(Box(10, 20, 90, 30), [high, page, screen], []) == half
    strip = [("panel 'strip'", Box(0, 40, 800, 70))]
    assert faults.out_of_sight(button, [high, page, screen], strip) == "under panel 'strip'"
